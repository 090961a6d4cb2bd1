/**
 * The small first tier of search: of every page its title, headings and the phrases people may
 * type, with the words of the whole site. It is written beside Pagefind's index when a site is
 * built, and read by the browser once somebody means to search.
 */

/** Packs sorted words: each as the number of letters it shares with the one before, and the rest. */
export function packWords(words: Iterable<string>): string {
	let before = '';
	const packed: string[] = [];
	for (const word of [...new Set(words)].toSorted()) {
		let shared = 0;
		while (shared < 9 && shared < before.length && before[shared] === word[shared]) shared++;
		packed.push(`${shared}${word.slice(shared)}`);
		before = word;
	}
	return packed.join(' ');
}

/** The words that `packWords` packed. */
export function unpackWords(packed: string): string[] {
	let before = '';
	return packed
		.split(' ')
		.filter((piece) => piece !== '')
		.map((piece) => {
			before = before.slice(0, Number(piece[0])) + piece.slice(1);
			return before;
		});
}

/** Name of the file, beside Pagefind's own files. */
export const catalogueFile = 'catalogue.json';

export interface Catalogue {
	pages: CataloguePage[];
	/** Every word of the site's pages, packed, so that a slip of the finger can be told from a word. */
	words: string;
	names: Names;
}

/** What the search says besides what it found. */
export interface Names {
	/** What a result of each kind is called. */
	kinds: Record<string, string>;
	/** Address of the person to ask where nothing is found. */
	editor: string;
}

export interface CataloguePage {
	/** Address below the site's root, with slashes at both ends. */
	path: string;
	/** Name of its fragment in Pagefind's index. */
	fragment: string;
	title: string;
	/** One sentence on what it is good for, where no situation says it. */
	summary?: string | undefined;
	/** Completes "Use this when". */
	when?: string | undefined;
	/** Other names of the same thing. */
	aliases?: string[] | undefined;
	/** Phrases people may type. Never shown. */
	find?: string[] | undefined;
	headings?: { text: string; id: string }[] | undefined;
	/** Minutes it takes: to do, or else to read. */
	minutes?: number | undefined;
	/** Values by the name of the facet. */
	filters: Record<string, string[]>;
}
