/** The runs of one list that a browser keeps. There is always one at least, and one is open. */
import { newRun, restored } from './run.ts';
import type { List } from './list.ts';
import type { Run } from './run.ts';

/** The run that is open. */
export function openRun({ open, all }: Runs): NamedRun {
	const run = all.find(({ id }) => id === open) ?? all[0];
	if (!run) throw new Error('There is no run.');
	return run;
}

/** One run more, which is then the open one. Its name gets a number where the name is taken. */
export function started(runs: Runs | undefined, run: NamedRun): Runs {
	const all = runs?.all ?? [];
	const taken = new Set(all.map(({ name }) => name));
	let { name } = run;
	for (let number = 2; taken.has(name); number += 1) name = `${run.name} (${number})`;
	return { open: run.id, all: [...all, { ...run, name }] };
}

/** Other ticks, or another name, for one run. */
export function changed(runs: Runs, id: number, change: Partial<NamedRun>): Runs {
	return { ...runs, all: runs.all.map((run) => (run.id === id ? { ...run, ...change } : run)) };
}

/** All but one run; a new one stands in for the last. */
export function removed(runs: Runs, id: number, standIn: NamedRun): Runs {
	const all = runs.all.filter((run) => run.id !== id);
	return all.length > 0 ? { open: all.at(-1)?.id ?? 0, all } : { open: standIn.id, all: [standIn] };
}

/**
 * Takes a step back: its ticks as further turns, never as an older state, and the runs that it
 * started, named or deleted. What another window has done since then stays.
 */
export function undone(now: Runs, { before, after }: Step): Runs {
	const [were, are] = [byId(before), byId(after)];
	const all = now.all.flatMap((run) => {
		const [earlier, later] = [were.get(run.id), are.get(run.id)];
		if (!earlier) return later ? [] : [run];
		if (!later || earlier === later) return [run];
		const name = earlier.name === later.name ? run.name : earlier.name;
		return [{ ...run, name, ticks: restored(run.ticks, earlier.ticks, later.ticks) }];
	});
	for (const [place, run] of before.all.entries()) {
		if (!are.has(run.id)) all.splice(place, 0, run);
	}
	return all.length > 0 ? { open: before.open, all } : before;
}

/** A run of this edition with nothing in it. */
export function namedRun(list: List, { name, random, taken }: Fresh): NamedRun {
	let id = random % runIds;
	// Not more than a page full of runs: a free number is near.
	while (taken.some((run) => run.id === id)) id = (id + 1) % runIds;
	return { id, name, ticks: newRun(list) };
}

function byId({ all }: Runs): Map<number, NamedRun> {
	return new Map(all.map((run) => [run.id, run]));
}

/** How many numbers of runs there are: two characters of a link. */
export const runIds = 4096;

interface Fresh {
	name: string;
	/** A whole number; draw it well. */
	random: number;
	/** Runs whose numbers it must not have. */
	taken: readonly NamedRun[];
}

/** What somebody did, to be taken back. Runs that it left alone are the very same in both. */
export interface Step {
	before: Runs;
	after: Runs;
}

export interface Runs {
	/** The id of the run that the page shows. */
	open: number;
	all: readonly NamedRun[];
}

export interface NamedRun {
	/** Goes with the run in links and files, so that two people's copies find each other. */
	id: number;
	name: string;
	ticks: Run;
}
