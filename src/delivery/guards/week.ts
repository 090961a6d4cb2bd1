import { addDays, dayOf, daysBetween } from '#/day.ts';
import type { Day } from '#/day.ts';
import { classOf, parseTimestamp } from '#/delivery/broadcast.ts';
import { isTooLate, sendTime } from '#/delivery/schedule.ts';
import { Stop, readValue } from '#/delivery/stop.ts';
import type { GuardFacts, GuardPorts } from './facts.ts';
import { otherIssues } from './history.ts';
import type { HistoryFacts, OtherIssue } from './history.ts';

/**
 * Stops where readers would get a second issue in one ISO week of the site's zone. What counts is
 * the week this one would go out in, however late it is. Corrections are exempt, as what is sent
 * and as what was.
 *
 * Worth calling again once the receipt of this issue is written, with receipts read afresh: of two
 * senders of two issues, the later one then sees the other's receipt.
 */
export async function refuseSameWeek(
	facts: WeekFacts,
	ports: Pick<GuardPorts, 'provider'>,
): Promise<void> {
	if (isCorrection(facts.issue)) return;
	const { zone } = facts.planned;
	const { now } = facts.listing;
	const week = weekOf(sendTime(new Date(facts.planned.utc), now, facts.undoMinutes), zone);
	for (const other of otherIssues(facts)) {
		if (other.issue !== undefined && isCorrection(other.issue)) continue;
		const instants = instantsOf(other, facts);
		const isSame =
			instants.length === 0 || instants.some((instant) => weekOf(instant, zone) === week);
		if (!isSame) continue;
		const known = other.row ? other : await lookFor(other, now, ports);
		if (!goesOut(known, facts)) continue;
		throw new Stop(
			'week',
			`${nameOf(known)} ${stateOf(known)} in the week of ${week}, the week issue ${facts.issue} would go out in.`,
			hintFor(known),
		);
	}
}

/** The Monday of the ISO week an instant lies in. */
export function weekOf(instant: Date, zone: string): Day {
	const day = dayOf(instant, zone);
	// 5 January 1970 was a Monday.
	return addDays(day, -(((daysBetween('1970-01-05', day) % 7) + 7) % 7));
}

/** When readers got it, or will; none where no time of it can be read. */
function instantsOf({ receipt, row, class: state }: OtherIssue, facts: WeekFacts): Date[] {
	const { undoMinutes, listing } = facts;
	const planned = receipt && new Date(receipt.planned.utc);
	const listed = [row?.sentAt, row?.scheduledAt].flatMap((text) =>
		text === undefined ? [] : (parseTimestamp(text)?.date ?? []),
	);
	if (planned) {
		const mayCome = state === undefined || state === 'draft';
		const isWaiting = mayCome && !isTooLate(planned, listing.now, undoMinutes);
		return [
			planned,
			...(isWaiting ? [sendTime(planned, listing.now, undoMinutes)] : []),
			...listed,
		];
	}
	const created = row && parseTimestamp(row.createdAt)?.date;
	// A reservation whose time cannot be read may be for any week.
	return listed.length > 0 || !created || state === 'reserved' ? listed : [created];
}

/** The list may lag behind, and what is deleted is in no list: only the id itself can tell. */
async function lookFor(
	other: OtherIssue,
	now: Date,
	ports: Pick<GuardPorts, 'provider'>,
): Promise<OtherIssue> {
	const id = other.receipt?.broadcast;
	if (id === undefined) return other;
	const outcome = await ports.provider.getBroadcast(id);
	if (outcome.kind === 'refused' && outcome.status === 404) return other;
	const row = readValue(outcome, `read broadcast ${id}`);
	return { ...other, row, class: classOf(row, now) };
}

/**
 * True for what readers have, or will get unless a person stops it. A draft with a receipt is one
 * command away from going out; one that was held is not. What was burnt did reach some readers.
 */
function goesOut({ receipt, class: state }: OtherIssue, { listing, undoMinutes }: WeekFacts) {
	const planned = receipt && new Date(receipt.planned.utc);
	switch (state) {
		case 'sent':
		case 'reserved':
		case 'burnt':
		case 'unknown':
			return true;
		case 'held':
			return false;
		case 'draft':
			return planned !== undefined && !isTooLate(planned, listing.now, undoMinutes);
		case undefined:
			// Deleted before its time, it cannot have gone out; deleted later, nobody can tell.
			return planned !== undefined && planned <= listing.now;
	}
}

function nameOf({ issue, row, receipt }: OtherIssue): string {
	const id = row?.id ?? receipt?.broadcast ?? '?';
	return issue === undefined
		? `A broadcast to our readers that no receipt knows (${id}, "${row?.name ?? ''}")`
		: `Issue ${issue} (broadcast ${id})`;
}

function stateOf({ row, class: state }: OtherIssue): string {
	switch (state) {
		case 'sent':
			return row?.status === 'queued' ? 'is going out' : 'went out';
		case 'reserved':
			return 'is scheduled';
		case 'burnt':
			return 'was stopped while it went out, and some readers have it,';
		case 'draft':
		case 'held':
			return 'is about to be scheduled';
		case 'unknown':
			return `is "${row?.status ?? ''}", a state this program does not know,`;
		case undefined:
			return 'was planned, and was deleted since, so that nobody can tell whether it went out,';
	}
}

function hintFor({ issue, class: state }: OtherIssue): string {
	const other = 'Readers get one issue a week. Give this one a sendOn in another week';
	const canHold = issue !== undefined && (state === 'reserved' || state === 'draft');
	return canHold
		? `${other}, or stop the other: "npm run newsletter -- hold ${issue}".`
		: `${other}. What cannot wait is a correction issue.`;
}

function isCorrection(issue: string): boolean {
	return issue.includes('c');
}

/** What the week is judged by. */
export type WeekFacts = HistoryFacts & Pick<GuardFacts, 'planned' | 'undoMinutes'>;
