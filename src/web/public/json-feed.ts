import type { Feed } from './feed.ts';

/**
 * A feed as JSON Feed 1.1.
 * @param address - absolute, of the feed itself
 */
export function jsonFeed(feed: Feed, address: string): JsonFeed {
	return {
		version: 'https://jsonfeed.org/version/1.1',
		title: feed.title,
		description: feed.description,
		home_page_url: feed.site,
		feed_url: address,
		language: feed.locale,
		authors: [{ name: feed.firm, url: feed.site }],
		items: feed.items.map((item) => ({
			id: item.url,
			url: item.url,
			title: item.title,
			summary: item.summary,
			content_html: item.content,
			date_published: item.published.toISOString(),
			date_modified: item.updated.toISOString(),
			...(item.author !== undefined && { authors: [{ name: item.author }] }),
		})),
	};
}

interface JsonFeed {
	version: string;
	title: string;
	description: string;
	home_page_url: string;
	feed_url: string;
	language: string;
	authors: { name: string; url: string }[];
	items: {
		id: string;
		url: string;
		title: string;
		summary: string;
		content_html: string;
		date_published: string;
		date_modified: string;
		authors?: { name: string }[];
	}[];
}
