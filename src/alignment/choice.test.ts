import { expect, test } from 'vitest';
import { byMatch, match, matchWords } from './choice.ts';
import { countsOf } from './counts.ts';

test('counts the pairs that match, as in the worked example', () => {
	const finding = match(countsOf([1, 1, 1, 2, 2]), countsOf([1, 3, 3, 3]), 1);
	expect(matchWords(finding)).toEqual([
		'3 of 20 pairs of one salesperson and one marketer would agree.',
		'Inside sales 4 of 10, inside marketing 3 of 6.',
		'Our rule: sales 3 of 5, marketing 1 of 4.',
	]);
});

test('says nothing about pairs inside a team of one', () => {
	expect(matchWords(match(countsOf([1]), countsOf([1])))).toEqual([
		'1 of 1 pair of one salesperson and one marketer would agree.',
	]);
});

test('has words for a team that does not know', () => {
	expect(matchWords(match(countsOf([0, 0]), countsOf([1, 1])))).toEqual([
		'No pairs to compare: a team has given no answer here.',
		'Inside marketing 1 of 1.',
	]);
});

test('sorts the lowest chance first and what cannot be compared last', () => {
	const half = match(countsOf([1, 2]), countsOf([1, 2]));
	const all = match(countsOf([1]), countsOf([1]));
	const silent = match(countsOf([0]), countsOf([1]));
	expect([silent, all, half].toSorted(byMatch)).toEqual([half, all, silent]);
});
