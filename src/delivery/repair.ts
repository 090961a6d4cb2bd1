/**
 * Puts the books right where the provider's facts allow only one answer, and refuses with a reason
 * everywhere else. It writes a lost receipt again, and gives a broadcast that is out its name back.
 * It never schedules, sends, cancels or removes anything.
 */
import { countReaders, findAudience } from './audience.ts';
import type { AudienceNames } from './audience.ts';
import { broadcastName, parseName } from './broadcast.ts';
import { shortHash } from './canonical.ts';
import { scan } from './choice.ts';
import type { Row, Scan } from './choice.ts';
import { countCopies, spanOf } from './counts.ts';
import { differences } from './draft.ts';
import type { Ledger } from './ledger.ts';
import { payloadHash, payloadOf } from './message.ts';
import type { AudienceIds, Message } from './message.ts';
import { readBroadcast, rename } from './reading.ts';
import type { Found, ReadingPorts } from './reading.ts';
import type { Receipt } from './receipt.ts';
import { receiptsOf } from './receipts.ts';
import { isWithinPlan, isoSeconds } from './schedule.ts';
import type { Planned } from './schedule.ts';
import { Stop } from './stop.ts';
import { stoppedBy } from './stopped.ts';
import type { Stopped } from './stopped.ts';

/** Repairs an issue, or says why a person must. Safe to run again. */
export async function repairIssue(job: RepairJob, ports: RepairPorts): Promise<RepairOutcome> {
	try {
		return await run(job, ports);
	} catch (error) {
		if (!(error instanceof Stop)) throw error;
		return stoppedBy(error, 'Nothing was changed by this command.');
	}
}

async function run(job: RepairJob, ports: RepairPorts): Promise<RepairOutcome> {
	const { site, issue } = job.message;
	const { receipts, last, unreadable } = receiptsOf(await ports.ledger.list(), { site, issue });
	const [torn] = unreadable;
	if (torn) throw tornReceipt(torn, issue);
	const found = await scan({ site, issue }, ports.provider);
	const live = found.rows.filter((row) => row.class === 'reserved' || row.class === 'sent');
	const isGone = last && (await readBroadcast(last.broadcast, ports)).kind === 'gone';
	const missing = live.find((row) => isMissing(row, receipts, isGone === true));
	const strays = live.filter(
		(row) => row !== missing && !receipts.some(({ broadcast }) => broadcast === row.broadcast.id),
	);
	if (strays.length > 0) throw straysFirst([...strays, ...(missing ? [missing] : [])], issue);
	if (missing) return readopt(missing, found, job, ports);
	if (!last) {
		const text = 'It has no receipt, and nothing is out or scheduled: there is nothing to repair.';
		return { kind: 'sound', text, next: `npm run newsletter -- send ${issue}` };
	}
	return checkName(last, ports);
}

/**
 * True for what is out or scheduled without the receipt it must have had.
 * @param isGone - the broadcast of the newest receipt is not there any more
 */
function isMissing(row: Row, receipts: readonly Receipt[], isGone: boolean): boolean {
	const { facts, broadcast } = row;
	const newest = receipts.at(-1);
	if (!newest) return true;
	if (receipts.some(({ attempt }) => attempt === facts.attempt)) return false;
	// A later attempt goes by the same broadcast, and by a new one only where the old one is gone.
	return facts.attempt > newest.attempt && (newest.broadcast === broadcast.id || isGone);
}

/** Writes the receipt again that led to a broadcast, from what the provider says of it. */
async function readopt(
	row: Row,
	{ now }: Scan,
	job: RepairJob,
	ports: RepairPorts,
): Promise<RepairOutcome> {
	const { site, issue, contentHash } = job.message;
	const { id } = row.broadcast;
	if (row.facts.isHeld && row.class === 'reserved') {
		throw refused(
			`${id} is scheduled although it is held.`,
			`First run "npm run newsletter -- verify ${issue} --phase reconcile".`,
		);
	}
	const ids = await findAudience(job.audience, ports.provider);
	const payload = payloadOf(job.message, ids);
	const hash = payloadHash(payload);
	if (row.facts.hash12 !== shortHash(hash)) {
		throw refused(
			`${id} is ${row.broadcast.status} with content ${row.facts.hash12}; what is compiled now is ${shortHash(hash)}.`,
			'Put the content and the settings back to what they were when it was sent, and run this again.',
		);
	}
	const reading = await readBroadcast(id, ports);
	if (reading.kind === 'gone' || reading.broadcast.name !== row.broadcast.name) {
		throw refused(`${id} changed while it was looked at.`, 'Run this again in a minute.');
	}
	const wrong = differences(reading.broadcast, { name: row.broadcast.name, ...payload });
	if (reading.class === 'reserved' && wrong.length > 0) {
		throw refused(
			`${id} is scheduled, and differs from what is compiled now: ${wrong.join(', ')}.`,
			`Stop it with "npm run newsletter -- hold ${issue}", then decide.`,
		);
	}
	refuseOtherTime(reading, job);
	const upTo = await readersOf(ids, reading, job, ports);
	const written = await ports.ledger.write({
		v: 1,
		site,
		issue,
		attempt: row.facts.attempt,
		broadcast: id,
		payloadHash: hash,
		contentHash,
		planned: job.planned,
		audience: { segment: ids.segmentId, topic: ids.topicId, upTo },
		chosenAt: isoSeconds(now),
		runner: job.runner,
		tool: job.tool,
	});
	if (written.kind !== 'receipt' || written.receipt.broadcast !== id) {
		throw refused(
			written.kind === 'receipt'
				? `${written.file} appeared, and names ${written.receipt.broadcast}.`
				: `The receipt could not be kept: ${written.reason}`,
			`Run "npm run newsletter -- status ${issue}".`,
		);
	}
	const text = `${written.file} was lost; it is written again, and names ${id}, which is ${reading.broadcast.status}.`;
	return { kind: 'repaired', text, next: `npm run newsletter -- status ${issue}` };
}

