/**
 * Sends an issue once. "Once" rests on three facts: a broadcast leaves `draft` only once, so its id
 * is the thing to hold on to; the receipt, written once and before the send, holds the one id that
 * counts; and sending is a reservation some minutes ahead, which can be read back and taken back.
 * After any crash the same command goes on where the last one stopped.
 */
import type { Problem } from '#/problem.ts';
import { attemptOf, reopen } from './attempt.ts';
import { countReaders, findAudience } from './audience.ts';
import type { AudienceNames } from './audience.ts';
import { shortHash } from './canonical.ts';
import { choose, listAll, refuseStrays, rowsOf, scan, wantedName } from './choice.ts';
import type { Choice, Listing, Scan, Wanted } from './choice.ts';
import { createDraft, updateDraft } from './draft.ts';
import type { DraftPorts } from './draft.ts';
import type { GuardFacts, GuardPorts, Typed } from './guards/facts.ts';
import { runGuards } from './guards/guards.ts';
import { refuseSameWeek } from './guards/week.ts';
import type { Ledger } from './ledger.ts';
import { payloadHash, payloadOf } from './message.ts';
import type { AudienceIds, Message } from './message.ts';
import type { Receipt } from './receipt.ts';
import { reserve, verify } from './reserve.ts';
import type { Reservation, Standing } from './reserve.ts';
import { isoSeconds } from './schedule.ts';
import type { Planned } from './schedule.ts';
import { refuseOtherPlan, standingReceipt } from './standing-receipt.ts';
import { Stop } from './stop.ts';
import type { StopKind } from './stop.ts';
import { stoppedBy } from './stopped.ts';
import type { Stopped } from './stopped.ts';

/**
 * Takes an issue from wherever it stands to "scheduled", or says why it does not go there.
 * Safe to call again at any time, and by two people at once.
 */
export async function sendIssue(job: SendJob, ports: SendPorts): Promise<SendOutcome> {
	const trace: Trace = { draft: undefined, isReserving: false };
	try {
		return await run(await prepare(job, ports), ports, trace);
	} catch (error) {
		if (!(error instanceof Stop)) throw error;
		return stoppedBy(error, stateOf(trace, error.kind));
	}
}

async function run(sending: Sending, ports: SendPorts, trace: Trace): Promise<SendOutcome> {
	const { job, want, reservation, last } = sending;
	const listing = await listAll(ports.provider);
	const first = rowsOf(want, listing);
	ports.tell('scan', `${first.rows.length} at the provider for this issue`);

	const known = standingReceipt(await ports.ledger.read(want.issue, want.attempt), sending);
	if (known) {
		ports.tell('receipt', `names broadcast ${known.broadcast}`);
		trace.draft = known.broadcast;
		refuseStrays(first, known.broadcast);
		const standing = await verify(known.broadcast, reservation, ports);
		if (standing.kind !== 'draft') return already(known.broadcast, standing);
		refuseOtherPlan(known, job.planned);
	}
	if (!known && !last) refuseSkipping(first, want);
	const choice = known || last ? undefined : choose(first, want);
	if (last) refuseStrays(first, last.broadcast);
	const out = choice ? outOf(choice) : isOut(first, last, want);

	let readers: number;
	if (out) {
		readers = await countReaders(sending.ids.segmentId, ports.provider);
	} else {
		({ readers } = await runGuards(factsOf(sending, listing), ports));
		ports.tell('preflight', `passed; up to ${readers} readers`);
	}

	let chosen = known;
	if (!chosen) {
		const candidate = out ?? (await candidateOf(choice, first, sending, ports, trace));
		chosen = await writeReceipt(candidate, readers, first.now, sending, ports);
		if (!out) {
			// Of two senders of two issues of one week, both may have passed the guards by now.
			const receipts = await ports.ledger.list();
			await refuseSameWeek({ ...factsOf(sending, listing), receipts }, ports);
		}
	}
	// From here on only the id in the receipt counts, whoever wrote it.
	trace.draft = chosen.broadcast;
	const standing = await verify(chosen.broadcast, reservation, ports);
	if (standing.kind !== 'draft') return already(chosen.broadcast, standing);
	ports.tell('verify', 'the draft holds exactly what was compiled');

	trace.isReserving = true;
	const reserved = await reserve(chosen.broadcast, reservation, standing.now, ports);
	if (reserved.kind === 'sent') return already(chosen.broadcast, reserved);
	ports.tell('reserve', `scheduled for ${isoSeconds(reserved.at)}`);
	return { kind: 'scheduled', broadcast: chosen.broadcast, at: reserved.at, readers };
}

