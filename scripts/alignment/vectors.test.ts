import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { checkVectors } from './vectors.ts';

const root = `${import.meta.dirname}/../..`;
const file = `${root}/../shared/content/alignment-vectors.json`;
const questions = `${root}/content/questions`;

test('every vector of the specification holds', (context) => {
	if (!existsSync(file)) context.skip("the specification's vectors are not beside this repository");
	const { groups, unchecked } = checkVectors(readFileSync(file, 'utf8'), questions);
	expect(groups.flatMap(({ failures }) => failures)).toEqual([]);
	expect(groups.every(({ cases }) => cases > 0)).toBe(true);
	expect(unchecked).toEqual([]);
});

test('a vector that is wrong in the ninth decimal does not hold', () => {
	const one = {
		id: 'one',
		sales: [1, 1, 1, 1],
		marketing: [5, 5, 5, 5],
		gap: -4,
		gapShown: -4,
		p: 0.028571429,
		asFar: '2',
		ways: '70',
		verdict: 'clear',
		splitSales: false,
		splitMarketing: false,
		restsOnOne: false,
		noticeable: null,
		level: null,
		twoApart: null,
	};
	const failures = (p: number) =>
		checkVectors(JSON.stringify({ scale: [{ ...one, p }] }), questions).groups[0]?.failures;
	expect(failures(0.0285714286)).toEqual([]);
	expect(failures(0.02857143)).toHaveLength(1);
});

test('a field that nothing checks is named', () => {
	const { unchecked } = checkVectors('{"crc32":[{"text":"","crc32":"00000000","x":1}]}', questions);
	expect(unchecked).toEqual(['crc32[].x']);
});

test('a file of another shape is refused', () => {
	expect(() => checkVectors('{"scale":[{"id":1}]}', questions)).toThrow('not of the shape');
	expect(() => checkVectors('tandem', questions)).toThrow('not JSON');
});
