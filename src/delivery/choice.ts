import { broadcastName, byAge, classOf, parseName } from './broadcast.ts';
import type { BroadcastClass, NameFacts } from './broadcast.ts';
import { everyPage } from './pages.ts';
import type { ListedBroadcast, Provider } from './provider.ts';
import { Stop } from './stop.ts';
import { halfSent, strangeState } from './stopped.ts';

/**
 * Every broadcast of an issue that the provider lists, oldest first, and the provider's clock.
 * @throws Stop where the list is not whole, or carries no clock
 */
export async function scan(want: IssueName, provider: Provider): Promise<Scan> {
	return rowsOf(want, await listAll(provider));
}

/** The whole list of broadcasts. Throws as `scan` does. */
export async function listAll(provider: Provider): Promise<Listing> {
	const { items, at } = await everyPage(
		(after) => provider.listBroadcasts(after),
		'list the broadcasts',
	);
	if (at === undefined) {
		throw new Stop('no-clock', 'The provider did not say what time it is.', 'Run it again.');
	}
	return { broadcasts: items, now: at };
}

/** The broadcasts of one issue out of the whole list. */
export function rowsOf(want: IssueName, { broadcasts, now }: Listing): Scan {
	const rows = broadcasts.flatMap((broadcast): Row[] => {
		const facts = parseName(broadcast.name);
		if (facts?.site !== want.site || facts.issue !== want.issue) return [];
		return [{ broadcast, facts, class: classOf(broadcast, now) }];
	});
	return { rows: rows.toSorted((a, b) => byAge(a.broadcast, b.broadcast)), now };
}

/**
 * Which broadcast an issue without a receipt goes on with. The oldest wins, so that a later draft
 * never overturns an earlier one.
 * @throws Stop where none may be used
 */
export function choose({ rows }: Scan, want: Wanted): Choice {
	const of = (...classes: BroadcastClass[]) => rows.filter((row) => classes.includes(row.class));

	const [unknown] = of('unknown');
	if (unknown) {
		throw strangeState(named(unknown), unknown.broadcast.status);
	}
	const [burnt] = of('burnt');
	if (burnt) {
		throw halfSent(named(burnt));
	}
	const live = of('sent', 'reserved');
	if (live.length > 1) throw twoLive(live);

	const [out] = live;
	if (out?.class === 'sent') {
		if (!isSame(out, want)) throw otherContent(out, 'sent-other', 'went out with other content');
		return { kind: 'sent', broadcast: out.broadcast };
	}
	if (out) {
		if (out.facts.isHeld) throw held(out.broadcast.id, out.broadcast.name);
		if (!isSame(out, want))
			throw otherContent(out, 'scheduled-other', 'is scheduled with other content');
		return { kind: 'reserved', broadcast: out.broadcast };
	}
	const [stopped] = of('held').filter((row) => row.facts.attempt >= want.attempt);
	if (stopped) throw held(stopped.broadcast.id, stopped.broadcast.name);

	const [oldest] = of('draft', 'held');
	return oldest ? { kind: 'adopt', broadcast: oldest.broadcast } : { kind: 'create' };
}

/** Stops where another broadcast of the issue than the chosen one is out, or will be. */
export function refuseStrays({ rows }: Scan, chosen: string): void {
	const strays = rows.filter(
		(row) => row.broadcast.id !== chosen && (row.class === 'sent' || row.class === 'reserved'),
	);
	const [stray] = strays;
	if (!stray) return;
	throw new Stop(
		'stray',
		`${named(stray)} is ${stray.broadcast.status}, but the receipt names ${chosen}.`,
		'Look at both in the dashboard of Resend. Cancel the one that must not go out.',
	);
}

/** The stop for a broadcast that a person put a stop to. */
export function held(id: string, name: string): Stop {
	const facts = parseName(name);
	const next = facts ? ` --attempt ${facts.attempt + 1}` : '';
	return new Stop(
		'held',
		`Broadcast ${id} (${name}) is held: a person put a stop to it.`,
		`To send it after all, as it is or edited: "npm run newsletter -- send ${facts?.issue ?? ''}${next}".`,
	);
}

/** The name a broadcast of this content carries. */
export function wantedName(want: Wanted): string {
	return broadcastName({ ...want, isHeld: false });
}

function isSame(row: Row, want: Wanted): boolean {
	return row.facts.hash12 === want.hash12;
}

function otherContent(row: Row, code: 'sent-other' | 'scheduled-other', what: string): Stop {
	return new Stop(
		code,
		`${named(row)} ${what} (${row.facts.hash12}).`,
		code === 'scheduled-other'
			? `Stop it with "npm run newsletter -- hold ${row.facts.issue}", then send it with --attempt ${row.facts.attempt + 1}.`
			: 'What is out stays out. Put the content back, or write a correction issue.',
	);
}

function twoLive(rows: Row[]): Stop {
	return new Stop(
		'two-live',
		`${rows.length} broadcasts of this issue are out or scheduled: ${rows.map(named).join(', ')}.`,
		'Cancel all but one in the dashboard of Resend before their time.',
	);
}

function named({ broadcast }: Row): string {
	return `Broadcast ${broadcast.id} (${broadcast.name})`;
}

/** What the broadcast of this issue is called, but for the mark. */
export type Wanted = Omit<NameFacts, 'isHeld'>;

export type IssueName = Pick<NameFacts, 'site' | 'issue'>;

export interface Listing {
	broadcasts: ListedBroadcast[];
	/** The provider's clock. */
	now: Date;
}

export interface Row {
	broadcast: ListedBroadcast;
	facts: NameFacts;
	class: BroadcastClass;
}

export interface Scan {
	/** Oldest first. */
	rows: Row[];
	/** The provider's clock. */
	now: Date;
}

export type Choice =
	| { kind: 'create' }
	| { kind: 'adopt' | 'reserved' | 'sent'; broadcast: ListedBroadcast };
