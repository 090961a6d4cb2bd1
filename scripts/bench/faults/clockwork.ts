/**
 * Runs several actors against one simulated clock, one step of one actor at a time. An actor waits
 * by `sleep`, and everything it does to the world begins with a sleep, however short; so the sleeps
 * alone decide who comes before whom, and the same sleeps give the same run.
 */
import { setTimeout as realTime } from 'node:timers/promises';

/**
 * @param moved - called with the milliseconds the clock has moved on, before anyone wakes up
 * @param patienceMs - real milliseconds one step may take; more is a step that never ends
 */
export function clockwork(moved: (ms: number) => Promise<void>, patienceMs = 60_000): Clockwork {
	const sleepers: Sleeper[] = [];
	const busy = new Set<Actor>();
	let now = 0;
	let wakeLoop = () => {};
	let failure: { error: unknown } | undefined;

	function rest(actor: Actor): void {
		busy.delete(actor);
		if (busy.size === 0) wakeLoop();
	}

	function spawn(name: string, work: (actor: Actor) => Promise<void>): Actor {
		const actor: Actor = {
			name,
			sleep: (ms, isDead = () => false) =>
				new Promise((resolve) => {
					if (isDead()) return;
					sleepers.push({ at: now + Math.max(0, ms), actor, isDead, resolve });
					rest(actor);
				}),
		};
		busy.add(actor);
		void work(actor).then(
			() => rest(actor),
			(error: unknown) => {
				failure ??= { error };
				rest(actor);
			},
		);
		return actor;
	}

	/** Waits until nobody is busy. */
	async function quiet(): Promise<void> {
		if (busy.size === 0) return;
		const alarm = new AbortController();
		const calm = new Promise<'calm'>((resolve) => {
			wakeLoop = () => resolve('calm');
		});
		const late = realTime(patienceMs, 'late', { signal: alarm.signal }).catch(() => 'calm');
		const outcome = await Promise.race([calm, late]);
		alarm.abort();
		wakeLoop = () => {};
		if (outcome === 'late') {
			const names = [...busy].map(({ name }) => name).join(', ');
			throw new Error(`${names} did nothing for ${patienceMs / 1000} s of real time.`);
		}
	}

	async function run(): Promise<void> {
		for (;;) {
			await quiet();
			if (failure) throw failure.error;
			const next = takeEarliest(sleepers);
			if (!next) return;
			// One whose process died while it slept never wakes up.
			if (next.isDead()) continue;
			if (next.at > now) {
				const ms = next.at - now;
				now = next.at;
				await moved(ms);
			}
			busy.add(next.actor);
			next.resolve();
		}
	}

	return { now: () => now, spawn, run };
}

/** Takes out the one to wake next; of two at the same instant, the one who has slept longer. */
function takeEarliest(sleepers: Sleeper[]): Sleeper | undefined {
	let earliest = 0;
	for (const [index, { at }] of sleepers.entries()) {
		const best = sleepers[earliest];
		if (best && at < best.at) earliest = index;
	}
	return sleepers.splice(earliest, 1)[0];
}

export interface Clockwork {
	/** Simulated milliseconds since the start; never goes back. */
	now(): number;
	/** Starts an actor at once. */
	spawn(name: string, work: (actor: Actor) => Promise<void>): Actor;
	/** Plays until everybody is done. Throws what an actor threw, or where one hangs. */
	run(): Promise<void>;
}

export interface Actor {
	name: string;
	/**
	 * Waits on the simulated clock. Never returns to one who is dead, or is when the time comes.
	 */
	sleep(ms: number, isDead?: () => boolean): Promise<void>;
}

interface Sleeper {
	at: number;
	actor: Actor;
	isDead: () => boolean;
	resolve: () => void;
}
