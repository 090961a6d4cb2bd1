import { asker, remarkOf } from './asking.ts';
import type { Question, Shown } from './asking.ts';
import type { Engine } from './engine.ts';
import { addressOf } from './facets.ts';
import styles from './find.css?inline';
import { askAddress, linksTo, showResults } from './results.ts';

/**
 * The search over any page: a dialog with a combobox. The field keeps the focus, arrow keys choose
 * among the results, Enter opens the chosen one, or the search page where none is chosen. No page
 * holds any of it before it is first opened.
 */
export class TandemFind extends HTMLElement {
	#engine: Promise<Engine> | undefined;
	#origin: HTMLInputElement | undefined;
	#isExact = false;
	readonly #ask = asker(
		() => this.#open(),
		(shown) => void this.#present(shown),
	);

	connectedCallback(): void {
		if (this.firstElementChild) return;
		this.innerHTML = markup;
		const sheet = new CSSStyleSheet();
		sheet.replaceSync(styles);
		document.adoptedStyleSheets.push(sheet);
		this.#field.addEventListener('input', () => {
			this.#isExact = false;
			this.#run();
		});
		this.#field.addEventListener('keydown', (event) => this.#key(event));
		this.#dialog.addEventListener('click', (event) => this.#click(event));
		this.#dialog.addEventListener('close', () => {
			if (this.#origin) this.#origin.value = this.#field.value;
		});
	}

	/** Fetches what the first question needs, before it is asked. */
	warm(): void {
		this.#open().catch(() => undefined);
	}

	/** @param origin - the field of the page: what stands in it is asked, and it keeps what is asked */
	open(origin: HTMLInputElement | undefined): void {
		if (this.#dialog.open) return;
		this.#origin = origin;
		const text = origin?.value ?? '';
		this.#field.value = text;
		this.#dialog.showModal();
		this.#field.focus();
		this.#field.setSelectionRange(text.length, text.length);
		this.#run();
		this.warm();
	}

	#run(): void {
		this.#choose(undefined);
		void this.#ask(this.#question);
	}

	async #present(shown: Shown): Promise<void> {
		const { answer, question, state, status, isWhole } = shown;
		this.dataset['state'] = state;
		const hasResults = state === 'results';
		this.#field.ariaExpanded = String(hasResults);
		this.#list.hidden = !hasResults;
		this.#part('none').hidden = state !== 'none' && state !== 'error';
		this.#part('hint').hidden = state !== 'idle';
		this.#part('all').hidden = !hasResults;
		this.#part('meant').hidden = true;
		if (isWhole) this.#part('status').textContent = status;
		if (!answer) return;
		const { names } = await this.#open();
		const chosen = this.#options.indexOf(this.#chosen ?? this);
		const most = isWhole ? shownHere : glanced;
		showResults(this.#list, this.#sample, answer, { names, most });
		this.#choose(this.#options[chosen]);
		const { words, corrected } = remarkOf(shown);
		this.#part('meant').hidden = words === '';
		this.#part('remark').textContent = words;
		this.#part('undo').hidden = corrected === undefined;
		this.#part('undo').textContent = `Search instead for “${question.text}”`;
		const all = this.#link('all-link');
		all.href = this.#pageAddress;
		all.textContent = `All ${answer.results.length} results, with filters`;
		if (state === 'none') this.#showNearest(shown, names.editor);
	}

	#showNearest({ answer, question }: Shown, editor: string): void {
		const nearest = answer?.nearest ?? [];
		this.#part('nearest').hidden = nearest.length === 0;
		this.#part('terms').replaceChildren(...linksTo(nearest));
		this.#link('ask').href = askAddress(editor, question.text);
	}

	#key(event: KeyboardEvent): void {
		const options = this.#options;
		const at = options.indexOf(this.#chosen ?? this);
		const step = (to: HTMLElement | undefined): void => {
			if (options.length === 0) return;
			event.preventDefault();
			this.#choose(to);
		};
		switch (event.key) {
			case 'ArrowDown':
				return step(options[at + 1] ?? options[0]);
			case 'ArrowUp':
				return step(at < 0 ? options.at(-1) : (options[at - 1] ?? options.at(-1)));
			// Without a chosen result these two move within the field, as everywhere.
			case 'Home':
				return at < 0 ? undefined : step(options[0]);
			case 'End':
				return at < 0 ? undefined : step(options.at(-1));
			case 'Enter':
				event.preventDefault();
				return this.#leave(this.#chosen?.dataset['href'] ?? this.#pageAddress, event);
			case 'Escape':
				// The field would only clear itself.
				event.preventDefault();
				return this.#dialog.close();
			default:
		}
	}

	#click(event: MouseEvent): void {
		const { target } = event;
		if (!(target instanceof HTMLElement)) return;
		const option = target.closest<HTMLElement>('[role="option"]');
		if (option) return this.#leave(option.dataset['href'] ?? '', event);
		// A click beside the dialog is one on the dialog itself.
		if (target === this.#dialog || target.closest('[data-part="close"]')) this.#dialog.close();
		if (target.closest('[data-part="undo"]')) {
			this.#isExact = true;
			this.#field.focus();
			this.#run();
		}
	}

	#leave(address: string, { ctrlKey, metaKey }: KeyboardEvent | MouseEvent): void {
		if (ctrlKey || metaKey) {
			open(address, '_blank', 'noopener');
			return;
		}
		this.#dialog.close();
		location.assign(address);
	}

	#choose(option: HTMLElement | undefined): void {
		this.#chosen?.setAttribute('aria-selected', 'false');
		if (!option) {
			this.#field.removeAttribute('aria-activedescendant');
			return;
		}
		option.setAttribute('aria-selected', 'true');
		option.scrollIntoView({ block: 'nearest' });
		this.#field.setAttribute('aria-activedescendant', option.id);
	}

	/** The one way to the engine: a cache for use without a network has to know no other. */
	#open(): Promise<Engine> {
		this.#engine ??= import('./engine.ts')
			.then(({ openEngine }) => openEngine('/pagefind/'))
			.catch((cause: unknown) => {
				// The next try starts afresh: the network may be back.
				this.#engine = undefined;
				throw cause;
			});
		return this.#engine;
	}

	get #question(): Question {
		return { text: this.#field.value.trim(), filters: {}, isExact: this.#isExact };
	}

	get #pageAddress(): string {
		const { text, isExact } = this.#question;
		const search = addressOf(text, {});
		return `/search/${search}${search !== '' && isExact ? '&exact' : ''}`;
	}

	get #options(): HTMLElement[] {
		return [...this.#list.querySelectorAll<HTMLElement>('[role="option"]')];
	}

	get #chosen(): HTMLElement | undefined {
		return this.#options.find((option) => option.getAttribute('aria-selected') === 'true');
	}

	get #dialog(): HTMLDialogElement {
		return this.#within('dialog', HTMLDialogElement);
	}

	get #field(): HTMLInputElement {
		return this.#within('input', HTMLInputElement);
	}

	get #list(): HTMLElement {
		return this.#within('#find-list', HTMLElement);
	}

	get #sample(): HTMLTemplateElement {
		return this.#within('template', HTMLTemplateElement);
	}

	#part(name: string): HTMLElement {
		return this.#within(`[data-part="${name}"]`, HTMLElement);
	}

	#link(name: string): HTMLAnchorElement {
		return this.#within(`[data-part="${name}"]`, HTMLAnchorElement);
	}

	#within<T extends HTMLElement>(selector: string, type: new () => T): T {
		const found = this.querySelector(selector);
		if (found instanceof type) return found;
		throw new Error(`The search has no ${selector}.`);
	}
}

