/**
 * A canary: an issue as a real broadcast, to a segment that holds nobody but editors. It is the one
 * way to see what readers will get, with the headers that only a broadcast carries. Its name is that
 * of another site, so that it never counts as the issue.
 */
import { countReaders, findAudience } from './audience.ts';
import type { AudienceNames } from './audience.ts';
import { byAge, classOf } from './broadcast.ts';
import { shortHash } from './canonical.ts';
import { listAll } from './choice.ts';
import { payloadHash, payloadOf } from './message.ts';
import type { Message } from './message.ts';
import type { ListedBroadcast } from './provider.ts';
import { readBroadcast, saidBy } from './reading.ts';
import type { Found, ReadingPorts } from './reading.ts';
import { Stop, refusal } from './stop.ts';
import { stoppedBy } from './stopped.ts';
import type { Stopped } from './stopped.ts';

/** The name of the canary of a payload. */
export function canaryName(site: string, issue: string, payloadHash64: string): string {
	return `${site}-canary:${issue} ${shortHash(payloadHash64)}`;
}

/**
 * Sends the canary of an issue a minute from now. One that is out or on its way is not sent again:
 * the same payload has one canary, whoever asks.
 */
export async function sendCanary(job: CanaryJob, ports: ReadingPorts): Promise<CanaryOutcome> {
	const trace: Trace = { id: undefined };
	try {
		return await run(job, ports, trace);
	} catch (error) {
		if (!(error instanceof Stop)) throw error;
		return stoppedBy(error, stateOf(trace, error));
	}
}

async function run(job: CanaryJob, ports: ReadingPorts, trace: Trace): Promise<CanaryOutcome> {
	const { message, canarySegment, audience } = job;
	const readers = await findAudience(audience, ports.provider);
	const editors = await findAudience({ ...audience, segment: canarySegment }, ports.provider);
	const count = await countReaders(editors.segmentId, ports.provider);
	refuseCrowd(count, editors.segmentId === readers.segmentId, job);

	// Named after what readers will get: only the segment differs.
	const name = canaryName(message.site, message.issue, payloadHash(payloadOf(message, readers)));
	const draft = { name, ...payloadOf(message, editors) };
	const known = await standing(name, ports);
	if (known && known.class !== 'draft') return already(known);
	let id = known?.broadcast.id;
	if (id === undefined) {
		const made = await ports.provider.createBroadcast(draft);
		if (made.kind === 'refused') throw refusal(made, 'create the canary');
		if (made.kind === 'unknown') await ports.pause('settle');
		id = made.kind === 'ok' ? made.value.id : (await standing(name, ports))?.broadcast.id;
		if (id === undefined) throw unclear('created', message.issue);
	} else {
		// A draft that was left behind may hold anything under this name.
		const updated = await ports.provider.updateBroadcast(id, draft);
		if (updated.kind === 'refused') throw refusal(updated, `update the canary ${id}`);
		if (updated.kind === 'unknown') throw unclear('updated', message.issue);
	}
	trace.id = id;
	ports.tell('canary', `${id} is a draft for up to ${count} editors`);
	return schedule(id, count, job, ports);
}

async function schedule(
	id: string,
	editors: number,
	job: CanaryJob,
	ports: ReadingPorts,
): Promise<CanaryOutcome> {
	for (let again = 0; again <= 2; again++) {
		const before = await readBroadcast(id, ports);
		if (before.kind === 'gone') throw unclear('scheduled', job.message.issue);
		if (before.class !== 'draft') return already(before);
		const at = new Date(before.now.getTime() + leadMs);
		const outcome = await ports.provider.sendBroadcast(id, at);
		if (saidBy(outcome) !== undefined) await ports.pause('read-back');
		const after = await readBroadcast(id, ports);
		if (after.kind === 'found' && after.class !== 'draft') {
			if (after.class !== 'reserved' && after.class !== 'sent') return already(after);
			return { kind: 'scheduled', broadcast: id, at: after.at ?? at, editors };
		}
		if (outcome.kind === 'refused') throw refusal(outcome, `schedule the canary ${id}`);
		// A read may lag behind; nothing is asked for twice before it has had time.
		await ports.pause('settle');
	}
	throw unclear('scheduled', job.message.issue);
}

/** The oldest broadcast of this name, if there is one, as a read shows it. */
async function standing(name: string, ports: ReadingPorts): Promise<Found | undefined> {
	const { broadcasts, now } = await listAll(ports.provider);
	const rank = (one: ListedBroadcast) => (classOf(one, now) === 'draft' ? 1 : 0);
	const [first] = broadcasts
		.filter((one) => one.name === name)
		.toSorted((a, b) => rank(a) - rank(b) || byAge(a, b));
	if (!first) return undefined;
	const reading = await readBroadcast(first.id, ports);
	return reading.kind === 'found' ? reading : undefined;
}

function already({ class: state, broadcast, at }: Found): CanaryOutcome {
	const { id, status } = broadcast;
	switch (state) {
		case 'sent':
			return { kind: 'already-sent', broadcast: id };
		case 'reserved':
			return { kind: 'already-scheduled', broadcast: id, at };
		default:
			throw new Stop(
				'state-unknown',
				`The canary ${id} is ${status}.`,
				'Remove or rename it in the dashboard of Resend, then run this again.',
			);
	}
}

/** A canary must not reach readers by a slip in the settings. */
function refuseCrowd(count: number, isReaders: boolean, job: CanaryJob): void {
	if (isReaders) {
		throw new Stop(
			'audience-cap',
			`The canary segment "${job.canarySegment}" is the segment of the readers.`,
			'Give delivery.canarySegment in settings.yaml a segment of its own.',
		);
	}
	if (count > mostEditors) {
		throw new Stop(
			'audience-cap',
			`The canary segment "${job.canarySegment}" holds ${count} people; a canary goes to at most ${mostEditors}.`,
			'Keep nobody but editors in it.',
		);
	}
	if (count === 0) {
		throw new Stop(
			'nobody',
			`The canary segment "${job.canarySegment}" holds nobody who may be mailed.`,
			'Add yourself to it in the dashboard of Resend, opted in to the topic.',
		);
	}
}

function unclear(what: string, issue: string): Stop {
	return new Stop(
		'test-unclear',
		`It is not known whether the canary was ${what}.`,
		`Run "npm run newsletter -- test ${issue} --canary" again in a minute: it goes on with the one that is there.`,
	);
}

function stateOf({ id }: Trace, { kind }: Stop): string {
	if (id === undefined) return 'No reader got it.';
	return kind === 'unclear' || kind === 'temporary'
		? `The canary ${id} may or may not go out, to editors only. No reader got it.`
		: `The canary ${id} was not scheduled. No reader got it.`;
}

/** Long enough to be a reservation like any other, short enough to wait for. */
const leadMs = 60_000;

const mostEditors = 50;

export interface CanaryJob {
	message: Message;
	/** The readers' segment and topic. */
	audience: AudienceNames;
	/** Name of the editors' segment. */
	canarySegment: string;
}

export type CanaryOutcome =
	| { kind: 'scheduled'; broadcast: string; at: Date; editors: number }
	| { kind: 'already-scheduled'; broadcast: string; at: Date | undefined }
	| { kind: 'already-sent'; broadcast: string }
	| Stopped;

interface Trace {
	/** The canary, once there is one. */
	id: string | undefined;
}
