import type { Library } from '#/library/entries.ts';
import type { ServedPicture } from '#/web/picture.ts';

/**
 * The files the public site serves below `/mail/` for the pictures of mails: those of the entries
 * in this library, at the address that the mails name. Letters stay in inboxes for years, so the
 * address holds no hash.
 */
export function mailPictures(library: Library): ServedPicture[] {
	const files = new Set(library.entries.flatMap(({ body }) => body.pictures));
	return [...files].map((file) => ({ path: file, file, width: mailWidth }));
}

// Twice the width of a mail's column. A narrower picture stays as it is.
const mailWidth = 1136;
