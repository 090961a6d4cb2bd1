/** Where the sandbox reads the time. A test may pass a clock that stands still. */
export interface Clock {
	now(): Date;
}

/** The sandbox's own clock: it runs with the base clock, and can be moved. */
export interface SandboxClock extends Clock {
	/** Jumps to an instant. Resolves once everything that fell due, webhooks included, has happened. */
	set(to: Date): Promise<void>;
	/** Moves by milliseconds; negative moves back and undoes nothing. Resolves as `set` does. */
	advance(ms: number): Promise<void>;
}

/** What the rest of the sandbox sees of the clock. */
export interface Timeline {
	/** Milliseconds since 1970 UTC. */
	now(): number;
	/** Runs synchronous work as if it were that instant, so a jump leaves the right times behind. */
	at<T>(instant: number, work: () => T): T;
	move(by: number): void;
}

/** A timeline that starts at `start` and then ticks with `base`. */
export function createTimeline(base: Clock, start: Date | undefined): Timeline {
	let offset = start === undefined ? 0 : start.getTime() - base.now().getTime();
	let pinned: number | null = null;

	return {
		now: () => pinned ?? base.now().getTime() + offset,
		at(instant, work) {
			const before = pinned;
			pinned = instant;
			try {
				return work();
			} finally {
				pinned = before;
			}
		},
		move(by) {
			offset += by;
		},
	};
}

/** The clock a person moves. `moved` runs what has fallen due. */
export function createClock(timeline: Timeline, moved: () => Promise<void>): SandboxClock {
	return {
		now: () => new Date(timeline.now()),
		async set(to) {
			timeline.move(to.getTime() - timeline.now());
			await moved();
		},
		async advance(ms) {
			timeline.move(ms);
			await moved();
		},
	};
}
