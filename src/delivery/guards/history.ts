/**
 * What is known of the other issues: what the receipts say, and what the account lists. A receipt
 * names its broadcast by id, so a broadcast that a person renamed is still known; a broadcast
 * without a receipt is known by its name; what went to our readers under any other name is a
 * mail nobody here can explain, and is kept too.
 */
import { classOf, parseName } from '#/delivery/broadcast.ts';
import type { BroadcastClass } from '#/delivery/broadcast.ts';
import type { ListedBroadcast } from '#/delivery/provider.ts';
import type { Receipt } from '#/delivery/receipt.ts';
import { Stop } from '#/delivery/stop.ts';
import type { GuardFacts } from './facts.ts';

/** Everything but this issue: an entry for each newest receipt, and for each broadcast without one. */
export function otherIssues(facts: HistoryFacts): OtherIssue[] {
	const receipts = receiptsOf(facts);
	const issueById = new Map(receipts.map((receipt) => [receipt.broadcast, receipt.issue]));
	const listedById = new Map(facts.listing.broadcasts.map((row) => [row.id, row]));
	const entry = (issue: string | undefined, receipt?: Receipt, row?: ListedBroadcast) => ({
		issue,
		receipt,
		row,
		class: row && classOf(row, facts.listing.now),
	});

	const newest = new Map<string, Receipt>();
	for (const receipt of receipts.toSorted((a, b) => a.attempt - b.attempt)) {
		if (receipt.issue !== facts.issue) newest.set(receipt.issue, receipt);
	}
	const known = new Set([...newest.values()].map(({ broadcast }) => broadcast));
	const withReceipt = [...newest.values()].map((receipt) =>
		entry(receipt.issue, receipt, listedById.get(receipt.broadcast)),
	);
	const without = facts.listing.broadcasts.flatMap((row) => {
		if (known.has(row.id)) return [];
		const name = parseName(row.name);
		const issue = issueById.get(row.id) ?? (name?.site === facts.site ? name.issue : undefined);
		if (issue === facts.issue) return [];
		if (issue !== undefined) return [entry(issue, undefined, row)];
		const isForOurReaders = row.segmentId === facts.payload.segmentId;
		return name || isCanary(row.name) || !isForOurReaders ? [] : [entry(undefined, undefined, row)];
	});
	return [...withReceipt, ...without];
}

/** Every receipt that can be read. */
export function receiptsOf({ receipts }: Pick<GuardFacts, 'receipts'>): Receipt[] {
	return receipts.flatMap((reading) => (reading.kind === 'receipt' ? [reading.receipt] : []));
}

/** Stops where any receipt cannot be read: it could be the one that speaks against sending. */
export function refuseUnreadableReceipts({ receipts }: GuardFacts): void {
	for (const reading of receipts) {
		switch (reading.kind) {
			case 'receipt':
				break;
			case 'unreadable':
				throw new Stop(
					'receipt-unreadable',
					`${reading.file} is no valid receipt: ${reading.reason}.`,
					'Restore it from git. Do not delete it: it says which broadcast is the one.',
				);
			case 'failed':
				throw new Stop(
					'receipt-not-kept',
					`The receipts could not be read: ${reading.reason}`,
					'Without them nothing is sent. Make the folder readable, and run it again.',
				);
		}
	}
}

/** True for the name of a canary, which goes to editors only: `tandem-canary:017 3f9a2c1b77de`. */
function isCanary(name: string): boolean {
	return /^[a-z0-9-]+-canary:/.test(name);
}

export type HistoryFacts = Pick<GuardFacts, 'site' | 'issue' | 'payload' | 'listing' | 'receipts'>;

export interface OtherIssue {
	/** Undefined for a broadcast to our readers that nothing here explains. */
	issue: string | undefined;
	/** Of its newest attempt. */
	receipt: Receipt | undefined;
	/** Its broadcast, where the account lists it. */
	row: ListedBroadcast | undefined;
	class: BroadcastClass | undefined;
}
