/**
 * The sandbox as a process of its own, told what to do by messages. It can end a sender by SIGKILL at
 * any request that sender makes: before it takes effect, after it, or so that it takes effect when
 * the sender is long dead.
 */
import type { AudienceIds } from '#/delivery/message.ts';
import type { Hooks, SeenRequest } from '#/sandbox/hooks.ts';
import { seedReaders } from '#/sandbox/readers.ts';
import { startSandbox } from '#/sandbox/server.ts';
import type { Sandbox } from '#/sandbox/server.ts';
import { names, planned, senderDomain } from './issue.ts';

const hooks: Hooks = {};
// The clock stands still while no sender runs: how long a machine takes to start the next one, and
// how late that makes it, is for the trial to say.
const ticks = { past: 0, since: undefined as number | undefined, speed: 1 };
const sandbox = await startSandbox({
	clock: { now: () => new Date(passed()) },
	senders: [senderDomain],
	hooks,
});

process.on('message', ({ number, wish }: Question) => {
	grant(wish, sandbox).then(
		(answer) => process.send?.({ number, answer }),
		(error: unknown) => {
			console.error(error);
			process.exit(1);
		},
	);
});
process.once('disconnect', () => process.exit(0));
process.send?.({ number: 0, answer: sandbox.url });

async function grant(wish: Wish, { clock, knobs }: Sandbox): Promise<Answers[Wish['kind']]> {
	switch (wish.kind) {
		case 'start': {
			const start = Date.parse(planned.utc) - 23 * HOUR;
			stop();
			ticks.speed = wish.speed;
			knobs.listLagMs = wish.listLagMs;
			// Readers that have been there for longer than any list is behind.
			await clock.set(new Date(start - 10 * 60_000));
			sandbox.reset();
			const { segmentId, topicId, reached } = seedReaders(sandbox, names);
			await clock.set(new Date(start));
			return { ids: { segmentId, topicId }, reached };
		}
		case 'run':
			ticks.since ??= performance.now();
			return clock.now().getTime();
		case 'stop':
			stop();
			return null;
		case 'kill':
			plan(wish);
			return null;
		case 'advance':
			await clock.advance(wish.ms);
			return clock.now().getTime();
		case 'seen': {
			const ops = sandbox.journal().map(({ op }) => op ?? '?');
			return { ops, copies: sandbox.mails().map(({ to }) => to) };
		}
	}
}

/** Ends a process at its nth request from now. */
function plan({ pid, request, when }: Extract<Wish, { kind: 'kill' }>): void {
	let before = 0;
	let hit: SeenRequest | undefined;
	hooks.onRequest = (seen) => {
		if (++before !== request) return undefined;
		hit = seen;
		if (when === 'after') return undefined;
		kill(pid);
		if (when === 'before') return 'before-commit';
		// Within the time that the next sender is at work.
		return { effect: 'late', reply: 'drop', lateMs: 15_000 };
	};
	hooks.onReply = (seen) => {
		if (when === 'after' && seen === hit) kill(pid);
	};
}

function kill(pid: number): void {
	process.kill(pid, 'SIGKILL');
	stopClock();
}

/** Milliseconds of the sandbox in which a sender was running. */
function passed(): number {
	const { past, since, speed } = ticks;
	return since === undefined ? past : past + (performance.now() - since) * speed;
}

/** The run is over, and so is what was planned for it. */
function stop(): void {
	stopClock();
	Object.assign(hooks, { onRequest: undefined, onReply: undefined });
}

function stopClock(): void {
	ticks.past = passed();
	ticks.since = undefined;
}

const HOUR = 3_600_000;

export type Wish =
	/** Empties the account, fills it with readers, and sets the clock to the day before the issue. */
	| { kind: 'start'; listLagMs: number; speed: number }
	/** Lets the clock run, and asks what time it is. */
	| { kind: 'run' }
	| { kind: 'stop' }
	| { kind: 'kill'; pid: number; request: number; when: KillTime }
	/** Moves the clock; what falls due happens first. */
	| { kind: 'advance'; ms: number }
	/** Requests since the start, by the SDK's names, and the address of each copy that went out. */
	| { kind: 'seen' };

export interface Answers {
	start: { ids: AudienceIds; reached: string[] };
	/** Milliseconds since 1970. */
	run: number;
	stop: null;
	kill: null;
	advance: number;
	seen: { ops: string[]; copies: string[] };
}

/** When a request kills who makes it: `late` is before, and the request takes effect all the same. */
export type KillTime = 'before' | 'after' | 'late';

interface Question {
	number: number;
	wish: Wish;
}
