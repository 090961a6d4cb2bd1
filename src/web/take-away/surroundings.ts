import type { Library } from '#/library/entries.ts';
import type { View } from '#/library/view.ts';
import type { Surroundings } from '#/web/body/surroundings.ts';
import { picturesOf } from '#/web/picture.ts';

/** What a body needs to know that is read away from its site: every address is absolute. */
export async function absoluteSurroundings(library: Library, view: View): Promise<Surroundings> {
	const site = siteOf(library);
	const pictures = await picturesOf(library, view.entry);
	return {
		references: Object.fromEntries(
			Object.entries(view.references).map(([ref, one]) => [
				ref,
				{ ...one, path: one.path === undefined ? undefined : site + one.path },
			]),
		),
		pictures: Object.fromEntries(
			Object.entries(pictures).map(([src, one]) => [src, { ...one, src: site + one.src }]),
		),
		prefix: '',
		level: 3,
	};
}

/** The absolute address of this library's site. */
export function siteOf({ audience, settings }: Pick<Library, 'audience' | 'settings'>): string {
	return audience === 'staff' ? settings.sites.staff : settings.sites.public;
}
