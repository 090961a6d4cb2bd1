import { ready } from '#/library/entries.ts';
import type { Library } from '#/library/entries.ts';
import type { Entry } from '#/library/entry.ts';
import { kinds } from '#/library/kinds.ts';
import { topics } from '#/library/schema/fields.ts';
import { viewKey, viewOf } from '#/library/view.ts';
import { topicNames } from '#/web/names.ts';
import type { Topic } from '#/web/names.ts';

/** The printed book, kind by kind: all of it, or what it has of one topic. */
export function bookOf(library: Library, topic?: Topic): Book {
	const parts = (['tip', 'checklist', 'questions', 'term'] as const).flatMap((kind) => {
		// An entry of one kind is an entry.
		const entries = (ready<typeof kind>(library, kind) as Entry[]).flatMap((entry) =>
			topic === undefined || ('topic' in entry.data && entry.data.topic === topic)
				? [{ entry, id: `${kind}-${entry.slug}` }]
				: [],
		);
		return entries.length > 0 ? [{ kind, name: kinds[kind].many, entries }] : [];
	});
	return { parts, count: parts.reduce((sum, { entries }) => sum + entries.length, 0) };
}

/** The volumes of a book too long for one page, a topic each; none where one page holds it. */
export function volumesOf(library: Library): Volume[] {
	if (bookOf(library).count <= longest) return [];
	return topics.flatMap((topic) => {
		const book = bookOf(library, topic);
		return book.count > 0 ? [{ topic, name: topicNames[topic].name, book }] : [];
	});
}

/** The key that a page with a book is kept under between builds. */
export function bookKey(library: Library, { parts }: Book): string {
	return viewKey(
		library,
		parts.flatMap(({ entries }) => entries.map(({ entry }) => viewOf(library, entry).key)),
	);
}

// A browser lays out some hundred entries for paper without a pause; with thousands it stands still.
const longest = 400;

export interface Book {
	parts: { kind: string; name: string; entries: { entry: Entry; id: string }[] }[];
	/** Entries in all. */
	count: number;
}

export interface Volume {
	topic: Topic;
	name: string;
	book: Book;
}
