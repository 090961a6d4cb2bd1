import { library } from '#/library/collection.ts';
import { atomFeed } from '#/web/public/atom.ts';
import { changesOf } from '#/web/take-away/changes.ts';

export async function GET(): Promise<Response> {
	const feed = changesOf(await library());
	return new Response(atomFeed(feed, `${feed.site}atom.xml`), {
		headers: { 'Content-Type': 'application/atom+xml; charset=utf-8' },
	});
}
