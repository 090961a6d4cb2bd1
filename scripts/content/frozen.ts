import { admit } from '#/library/audience.ts';
import { openLibrary } from '#/library/entries.ts';
import type { EntryOf } from '#/library/entry.ts';
import type { Shelf } from '#/library/shelf.ts';
import { compileIssue } from '#/email/compile.ts';
import type { Problem } from '#/problem.ts';
import { UserError } from '#/user-error.ts';

/**
 * What a reader got is frozen: the words of each sent issue must still be those of its receipt, or
 * of its newest dated correction.
 * @returns one problem for each issue whose words changed, with the entry to paste
 */
export function checkFrozen(shelf: Shelf, at: { contentDir: string; now: Date }): Problem[] {
	return shelf.entries.flatMap((entry) => {
		if (entry.kind !== 'issue') return [];
		const receipt = shelf.receipts.receipts.get(entry.slug.slice(0, 3));
		// A sent issue that is a draft is reported as such, and has nothing to compare.
		if (!receipt || entry.data.status === 'draft') return [];
		const here = {
			file: entry.file,
			line: 1,
			column: 1,
			rule: 'issue/frozen',
			level: 'error' as const,
		};
		let hash: string;
		try {
			hash = contentHashOf(shelf, entry, at.contentDir);
		} catch (cause) {
			if (!(cause instanceof UserError)) throw cause;
			const message = `cannot be compared with what was sent: ${cause.message}`;
			return [{ ...here, message, fix: cause.hint ?? 'Correct that first.' }];
		}
		const wanted = entry.data.corrected.at(-1)?.hash.replace('sha256:', '') ?? receipt.contentHash;
		if (hash === wanted) return [];
		const today = at.now.toISOString().slice(0, 10);
		return [
			{
				...here,
				message: 'changed after sending.',
				fix: `Undo, or add: corrected: [{on: ${today}, note: "...", hash: "sha256:${hash}"}]`,
			},
		];
	});
}

/** The content hash an issue has today, compiled as of its send day. */
function contentHashOf(shelf: Shelf, issue: EntryOf<'issue'>, contentDir: string): string {
	const today = issue.data.sendOn;
	const { settings } = shelf;
	const entries = admit(shelf.entries, { audience: 'public', today, settings, isPreview: false });
	const library = openLibrary({
		audience: 'public',
		today,
		settings,
		contentDir,
		entries,
		receipts: new Map(),
	});
	const opened = library.byRef.get(issue.ref);
	if (opened?.kind !== 'issue') throw new Error(`${issue.file} is not public on its own send day.`);
	return compileIssue(library, opened).contentHash;
}
