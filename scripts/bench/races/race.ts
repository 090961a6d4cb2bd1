/** One race: two senders, two processes, one issue, and as little between them as each kind allows. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Cast, Fate } from '../kills/cast.ts';
import { countCopies } from '../kills/copies.ts';
import type { Copies } from '../kills/copies.ts';
import type { Rehearsal } from '../kills/rehearsal.ts';
import type { Orders } from '../kills/sender.ts';
import { random } from '../random.ts';

/** What the two runners of a race share. */
export const raceKinds = {
	folder: 'one folder of receipts',
	git: 'a git remote, with a checkout each',
	apart: 'no receipts: only the reservation and the reconcile job',
	naive: 'nothing, and each creates and sends in one call',
} as const satisfies Record<string, string>;

/** Races on a cast of its own; `play` is called for one after the other. */
export function openRaces(cast: Cast, { remote, checkouts, speed }: Rehearsal): Races {
	async function play(kind: RaceKind, number: number, seed: number): Promise<RaceResult> {
		const chance = random(seed * 100_003 + number);
		if (kind === 'git') await remote.reset();
		const listLagMs = Math.floor(chance.next() * 60_000);
		const { ids, reached } = await cast.world.ask({ kind: 'start', listLagMs, speed });
		const room = join(cast.room, `race-${number}`);
		const receipts = receiptsOf(kind, room);
		const orders: Omit<Orders, 'now' | 'task' | 'receipts' | 'seed'> = {
			speed,
			url: cast.world.url,
			ids,
			longestPauseMs: 60_000,
		};
		const task = kind === 'naive' ? 'naive' : 'send';

		/** Both at the same moment, and each again where it says so. */
		async function run(): Promise<Fate[]> {
			const senders = [await cast.sender(), await cast.sender()];
			const seeds = senders.map(() => chance.next() * 2 ** 32);
			const now = await cast.world.ask({ kind: 'run' });
			const fates = await Promise.all(
				senders.map((sender, index) =>
					sender.run({
						...orders,
						task,
						now,
						seed: seeds[index] ?? 0,
						receipts: receipts[index] ?? receiptsOf('folder', room)[0],
					}),
				),
			);
			await cast.world.ask({ kind: 'stop' });
			return fates;
		}

		const story: string[] = [];
		for (let round = 0; round < 3; round++) {
			const fates = await run();
			story.push(...fates.map(tell));
			if (!fates.some(isWorthAnother)) break;
			await cast.world.ask({ kind: 'advance', ms: 60_000 });
		}
		let strays = 0;
		if (kind === 'apart') {
			// The job that runs five minutes after, from the first runner's checkout.
			await cast.world.ask({ kind: 'advance', ms: 5 * 60_000 });
			const sender = await cast.sender();
			const now = await cast.world.ask({ kind: 'run' });
			const [first] = receipts;
			const fate = await sender.run({
				...orders,
				task: 'reconcile',
				now,
				seed: 0,
				longestPauseMs: 0,
				receipts: first,
			});
			await cast.world.ask({ kind: 'stop' });
			story.push(tell(fate));
			strays = straysOf(fate);
		}
		await cast.world.ask({ kind: 'advance', ms: 30 * 3_600_000 });
		const { copies } = await cast.world.ask({ kind: 'seen' });
		await rm(room, { recursive: true, force: true });
		return { kind, number, listLagMs, story, strays, copies: countCopies(copies, reached) };
	}

	function receiptsOf(kind: RaceKind, room: string): [Orders['receipts'], Orders['receipts']] {
		const [one, two] = checkouts;
		switch (kind) {
			case 'git':
				return [
					{ kind: 'git', folder: one },
					{ kind: 'git', folder: two },
				];
			case 'apart':
				return [
					{ kind: 'file', folder: join(room, 'one') },
					{ kind: 'file', folder: join(room, 'two') },
				];
			case 'folder':
			case 'naive':
				return [
					{ kind: 'file', folder: room },
					{ kind: 'file', folder: room },
				];
		}
	}

	return { play };
}

function tell(fate: Fate): string {
	if (fate.kind !== 'finished') return `ended by itself (${fate.kind})`;
	const { outcome } = fate.ending;
	if (typeof outcome === 'string') return outcome;
	if (outcome.kind === 'stopped') return `stopped: ${outcome.code}`;
	if (outcome.kind !== 'reconciled') return outcome.kind;
	return `reconciled: ${outcome.deeds.map(({ text }) => text).join('; ') || 'nothing to do'}`;
}

function isWorthAnother(fate: Fate): boolean {
	if (fate.kind !== 'finished' || fate.ending.kind !== 'send') return false;
	const { outcome } = fate.ending;
	return outcome.kind === 'stopped' && ['temporary', 'unclear'].includes(outcome.reason);
}

/** How many reservations beside the chosen one were taken back. */
function straysOf(fate: Fate): number {
	if (fate.kind !== 'finished' || fate.ending.kind !== 'reconcile') return 0;
	const { outcome } = fate.ending;
	if (outcome.kind !== 'reconciled') return 0;
	return outcome.deeds.filter(({ did }) => did === 'cancelled').length;
}

export type RaceKind = keyof typeof raceKinds;

export interface Races {
	play(kind: RaceKind, number: number, seed: number): Promise<RaceResult>;
}

export interface RaceResult {
	kind: RaceKind;
	number: number;
	listLagMs: number;
	/** How each run ended, in words. */
	story: string[];
	/** Reservations that the reconcile job cancelled. */
	strays: number;
	copies: Copies;
}
