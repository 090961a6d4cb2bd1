/**
 * What somebody has ticked of a checklist: for each point, how often its box was turned. An odd
 * number is a tick, an even one is none. Two runs merge by the greater number of each point, so the
 * side that has turned a box more often has seen more, and wins: a tick beats a box never touched,
 * and taking a tick back beats the tick that it took back. No clock and no name of a person is
 * needed. (Yu and Rostad call it a causal-length set.)
 *
 * A tick keeps the digest of the words it was made under. A point that the run has no entry for is
 * new to it. Points that an edition no longer has stay here unseen: an editor may bring them back.
 */
import { wordsKey } from './list.ts';
import type { Item, List } from './list.ts';

/** A run of this edition in which nothing is ticked. */
export function newRun({ items }: Pick<List, 'items'>): Run {
	return new Map(items.map(({ id }) => [id, untouched]));
}

/** True where a point is ticked. */
export function isTicked(tick: Tick | undefined): tick is Tick {
	return tick !== undefined && tick.turns % 2 === 1;
}

/** Ticks a point, or takes its tick back. */
export function turned(run: Run, item: Item): Run {
	const { turns } = run.get(item.id) ?? untouched;
	return new Map(run).set(item.id, tickOf(oneMore(turns), [wordsKey(item)]));
}

/** Takes every tick back, so that a merge with an earlier state does not bring them again. */
export function cleared(run: Run): Run {
	return mapped(run, (tick) => (isTicked(tick) ? tickOf(oneMore(tick.turns), []) : tick));
}

/** Says that the person has read what is new and what has other words: all marks go. */
export function accepted(run: Run, { items }: Pick<List, 'items'>): Run {
	const all = new Map(run);
	for (const item of items) {
		const { turns, words } = run.get(item.id) ?? untouched;
		all.set(item.id, tickOf(turns, [...words, wordsKey(item)]));
	}
	return all;
}

/**
 * Takes back what a step changed, as a further turn of each of its boxes: whoever merges with what
 * lay between gets the same. What was changed since, at other points, stays.
 */
export function restored(now: Run, before: Run, after: Run): Run {
	return mapped(now, (tick, id) => {
		const wanted = before.get(id) ?? untouched;
		const { turns, words } = tick;
		if (isSame(wanted, after.get(id) ?? untouched)) return tick;
		if (turns % 2 !== wanted.turns % 2) return tickOf(oneMore(turns), wanted.words);
		return words.join() === wanted.words.join()
			? tick
			: tickOf(oneMore(oneMore(turns)), wanted.words);
	});
}

/** Both runs in one. In whatever order runs are merged, and however often, the result is the same. */
export function merged(one: Run, other: Run): Run {
	const both = new Map(one);
	for (const [id, theirs] of other) {
		const ours = one.get(id);
		if (!ours || theirs.turns > ours.turns) both.set(id, theirs);
		else if (theirs.turns === ours.turns) {
			both.set(id, tickOf(ours.turns, [...ours.words, ...theirs.words]));
		}
	}
	return both;
}

/** A tick in its one form: words in order, each once, and none where nothing is ticked. */
export function tickOf(turns: number, words: readonly number[]): Tick {
	return { turns, words: turns % 2 ? [...new Set(words)].toSorted((a, b) => a - b) : [] };
}

function isSame(one: Tick, other: Tick): boolean {
	return one.turns === other.turns && one.words.join() === other.words.join();
}

function mapped(run: Run, change: (tick: Tick, id: string) => Tick): Run {
	return new Map([...run].map(([id, tick]) => [id, change(tick, id)]));
}

/** No finger gets to the end; a file made by hand may. Then the box still turns. */
function oneMore(turns: number): number {
	return turns < mostTurns ? turns + 1 : turns - 1;
}

/** What four characters of a link have room for; see `code.ts`. */
export const mostTurns = 600_000;

const untouched: Tick = { turns: 0, words: [] };

/** By the id of a point. */
export type Run = ReadonlyMap<string, Tick>;

export interface Tick {
	/** How often the box was turned. */
	turns: number;
	/** Digests of the words it was ticked under. None where they are not known. */
	words: readonly number[];
}
