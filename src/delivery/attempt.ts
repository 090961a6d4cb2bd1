/**
 * A second attempt, and every later one. A receipt's content never changes, so what a person stopped
 * and edited is sent under a receipt of its own, but by the same broadcast: an issue has one live id
 * at any time, and a run of an earlier attempt that wakes up finds another name and stops.
 */
import { classOf, parseName } from './broadcast.ts';
import { held, wantedName } from './choice.ts';
import type { Wanted } from './choice.ts';
import { updateDraft } from './draft.ts';
import type { DraftPorts } from './draft.ts';
import type { LedgerReading } from './ledger.ts';
import type { BroadcastDraft, FullBroadcast } from './provider.ts';
import type { Receipt } from './receipt.ts';
import { Stop, readValue } from './stop.ts';

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
		if (reading.kind !== 'none' && isAbout(reading.file, issue)) throw unreadable(reading);
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
	const found = await find(id, ports);
	if (!found) return undefined;
	const facts = parseName(found.value.name);
	const state = classOf(found.value, found.now);
	const isOurs = facts?.site === want.site && facts.issue === want.issue;
	const isWanted = found.value.name === wantedName(want);
	switch (state) {
		case 'draft':
			if (isOurs && facts.attempt === want.attempt) break;
			throw notHeld(id, want.issue, 'is a draft that no one held');
		case 'held':
			if (!isOurs || facts.attempt >= want.attempt) throw held(id, found.value.name);
			break;
		case 'reserved':
			if (isWanted) return id;
			throw notHeld(id, want.issue, 'is scheduled');
		case 'sent':
			if (isWanted) return id;
			throw new Stop(
				'sent-other',
				`Broadcast ${id} (${found.value.name}) is already out.`,
				'What is out stays out. Write a correction issue.',
			);
		case 'burnt':
			throw new Stop(
				'burnt',
				`Broadcast ${id} was stopped while it went out: some readers have it.`,
				'It cannot be sent again. Write a correction issue.',
			);
		case 'unknown':
			throw new Stop(
				'state-unknown',
				`Broadcast ${id} is "${found.value.status}", a state this program does not know.`,
				'Look at it in the dashboard of Resend, and decide there.',
			);
	}
	await updateDraft(id, draft, ports);
	ports.tell('attempt', `${id} now holds attempt ${want.attempt}`);
	return id;
}

/** A read may lag behind a write: what is gone is looked for twice. */
async function find(
	id: string,
	ports: DraftPorts,
): Promise<{ value: FullBroadcast; now: Date } | undefined> {
	for (let again = 0; again <= 1; again++) {
		const outcome = await ports.provider.getBroadcast(id);
		const isGone = outcome.kind === 'refused' && outcome.status === 404;
		if (!isGone) {
			const value = readValue(outcome, `read broadcast ${id}`);
			const now = outcome.kind === 'ok' ? outcome.at : undefined;
			if (now) return { value, now };
			throw new Stop('no-clock', 'The provider did not say what time it is.', 'Run it again.');
		}
		await ports.pause('read-back');
	}
	return undefined;
}

function notHeld(id: string, issue: string, what: string): Stop {
	return new Stop(
		'not-held',
		`Broadcast ${id} ${what}: an earlier run could still send it.`,
		`Stop it first: "npm run newsletter -- hold ${issue}".`,
	);
}

function isAbout(file: string, issue: string): boolean {
	const name = file.split('/').at(-1) ?? file;
	// A folder that cannot be read may hold a receipt of any issue.
	return name.startsWith(`${issue}-`) || !name.includes('.receipt');
}

function unreadable(reading: Exclude<LedgerReading, { kind: 'none' | 'receipt' }>): Stop {
	return reading.kind === 'failed'
		? new Stop(
				'receipt-not-kept',
				`The receipts could not be read: ${reading.reason}`,
				'Without them nothing is sent. Make the folder readable, and run it again.',
			)
		: new Stop(
				'receipt-unreadable',
				`${reading.file} is no valid receipt: ${reading.reason}.`,
				'Restore it from git. Do not delete it: it says which broadcast is the one.',
			);
}
