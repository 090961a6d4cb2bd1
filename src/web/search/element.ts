import type { Answer, Engine } from './engine.ts';
import type { Filters } from './ranking.ts';
import { showResults } from './results.ts';

/**
 * The search page's form and what it finds. Nothing is fetched until somebody means to search:
 * touches the form, or arrives with a question in the address. The state is `data-state`:
 * idle, results, near, none or error.
 */
export class TandemSearch extends HTMLElement {
	#engine: Promise<Engine> | undefined;
	#listening: AbortController | undefined;
	/** Only the answer to the latest question is shown. */
	#turn = 0;

	connectedCallback(): void {
		this.#listening = new AbortController();
		const { signal } = this.#listening;
		const listen = { signal };
		const form = this.#form;
		form.inert = false;
		form.addEventListener('focusin', () => void this.#open().catch(() => undefined), listen);
		form.addEventListener('input', () => void this.#run(), listen);
		form.addEventListener('submit', (event) => this.#submit(event), listen);
		this.addEventListener('keydown', (event) => this.#key(event), listen);
		document.addEventListener('keydown', (event) => this.#shortcut(event), listen);
		this.#readAddress();
		if (this.#text !== '') void this.#run();
	}

	disconnectedCallback(): void {
		this.#listening?.abort();
	}

	/** Answers a question as the page would, without showing it. For the bench and the tests. */
	async ask(text: string, filters: Filters = {}): Promise<Answer> {
		return (await this.#open()).ask(text, filters);
	}

	async #run(): Promise<void> {
		const turn = ++this.#turn;
		const text = this.#text;
		const filters = this.#filters;
		const isLatest = (): boolean => turn === this.#turn;
		if (text === '') {
			this.#writeAddress();
			this.#show('idle', '');
			return;
		}
		let glance: Answer | undefined;
		try {
			const engine = await this.#open();
			if (!isLatest()) return;
			glance = engine.glance(text, filters);
			this.#present(glance, text, '');
			await new Promise((resolve) => setTimeout(resolve, pauseInTyping));
			if (!isLatest()) return;
			this.#writeAddress();
			const answer = await engine.ask(text, filters);
			if (isLatest()) this.#present(answer, text, `${countOf(answer)} for “${text}”.`);
		} catch {
			if (!isLatest()) return;
			if (!glance || glance.results.length === 0)
				this.#show('error', 'Search could not be loaded.');
			else
				this.#present(
					glance,
					text,
					`${countOf(glance)} by title. The texts could not be searched.`,
				);
		}
	}

	/** @param status - what to say of results; empty while the texts are still being searched */
	#present(answer: Answer, text: string, status: string): void {
		const { results, guesses, unknown, isGuess } = answer;
		// Before the texts have been searched, "nothing" may be wrong.
		if (results.length === 0 && status === '') return;
		showResults(this.#part('list'), this.#part('sample'), answer);
		this.#part('meant').textContent = [
			...guesses.map(({ word, meant }) => `Looked for ${quoted(meant)} instead of “${word}”.`),
			...(unknown.length > 0 ? [`No page has ${quoted(unknown)}.`] : []),
		].join(' ');
		if (results.length === 0) this.#show('none', `Nothing found for “${text}”.`);
		else if (isGuess)
			this.#show('near', status && `Nothing has “${text}”. ${countOf(answer)} near it.`);
		else this.#show('results', status);
	}

	#show(state: string, status: string): void {
		this.dataset['state'] = state;
		const line = this.#part('status');
		// A line that is set again is read out again.
		if (status !== '' || state === 'idle') line.textContent = status;
		for (const part of this.querySelectorAll<HTMLElement>('[data-when]')) {
			part.hidden = !(part.dataset['when'] ?? '').split(' ').includes(state);
		}
	}

	#open(): Promise<Engine> {
		this.#engine ??= import('./engine.ts')
			.then(({ openEngine }) => openEngine(this.dataset['base'] ?? '/pagefind/'))
			.catch((cause: unknown) => {
				// The next try starts afresh: the network may be back.
				this.#engine = undefined;
				throw cause;
			});
		return this.#engine;
	}

	#submit(event: SubmitEvent): void {
		event.preventDefault();
		void this.#run();
	}

	/** Arrows walk from the field through the results and back; Esc clears. */
	#key(event: KeyboardEvent): void {
		if (event.key === 'Escape' && this.#text !== '') {
			event.preventDefault();
			this.#field.value = '';
			this.#field.focus();
			void this.#run();
			return;
		}
		if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
		if (event.target instanceof HTMLSelectElement) return;
		const links = [...this.#part('list').querySelectorAll('a')];
		const stops: HTMLElement[] = [this.#field, ...links];
		const at = stops.findIndex((stop) => stop === event.target);
		const next = stops[at + (event.key === 'ArrowDown' ? 1 : -1)];
		if (at < 0 || !next) return;
		event.preventDefault();
		next.focus();
	}

	#shortcut(event: KeyboardEvent): void {
		const isTyping =
			event.target instanceof HTMLElement &&
			event.target.matches('input, select, textarea, [contenteditable]');
		const isSlash =
			event.key === '/' && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey;
		const isPalette = event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey);
		if (!isSlash && !isPalette) return;
		event.preventDefault();
		this.#field.focus();
		this.#field.select();
	}

	#readAddress(): void {
		const asked = new URLSearchParams(location.search);
		this.#field.value = asked.get('q') ?? this.#field.value;
		for (const select of this.#selects) select.value = asked.get(select.name) ?? '';
	}

	#writeAddress(): void {
		const address = new URL(location.href);
		address.search = '';
		if (this.#text !== '') address.searchParams.set('q', this.#text);
		for (const [name, values] of Object.entries(this.#filters)) {
			for (const value of values) address.searchParams.append(name, value);
		}
		history.replaceState(history.state, '', address);
	}

	get #text(): string {
		return this.#field.value.trim();
	}

	get #filters(): Record<string, string[]> {
		const chosen = this.#selects.filter(({ value }) => value !== '');
		return Object.fromEntries(chosen.map(({ name, value }) => [name, [value]]));
	}

	get #selects(): HTMLSelectElement[] {
		return [...this.querySelectorAll('select')];
	}

	get #form(): HTMLFormElement {
		return this.#within('form', HTMLFormElement);
	}

	get #field(): HTMLInputElement {
		return this.#within('input[name="q"]', HTMLInputElement);
	}

	#part(name: string): HTMLElement {
		return this.#within(`[data-part="${name}"]`, HTMLElement);
	}

	#within<T extends HTMLElement>(selector: string, type: new () => T): T {
		const found = this.querySelector(selector);
		if (found instanceof type) return found;
		throw new Error(`The search has no ${selector}.`);
	}
}

function countOf({ results }: Answer): string {
	return results.length === 1 ? '1 page' : `${results.length} pages`;
}

function quoted(words: readonly string[]): string {
	return words.map((word) => `“${word}”`).join(' or ');
}

/** Milliseconds without a key before the full text is asked. */
const pauseInTyping = 120;
