/** The processes of a trial, seen from the one that plays it. */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { childEnvironment } from '#/environment.ts';
import type { Ending, Orders } from './sender.ts';
import type { Answers, Wish } from './world.ts';

/**
 * Starts a sandbox, and keeps senders ready beside it: starting Node takes longer than a trial.
 * @param ready - how many senders to keep waiting for orders
 */
export async function openCast(ready: number): Promise<Cast> {
	const room = await mkdtemp(join(tmpdir(), 'tandem-trials-'));
	const children = new Set<ChildProcess>();
	const start = (program: string): ChildProcess => {
		const child = fork(join(import.meta.dirname, program), [], {
			execArgv: [],
			env: childEnvironment({ NODE_COMPILE_CACHE: join(room, 'cache') }),
			stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
		});
		children.add(child);
		child.once('exit', () => children.delete(child));
		return child;
	};
	const endAll = () => {
		for (const child of children) child.kill('SIGKILL');
	};
	process.once('exit', endAll);

	const world = await openWorld(start('world.ts'));
	const waiting = Array.from({ length: ready }, () => openSender(start('sender.ts')));
	return {
		room,
		world,
		async sender() {
			waiting.push(openSender(start('sender.ts')));
			const next = waiting.shift();
			if (!next) throw new Error('One was just put there.');
			await next.ready;
			return next;
		},
		async close() {
			process.off('exit', endAll);
			const gone = [...children].map(
				(child) => new Promise((resolve) => child.once('exit', resolve)),
			);
			endAll();
			await Promise.all(gone);
			await rm(room, { recursive: true, force: true });
		},
	};
}

async function openWorld(child: ChildProcess): Promise<World> {
	const open = new Map<number, (answer: unknown) => void>();
	let asked = 0;
	const answerTo = (number: number) =>
		new Promise<unknown>((resolve, reject) => {
			open.set(number, resolve);
			child.once('exit', (code, signal) =>
				reject(new Error(`The sandbox ended (${signal ?? code}).`)),
			);
		});
	child.setMaxListeners(0);
	child.on('message', ({ number, answer }: { number: number; answer: unknown }) => {
		open.get(number)?.(answer);
		open.delete(number);
	});
	const url = String(await answerTo(0));
	return {
		url,
		async ask<W extends Wish>(wish: W) {
			const number = ++asked;
			const answer = answerTo(number);
			child.send({ number, wish });
			// The world answers each kind of wish with its kind of answer.
			return (await answer) as Answers[W['kind']];
		},
	};
}

function openSender(child: ChildProcess): SenderProcess {
	let ending: Ending | undefined;
	let isStuck = false;
	let alarm: NodeJS.Timeout | undefined;
	const ready = new Promise<void>((resolve) => {
		child.once('message', () => {
			child.on('message', (message: Ending) => {
				ending = message;
			});
			resolve();
		});
		child.once('exit', () => resolve());
	});
	const ended = new Promise<Fate>((resolve) => {
		child.once('close', (code, signal) => {
			clearTimeout(alarm);
			if (ending) resolve({ kind: 'finished', ending });
			else if (signal === 'SIGKILL' && !isStuck) resolve({ kind: 'killed' });
			else resolve({ kind: 'broken', code });
		});
	});
	return {
		// A child that could not be started says so by its end.
		pid: child.pid ?? 0,
		ready,
		run(orders) {
			child.send(orders, () => {});
			alarm = setTimeout(() => {
				isStuck = true;
				child.kill('SIGKILL');
			}, longestRunMs);
			return ended;
		},
		kill: () => child.kill('SIGKILL'),
	};
}

/** No run takes this long; one that does is a failure of its trial. */
const longestRunMs = 120_000;

export interface Cast {
	/** Absolute path of a folder for whatever the trials keep; gone after `close`. */
	room: string;
	world: World;
	/** A process that has loaded everything, and waits. */
	sender(): Promise<SenderProcess>;
	/** Ends every process that is left. */
	close(): Promise<void>;
}

interface World {
	/** Address of the sandbox. */
	url: string;
	ask<W extends Wish>(wish: W): Promise<Answers[W['kind']]>;
}

export interface SenderProcess {
	pid: number;
	ready: Promise<void>;
	/** Gives it its orders, once, and waits for its end. */
	run(orders: Orders): Promise<Fate>;
	/** By SIGKILL, at once. */
	kill(): void;
}

/** How a process ended. */
export type Fate =
	| { kind: 'finished'; ending: Ending }
	| { kind: 'killed' }
	| { kind: 'broken'; code: number | null };
