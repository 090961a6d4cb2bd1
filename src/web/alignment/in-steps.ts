/**
 * Runs steps a frame apart, each after a paint: what stands before them is seen first, and a press
 * in between is answered between two of them.
 * @param done - called after the last of them
 */
export function inSteps(steps: readonly (() => void)[], done: () => void): Steps {
	const left = [...steps];
	let isStopped = false;
	const next = (): void => {
		if (isStopped) return;
		left.shift()?.();
		if (left.length > 0) afterPaint(next);
		else finish();
	};
	const finish = (): void => {
		if (isStopped) return;
		isStopped = true;
		for (const step of left.splice(0)) step();
		done();
	};
	afterPaint(next);
	return {
		finish,
		stop: () => {
			isStopped = true;
			left.length = 0;
		},
	};
}

/** Runs after the next paint: what runs in a frame's own callback would hold it up. */
export function afterPaint(act: () => void): void {
	requestAnimationFrame(() => setTimeout(act));
}

export interface Steps {
	/** Runs what is left at once. */
	finish: () => void;
	/** Drops what is left; `done` is not called. */
	stop: () => void;
}
