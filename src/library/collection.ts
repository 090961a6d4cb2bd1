/**
 * The library as Astro's pages see it: what a thread of this build has read, or, while somebody
 * writes, the entries that our loader put into Astro's store. The one place that asks Astro for
 * content.
 */
import { getCollection } from 'astro:content';
import { join } from 'node:path';
import { dayOf } from '#/day.ts';
import { environment } from '#/environment.ts';
import { readSettings } from '#/settings.ts';
import { openLibrary } from './entries.ts';
import type { Library } from './entries.ts';
import type { Entry } from './entry.ts';
import { libraryAhead } from './reading-ahead.ts';
import { readReceipts } from './receipts.ts';

/** The library of this build. */
export function library(): Promise<Library> {
	if (import.meta.env.DEV) return open();
	opened ??= open();
	return opened;
}

// Some thirty pages ask for it, and during a build nothing of it changes.
let opened: Promise<Library> | undefined;

async function open(): Promise<Library> {
	const { site, contentDir, receiptsDir, now } = environment();
	const audience = site === 'playbook' ? 'staff' : 'public';
	const ahead = libraryAhead({ contentDir, receiptsDir, audience });
	if (ahead) return openLibrary(await ahead);
	const settings = readSettings(contentDir);
	const stored = await getCollection('library');
	return openLibrary({
		audience,
		today: dayOf(now, settings.timeZone),
		settings,
		contentDir,
		// The loader put exactly entries into this collection.
		entries: stored.map(({ data }) => data as unknown as Entry),
		receipts:
			audience === 'staff'
				? readReceipts(receiptsDir ?? join(contentDir, 'issues')).receipts
				: new Map(),
	});
}