async function prepare(job: SendJob, ports: SendPorts): Promise<Sending> {
	const { site, issue } = job.message;
	const receipts = await ports.ledger.list();
	const { attempt, last } = attemptOf(issue, job.attempt, receipts);
	const ids = await idsOf(job, ports);
	ports.tell('audience', `segment "${job.audience.segment}", topic "${job.audience.topic}"`);
	const payload = payloadOf(job.message, ids);
	const hash = payloadHash(payload);
	const want: Wanted = { site, issue, attempt, hash12: shortHash(hash) };
	const reservation: Reservation = {
		issue,
		draft: { name: wantedName(want), ...payload },
		planned: new Date(job.planned.utc),
		undoMinutes: job.undoMinutes,
		attempt,
		isLate: job.typed.late !== undefined,
	};
	return { job, ids, hash, want, reservation, last, receipts };
}

function factsOf({ job, reservation, receipts }: Sending, listing: Listing): GuardFacts {
	const { name: _name, ...payload } = reservation.draft;
	return {
		site: job.message.site,
		issue: job.message.issue,
		payload,
		contentHash: job.message.contentHash,
		planned: job.planned,
		tz: job.tz,
		undoMinutes: job.undoMinutes,
		problems: job.problems,
		audience: job.audience,
		audienceCap: job.audienceCap,
		headersSeen: job.headersSeen,
		listing,
		receipts,
		page: job.page,
		typed: job.typed,
	};
}

/** Ids that the settings give are confirmed by a guard; names without ids are looked up. */
async function idsOf({ audience }: SendJob, { provider }: SendPorts): Promise<AudienceIds> {
	const { segmentId, topicId } = audience;
	if (segmentId !== undefined && topicId !== undefined) return { segmentId, topicId };
	return findAudience(audience, provider);
}

/** A second attempt without any receipt goes on with what was held before there was one. */
function refuseSkipping({ rows }: Scan, { issue, attempt }: Wanted): void {
	if (attempt === 1 || rows.some(({ facts }) => facts.attempt <= attempt)) return;
	throw new Stop(
		'attempt',
		`Attempt ${attempt} of issue ${issue} would be its first.`,
		'Leave --attempt out: it was never sent.',
	);
}

/** The id of what is out or reserved already, which no guard has a say about. */
function outOf(choice: Choice): string | undefined {
	return choice.kind === 'sent' || choice.kind === 'reserved' ? choice.broadcast.id : undefined;
}

/** The same for a later attempt: its receipt was lost after it had gone on its way. */
function isOut(first: Scan, last: Receipt | undefined, want: Wanted): string | undefined {
	const row = first.rows.find(({ broadcast }) => broadcast.id === last?.broadcast);
	const isAway = row?.class === 'sent' || row?.class === 'reserved';
	return isAway && row.broadcast.name === wantedName(want) ? row.broadcast.id : undefined;
}

/** The broadcast to write a receipt for: the last attempt's, one that is there, or a new one. */
async function candidateOf(
	choice: Choice | undefined,
	first: Scan,
	sending: Sending,
	ports: SendPorts,
	trace: Trace,
): Promise<string> {
	const { last, want, reservation } = sending;
	if (last) {
		trace.draft = last.broadcast;
		const reopened = await reopen(last, want, reservation.draft, ports);
		if (reopened !== undefined) return reopened;
		ports.tell('attempt', `${last.broadcast} is gone; a new one takes its place`);
	}
	return settle(choice ?? choose(first, want), sending, ports, trace);
}

/** Creates or adopts the draft, lets the list settle, and returns the candidate for the receipt. */
async function settle(
	choice: Choice,
	sending: Sending,
	ports: SendPorts,
	trace: Trace,
): Promise<string> {
	const { want, reservation } = sending;
	const { draft } = reservation;
	let created: string | undefined;
	if (choice.kind === 'create') {
		const made = await createDraft(draft, want, ports);
		if (made.kind === 'created') created = made.id;
		trace.draft = made.kind === 'created' ? made.id : made.broadcast.id;
		ports.tell('draft', made.kind === 'created' ? `created ${made.id}` : `found ${trace.draft}`);
	} else {
		trace.draft = choice.broadcast.id;
		ports.tell('draft', `adopted ${trace.draft}`);
	}

	ports.tell('settle', 'looking again, so that two senders choose the same draft');
	await ports.pause('settle');
	const settled = choose(await scan(want, ports.provider), want);
	if (settled.kind === 'create') {
		// The list lags behind: what was just made is all there is.
		if (created !== undefined) return created;
		throw new Stop(
			'draft-vanished',
			'The draft was listed and then was not.',
			'Run the same command again in a few minutes.',
		);
	}
	const { broadcast } = settled;
	trace.draft = broadcast.id;
	if (settled.kind === 'adopt' && broadcast.name !== draft.name) {
		// Another run may have written its choice by now; its draft is not ours to change.
		standingReceipt(await ports.ledger.read(want.issue, want.attempt), sending);
		ports.tell('draft', `${broadcast.id} holds an earlier version; updating it`);
		await updateDraft(broadcast.id, draft, ports);
	}
	return broadcast.id;
}

