import { expect, test } from 'vitest';
import { countsOf } from './counts.ts';
import { gapOf, gapWords, tenths } from './gap.ts';
import { shareOf } from './permutation.ts';
import { judge } from './scale.ts';
import { falseClearOneIn, noticeable, verdictWords } from './verdict.ts';

test.each([
	['2 2 3', '4 4 5', -2, 0.1, 'few'],
	['2 3 2 1', '4 4 5 3', -2, 0.0571428571, 'possible'],
	['3 3 3 3 3', '4 4 4 4', -1, 0.0079365079, 'clear'],
	['1 5 1 5', '3 3 3 3', 0, 1, 'none'],
	['2 2 3 2 3 1', '4 3 4 5', -1.8333333333, 0.019047619, 'clear'],
	['2 3 3 2 4 1 2 3', '4 4 3 5 4 3 4 4', -1.375, 0.0105672106, 'clear'],
	['3 4 3 3 2', '3 3 4 3 4 3', -0.3333333333, 0.6363636364, 'none'],
] as const)('judges %s against %s', (sales, marketing, gap, p, verdict) => {
	const finding = judge(counts(sales), counts(marketing), 4);
	expect(finding.verdict).toBe(verdict);
	expect(finding.gap && finding.gap.over / finding.gap.under).toBeCloseTo(gap, 9);
	expect(shareOf(finding.test)).toBeCloseTo(p, 9);
});

test('calls a team split on its own, and the gap none', () => {
	expect(judge(counts('1 5 1 5'), counts('3 3 3 3'), 4).split).toEqual({
		sales: true,
		marketing: false,
	});
});

test('a raised lower bound holds, a lowered one does not', () => {
	const [sales, marketing] = [counts('1 1 1 1'), counts('5 5 5 5')];
	expect(judge(sales, marketing, 4).verdict).toBe('clear');
	expect(judge(sales, marketing, 5).verdict).toBe('few');
	expect(judge(counts('1 1 1'), counts('5 5 5 5 5 5'), 1).verdict).toBe('few');
});

test('not knowing changes nothing but its own count', () => {
	const plain = judge(counts('2 2 3 2'), counts('4 3 4 5'), 4);
	expect(judge(counts('2 2 0 3 2'), counts('0 0 4 3 4 5'), 4)).toEqual(plain);
});

test('rounds half away from zero, in both directions', () => {
	const [low, high] = [counts('1 1 1 2'), counts('2 2 3 3')];
	expect(gapOf(low, high)).toEqual({ over: -20, under: 16 });
	expect(tenths(gapOf(low, high)!)).toBe(-13);
	expect(tenths(gapOf(high, low)!)).toBe(13);
});

test('says a gap in steps', () => {
	expect(gapWords(counts('2 3'), counts('4 4'), 'Sales', false)).toBe(
		'Sales answers 1.5 steps lower.',
	);
	expect(gapWords(counts('4 4'), counts('2 3'), 'Sales', true)).toBe(
		'Sales leans 1.5 steps more towards B.',
	);
	expect(gapWords(counts('3'), counts('3 3'), 'Sales', false)).toBe('Same average.');
	const almost = counts(Array.from({ length: 30 }, (_, place) => (place === 0 ? 4 : 3)).join(' '));
	expect(gapWords(almost, counts('3'), 'Sales', false)).toBe('Almost the same average.');
	expect(gapWords(counts('0'), counts('3'), 'Sales', false)).toBe('');
});

test('never calls it agreement that no gap is seen', () => {
	const [sales, marketing] = [counts('3 3 4 3'), counts('3 3 3 4 3')];
	expect(verdictWords('none', 'state', sales, marketing)).toBe(
		'No gap seen. With 4 and 5 answers we would notice only a gap of about 2.7 steps.',
	);
});

test('points at answers two steps apart where there are too few for a verdict', () => {
	expect(verdictWords('few', 'state', counts('1'), counts('3'))).toContain('start there');
	expect(verdictWords('few', 'state', counts('2'), counts('3'))).not.toContain('start there');
});

test('knows how small a gap it would notice, and how often chance alone is called clear', () => {
	expect([noticeable(4, 4), noticeable(5, 5), noticeable(20, 20)]).toEqual([3.5, 2.5, 1.2]);
	expect([5, 8, 12].map(falseClearOneIn)).toEqual([8, 5, 4]);
});

function counts(answers: string) {
	return countsOf(answers.split(' ').map(Number));
}
