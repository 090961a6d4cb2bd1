import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import type { AstroIntegration } from 'astro';

/**
 * Lets no page of a build that broke off be taken for one of a whole build. Astro keeps a copy of
 * each page as soon as it is rendered, but writes down only at the end which content the copies are
 * of. Whoever takes a change back after a broken build would be served the page with the change.
 */
export function wholeBuild(): AstroIntegration {
	let cacheDir: URL;
	const mark = (): URL => new URL('unfinished', cacheDir);
	return {
		name: 'tandem-whole-build',
		hooks: {
			'astro:config:done': ({ config }) => {
				cacheDir = config.cacheDir;
			},
			'astro:build:start': ({ logger }) => {
				if (existsSync(mark())) {
					logger.info('the last build broke off: its pages are not used');
					rmSync(new URL('incremental-build.json', cacheDir), { force: true });
				}
				mkdirSync(cacheDir, { recursive: true });
				writeFileSync(mark(), '');
			},
			'astro:build:generated': () => {
				rmSync(mark(), { force: true });
			},
		},
	};
}
