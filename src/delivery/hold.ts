/**
 * Takes an issue back before it goes out. The mark in the name is what holds: it makes every run that
 * is under way stop, and `reconcile` cancels what a dying run reserves afterwards. Only removing the
 * broadcast is absolute: a run that slept through the hold could wake with a time in the past.
 */
import { broadcastName, parseName } from './broadcast.ts';
import { shortHash } from './canonical.ts';
import { scan } from './choice.ts';
import type { IssueName } from './choice.ts';
import type { Ledger } from './ledger.ts';
import { endReservation, readBroadcast, rename, saidBy } from './reading.ts';
import type { Found, Reading, ReadingPorts } from './reading.ts';
import type { Receipt } from './receipt.ts';
import { receiptsOf } from './receipts.ts';
import { isoSeconds } from './schedule.ts';
import { Stop } from './stop.ts';
import { stoppedBy, strangeState } from './stopped.ts';
import type { Stopped } from './stopped.ts';

/**
 * Holds every broadcast of an issue, and proves it: draft, marked, nothing sent. Never cancels what
 * is going out. Safe to run again, and while a sender runs.
 */
export async function holdIssue(job: HoldJob, ports: HoldPorts): Promise<HoldOutcome> {
	const ends = new Map<string, HoldEnd>();
	try {
		return await run(job, ends, ports);
	} catch (error) {
		if (!(error instanceof Stop)) throw error;
		return stoppedBy(error, stateOf([...ends.values()]));
	}
}

async function run(
	job: HoldJob,
	ends: Map<string, HoldEnd>,
	ports: HoldPorts,
): Promise<HoldOutcome> {
	const { receipts, unreadable } = receiptsOf(await ports.ledger.list(), job);
	const doubts = unreadable.map(({ file, reason }) => `${file} could not be read: ${reason}`);
	// Without a receipt a removed draft leaves no trace, and the next run would make a new one.
	const isDelete = job.isDelete && receipts.length > 0;
	if (job.isDelete && !isDelete) {
		ports.tell('hold', 'no receipt names a broadcast yet: what there is is marked, not removed');
	}
	for (let again = 0; again < rounds; again++) {
		const { ids, doubt } = await targets(job, receipts, ports);
		if (doubt !== undefined) doubts.push(doubt);
		const open = ids.filter((id) => !ends.has(id));
		if (open.length === 0 && (again > 0 || ids.length > 0)) break;
		for (const id of open) {
			const receipt = receipts.findLast(({ broadcast }) => broadcast === id);
			const end = await holdOne(id, receipt, { ...job, isDelete }, ports);
			ends.set(id, end);
			ports.tell('hold', sentenceOf(end));
		}
		if (doubt !== undefined) break;
		// A list may lag behind: a draft that was made a moment ago shows up now.
		if (open.length === 0) await ports.pause('settle');
	}
	return conclude(job, [...ends.values()], doubts);
}

/** What to hold, the most urgent first: whatever the list names, and whatever a receipt names. */
async function targets(
	job: HoldJob,
	receipts: readonly Receipt[],
	ports: HoldPorts,
): Promise<{ ids: string[]; doubt: string | undefined }> {
	const chosen = receipts.map(({ broadcast }) => broadcast);
	try {
		const { rows } = await scan(job, ports.provider);
		const urgent = rows.toSorted(
			(a, b) => Number(b.class === 'reserved') - Number(a.class === 'reserved'),
		);
		return {
			ids: [...new Set([...urgent.map(({ broadcast }) => broadcast.id), ...chosen])],
			doubt: undefined,
		};
	} catch (error) {
		if (!mayGoOn(error) || chosen.length === 0) throw error;
		const doubt = `The list could not be read, so only what the receipt names was held: ${error.message}`;
		return { ids: [...new Set(chosen)], doubt };
	}
}

