import { wordsKey } from './list.ts';
import type { List } from './list.ts';
import { isTicked } from './run.ts';
import type { Run } from './run.ts';

/** A run as it looks under an edition of its list. */
export function viewOf(run: Run, { items }: Pick<List, 'items'>): RunView {
	const points = items.map((item): Point => {
		const tick = run.get(item.id);
		if (!isTicked(tick)) return { isDone: false, mark: tick ? undefined : 'new' };
		return { isDone: true, mark: tick.words.includes(wordsKey(item)) ? undefined : 'changed' };
	});
	const next = points.findIndex(({ isDone }) => !isDone);
	return {
		points,
		done: points.filter(({ isDone }) => isDone).length,
		next: next < 0 ? undefined : next,
		news: points.filter(({ mark }) => mark === 'new').length,
		changed: points.filter(({ mark }) => mark === 'changed').length,
	};
}

/** `3 of 8 done`. */
export function progressWords({ points, done }: RunView): string {
	return done === points.length ? `All ${done} done` : `${done} of ${points.length} done`;
}

/** What the editors changed since the run began, in words. */
export function changeWords({ news, changed }: RunView): string {
	const parts = [
		news > 0 && `New: ${news}.`,
		changed > 0 && `Reworded since the tick: ${changed}.`,
	];
	return ['The list has changed.', ...parts.filter((part) => part !== false)].join(' ');
}

/** What merging would do to a run, in a sentence. */
export function mergeWords(before: RunView, after: RunView): string {
	const count = (one: RunView, other: RunView): number =>
		one.points.filter(({ isDone }, at) => isDone && !other.points[at]?.isDone).length;
	const [gained, lost] = [count(after, before), count(before, after)];
	if (gained + lost === 0) return 'Merging would change no tick.';
	return `Merging would tick ${gained} more${lost > 0 ? ` and take ${lost} back` : ''}.`;
}

export interface RunView {
	/** One for each point of the edition, in its order. */
	points: readonly Point[];
	done: number;
	/** Place of the first point that is not done. */
	next: number | undefined;
	/** How many points are marked as new. */
	news: number;
	changed: number;
}

interface Point {
	isDone: boolean;
	/** `new`: the run has not met it. `changed`: it was ticked under other words. */
	mark: 'new' | 'changed' | undefined;
}
