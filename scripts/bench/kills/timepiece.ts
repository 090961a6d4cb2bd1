import { setTimeout as sleep } from 'node:timers/promises';

/**
 * A watch that runs as fast as the sandbox's clock.
 * @param start - milliseconds since 1970 that the sandbox's clock shows at this moment
 * @param speed - milliseconds of the sandbox that pass in one of the machine
 */
export function timepiece(start: number, speed: number): Timepiece {
	const begun = performance.now();
	const elapsed = () => (performance.now() - begun) * speed;
	return {
		elapsed,
		now: () => new Date(start + elapsed()),
		wait: async (milliseconds) => {
			await sleep(milliseconds / speed);
		},
	};
}

/**
 * How fast the sandbox's clock may run on this machine today, so that sending takes about as long by
 * it as it takes in life. Ten seconds of settling then pass in a fraction of one.
 * @param workMs - what a sender's work takes here, without its waiting
 */
export function speedFor(workMs: number): number {
	return Math.min(150, Math.max(15, 12_000 / workMs));
}

/** All in milliseconds of the sandbox. */
export interface Timepiece {
	elapsed(): number;
	now(): Date;
	wait(milliseconds: number): Promise<void>;
}
