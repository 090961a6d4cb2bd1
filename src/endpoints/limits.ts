/**
 * How many sign-ups are taken from where. Counted in this process only: the one mail for each
 * address and window is the provider's own promise and holds for all of them.
 */
import type { Address } from '#/delivery/address.ts';

/**
 * Opens the counters.
 * @param tell - hears of each cap for everybody that is reached, once in its time
 */
export function openLimits(
	choices: LimitChoices,
	now: () => Date,
	tell: (cap: Cap) => void = () => {},
): Limits {
	const counters = new Map<string, Counter>();
	const mailboxes = new Map<string, { known: Set<string>; until: number }>();

	/** Milliseconds until a counter is free again; undefined while it has room. */
	function spent(name: string, most: number): number | undefined {
		const at = now().getTime();
		const counter = counters.get(name);
		if (!counter || counter.until <= at || counter.count < most) return undefined;
		if (!counter.isTold && isCap(name)) tell(name);
		counter.isTold = true;
		return counter.until - at;
	}

	function full(name: string, most: number, spanMs: number): number | undefined {
		const left = spent(name, most);
		if (left !== undefined) return left;
		const at = now().getTime();
		const counter = counters.get(name);
		if (counter && counter.until > at) {
			counter.count += 1;
			return undefined;
		}
		if (!counter && !hasRoom(counters, choices.entries, at)) return minute;
		counters.set(name, { count: 1, until: at + spanMs, isTold: false });
		return undefined;
	}

	/** Whoever did more for it has a share that the others cannot use up. */
	function fullFor(way: Way): number | undefined {
		const { perHour, perHourSolved, perHourWaited } = choices;
		if (way === 'waited') return full('waited', perHourWaited, hour);
		const left = full('all', perHour, hour);
		return left !== undefined && way === 'solved' ? full('solved', perHourSolved, hour) : left;
	}

	return {
		take(client, address, way) {
			const { puzzle, perClient, perDomainHour, perHour, perDay } = choices;
			const who = blockOf(client);
			const client429 =
				full(`m ${who}`, perClient.minute, minute) ?? full(`h ${who}`, perClient.hour, hour);
			if (client429 !== undefined) return refusal('client', client429);
			// Before a domain is counted: who solves nothing must not use up its share either.
			const isAsked =
				puzzle === 'always' || (puzzle === 'busy' && spent('all', perHour) !== undefined);
			if (way === 'plain' && isAsked) return { kind: 'puzzle' };
			if (!largeProviders.has(address.domain)) {
				const left = full(`d ${address.domain}`, perDomainHour, hour);
				if (left !== undefined) return refusal('domain', left);
			}
			const all =
				fullFor(way) ?? (perDay === undefined ? undefined : full('day', perDay, 24 * hour));
			if (all !== undefined) return refusal('all', all);
			return isOneTooMany(address) ? { kind: 'quiet' } : { kind: 'go' };
		},
	};

	/** Many spellings of one mailbox would each get a mail of their own. */
	function isOneTooMany({ mailbox, text }: Address): boolean {
		const at = now().getTime();
		const spelled = text.toLowerCase();
		const entry = mailboxes.get(mailbox);
		if (entry && entry.until > at) {
			if (entry.known.has(spelled)) return false;
			if (entry.known.size >= choices.perMailbox) return true;
			entry.known.add(spelled);
			return false;
		}
		if (!entry && !hasRoom(mailboxes, choices.entries, at)) return true;
		mailboxes.set(mailbox, { known: new Set([spelled]), until: at + 24 * hour });
		return false;
	}
}

/** An IPv4 address, or the /64 an IPv6 address is in: what one household or machine has. */
function blockOf(client: string | undefined): string {
	const bare = (client ?? '').replace(/^\[|\]$|%.*$/g, '').toLowerCase();
	const mapped = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/.exec(bare)?.[1];
	if (mapped !== undefined) return mapped;
	if (!bare.includes(':')) return bare === '' ? 'unknown' : bare;
	const [start = '', end] = bare.split('::');
	const head = start.split(':').filter((group) => group !== '');
	const tail = (end ?? '').split(':').filter((group) => group !== '');
	const zeros =
		end === undefined ? [] : Array<string>(Math.max(0, 8 - head.length - tail.length)).fill('0');
	const groups = [...head, ...zeros, ...tail].map((group) => group.replace(/^0+(?=.)/, ''));
	return `${groups.slice(0, 4).join(':')}::/64`;
}

/** Makes room by forgetting what has run out. False where nothing has: then nobody is let in. */
function hasRoom(entries: Map<string, { until: number }>, most: number, at: number): boolean {
	if (entries.size < most) return true;
	for (const [name, { until }] of entries) if (until <= at) entries.delete(name);
	return entries.size < most;
}

function refusal(by: 'client' | 'domain' | 'all', ms: number): Verdict {
	return { kind: by === 'all' ? 'closed' : 'wait', seconds: Math.max(1, Math.ceil(ms / 1000)) };
}

function isCap(name: string): name is Cap {
	return caps.some((cap) => cap === name);
}

const minute = 60_000;
const hour = 60 * minute;

const caps = ['all', 'solved', 'waited', 'day'] as const;

/** Mailboxes of everybody: an hour's count would shut out people who have nothing in common. */
const largeProviders: ReadonlySet<string> = new Set([
	'gmail.com',
	'googlemail.com',
	'yahoo.com',
	'yahoo.co.uk',
	'outlook.com',
	'hotmail.com',
	'hotmail.co.uk',
	'live.com',
	'msn.com',
	'icloud.com',
	'me.com',
	'aol.com',
	'gmx.de',
	'gmx.net',
	'web.de',
	'proton.me',
	'protonmail.com',
	'btinternet.com',
]);

export interface Limits {
	/** Counts one sign-up, and says what becomes of it. It asks nobody who is on the list. */
	take(client: string | undefined, address: Address, way: Way): Verdict;
}

/** What somebody did for it: no more than the form, the puzzle, or a minute of waiting. */
export type Way = 'plain' | 'solved' | 'waited';

/** A share of everybody's: all, those who solved, those who waited; and the day's. */
export type Cap = (typeof caps)[number];

type Verdict =
	| { kind: 'go' }
	/** Answered as ever, but without a mail: this mailbox has had its share. */
	| { kind: 'quiet' }
	/** It is taken from those only who solve the puzzle, or wait. */
	| { kind: 'puzzle' }
	/** This client, or this domain, must wait. */
	| { kind: 'wait'; seconds: number }
	/** Nobody is let in for now. */
	| { kind: 'closed'; seconds: number };

export interface LimitChoices {
	/** When the puzzle is asked: never, once `perHour` is used up, or always. */
	puzzle: 'off' | 'busy' | 'always';
	/** Sign-ups from one IPv4 address or IPv6 /64. */
	perClient: { minute: number; hour: number };
	/** Sign-ups for one recipient domain, large mailbox providers apart. */
	perDomainHour: number;
	perHour: number;
	/** On top of it, for those who solved the puzzle. */
	perHourSolved: number;
	/** And for those who waited. */
	perHourWaited: number;
	/** Where the provider's plan has a daily quota: that, less twenty. */
	perDay: number | undefined;
	/** Spellings of one mailbox in a day. */
	perMailbox: number;
	/** Counters kept at most; with none free, nobody is let in. */
	entries: number;
}

interface Counter {
	count: number;
	until: number;
	/** True once somebody heard that it is full. */
	isTold: boolean;
}
