import { atNextStep, faceOf, stillClock, toggled } from '#/checklist/clock.ts';
import type { Clock, Dial } from '#/checklist/clock.ts';
import { turned } from '#/checklist/run.ts';
import { changed, openRun, started } from '#/checklist/runs.ts';
import { progressWords, viewOf } from '#/checklist/view.ts';
import type { RunView } from '#/checklist/view.ts';
import { part } from '#/web/alignment/part.ts';
import { stayAwake } from './awake.ts';
import { openKeeper } from './keeper.ts';
import { boxesIn, freshRun, listIn } from './list.ts';
import { keepPlace, keptPlace } from './place.ts';

/**
 * A checklist on a screen that a room looks at. Slide 0 says what it is, each point has a slide,
 * the last says what is open. Ticks go into the run that the page of the list has open.
 */
export class TandemRunner extends HTMLElement {
	readonly #list = listIn(this);
	readonly #keeper = openKeeper(this.#list);
	readonly #slides = [...this.querySelectorAll<HTMLElement>('[data-slide]')];
	#at = 0;
	#clock: Clock = stillClock;
	#minutes = Number(this.dataset['minutes']);
	/** What has been said of the clock, so that it is said once. */
	#told = '';
	#listening: AbortController | undefined;

	connectedCallback(): void {
		this.#listening = new AbortController();
		const { signal } = this.#listening;
		const press = (name: string, act: () => void): void =>
			part(this, name).addEventListener(
				'click',
				({ detail }) => {
					act();
					// After a click the keys go on where the eyes are. A key on a button stays there.
					if (detail > 0) part(this, 'slides').focus();
				},
				{ signal },
			);
		press('begin', () => this.#begin());
		press('anew', () => this.#beginAnew());
		press('back', () => this.#go(this.#at - 1));
		press('next', () => this.#next());
		press('time', () => this.#toggleClock());
		press('less', () => this.#give(-1));
		press('more', () => this.#give(1));
		for (const [at, box] of boxesIn(this).entries()) {
			box.addEventListener('change', () => this.#turn(at), { signal });
		}
		document.addEventListener('keydown', (event) => this.#key(event), { signal });
		addEventListener('storage', ({ key }) => key === this.#keeper.key && this.#show(), { signal });
		addEventListener('pageshow', () => this.#show(), { signal });
		const kept = keptPlace(this.#list.slug);
		if (kept && kept.at < this.#slides.length) {
			this.#at = kept.at;
			this.#clock = kept.clock;
			this.#minutes = kept.minutes;
		}
		stayAwake(signal);
		const ticking = setInterval(() => this.#showClock(), 250);
		signal.addEventListener('abort', () => clearInterval(ticking));
		this.#show();
	}

	disconnectedCallback(): void {
		this.#listening?.abort();
	}

	/** Read-do goes on at the first point that is open; do-confirm goes through all of them. */
	#begin(): void {
		const next = this.dataset['mode'] === 'read-do' ? (this.#view.next ?? 0) : 0;
		if (this.#clock.since === undefined) this.#clock = toggled(this.#clock, Date.now());
		this.#go(next + 1);
	}

	#beginAnew(): void {
		const runs = this.#keeper.read();
		this.#keeper.write(started(runs, freshRun(this.#list, runs.all)));
		this.#clock = stillClock;
		this.#begin();
	}

	#next(): void {
		if (this.#at === 0) this.#begin();
		else this.#go(this.#at + 1);
	}

	#go(to: number): void {
		const at = Math.min(Math.max(to, 0), this.#slides.length - 1);
		if (at === this.#at) return;
		this.#at = at;
		this.#clock = atNextStep(this.#clock, Date.now());
		this.#told = '';
		this.#show();
		part(this, 'slides').scrollTop = 0;
		this.#say(this.#slideWords());
	}

	#turn(at: number): void {
		const item = this.#list.items[at];
		if (!item) return;
		const runs = this.#keeper.read();
		const { id, ticks } = openRun(runs);
		this.#keeper.write(changed(runs, id, { ticks: turned(ticks, item) }));
		const { points } = this.#show();
		this.#say(`${points[at]?.isDone ? 'Ticked' : 'Not ticked'}. ${progressWords(this.#view)}.`);
	}

	#key(event: KeyboardEvent): void {
		if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
		const { target, key } = event;
		// On a button, a link or a box the space bar does what it always does there.
		if (key === ' ' && target instanceof Element && target.closest('a, button, input')) return;
		const act = {
			ArrowRight: () => this.#next(),
			PageDown: () => this.#next(),
			ArrowLeft: () => this.#go(this.#at - 1),
			PageUp: () => this.#go(this.#at - 1),
			Home: () => this.#go(0),
			End: () => this.#go(this.#slides.length - 1),
			' ': () => (this.#point === undefined ? this.#next() : this.#turn(this.#point)),
			Escape: () => location.assign(this.dataset['list'] ?? '../'),
		}[key];
		if (!act) return;
		event.preventDefault();
		act();
	}

	#toggleClock(): void {
		this.#clock = toggled(this.#clock, Date.now());
		this.#show();
		this.#say(this.#clock.since === undefined ? 'The clock stands.' : 'The clock runs.');
	}

	#give(minutes: number): void {
		this.#minutes = Math.min(600, Math.max(1, this.#minutes + minutes));
		this.#told = '';
		this.#show();
		this.#say(`${this.#minutes} minutes in all.`);
	}

	#show(): RunView {
		const view = this.#view;
		const open = openRun(this.#keeper.read());
		const done = progressWords(view);
		for (const [at, slide] of this.#slides.entries()) {
			slide.toggleAttribute('data-now', at === this.#at);
		}
		for (const [at, box] of boxesIn(this).entries()) {
			const point = view.points[at];
			box.checked = point?.isDone ?? false;
			const mark = box.closest('[data-item]')?.querySelector('[data-mark]');
			if (mark) mark.textContent = point?.mark ? markWords[point.mark] : '';
		}
		part(this, 'at').textContent = done;
		part(this, 'open-run').textContent = view.done > 0 ? `“${open.name}”: ${done}.` : '';
		part(this, 'begin').textContent = view.done > 0 ? 'Go on' : 'Start';
		part(this, 'anew').hidden = view.done === 0;
		part(this, 'back', HTMLButtonElement).disabled = this.#at === 0;
		part(this, 'next', HTMLButtonElement).disabled = this.#at === this.#slides.length - 1;
		part(this, 'end').textContent = view.next === undefined ? `${done}.` : `${done}. Still open:`;
		part(this, 'open-points').replaceChildren(...this.#openPoints(view));
		const trouble = this.#keeper.trouble();
		part(this, 'trouble').textContent = trouble;
		part(this, 'trouble').hidden = trouble === '';
		this.#showClock();
		keepPlace(this.#list.slug, { at: this.#at, clock: this.#clock, minutes: this.#minutes });
		return view;
	}

	#openPoints({ points }: RunView): HTMLElement[] {
		return this.#list.items.flatMap(({ text }, at) => {
			if (points[at]?.isDone) return [];
			const button = document.createElement('button');
			button.type = 'button';
			button.className = 'quiet';
			button.textContent = text;
			button.addEventListener('click', () => this.#go(at + 1));
			const row = document.createElement('li');
			row.append(button);
			return [row];
		});
	}

	#showClock(): void {
		const { items } = this.#list;
		const face = faceOf(this.#clock, Date.now(), this.#minutes, items.length);
		const isAtPoint = this.#point !== undefined;
		part(this, 'step').hidden = !isAtPoint;
		showDial(part(this, 'step'), face.step);
		showDial(part(this, 'whole'), face.whole);
		write(part(this, 'spent'), `It took ${face.spent} of ${this.#minutes} minutes.`);
		const isRunning = this.#clock.since !== undefined;
		write(part(this, 'time'), isRunning ? 'Stop the clock' : 'Start the clock');
		const over = [
			face.whole.state === 'over' && 'The time is up.',
			isAtPoint && face.step.state === 'over' && 'The time for this point is up.',
		];
		const words = over.filter(Boolean).join(' ');
		if (words !== '' && words !== this.#told && isRunning) this.#say(words);
		this.#told = words;
	}

	#slideWords(): string {
		const item = this.#point === undefined ? undefined : this.#list.items[this.#point];
		if (!item) return this.#slides[this.#at]?.querySelector('.point')?.textContent ?? '';
		const { points } = this.#view;
		const isDone = points[this.#point ?? 0]?.isDone;
		return `${this.#at} of ${points.length}: ${item.text}. ${isDone ? 'Ticked' : 'Not ticked'}.`;
	}

	#say(words: string): void {
		part(this, 'said').textContent = words;
	}

	/** Place of the point that is shown; undefined on the first and the last slide. */
	get #point(): number | undefined {
		return this.#at > 0 && this.#at <= this.#list.items.length ? this.#at - 1 : undefined;
	}

	get #view(): RunView {
		return viewOf(openRun(this.#keeper.read()).ticks, this.#list);
	}
}

function showDial(dial: HTMLElement, { text, state, words }: Dial): void {
	if (dial.dataset['state'] !== state) dial.dataset['state'] = state;
	write(dial.querySelector('.time'), text);
	write(dial.querySelector('.words'), words);
}

/** Four times a second nothing changes: then nothing is written. */
function write(place: Element | null, words: string): void {
	if (place && place.textContent !== words) place.textContent = words;
}

const markWords = { new: 'New', changed: 'Changed since it was ticked' } as const;
