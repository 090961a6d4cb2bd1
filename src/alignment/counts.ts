/** Counts answers: at place 0 the "I don't know", at 1 to 5 the points or options. */
export function countsOf(answers: readonly number[]): Counts {
	const counts: [...Counts] = [0, 0, 0, 0, 0, 0];
	for (const answer of answers) counts[answer as Answer] += 1;
	return counts;
}

/** How many answers say something: all but "I don't know". */
export function scored(counts: Counts): number {
	return counts[1] + counts[2] + counts[3] + counts[4] + counts[5];
}

/** The sum of the scored answers. */
export function sumOf(counts: Counts): number {
	return counts[1] + 2 * counts[2] + 3 * counts[3] + 4 * counts[4] + 5 * counts[5];
}

/** How many people these are, with those who don't know. */
export function everyone(counts: Counts): number {
	return counts[0] + scored(counts);
}

/** The same counts without one answer at a point. */
export function without(counts: Counts, point: Answer): Counts {
	const less: [...Counts] = [...counts];
	less[point] -= 1;
	return less;
}

/** How one team answered one item: how many each of 0 to 5. */
export type Counts = readonly [number, number, number, number, number, number];

export type Answer = 0 | 1 | 2 | 3 | 4 | 5;

/** The answers that are scored. */
export const points = [1, 2, 3, 4, 5] as const;