/** Results in the dialog; the search page has all. */
const shownHere = 10;

/** Results of the catalogue alone: what fits a screen, replaced a moment later. */
const glanced = 6;

// Ours alone: nothing that anybody typed is in it.
const markup = `
<dialog class="find" aria-labelledby="find-label">
	<div class="ask">
		<label id="find-label" for="find-field">What is happening? Say it in your own words.</label>
		<button type="button" data-part="close">Close</button>
		<input id="find-field" type="search" role="combobox" aria-expanded="false" aria-controls="find-list"
			aria-autocomplete="list" aria-describedby="find-keys" autocomplete="off" enterkeyhint="search">
	</div>
	<p role="status" data-part="status"></p>
	<p class="meant" data-part="meant" hidden><span data-part="remark"></span> <button type="button" data-part="undo" hidden></button></p>
	<ul id="find-list" role="listbox" aria-label="Results" hidden></ul>
	<template><li role="option" aria-selected="false">
		<p class="title" data-show="title"></p>
		<p class="facts"><span data-show="kind"></span><span data-show="minutes"></span><span data-show="freshness"></span></p>
		<p data-show="when"></p>
		<p class="meta" data-show="why"></p>
	</li></template>
	<div class="none" data-part="none" hidden>
		<p data-part="nearest" hidden>Nearest words in the glossary: <span data-part="terms"></span>.</p>
		<p>Try fewer or plainer words. <a href="/search/#browse">Look through the lists</a>, or <a href="/situations/">start from a situation</a>.</p>
		<p>Still nothing? <a data-part="ask" href="/search/">Ask the editor</a>, and the answer becomes a page.</p>
	</div>
	<p class="hint" data-part="hint">A word, a name, or what a customer just said.</p>
	<p data-part="all" hidden><a data-part="all-link" href="/search/">All results</a></p>
	<p id="find-keys" class="keys">Arrow keys choose, Enter opens, Esc closes.</p>
</dialog>`;
