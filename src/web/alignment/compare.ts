import { countAgain, teams } from '#/alignment/person.ts';
import type { Team } from '#/alignment/person.ts';
import type { PasteNote } from '#/alignment/paste.ts';
import { proposePlan } from '#/alignment/plan.ts';
import type { Plan } from '#/alignment/plan.ts';
import { readFragment } from '#/alignment/round.ts';
import type { Round } from '#/alignment/round.ts';
import type { Wave } from '#/alignment/wave.ts';
import type { Comparison } from '#/alignment/comparison.ts';
import type { Day } from '#/day.ts';
import * as comparing from './comparing.ts';
import type { Comparing } from './comparing.ts';
import { copyOnPress } from './copy.ts';
import { dotsOf } from './dots.ts';
import { download } from './download.ts';
import { afterPaint, inSteps } from './in-steps.ts';
import type { Steps } from './in-steps.ts';
import { tableOf } from './item-table.ts';
import { showKeepLinks } from './keep-links.ts';
import { node } from './node.ts';
import { builtInSet, part } from './part.ts';
import { exportOnPress, filledPlan, keepTyped, planFields } from './plan-form.ts';
import { itemSteps, slidesOf, summaryOf } from './result.ts';
import { showRound } from './round-desk.ts';
import { keepInAddress, roundOnPress } from './round-link.ts';
import { openScreen } from './screen.ts';

/** The comparing page: what `comparing.ts` knows, drawn. */
export class TandemCompare extends HTMLElement {
	readonly #rules = { set: builtInSet(this), minTeam: Number(this.dataset['minTeam']) };
	#page: Comparing = comparing.newComparing();
	/** What is drawn. Working it out takes a while on a phone, so it is kept until the next drawing. */
	#made: Comparison | undefined;
	/** What showing the codes would come to, worked out while nobody waits for it. */
	#ahead: Ahead | undefined;
	#waiting = 0;
	/** The questions that are still to be drawn. */
	#later: Steps | undefined;
	/** Ids of the items in the plan. */
	readonly #picked = new Set<string>();
	#proposed: Plan | undefined;
	#listening: AbortController | undefined;

