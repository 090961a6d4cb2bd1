import { deliver } from './deliver.ts';
import { isWaiting } from './emails.ts';
import { begin, nextStep, step } from './sending.ts';
import type { World } from './world.ts';

/**
 * Does everything that has fallen due, in the order of time and each at its own instant: scheduled
 * broadcasts start, queued ones go out, scheduled mails leave, late requests take effect.
 */
export function runDue(world: World): void {
	for (;;) {
		const next = earliest(world);
		if (next === null || next.at > world.timeline.now()) return;
		world.timeline.at(next.at, next.run);
	}
}

/** When something falls due next, in milliseconds since 1970; null when nothing is planned. */
export function nextDue(world: World): number | null {
	return earliest(world)?.at ?? null;
}

/** When the next scheduled broadcast or mail goes out; null when none is scheduled. */
export function nextScheduled(world: World): number | null {
	const times = [
		...world.state.broadcasts
			.values()
			.filter(({ status }) => status === 'scheduled')
			.map(({ scheduledMs }) => scheduledMs),
		...world.state.waiting
			.values()
			.filter(isWaiting)
			.map(({ scheduledMs }) => scheduledMs),
	].filter((at) => at !== null);
	return times.length === 0 ? null : Math.min(...times);
}

function earliest(world: World): { at: number; run: () => void } | null {
	let found: { at: number; run: () => void } | null = null;
	const offer = (at: number | null, run: () => void) => {
		if (at !== null && (found === null || at < found.at)) found = { at, run };
	};

	for (const broadcast of world.state.broadcasts.values()) {
		if (broadcast.status === 'scheduled') {
			offer(broadcast.scheduledMs, () => begin(broadcast, world));
		}
		offer(nextStep(broadcast, world), () => step(broadcast, world));
	}
	for (const email of world.state.waiting) {
		if (isWaiting(email)) offer(email.scheduledMs, () => deliver(email, world));
		else world.state.waiting.delete(email);
	}
	for (const late of world.state.late) {
		offer(late.at, () => {
			world.state.late.splice(world.state.late.indexOf(late), 1);
			late.run();
		});
	}
	return found;
}