async function holdOne(
	id: string,
	receipt: Receipt | undefined,
	job: HoldJob,
	ports: HoldPorts,
): Promise<HoldEnd> {
	let was: string | undefined;
	let why = 'nobody knows why';
	for (let again = 0; again < rounds; again++) {
		try {
			const step = job.isDelete
				? await removeOnce(id, again, ports)
				: await markOnce(id, receipt, job, ports);
			was ??= wasOf(step.first);
			if (step.end?.kind === 'held' && again > 0) step.end.isAlready = false;
			if (step.end) return { ...step.end, id, was };
			why = step.why;
		} catch (error) {
			if (!mayGoOn(error)) throw error;
			why = error.message;
			await ports.pause('read-back');
		}
	}
	return { kind: 'unclear', id, was: was ?? 'unknown', why };
}

/** Cancel, mark, and look whether both can be seen. */
async function markOnce(
	id: string,
	receipt: Receipt | undefined,
	job: HoldJob,
	ports: HoldPorts,
): Promise<Step> {
	const { reading, first, said } = await endReservation(id, ports);
	const end = endOf(reading);
	if (end) return { first, end };
	const { broadcast, class: state, at } = foundIn(reading);
	if (state === 'reserved') {
		const time = at ? `for ${isoSeconds(at)}` : 'for a time nobody can read';
		return { first, why: `it is still scheduled ${time}; to cancel it: ${said ?? 'done'}` };
	}
	const name = heldName(broadcast.name, receipt, job);
	if (name === undefined) return { first, why: `it was renamed to "${broadcast.name}"` };
	const renamed = broadcast.name === name ? undefined : await rename(id, name, ports.provider);
	// Long enough for a read to show what was written, by this run or by a sender beside it.
	await ports.pause('settle');
	const proof = await readBroadcast(id, ports);
	if (proof.kind === 'found' && proof.class === 'held' && proof.broadcast.name === name) {
		const isAlready = first.kind === 'found' && first.class === 'held';
		return { first, end: { kind: 'held', name, isAlready } };
	}
	const late = endOf(proof);
	if (late) return { first, end: late };
	return { first, why: `the mark cannot be seen; to rename it: ${renamed ?? 'done'}` };
}

/** Remove, and look whether it is gone. */
async function removeOnce(id: string, again: number, ports: HoldPorts): Promise<Step> {
	const before = await readBroadcast(id, ports);
	const end = endOf(before);
	if (end) return { first: before, end };
	let said = saidBy(await ports.provider.removeBroadcast(id));
	if (said !== undefined && again > 0) {
		// Perhaps only a draft may be removed.
		said = (await endReservation(id, ports)).said ?? said;
	}
	const after = await readBroadcast(id, ports);
	if (after.kind === 'gone') return { first: before, end: { kind: 'removed' } };
	return { first: before, why: `it is still there; to remove it: ${said ?? 'done'}` };
}

function wasOf(reading: Reading): string {
	if (reading.kind === 'gone') return 'gone';
	return reading.class === 'reserved' ? 'scheduled' : reading.broadcast.status;
}

/** How it ends for a broadcast that cannot be held. */
function endOf(reading: Reading): EndFacts | undefined {
	if (reading.kind === 'gone') return { kind: 'gone' };
	const { status } = reading.broadcast;
	if (reading.class === 'sent' || reading.class === 'burnt') return { kind: 'late', status };
	return reading.class === 'unknown' ? { kind: 'unknown', status } : undefined;
}

function foundIn(reading: Reading): Found {
	if (reading.kind === 'found') return reading;
	throw new Error('What is gone has ended before.');
}

/** The same name with the mark; that of the receipt where a person gave it another. */
function heldName(
	name: string,
	receipt: Receipt | undefined,
	{ site, issue }: IssueName,
): string | undefined {
	const facts = parseName(name);
	if (facts?.site === site && facts.issue === issue) {
		return broadcastName({ ...facts, isHeld: true });
	}
	if (!receipt) return undefined;
	const hash12 = shortHash(receipt.payloadHash);
	return broadcastName({ site, issue, attempt: receipt.attempt, hash12, isHeld: true });
}

