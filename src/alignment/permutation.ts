import { points, scored, sumOf } from './counts.ts';
import type { Counts } from './counts.ts';

/**
 * The exact two-sided permutation test of two teams' means: of all ways to deal these same answers
 * into teams of the same sizes, how many give a gap at least as large. Ties are fine, nothing is
 * drawn at random, and every count is exact at any size (whole numbers of any length).
 * With an empty team there is one way, and it is as far: p is 1.
 */
export function permutationTest(sales: Counts, marketing: Counts): Permutation {
	const n1 = scored(sales);
	const n2 = scored(marketing);
	const total = sumOf(sales) + sumOf(marketing);
	const observed = Math.abs(sumOf(sales) * n2 - sumOf(marketing) * n1);

	let far = 0n;
	for (const [sum, ways] of waysToChoose(n1, sales, marketing)) {
		// Sums of a few hundred answers: far below where a plain number loses count.
		if (Math.abs(sum * n2 - (total - sum) * n1) >= observed) far += ways;
	}
	return { far, all: choose(n1 + n2, n1) };
}

/** The share of the ways as a number, right to 15 decimals however many there are. */
export function shareOf({ far, all }: Permutation): number {
	return Number((far * 10n ** 15n) / all) / 1e15;
}

/** In how many ways `size` of all the answers can be chosen, by the sum they have. */
function waysToChoose(size: number, sales: Counts, marketing: Counts): Map<number, bigint> {
	let ways = [new Map([[0, 1n]])];
	for (const point of points) {
		const count = sales[point] + marketing[point];
		const next: Map<number, bigint>[] = [];
		for (const [chosen, sums] of ways.entries()) {
			for (let more = 0; more <= Math.min(count, size - chosen); more += 1) {
				const picks = choose(count, more);
				const target = (next[chosen + more] ??= new Map());
				for (const [sum, before] of sums) {
					const reached = sum + more * point;
					target.set(reached, (target.get(reached) ?? 0n) + before * picks);
				}
			}
		}
		ways = next;
	}
	return ways[size] ?? new Map();
}

function choose(count: number, size: number): bigint {
	let ways = 1n;
	// The product of i consecutive numbers can always be divided by i!.
	for (let i = 1; i <= size; i += 1) ways = (ways * BigInt(count - size + i)) / BigInt(i);
	return ways;
}

export interface Permutation {
	/** Ways that give a gap at least as large. */
	far: bigint;
	/** All ways. */
	all: bigint;
}
