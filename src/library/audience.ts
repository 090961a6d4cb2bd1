/**
 * The door. Who may know what is decided here, once, before any page, feed, index, picture or mail
 * exists: an entry that is not admitted never reaches the store a site is built from.
 */
import type { Day } from '#/day.ts';
import type { Settings } from '#/settings.ts';
import type { Audience } from './entries.ts';
import { isReady } from './entry.ts';
import type { Entry, EntryOf } from './entry.ts';

/**
 * The entries an audience may know on a day, staff-only fields taken out for the public.
 *
 * Staff know every finished or retired entry, and drafts in a preview. The public know ready issues
 * whose day has come, and of the public entries those that such an issue carries (or all, where
 * the settings open the archive). Promos, paths and people not named there stay inside.
 */
export function admit(entries: readonly Entry[], door: Door): Entry[] {
	if (door.audience === 'staff') {
		return entries.filter((entry) => door.isPreview || !isDraft(entry));
	}
	const issues = entries.filter(
		(entry): entry is EntryOf<'issue'> =>
			entry.kind === 'issue' && isReady(entry) && entry.data.sendOn <= door.today,
	);
	const carried = new Set(issues.flatMap(carriedBy));
	const open = door.settings.openArchive;
	const items = entries.filter(
		(entry) =>
			isPublicItem(entry) &&
			!isDraft(entry) &&
			(namesOf(entry).some((ref) => carried.has(ref)) || (open && isReady(entry))),
	);
	const named = new Set([...issues, ...items].map(authorOf));
	const people = entries.filter((entry) => entry.kind === 'person' && named.has(entry.ref));
	return [...issues, ...items, ...people].map(redact);
}

/** The references an issue carries to the public site: its tip, its terms and its "do this with". */
export function carriedBy(issue: EntryOf<'issue'>): string[] {
	return [issue.data.tip, ...issue.data.terms, ...issue.data.also];
}

/** The references that lead to an entry: its own, and those of its earlier file names. */
function namesOf(entry: Entry): string[] {
	const was = 'was' in entry.data ? entry.data.was : [];
	return [entry.ref, ...was.map((slug) => `${entry.kind}/${slug}`)];
}

function isDraft(entry: Entry): boolean {
	return 'status' in entry.data && entry.data.status === 'draft';
}

function isPublicItem(entry: Entry): boolean {
	return 'audience' in entry.data && entry.data.audience === 'public';
}

function authorOf(entry: Entry): string | undefined {
	return 'author' in entry.data ? entry.data.author : undefined;
}

/** A copy without what is staff-only even in a public entry. */
function redact(entry: Entry): Entry {
	switch (entry.kind) {
		case 'person': {
			const { email: _email, ...data } = entry.data;
			return { ...entry, data };
		}
		case 'term': {
			const { ours: _rule, reviewed: _day, reviewEvery: _months, ...data } = entry.data;
			return { ...entry, data: { ...data, local: false } };
		}
		case 'questions': {
			const { reviewed: _day, reviewEvery: _months, ...data } = entry.data;
			const items = data.items.map(({ agreed: _rule, ...item }) => item);
			return { ...entry, data: { ...data, items } };
		}
		case 'tip': {
			const { reviewed: _day, reviewEvery: _months, ...data } = entry.data;
			return { ...entry, data };
		}
		case 'checklist': {
			const { reviewed: _day, reviewEvery: _months, ...data } = entry.data;
			return { ...entry, data };
		}
		default:
			return entry;
	}
}

export interface Door {
	audience: Audience;
	/** The build's day in the firm's zone. */
	today: Day;
	settings: Settings;
	/** True shows staff drafts too. The public never see one. */
	isPreview: boolean;
}
