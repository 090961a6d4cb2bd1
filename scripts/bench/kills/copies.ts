/** What readers got. */
export function countCopies(copies: readonly string[], reached: readonly string[]): Copies {
	const counts = new Map<string, number>();
	for (const address of copies) counts.set(address, (counts.get(address) ?? 0) + 1);
	const wanted = new Set(reached);
	return {
		duplicates: [...counts.values()].filter((count) => count > 1).length,
		lost: reached.filter((address) => !counts.has(address)).length,
		strangers: [...counts.keys()].filter((address) => !wanted.has(address)).length,
	};
}

export interface Copies {
	/** Readers who got two or more. */
	duplicates: number;
	/** Readers who opted in and got none. */
	lost: number;
	/** People who got one and never asked for it. */
	strangers: number;
}
