/**
 * The Markdown twins of the playbook's pages. Astro takes as long for a small text as for a page, so
 * a build has the thread that reads the content write them, and puts all of them into the site at
 * its end.
 */
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { writeHashed } from './file-hash.ts';
import type { Twins } from './twin-texts.ts';

/**
 * The integration. It goes before those that look at the site's files.
 * @param written - asked once the pages of a build are written
 */
export function twins(written: () => Promise<Twins>): AstroIntegration {
	return {
		name: 'tandem-twins',
		hooks: {
			'astro:config:setup': ({ command, injectRoute }) => {
				if (command !== 'dev') return;
				injectRoute({
					pattern: '/[folder]/[slug].md',
					entrypoint: './src/sites/playbook/preview/twin.ts',
				});
			},
			'astro:build:done': async ({ dir, logger }) => {
				const { texts } = await written();
				const site = fileURLToPath(dir);
				for (const folder of new Set([...texts.keys()].map(dirname))) {
					mkdirSync(join(site, folder), { recursive: true });
				}
				for (const [file, text] of texts) writeHashed(join(site, file), Buffer.from(text));
				logger.info(`${texts.size} Markdown twins written`);
			},
		},
	};
}
