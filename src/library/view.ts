/**
 * What a page shows of an entry besides its own text, gathered before the page is rendered. A page
 * reads nothing else, so the digest of its view says whether it has to be rendered again.
 */
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { addDays, addMonths } from '#/day.ts';
import type { Day } from '#/day.ts';
import { find, findOf, reference } from './entries.ts';
import type { Library, Reference } from './entries.ts';
import type { Entry, EntryOf } from './entry.ts';
import { namedBy } from './links.ts';
import { neighboursOf } from './neighbours.ts';
import type { Use } from './neighbours.ts';
import { digestOf } from './digest.ts';
import { readingMinutes } from './words.ts';

/** Gathers what an entry's page shows: once for each entry of a library. */
export function viewOf<E extends Entry>(library: Library, entry: E): View<E> {
	const known = views.get(library) ?? new WeakMap<Entry, View>();
	views.set(library, known);
	// What is kept under an entry was gathered of it.
	const view = (known.get(entry) as View<E> | undefined) ?? gather(library, entry);
	known.set(entry, view);
	return view;
}

// Its page, its twin and whoever shows an entry in full ask for the same view.
const views = new WeakMap<Library, WeakMap<Entry, View>>();

function gather<E extends Entry>(library: Library, entry: E): View<E> {
	const author = findOf(library, 'person', 'author' in entry.data ? entry.data.author : undefined);
	const { uses, related } = neighboursOf(library, entry);
	const view = {
		entry,
		references: referencesOf(library, entry),
		author: author && {
			name: author.data.name,
			role: author.data.role,
			path: reference(library, author.ref)?.path,
			email: author.data.email,
		},
		uses,
		related: related.map((one) => ({
			...one,
			freshness: stateOf(library, find(library, one.ref)),
		})),
		freshness: library.audience === 'staff' ? freshnessOf(library, entry) : undefined,
		replacedBy: 'replacedBy' in entry.data ? reference(library, entry.data.replacedBy) : undefined,
		minutes: readingMinutes(entry.body.words, library.settings.readingRate),
	};
	let key: string | undefined;
	return {
		...view,
		// Whoever shows a view in a text of its own never asks for it.
		get key() {
			key ??= viewKey(library, [view, pictureDigests(library, entry)]);
			return key;
		},
	};
}

/**
 * The key a page is kept under between builds: everything it shows, the settings, the day, which
 * stands on every page, and what Node writes days and numbers with.
 */
export function viewKey(library: Library, view: unknown): string {
	let common = commons.get(library);
	if (common === undefined) {
		common = digestOf(JSON.stringify([library.settings, library.today, process.version]));
		commons.set(library, common);
	}
	return digestOf(JSON.stringify([view, common]));
}

// The settings are longer than most views.
const commons = new WeakMap<Library, string>();

/** A page shows the size of a picture, which changes without a change in the entry's file. */
function pictureDigests(library: Library, entry: Entry): string[] {
	const files = [...entry.body.pictures];
	if (entry.kind === 'person' && entry.data.photo) {
		files.push(posix.join(posix.dirname(entry.file), entry.data.photo.src));
	}
	return files.map((file) => {
		try {
			return digestOf(readFileSync(join(library.contentDir, file)));
		} catch {
			return 'missing';
		}
	});
}

/** How long an entry may still be trusted; undefined for kinds nobody reviews. */
export function freshnessOf(library: Library, entry: Entry): Freshness | undefined {
	if (!('reviewed' in entry.data) || entry.data.reviewed === undefined) return undefined;
	const known = freshness.get(library) ?? new WeakMap<Entry, Freshness>();
	freshness.set(library, known);
	let own = known.get(entry);
	if (!own) {
		own = judge(library.today, entry.kind, entry.data.reviewed, entry.data.reviewEvery);
		known.set(entry, own);
	}
	return own;
}

// Every page that names an entry says how fresh it is.
const freshness = new WeakMap<Library, WeakMap<Entry, Freshness>>();

function judge(
	today: Day,
	kind: Entry['kind'],
	reviewed: Day,
	reviewEvery: number | undefined,
): Freshness {
	const months = reviewEvery ?? (kind === 'checklist' ? 6 : 12);
	const due = addMonths(reviewed, months);
	const state = due < today ? 'overdue' : addDays(due, -7) <= today ? 'soon' : 'fresh';
	return { state, reviewed, due };
}

/** Every entry that the page of an entry names, by reference; those this site has. */
function referencesOf(library: Library, entry: Entry): Record<string, NamedEntry> {
	const named: Record<string, NamedEntry> = {};
	for (const ref of namedBy(entry)) {
		const target = find(library, ref);
		const shown = reference(library, ref);
		if (!target || !shown) continue;
		named[ref] = {
			...shown,
			...(target.kind === 'term' && termFacts(target)),
			...('effort' in target.data && { effort: target.data.effort }),
			freshness: stateOf(library, target),
		};
	}
	return named;
}

/** What a note shows of a term. The door has taken the firm's own rule from what the public may know. */
function termFacts({ data }: EntryOf<'term'>): Pick<NamedEntry, 'short' | 'general' | 'ours'> {
	return {
		short: data.short,
		general: data.general,
		...(data.local && { ours: data.ours ?? null }),
	};
}

/** For lists that staff read. */
function stateOf(library: Library, entry: Entry | undefined): Freshness['state'] | undefined {
	return entry && library.audience === 'staff' ? freshnessOf(library, entry)?.state : undefined;
}

/** The state of a promo on a day: derived, never typed. */
export function promoState(
	{ today, settings }: Pick<Library, 'today' | 'settings'>,
	promo: { starts: Day; ends: Day; briefed?: unknown },
): { phase: 'coming' | 'live' | 'ended'; isUnbriefed: boolean; isUrgent: boolean } {
	const phase = promo.ends < today ? 'ended' : promo.starts <= today ? 'live' : 'coming';
	const isUnbriefed = phase !== 'ended' && !promo.briefed;
	return {
		phase,
		isUnbriefed,
		isUrgent: isUnbriefed && addDays(promo.starts, -settings.promoNoticeDays) <= today,
	};
}

export interface View<E extends Entry = Entry> {
	entry: E;
	/** What links, terms and fields of this entry lead to. A reference not in here is plain text. */
	references: Record<string, NamedEntry>;
	author:
		| {
				name: string;
				role: string;
				path: string | undefined;
				/** For staff only. */
				email: string | undefined;
		  }
		| undefined;
	/** What to read next: chosen by the editor first, then by shared terms and topic. */
	related: NamedEntry[];
	/** Who names this entry, and as what. */
	uses: Use[];
	/** For staff only. */
	freshness: Freshness | undefined;
	replacedBy: Reference | undefined;
	/** Minutes to read the body. */
	minutes: number;
	/** Digest of everything above, the settings and the day. */
	key: string;
}

export interface NamedEntry extends Reference {
	/** A term's meaning here. */
	short?: string;
	/** A term's everyday sense. */
	general?: string | undefined;
	/** The firm's own rule for a term that has one; null where it is not agreed yet. For staff only. */
	ours?: string | null;
	/** Minutes it takes to do. */
	effort?: number;
	/** For staff only. */
	freshness?: Freshness['state'] | undefined;
}

export interface Freshness {
	/** `soon`: the review is due within seven days. */
	state: 'fresh' | 'soon' | 'overdue';
	reviewed: Day;
	due: Day;
}
