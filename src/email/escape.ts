/**
 * The border between an editor's words and markup. A brace is written as a character reference,
 * so that no text of ours can look like one of the provider's `{{{placeholders}}}`.
 */

/** Text for the inside of an HTML element. */
export function escapeText(text: string): string {
	return visible(text).replace(/[&<>{]/g, (character) => references[character] ?? character);
}

/** Text for the inside of a double-quoted HTML attribute. */
export function escapeAttribute(text: string): string {
	return visible(text)
		.replace(/\s+/g, ' ')
		.replace(/[&<>{"']/g, (character) => references[character] ?? character);
}

/** Text for the plain part: two braces never stand together, so no placeholder can arise. */
export function plainText(text: string): string {
	return visible(text).replace(/\{(?=\{)/g, '{ ');
}

/** Text without control characters and without marks that turn or hide what follows them. */
function visible(text: string): string {
	return text
		.toWellFormed()
		.replace(/\r\n?|[\u2028\u2029]/g, '\n')
		.replace(/(?![\n\t])\p{Cc}|[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu, '');
}

const references: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
	'{': '&#123;',
};
