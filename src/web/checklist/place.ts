import type { Clock } from '#/checklist/clock.ts';

/**
 * Keeps where a facilitator stands and how the clock stands, until the window is closed or the
 * meeting is long over.
 */
export function keepPlace(slug: string, place: Place): void {
	try {
		const kept = { ...place, on: Date.now() };
		sessionStorage.setItem(`tandem-runner:${slug}`, JSON.stringify(kept));
	} catch {
		// A window that keeps nothing begins at the first slide again: no harm.
	}
}

/** Reads what `keepPlace` kept; anything else is undefined. */
export function keptPlace(slug: string): Place | undefined {
	try {
		// Each number is looked at below.
		const { at, minutes, clock, on } = JSON.parse(
			sessionStorage.getItem(`tandem-runner:${slug}`) ?? '{}',
		) as Place & { on: number };
		const { whole, step, since } = clock;
		const isWhole = [at, minutes, whole, step, since ?? 0].every(
			(number) => Number.isInteger(number) && number >= 0,
		);
		const isOfToday = Math.abs(Date.now() - on) < longestMeeting;
		return isWhole && isOfToday ? { at, minutes, clock: { whole, step, since } } : undefined;
	} catch {
		return undefined;
	}
}

/** Four hours: who comes back later begins at the first slide. */
const longestMeeting = 4 * 3_600_000;

interface Place {
	/** The slide. */
	at: number;
	/** For the whole list. */
	minutes: number;
	clock: Clock;
}
