import { asker, isIdle, remarkOf } from './asking.ts';
import type { Question, Shown } from './asking.ts';
import type { Answer, Engine } from './engine.ts';
import { addressOf, facetNames, filtersIn } from './facets.ts';
import type { FacetCounts, Filters } from './facets.ts';
import { askAddress, linksTo, showResults } from './results.ts';

/**
 * The search page: a question, facets, what they find. Nothing is fetched until somebody means to
 * search: touches the form, or arrives with a question in the address. The address always says what
 * is shown, so that it can be sent to somebody and the back button works.
 */
export class TandemSearch extends HTMLElement {
	#engine: Promise<Engine> | undefined;
	#listening: AbortController | undefined;
	#isExact = false;
	/** More results than are shown at first, once somebody asks for them. */
	#most = shownAtFirst;
	readonly #ask = asker(
		() => this.#open(),
		(shown) => void this.#present(shown),
	);

	connectedCallback(): void {
		this.#listening = new AbortController();
		const listen = { signal: this.#listening.signal };
		const form = this.#within('form', HTMLFormElement);
		form.inert = false;
		form.addEventListener('focusin', () => void this.#open().catch(() => undefined), listen);
		form.addEventListener('input', (event) => this.#changed(event.target), listen);
		form.addEventListener('submit', (event) => this.#submit(event), listen);
		this.addEventListener('click', (event) => this.#click(event), listen);
		this.addEventListener('keydown', (event) => this.#key(event), listen);
		document.addEventListener('keydown', (event) => this.#shortcut(event), listen);
		addEventListener('popstate', () => this.#readAddress(), listen);
		this.#readAddress();
	}

	disconnectedCallback(): void {
		this.#listening?.abort();
	}

	/** Answers a question as the page would, without showing it. For the bench and the tests. */
	async ask(text: string, filters: Filters = {}, isGuessing = true): Promise<Answer> {
		return (await this.#open()).ask(text, filters, isGuessing);
	}

	/** A facet is a step of its own, to come back from; the letters of a word are not. */
	#changed(target: EventTarget | null): void {
		const isStep = target !== this.#field;
		if (!isStep) this.#isExact = false;
		this.#run(isStep);
	}

	#run(isStep: boolean): void {
		this.#most = shownAtFirst;
		const question = this.#question;
		if (isStep) this.#writeAddress(question, isStep);
		void this.#ask(question);
	}

	async #present(shown: Shown): Promise<void> {
		const { answer, question, state, status, isWhole } = shown;
		this.dataset['state'] = state;
		if (isWhole) {
			// A line that is set again is read out again.
			this.#part('status').textContent = status;
			this.#showChosen(question.filters, answer?.counts);
			this.#writeAddress(question, false);
		}
		for (const part of this.querySelectorAll<HTMLElement>('[data-when]')) {
			part.hidden = !(part.dataset['when'] ?? '').split(' ').includes(state);
		}
		if (!answer) return;
		const { names } = await this.#open();
		const most = isWhole ? this.#most : glanced;
		const sample = this.#within('template', HTMLTemplateElement);
		showResults(this.#part('list'), sample, answer, { names, most });
		this.#showRest(answer);
		this.#showRemark(shown);
		if (state === 'none') this.#showNearest(answer, question, names.editor);
	}

	#showRest({ results }: Answer): void {
		const rest = results.length - this.#most;
		this.#part('rest').hidden ||= rest <= 0;
		this.#part('more').textContent =
			`Show ${Math.min(rest, shownAtFirst)} more of ${results.length}`;
	}

	#showRemark(shown: Shown): void {
		const { words, corrected } = remarkOf(shown);
		this.#part('remark').textContent = words;
		const undo = this.#part('undo');
		undo.hidden = corrected === undefined;
		undo.textContent = `Search instead for “${shown.question.text}”`;
		if (words === '') this.#part('meant').hidden = true;
	}

	#showNearest({ nearest }: Answer, { text }: Question, editor: string): void {
		this.#part('nearest').hidden = nearest.length === 0;
		this.#part('terms').replaceChildren(...linksTo(nearest));
		this.#within('[data-part="ask"]', HTMLAnchorElement).href = askAddress(editor, text);
	}

	/** What is chosen in each facet, and how many pages each choice would show. */
	#showChosen(filters: Filters, counts: FacetCounts | undefined): void {
		for (const name of facetNames) {
			const facet = this.querySelector(`[data-facet="${name}"]`);
			const chosen = filters[name]?.length ?? 0;
			facet?.toggleAttribute('data-chosen', chosen > 0);
			const mark = facet?.querySelector('summary [data-chosen]');
			if (mark) mark.textContent = chosen > 0 ? `(${chosen})` : '';
			for (const box of facet?.querySelectorAll('input') ?? []) {
				const count = box.parentElement?.querySelector('[data-count]');
				if (count) count.textContent = counts ? `(${counts[name]?.[box.value] ?? 0})` : '';
			}
		}
		this.#part('clear').hidden = Object.keys(filters).length === 0;
	}

	/** The one way to the engine: a cache for use without a network has to know no other. */
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
		this.#run(true);
	}

	#click({ target }: MouseEvent): void {
		if (!(target instanceof HTMLButtonElement)) return;
		switch (target.dataset['part']) {
			case 'undo':
				this.#isExact = true;
				this.#field.focus();
				this.#run(true);
				return;
			case 'clear':
				for (const box of this.#boxes) box.checked = false;
				this.#field.focus();
				this.#run(true);
				return;
			case 'more': {
				const next = this.#most;
				this.#most += shownAtFirst;
				void this.#ask(this.#question).then(() => this.#links[next]?.focus());
				return;
			}
			default:
		}
	}

	/** Arrows walk from the field through the results and back; Esc clears. */
	#key(event: KeyboardEvent): void {
		if (event.key === 'Escape' && this.#text !== '') {
			event.preventDefault();
			this.#field.value = '';
			this.#field.focus();
			this.#changed(this.#field);
			return;
		}
		if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
		const stops: HTMLElement[] = [this.#field, ...this.#links];
		const at = stops.findIndex((stop) => stop === event.target);
		const next = stops[at + (event.key === 'ArrowDown' ? 1 : -1)];
		if (at < 0 || !next) return;
		event.preventDefault();
		next.focus();
	}

	#shortcut(event: KeyboardEvent): void {
		const isTyping =
			event.target instanceof HTMLElement &&
			event.target.matches('input[type="search"], textarea, [contenteditable]');
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
		const filters = filtersIn(asked);
		this.#field.value = asked.get('q') ?? '';
		this.#isExact = asked.has('exact');
		for (const box of this.#boxes) box.checked = filters[box.name]?.includes(box.value) ?? false;
		const question = this.#question;
		if (isIdle(question) && this.#engine === undefined) return;
		this.#most = shownAtFirst;
		void this.#ask(question);
	}

	/** Only once a question was answered: writing it at every key would cost more than the search. */
	#writeAddress({ text, filters, isExact }: Question, isStep: boolean): void {
		const search = addressOf(text, filters);
		const address = `${location.pathname}${search}${search !== '' && isExact ? '&exact' : ''}`;
		if (address === location.pathname + location.search) return;
		if (isStep) history.pushState(null, '', address);
		else history.replaceState(null, '', address);
	}

	get #question(): Question {
		const chosen = new URLSearchParams(
			this.#boxes.filter(({ checked }) => checked).map(({ name, value }) => [name, value]),
		);
		return { text: this.#text, filters: filtersIn(chosen), isExact: this.#isExact };
	}

	get #text(): string {
		return this.#field.value.trim();
	}

	get #boxes(): HTMLInputElement[] {
		return [...this.querySelectorAll<HTMLInputElement>('input[type="checkbox"]')];
	}

	get #links(): HTMLAnchorElement[] {
		return [...this.#part('list').querySelectorAll('a')];
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

/** Results at first; the count says how many there are. */
const shownAtFirst = 20;

/** Results of the catalogue alone: what fits a screen, replaced a moment later. */
const glanced = 8;
