import rss from '@astrojs/rss';
import { library } from '#/library/collection.ts';
import { feedOf } from '#/web/public/feed.ts';
import { escapeXml } from '#/web/public/xml.ts';

export async function GET(): Promise<Response> {
	const feed = await feedOf(await library());
	return rss({
		title: feed.title,
		description: feed.description,
		site: feed.site,
		xmlns: { atom: 'http://www.w3.org/2005/Atom', dc: 'http://purl.org/dc/elements/1.1/' },
		customData: [
			`<language>${escapeXml(feed.locale)}</language>`,
			`<lastBuildDate>${feed.updated.toUTCString()}</lastBuildDate>`,
			`<atom:link rel="self" type="application/rss+xml" href="${escapeXml(feed.site)}rss.xml"/>`,
		].join(''),
		items: feed.items.map((item) => ({
			title: item.title,
			link: item.url,
			description: item.summary,
			pubDate: item.published,
			content: item.content,
			...(item.author !== undefined && {
				customData: `<dc:creator>${escapeXml(item.author)}</dc:creator>`,
			}),
		})),
	});
}
