import { pathOf } from '#/library/entries.ts';
import type { Library } from '#/library/entries.ts';
import type { Entry } from '#/library/entry.ts';
import { kindOfFolder } from '#/library/kinds.ts';

/** The Markdown twin of each entry that this site shows: `/tips/stick-test.md`. */
export function twinPages(library: Library): TwinPage[] {
	return library.entries.flatMap((entry) => {
		const [, folder, slug] = pathOf(library, entry)?.split('/') ?? [];
		return folder === undefined || slug === undefined ? [] : [{ folder, slug, library, entry }];
	});
}

/** The path of the twin of a page: `/tips/stick-test.md` for `/tips/stick-test/`. */
export function twinOf(path: string): string {
	return `${path.slice(0, -1)}.md`;
}

/** True for the page of an entry: those have a twin. */
export function hasTwin(path: string): boolean {
	const [, folder = '', slug = '', ...rest] = path.split('/');
	return kindOfFolder(folder) !== undefined && slug !== '' && rest.join() === '';
}

interface TwinPage {
	folder: string;
	slug: string;
	library: Library;
	entry: Entry;
}
