/** A clock that runs down for a whole meeting and for each of its points. All times in milliseconds. */

/** A clock that has not been started. */
export const stillClock: Clock = { since: undefined, whole: 0, step: 0 };

/** Starts it, or lets it stand. */
export function toggled(clock: Clock, now: number): Clock {
	return clock.since === undefined
		? { ...clock, since: now }
		: { ...passed(clock, now), since: undefined };
}

/** Goes to another point: the point's time begins anew, the whole goes on. */
export function atNextStep(clock: Clock, now: number): Clock {
	return { ...passed(clock, now), step: 0 };
}

/**
 * What the clock shows.
 * @param minutes - for the whole
 * @param steps - how many points share them
 */
export function faceOf(clock: Clock, now: number, minutes: number, steps: number): Face {
	const { whole, step } = passed(clock, now);
	const all = minutes * 60_000;
	return { whole: dialOf(all, whole), step: dialOf(all / steps, step), spent: clockText(whole) };
}

/** The clock in minutes and seconds, `3:05`. */
function clockText(time: number): string {
	const seconds = Math.floor(time / 1000);
	return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

function passed({ since, whole, step }: Clock, now: number): Clock {
	// A clock that somebody sets back takes no time away.
	const more = since === undefined ? 0 : Math.max(0, now - since);
	return {
		since: since === undefined ? undefined : now,
		whole: whole + more,
		step: step + more,
	};
}

function dialOf(given: number, spent: number): Dial {
	// Rounded as a person counts down: it says 0:01 until it is over.
	const left = Math.ceil((given - spent) / 1000) * 1000;
	if (left <= 0) return { text: `+${clockText(spent - given)}`, state: 'over', words: 'Over' };
	const isSoon = left <= given / 5;
	return {
		text: clockText(left),
		state: isSoon ? 'soon' : 'on',
		words: isSoon ? 'Nearly up' : 'left',
	};
}

export interface Clock {
	/** When it was last started or asked; undefined while it stands. */
	since: number | undefined;
	/** Time spent until then: in all, and on this point. */
	whole: number;
	step: number;
}

interface Face {
	whole: Dial;
	step: Dial;
	/** Time spent in all. */
	spent: string;
}

export interface Dial {
	/** `3:05` that is left, or `+0:12` over. */
	text: string;
	/** `soon`: the last fifth. */
	state: 'on' | 'soon' | 'over';
	/** The state, for those who see no colour. */
	words: string;
}
