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
		next: 'A person must decide. Compare these facts with the dashboard of Resend.',
	});
	switch (reading.kind) {
		case 'failed':
		case 'unreadable':
			return conflict(`${reading.file} is no valid receipt: ${reading.reason}`);
		case 'none': {
			const live = rows.filter((row) => row.class === 'reserved' || row.class === 'sent');
			if (live.length > 1) return conflict('more than one of them is out or scheduled');
			const oldest = live[0] ?? rows.find((row) => row.class === 'draft') ?? rows[0];
			return oldest ? byClass(oldest, facts, false) : { state: 'new', facts, next: nexts.new };
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
		if (!renamed) return { state: 'lost', facts: [...facts, named], next: nexts.lost };
		const fact = `${named}, which is ${renamed.status} and was renamed "${renamed.name}"`;
		if (classOf(renamed, listing.now) !== 'sent') return conflict(fact);
		return { state: 'sent', facts: [...facts, fact], next: nexts.sent };
	}
	if (row.facts.hash12 !== shortHash(receipt.payloadHash)) {
		return conflict(`${named} with content ${shortHash(receipt.payloadHash)}`);
	}
	return byClass(row, [...facts, named], true);
}

function byClass(row: Row, facts: string[], hasReceipt: boolean): Status {
	const state = stateOf(row, hasReceipt);
	return { state, facts, next: nexts[state] };
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

const nexts = {
	new: 'Nothing was sent. Look at it with "plan", then "send".',
	draft: 'Nothing was sent. "send" goes on with this draft.',
	chosen: 'Nothing was sent. "send" goes on with this draft.',
	reserved: 'It goes out at its time. To take it back, cancel it in the dashboard of Resend.',
	held: 'Nothing goes out. Remove the "!" from its name in the dashboard if it may go out after all.',
	sending: 'It is going out now. Look again in a minute.',
	sent: 'It is out. Nothing is left to do.',
	burnt: 'It was stopped while it went out; some readers have it. Write a correction issue.',
	lost: 'The provider does not list the broadcast of the receipt. Look for it in the dashboard of Resend.',
	conflict: 'A person must decide. Compare these facts with the dashboard of Resend.',
} as const satisfies Record<string, string>;

type State = keyof typeof nexts;

export interface Status {
	state: State;
	/** What is certain, a sentence each. */
	facts: string[];
	/** The one safe next step. */
	next: string;
}
