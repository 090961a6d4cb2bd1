import type { ListedBroadcast } from './provider.ts';

/**
 * A broadcast's name carries what the protocol must find again after a crash:
 * `tandem:017#1 3f9a2c1b77de`, and with a mark where it is held: `tandem:017#1! 3f9a2c1b77de`.
 */
export function broadcastName(facts: NameFacts): string {
	const mark = facts.isHeld ? '!' : '';
	return `${facts.site}:${facts.issue}#${facts.attempt}${mark} ${facts.hash12}`;
}

/** Reads a name; undefined for a name that is not ours, which is then ignored. */
export function parseName(name: string): NameFacts | undefined {
	const match =
		/^(?<site>[a-z0-9-]{1,24}):(?<issue>\d{3,4}(?:c\d)?)#(?<attempt>\d{1,2})(?<mark>!)? (?<hash>[0-9a-f]{12})$/.exec(
			name,
		);
	const found = match?.groups;
	if (!found?.['site'] || !found['issue'] || !found['hash']) return undefined;
	return {
		site: found['site'],
		issue: found['issue'],
		attempt: Number(found['attempt']),
		isHeld: found['mark'] === '!',
		hash12: found['hash'],
	};
}

/**
 * What may be done with a broadcast, by its state and name.
 * @param now - the provider's clock
 */
export function classOf(broadcast: ListedBroadcast, now: Date): BroadcastClass {
	if (!parseTimestamp(broadcast.createdAt)) return 'unknown';
	const isHeld = parseName(broadcast.name)?.isHeld === true;
	switch (broadcast.status) {
		case 'draft':
			// Older documentation shows a scheduled broadcast as a draft until its time.
			if (hasFuture(broadcast.scheduledAt, now)) return 'reserved';
			return isHeld ? 'held' : 'draft';
		case 'scheduled':
			return 'reserved';
		case 'queued':
		case 'sent':
			return 'sent';
		case 'canceled':
			return 'burnt';
		default:
			return 'unknown';
	}
}

/**
 * Orders broadcasts by age, oldest first. The provider writes up to microseconds, so the fraction
 * is compared as digits; equal times fall back to the id.
 */
export function byAge(a: ListedBroadcast, b: ListedBroadcast): number {
	const left = parseTimestamp(a.createdAt);
	const right = parseTimestamp(b.createdAt);
	return (
		(left?.seconds ?? 0) - (right?.seconds ?? 0) ||
		(left?.micros ?? 0) - (right?.micros ?? 0) ||
		(a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
	);
}

/**
 * Reads the provider's timestamps: `2025-10-17 16:47:19.18697+00` as well as ISO 8601.
 * Undefined for anything else.
 */
export function parseTimestamp(text: string): Timestamp | undefined {
	const match =
		/^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:\.(\d+))?(Z|[+-]\d{2}(?::?\d{2})?)$/.exec(text);
	if (!match) return undefined;
	const [, day = '', time = '', fraction = '', zone = ''] = match;
	const offset =
		zone === 'Z' ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(3).replace(':', '') || '00'}`;
	const whole = Date.parse(`${day}T${time}${offset}`);
	if (Number.isNaN(whole)) return undefined;
	const micros = Number(fraction.slice(0, 6).padEnd(6, '0'));
	return {
		seconds: whole / 1000,
		micros,
		date: new Date(whole + Math.floor(micros / 1000)),
	};
}

function hasFuture(scheduledAt: string | undefined, now: Date): boolean {
	if (scheduledAt === undefined) return false;
	const at = parseTimestamp(scheduledAt);
	// A time nobody can read may lie ahead: the careful answer is that it does.
	return at === undefined || at.date > now;
}

export interface NameFacts {
	site: string;
	issue: string;
	/** 1 for the first send; higher after a hold with changed content. */
	attempt: number;
	/** True where a person put a stop to it. */
	isHeld: boolean;
	/** First 12 hex digits of the payload hash. */
	hash12: string;
}

export interface Timestamp {
	/** Whole seconds since 1970. */
	seconds: number;
	/** The fraction of the second, in millionths. */
	micros: number;
	/** The same instant, cut to milliseconds. */
	date: Date;
}

/**
 * - `draft`: may be edited and sent
 * - `held`: a draft a person put a stop to
 * - `reserved`: goes out at its time
 * - `sent`: on its way, or out
 * - `burnt`: stopped in the middle; some people have it
 * - `unknown`: a state this program does not know
 */
export type BroadcastClass = 'draft' | 'held' | 'reserved' | 'sent' | 'burnt' | 'unknown';
