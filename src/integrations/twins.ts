/**
 * The Markdown twins of the playbook's pages. Astro takes as long for a small text as for a page, so
 * a build has the thread that reads the content write them, and puts all of them into the site at
 * its end.
 */
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import type { Library } from '#/library/entries.ts';
import { entryMarkdown } from '#/web/take-away/entry.ts';
import { writeHashed } from './file-hash.ts';
import { collectFacts } from './links/kept-facts.ts';
import type { ReadFacts } from './links/kept-facts.ts';
import { twinPages } from '#/web/take-away/twin-pages.ts';

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

/** Writes the twin of each entry that a library shows, and reads what they refer to. */
export async function twinsOf(library: Library): Promise<Twins> {
	const texts: Twins['texts'] = new Map();
	const { read, ...facts } = collectFacts(new URL(library.settings.sites.staff).origin);
	for (const { folder, slug, entry } of twinPages(library)) {
		const file = `${folder}/${slug}.md`;
		const text = await entryMarkdown(library, entry);
		texts.set(file, text);
		read(file, text);
	}
	return { texts, facts };
}

export interface Twins {
	/** By their path below the site's folder. */
	texts: Map<string, string>;
	/** For the check of links. */
	facts: ReadFacts;
}
