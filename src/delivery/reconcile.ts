/**
 * Brings what the provider holds in line with the receipt, some minutes after a sending was reserved.
 * Whatever is scheduled for the issue and is not the receipt's broadcast, or carries the mark of a
 * hold, is cancelled. This is what makes a run that died, or one that woke up late, harmless.
 */
import { byAge, parseName } from './broadcast.ts';
import { shortHash } from './canonical.ts';
import { scan } from './choice.ts';
import type { IssueName, Row } from './choice.ts';
import type { Ledger } from './ledger.ts';
import { endReservation, readBroadcast, saidBy } from './reading.ts';
import type { Found, Reading, ReadingPorts } from './reading.ts';
import type { Receipt } from './receipt.ts';
import { receiptsOf } from './receipts.ts';
import { isoSeconds } from './schedule.ts';
import { Stop } from './stop.ts';
import { stoppedBy } from './stopped.ts';
import type { Stopped } from './stopped.ts';

/** Cancels strays and enforces holds of one issue. Safe at any time, and to run again. */
export async function reconcileIssue(
	job: IssueName,
	ports: ReconcilePorts,
): Promise<ReconcileOutcome> {
	const deeds: Deed[] = [];
	try {
		return await run(job, deeds, ports);
	} catch (error) {
		if (!(error instanceof Stop)) throw error;
		return stoppedBy(error, stateOf(deeds));
	}
}

async function run(
	job: IssueName,
	deeds: Deed[],
	ports: ReconcilePorts,
): Promise<ReconcileOutcome> {
	const { last, unreadable } = receiptsOf(await ports.ledger.list(), job);
	const { rows } = await scan(job, ports.provider);
	const note = (deed: Deed) => {
		deeds.push(deed);
		ports.tell('reconcile', `${deed.id} ${deed.text}`);
	};
	// A hold counts whatever else is wrong, and so it comes first.
	for (const row of rows.filter(({ facts }) => facts.isHeld)) {
		await enforceHold(row, note, ports);
	}
	const [torn] = unreadable;
	if (torn || !last) {
		alarm(deeds);
		if (torn) throw unreadableReceipt(torn);
		refuseLiveWithoutReceipt(rows, job);
		return { kind: 'reconciled', deeds, standing: { kind: 'none' } };
	}
	const chosen = await readBroadcast(last.broadcast, ports);
	const strays = rows.filter(
		({ broadcast, facts }) => broadcast.id !== last.broadcast && !facts.isHeld,
	);
	refuseNewer(strays, chosen, last);
	for (const row of strays) await removeStray(row, chosen, note, ports);
	const facts = chosen.kind === 'found' ? parseName(chosen.broadcast.name) : undefined;
	if (isReserved(chosen) && facts && facts.hash12 !== shortHash(last.payloadHash)) {
		// It would go out with another content than the receipt stands for; the alarm below says so.
		await endReservation(last.broadcast, ports);
	}
	alarm(deeds);
	return { kind: 'reconciled', deeds, standing: standingOf(chosen, last) };
}

async function enforceHold(row: Row, note: Note, ports: ReconcilePorts): Promise<void> {
	const { id, name } = row.broadcast;
	if (row.class === 'sent') {
		return note({ id, name, did: 'late', text: `is held, and yet ${row.broadcast.status}` });
	}
	if (row.class !== 'reserved') return;
	const { reading, said } = await endReservation(id, ports);
	if (reading.kind === 'found' && isOut(reading)) {
		note({ id, name, did: 'late', text: `is held, and yet ${reading.broadcast.status}` });
	} else if (isReserved(reading)) {
		const text = `is held and still scheduled; to cancel it: ${said ?? 'done'}`;
		note({ id, name, did: 'late', text });
	} else {
		const text = 'was scheduled although it is held; it is cancelled';
		note({ id, name, did: 'cancelled', text });
	}
}

/**
 * A later attempt has a receipt of its own before it is scheduled. Where that is not here, it may be
 * elsewhere, and what it names must not be cancelled.
 */
function refuseNewer(strays: readonly Row[], chosen: Reading, receipt: Receipt): void {
	const isLive = isReserved(chosen) || (chosen.kind === 'found' && isOut(chosen));
	const newer = strays.find(
		(row) =>
			row.facts.attempt > receipt.attempt && (row.class === 'reserved' || row.class === 'sent'),
	);
	if (isLive || !newer) return;
	const { id, name, status } = newer.broadcast;
	throw new Stop(
		'stray',
		`${id} (${name}) is ${status}, but the newest receipt here is that of attempt ${receipt.attempt}.`,
		`Fetch the newest receipts, or run "npm run newsletter -- repair ${receipt.issue}".`,
	);
}

