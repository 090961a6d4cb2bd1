import { library } from '#/library/collection.ts';
import { feedOf } from '#/web/public/feed.ts';
import { jsonFeed } from '#/web/public/json-feed.ts';

export async function GET(): Promise<Response> {
	const feed = await feedOf(await library());
	return new Response(JSON.stringify(jsonFeed(feed, `${feed.site}feed.json`)), {
		headers: { 'Content-Type': 'application/feed+json; charset=utf-8' },
	});
}
