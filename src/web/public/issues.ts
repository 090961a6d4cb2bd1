import { formatDay } from '#/day.ts';
import type { Day } from '#/day.ts';
import { localToInstant } from '#/delivery/schedule.ts';
import { findOf, pathOf, ready } from '#/library/entries.ts';
import type { Library } from '#/library/entries.ts';
import { issueId } from '#/library/entry.ts';
import type { EntryOf } from '#/library/entry.ts';
import { issueWords } from '#/library/issue-words.ts';
import { readingMinutes } from '#/library/words.ts';

/** What lists and feeds show of the issues whose day has come, newest first. */
export function issueCards(library: Library): IssueCard[] {
	return ready(library, 'issue')
		.toReversed()
		.map((issue) => issueCard(library, issue));
}

/** What lists and feeds show of one issue. */
export function issueCard(library: Library, issue: EntryOf<'issue'>): IssueCard {
	const { settings } = library;
	const { data } = issue;
	const id = issueId(data.number);
	const plan = settings.series.find(({ slug }) => slug === data.series?.slug);
	return {
		id,
		label: `${settings.numberPrefix}${id}`,
		title: data.title,
		summary: data.summary,
		day: data.sendOn,
		date: formatDay(data.sendOn, settings.locale),
		path: pathOf(library, issue) ?? '/issues/',
		minutes: readingMinutes(issueWords(library, issue).total, settings.readingRate),
		author: findOf(library, 'person', data.author)?.data.name,
		series:
			data.series && plan
				? { title: plan.title, part: data.series.part, length: plan.length }
				: undefined,
	};
}

/** The instant an issue is planned to go out: its day, at the settings' time, in the settings' zone. */
export function sendInstant(library: Library, issue: EntryOf<'issue'>): Date {
	return instantOf(library, issue.data.sendOn);
}

/** The instant an issue last changed: its newest correction, or its sending. */
export function changeInstant(library: Library, issue: EntryOf<'issue'>): Date {
	return instantOf(library, changeDay(issue));
}

/** The day of an issue's newest correction, or of its sending. */
export function changeDay(issue: EntryOf<'issue'>): Day {
	return (
		[issue.data.sendOn, ...issue.data.corrected.map(({ on }) => on)].toSorted().at(-1) ??
		issue.data.sendOn
	);
}

function instantOf({ settings }: Library, day: Day): Date {
	return localToInstant(`${day}T${settings.sendTime}`, settings.timeZone);
}

export interface IssueCard {
	/** `005` */
	id: string;
	/** `Issue #005` */
	label: string;
	title: string;
	summary: string;
	day: Day;
	/** In words. */
	date: string;
	/** Path on this site. */
	path: string;
	/** Minutes to read the whole issue. */
	minutes: number;
	author: string | undefined;
	series: { title: string; part: number; length: number } | undefined;
}