	connectedCallback(): void {
		this.#listening = new AbortController();
		const { signal } = this.#listening;
		const listen = (name: string, type: string, act: (event: Event) => void): void =>
			part(this, name).addEventListener(type, act, { signal });
		part(this, 'desk').hidden = false;
		copyOnPress(this, signal);
		roundOnPress(this, (round) => this.#opened(round), signal);
		listen('paste', 'submit', (event) => this.#paste(event));
		listen('code-files', 'change', (event) => void this.#openFiles(event));
		listen('wave-file', 'change', (event) => void this.#openFiles(event));
		listen('wave-link', 'submit', (event) => this.#openLink(event));
		listen('was-done', 'change', () => this.#markDone());
		listen('invited', 'change', () => this.#draw());
		listen('invited', 'submit', (event) => event.preventDefault());
		listen('show', 'click', () => this.#show());
		listen('clear', 'click', () => this.#clear());
		listen('screen', 'click', () => this.#openScreen());
		listen('as-table', 'click', () => this.#turn());
		listen('print', 'click', () => window.print());
		listen('items', 'change', (event) => this.#pick(event));
		listen('save', 'click', () => this.#save());
		exportOnPress(this, () => this.#plan, signal);
		addEventListener('beforeunload', (event) => this.#warn(event), { signal });
		addEventListener('beforeprint', () => this.#later?.finish(), { signal });
		addEventListener('hashchange', () => this.#readAddress(), { signal });
		this.#readAddress();
	}

	disconnectedCallback(): void {
		this.#listening?.abort();
		this.#later?.stop();
	}

	/** Takes everything out of the address, and leaves only the round there. */
	#readAddress(): void {
		const fragment = readFragment(location.hash);
		const link = location.href;
		if (fragment) {
			const { round, mode, people, result } = fragment;
			const known = this.#page.round;
			const isOther = known !== undefined && (known.round !== round || known.mode !== mode);
			if (isOther) this.#forget();
			keepInAddress({ round, mode });
			this.#page = { ...this.#page, round: { round, mode } };
			if (result) this.#addEarlier(link);
			if (people) {
				this.#add(link);
				this.#show();
			}
		}
		showRound(this, this.#rules.set, this.#page.round);
	}

	#opened(round: Round): void {
		this.#page = { ...this.#page, round };
		keepInAddress(round);
		showRound(this, this.#rules.set, round);
		part(this, 'round-words').focus();
	}

	#paste(event: Event): void {
		event.preventDefault();
		const field = part(this, 'paste').querySelector('textarea');
		if (!field) return;
		this.#add(field.value);
		// What was taken in need not stay to be read over a shoulder.
		field.value = '';
		field.focus();
	}

	async #openFiles({ target }: Event): Promise<void> {
		if (!(target instanceof HTMLInputElement)) return;
		const texts = await Promise.all([...(target.files ?? [])].map((file) => file.text()));
		target.value = '';
		const isEarlier = target.dataset['part'] === 'wave-file';
		if (isEarlier) for (const text of texts) this.#addEarlier(text);
		else this.#add(texts.join('\n'));
	}

	#openLink(event: Event): void {
		event.preventDefault();
		const field = part(this, 'wave-link').querySelector('input');
		if (field) this.#addEarlier(field.value);
	}

	#add(text: string): void {
		const before = this.#page.round;
		const { page, added, notes } = comparing.addCodes(this.#page, text, this.#rules);
		this.#page = page;
		if (page.round && !before) {
			keepInAddress(page.round);
			showRound(this, this.#rules.set, page.round);
		}
		part(this, 'notes').replaceChildren(...notes.map((note) => this.#noteLine(note)));
		this.#drawCollected(added);
	}

	#noteLine({ words, twice }: PasteNote): HTMLElement {
		if (twice === undefined) return node('li', {}, words);
		const both = node('button', { type: 'button', class: 'quiet' }, 'Count both');
		const line = node('li', {}, `${words} `, both);
		both.addEventListener('click', () => {
			this.#page = { ...this.#page, people: countAgain(this.#page.people, twice) };
			line.replaceChildren('Counted twice.');
			this.#drawCollected(1);
		});
		return line;
	}

	#drawCollected(added: number): void {
		const words = comparing.collectedWords(this.#page, added, this.#rules.minTeam);
		part(this, 'collected').textContent = words;
		clearTimeout(this.#waiting);
		this.#waiting = window.setTimeout(() => this.#workAhead(), pause);
	}

	#addEarlier(typed: string): void {
		const { page, words } = comparing.addEarlier(this.#page, typed, this.#rules);
		const isTaken = page !== this.#page;
		this.#page = page;
		part(this, 'wave-status').textContent = words;
		part(this, 'earlier', HTMLDetailsElement).open = true;
		if (!isTaken) return;
		if (page.view?.isAlone && page.earlier) {
			for (const team of teams) {
				this.#invitedField(team).value = String(page.earlier.invited[team] ?? '');
			}
		}
		this.#askDone(page.earlier);
		this.#draw();
	}

	#askDone(earlier: Wave | undefined): void {
		const asked = part(this, 'was-done');
		const ref = earlier?.picked?.play;
		asked.hidden = ref === undefined;
		const title = this.#rules.set.items.find(({ play }) => play?.ref === ref)?.play?.title ?? ref;
		asked.querySelector('legend')?.replaceChildren(`Picked last time: ${title}. Was it done?`);
	}

	#markDone(): void {
		const yes = part(this, 'was-done').querySelector<HTMLInputElement>('[value="yes"]');
		this.#page = comparing.markDone(this.#page, yes?.checked ?? false);
		this.#draw();
	}

	#show(): void {
		const { page, words } = this.#workAhead().outcome;
		const isNew = page !== this.#page;
		this.#page = page;
		part(this, 'show-status').textContent = words;
		if (!isNew) return;
		this.#draw();
		part(this, 'result-head').focus({ preventScroll: true });
		part(this, 'result').scrollIntoView({ block: 'start' });
	}

	/** Of the codes as they are now: what was worked out of others is worked out anew. */
	#workAhead(): Ahead {
		const about = { invited: this.#invited, today: today() };
		const key = JSON.stringify(about);
		if (this.#ahead?.from !== this.#page || this.#ahead.key !== key) {
			const outcome = comparing.showResult(this.#page, this.#rules, about.today);
			const made = comparing.comparisonOf(outcome.page, this.#rules, about);
			this.#ahead = { from: this.#page, key, outcome, made };
		}
		return this.#ahead;
	}

	#draw(): void {
		const about = { invited: this.#invited, today: today() };
		const isAhead =
			this.#ahead?.outcome.page === this.#page && this.#ahead.key === JSON.stringify(about);
		const made = isAhead
			? this.#ahead?.made
			: comparing.comparisonOf(this.#page, this.#rules, about);
		this.#made = made;
		for (const name of ['result', 'plan', 'keep']) part(this, name).hidden = !made;
		part(this, 'summary').replaceChildren(...(made ? summaryOf(made) : []));
		this.#drawItems();
		this.#drawPlan();
	}

	/** The first question at once, each other after a paint. */
	#drawItems(): void {
		this.#later?.stop();
		const draw = part(this, 'as-table').ariaPressed === 'true' ? tableOf : dotsOf;
		const items = part(this, 'items');
		// Who has scrolled down to a question stays where they are.
		if (items.hasChildNodes()) items.style.minHeight = `${items.offsetHeight}px`;
		items.ariaBusy = 'true';
		items.replaceChildren();
		const [first, ...rest] = this.#made ? itemSteps(this.#made, items, this.#picked, draw) : [];
		first?.();
		this.#later = inSteps(rest, () => {
			items.style.minHeight = '';
			items.ariaBusy = 'false';
		});
	}

	get #wave(): Wave | undefined {
		return comparing.waveOf(this.#page, this.#rules, this.#invited, this.#picked);
	}

	#pick({ target }: Event): void {
		const id = target instanceof HTMLInputElement ? target.dataset['pick'] : undefined;
		if (id === undefined) return;
		if (!this.#picked.delete(id)) this.#picked.add(id);
		// The tick is seen first: the plan stands below all questions.
		afterPaint(() => this.#drawPlan());
	}

	/** Draws the plan again with what was typed into it, and the links that hand the result on. */
	#drawPlan(): void {
		const { view, people } = this.#page;
		const items = this.#made?.items.filter(({ id }) => this.#picked.has(id)) ?? [];
		const typed = this.#plan;
		const plan =
			view && items.length > 0
				? keepTyped(proposePlan(this.#rules.set, view.round, items, today()), typed)
				: undefined;
		this.#proposed = plan;
		part(this, 'plan-hint').hidden = plan !== undefined;
		part(this, 'plan-files').hidden = plan === undefined;
		part(this, 'steps').replaceChildren(...(plan ? planFields(plan) : []));
		const wave = this.#wave;
		if (wave) showKeepLinks(this, this.#rules.set, wave, view?.isAlone ? [] : people);
	}

	get #plan(): Plan | undefined {
		return this.#proposed && filledPlan(this.#proposed, this);
	}

	#save(): void {
		const wave = this.#wave;
		if (!wave) return;
		const name = `${wave.set}-${wave.date}-${wave.round}.json`;
		download(name, 'application/json', `${JSON.stringify(wave, null, '\t')}\n`);
	}

	#openScreen(): void {
		if (this.#made) openScreen(this, slidesOf(this.#made), () => Date.now());
	}

	#turn(): void {
		const button = part(this, 'as-table');
		button.ariaPressed = String(button.ariaPressed !== 'true');
		this.#drawItems();
	}

	#warn(event: BeforeUnloadEvent): void {
		if (this.#page.people.length > 0 || this.#proposed) event.preventDefault();
	}

	#clear(): void {
		this.#forget();
		keepInAddress(undefined);
		showRound(this, this.#rules.set, undefined);
		part(this, 'show-status').textContent =
			'Cleared. Nothing is left on this page or in its address.';
	}

	/** Takes everything out of memory and off the page. */
	#forget(): void {
		this.#page = comparing.newComparing();
		this.#ahead = undefined;
		this.#picked.clear();
		this.#proposed = undefined;
		for (const form of this.querySelectorAll('form')) form.reset();
		for (const name of ['result-link', 'people-link'])
			part(this, name, HTMLInputElement).value = '';
		for (const name of ['notes', 'collected', 'wave-status', 'show-status', 'slide', 'said']) {
			part(this, name).replaceChildren();
		}
		part(this, 'people-row').hidden = true;
		this.#askDone(undefined);
		this.#draw();
	}

	#invitedField(team: Team): HTMLInputElement {
		// The component has one for each team.
		return part(this, 'invited').querySelector<HTMLInputElement>(`[name="${team}"]`)!;
	}

	get #invited(): Record<Team, number | null> {
		const read = (team: Team): number | null => {
			const count = this.#invitedField(team).valueAsNumber;
			return Number.isInteger(count) && count > 0 ? Math.min(count, 1000) : null;
		};
		return { sales: read('sales'), marketing: read('marketing') };
	}
}

interface Ahead {
	/** The page it was worked out of, and for whom and when, as JSON. */
	from: Comparing;
	key: string;
	outcome: comparing.Outcome;
	made: Comparison | undefined;
}

// Milliseconds: long enough for the answer to the last press to be painted.
const pause = 100;

/** By the clock of this browser. A formatter would say it too, and takes longer than all the rest. */
function today(): Day {
	const now = new Date();
	return [now.getFullYear(), now.getMonth() + 1, now.getDate()]
		.map((part) => String(part).padStart(2, '0'))
		.join('-');
}
