/** A run that nobody disturbs, to know what a sender does and how long that takes here and today. */
import { join } from 'node:path';
import type { Cast } from './cast.ts';
import { makeRemote } from './remote.ts';
import type { Remote } from './remote.ts';
import type { Orders } from './sender.ts';
import { speedFor } from './timepiece.ts';

/** Rehearses with either kind of receipts, and sets up what the trials with git need. */
export async function rehearse(cast: Cast): Promise<Rehearsal> {
	const remote = await makeRemote(cast.room);
	const checkouts: [string, string] = [await remote.checkout('one'), await remote.checkout('two')];

	async function play(receipts: Orders['receipts']): Promise<{ ops: string[]; workMs: number }> {
		const speed = 100;
		const { ids } = await cast.world.ask({ kind: 'start', listLagMs: 0, speed });
		const sender = await cast.sender();
		const begun = performance.now();
		const now = await cast.world.ask({ kind: 'run' });
		const { url } = cast.world;
		const orders = { task: 'send', url, ids, now, speed, seed: 1, receipts } as const;
		const fate = await sender.run({ ...orders, longestPauseMs: 0 });
		const workMs = Math.max(20, performance.now() - begun - settleMs / speed);
		if (fate.kind !== 'finished') throw new Error('A sender that nobody kills did not finish.');
		const { ops } = await cast.world.ask({ kind: 'seen' });
		return { ops, workMs };
	}

	// The first one also warms the sandbox.
	await play({ kind: 'file', folder: join(cast.room, 'first') });
	const file = await play({ kind: 'file', folder: join(cast.room, 'second') });
	const git = await play({ kind: 'git', folder: checkouts[0] });
	return {
		ops: file.ops,
		workMs: { file: file.workMs, git: git.workMs },
		speed: speedFor(file.workMs),
		remote,
		checkouts,
	};
}

/** What a sender waits for the list to settle, in milliseconds of the sandbox. */
export const settleMs = 10_000;

export interface Rehearsal {
	/** The requests of a straight run, by the SDK's names. */
	ops: string[];
	/** Milliseconds of the machine, without waiting. */
	workMs: Record<Orders['receipts']['kind'], number>;
	/** Milliseconds of the sandbox that may pass in one of the machine. */
	speed: number;
	remote: Remote;
	/** Folders of receipts in two checkouts of the remote. */
	checkouts: [string, string];
}
