import { library } from '#/library/collection.ts';
import { jsonFeed } from '#/web/public/json-feed.ts';
import { changesOf } from '#/web/take-away/changes.ts';

export async function GET(): Promise<Response> {
	const feed = changesOf(await library());
	return new Response(JSON.stringify(jsonFeed(feed, `${feed.site}feed.json`)), {
		headers: { 'Content-Type': 'application/feed+json; charset=utf-8' },
	});
}
