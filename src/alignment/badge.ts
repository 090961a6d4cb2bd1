import { points, scored, sumOf, without } from './counts.ts';
import type { Counts } from './counts.ts';
import { gapOf } from './gap.ts';
import type { Gap } from './gap.ts';

/**
 * True if a team is split: a third or more answered 1-2, and a third or more 4-5. It describes the
 * answers and is no test. Ask it only of a team with enough scored answers.
 */
export function isSplit(counts: Counts): boolean {
	const n = scored(counts);
	return n > 0 && 3 * (counts[1] + counts[2]) >= n && 3 * (counts[4] + counts[5]) >= n;
}

/**
 * True if some one answer carries the gap: without it, the gap in its direction is under half a
 * step, or has turned round. Means something only beside a clear gap.
 */
export function restsOnOne(sales: Counts, marketing: Counts): boolean {
	const gap = gapOf(sales, marketing);
	if (!gap) return false;
	const direction = Math.sign(gap.over);
	const isLost = (left: Gap | undefined): boolean =>
		!left || 2 * direction * left.over < left.under;
	return points.some(
		(point) =>
			(sales[point] > 0 && isLost(gapOf(without(sales, point), marketing))) ||
			(marketing[point] > 0 && isLost(gapOf(sales, without(marketing, point)))),
	);
}

/** Whether both means are at most 2.5 (`weak`), both at least 3.5 (`works`), or neither. */
export function levelOf(sales: Counts, marketing: Counts): Level | undefined {
	const teams = [sales, marketing];
	if (teams.some((counts) => scored(counts) === 0)) return undefined;
	if (teams.every((counts) => 2 * sumOf(counts) <= 5 * scored(counts))) return 'weak';
	if (teams.every((counts) => 2 * sumOf(counts) >= 7 * scored(counts))) return 'works';
	return undefined;
}

export const levelWords = {
	weak: 'Both teams call this weak.',
	works: 'Both teams say this works.',
} as const satisfies Record<Level, string>;

export type Level = 'weak' | 'works';
