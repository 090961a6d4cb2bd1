import type { NamedEntry } from '#/library/view.ts';

/** What a body needs to know of the page it stands on. */
export interface Surroundings {
	/** Entries that its links and terms lead to, by reference. One that is not here is plain text. */
	references: Readonly<Record<string, NamedEntry>>;
	/** Its pictures, by the address the editor wrote. One that is not here shows its words instead. */
	pictures: Readonly<Record<string, Picture>>;
	/** Goes before every id, so that two bodies on one page never share one. */
	prefix: string;
	/** The level that the body's `###` takes on this page. */
	level: 2 | 3 | 4 | 5;
}

export interface Picture {
	/** Path on this site. */
	src: string;
	/** The same in half the width, for narrow screens; undefined where it is narrow already. */
	narrow: { src: string; width: number } | undefined;
	/** Pixels, as served. */
	width: number;
	/** Pixels, as served. */
	height: number;
}
