/**
 * Whether an issue went out when its time came. The provider holds the clock, so this waits for its
 * word, by its clock, and then looks at the numbers.
 */
import { parseName, parseTimestamp } from './broadcast.ts';
import { alarmsOf, countCopies, spanOf } from './counts.ts';
import type { Metrics } from './provider.ts';
import { readBroadcast } from './reading.ts';
import type { Found, ReadingPorts } from './reading.ts';
import type { Receipt } from './receipt.ts';
import { isoSeconds } from './schedule.ts';
import { Stop } from './stop.ts';
import { halfSent, stoppedBy, strangeState } from './stopped.ts';
import type { Stopped } from './stopped.ts';

/**
 * Waits until the broadcast of a receipt is sent: every 60 seconds, for 30 minutes after its time.
 * Before its time, and where a person held it, it says so at once. Writes nothing.
 */
export async function verifySent(receipt: Receipt, ports: VerifyPorts): Promise<VerifyOutcome> {
	try {
		const due = await waitUntilSent(receipt, ports);
		if (due.kind !== 'sent') return due;
		const counts = await settledCounts(receipt, due.at, ports);
		const alarms = alarmsOf(counts, receipt.audience.upTo);
		if (alarms.length === 0) return { kind: 'sent', at: due.at, counts };
		throw new Stop(
			'numbers',
			alarms.join(' '),
			`Run "npm run newsletter -- report ${receipt.issue}", and look at the broadcast in the dashboard of Resend before the next issue.`,
		);
	} catch (error) {
		if (!(error instanceof Stop)) throw error;
		return stoppedBy(
			error,
			error.code === 'numbers'
				? `Broadcast ${receipt.broadcast} is out.`
				: 'Nothing was changed by this command.',
		);
	}
}

/**
 * True where an hourly job should look at a receipt: from the moment it is written until a week after
 * its time.
 */
export function isVerifyDue(receipt: Receipt, now: Date): boolean {
	return now.getTime() - Date.parse(receipt.planned.utc) <= 7 * 24 * 60 * minuteMs;
}

async function waitUntilSent(receipt: Receipt, ports: VerifyPorts): Promise<Due> {
	const planned = new Date(receipt.planned.utc);
	let unanswered: Stop | undefined;
	// The provider's clock ends the waiting; the count ends it too where that clock stands still.
	for (let look = 0; look <= mostLooks; look++) {
		if (look > 0) await ports.wait(minuteMs);
		let found: Found;
		try {
			found = await find(receipt, ports);
			unanswered = undefined;
		} catch (error) {
			if (!(error instanceof Stop) || error.kind !== 'temporary') throw error;
			if (error.code === 'interrupted') throw error;
			unanswered = error;
			continue;
		}
		const due = dueOf(found, receipt);
		if (due) return due;
		const time = found.at && found.at > planned ? found.at : planned;
		ports.tell('verify', `${receipt.broadcast} is ${found.broadcast.status}; waiting`);
		if (found.now.getTime() > time.getTime() + patienceMs) throw notSent(found, time, receipt);
	}
	if (unanswered) {
		throw new Stop(
			'verify-unclear',
			`It is not known whether issue ${receipt.issue} went out. ${unanswered.message}`,
			`Run "npm run newsletter -- verify ${receipt.issue}" again in a few minutes.`,
		);
	}
	throw notSent(undefined, planned, receipt);
}

async function find(receipt: Receipt, ports: VerifyPorts): Promise<Found> {
	const reading = await readBroadcast(receipt.broadcast, ports);
	if (reading.kind === 'found') return reading;
	throw new Stop(
		'gone',
		`The receipt names broadcast ${receipt.broadcast}, and the provider has none of that id.`,
		`Run "npm run newsletter -- status ${receipt.issue}".`,
	);
}

/** How it stands where waiting is over, or has not begun; undefined to look again. */
function dueOf(found: Found, receipt: Receipt): Due | undefined {
	const { broadcast, at, now } = found;
	const planned = new Date(receipt.planned.utc);
	switch (found.class) {
		case 'sent': {
			if (broadcast.status === 'queued') return undefined;
			const sentAt = broadcast.sentAt && parseTimestamp(broadcast.sentAt)?.date;
			return { kind: 'sent', at: sentAt || at || planned };
		}
		case 'reserved':
			// One whose time is not known, or has come, should be out any moment.
			return at && at > now ? { kind: 'early', at, isScheduled: true } : undefined;
		case 'held':
			return { kind: 'held' };
		case 'draft':
			if (planned > now) return { kind: 'early', at: planned, isScheduled: false };
			// A read may lag behind, and show a draft for what has a time.
			if (at) return undefined;
			throw notSent(found, planned, receipt);
		case 'burnt':
			throw halfSent(`Broadcast ${broadcast.id}`, 'not-sent');
		case 'unknown':
			throw strangeState(`Broadcast ${broadcast.id}`, broadcast.status);
	}
}

function notSent(found: Found | undefined, time: Date, receipt: Receipt): Stop {
	const is = found ? `is ${found.broadcast.status}` : 'is still not sent';
	const isDraft = found?.class === 'draft';
	const other = found && parseName(found.broadcast.name) === undefined ? ', and was renamed' : '';
	return new Stop(
		'not-sent',
		`Issue ${receipt.issue} was due at ${isoSeconds(time)}; broadcast ${receipt.broadcast} ${is}${other}.`,
		isDraft
			? `Nobody has it. Run "npm run newsletter -- send ${receipt.issue}" again: it goes on with this draft, or says why not.`
			: 'Look at it in the dashboard of Resend. Do not send it by another way: it may still go out.',
	);
}

/** Counts once they can be believed: they are up to 15 minutes old, so no mail may mean not yet. */
async function settledCounts(receipt: Receipt, sentAt: Date, ports: VerifyPorts): Promise<Metrics> {
	for (let look = 0; ; look++) {
		const { now } = await find(receipt, ports);
		const span = spanOf(receipt.planned.utc, now);
		const counts = await countCopies(receipt.broadcast, span, 'quick', ports.provider);
		const isOld = now.getTime() > sentAt.getTime() + cacheMs || look >= mostLooks;
		if (counts.sent > 0 || isOld) return counts;
		ports.tell('verify', 'sent, but not counted yet; waiting');
		await ports.wait(minuteMs);
	}
}

const minuteMs = 60_000;
const patienceMs = 30 * minuteMs;
const cacheMs = 20 * minuteMs;
const mostLooks = 31;

export interface VerifyPorts extends ReadingPorts {
	wait(milliseconds: number): Promise<void>;
}

export type VerifyOutcome =
	| Exclude<Due, { kind: 'sent' }>
	| { kind: 'sent'; at: Date; counts: Metrics }
	| Stopped;

type Due =
	| { kind: 'sent'; at: Date }
	/** Its time has not come. */
	| { kind: 'early'; at: Date; isScheduled: boolean }
	/** A person put a stop to it: not to be sent. */
	| { kind: 'held' };
