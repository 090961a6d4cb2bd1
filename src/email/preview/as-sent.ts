/**
 * An issue as its readers will get it, before it is finished. A mail is compiled from a public
 * library, which holds no draft; here the issue and what it carries are taken for finished, and
 * nothing else is.
 */
import { planTime } from '#/delivery/schedule.ts';
import { carriedBy } from '#/library/audience.ts';
import { all } from '#/library/entries.ts';
import type { Library } from '#/library/entries.ts';
import { issueId } from '#/library/entry.ts';
import type { Entry, EntryOf } from '#/library/entry.ts';
import { openShelf } from '#/library/shelf.ts';
import type { Shelf } from '#/library/shelf.ts';
import { formatProblem } from '#/problem.ts';
import { UserError } from '#/user-error.ts';

/**
 * The public library of an issue's send day.
 * @param id - `005`
 * @throws UserError where there is no such issue, or its fields do not hold
 */
export function asSent(shelf: Shelf, id: string, contentDir: string): AsSent {
	const draft = shelf.entries.find((entry) => entry.kind === 'issue' && idOf(entry) === id);
	if (draft?.kind !== 'issue') {
		const findings = shelf.problems.filter(({ file }) => file.startsWith(`issues/${id}-`));
		throw findings.length > 0
			? new UserError(findings.map(formatProblem).join('\n'), 'Correct it, and save.')
			: new UserError(`There is no issue ${id}.`, 'Write one in content/issues.');
	}
	const carried = new Set([draft.ref, ...carriedBy(draft)]);
	const drafts = shelf.entries.filter((entry) => carried.has(entry.ref) && isDraft(entry));
	const entries = shelf.entries.map((entry) => (drafts.includes(entry) ? finished(entry) : entry));
	const { sendTime, timeZone } = shelf.settings;
	const planned = planTime(draft.data.sendOn, sendTime, timeZone, '');
	const now = new Date(planned.utc);
	const { library } = openShelf({ ...shelf, entries }, { contentDir, audience: 'public', now });
	const issue = all(library, 'issue').find(({ ref }) => ref === draft.ref);
	if (!issue) throw new Error(`${draft.file} is not in the library of its own day.`);
	return { library, issue, drafts: drafts.map(({ file }) => file), at: now };
}

/** The ids of every issue of a shelf, newest first, those that cannot be read included. */
export function issueIds(shelf: Shelf): string[] {
	const files = [...shelf.entries, ...shelf.problems].map(({ file }) => file);
	const ids = files.flatMap((file) => /^issues\/(\d{3})-[^/]*\.mdx$/.exec(file)?.[1] ?? []);
	return [...new Set(ids)].toSorted().toReversed();
}

function idOf(entry: EntryOf<'issue'>): string {
	return issueId(entry.data.number);
}

function isDraft(entry: Entry): boolean {
	return 'status' in entry.data && entry.data.status === 'draft';
}

function finished(entry: Entry): Entry {
	// Only the value of a field that is there changes, so that the entry stays of its kind.
	return { ...entry, data: { ...entry.data, status: 'ready' } } as Entry;
}

interface AsSent {
	library: Library;
	issue: EntryOf<'issue'>;
	/** Files of the drafts that were taken for finished; empty where the issue could go out. */
	drafts: string[];
	/** When it is planned for. */
	at: Date;
}
