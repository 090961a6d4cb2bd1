/**
 * Numbers as characters that survive a phone call: 32 of them, five bits each, without the letters
 * that look like others (I, L, O) and without U. A number is a plain `number`: ten characters hold
 * 50 bits, which a `number` counts exactly, and nothing here is longer.
 */

/** Writes a whole number, highest character first, filled with zeros to a width. */
export function toBase32(value: number, width: number): string {
	let text = '';
	let rest = value;
	for (let place = 0; place < width; place += 1) {
		text = alphabet.charAt(rest % 32) + text;
		rest = Math.floor(rest / 32);
	}
	return text;
}

/** Reads what `toBase32` wrote; `NaN` for an empty text, another character or over ten of them. */
export function fromBase32(text: string): number {
	if (!/^[0-9A-HJKMNP-TV-Z]{1,10}$/.test(text)) return Number.NaN;
	let value = 0;
	for (const character of text) value = value * 32 + alphabet.indexOf(character);
	return value;
}

/** What a person typed, as the alphabet has it: no blanks or hyphens, capitals, O as 0, I and L as 1. */
export function tidy(typed: string): string {
	return typed
		.replaceAll(/[\s\-\u2010-\u2015\u2212]/g, '')
		.toUpperCase()
		.replaceAll('O', '0')
		.replaceAll(/[IL]/g, '1');
}

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
