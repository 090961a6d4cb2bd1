import { find, pathOf } from '#/library/entries.ts';
import type { Library } from '#/library/entries.ts';
import { titleOf } from '#/library/entry.ts';
import { kinds } from '#/library/kinds.ts';

/** A page at each earlier address of an entry that leads to the present one, for `getStaticPaths`. */
export function movedPages(library: Library): MovedPage[] {
	const { settings, audience } = library;
	const origin = audience === 'staff' ? settings.sites.staff : settings.sites.public;
	return library.entries.flatMap((entry) => {
		const path = pathOf(library, entry);
		if (path === undefined || !('was' in entry.data)) return [];
		return entry.data.was
			.filter((slug) => find(library, `${entry.kind}/${slug}`) === entry)
			.map((was) => ({
				params: { folder: kinds[entry.kind].folder, was },
				props: { title: titleOf(entry), path, url: origin + path, locale: settings.locale },
			}));
	});
}

interface MovedPage {
	params: { folder: string; was: string };
	props: { title: string; path: string; url: string; locale: string };
}
