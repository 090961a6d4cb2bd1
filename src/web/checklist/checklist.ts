import { readFragment, writeFragment } from '#/checklist/code.ts';
import type { List } from '#/checklist/list.ts';
import { accepted, cleared, turned } from '#/checklist/run.ts';
import { readRunFile, writeRunFile } from '#/checklist/run-file.ts';
import { changed, openRun, removed, started, undone } from '#/checklist/runs.ts';
import type { NamedRun, Runs, Step } from '#/checklist/runs.ts';
import { changeWords, progressWords, viewOf } from '#/checklist/view.ts';
import type { RunView } from '#/checklist/view.ts';
import { download } from '#/web/alignment/download.ts';
import { part } from '#/web/alignment/part.ts';
import { openKeeper } from './keeper.ts';
import { boxesIn, freshRun, listIn } from './list.ts';
import { besideOwn, mergedInto, showOffer } from './offer.ts';

/**
 * A checklist whose ticks stay. The list itself is in the page and works by itself; this keeps what
 * is ticked, names runs, and hands them on by link or file. Nothing leaves the device.
 */
export class TandemChecklist extends HTMLElement {
	readonly #list = listIn(this);
	readonly #keeper = openKeeper(this.#list);
	/** What can be taken back, the latest last. */
	readonly #steps: (Step & { words: string })[] = [];
	#offered: NamedRun | undefined;
	#listening: AbortController | undefined;

