import { pathOf, ready, summaryOf } from '#/library/entries.ts';
import type { Library } from '#/library/entries.ts';
import { titleOf } from '#/library/entry.ts';
import type { Entry } from '#/library/entry.ts';
import { kinds } from '#/library/kinds.ts';
import type { Kind } from '#/library/kinds.ts';
import { topics } from '#/library/schema/fields.ts';
import { freshnessOf } from '#/library/view.ts';
import type { Freshness } from '#/library/view.ts';
import { topicNames } from '#/web/names.ts';
import type { Team, Topic } from '#/web/names.ts';

/** What a list shows of the finished entries of some kinds, in list order. */
export function listItems(library: Library, ...wanted: Kind[]): ListItem[] {
	return wanted.flatMap((kind) =>
		// Entries of one kind are entries.
		(ready(library, kind) as Entry[]).flatMap((entry) => listItem(library, entry) ?? []),
	);
}

/** What a list shows of one entry; undefined where it has no page on this site. */
export function listItem(library: Library, entry: Entry): ListItem | undefined {
	const { data } = entry;
	const path = pathOf(library, entry);
	if (path === undefined) return undefined;
	return {
		path,
		title: titleOf(entry),
		summary: summaryOf(entry),
		kind: entry.kind,
		kindName: kinds[entry.kind].one,
		topic: 'topic' in data ? data.topic : undefined,
		team: 'function' in data ? data.function : entry.kind === 'term' ? entry.data.owner : undefined,
		when: 'when' in data ? data.when : undefined,
		effort: 'effort' in data ? data.effort : undefined,
		isTogether: 'together' in data && data.together,
		freshness: freshnessOf(library, entry)?.state,
	};
}

/** Items by topic, in the order topics are kept; topics without any are left out. */
export function byTopic(items: readonly ListItem[]): TopicGroup[] {
	return topics.flatMap((topic) => {
		const found = items.filter((item) => item.topic === topic);
		return found.length > 0 ? [{ topic, ...topicNames[topic], items: found }] : [];
	});
}

export interface ListItem {
	path: string;
	title: string;
	summary: string;
	kind: Kind;
	kindName: string;
	topic: Topic | undefined;
	team: Team | undefined;
	when: string | undefined;
	/** Minutes it takes to do. */
	effort: number | undefined;
	isTogether: boolean;
	freshness: Freshness['state'] | undefined;
}

export interface TopicGroup {
	topic: Topic;
	name: string;
	about: string;
	items: ListItem[];
}