function conclude(job: HoldJob, ends: HoldEnd[], doubts: string[]): HoldOutcome {
	const late = ends.flatMap((end) => (end.kind === 'late' ? [end] : []));
	if (late.length > 0) throw tooLate(late);
	const [unknown] = ends.flatMap((end) => (end.kind === 'unknown' ? [end] : []));
	if (unknown) {
		throw strangeState(`Broadcast ${unknown.id}`, unknown.status);
	}
	const unclear = [...ends.filter(({ kind }) => kind === 'unclear').map(sentenceOf), ...doubts];
	if (unclear.length > 0) {
		throw new Stop(
			'hold-unclear',
			`It is not proven that nothing of issue ${job.issue} goes out. ${unclear.join(' ')}`,
			`Run "npm run newsletter -- hold ${job.issue}" again now, or cancel it in the dashboard of Resend.`,
		);
	}
	const done = ends.flatMap((end) => (end.kind === 'held' || end.kind === 'removed' ? [end] : []));
	if (done.length === 0) {
		const gone = ends.map(({ id }) => id).join(', ');
		throw new Stop(
			'nothing-to-hold',
			gone === ''
				? `The provider has no broadcast of issue ${job.issue}.`
				: `The provider has no broadcast of issue ${job.issue} any more; the receipt names ${gone}.`,
			'If a sender is running just now, wait for it and run this again.',
		);
	}
	return { kind: 'held', broadcasts: done };
}

function tooLate(late: Extract<HoldEnd, { kind: 'late' }>[]): Stop {
	const queued = late.some(({ status }) => status === 'queued');
	return new Stop(
		'hold-late',
		late.map(sentenceOf).join(' '),
		queued
			? 'It was not cancelled: that would leave some readers with it, and burn the issue. If stopping halfway is better than going on, cancel it in the dashboard of Resend.'
			: 'What is out stays out. Write a correction issue if readers must know.',
	);
}

function stateOf(ends: readonly HoldEnd[]): string {
	const held = ends.filter(({ kind }) => kind === 'held' || kind === 'removed');
	if (held.length === 0) return 'Nothing is proven to be held.';
	return held.map(sentenceOf).join(' ');
}

function sentenceOf(end: HoldEnd): string {
	switch (end.kind) {
		case 'held':
			return end.was === 'draft'
				? `${end.id} is a draft, marked; nothing of it was sent.`
				: `${end.id} was ${end.was}; it is a draft again, marked; nothing of it was sent.`;
		case 'removed':
			return `${end.id} was ${end.was}; it is removed; nothing of it was sent.`;
		case 'gone':
			return `${end.id} is not there any more.`;
		case 'late':
			return lateSentence(end.id, end.status);
		case 'unknown':
			return `${end.id} is "${end.status}".`;
		case 'unclear':
			return `${end.id}: ${end.why}.`;
	}
}

function lateSentence(id: string, status: string): string {
	if (status === 'queued') return `Broadcast ${id} is going out at this moment.`;
	if (status === 'canceled') {
		return `Broadcast ${id} was stopped while it went out: some readers have it, and it cannot be sent again.`;
	}
	return `Broadcast ${id} is already out.`;
}

/** A read that failed may be tried again; a person who wants to leave, and a fault of ours, may not. */
function mayGoOn(error: unknown): error is Stop {
	return error instanceof Stop && error.code !== 'interrupted';
}

const rounds = 5;

export interface HoldJob extends IssueName {
	/** True removes the broadcasts instead of marking them. */
	isDelete: boolean;
}

export interface HoldPorts extends ReadingPorts {
	ledger: Pick<Ledger, 'list'>;
}

export type HoldOutcome = { kind: 'held'; broadcasts: HeldBroadcast[] } | Stopped;

/** One broadcast that is certain not to go out; `was` is its state before. */
export type HeldBroadcast = Extract<HoldEnd, { kind: 'held' | 'removed' }>;

type HoldEnd = EndFacts & { id: string; was: string };

type EndFacts =
	/** `isAlready`: it was a draft with the mark before. */
	| { kind: 'held'; name: string; isAlready: boolean }
	| { kind: 'removed' }
	| { kind: 'gone' }
	| { kind: 'late'; status: string }
	| { kind: 'unknown'; status: string }
	| { kind: 'unclear'; why: string };

type Step =
	| { first: Reading; end: EndFacts; why?: never }
	| { first: Reading; end?: never; why: string };
