import type { Random } from '../random.ts';
import { diskMoments } from './deadly-disk.ts';
import type { DiskMoment } from './deadly-disk.ts';
import type { KillTime } from './world.ts';

/**
 * Every place where a sender is killed: at each request of a straight run, at each moment of writing
 * the receipt, and at a moment nobody chose.
 * @param ops - the requests of a straight run, by the SDK's names
 */
export function stepsOf(ops: readonly string[]): Step[] {
	return [
		...requestsOf(ops),
		...diskMoments.map((moment): Step => ({ kind: 'disk', moment, isPowerCut: false })),
		...unsynced.map((moment): Step => ({ kind: 'disk', moment, isPowerCut: true })),
		...Array.from({ length: 6 }, (): Step => ({ kind: 'moment', receipts: 'file' })),
		...Array.from({ length: 2 }, (): Step => ({ kind: 'moment', receipts: 'git' })),
	];
}

/** Every request of a straight run, with each time at which it can kill. */
export function requestsOf(ops: readonly string[]): Step[] {
	return ops.flatMap((op, index) =>
		timesOf(op).map((when): Step => ({ kind: 'request', request: index + 1, op, when })),
	);
}

/** What a step is called in the count of hits. */
export function labelOf(step: Step): string {
	switch (step.kind) {
		case 'request':
			return `request ${String(step.request).padStart(2)} ${step.op}, ${step.when}`;
		case 'disk':
			return `disk, ${step.moment}${step.isPowerCut ? ', and the name is lost' : ''}`;
		case 'moment':
			return `any moment, receipts as ${step.receipts === 'git' ? 'commits' : 'files'}`;
	}
}

/** The steps in an order of their own for each round, so that every round has each of them. */
export function stepAt(
	turn: number,
	steps: readonly Step[],
	shuffle: (round: number) => Random,
): Step {
	const round = Math.floor(turn / steps.length);
	const { next } = shuffle(round);
	const order = steps.map((step) => ({ step, key: next() })).toSorted((a, b) => a.key - b.key);
	const found = order[turn % steps.length];
	if (!found) throw new Error('There are no steps.');
	return found.step;
}

function timesOf(op: string): KillTime[] {
	return /\.(?:create|update|send|cancel|remove)$/.test(op)
		? ['before', 'after', 'late']
		: ['before', 'after'];
}

/** Where the receipt has its name, and a power cut could still take it away. */
const unsynced: DiskMoment[] = [
	'after the link',
	'after removing the temporary file',
	'before syncing the folder',
];

export type Step =
	| { kind: 'request'; request: number; op: string; when: KillTime }
	| { kind: 'disk'; moment: DiskMoment; isPowerCut: boolean }
	| { kind: 'moment'; receipts: 'file' | 'git' };
