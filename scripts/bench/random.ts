/** Pseudo-random numbers from a seed (mulberry32), so that a benchmark can be run again on the same data. */
export function random(seed: number): Random {
	let state = seed >>> 0;
	const next = (): number => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
	return {
		next,
		one<T>(list: readonly T[]): T {
			// The index is below the length; an empty list is a mistake of the caller.
			return list[Math.floor(next() * list.length)] as T;
		},
	};
}

export interface Random {
	/** A number from 0 up to, not including, 1. */
	next(): number;
	/** One item of a list that is not empty. */
	one<T>(list: readonly T[]): T;
}
