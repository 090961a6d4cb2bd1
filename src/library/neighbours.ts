import { find, reference } from './entries.ts';
import type { Library, Reference } from './entries.ts';
import { isReady } from './entry.ts';
import type { Entry } from './entry.ts';
import { namedBy } from './links.ts';

/** Who names an entry, and what to read next. */
export function neighboursOf(
	library: Library,
	entry: Entry,
): { related: Reference[]; uses: Use[] } {
	const index = indexOf(library);
	const uses = (index.uses.get(entry.ref) ?? []).flatMap(({ from, as }) => {
		const shown = reference(library, from);
		return shown ? [{ ...shown, as }] : [];
	});
	return { uses, related: relatedTo(library, entry, index) };
}

const wanted = 4;

function relatedTo(library: Library, entry: Entry, index: Index): Reference[] {
	if (!('topic' in entry.data)) return [];
	const chosen = 'related' in entry.data ? entry.data.related : [];
	const back = (index.uses.get(entry.ref) ?? []).filter(({ isRelated }) => isRelated);
	const refs = new Set([
		...chosen.flatMap((ref) => find(library, ref)?.ref ?? []),
		...back.map(({ from }) => from),
	]);
	const shown = (ref: string): Reference | undefined => {
		const target = find(library, ref);
		return target && target.ref !== entry.ref && isReady(target)
			? reference(library, ref)
			: undefined;
	};
	const picked = [...refs].flatMap((ref) => shown(ref) ?? []);
	const sharing = sharingTerms(entry, index.byTopic.get(entry.data.topic));
	for (const list of [sharing, index.byTopic.get(entry.data.topic)?.entries ?? []]) {
		for (const other of list) {
			if (picked.length >= wanted) return picked;
			if (other.ref === entry.ref || refs.has(other.ref) || !isReady(other)) continue;
			refs.add(other.ref);
			const one = reference(library, other.ref);
			if (one) picked.push(one);
		}
	}
	return picked;
}

/** Those of a topic that name the same terms, the most of them first. */
function sharingTerms(entry: Entry, topic: TopicIndex | undefined): Entry[] {
	const scores = new Map<Entry, number>();
	for (const term of entry.body.terms) {
		for (const other of topic?.byTerm.get(term) ?? [])
			scores.set(other, (scores.get(other) ?? 0) + 1);
	}
	return [...scores]
		.toSorted(([a, m], [b, n]) => n - m || a.ref.localeCompare(b.ref, 'en'))
		.map(([other]) => other);
}

/**
 * The index of a library is derived from its entries alone, and asked for once a page: it is kept
 * with the library it was made from.
 */
function indexOf(library: Library): Index {
	const known = indexes.get(library);
	if (known) return known;
	const index: Index = { uses: new Map(), byTopic: new Map() };
	for (const entry of library.entries) {
		if ('topic' in entry.data) {
			const topic: TopicIndex = index.byTopic.get(entry.data.topic) ?? {
				entries: [],
				byTerm: new Map(),
			};
			index.byTopic.set(entry.data.topic, topic);
			topic.entries.push(entry);
			for (const term of entry.body.terms) {
				const list = topic.byTerm.get(term);
				if (list) list.push(entry);
				else topic.byTerm.set(term, [entry]);
			}
		}
		// Two names of one entry, an earlier and the present one, are one use.
		for (const target of new Set(namedBy(entry).map((ref) => find(library, ref)))) {
			if (!target || target.ref === entry.ref || !isReady(entry)) continue;
			const list = index.uses.get(target.ref) ?? [];
			list.push({
				from: entry.ref,
				as: useOf(library, entry, target),
				isRelated: namesAsRelated(library, entry, target),
			});
			index.uses.set(target.ref, list);
		}
	}
	for (const { entries } of index.byTopic.values()) {
		entries.sort((a, b) => a.ref.localeCompare(b.ref, 'en'));
	}
	indexes.set(library, index);
	return index;
}

function useOf(library: Library, entry: Entry, target: Entry): Use['as'] {
	const names = (ref: string | undefined): boolean =>
		ref !== undefined && find(library, ref) === target;
	if (entry.kind === 'issue') return 'issue';
	if (entry.kind === 'path') return 'path';
	if (
		entry.kind === 'checklist' &&
		entry.data.sections.some(({ items }) => items.some(({ link }) => names(link)))
	) {
		return 'point';
	}
	if (entry.kind === 'questions' && entry.data.items.some(({ play }) => names(play))) return 'play';
	if (entry.kind === 'tip' && names(entry.data.counter)) return 'counter';
	return namesAsRelated(library, entry, target) ? 'related' : 'text';
}

function namesAsRelated(library: Library, entry: Entry, target: Entry): boolean {
	return 'related' in entry.data && entry.data.related.some((ref) => find(library, ref) === target);
}

const indexes = new WeakMap<Library, Index>();

interface Index {
	uses: Map<string, { from: string; as: Use['as']; isRelated: boolean }[]>;
	byTopic: Map<string, TopicIndex>;
}

interface TopicIndex {
	/** By reference, A-Z. */
	entries: Entry[];
	byTerm: Map<string, Entry[]>;
}

export interface Use extends Reference {
	/** As what it names the entry: carried by an issue, a step of a path, a point of a checklist, … */
	as: 'issue' | 'path' | 'point' | 'play' | 'counter' | 'related' | 'text';
}
