/**
 * What a site's `content.config.ts` declares. By itself, and without `astro:content`, since Vite takes
 * apart every module that it imports, in each build anew: a second of processor time for all of them.
 */
import { join } from 'node:path';
import { defineCollection } from 'astro/content/config';
import { environment } from '#/environment.ts';
import type { Audience } from './entries.ts';
import { contentLoader } from './loader.ts';

/** The collections of a site, for its `content.config.ts`. */
export function collectionsFor(audience: Audience) {
	const { contentDir, receiptsDir, cacheDir, now } = environment();
	return {
		library: defineCollection({
			loader: contentLoader({
				contentDir,
				receiptsDir,
				cacheDir: join(cacheDir, 'library'),
				audience,
				now,
			}),
		}),
	};
}
