/**
 * A sender as a process of its own. It loads everything, waits for its orders, carries them out by
 * the real protocol over HTTP, says how it ended, and exits. It ends with its parent, too.
 */
import { fileLedger } from '#/delivery/ledger.ts';
import type { Ledger } from '#/delivery/ledger.ts';
import { gitLedger } from '#/delivery/git-ledger.ts';
import { runGit } from '#/delivery/git.ts';
import type { AudienceIds } from '#/delivery/message.ts';
import type { Provider } from '#/delivery/provider.ts';
import { reconcileIssue } from '#/delivery/reconcile.ts';
import type { ReconcileOutcome } from '#/delivery/reconcile.ts';
import { sendIssue } from '#/delivery/send.ts';
import type { SendOutcome } from '#/delivery/send.ts';
import { random } from '../random.ts';
import type { Random } from '../random.ts';
import { dieAtDisk } from './deadly-disk.ts';
import type { DiskMoment } from './deadly-disk.ts';
import { jobOf, portsOf, providerOf, stem } from './issue.ts';
import { sendNaively } from './naive.ts';
import { timepiece } from './timepiece.ts';
import type { Timepiece } from './timepiece.ts';

process.once('message', (orders: Orders) => {
	carryOut(orders).then(
		(ending) => process.send?.(ending, () => process.exit(0)),
		(error: unknown) => {
			console.error(error);
			process.exit(1);
		},
	);
});
process.once('disconnect', () => process.exit(0));
process.send?.('ready');

async function carryOut(orders: Orders): Promise<Ending> {
	if (orders.dieAtDisk) dieAtDisk(orders.dieAtDisk);
	const time = timepiece(orders.now, orders.speed);
	const nerves = random(orders.seed);
	const halt = () => hesitate(orders.longestPauseMs, nerves, time);
	const provider = hesitant(providerOf(orders.url, time), halt);
	const ledger = hesitant(ledgerOf(orders, time, nerves), halt);
	const job = jobOf(orders.ids);
	const ports = portsOf(provider, ledger, time, () => {});
	switch (orders.task) {
		case 'send':
			return { kind: 'send', outcome: await sendIssue(job, ports) };
		case 'reconcile': {
			const { site, issue } = job.message;
			return { kind: 'reconcile', outcome: await reconcileIssue({ site, issue }, ports) };
		}
		case 'naive':
			return { kind: 'naive', outcome: await sendNaively(orders.url, job, orders.ids, halt) };
	}
}

function ledgerOf({ receipts }: Orders, time: Timepiece, nerves: Random): Ledger {
	switch (receipts.kind) {
		case 'file':
			return fileLedger(receipts.folder, stem);
		case 'git':
			return gitLedger(
				{ folder: receipts.folder, stem, branch: 'main' },
				{ git: runGit, wait: time.wait, random: nerves.next },
			);
	}
}

/** One call in five comes late, by anything up to the longest pause. */
async function hesitate(longestMs: number, nerves: Random, time: Timepiece): Promise<void> {
	if (longestMs > 0 && nerves.next() < 0.2) await time.wait(nerves.next() * longestMs);
}

/** The same port, of a sender that may be held up before each call. */
function hesitant<T extends Provider | Ledger>(port: T, halt: () => Promise<void>): T {
	return new Proxy(port, {
		get(target, key, receiver) {
			const value: unknown = Reflect.get(target, key, receiver);
			if (typeof value !== 'function') return value;
			return async (...args: unknown[]): Promise<unknown> => {
				await halt();
				return Reflect.apply(value, target, args);
			};
		},
	});
}

/** What a sender is told to do. */
export interface Orders {
	task: 'send' | 'reconcile' | 'naive';
	/** Address of the sandbox. */
	url: string;
	/** Milliseconds since 1970 on the sandbox's clock. */
	now: number;
	/** Milliseconds of the sandbox that pass in one of the machine. */
	speed: number;
	ids: AudienceIds;
	/** `folder` is an absolute path; with `git` one in a checkout. */
	receipts: { kind: 'file' | 'git'; folder: string };
	/** Of its pauses. */
	seed: number;
	/** Milliseconds of the sandbox; 0 never hesitates. */
	longestPauseMs: number;
	dieAtDisk?: DiskMoment | undefined;
}

export type Ending =
	| { kind: 'send'; outcome: SendOutcome }
	| { kind: 'reconcile'; outcome: ReconcileOutcome }
	| { kind: 'naive'; outcome: 'done' | 'already' };
