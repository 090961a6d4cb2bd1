/** HTML that is safe to send: every value in it was escaped or is markup itself. */
export interface Markup {
	readonly markup: string;
}

type Part = Markup | string | number | null | undefined | false | readonly Part[];

/** A template that escapes every value except markup; null, undefined and false leave nothing. */
export function html(strings: TemplateStringsArray, ...values: readonly Part[]): Markup {
	const parts = strings.map((text, index) => text + render(values[index]));
	return { markup: parts.join('') };
}

function render(part: Part): string {
	if (part === null || part === undefined || part === false) return '';
	if (typeof part === 'string' || typeof part === 'number') return escape(String(part));
	if ('markup' in part) return part.markup;
	return part.map(render).join('');
}

function escape(text: string): string {
	return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
