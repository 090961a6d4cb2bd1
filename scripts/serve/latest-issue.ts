import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { LatestIssue } from '#/email/welcome.ts';

/**
 * The newest issue of the public site that is out, from its feed. An issue's page is there hours
 * before it is sent: who joins then gets it by mail, and is led to the one before.
 * @param folder - absolute path of the built site
 * @returns undefined where the feed has none, or cannot be read
 */
export async function latestIssue(folder: string, now: Date): Promise<LatestIssue | undefined> {
	try {
		const feed = feedSchema.parse(JSON.parse(await readFile(join(folder, 'feed.json'), 'utf8')));
		const isOut = (planned: string) => Date.parse(planned) + hour <= now.getTime();
		const issue = feed.items.find(({ date_published: planned }) => isOut(planned));
		return issue && { title: issue.title, url: issue.url };
	} catch {
		return undefined;
	}
}

/** In milliseconds. While an issue goes out, nobody can tell who is on its list. */
const hour = 3_600_000;

const feedSchema = z.object({
	items: z.array(
		z.object({ title: z.string(), url: z.url(), date_published: z.iso.datetime({ offset: true }) }),
	),
});