/** Writes the choice down, and returns what stands: another sender may have been first. */
async function writeReceipt(
	broadcast: string,
	readers: number,
	now: Date,
	sending: Sending,
	ports: SendPorts,
): Promise<Receipt> {
	const { job, ids, want } = sending;
	const reading = await ports.ledger.write({
		v: 1,
		site: want.site,
		issue: want.issue,
		attempt: want.attempt,
		broadcast,
		payloadHash: sending.hash,
		contentHash: job.message.contentHash,
		planned: job.planned,
		// What is found to be out already had readers, whatever the count says today.
		audience: { segment: ids.segmentId, topic: ids.topicId, upTo: Math.max(1, readers) },
		chosenAt: isoSeconds(now),
		runner: job.runner,
		tool: job.tool,
	});
	const receipt = standingReceipt(reading, sending);
	if (!receipt) throw new Error('A ledger that has written holds a receipt.');
	refuseOtherPlan(receipt, job.planned);
	ports.tell('receipt', `${receipt.broadcast} is the one broadcast of this issue`);
	return receipt;
}

function already(broadcast: string, standing: Standing): SendOutcome {
	switch (standing.kind) {
		case 'sent':
			return { kind: 'already-sent', broadcast, at: standing.at };
		case 'reserved':
			return { kind: 'already-scheduled', broadcast, at: standing.at };
		case 'draft':
			throw new Error('A draft is neither sent nor scheduled.');
	}
}

/** What state things are in when the protocol stops. */
function stateOf({ draft, isReserving }: Trace, reason: StopKind): string {
	if (draft === undefined) return 'Nothing was sent.';
	// A refusal is only believed once the broadcast was read back as a draft.
	const isSettled = reason === 'refused' || reason === 'provider-refused';
	if (isReserving && !isSettled) {
		return `Broadcast ${draft} was being scheduled; it may or may not be. Nothing goes out twice.`;
	}
	return `Nothing was sent by this command. The broadcast of this issue is ${draft}.`;
}

/** What is to be sent. */
export interface SendJob {
	message: Message;
	/** What the lint found in the message. */
	problems: readonly Problem[];
	planned: Planned;
	undoMinutes: number;
	/** Names, and the ids that the settings give for them. */
	audience: AudienceNames & { [K in keyof AudienceIds]?: string | undefined };
	/** 2 and more after a hold; undefined goes on with the attempt that stands. */
	attempt: number | undefined;
	/** Version of this machine's zone database. */
	tz: string;
	/** Absolute addresses on the public site, as readers know them. */
	page: { issue: string; feed: string };
	/** Readers at most. */
	audienceCap: number;
	/** The day a person saw the headers of a canary. */
	headersSeen: string | undefined;
	/** What a person typed. */
	typed: Typed;
	/** Who runs it: `person`, or `ci`. */
	runner: string;
	/** `tandem 1.0.0` */
	tool: string;
}

export interface SendPorts extends DraftPorts, GuardPorts {
	ledger: Ledger;
}

export type SendOutcome =
	| { kind: 'scheduled'; broadcast: string; at: Date; readers: number }
	| { kind: 'already-scheduled'; broadcast: string; at: Date }
	| { kind: 'already-sent'; broadcast: string; at: Date | undefined }
	| Stopped;

/** One sending, with everything that follows from its message. */
interface Sending {
	job: SendJob;
	ids: AudienceIds;
	/** Payload hash, 64 hex digits. */
	hash: string;
	want: Wanted;
	reservation: Reservation;
	/** The receipt of the attempt before, if there is one. */
	last: Receipt | undefined;
	/** Every receipt of every issue. */
	receipts: Awaited<ReturnType<Ledger['list']>>;
}

interface Trace {
	/** The broadcast this run created, adopted or was told of. */
	draft: string | undefined;
	/** True from the moment the sending was asked for. */
	isReserving: boolean;
}
