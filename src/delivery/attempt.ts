/**
 * A second attempt, and every later one. A receipt's content never changes, so what a person stopped
 * and edited is sent under a receipt of its own, but by the same broadcast: an issue has one live id
 * at any time, and a run of an earlier attempt that wakes up finds another name and stops.
 */
import { parseName } from './broadcast.ts';
import { held, wantedName } from './choice.ts';
import type { Wanted } from './choice.ts';
import { updateDraft } from './draft.ts';
import type { DraftPorts } from './draft.ts';
import type { LedgerReading } from './ledger.ts';
import type { BroadcastDraft } from './provider.ts';
import type { Receipt } from './receipt.ts';
import { isAbout } from './receipts.ts';
import { readBroadcast } from './reading.ts';
import { unusable } from './standing-receipt.ts';
import { Stop } from './stop.ts';
import { halfSent, strangeState } from './stopped.ts';

/**
 * Which attempt a command is about, and the receipt of the one before it.
 * @param asked - as typed; undefined means the one that stands
 * @param readings - every receipt of every issue
 * @throws Stop where an attempt would be skipped or repeated, or a receipt of the issue cannot be read
 */
export function attemptOf(
	issue: string,
	asked: number | undefined,
	readings: readonly LedgerReading[],
): { attempt: number; last: Receipt | undefined } {
	const receipts = readings.flatMap((reading) => {
		if (reading.kind === 'receipt') return reading.receipt.issue === issue ? [reading.receipt] : [];
		if (reading.kind !== 'none' && isAbout(reading.file, issue)) throw unusable(reading);
		return [];
	});
	const byAttempt = new Map(receipts.map((receipt) => [receipt.attempt, receipt]));
	const newest = Math.max(0, ...byAttempt.keys());
	const attempt = asked ?? Math.max(1, newest);
	if (attempt < newest) {
		throw new Stop(
			'attempt',
			`Issue ${issue} is at attempt ${newest}; attempt ${attempt} is over.`,
			'Leave --attempt out to go on with the one that stands.',
		);
	}
	if (attempt > Math.max(newest + 1, 2)) {
		throw new Stop(
			'attempt',
			`Attempt ${attempt} of issue ${issue} would follow attempt ${newest}.`,
			newest === 0
				? 'Leave --attempt out: it was never sent.'
				: `Ask for attempt ${newest + 1}, after "npm run newsletter -- hold ${issue}".`,
		);
	}
	return { attempt, last: byAttempt.get(attempt - 1) };
}

/**
 * Brings the broadcast of the last attempt up to this one.
 * @returns its id, or undefined where the provider has none of that id any more
 * @throws Stop where it is out, was not held, or is held at this very attempt
 */
export async function reopen(
	last: Receipt,
	want: Wanted,
	draft: BroadcastDraft,
	ports: DraftPorts,
): Promise<string | undefined> {
	const id = last.broadcast;
	const found = await readBroadcast(id, ports);
	if (found.kind === 'gone') return undefined;
	const { name, status } = found.broadcast;
	const facts = parseName(name);
	const isOurs = facts?.site === want.site && facts.issue === want.issue;
	const isWanted = name === wantedName(want);
	switch (found.class) {
		case 'draft':
			if (isOurs && facts.attempt === want.attempt) break;
			throw notHeld(id, want.issue, 'is a draft that no one held');
		case 'held':
			if (!isOurs || facts.attempt >= want.attempt) throw held(id, name);
			break;
		case 'reserved':
			if (isWanted) return id;
			throw notHeld(id, want.issue, 'is scheduled');
		case 'sent':
			if (isWanted) return id;
			throw new Stop(
				'sent-other',
				`Broadcast ${id} (${name}) is already out.`,
				'What is out stays out. Write a correction issue.',
			);
		case 'burnt':
			throw halfSent(`Broadcast ${id}`);
		case 'unknown':
			throw strangeState(`Broadcast ${id}`, status);
	}
	await updateDraft(id, draft, ports);
	ports.tell('attempt', `${id} now holds attempt ${want.attempt}`);
	return id;
}

function notHeld(id: string, issue: string, what: string): Stop {
	return new Stop(
		'not-held',
		`Broadcast ${id} ${what}: an earlier run could still send it.`,
		`Stop it first: "npm run newsletter -- hold ${issue}".`,
	);
}
