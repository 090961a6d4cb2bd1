import { classOf } from './broadcast.ts';
import { shortHash } from './canonical.ts';
import { rowsOf } from './choice.ts';
import type { IssueName, Listing, Row } from './choice.ts';
import type { LedgerReading } from './ledger.ts';
import type { Receipt } from './receipt.ts';

/**
 * What is certain about an issue: its state, the facts behind it, and the one safe next step. It
 * judges by the receipt and by what the provider lists; nothing is compiled.
 */
export function statusOf(want: IssueName, reading: LedgerReading, listing: Listing): Status {
	const { rows } = rowsOf(want, listing);
	const facts = rows.map(
		({ broadcast }) => `broadcast ${broadcast.id} is ${broadcast.status}: ${broadcast.name}`,
	);
	const conflict = (fact: string): Status => ({
		state: 'conflict',
		facts: [...facts, fact],
		next: nextOf('conflict', want.issue, 1),
	});
	switch (reading.kind) {
		case 'failed':
		case 'unreadable':
			return conflict(`${reading.file} is no valid receipt: ${reading.reason}`);
		case 'none': {
			const live = rows.filter((row) => row.class === 'reserved' || row.class === 'sent');
			if (live.length > 1) return conflict('more than one of them is out or scheduled');
			const oldest = live[0] ?? rows.find((row) => row.class === 'draft') ?? rows[0];
			return oldest
				? byClass(oldest, facts, false)
				: { state: 'new', facts, next: nextOf('new', want.issue, 1) };
		}
		case 'receipt':
			return withReceipt(reading.receipt, rows, listing, facts, conflict);
	}
}

function withReceipt(
	receipt: Receipt,
	rows: Row[],
	listing: Listing,
	facts: string[],
	conflict: (fact: string) => Status,
): Status {
	const named = `the receipt names ${receipt.broadcast}, for ${receipt.planned.utc}`;
	const stray = rows.find(
		(row) =>
			row.broadcast.id !== receipt.broadcast && (row.class === 'reserved' || row.class === 'sent'),
	);
	if (stray) return conflict(`${named}, but ${stray.broadcast.id} is ${stray.broadcast.status}`);
	const row = rows.find(({ broadcast }) => broadcast.id === receipt.broadcast);
	if (!row) {
		const renamed = listing.broadcasts.find(({ id }) => id === receipt.broadcast);
		if (!renamed)
			return {
				state: 'lost',
				facts: [...facts, named],
				next: nextOf('lost', receipt.issue, receipt.attempt),
			};
		const fact = `${named}, which is ${renamed.status} and was renamed "${renamed.name}"`;
		if (classOf(renamed, listing.now) !== 'sent') return conflict(fact);
		return {
			state: 'sent',
			facts: [...facts, fact],
			next: nextOf('sent', receipt.issue, receipt.attempt),
		};
	}
	if (row.facts.hash12 !== shortHash(receipt.payloadHash)) {
		return conflict(`${named} with content ${shortHash(receipt.payloadHash)}`);
	}
	return byClass(row, [...facts, named], true);
}

function byClass(row: Row, facts: string[], hasReceipt: boolean): Status {
	const state = stateOf(row, hasReceipt);
	return { state, facts, next: nextOf(state, row.facts.issue, row.facts.attempt) };
}

function stateOf(row: Row, hasReceipt: boolean): State {
	switch (row.class) {
		case 'draft':
			return hasReceipt ? 'chosen' : 'draft';
		case 'held':
			return 'held';
		case 'reserved':
			return row.facts.isHeld ? 'conflict' : 'reserved';
		case 'sent':
			return row.broadcast.status === 'queued' ? 'sending' : 'sent';
		case 'burnt':
			return 'burnt';
		case 'unknown':
			return 'conflict';
	}
}

/** The one safe next step, by state. */
function nextOf(state: State, issue: string, attempt: number): string {
	const run = (command: string) => `"npm run newsletter -- ${command}"`;
	switch (state) {
		case 'new':
			return `Nothing was sent. Look at it with ${run(`plan ${issue}`)}, then ${run(`send ${issue}`)}.`;
		case 'draft':
		case 'chosen':
			return `Nothing was sent. ${run(`send ${issue}`)} goes on with this draft.`;
		case 'reserved':
			return `It goes out at its time. To take it back: ${run(`hold ${issue}`)}.`;
		case 'held':
			return `Nothing goes out. Edited or not, it is sent with ${run(`send ${issue} --attempt ${attempt + 1}`)}.`;
		case 'sending':
			return `It is going out now. See that it arrives: ${run(`verify ${issue}`)}.`;
		case 'sent':
			return `It is out. What became of it: ${run(`report ${issue}`)}.`;
		case 'burnt':
			return `It was stopped while it went out; some readers have it. Write a correction issue, ${issue}c1.`;
		case 'lost':
			return `The provider has no broadcast of the receipt any more. Where it did not go out: ${run(`send ${issue} --attempt ${attempt + 1}`)}.`;
		case 'conflict':
			return 'A person must decide. Compare these facts with the dashboard of Resend.';
	}
}

type State =
	| 'new'
	| 'draft'
	| 'chosen'
	| 'reserved'
	| 'held'
	| 'sending'
	| 'sent'
	| 'burnt'
	| 'lost'
	| 'conflict';

export interface Status {
	state: State;
	/** What is certain, a sentence each. */
	facts: string[];
	/** The one safe next step. */
	next: string;
}
