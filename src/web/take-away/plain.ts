/**
 * Writes words as Markdown that shows exactly these words: what would be taken for markup gets a
 * backslash before it.
 */
export function plain(text: string): string {
	if (!unusual.test(text)) return text;
	return text
		.replace(/\s+/g, ' ')
		.replace(/[\\`*_[\]<>|~]/g, String.raw`\$&`)
		.replace(/&(?=#?\w+;)/g, String.raw`\&`)
		.replace(/^( *)(#{1,6}(?= |$)|[+-](?= |$)|=+ *$|-{3,})/, String.raw`$1\$2`)
		.replace(/^( *\d{1,9})([.)])(?= |$)/, String.raw`$1\$2`);
}

// Most texts hold nothing that any of the patterns below finds.
const unusual = /[\\`*_[\]<>|~&]|\s\s|[^\S ]|^ *[-#+=\d]/;

/** A link, or the words alone where there is no address. */
export function linked(words: string, href: string | undefined): string {
	if (href === undefined) return words;
	return `[${words}](${/[\s()<>]/.test(href) ? `<${href.replace(/[<>\s]/g, encodeURIComponent)}>` : href})`;
}

/** Lines with a mark before the first and as much room before the others. */
export function hung(mark: string, text: string): string {
	return mark + text.replaceAll(/\n(?=[^\n])/g, `\n${' '.repeat(mark.length)}`);
}

/** Lines as a quotation. */
export function quoted(text: string): string {
	return text
		.split('\n')
		.map((line) => (line === '' ? '>' : `> ${line}`))
		.join('\n');
}

/** Blocks with a blank line between them; empty ones are left out. */
export function stacked(blocks: readonly (string | false | undefined)[]): string {
	return blocks
		.filter((block) => block !== undefined && block !== false && block !== '')
		.join('\n\n');
}
