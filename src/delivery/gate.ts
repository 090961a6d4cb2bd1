import type { Pace } from './pace.ts';

/** Lets calls begin at a pace, whatever they wait for afterwards. */
export interface Gate {
	/** True once the call may begin; false where it would wait too long. */
	pass(): Promise<boolean>;
}

/**
 * A gate that lets one call begin each `gapMs`, and turns away whoever would wait over `patienceMs`.
 * A gap of 0 lets everybody through.
 */
export function openGate(gapMs: number, patienceMs: number, pace: Pace): Gate {
	let next = Number.NEGATIVE_INFINITY;
	return {
		async pass() {
			const now = pace.elapsed();
			const start = Math.max(next, now);
			if (start - now > patienceMs) return false;
			next = start + gapMs;
			if (start > now) await pace.wait(start - now);
			return true;
		},
	};
}
