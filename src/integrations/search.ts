/**
 * Builds the search of a site out of the site itself: Pagefind reads the pages that carry
 * `data-pagefind-body`, and a small catalogue of titles and phrases is written beside its index.
 * Each site gets its own; nothing of one can reach the other.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { environment } from '#/environment.ts';
import type { Library } from '#/library/entries.ts';

/** The integration, for the site that `SITE` names. */
export function search(): AstroIntegration {
	let cacheDir = '';
	return {
		name: 'tandem-search',
		hooks: {
			'astro:config:done': ({ config }) => {
				cacheDir = fileURLToPath(new URL('search/', config.cacheDir));
			},
			'astro:build:done': async ({ dir, logger }) => {
				const { buildSearch } = await import('./search/build.ts');
				await buildSearch({
					siteDir: fileURLToPath(dir),
					cacheDir,
					library: await libraryOfBuild(),
					log: (line) => logger.info(line),
				});
			},
		},
	};
}

async function libraryOfBuild(): Promise<Library> {
	const { openContent } = await import('#/library/shelf.ts');
	const { site, contentDir, receiptsDir, cacheDir, now } = environment();
	const { library } = await openContent({
		contentDir,
		receiptsDir,
		cacheDir: join(cacheDir, 'library'),
		audience: site === 'playbook' ? 'staff' : 'public',
		now,
	});
	return library;
}
