import { points, scored } from './counts.ts';
import type { Counts } from './counts.ts';

/**
 * How one group answered one item: what dots, a table row and a screen reader need.
 * @param names - the points' names, from 1
 */
export function rowOf(name: string, counts: Counts, names: readonly string[]): Row {
	const said = points.flatMap((point) =>
		counts[point] > 0 ? [`${counts[point]} ${names[point - 1] ?? point}`] : [],
	);
	const [dontKnow] = counts;
	const unsure = dontKnow > 0 ? [`${dontKnow} I don't know`] : [];
	const n = scored(counts);
	const words = [...said, ...unsure].join(', ') || 'no answer';
	return { name, counts, n, dontKnow, words: `${name}: ${words}.` };
}

export interface Row {
	/** "Sales", "Marketing", "Sales, team leads", "Leader". */
	name: string;
	/** A dot for each: at place 1 to 5. Place 0 is "I don't know". */
	counts: Counts;
	/** Scored answers. */
	n: number;
	dontKnow: number;
	/** The row in a sentence: "Sales: 2 rarely, 1 sometimes, 1 I don't know." */
	words: string;
}
