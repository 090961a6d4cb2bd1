import { node } from './node.ts';
import { part } from './part.ts';
import { openScreen } from './screen.ts';

/** Cards that can be shown one by one. Without script they are a page to print. */
export class TandemCards extends HTMLElement {
	#listening: AbortController | undefined;

	connectedCallback(): void {
		this.#listening = new AbortController();
		const { signal } = this.#listening;
		part(this, 'ways').hidden = false;
		part(this, 'print').addEventListener('click', () => window.print(), { signal });
		part(this, 'screen').addEventListener('click', () => this.#open(), { signal });
	}

	disconnectedCallback(): void {
		this.#listening?.abort();
	}

	#open(): void {
		const questions = [...part(this, 'cards').querySelectorAll('.asked')];
		const slides = questions.map(({ textContent }) => ({
			name: textContent,
			front: () => [node('p', { class: 'asked' }, textContent)],
			said: '',
		}));
		openScreen(this, slides, () => Date.now());
	}
}
