/**
 * Makes an element of the page. An attribute that is undefined or false is left out; a child that
 * is undefined, false or empty too. Text is text: nothing here is read as HTML.
 */
export function node<K extends keyof HTMLElementTagNameMap>(
	tag: K,
	attributes: Attributes = {},
	...children: readonly Child[]
): HTMLElementTagNameMap[K] {
	const made = document.createElement(tag);
	for (const [name, value] of Object.entries(attributes)) {
		if (value === undefined || value === false) continue;
		made.setAttribute(name, value === true ? '' : String(value));
	}
	made.append(...children.filter(isShown));
	return made;
}

/** A paragraph for each sentence. */
export function paragraphs(words: readonly string[], className?: string): HTMLElement[] {
	return words.map((text) => node('p', { class: className }, text));
}

function isShown(child: Child): child is Node | string {
	return child !== undefined && child !== false && child !== '';
}

type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

export type Child = Node | string | false | undefined;
