/**
 * What the three feeds tell, before it is written in one of their languages. An entry's id is the
 * issue's own address, which never changes; so no edit makes an old issue new again.
 */
import { ready } from '#/library/entries.ts';
import type { Library } from '#/library/entries.ts';
import { changeInstant, issueCard, sendInstant } from './issues.ts';
import { feedContent } from './feed-content.ts';

/** The newest issues, whole. */
export async function feedOf(library: Library): Promise<Feed> {
	const { settings } = library;
	const site = settings.sites.public;
	const newest = ready(library, 'issue').toReversed().slice(0, longest);
	const items = await Promise.all(
		newest.map(async (issue): Promise<FeedItem> => {
			const { label, title, summary, path, author } = issueCard(library, issue);
			return {
				url: site + path,
				title: `${label}: ${title}`,
				summary,
				author,
				published: sendInstant(library, issue),
				updated: changeInstant(library, issue),
				content: await feedContent(library, issue),
			};
		}),
	);
	return {
		title: settings.publication,
		description: settings.tagline,
		locale: settings.locale,
		firm: settings.firm,
		site: `${site}/`,
		updated: new Date(Math.max(0, ...items.map(({ updated }) => updated.getTime()))),
		items,
	};
}

/** The addresses of the feeds, for autodiscovery and for the pages that name them. */
export const feeds = [
	{ name: 'RSS', path: '/rss.xml', type: 'application/rss+xml' },
	{ name: 'Atom', path: '/atom.xml', type: 'application/atom+xml' },
	{ name: 'JSON Feed', path: '/feed.json', type: 'application/feed+json' },
] as const;

// Readers fetch a feed often, and each issue in it is whole.
const longest = 20;

export interface Feed {
	title: string;
	description: string;
	/** BCP 47. */
	locale: string;
	firm: string;
	/** Address of the home page. */
	site: string;
	/** When anything in it last changed. */
	updated: Date;
	items: FeedItem[];
}

export interface FeedItem {
	/** Absolute; also the id. */
	url: string;
	title: string;
	summary: string;
	author: string | undefined;
	published: Date;
	updated: Date;
	/** HTML with absolute addresses. */
	content: string;
}
