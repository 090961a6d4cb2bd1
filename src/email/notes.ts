/** Collects the links of a plain text: `[1]` stands in the text, the address in a list at its end. */
export function openNotes(): Notes {
	const addresses: string[] = [];
	return {
		mark(address) {
			if (!addresses.includes(address)) addresses.push(address);
			return `[${addresses.indexOf(address) + 1}]`;
		},
		list: () => addresses.map((address, index) => `[${index + 1}] ${address}`),
	};
}

/** A text with the mark of where it leads; alone where it leads nowhere. */
export function marked(text: string, href: string | undefined, notes: Notes): string {
	if (href === undefined || text.trim() === '') return text;
	const mark = notes.mark(href);
	// An address shown as itself stands in the list alone, on a line of its own.
	const isItself = [href, href.replace(/\/$/, ''), href.replace(/^mailto:/, '')].includes(
		text.trim(),
	);
	return isItself && !href.startsWith('mailto:') ? mark : `${text} ${mark}`;
}

export interface Notes {
	/** The mark of an address: the same one each time it is named. */
	mark(address: string): string;
	/** One line for each address, in the order of their marks. */
	list(): string[];
}