	connectedCallback(): void {
		this.#listening = new AbortController();
		const { signal } = this.#listening;
		const on = (name: string, type: string, act: () => void): void =>
			part(this, name).addEventListener(type, act, { signal });
		for (const [at, box] of boxesIn(this).entries()) {
			box.addEventListener('change', () => this.#turn(at), { signal });
		}
		on('run', 'change', () => this.#switch());
		on('name', 'change', () => this.#rename());
		on('undo', 'click', () => this.#undo());
		on('accept', 'click', () => this.#accept());
		on('start', 'click', () => this.#start());
		on('clear', 'click', () => this.#clear());
		on('delete', 'click', () => this.#delete());
		on('copy', 'click', () => void this.#copy());
		on('save', 'click', () => this.#save());
		on('file', 'change', () => void this.#openFile());
		on('print', 'click', () => window.print());
		on('offer-merge', 'click', () => this.#answer('Merged', mergedInto));
		on('offer-own', 'click', () => this.#answer('Opened beside yours', besideOwn));
		on('offer-leave', 'click', () => this.#answer('Left as it was'));
		on('offer', 'cancel', () => this.#answer('Left as it was'));
		addEventListener('hashchange', () => this.#arrive(), { signal });
		addEventListener('storage', ({ key }) => key === this.#keeper.key && this.#show(), { signal });
		// A page that comes back from the browser's memory knows what stood there when it went.
		addEventListener('pageshow', () => this.#show(), { signal });
		this.#show();
		this.#arrive();
	}

	disconnectedCallback(): void {
		this.#listening?.abort();
	}

	#turn(at: number): void {
		const item = this.#list.items[at];
		if (!item) return;
		const { view } = this.#change('the last tick', ({ id, ticks }, runs) =>
			changed(runs, id, { ticks: turned(ticks, item) }),
		);
		const next = this.#isReadDo && view.next !== undefined && this.#list.items[view.next];
		const words = [
			`${progressWords(view)}.`,
			next && `Next: ${next.text}`,
			view.next === undefined && this.dataset['signoff'],
		];
		this.#tell(words.filter(Boolean).join(' '));
	}

	#switch(): void {
		const open = Number(part(this, 'run', HTMLSelectElement).value);
		this.#keeper.write({ ...this.#keeper.read(), open });
		const { view, open: run } = this.#show();
		this.#say(`“${run.name}” is open: ${progressWords(view)}.`);
	}

	#rename(): void {
		const name = part(this, 'name', HTMLInputElement).value.trim();
		if (name === '') {
			this.#show();
			return;
		}
		this.#change('the new name', ({ id }, runs) => changed(runs, id, { name }));
		this.#tell(`This run is now “${name}”.`);
	}

	#start(): void {
		const { open } = this.#change('the new run', (_, runs) =>
			started(runs, freshRun(this.#list, runs.all)),
		);
		this.#say(`A new run began: “${open.name}”.`);
	}

	#clear(): void {
		this.#change('clearing', ({ id, ticks }, runs) => changed(runs, id, { ticks: cleared(ticks) }));
		this.#say('All ticks are cleared.');
	}

	#delete(): void {
		const { name } = openRun(this.#keeper.read());
		const { open } = this.#change('deleting', ({ id }, runs) =>
			removed(runs, id, freshRun(this.#list, runs.all)),
		);
		this.#say(`“${name}” is deleted. “${open.name}” is open.`);
		part(this, 'undo').focus();
	}

	#accept(): void {
		const { view } = this.#change('reading the changes', ({ id, ticks }, runs) =>
			changed(runs, id, { ticks: accepted(ticks, this.#list) }),
		);
		this.#say(`The marks are gone. ${progressWords(view)}.`);
		this.#boxes[view.next ?? 0]?.focus();
	}

	#undo(): void {
		const step = this.#steps.pop();
		if (!step) return;
		this.#keeper.write(undone(this.#keeper.read(), step));
		const { view } = this.#show();
		this.#say(`Undone: ${step.words}.`);
		this.#tell(`${progressWords(view)}.`);
	}

	async #copy(): Promise<void> {
		const field = part(this, 'link', HTMLInputElement);
		field.select();
		try {
			// There is no clipboard on a page that came without encryption.
			await navigator.clipboard.writeText(field.value);
			this.#say('The link is copied.');
		} catch {
			this.#say('The link is selected: copy it now.');
		}
	}

	#save(): void {
		const run = openRun(this.#keeper.read());
		const name = `${this.#list.slug} ${run.name}`.replaceAll(/[^\p{L}\p{N}]+/gu, '-');
		download(`${name}.json`, 'application/json', writeRunFile(run, this.#list));
		this.#say('Saved as a file.');
	}

	async #openFile(): Promise<void> {
		const input = part(this, 'file', HTMLInputElement);
		const text = await input.files?.[0]?.text();
		// So that the same file may be chosen again.
		input.value = '';
		if (text === undefined) return;
		const outcome = readRunFile(text, this.#list);
		if (outcome.kind === 'refused') this.#say(outcome.words);
		else this.#offer(outcome.run, 'file');
	}

	/** Takes a run out of the address, so that it stays in no history and goes into no bookmark. */
	#arrive(): void {
		const outcome = readFragment(location.hash, this.#list);
		if (!outcome) return;
		history.replaceState(history.state, '', location.pathname + location.search);
		if (outcome.kind === 'refused') this.#say(outcome.words);
		else this.#offer({ ...outcome, name: '' }, 'link');
	}

	#offer(run: NamedRun, from: 'link' | 'file'): void {
		this.#offered = run;
		showOffer(this, this.#list, { run, from, runs: this.#keeper.read() });
	}

	#answer(words: string, take?: (runs: Runs, run: NamedRun, list: List) => Runs): void {
		const run = this.#offered;
		part(this, 'offer', HTMLDialogElement).close();
		this.#offered = undefined;
		if (run && take) this.#change('taking it over', (_, runs) => take(runs, run, this.#list));
		const { open, view } = this.#show();
		this.#say(`${words}. “${open.name}”: ${progressWords(view)}.`);
	}

	/** One step that can be taken back. */
	#change(words: string, change: (open: NamedRun, runs: Runs) => Runs): Shown {
		const before = this.#keeper.read();
		const after = change(openRun(before), before);
		this.#keeper.write(after);
		this.#steps.push({ before, after, words });
		return this.#show();
	}

	#show(): Shown {
		const runs = this.#keeper.read();
		const open = openRun(runs);
		const view = viewOf(open.ticks, this.#list);
		for (const [at, box] of this.#boxes.entries()) showPoint(box, view, at, this.#isReadDo);
		part(this, 'count').textContent = progressWords(view);
		part(this, 'bar', HTMLProgressElement).value = view.done;
		part(this, 'paper').textContent = `${open.name}: ${progressWords(view)}`;
		part(this, 'changes').hidden = view.news + view.changed === 0;
		part(this, 'changes-words').textContent = changeWords(view);
		part(this, 'run').replaceChildren(
			...runs.all.map(({ id, name }) => new Option(name, String(id), false, id === open.id)),
		);
		part(this, 'name', HTMLInputElement).value = open.name;
		part(this, 'undo', HTMLButtonElement).disabled = this.#steps.length === 0;
		const address = new URL(writeFragment(open, this.#list), location.href);
		part(this, 'link', HTMLInputElement).value = address.href;
		const trouble = this.#keeper.trouble();
		part(this, 'trouble').hidden = trouble === '';
		part(this, 'trouble').textContent = trouble;
		return { open, view };
	}

	/** For everybody. It may be two lines, so only what follows a press of a button says it. */
	#say(words: string): void {
		part(this, 'said').textContent = words;
	}

	/** For a screen reader: the others see the box, the count and the mark of what is next. */
	#tell(words: string): void {
		part(this, 'told').textContent = words;
	}

	get #boxes(): HTMLInputElement[] {
		return boxesIn(this);
	}

	get #isReadDo(): boolean {
		return this.dataset['mode'] === 'read-do';
	}
}

function showPoint(box: HTMLInputElement, view: RunView, at: number, isReadDo: boolean): void {
	const point = view.points[at];
	const row = box.closest('[data-item]');
	const mark = row?.querySelector('[data-mark]');
	if (!point || !row || !mark) return;
	box.checked = point.isDone;
	const isNext = isReadDo && view.next === at;
	const words = { new: 'New', changed: 'Changed since you ticked it' };
	mark.textContent = point.mark ? words[point.mark] : isNext ? 'Next' : '';
	row.toggleAttribute('data-next', isNext);
	if (isNext) row.setAttribute('aria-current', 'step');
	else row.removeAttribute('aria-current');
}

interface Shown {
	open: NamedRun;
	view: RunView;
}
