import type { Feed, FeedItem } from './feed.ts';
import { escapeXml as x } from './xml.ts';

/**
 * Writes a feed as Atom (RFC 4287).
 * @param address - absolute, of the feed itself
 */
export function atomFeed(feed: Feed, address: string): string {
	return [
		'<?xml version="1.0" encoding="UTF-8"?>',
		`<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${x(feed.locale)}">`,
		`<id>${x(feed.site)}</id>`,
		`<title>${x(feed.title)}</title>`,
		`<subtitle>${x(feed.description)}</subtitle>`,
		`<updated>${feed.updated.toISOString()}</updated>`,
		`<author><name>${x(feed.firm)}</name></author>`,
		`<link rel="self" type="application/atom+xml" href="${x(address)}"/>`,
		`<link rel="alternate" type="text/html" href="${x(feed.site)}"/>`,
		...feed.items.map(entry),
		'</feed>',
		'',
	].join('\n');
}

function entry(item: FeedItem): string {
	return [
		'<entry>',
		`<id>${x(item.url)}</id>`,
		`<title>${x(item.title)}</title>`,
		`<link rel="alternate" type="text/html" href="${x(item.url)}"/>`,
		`<published>${item.published.toISOString()}</published>`,
		`<updated>${item.updated.toISOString()}</updated>`,
		...(item.author === undefined ? [] : [`<author><name>${x(item.author)}</name></author>`]),
		`<summary>${x(item.summary)}</summary>`,
		`<content type="html">${x(item.content)}</content>`,
		'</entry>',
	].join('\n');
}
