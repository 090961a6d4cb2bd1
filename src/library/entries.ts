/**
 * The library: the entries this build may know, with every question pages and mails ask of them.
 * It never holds an entry that its audience may not see (`audience.ts` is the door).
 */
import type { Day } from '#/day.ts';
import type { Settings } from '#/settings.ts';
import { isReady, titleOf } from './entry.ts';
import type { Entry, EntryOf } from './entry.ts';
import { kinds } from './kinds.ts';
import type { Kind } from './kinds.ts';
import type { ReceiptFacts } from './receipts.ts';

/** Puts entries in order and indexes them. The entries have already passed the door. */
export function openLibrary(source: LibrarySource): Library {
	const sorted = source.entries.toSorted(
		(a, b) => order(a).localeCompare(order(b), 'en') || a.slug.localeCompare(b.slug, 'en'),
	);
	return { ...source, entries: sorted, byRef: refsOf(sorted) };
}

/** Entries by every reference that leads to them: their own first, then their earlier file names. */
export function refsOf(entries: readonly Entry[]): Map<string, Entry> {
	const byRef = new Map<string, Entry>();
	for (const entry of entries) byRef.set(entry.ref, entry);
	for (const entry of entries) {
		if (!('was' in entry.data)) continue;
		for (const slug of entry.data.was) {
			const old = `${entry.kind}/${slug}`;
			if (!byRef.has(old)) byRef.set(old, entry);
		}
	}
	return byRef;
}

/** Every entry of a kind that this library knows, drafts and retired ones included, in list order. */
export function all<K extends Kind>(library: Library, kind: K): EntryOf<K>[] {
	// The filter keeps exactly the entries of this kind.
	return library.entries.filter((entry) => entry.kind === kind) as EntryOf<K>[];
}

/** The finished entries of a kind, in list order: titles A-Z, issues by number. */
export function ready<K extends Kind>(library: Library, kind: K): EntryOf<K>[] {
	return all(library, kind).filter((entry) => isReady(entry as Entry));
}

/** The entry a reference names, also under an earlier name; undefined where this site has none. */
export function find(library: Library, ref: string): Entry | undefined {
	return library.byRef.get(ref);
}

/** The entry of one kind a reference names; undefined where it is of another kind or not here. */
export function findOf<K extends Kind>(
	library: Library,
	kind: K,
	ref: string | undefined,
): EntryOf<K> | undefined {
	const entry = ref === undefined ? undefined : library.byRef.get(ref);
	// The comparison narrows the union to this kind.
	return entry?.kind === kind ? (entry as EntryOf<K>) : undefined;
}

/**
 * The path of an entry's page on its site, with slashes at both ends: `/tips/no-surprise-promos/`,
 * `/issues/005/`. The same on both sites; undefined for what has no page of its own there.
 */
export function pathOf(library: Library, entry: Entry): string | undefined {
	if (library.audience === 'public') {
		if (entry.kind === 'person' || entry.kind === 'promo' || entry.kind === 'path')
			return undefined;
		if (!isReady(entry)) return undefined;
	}
	const name = entry.kind === 'issue' ? entry.slug.slice(0, 3) : entry.slug;
	return `/${kinds[entry.kind].folder}/${name}/`;
}

/** What a list or a link shows of an entry; undefined where this site may not show it. */
export function reference(library: Library, ref: string | undefined): Reference | undefined {
	const entry = ref === undefined ? undefined : library.byRef.get(ref);
	if (!entry) return undefined;
	return {
		ref: entry.ref,
		kind: entry.kind,
		title: titleOf(entry),
		summary: summaryOf(entry),
		path: pathOf(library, entry),
	};
}

/** The one sentence that says what an entry is good for. */
export function summaryOf(entry: Entry): string {
	switch (entry.kind) {
		case 'tip':
		case 'checklist':
		case 'questions':
		case 'issue':
			return entry.data.summary;
		case 'term':
			return entry.data.short;
		case 'person':
			return entry.data.bio ?? entry.data.role;
		case 'promo':
			return entry.data.offer;
		case 'path':
			return `For ${entry.data.for}.`;
	}
}

function order(entry: Entry): string {
	return entry.kind === 'issue' ? entry.slug : titleOf(entry);
}

export interface LibrarySource {
	audience: Audience;
	/** The build's day in the firm's zone. */
	today: Day;
	settings: Settings;
	/** Absolute path of the content folder, for bodies and pictures. */
	contentDir: string;
	entries: readonly Entry[];
	/** By issue id, `005`. Empty for the public audience. */
	receipts: ReadonlyMap<string, ReceiptFacts>;
}

export interface Library extends LibrarySource {
	byRef: ReadonlyMap<string, Entry>;
}

export type Audience = 'staff' | 'public';

export interface Reference {
	ref: string;
	kind: Kind;
	title: string;
	summary: string;
	/** Path on this site, or undefined where it is named without a link. */
	path: string | undefined;
}
