/**
 * Copies the page that the address names (`?page=/tips/stick-test/`) as Markdown. Where the browser
 * forbids copying, the text is selected, ready for the keyboard.
 */
export class TandemCopy extends HTMLElement {
	#listening: AbortController | undefined;

	connectedCallback(): void {
		this.#listening = new AbortController();
		const { signal } = this.#listening;
		const page = new URLSearchParams(location.search).get('page') ?? '';
		// An address of an entry here, and none of anybody else's.
		if (!/^\/[a-z]+\/[a-z0-9-]+\/$/.test(page)) return;
		void this.#open(page);
		this.#within('button', HTMLButtonElement).addEventListener('click', () => void this.#copy(), {
			signal,
		});
	}

	disconnectedCallback(): void {
		this.#listening?.abort();
	}

	async #open(page: string): Promise<void> {
		const twin = `${page.slice(0, -1)}.md`;
		// At once, so that what stands below does not move later.
		this.hidden = false;
		let text = '';
		try {
			const response = await fetch(twin);
			if (response.ok) text = await response.text();
		} catch {
			// Without a network and without a kept copy there is nothing to copy.
		}
		const field = this.#field;
		if (text === '') {
			this.#within('button', HTMLButtonElement).disabled = true;
			this.#say('This page could not be fetched. Check your connection and open it again.');
			return;
		}
		field.value = text;
		const title = /^# (.*)/.exec(text)?.[1]?.replaceAll('\\', '') ?? page;
		this.#within('[data-part="title"]', HTMLElement).textContent = title;
		this.#within('[data-part="back"]', HTMLAnchorElement).href = page;
		this.#within('[data-part="twin"]', HTMLAnchorElement).href = twin;
	}

	async #copy(): Promise<void> {
		try {
			await navigator.clipboard.writeText(this.#field.value);
			this.#say('Copied.');
		} catch {
			this.#field.focus();
			this.#field.select();
			this.#say('Selected: copy it now.');
		}
	}

	#say(words: string): void {
		this.#within('[role="status"]', HTMLElement).textContent = words;
	}

	get #field(): HTMLTextAreaElement {
		return this.#within('textarea', HTMLTextAreaElement);
	}

	#within<T extends HTMLElement>(selector: string, type: new () => T): T {
		const found = this.querySelector(selector);
		if (found instanceof type) return found;
		throw new Error(`There is no ${selector} to copy with.`);
	}
}
