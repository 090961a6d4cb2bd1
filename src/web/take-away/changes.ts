/**
 * What changed in the playbook, as a feed: an entry changes on the day somebody checked it, an issue
 * on the day it is sent, a promo on the day it is briefed. An entry's id is its address, so that a
 * reader sees it again when it was checked again, and never twice.
 */
import { toHtml } from 'hast-util-to-html';
import { pathOf, summaryOf } from '#/library/entries.ts';
import type { Library } from '#/library/entries.ts';
import { isReady, titleOf } from '#/library/entry.ts';
import type { Entry } from '#/library/entry.ts';
import { kinds } from '#/library/kinds.ts';
import { viewOf } from '#/library/view.ts';
import type { Day } from '#/day.ts';
import { element } from '#/web/body/element.ts';
import type { Feed, FeedItem } from '#/web/public/feed.ts';
import { siteOf } from './surroundings.ts';

/** The latest changes, newest first. */
export function changesOf(library: Library): Feed {
	const { settings } = library;
	const changed = library.entries
		.flatMap((entry) => {
			const day = dayOfChange(entry);
			const path = pathOf(library, entry);
			if (day === undefined || path === undefined || day > library.today) return [];
			return isReady(entry) ? [{ entry, day, path }] : [];
		})
		.toSorted((a, b) => b.day.localeCompare(a.day) || a.path.localeCompare(b.path, 'en'))
		.slice(0, longest);
	const items = changed.map(({ entry, day, path }) => itemOf(library, entry, day, path));
	return {
		title: `${settings.firm}: playbook`,
		description: 'What was checked, sent and briefed last',
		locale: settings.locale,
		firm: settings.firm,
		site: `${siteOf(library)}/`,
		updated: new Date(Math.max(0, ...items.map(({ updated }) => updated.getTime()))),
		items,
	};
}

/** The addresses of the feeds. */
export const changeFeeds = [
	{ name: 'Atom', path: '/atom.xml', type: 'application/atom+xml' },
	{ name: 'JSON Feed', path: '/feed.json', type: 'application/feed+json' },
] as const;

function itemOf(library: Library, entry: Entry, day: Day, path: string): FeedItem {
	const when = new Date(`${day}T00:00:00Z`);
	const url = siteOf(library) + path;
	const summary = summaryOf(entry);
	return {
		url,
		title: `${kinds[entry.kind].one}: ${titleOf(entry)}`,
		summary,
		author: viewOf(library, entry).author?.name,
		published: when,
		updated: when,
		content: toHtml([
			element('p', {}, summary),
			...('when' in entry.data ? [element('p', {}, `Use this when ${entry.data.when}.`)] : []),
			element('p', {}, element('a', { href: url }, 'Read it in the playbook')),
		]),
	};
}

function dayOfChange(entry: Entry): Day | undefined {
	if (entry.kind === 'issue') return entry.data.sendOn;
	if (entry.kind === 'promo') return entry.data.briefed?.on;
	return 'reviewed' in entry.data ? entry.data.reviewed : undefined;
}

const longest = 40;
