import { invalid } from './api-error.ts';
import type { Stored } from './state.ts';
import type { World } from './world.ts';

export interface Page<T> {
	object: 'list';
	has_more: boolean;
	data: T[];
}

/**
 * Cuts one page out of a list, newest first, with an object's id as cursor.
 * @param items oldest first
 * @param defaultLimit entries without `limit`; null gives them all
 */
export function page<T extends { id: string }>(
	items: readonly T[],
	query: URLSearchParams,
	defaultLimit: number | null,
): Page<T> {
	const newestFirst = items.toReversed();
	const limit = readLimit(query) ?? defaultLimit ?? Math.max(newestFirst.length, 1);
	const after = query.get('after');
	const before = query.get('before');
	if (after !== null && before !== null) {
		throw invalid('The `after` and `before` parameters cannot be used together.');
	}

	if (before !== null) {
		const newer = newestFirst.slice(0, indexOf(newestFirst, before));
		return answer(newer.slice(-limit), newer.length > limit);
	}
	const rest = after === null ? newestFirst : newestFirst.slice(indexOf(newestFirst, after) + 1);
	return answer(rest.slice(0, limit), rest.length > limit);
}

/** What a list shows under the knobs for stale lists, oldest first. */
export function listed<T extends Stored>(items: Iterable<T>, world: World): T[] {
	const now = world.timeline.now();
	const late = lag(world);
	// What is dated after now was made before the clock was set back, so it is no news.
	const seen = [...items].filter(({ createdMs: at }) => at <= now - late || at > now);
	return seen.slice(0, Math.max(0, seen.length - world.knobs.listDropsNewest));
}

/** How far lists are behind, in milliseconds. */
export function lag(world: World): number {
	return Math.max(world.knobs.listLagMs, world.knobs.pessimistic.includes('C07') ? 60_000 : 0);
}

function readLimit(query: URLSearchParams): number | null {
	const text = query.get('limit');
	if (text === null) return null;
	const limit = Number(text);
	if (!/^\d+$/.test(text) || limit < 1 || limit > 100) {
		throw invalid('The `limit` parameter must be a number between 1 and 100.');
	}
	return limit;
}

function indexOf(items: readonly { id: string }[], cursor: string): number {
	const index = items.findIndex((item) => item.id === cursor);
	if (index === -1) throw invalid('The pagination cursor does not exist.');
	return index;
}

function answer<T>(data: T[], more: boolean): Page<T> {
	return { object: 'list', has_more: more, data };
}