/** A receipt's plan tells everybody when the issue went out, so it must fit what the provider says. */
function refuseOtherTime({ at, class: state, broadcast }: Found, job: RepairJob): void {
	const planned = new Date(job.planned.utc);
	if (state !== 'reserved' || !at || isWithinPlan(at, planned, job.undoMinutes)) return;
	throw refused(
		`${broadcast.id} is scheduled for ${isoSeconds(at)}, the issue is planned for ${job.planned.utc}.`,
		'Put sendOn back to what it was, and run this again.',
	);
}

/** Readers at most: those of today, and never fewer than have it. */
async function readersOf(
	ids: AudienceIds,
	{ class: state, broadcast, now }: Found,
	job: RepairJob,
	ports: RepairPorts,
): Promise<number> {
	const readers = await countReaders(ids.segmentId, ports.provider);
	if (state !== 'sent') return Math.max(1, readers);
	const span = spanOf(job.planned.utc, now);
	const { sent } = await countCopies(broadcast.id, span, 'quick', ports.provider);
	return Math.max(1, readers, sent);
}

/** A person may rename what is out; only its name tells later runs which issue it was. */
async function checkName(receipt: Receipt, ports: RepairPorts): Promise<RepairOutcome> {
	const { site, issue, attempt, broadcast: id } = receipt;
	const next = `npm run newsletter -- status ${issue}`;
	const reading = await readBroadcast(id, ports);
	if (reading.kind === 'gone') {
		throw refused(
			`The provider has no broadcast ${id} any more: it was removed.`,
			`To send it by a new one: "npm run newsletter -- send ${issue} --attempt ${attempt + 1}". Make sure first that no reader has it.`,
		);
	}
	const name = broadcastName({
		site,
		issue,
		attempt,
		hash12: shortHash(receipt.payloadHash),
		isHeld: false,
	});
	const is = reading.broadcast.name;
	if (is === name || is === name.replace(' ', '! ')) {
		return { kind: 'sound', text: `The receipt and ${id} agree.`, next };
	}
	const facts = parseName(is);
	if (facts?.site === site && facts.issue === issue) {
		if (reading.class === 'draft' && facts.attempt === attempt + 1) {
			const text = `${id} is a draft of attempt ${facts.attempt}, which has no receipt yet: there is nothing to repair.`;
			return {
				kind: 'sound',
				text,
				next: `npm run newsletter -- send ${issue} --attempt ${facts.attempt}`,
			};
		}
		throw refused(
			`${id} is ${reading.broadcast.status} as "${is}", and the receipt says "${name}".`,
			`Compare both: "npm run newsletter -- status ${issue}". A person must decide.`,
		);
	}
	if (reading.class !== 'sent') {
		throw refused(
			`${id} is ${reading.broadcast.status}, and a person renamed it to "${is}".`,
			`If it may go out, name it "${name}" again in the dashboard of Resend. If not, run "npm run newsletter -- hold ${issue}".`,
		);
	}
	const said = await rename(id, name, ports.provider);
	const after = await readBroadcast(id, ports);
	if (after.kind === 'gone' || after.broadcast.name !== name) {
		throw refused(
			`${id} is out and called "${is}"; it could not be renamed: ${said ?? 'done'}.`,
			`Name it "${name}" in the dashboard of Resend.`,
		);
	}
	return { kind: 'repaired', text: `${id} is out; it has its name "${name}" back.`, next };
}

function tornReceipt({ file, reason }: { file: string; reason: string }, issue: string): Stop {
	return refused(
		`${file} is no valid receipt: ${reason}.`,
		[
			`Take it from git: git log --oneline -- "*/${file}", then git restore --source <commit> -- <path>.`,
			`If it was never committed, move it out of the folder and run "npm run newsletter -- repair ${issue}" again: what is out or scheduled is found by its name.`,
		].join(' '),
	);
}

function straysFirst(strays: readonly Row[], issue: string): Stop {
	const said = strays.map(({ broadcast }) => `${broadcast.id} is ${broadcast.status}`).join(', ');
	return refused(
		`${said}: more than the receipts stand for.`,
		`Run "npm run newsletter -- verify ${issue} --phase reconcile"; without any receipt, cancel all but one in the dashboard of Resend.`,
	);
}

function refused(message: string, hint: string): Stop {
	return new Stop('repair-refused', message, hint);
}

/** The issue as it is compiled now, which must be what was sent. */
export interface RepairJob {
	message: Message;
	planned: Planned;
	undoMinutes: number;
	audience: AudienceNames;
	/** Who runs it: `person`, or `ci`. */
	runner: string;
	/** `tandem 1.0.0` */
	tool: string;
}

export interface RepairPorts extends ReadingPorts {
	ledger: Ledger;
}

export type RepairOutcome = { kind: 'sound' | 'repaired'; text: string; next: string } | Stopped;
