import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { Day } from '#/day.ts';
import { readDocument } from '#/library/document.ts';
import type { Entry, EntryOf } from '#/library/entry.ts';
import type { ReceiptReading } from '#/library/receipts.ts';
import type { Problem } from '#/problem.ts';
import type { Settings } from '#/settings.ts';

/**
 * A finding about a field of an entry, with the place of that field in its file. In a draft an
 * error becomes a warning.
 * @param path - the field, `['sections', 0, 'items', 2, 'link']`; a missing field has its parent's place
 */
export function finding(
	shelf: Pick<EntryFacts, 'contentDir'>,
	entry: Entry,
	path: readonly PropertyKey[],
	found: Found,
): Problem {
	const place = locate(shelf.contentDir, entry.file, path);
	return leveled(entry, {
		...place,
		field: path.map(String).join('.'),
		...found,
		file: entry.file,
	});
}

/** A finding about a place in an entry's body; a line alone is its first column. */
export function bodyFinding(entry: Entry, line: number, found: Found, column = 1): Problem {
	return leveled(entry, { line, column, field: 'body', ...found, file: entry.file });
}

/** True for an entry that is still being written; its errors are warnings. */
export function isDraft(entry: Entry): boolean {
	return 'status' in entry.data && entry.data.status === 'draft';
}

function leveled(entry: Entry, problem: Problem): Problem {
	return isDraft(entry) && problem.level === 'error' ? { ...problem, level: 'warn' } : problem;
}

/** Places are looked up only for findings: a clean run reads no file twice. */
function locate(
	contentDir: string,
	file: string,
	path: readonly PropertyKey[],
): { line: number; column: number } {
	const source = readFileSync(join(contentDir, file), 'utf8');
	return readDocument(source, extname(file) === '.yaml' ? 'yaml' : 'mdx').placeOf(path);
}

/** What a rule on single entries may look at: little, since several threads apply them. */
export interface EntryFacts {
	/** Absolute path of the content folder. */
	contentDir: string;
	settings: Settings;
	today: Day;
	/** The glossary. */
	terms: readonly EntryOf<'term'>[];
}

/** What a rule on all entries may look at. */
export interface ShelfFacts extends EntryFacts {
	now: Date;
	entries: readonly Entry[];
	/** References of entries whose own fields do not hold: who names one is not to blame. */
	unread: ReadonlySet<string>;
	receipts: ReceiptReading;
}

export type Found = Pick<Problem, 'rule' | 'level' | 'message' | 'fix'>;
