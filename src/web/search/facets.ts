import type { CataloguePage } from './catalogue.ts';

/**
 * The seven ways to narrow a search. Values of one facet are alternatives, facets add up: a page
 * passes with any chosen value of every facet that has one chosen.
 */
export const facetNames = [
	'kind',
	'topic',
	'function',
	'stage',
	'minutes',
	'together',
	'freshness',
] as const;

/** True where a page has one of the wanted values of every facet that wants any. */
export function passes(page: CataloguePage, filters: Filters): boolean {
	return Object.entries(filters).every(
		([name, wanted]) =>
			wanted.length === 0 || wanted.some((value) => page.filters[name]?.includes(value)),
	);
}

/**
 * How many pages each value would show beside the other facets as they are chosen. The choice
 * within a value's own facet does not count: its values are alternatives.
 */
export function countFacets(pages: readonly CataloguePage[], filters: Filters): FacetCounts {
	const counts: FacetCounts = {};
	for (const name of facetNames) {
		const others = { ...filters, [name]: [] };
		const values: Record<string, number> = {};
		for (const page of pages) {
			if (!passes(page, others)) continue;
			for (const value of page.filters[name] ?? []) values[value] = (values[value] ?? 0) + 1;
		}
		counts[name] = values;
	}
	return counts;
}

/** What an address says was chosen; values nobody can have are kept, and find nothing. */
export function filtersIn(params: URLSearchParams): Filters {
	return Object.fromEntries(
		facetNames.flatMap((name) => {
			const values = [...new Set(params.getAll(name))].filter((value) => value !== '');
			return values.length > 0 ? [[name, values]] : [];
		}),
	);
}

/** The part of an address that says what was asked and chosen; empty where nothing was. */
export function addressOf(text: string, filters: Filters): string {
	const params = new URLSearchParams();
	if (text !== '') params.set('q', text);
	for (const name of facetNames) {
		for (const value of filters[name] ?? []) params.append(name, value);
	}
	return params.size > 0 ? `?${params}` : '';
}

export type FacetName = (typeof facetNames)[number];

/** Chosen values by the name of the facet. */
export type Filters = Readonly<Record<string, readonly string[]>>;

/** Pages by facet and value. */
export type FacetCounts = Partial<Record<FacetName, Record<string, number>>>;
