import { scored, sumOf } from './counts.ts';
import type { Counts } from './counts.ts';

/**
 * The difference of two means as a fraction of whole numbers, so that "half a step" can be asked
 * without rounding. Undefined where a team has no scored answer.
 */
export function gapOf(sales: Counts, marketing: Counts): Gap | undefined {
	const n1 = scored(sales);
	const n2 = scored(marketing);
	if (n1 === 0 || n2 === 0) return undefined;
	return { over: sumOf(sales) * n2 - sumOf(marketing) * n1, under: n1 * n2 };
}

/** The gap in tenths of a step, as a whole number: half away from zero, so 1.25 is 13. */
export function tenths({ over, under }: Gap): number {
	const size = Math.floor((20 * Math.abs(over) + under) / (2 * under));
	return over < 0 && size > 0 ? -size : size;
}

/**
 * The gap in words: "Sales answers 1.4 steps lower." On a scale with two ends it leans to A or B.
 * Empty where a side has no scored answer.
 * @param who - the first side: "Sales"
 * @param than - what it is compared with, where that is not the other team: " than last time"
 */
export function gapWords(
	first: Counts,
	second: Counts,
	who: string,
	hasEnds: boolean,
	than = '',
): string {
	const gap = gapOf(first, second);
	if (!gap) return '';
	if (gap.over === 0) return 'Same average.';
	const shown = tenths(gap);
	if (shown === 0) return 'Almost the same average.';
	const steps = `${(Math.abs(shown) / 10).toFixed(1)} steps`;
	if (hasEnds) return `${who} leans ${steps} more towards ${shown < 0 ? 'A' : 'B'}${than}.`;
	return `${who} answers ${steps} ${shown < 0 ? 'lower' : 'higher'}${than}.`;
}

/** `over / under` steps; below zero where sales answers lower. */
export interface Gap {
	over: number;
	under: number;
}
