/**
 * A letter is an issue with everything looked up: the parts in their order, every link resolved.
 * Its HTML and its text are two renderings of this one value, so that they cannot drift apart.
 */
import { formatDay } from '#/day.ts';
import { readBody } from '#/library/body.ts';
import { all, findOf, pathOf } from '#/library/entries.ts';
import type { Library } from '#/library/entries.ts';
import { issueId } from '#/library/entry.ts';
import type { Entry, EntryOf } from '#/library/entry.ts';
import { issueBody, issueWords } from '#/library/issue-words.ts';
import type { Kind } from '#/library/kinds.ts';
import type { BodyNode } from '#/library/tree.ts';
import { readingMinutes } from '#/library/words.ts';
import { UserError } from '#/user-error.ts';
import { firmColours } from './colours.ts';
import type { Colours } from './colours.ts';
import { frozenSurroundings, mailSurroundings } from './surroundings.ts';
import type { Surroundings, TermCard } from './surroundings.ts';

/**
 * Looks up everything an issue shows.
 * @throws UserError where the library lacks something the issue carries, or a picture cannot be mailed
 */
export function letterOf(library: Library, issue: EntryOf<'issue'>): Letter {
	const { settings } = library;
	const { data } = issue;
	const id = issueId(data.number);
	const pageUrl = `${settings.sites.public}${pathOf(library, issue) ?? `/issues/${id}/`}`;
	const author = need(library, issue, 'person', data.author);
	return {
		...contentOf(library, issue, (entry) => mailSurroundings(library, entry, pageUrl)),
		action: { ...actionOf(library, issue), href: `${pageUrl}#tip` },
		locale: settings.locale,
		publication: settings.publication,
		tagline: settings.tagline,
		colours: firmColours(settings.look),
		logo: logoOf(settings),
		pageUrl,
		label: `${settings.numberPrefix}${id}`,
		date: formatDay(data.sendOn, settings.locale),
		minutes: readingMinutes(issueWords(library, issue).total, settings.readingRate),
		author: { name: author.data.name, role: author.data.role },
		series: seriesOf(library, issue),
		signoff: data.signoff ?? author.data.signoff,
		replyHref: `mailto:${settings.replyTo}?subject=${encodeURIComponent(`[#${id}] ${data.title.toWellFormed()}`)}`,
		contactsAddress:
			settings.safeSender === 'all' || data.number === 1 ? settings.from.address : undefined,
		postalAddress: settings.postalAddress,
	};
}

/**
 * The part of a letter that is frozen once it is sent: the words between header and footer, with
 * every link as the editor wrote it and none of the settings' headings.
 */
export function frozenContent(library: Library, issue: EntryOf<'issue'>): LetterContent {
	const surroundings = frozenSurroundings(library);
	const names = {
		action: 'action',
		tip: 'tip',
		announcement: 'announcement',
		also: 'also',
		questions: 'questions',
	};
	const settings = { ...library.settings, headings: names };
	return contentOf({ ...library, settings }, issue, () => surroundings);
}

function contentOf(
	library: Library,
	issue: EntryOf<'issue'>,
	surround: (entry: Entry) => Surroundings,
): LetterContent {
	const { data } = issue;
	const { headings } = library.settings;
	const here = surround(issue);
	const tip = need(library, issue, 'tip', data.tip);
	const parts = issueBody(readBody(library.contentDir, issue));
	const terms = data.terms.map((ref) => need(library, issue, 'term', ref));
	// A question that also closes the issue is asked once, at the end.
	const asked = data.questions.some(({ text }) => text === tip.data.question);
	return {
		subject: data.subject.toWellFormed(),
		preheader: data.preheader.toWellFormed(),
		title: data.title,
		hook: { nodes: parts.hook, surroundings: here },
		action: actionOf(library, issue),
		terms: terms.map((term) => here.term(term.slug)),
		tip: {
			heading: headings.tip,
			title: tip.data.title,
			pull: tip.data.pull,
			body: { nodes: readBody(library.contentDir, tip), surroundings: surround(tip) },
			question: asked ? undefined : tip.data.question,
		},
		announcement: parts.announcement && {
			heading: headings.announcement,
			title: data.announcement?.title,
			body: { nodes: parts.announcement, surroundings: here },
		},
		also: {
			heading: headings.also,
			items: data.also.map((ref) => {
				const play = needPlay(library, issue, ref);
				const { title, summary } = play.data;
				return { title, summary, href: here.start(play) };
			}),
		},
		questions: {
			heading: headings.questions,
			items: data.questions.map((question) => {
				const {
					text,
					term,
					function: team,
				} = { term: undefined, function: undefined, ...question };
				return {
					text,
					// A term that this site has not is not named: its file name is not for readers.
					term:
						term === undefined || !library.byRef.has(term)
							? undefined
							: here.term(term.slice('term/'.length)),
					team: team === undefined ? undefined : teams[team],
				};
			}),
		},
		sources: distinct([
			...terms.flatMap((term) => term.data.sources),
			...tip.data.sources,
			...data.sources,
		]).map(({ title, by, year, url }) => ({ title, by, year, href: url && here.href(url) })),
	};
}

function logoOf({ look, sites, firm }: Library['settings']): LetterLogo | undefined {
	if (!look.logo) return undefined;
	const { src, width, height } = look.logo;
	return { url: sites.public + src, alt: firm, width, height };
}

function actionOf(library: Library, issue: EntryOf<'issue'>): LetterContent['action'] {
	const tip = need(library, issue, 'tip', issue.data.tip);
	return { heading: library.settings.headings.action, text: tip.data.action, href: '#tip' };
}

function seriesOf(library: Library, issue: EntryOf<'issue'>): LetterSeries | undefined {
	const { series } = issue.data;
	const plan = library.settings.series.find(({ slug }) => slug === series?.slug);
	if (!series || !plan) return undefined;
	const earlier = all(library, 'issue').filter(
		(other) => other.data.series?.slug === series.slug && other.data.number < issue.data.number,
	);
	return {
		title: plan.title,
		part: series.part,
		length: plan.length,
		earlier: earlier.map((other) => {
			const path = pathOf(library, other);
			return {
				label: `${library.settings.numberPrefix}${issueId(other.data.number)}`,
				title: other.data.title,
				href: path === undefined ? undefined : library.settings.sites.public + path,
			};
		}),
	};
}

function need<K extends Kind>(
	library: Library,
	issue: EntryOf<'issue'>,
	kind: K,
	ref: string,
): EntryOf<K> {
	return findOf(library, kind, ref) ?? missing(issue, ref);
}

function needPlay(
	library: Library,
	issue: EntryOf<'issue'>,
	ref: string,
): EntryOf<'checklist'> | EntryOf<'questions'> {
	return (
		findOf(library, 'checklist', ref) ?? findOf(library, 'questions', ref) ?? missing(issue, ref)
	);
}

function missing(issue: EntryOf<'issue'>, ref: string): never {
	throw new UserError(
		`${issue.file}: ${ref} is not on the public site on ${issue.data.sendOn}, but the issue carries it.`,
		'Make it ready and public, or choose another. No mail was made.',
	);
}

function distinct<T>(values: readonly T[]): T[] {
	return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}

const teams = {
	sales: 'for sales',
	marketing: 'for marketing',
	both: 'for both teams',
	leadership: 'for leaders',
} as const;

/** What lies between header and footer. */
export interface LetterContent {
	subject: string;
	preheader: string;
	title: string;
	hook: Passage;
	/** `href` leads to the tip. */
	action: { heading: string; text: string; href: string };
	terms: TermCard[];
	tip: {
		heading: string;
		title: string;
		pull: string | undefined;
		body: Passage;
		question: string | undefined;
	};
	announcement: { heading: string; title: string | undefined; body: Passage } | undefined;
	also: { heading: string; items: { title: string; summary: string; href: string | undefined }[] };
	questions: { heading: string; items: LetterQuestion[] };
	sources: { title: string; by: string; year: number | undefined; href: string | undefined }[];
}

export interface Letter extends LetterContent {
	locale: string;
	publication: string;
	tagline: string;
	colours: Colours;
	logo: LetterLogo | undefined;
	/** The issue's public page. */
	pageUrl: string;
	/** `Issue #005` */
	label: string;
	/** In words. */
	date: string;
	/** Minutes to read the whole issue. */
	minutes: number;
	author: { name: string; role: string };
	series: LetterSeries | undefined;
	signoff: string | undefined;
	replyHref: string;
	/** Set where the letter asks to be added to the reader's contacts. */
	contactsAddress: string | undefined;
	postalAddress: string;
}

/** A picture above the publication's name. */
interface LetterLogo {
	url: string;
	alt: string;
	/** As shown, in px. */
	width: number;
	height: number;
}

export interface LetterQuestion {
	text: string;
	term: TermCard | undefined;
	/** `for sales` */
	team: string | undefined;
}

export interface LetterSeries {
	title: string;
	part: number;
	length: number;
	earlier: { label: string; title: string; href: string | undefined }[];
}

/** A body, or a part of one, with what it needs to be rendered. */
export interface Passage {
	nodes: BodyNode[];
	surroundings: Surroundings;
}
