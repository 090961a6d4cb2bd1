import { expect, test } from 'vitest';
import { checkFilters } from './filter-guard.ts';

function problemsOf(attribute: string): string[] {
	return checkFilters({
		file: 'tips/a/index.html',
		body: `<main data-pagefind-body><i ${attribute}></i></main>`,
	}).map(({ message }) => message);
}

test('refuses two filters in one attribute, which Pagefind reads as one', () => {
	expect(problemsOf('data-pagefind-filter="stage:retention, kind:tip"')).toEqual([
		'data-pagefind-filter="stage:retention, kind:tip" is read as one filter with the value "retention, kind:tip".',
	]);
});

test('refuses a filter that takes an attribute after an inline value', () => {
	expect(problemsOf('data-pagefind-filter="stage:retention, kind[data-kind]"')).toHaveLength(1);
});

test.each([
	'data-pagefind-filter="stage:retention"',
	'data-pagefind-filter="stage[data-stage], kind:tip"',
	'data-pagefind-filter="author:Holt, Mira"',
	'data-pagefind-filter="kind"',
	'data-pagefind-meta="keywords:one, two: three"',
])('lets %s through', (attribute) => {
	expect(problemsOf(attribute)).toEqual([]);
});
