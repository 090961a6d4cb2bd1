import { classOf, parseName, parseTimestamp } from './broadcast.ts';
import { held } from './choice.ts';
import { differences } from './draft.ts';
import type { DraftPorts } from './draft.ts';
import type { BroadcastDraft, FullBroadcast } from './provider.ts';
import { isTooLate, isWithinPlan, isoSeconds, sendTime } from './schedule.ts';
import { Stop, readValue, refusal } from './stop.ts';
import { halfSent, strangeState } from './stopped.ts';

/**
 * Reads the chosen broadcast and says where it stands. A draft must hold exactly this content.
 * @throws Stop where it is gone, held, edited, or in a state that allows nothing
 */
export async function verify(id: string, want: Reservation, ports: DraftPorts): Promise<Standing> {
	let standing = await look(id, want.draft, ports);
	if (standing.kind === 'gone' || standing.kind === 'edited') {
		// A read may lag behind a write by some seconds.
		await ports.pause('settle');
		standing = await look(id, want.draft, ports);
	}
	switch (standing.kind) {
		case 'gone':
			throw new Stop(
				'gone',
				`The receipt names broadcast ${id}, and the provider has none of that id.`,
				`Where it was deleted on purpose, and did not go out: "npm run newsletter -- send ${want.issue} --attempt ${want.attempt + 1}".`,
			);
		case 'edited':
			throw new Stop(
				'edited',
				`Broadcast ${id} is not what was compiled: ${standing.fields.join(', ')} differ.`,
				'It was edited at the provider. Undo that there, or change the content file instead.',
			);
		case 'reserved':
			if (isWithinPlan(standing.at, want.planned, want.undoMinutes)) return standing;
			if (want.isLate && standing.at >= want.planned) return standing;
			throw new Stop(
				'other-time',
				`Broadcast ${id} is scheduled for ${isoSeconds(standing.at)}, the issue is planned for ${isoSeconds(want.planned)}.`,
				`Put sendOn back, or stop it with "npm run newsletter -- hold ${want.issue}".`,
			);
		case 'draft':
		case 'sent':
			return standing;
	}
}

/**
 * Reserves the sending, and reads back that it is reserved. This is the only step that leads to mail.
 * @throws Stop with what is known where it could not be reserved
 */
export async function reserve(
	id: string,
	want: Reservation,
	now: Date,
	ports: DraftPorts,
): Promise<Extract<Standing, { kind: 'reserved' | 'sent' }>> {
	let clock = now;
	for (let again = 0; again <= 2; again++) {
		if (!want.isLate) refuseTooLate(want, clock);
		// The time is worked out here, and never earlier: a time in the past could send at once.
		const at = sendTime(want.planned, clock, want.undoMinutes);
		const outcome = await ports.provider.sendBroadcast(id, at);
		if (outcome.kind === 'unknown') {
			ports.tell('reserve', 'the answer was lost; looking whether it is scheduled');
			await ports.pause('read-back');
		}
		let standing = await afterSend(id, want, ports);
		if (standing.kind === 'draft') {
			// A read may be some seconds behind what was just written: nothing is asked for twice on
			// the word of one.
			await ports.pause('settle');
			standing = await afterSend(id, want, ports);
		}
		if (standing.kind !== 'draft') return standing;
		if (outcome.kind === 'refused') throw refusal(outcome, `schedule broadcast ${id}`);
		clock = standing.now;
		await ports.pause('read-back');
	}
	throw new Stop(
		'schedule-unclear',
		`Broadcast ${id} was to be scheduled three times and still shows as a draft.`,
		'Run the same command again in a few minutes.',
	);
}

/** Stops where the planned time has passed by more than six hours, by the provider's clock. */
function refuseTooLate(facts: Reservation, now: Date): void {
	if (!isTooLate(facts.planned, now, facts.undoMinutes)) return;
	throw new Stop(
		'too-late',
		`Issue ${facts.issue} was planned for ${isoSeconds(facts.planned)}; at ${isoSeconds(now)} that is over 6 hours ago.`,
		'Give the issue a sendOn that is still to come.',
	);
}

