/**
 * Pages of entries in batches. Around each page that it builds, Astro does as much work as we do in
 * it: a request, an answer, two files, lines in a log. So a build has it render some sixty pages of
 * one kind as one, and `split.ts` makes files of them.
 */
import type { Library } from '#/library/entries.ts';
import { pathOf } from '#/library/entries.ts';
import { digestOf } from '#/library/digest.ts';
import { viewKey } from '#/library/view.ts';
import type { View } from '#/library/view.ts';
import { batchMark } from './split.ts';

/**
 * The paths of a route that can render a batch, for `getStaticPaths`: in the build of a kind with
 * many entries one for each batch, else one for each page.
 * @param pages - the paths of the route, were there no batches
 */
export function batchPaths<V extends { view: View }>(
	library: Library,
	pages: readonly SinglePath<V>[],
	isBuild: boolean,
): BatchPath<V>[] {
	const pageOf = ({ props }: SinglePath<V>): BatchPage<V> => ({
		...props,
		// An entry with a page has a path.
		path: pathOf(library, props.view.entry) ?? '',
	});
	if (!isBuild || pages.length < worthwhile) {
		return pages.map((page) => ({
			params: page.params,
			props: { library, boundary: undefined, pages: [pageOf(page)] },
			cacheKey: page.cacheKey,
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
			props: { library, boundary: cacheKey, pages: batch.map(pageOf) },
			cacheKey,
		};
	});
}

function batchOf(slug: string, count: number): number {
	return Number.parseInt(digestOf(slug).slice(0, 6), 16) % count;
}

const size = 64;

// Below, all that Astro does around the pages takes less than a second, and a change in one entry
// renders that one alone.
const worthwhile = 200;

interface SinglePath<V> {
	params: { slug: string };
	props: V;
	cacheKey: string;
}

interface BatchPath<V> {
	params: { slug: string };
	props: {
		library: Library;
		/** What stands between two pages, and nowhere in them; undefined for a page by itself. */
		boundary: string | undefined;
		pages: BatchPage<V>[];
	};
	cacheKey: string;
}

type BatchPage<V> = V & {
	/** Of the entry: `/tips/stick-test/`. */
	path: string;
};
