import type { IssueName } from './choice.ts';
import type { LedgerReading } from './ledger.ts';
import type { Receipt } from './receipt.ts';

/**
 * What the ledger holds about one issue: its receipts by attempt, and what could not be read and may
 * be about it.
 */
export function receiptsOf(readings: readonly LedgerReading[], want: IssueName): IssueReceipts {
	const receipts = readings
		.flatMap((reading) => (reading.kind === 'receipt' ? [reading.receipt] : []))
		.filter(({ site, issue }) => site === want.site && issue === want.issue)
		.toSorted((a, b) => a.attempt - b.attempt);
	const unreadable = readings
		.flatMap((reading) =>
			reading.kind === 'unreadable' || reading.kind === 'failed' ? [reading] : [],
		)
		.filter(({ file }) => isAbout(file, want.issue));
	return { receipts, last: receipts.at(-1), unreadable };
}

/** The newest receipt of every issue of a newsletter, by planned time. */
export function standingReceipts(readings: readonly LedgerReading[], site: string): Receipt[] {
	const newest = new Map<string, Receipt>();
	for (const reading of readings) {
		if (reading.kind !== 'receipt' || reading.receipt.site !== site) continue;
		const { receipt } = reading;
		const before = newest.get(receipt.issue);
		if (!before || before.attempt < receipt.attempt) newest.set(receipt.issue, receipt);
	}
	return [...newest.values()].toSorted((a, b) => a.planned.utc.localeCompare(b.planned.utc));
}

/** True for a file of receipts, readable or not, that may be about an issue. */
export function isAbout(file: string, issue: string): boolean {
	const name = file.split('/').at(-1) ?? file;
	// A folder that cannot be read may hold a receipt of any issue.
	return name.startsWith(`${issue}-`) || !name.includes('.receipt');
}

export interface IssueReceipts {
	/** By attempt. */
	receipts: Receipt[];
	/** The one that stands. */
	last: Receipt | undefined;
	unreadable: { file: string; reason: string }[];
}
