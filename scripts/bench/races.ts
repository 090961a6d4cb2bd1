/**
 * Lets two senders loose on the same issue at the same moment: real processes, with pauses of up to
 * a minute of the sandbox between any two of their calls, and lists that are up to a minute behind.
 */
import { parseArgs } from 'node:util';
import { UserError } from '#/user-error.ts';
import { openCast } from './kills/cast.ts';
import { countOf } from './kills/count.ts';
import { rehearse } from './kills/rehearsal.ts';
import { openRaces, raceKinds } from './races/race.ts';
import type { RaceKind, RaceResult } from './races/race.ts';

/**
 * Prints what readers got, by what the two runners shared.
 * @throws UserError where a reader got two copies or none, or where the races could not have shown it
 */
export async function run(words: string[]): Promise<void> {
	const { values } = parseArgs({
		args: words,
		options: {
			races: { type: 'string', default: '500' },
			seed: { type: 'string', default: '1' },
			jobs: { type: 'string', default: '1' },
		},
	});
	const kinds = kindsOf(countOf('races', values.races));
	const [seed, jobs] = [countOf('seed', values.seed), countOf('jobs', values.jobs)];
	const results = await runRaces(kinds, seed, jobs);

	for (const kind of ['folder', 'git', 'apart', 'naive'] as const) {
		const { count, duplicates, lost, strays } = sumOf(results.filter((one) => one.kind === kind));
		const cancelled = kind === 'apart' ? `, second reservations cancelled: ${strays}` : '';
		console.log(
			`${raceKinds[kind]}: ${count} races, duplicates: ${duplicates}, lost: ${lost}${cancelled}`,
		);
	}
	const endings = new Map<string, number>();
	for (const { kind, story } of results) {
		if (kind === 'naive') continue;
		for (const end of story.map((text) => text.replace(/^reconciled.*/s, 'reconciled'))) {
			endings.set(end, (endings.get(end) ?? 0) + 1);
		}
	}
	for (const [end, count] of endings) console.log(`${String(count).padStart(6)}  ${end}`);
	const wrong = results.filter((result) => result.kind !== 'naive' && isWrong(result));
	for (const result of wrong) console.log(storyOf(result));
	const real = sumOf(results.filter(({ kind }) => kind !== 'naive'));
	console.log(`races: ${real.count}`);
	console.log(`duplicates: ${real.duplicates}`);
	console.log(`lost: ${real.lost}`);

	if (wrong.length > 0)
		throw new UserError(`${wrong.length} races went wrong; they are told above.`);
	refuseBlunt(results);
}

/** Plays each of these races, in this order, a job taking the next one as it is free. */
export async function runRaces(
	kinds: readonly RaceKind[],
	seed: number,
	jobs: number,
): Promise<RaceResult[]> {
	const results: RaceResult[] = [];
	let next = 0;

	async function work(): Promise<void> {
		const cast = await openCast(3);
		try {
			const { play } = openRaces(cast, await rehearse(cast));
			for (let kind = kinds[next]; kind !== undefined; kind = kinds[next]) {
				results.push(await play(kind, next++, seed));
			}
		} finally {
			await cast.close();
		}
	}

	await Promise.all(Array.from({ length: jobs }, work));
	return results;
}

/**
 * Half with one folder, half with a git remote; and beside those, half as many with no receipts in
 * common, and a few by a naive sender.
 */
export function kindsOf(races: number): RaceKind[] {
	const kinds = Array.from({ length: races }, (_none, index): RaceKind[] => [
		index % 2 === 0 ? 'folder' : 'git',
		...(index % 2 === 0 ? (['apart'] as const) : []),
		...(index % 10 === 0 ? (['naive'] as const) : []),
	]);
	return kinds.flat();
}

/** @throws UserError where nothing in these races could have gone wrong */
export function refuseBlunt(results: readonly RaceResult[]): void {
	const reason = bluntness(results);
	if (reason !== undefined) throw new UserError(reason);
}

/** Why these races prove nothing; undefined where they do prove something. */
export function bluntness(results: readonly RaceResult[]): string | undefined {
	if (sumOf(results.filter(({ kind }) => kind === 'naive')).duplicates === 0) {
		return 'The naive sender mailed nobody twice, so these races prove nothing.';
	}
	if (sumOf(results.filter(({ kind }) => kind === 'apart')).strays === 0) {
		return 'Without receipts nobody reserved twice, so reconciling was not needed.';
	}
	return undefined;
}

/** True where anybody got anything but one copy each. */
export function isWrong({ copies }: RaceResult): boolean {
	return copies.duplicates + copies.lost + copies.strangers > 0;
}

/** What happened in a race, in one paragraph. */
export function storyOf({ kind, number, listLagMs, copies, story }: RaceResult): string {
	const counts = `duplicates ${copies.duplicates}, lost ${copies.lost}, strangers ${copies.strangers}`;
	return `race ${number} (${kind}, lists ${listLagMs} ms behind): ${counts}\n  ${story.join('\n  ')}`;
}

function sumOf(results: readonly RaceResult[]): Sum {
	const sum: Sum = { count: 0, duplicates: 0, lost: 0, strays: 0 };
	for (const { copies, strays } of results) {
		sum.count++;
		sum.duplicates += copies.duplicates;
		sum.lost += copies.lost;
		sum.strays += strays;
	}
	return sum;
}

interface Sum {
	count: number;
	duplicates: number;
	lost: number;
	strays: number;
}
