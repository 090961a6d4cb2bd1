import type { QuestionSet } from '#/alignment/question-set.ts';

/**
 * The part of a custom element's own markup that carries `data-part`.
 * @param type - what kind of element it is
 * @throws Error where the page was built without it
 */
export function part(host: HTMLElement, name: string): HTMLElement;
export function part<T extends HTMLElement>(host: HTMLElement, name: string, type: new () => T): T;
export function part(host: HTMLElement, name: string, type = HTMLElement): HTMLElement {
	const found = host.querySelector(`[data-part="${name}"]`);
	if (!(found instanceof type)) throw new Error(`${host.localName} has no such part "${name}".`);
	return found;
}

/** The set that the page was built with. */
export function builtInSet(host: HTMLElement): QuestionSet {
	// Written by the component of the same element.
	return JSON.parse(host.dataset['set'] ?? '') as QuestionSet;
}
