import type { Timeline } from './clock.ts';
import type { PlannedFault } from './fault.ts';
import type { Hooks } from './hooks.ts';
import { recordedForm } from './instant.ts';
import type { JournalEntry } from './journal.ts';
import type { Clause, Knobs } from './knobs.ts';
import type { Mint } from './mint.ts';
import type { State, Stored } from './state.ts';

/** What one running sandbox consists of; every operation gets it as its last argument. */
export interface World {
	state: State;
	knobs: Knobs;
	faults: PlannedFault[];
	journal: JournalEntry[];
	timeline: Timeline;
	mint: Mint;
	/** `http://127.0.0.1:<port>`, known once the server listens. */
	origin: string;
	/** Sender domains taken as verified; null takes every domain. */
	senders: readonly string[] | null;
	/** What a key may do; a key that is not listed is refused. Null gives every key full access. */
	keys: Readonly<Record<string, KeyScope>> | null;
	/** Public origin to local origin, for links in the inbox's HTML view. */
	hosts: Readonly<Record<string, string>>;
	/** The last stamp given out, in microseconds. */
	lastMicros: number;
	/** Requests counted in the present second of the sandbox clock. */
	window: { second: number; count: number };
	/** What a test does at each request. */
	hooks: Hooks;
	/** API requests that came in so far. */
	requests: number;
}

export type KeyScope = 'full' | 'sending';

/** True where the pessimistic value of a clause is in force. */
export function isPessimistic(clause: Clause, world: World): boolean {
	return world.knobs.pessimistic.includes(clause);
}

/** A fresh id with its time of creation. No two share a stamp. */
export function stored(world: World): Stored {
	return { id: world.mint.id(), created_at: stamp(world), createdMs: world.timeline.now() };
}

/** The present instant in recorded form, later than every stamp before it. */
export function stamp(world: World): string {
	const now = world.timeline.now() * 1000;
	const wanted = now + world.mint.micros();
	// A clock that was set back starts afresh; one that stands still only moves by microseconds.
	const follows = wanted <= world.lastMicros && world.lastMicros - wanted < 1_000_000;
	world.lastMicros = follows ? world.lastMicros + 1 : wanted;
	return recordedForm(world.lastMicros);
}
