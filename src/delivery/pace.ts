/** Time, as far as calling at a decent pace needs it. */
export interface Pace {
	/** Milliseconds on a clock that only runs forward. */
	elapsed(): number;
	wait(milliseconds: number): Promise<void>;
}

/** The machine's own time. */
export function machinePace(): Pace {
	return {
		elapsed: () => performance.now(),
		wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
	};
}

/**
 * Lets calls through one after the other, each beginning at least `gapMs` after the last began.
 */
export function callQueue(gapMs: number, pace: Pace): <T>(call: () => Promise<T>) => Promise<T> {
	let tail: Promise<unknown> = Promise.resolve();
	let lastStart = Number.NEGATIVE_INFINITY;
	return (call) => {
		const turn = tail.then(async () => {
			const early = lastStart + gapMs - pace.elapsed();
			if (early > 0) await pace.wait(early);
			lastStart = pace.elapsed();
			return call();
		});
		tail = turn.catch(() => undefined);
		return turn;
	};
}

/**
 * How long to wait before a call is repeated, in milliseconds: what `retry-after` says, in seconds
 * or as a date, else 1, 2, 4 seconds. Undefined where that is over a minute: a person should decide.
 * @param retry - 0 for the first repetition
 */
export function retryDelay(headers: Record<string, string>, retry: number): number | undefined {
	const asked = headers['retry-after']?.trim();
	const delayMs =
		asked === undefined
			? Number.NaN
			: /^\d+$/.test(asked)
				? Number(asked) * 1000
				: untilDate(asked, headers);
	const wanted = Number.isNaN(delayMs) ? 1000 * 2 ** retry : Math.max(0, delayMs);
	return wanted > 60_000 ? undefined : wanted;
}

/** The answer's own `date` is the clock here: the machine's may be wrong. */
function untilDate(asked: string, headers: Record<string, string>): number {
	return Date.parse(asked) - Date.parse(headers['date'] ?? '');
}
