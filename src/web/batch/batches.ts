/**
 * Pages of entries in batches. Around each page that it builds, Astro does as much work as we do in
 * it: a request, an answer, two files, lines in a log. So a build has it render some sixty pages of
 * one kind as one, and `split.ts` makes files of them.
 */
import type { Library } from '#/library/entries.ts';
import { pathOf } from '#/library/entries.ts';
import type { Kind } from '#/library/kinds.ts';
import { digestOf } from '#/library/reader.ts';
import { viewKey } from '#/library/view.ts';
import { entryPages } from '#/web/entry-pages.ts';
import type { EntryView } from '#/web/entry-pages.ts';

/**
 * The paths of a route that can render a batch, for `getStaticPaths`: in the build of a kind with
 * many entries one for each batch, else one for each entry.
 */
export function batchPaths<K extends Kind>(
	library: Library,
	kind: K,
	isBuild: boolean,
): BatchPath<K>[] {
	const pages = entryPages(library, kind);
	const pageOf = ({ view }: (typeof pages)[number]['props']): BatchPage<K> => ({
		// An entry with a page has a path.
		path: pathOf(library, view.entry) ?? '',
		view,
	});
	if (!isBuild || pages.length < worthwhile) {
		return pages.map(({ params, props, cacheKey }) => ({
			params,
			props: { library, boundary: undefined, pages: [pageOf(props)] },
			cacheKey,
		}));
	}
	// Which batch an entry belongs to depends on its name alone, as long as there are not twice as many.
	const count = 2 ** Math.max(0, Math.ceil(Math.log2(pages.length / size)));
	const batches = Map.groupBy(pages, ({ params }) => batchOf(params.slug, count));
	return [...batches].map(([number, batch]) => {
		const cacheKey = viewKey(
			library,
			batch.map((page) => page.cacheKey),
		);
		return {
			// No entry is named like that.
			params: { slug: `${batchMark}${number}` },
			props: { library, boundary: cacheKey, pages: batch.map(({ props }) => pageOf(props)) },
			cacheKey,
		};
	});
}

function batchOf(slug: string, count: number): number {
	return Number.parseInt(digestOf(slug).slice(0, 6), 16) % count;
}

/** What the folder of a batch begins with. */
export const batchMark = '~';

const size = 64;

// Below, all that Astro does around the pages takes less than a second, and a change in one entry
// renders that one alone.
const worthwhile = 200;

interface BatchPath<K extends Kind> {
	params: { slug: string };
	props: {
		library: Library;
		/** What stands between two pages, and nowhere in them; undefined for a page by itself. */
		boundary: string | undefined;
		pages: BatchPage<K>[];
	};
	cacheKey: string;
}

interface BatchPage<K extends Kind> {
	/** `/tips/stick-test/`. */
	path: string;
	view: EntryView<K>;
}
