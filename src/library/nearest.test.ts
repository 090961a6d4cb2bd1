import { expect, test } from 'vitest';
import { nearest } from './nearest.ts';

test.each([
	['tip/no-suprise-promos', ['tip/no-surprise-promos', 'tip/swap-seats'], 'tip/no-surprise-promos'],
	['sumary', ['title', 'summary', 'sources'], 'summary'],
	['auidence', ['audience', 'author'], 'audience'],
	['whne', ['who', 'when', 'where'], 'when'],
	['Calout', ['Callout', 'Quote'], 'Callout'],
	['colour', ['title', 'summary'], undefined],
	['ab', ['cd'], undefined],
	['', ['a'], 'a'],
	['same', ['some', 'same'], 'same'],
])('of %s is, among %j, %s', (word, candidates, expected) => {
	expect(nearest(word, candidates)).toBe(expected);
});

test('keeps the first of two that are equally near', () => {
	expect(nearest('cat', ['bat', 'hat'])).toBe('bat');
});
