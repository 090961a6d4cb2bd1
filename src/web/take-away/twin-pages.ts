import { find, pathOf } from '#/library/entries.ts';
import type { Library } from '#/library/entries.ts';
import type { Entry } from '#/library/entry.ts';
import { kindOfFolder } from '#/library/kinds.ts';
import { viewKey, viewOf } from '#/library/view.ts';

/** The Markdown twin of each entry that this site shows, for `getStaticPaths`: `/tips/stick-test.md`. */
export function twinPages(library: Library): TwinPage[] {
	return library.entries.flatMap((entry) => {
		const [, folder, slug] = pathOf(library, entry)?.split('/') ?? [];
		if (folder === undefined || slug === undefined) return [];
		const shown = [entry, ...carriedBy(library, entry)];
		const cacheKey = viewKey(
			library,
			shown.map((one) => viewOf(library, one).key),
		);
		return [{ params: { folder, slug }, props: { library, entry }, cacheKey }];
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

/** What an issue shows in full besides itself. */
function carriedBy(library: Library, entry: Entry): Entry[] {
	if (entry.kind !== 'issue') return [];
	const { tip, terms } = entry.data;
	return [tip, ...terms].flatMap((ref) => find(library, ref) ?? []);
}

interface TwinPage {
	params: { folder: string; slug: string };
	props: { library: Library; entry: Entry };
	cacheKey: string;
}
