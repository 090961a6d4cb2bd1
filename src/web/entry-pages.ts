import { all, pathOf } from '#/library/entries.ts';
import type { Library } from '#/library/entries.ts';
import type { Entry, EntryOf } from '#/library/entry.ts';
import type { Kind } from '#/library/kinds.ts';
import { viewKey, viewOf } from '#/library/view.ts';
import type { View } from '#/library/view.ts';

/**
 * One page for each entry of a kind that this site shows, for `getStaticPaths`: retired ones too,
 * which no list names. `[slug]` is the last part of the entry's path.
 */
export function entryPages<K extends Kind>(library: Library, kind: K): EntryPage<K>[] {
	const known = gathered.get(library) ?? new Map<Kind, unknown>();
	gathered.set(library, known);
	// What is kept under a kind was gathered for it.
	const pages = (known.get(kind) as EntryPage<K>[] | undefined) ?? gather(library, kind);
	known.set(kind, pages);
	return pages;
}

// Four routes of a question set ask for the same pages.
const gathered = new WeakMap<Library, Map<Kind, unknown>>();

function gather<K extends Kind>(library: Library, kind: K): EntryPage<K>[] {
	return all(library, kind).flatMap((entry) => {
		// An entry of one kind is an entry.
		const slug = pathOf(library, entry as Entry)
			?.split('/')
			.at(-2);
		if (slug === undefined) return [];
		// As above; the view keeps the kind.
		const view = viewOf<Entry>(library, entry as Entry) as EntryView<K>;
		const sent = sentIssues(library, view.uses);
		return [
			{ params: { slug }, props: { library, view }, cacheKey: viewKey(library, [view.key, sent]) },
		];
	});
}

/** `002` of `issue/002-the-offer`; nothing of other references. */
export function issueIdOf(ref: string): string {
	return /^issue\/(\d+)-/.exec(ref)?.[1] ?? '';
}

/** The issues among some references that a receipt says were sent or scheduled. */
function sentIssues(library: Library, refs: readonly { ref: string }[]): string[] {
	return refs.map(({ ref }) => ref).filter((ref) => library.receipts.has(issueIdOf(ref)));
}

/** What a page shows of an entry whose kind is known. */
export type EntryView<K extends Kind> = Omit<View, 'entry'> & { entry: EntryOf<K> & Entry };

interface EntryPage<K extends Kind> {
	params: { slug: string };
	props: { library: Library; view: EntryView<K> };
	cacheKey: string;
}
