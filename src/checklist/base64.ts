/** Whole numbers as characters that a link may hold: 64 of them, six bits each. */

/** Writes a whole number, highest character first, filled with `A` to a width. */
export function toBase64(value: number, width: number): string {
	let text = '';
	let rest = value;
	for (let place = 0; place < width; place += 1) {
		text = alphabet.charAt(rest % 64) + text;
		rest = Math.floor(rest / 64);
	}
	return text;
}

/** Reads what `toBase64` wrote; `NaN` for another character. */
export function fromBase64(text: string): number {
	let value = 0;
	for (const character of text) {
		const digit = alphabet.indexOf(character);
		value = digit < 0 ? Number.NaN : value * 64 + digit;
	}
	return value;
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
