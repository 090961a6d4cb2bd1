/** One trial: a sender is killed, once or more, and run again until it says that it is done. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { receiptName } from '#/delivery/ledger.ts';
import { random } from '../random.ts';
import type { Random } from '../random.ts';
import type { Cast, Fate, SenderProcess } from './cast.ts';
import { countCopies } from './copies.ts';
import type { Copies } from './copies.ts';
import { stem } from './issue.ts';
import { settleMs } from './rehearsal.ts';
import type { Rehearsal } from './rehearsal.ts';
import type { Orders } from './sender.ts';
import { labelOf } from './step.ts';
import type { Step } from './step.ts';

/** Trials on a cast of its own; `play` is called for one after the other. */
export function openTrials(cast: Cast, task: Task, rehearsal: Rehearsal): Trials {
	const { remote, checkouts, speed } = rehearsal;
	const workMs = { ...rehearsal.workMs };

	async function play(number: number, first: Step, steps: readonly Step[], seed: number) {
		const chance = random(seed * 100_003 + number);
		const listLagMs = chance.next() < 0.25 ? 0 : Math.floor(chance.next() * 60_000);
		const { ids, reached } = await cast.world.ask({ kind: 'start', listLagMs, speed });
		const isGit = first.kind === 'moment' && first.receipts === 'git';
		if (isGit) await remote.reset();
		const folder = isGit ? checkouts[0] : join(cast.room, `receipts-${number}`);
		const receipts = { kind: isGit ? 'git' : 'file', folder } as const;
		const result: TrialResult = {
			number,
			listLagMs,
			kills: [],
			story: [],
			isFinished: false,
			copies: { duplicates: 0, lost: 0, strangers: 0 },
		};
		const deaths = [first, ...more(steps, chance)];
		for (let run = 0; run < mostRuns && !result.isFinished; run++) {
			const sender = await cast.sender();
			const now = await cast.world.ask({ kind: 'run' });
			const orders = { task, url: cast.world.url, now, speed, ids, receipts };
			const seeded = { seed: chance.next() * 2 ** 32, longestPauseMs: 0 };
			const step = deaths.shift();
			const fate = await runOnce(sender, { ...orders, ...seeded }, step, chance);
			await cast.world.ask({ kind: 'stop' });
			result.story.push(tell(fate, step));
			if (fate.kind === 'broken') break;
			if (fate.kind === 'killed') {
				if (step) result.kills.push(step);
				if (step?.kind === 'disk' && step.isPowerCut) {
					await rm(join(folder, receiptName(stem, 1)), { force: true });
				}
				// Whoever runs it again does so at once, or some time later.
				if (chance.next() < 0.5) await advance(chance.next() * 120_000);
			} else if (isDone(fate)) {
				result.isFinished = true;
			} else if (isWorthAnother(fate)) {
				await advance(60_000);
			} else {
				break;
			}
		}
		await advance(30 * 3_600_000);
		const { copies } = await cast.world.ask({ kind: 'seen' });
		result.copies = countCopies(copies, reached);
		if (!isGit) await rm(folder, { recursive: true, force: true });
		return result;
	}

	async function runOnce(
		sender: SenderProcess,
		orders: Orders,
		step: Step | undefined,
		chance: Random,
	): Promise<Fate> {
		switch (step?.kind) {
			case 'request': {
				const { request, when } = step;
				await cast.world.ask({ kind: 'kill', pid: sender.pid, request, when });
				return sender.run(orders);
			}
			case 'disk':
				return sender.run({ ...orders, dieAtDisk: step.moment });
			case 'moment': {
				const running = sender.run(orders);
				const wholeMs = workMs[step.receipts] + settleMs / speed;
				await Promise.race([running, sleep(chance.next() * 0.9 * wholeMs)]);
				sender.kill();
				const fate = await running;
				// It was faster than the rehearsal.
				if (fate.kind === 'finished') workMs[step.receipts] *= 0.7;
				return fate;
			}
			case undefined:
				return sender.run(orders);
		}
	}

	async function advance(ms: number): Promise<void> {
		await cast.world.ask({ kind: 'advance', ms: Math.round(ms) });
	}

	return { play };
}

/** Some senders die twice, and a few three times. */
function more(steps: readonly Step[], chance: Random): Step[] {
	const deaths: Step[] = [];
	while (deaths.length < 2 && chance.next() < 0.3) deaths.push(chance.one(steps));
	return deaths;
}

function isDone(fate: Fate): boolean {
	if (fate.kind !== 'finished') return false;
	return (
		fate.ending.kind === 'naive' ||
		(fate.ending.kind === 'send' && fate.ending.outcome.kind !== 'stopped')
	);
}

/** Where the sender said itself that the same command should be run again. */
function isWorthAnother(fate: Fate): boolean {
	if (fate.kind !== 'finished' || fate.ending.kind !== 'send') return false;
	const { outcome } = fate.ending;
	return (
		outcome.kind === 'stopped' && (outcome.reason === 'temporary' || outcome.reason === 'unclear')
	);
}

function tell(fate: Fate, step: Step | undefined): string {
	switch (fate.kind) {
		case 'killed':
			return `killed (${step ? labelOf(step) : 'by nobody'})`;
		case 'broken':
			return `ended by itself with ${fate.code ?? 'a signal'}`;
		case 'finished': {
			const { outcome } = fate.ending;
			if (typeof outcome === 'string') return outcome;
			return outcome.kind === 'stopped' ? `${outcome.code}: ${outcome.message}` : outcome.kind;
		}
	}
}

const mostRuns = 10;

export type Task = Extract<Orders['task'], 'send' | 'naive'>;

export interface Trials {
	play(number: number, first: Step, steps: readonly Step[], seed: number): Promise<TrialResult>;
}

export interface TrialResult {
	number: number;
	listLagMs: number;
	/** Where it was killed, each time. */
	kills: Step[];
	/** How each run ended, in words. */
	story: string[];
	/** True where a run said that the issue is scheduled or sent. */
	isFinished: boolean;
	copies: Copies;
}
