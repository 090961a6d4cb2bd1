import { library } from '#/library/collection.ts';
import { atomFeed } from '#/web/public/atom.ts';
import { feedOf } from '#/web/public/feed.ts';

export async function GET(): Promise<Response> {
	const feed = await feedOf(await library());
	return new Response(atomFeed(feed, `${feed.site}atom.xml`), {
		headers: { 'Content-Type': 'application/atom+xml; charset=utf-8' },
	});
}
