import { points, scored } from './counts.ts';
import type { Counts } from './counts.ts';
import { gapOf } from './gap.ts';
import { permutationTest } from './permutation.ts';
import type { Permutation } from './permutation.ts';
import type { Item } from './question-set.ts';

/** The lower bound nobody can lower: with fewer answers, one person is a quarter of the team. */
export const fewest = 4;

/**
 * Judges one scale item. `test` is asked for only where a verdict needs it, and can be handed over
 * where it is known already.
 */
export function verdictOf(
	sales: Counts,
	marketing: Counts,
	minTeam: number,
	test: Permutation = permutationTest(sales, marketing),
): Verdict {
	const gap = gapOf(sales, marketing);
	const bound = Math.max(fewest, minTeam);
	if (!gap || scored(sales) < bound || scored(marketing) < bound) return 'few';
	const far = Math.abs(gap.over);
	if (20n * test.far <= test.all && 2 * far >= gap.under) return 'clear';
	return far >= gap.under ? 'possible' : 'none';
}

/** What a verdict says, whole sentences. */
export function verdictWords(
	verdict: Verdict,
	reads: Item['reads'],
	sales: Counts,
	marketing: Counts,
): string {
	const leans = reads === 'orientation';
	switch (verdict) {
		case 'few':
			return `Too few answers to speak for a team. Compare the dots.${
				twoApart(sales, marketing) ? ' Some answers are two steps apart: start there.' : ''
			}`;
		case 'clear':
			return leans
				? 'The teams lean differently. Is this the split we want?'
				: 'The teams see this differently.';
		case 'possible':
			return leans
				? 'The answers lean apart by a step or more; with so few answers it may be chance.'
				: 'The answers differ by a step or more; with so few answers it may be chance. Ask.';
		case 'none': {
			const n1 = scored(sales);
			const n2 = scored(marketing);
			return `No gap seen. With ${n1} and ${n2} answers we would notice only a gap of about ${noticeable(n1, n2).toFixed(1)} steps.`;
		}
	}
}

/** The gap, in steps, that would come out as clear in about four of five checks. */
export function noticeable(n1: number, n2: number): number {
	if (n1 === 4 && n2 === 4) return 3.5;
	let k = 1;
	while (k * k * n1 * n2 < 1296 * (n1 + n2)) k += 1;
	return (n1 + n2 <= 10 ? k + 2 : k) / 10;
}

/** True if some answer of one team is two steps or more from some answer of the other. */
export function twoApart(sales: Counts, marketing: Counts): boolean {
	return points.some((one) =>
		points.some((other) => Math.abs(one - other) >= 2 && sales[one] > 0 && marketing[other] > 0),
	);
}

/**
 * "With q questions, chance alone gives at least one false clear gap in about 1 check in N": the N.
 * @param questions - scale items that got a verdict other than `few`, at least 1
 */
export function falseClearOneIn(questions: number): number {
	return Math.round(1 / (1 - 0.975 ** questions));
}

export type Verdict = 'few' | 'clear' | 'possible' | 'none';
