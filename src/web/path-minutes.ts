import type { NamedEntry } from '#/library/view.ts';

/** Minutes a path takes: what its steps take to do. */
export function pathMinutes(steps: readonly NamedEntry[]): number {
	return steps.reduce((sum, step) => sum + stepMinutes(step), 0);
}

/** Minutes one step takes; a term counts two. */
export function stepMinutes(step: NamedEntry): number {
	return step.effort ?? 2;
}