/** What is scheduled beside the receipt's broadcast is cancelled; drafts younger than it are removed. */
async function removeStray(
	row: Row,
	chosen: Reading,
	note: Note,
	ports: ReconcilePorts,
): Promise<void> {
	const { id, name } = row.broadcast;
	// Always read first: the list may be older than what has happened since.
	const { reading, first, said } = await endReservation(id, ports);
	if (reading.kind === 'gone') return;
	if (isOut(reading)) {
		const { status } = reading.broadcast;
		return note({ id, name, did: 'late', text: `is ${status}, and the receipt names another` });
	}
	if (isReserved(reading)) {
		const text = `is scheduled, and the receipt names another; to cancel it: ${said ?? 'done'}`;
		return note({ id, name, did: 'late', text });
	}
	const was = isReserved(first)
		? 'was scheduled beside the one of the receipt; it is cancelled'
		: 'is a draft that nothing uses';
	const did = isReserved(first) ? 'cancelled' : 'left';
	const isYounger = chosen.kind === 'found' && byAge(row.broadcast, chosen.broadcast) > 0;
	if (!isYounger || reading.class !== 'draft') return note({ id, name, did, text: was });
	const refused = saidBy(await ports.provider.removeBroadcast(id));
	const isRemoved = refused === undefined || (await readBroadcast(id, ports)).kind === 'gone';
	if (!isRemoved) {
		return note({ id, name, did, text: `${was}; it could not be removed: ${refused}` });
	}
	note({
		id,
		name,
		did: did === 'left' ? 'removed' : did,
		text: did === 'left' ? 'was a spare draft; it is removed' : `${was} and removed`,
	});
}

/** True where mail is on its way or out, or where nobody can tell. */
function isOut(found: Found): boolean {
	return found.class === 'sent' || found.class === 'burnt' || found.class === 'unknown';
}

function isReserved(reading: Reading): boolean {
	return reading.kind === 'found' && reading.class === 'reserved';
}

/** @throws Stop where mail went out, or goes out, that no receipt stands for */
function alarm(deeds: readonly Deed[]): void {
	const late = deeds.filter(({ did }) => did === 'late');
	if (late.length === 0) return;
	throw new Stop(
		'stray-out',
		late.map(({ id, name, text }) => `${id} (${name}) ${text}.`).join(' '),
		'Look at it in the dashboard of Resend at once. Some readers may get this issue twice, or in spite of a hold.',
	);
}

function refuseLiveWithoutReceipt(rows: readonly Row[], job: IssueName): void {
	const live = rows.filter(
		(row) => row.class === 'sent' || (row.class === 'reserved' && !row.facts.isHeld),
	);
	const [first] = live;
	if (!first) return;
	throw new Stop(
		'stray',
		`${live.map(({ broadcast }) => `${broadcast.id} is ${broadcast.status}`).join(', ')}, but issue ${job.issue} has no receipt here.`,
		`Fetch the newest receipts, or run "npm run newsletter -- repair ${job.issue}".`,
	);
}

/**
 * What the receipt's own broadcast is.
 * @throws Stop where it goes out as something else, or before its time
 */
function standingOf(chosen: Reading, receipt: Receipt): Standing {
	const id = receipt.broadcast;
	if (chosen.kind === 'gone') return { kind: 'gone', broadcast: id };
	const { name, status } = chosen.broadcast;
	const { at } = chosen;
	if (chosen.class !== 'reserved') return { kind: 'there', broadcast: id, status, name, at };
	if (parseName(name)?.hash12 !== shortHash(receipt.payloadHash)) {
		throw new Stop(
			'edited',
			`${id} is scheduled as "${name}", but the receipt is for ${shortHash(receipt.payloadHash)}.`,
			`Stop it with "npm run newsletter -- hold ${receipt.issue}", then decide.`,
		);
	}
	if (at && at < new Date(receipt.planned.utc)) {
		throw new Stop(
			'other-time',
			`${id} is scheduled for ${isoSeconds(at)}, the receipt plans ${receipt.planned.utc}.`,
			`Stop it with "npm run newsletter -- hold ${receipt.issue}", then decide.`,
		);
	}
	return { kind: 'there', broadcast: id, status: 'scheduled', name, at };
}

function unreadableReceipt({ file, reason }: { file: string; reason: string }): Stop {
	return new Stop(
		'receipt-unreadable',
		`${file} is no valid receipt: ${reason}.`,
		'Restore it from git. Without it nobody knows which broadcast is the one.',
	);
}

function stateOf(deeds: readonly Deed[]): string {
	const done = deeds.filter(({ did }) => did !== 'late');
	if (done.length === 0) return 'Nothing was changed by this command.';
	return done.map(({ id, text }) => `${id} ${text}.`).join(' ');
}

export interface ReconcilePorts extends ReadingPorts {
	ledger: Pick<Ledger, 'list'>;
}

export type ReconcileOutcome = { kind: 'reconciled'; deeds: Deed[]; standing: Standing } | Stopped;

/** What was done about one broadcast. `late`: nothing could be done any more. */
interface Deed {
	id: string;
	name: string;
	did: 'cancelled' | 'removed' | 'left' | 'late';
	text: string;
}

/** The receipt's broadcast. */
export type Standing =
	| { kind: 'none' }
	| { kind: 'gone'; broadcast: string }
	| { kind: 'there'; broadcast: string; status: string; name: string; at: Date | undefined };

type Note = (deed: Deed) => void;