/** Reading back after the write: what cannot be read now is unclear, for the write may stand. */
async function afterSend(id: string, want: Reservation, ports: DraftPorts): Promise<Standing> {
	let standing: Standing;
	try {
		standing = await verify(id, want, ports);
	} catch (error) {
		if (
			error instanceof Stop &&
			(error.kind === 'temporary' || error.kind === 'provider-refused')
		) {
			throw new Stop(
				'schedule-unclear',
				`It is not known whether broadcast ${id} is scheduled. ${error.message}`,
				`Run "npm run newsletter -- status ${want.issue}" in a minute.`,
				{ cause: error },
			);
		}
		// What was reserved is not what was approved: another run has put its own text into it.
		const isOther = error instanceof Stop && error.code === 'edited';
		if (error instanceof HeldStop || isOther) await cancel(id, ports);
		throw error;
	}
	return standing;
}

async function look(id: string, draft: BroadcastDraft, ports: DraftPorts): Promise<Look> {
	const outcome = await ports.provider.getBroadcast(id);
	if (outcome.kind === 'refused' && outcome.status === 404) return { kind: 'gone' };
	const found = readValue(outcome, `read broadcast ${id}`);
	const now = outcome.kind === 'ok' ? outcome.at : undefined;
	if (now === undefined) {
		throw new Stop('no-clock', 'The provider did not say what time it is.', 'Run it again.');
	}
	return standingOf(found, draft, now);
}

function standingOf(found: FullBroadcast, draft: BroadcastDraft, now: Date): Look {
	const facts = parseName(found.name);
	const state = classOf(found, now);
	if (facts?.isHeld && (state === 'held' || state === 'reserved')) {
		throw new HeldStop(held(found.id, found.name));
	}
	const at = found.scheduledAt === undefined ? undefined : parseTimestamp(found.scheduledAt)?.date;
	const fields = differences(found, draft);
	switch (state) {
		case 'draft':
		case 'held':
			return fields.length === 0 ? { kind: 'draft', now } : { kind: 'edited', fields };
		case 'reserved':
			if (fields.length > 0 || !at) return { kind: 'edited', fields: at ? fields : ['time'] };
			return { kind: 'reserved', at, now };
		case 'sent': {
			// People may rename what is out, and a hold may have come too late and marked it; a name of
			// ours with another hash is another content.
			const wanted = parseName(draft.name);
			const isOther = facts?.hash12 !== wanted?.hash12 || facts?.attempt !== wanted?.attempt;
			if (facts && isOther) return { kind: 'edited', fields };
			const sentAt = found.sentAt === undefined ? undefined : parseTimestamp(found.sentAt)?.date;
			return { kind: 'sent', at: sentAt ?? at, now };
		}
		case 'burnt':
			throw halfSent(`Broadcast ${found.id}`);
		case 'unknown':
			throw strangeState(`Broadcast ${found.id}`, found.status);
	}
}

/** A hold came in while the sending was being reserved. */
async function cancel(id: string, ports: DraftPorts): Promise<void> {
	for (let again = 0; again <= 2; again++) {
		await ports.provider.cancelBroadcast(id);
		const read = await ports.provider.getBroadcast(id);
		if (read.kind === 'ok') {
			const found = classOf(read.value, read.at ?? new Date(0));
			if (found === 'held' || found === 'draft') return;
			if (found === 'sent' || found === 'burnt') break;
		}
		await ports.pause('read-back');
	}
	throw new Stop(
		'hold-late',
		`Broadcast ${id} was held, but could not be cancelled.`,
		'Cancel it in the dashboard of Resend at once.',
	);
}

/** A stop because of the mark of a hold. */
class HeldStop extends Stop {
	constructor({ message, hint }: Stop) {
		super('held', message, hint);
	}
}

/** What is to be reserved. */
export interface Reservation {
	issue: string;
	planned: Date;
	undoMinutes: number;
	draft: BroadcastDraft;
	attempt: number;
	/** True where a person has said that it may go out long after its plan. */
	isLate: boolean;
}

/** Where a broadcast stands, and the provider's clock when it was read. */
export type Standing =
	| { kind: 'draft'; now: Date }
	| { kind: 'reserved'; at: Date; now: Date }
	| { kind: 'sent'; at: Date | undefined; now: Date };

type Look = Standing | { kind: 'gone' } | { kind: 'edited'; fields: string[] };
