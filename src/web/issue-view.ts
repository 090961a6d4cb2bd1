/**
 * What the page of an issue shows: the issue, the tip and the terms it carries, its place in a
 * series, and where it stands. Gathered before the page is rendered, as with every view.
 */
import { dayOf, formatDay } from '#/day.ts';
import { all, find, findOf, pathOf, ready, reference } from '#/library/entries.ts';
import type { Library, Reference } from '#/library/entries.ts';
import { issueId, isReady } from '#/library/entry.ts';
import type { Entry, EntryOf } from '#/library/entry.ts';
import { issueWords } from '#/library/issue-words.ts';
import { issueState } from '#/library/receipts.ts';
import type { IssueState } from '#/library/receipts.ts';
import { viewKey, viewOf } from '#/library/view.ts';
import { readingMinutes } from '#/library/words.ts';
import type { EntryView } from './entry-pages.ts';

/** The page of each issue this site shows, for `getStaticPaths`. `[slug]` is its number, `005`. */
export function issuePages(library: Library, now: Date): IssuePage[] {
	return all(library, 'issue').map((issue) => {
		const view = issueView(library, issue, now);
		return {
			params: { slug: issueId(issue.data.number) },
			props: { library, view },
			cacheKey: view.key,
		};
	});
}

/** Gathers what the page of an issue shows. */
function issueView(library: Library, issue: EntryOf<'issue'>, now: Date): IssueView {
	const { data } = issue;
	const tip = findOf(library, 'tip', data.tip);
	const view = {
		...viewOf(library, issue),
		label: issueLabel(library, data.number),
		status: issueStatus(library, issue, now),
		minutes: readingMinutes(issueWords(library, issue).total, library.settings.readingRate),
		// The kind of an entry is kept by its view.
		tip: tip && (viewOf<Entry>(library, tip) as EntryView<'tip'>),
		terms: data.terms.flatMap((ref) => {
			const term = findOf(library, 'term', ref);
			return term ? [{ entry: term, path: pathOf(library, term) }] : [];
		}),
		also: data.also.flatMap((ref) => alsoItem(library, ref)),
		series: seriesOf(library, issue),
		sources: issueSources(library, issue),
		signoff: data.signoff ?? findOf(library, 'person', data.author)?.data.signoff,
		publicUrl: `${library.settings.sites.public}/issues/${issueId(data.number)}/`,
		...besides(library, issue),
	};
	return { ...view, key: viewKey(library, view) };
}

/** `Issue #005` for number 5. */
export function issueLabel(library: Pick<Library, 'settings'>, number: number): string {
	return library.settings.numberPrefix + issueId(number);
}

/** Where an issue stands, in words; staff see it, readers see only its day. */
export function issueStatus(library: Library, issue: EntryOf<'issue'>, now: Date): IssueStatus {
	const { settings, today } = library;
	const receipt = library.receipts.get(issueId(issue.data.number));
	const state = issueState(issue.data, receipt, { today, now });
	const day = formatDay(issue.data.sendOn, settings.locale, 'full');
	const planned = receipt && instant(new Date(receipt.plannedUtc), library);
	switch (state) {
		case 'draft':
			return { state, words: `For ${day}.` };
		case 'planned':
			return {
				state,
				words: `For ${day}, ${settings.sendTime}; not handed to the mail provider yet.`,
			};
		case 'late':
			return { state, words: `Planned for ${day}, but no receipt says that it went out.` };
		case 'scheduled':
			return { state, words: `It goes out on ${planned ?? day}.` };
		case 'sent':
			return { state, words: `It went out on ${planned ?? day}.` };
	}
}

/** The issue of the week: the newest whose day has come, or the first one where none has. */
export function currentIssue(library: Library): EntryOf<'issue'> | undefined {
	const issues = ready(library, 'issue');
	return issues.findLast(({ data }) => data.sendOn <= library.today) ?? issues[0];
}

/** What an issue and the things it carries rest on, each work once. */
export function issueSources(library: Library, { data }: EntryOf<'issue'>): Source[] {
	const sources = [
		...data.terms.flatMap((ref) => findOf(library, 'term', ref)?.data.sources ?? []),
		...(findOf(library, 'tip', data.tip)?.data.sources ?? []),
		...data.sources,
	];
	return [...new Map(sources.map((source) => [JSON.stringify(source), source])).values()];
}

function alsoItem(library: Library, ref: string): AlsoItem[] {
	const entry = find(library, ref);
	const shown = reference(library, ref);
	if (!entry || !shown || !('effort' in entry.data)) return [];
	const isAnswered = entry.kind === 'questions' && entry.data.mode !== 'reflect';
	const answerPath = isAnswered && shown.path ? `${shown.path}answer/` : undefined;
	return [{ ...shown, effort: entry.data.effort, answerPath }];
}

function seriesOf(library: Library, issue: EntryOf<'issue'>): IssueSeries | undefined {
	const { series } = issue.data;
	const declared = library.settings.series.find(({ slug }) => slug === series?.slug);
	if (!series || !declared) return undefined;
	const others = all(library, 'issue').filter(
		(other) => other.ref !== issue.ref && isReady(other) && other.data.series?.slug === series.slug,
	);
	return {
		title: declared.title,
		part: series.part,
		length: declared.length,
		others: others.map((other) => ({
			part: other.data.series?.part ?? 0,
			title: other.data.title,
			path: pathOf(library, other),
		})),
	};
}

function besides(library: Library, issue: EntryOf<'issue'>): Pick<IssueView, 'earlier' | 'later'> {
	const issues = ready(library, 'issue');
	const earlier = issues.findLast(({ data }) => data.number < issue.data.number);
	const later = issues.find(({ data }) => data.number > issue.data.number);
	return { earlier: reference(library, earlier?.ref), later: reference(library, later?.ref) };
}

function instant(date: Date, { settings }: Library): string {
	const { timeZone, locale } = settings;
	const time = new Intl.DateTimeFormat(locale, { timeZone, timeStyle: 'short' }).format(date);
	return `${formatDay(dayOf(date, timeZone), locale, 'full')}, ${time}`;
}

export interface IssueView extends EntryView<'issue'> {
	/** `Issue #005` */
	label: string;
	status: IssueStatus;
	tip: EntryView<'tip'> | undefined;
	terms: { entry: EntryOf<'term'>; path: string | undefined }[];
	also: AlsoItem[];
	series: IssueSeries | undefined;
	sources: Source[];
	signoff: string | undefined;
	/** Its address on the public site, which has it from its day on. */
	publicUrl: string;
	earlier: Reference | undefined;
	later: Reference | undefined;
}

export interface IssueStatus {
	state: IssueState;
	/** A sentence to stand after the state's name. */
	words: string;
}

type Source = EntryOf<'issue'>['data']['sources'][number];

interface AlsoItem extends Reference {
	/** Minutes it takes to do. */
	effort: number;
	/** Where a set that two teams compare is answered. */
	answerPath: string | undefined;
}

interface IssueSeries {
	title: string;
	part: number;
	length: number;
	others: { part: number; title: string; path: string | undefined }[];
}

interface IssuePage {
	params: { slug: string };
	props: { library: Library; view: IssueView };
	cacheKey: string;
}
