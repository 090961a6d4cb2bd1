/**
 * Breaks text into lines of at most `width` columns. Line breaks in it stay; addresses are never
 * broken; a longer word is, where it must.
 */
export function wrap(text: string, width: number): string {
	return text
		.split('\n')
		.map((line) => wrapLine(line, width))
		.join('\n');
}

/** Puts `first` before the first line and `rest` before the others; blank lines stay blank. */
export function indent(text: string, first: string, rest = first): string {
	return text
		.split('\n')
		.map((line, index) => (index === 0 ? first : rest) + line)
		.map((line) => line.trimEnd())
		.join('\n');
}

/** Columns a text takes: characters as a reader counts them. */
export function columns(text: string): number {
	return Array.from(text.normalize('NFC')).length;
}

function wrapLine(line: string, width: number): string {
	const lines: string[] = [];
	let open = '';
	for (const word of line.split(/[ \t]+/).filter((part) => part !== '')) {
		if (open !== '' && columns(open) + 1 + columns(word) <= width) {
			open += ` ${word}`;
			continue;
		}
		if (open !== '') lines.push(open);
		const pieces = isAddress(word) ? [word] : broken(word, width);
		lines.push(...pieces.slice(0, -1));
		open = pieces.at(-1) ?? '';
	}
	if (open !== '') lines.push(open);
	return lines.join('\n');
}

function broken(word: string, width: number): string[] {
	const characters = Array.from(word);
	const pieces = [];
	for (let start = 0; start < characters.length; start += width) {
		pieces.push(characters.slice(start, start + width).join(''));
	}
	return pieces;
}

function isAddress(word: string): boolean {
	return /^(?:https?|mailto):/.test(word) || word.startsWith('{{{');
}
