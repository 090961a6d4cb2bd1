import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CataloguePage } from './catalogue.ts';
import { addressOf, countFacets, facetNames, filtersIn, passes } from './facets.ts';
import type { Filters } from './facets.ts';

test('counts as many pages for each value as trying it shows, in any state', () => {
	fc.assert(
		fc.property(manyPages, someFilters, (pages, filters) => {
			const counts = countFacets(pages, filters);
			for (const name of facetNames) {
				for (const value of values) {
					const shown = pages.filter((page) =>
						facetNames.every((other) => {
							const wanted = other === name ? [value] : (filters[other] ?? []);
							const has = page.filters[other] ?? [];
							return (
								wanted.length === 0 || has.some((one) => wanted.some((other) => other === one))
							);
						}),
					);
					expect(counts[name]?.[value] ?? 0).toBe(shown.length);
				}
			}
		}),
		{ seed: 20261124, numRuns: 500 },
	);
});

test('never shows more for a second facet, nor less for a second value', () => {
	fc.assert(
		fc.property(manyPages, someFilters, (pages, filters) => {
			const shown = (chosen: Filters): number =>
				pages.filter((page) => passes(page, chosen)).length;
			for (const name of facetNames) {
				const wanted = filters[name] ?? [];
				const more = shown({ ...filters, [name]: [...wanted, 'd' as const] });
				const isWider = wanted.length > 0;
				expect(isWider ? more >= shown(filters) : more <= shown(filters)).toBe(true);
			}
		}),
		{ seed: 20261124 },
	);
});

test('reads from an address what was written into it', () => {
	fc.assert(
		fc.property(fc.string({ minLength: 1 }), someFilters, (text, filters) => {
			const params = new URLSearchParams(addressOf(text, filters));
			expect(params.get('q')).toBe(text);
			expect(addressOf(text, filtersIn(params))).toBe(addressOf(text, filters));
		}),
		{ seed: 20261124 },
	);
});

test('writes no question mark where nothing was asked or chosen', () => {
	expect(addressOf('', { kind: [] })).toBe('');
});

test('refuses a page that knows nothing of a facet', () => {
	expect(passes(aPage({}), { stage: ['decision'] })).toBe(false);
	expect(passes(aPage({}), { stage: [] })).toBe(true);
});

const values = ['a', 'b', 'c', 'd'] as const;
const someValues = fc.uniqueArray(fc.constantFrom(...values), { maxLength: 3 });
const someFilters = fc.dictionary(fc.constantFrom(...facetNames), someValues);
const manyPages = fc.array(someFilters.map(aPage), { maxLength: 30 });

function aPage(filters: Record<string, string[]>): CataloguePage {
	return { path: '/a/', fragment: 'en_0', title: 'A page', filters };
}
