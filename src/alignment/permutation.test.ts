import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { countsOf } from './counts.ts';
import { permutationTest, shareOf } from './permutation.ts';
import { judge } from './scale.ts';

const team = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 6 });

test('counts what going through every deal counts, up to 6 and 6', () => {
	fc.assert(
		fc.property(team, team, (sales, marketing) => {
			const { far, all } = permutationTest(countsOf(sales), countsOf(marketing));
			expect({ far: Number(far), all: Number(all) }).toEqual(everyDeal(sales, marketing));
		}),
		{ numRuns: 100 },
	);
});

test('gives the same share when the teams are swapped', () => {
	fc.assert(
		fc.property(team, team, (sales, marketing) => {
			const [one, other] = [countsOf(sales), countsOf(marketing)];
			expect(permutationTest(one, other)).toEqual(permutationTest(other, one));
		}),
	);
});

test('is exact where a floating-point number has lost count', () => {
	const low = countsOf(Array.from({ length: 40 }, () => 1));
	const high = countsOf(Array.from({ length: 40 }, () => 5));
	expect(permutationTest(low, high)).toEqual({ far: 2n, all: 107_507_208_733_336_176_461_620n });
});

test('is defined for every pair of sizes from 0 to 20', () => {
	for (let n1 = 0; n1 <= 20; n1 += 1) {
		for (let n2 = 0; n2 <= 20; n2 += 1) {
			const sales = countsOf(Array.from({ length: n1 }, (_, place) => 1 + ((place * 7 + n2) % 5)));
			const marketing = countsOf(Array.from({ length: n2 }, (_, place) => 1 + ((place * 3) % 5)));
			const finding = judge(sales, marketing, 4);
			const share = shareOf(finding.test);
			expect(share).toBeGreaterThan(0);
			expect(share).toBeLessThanOrEqual(1);
			expect(finding.gap === undefined).toBe(n1 === 0 || n2 === 0);
			expect(finding.verdict === 'few').toBe(n1 < 4 || n2 < 4);
			for (const number of [finding.gap?.over, finding.gap?.under, finding.noticeable]) {
				expect(number === undefined || Number.isFinite(number)).toBe(true);
			}
		}
	}
});

function everyDeal(sales: number[], marketing: number[]): { far: number; all: number } {
	const pool = [...sales, ...marketing];
	const mean = (list: number[]): number => list.reduce((a, b) => a + b, 0) / list.length;
	const seen = Math.abs(mean(sales) - mean(marketing));
	let far = 0;
	let all = 0;
	const choose = (start: number, chosen: number[]): void => {
		if (chosen.length === sales.length) {
			const rest = pool.filter((_, place) => !chosen.includes(place));
			const gap = Math.abs(mean(chosen.map((place) => pool[place]!)) - mean(rest));
			all += 1;
			// Means of so few whole numbers differ by far more than this, or not at all.
			if (gap >= seen - 1e-9) far += 1;
			return;
		}
		for (let place = start; place < pool.length; place += 1) choose(place + 1, [...chosen, place]);
	};
	choose(0, []);
	return { far, all };
}
