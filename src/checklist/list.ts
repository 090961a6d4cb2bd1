import { crc32 } from '#/crc.ts';

/** 32 bits that stand for the words of a point. Blanks and ways to write an accent do not count. */
export function wordsKey({ text }: Pick<Item, 'text'>): number {
	return crc32(text.normalize('NFC').trim().replaceAll(/\s+/g, ' '));
}

/** 12 bits that stand for a list, whatever its edition. */
export function listKey(slug: string): number {
	return crc32(slug) & 0xfff;
}

/** 24 bits that stand for an edition: which points there are, in which order, in which words. */
export function editionKey({ items }: Pick<List, 'items'>): number {
	return crc32(items.map((item) => `${item.id}:${wordsKey(item)}`).join('\n')) & 0xffffff;
}

/** An edition of a checklist, as a page shows it. */
export interface List {
	slug: string;
	title: string;
	/** Slugs that the list had before. */
	was: readonly string[];
	items: readonly Item[];
}

export interface Item {
	/** Kept for ever: a point with a new meaning has a new one. */
	id: string;
	text: string;
}
