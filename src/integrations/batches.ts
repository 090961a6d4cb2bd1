import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { batchMark } from '#/web/batch/batches.ts';
import { splitBatch } from '#/web/batch/split.ts';

/** Makes files of the pages that a build rendered in batches. The first to look at the site's files. */
export function batches(): AstroIntegration {
	return {
		name: 'tandem-batches',
		hooks: {
			'astro:config:setup': ({ command, updateConfig }) => {
				// `import.meta.env.DEV` is no help: a variable of that name in the environment sets it.
				updateConfig({ vite: { define: { IS_BUILD: String(command === 'build') } } });
			},
			'astro:build:done': ({ dir, logger }) => {
				const site = fileURLToPath(dir);
				let count = 0;
				for (const batch of batchesIn(site)) {
					for (const { path, html } of splitBatch(
						readFileSync(join(batch, 'index.html'), 'utf8'),
					)) {
						mkdirSync(join(site, path), { recursive: true });
						writeFileSync(join(site, path, 'index.html'), html);
						count++;
					}
					rmSync(batch, { recursive: true });
				}
				logger.info(`${count} pages of entries written`);
			},
		},
	};
}

/** The folders of the batches of a site. */
function batchesIn(site: string): string[] {
	return readdirSync(site, { withFileTypes: true })
		.filter((entry) => entry.isDirectory())
		.flatMap(({ name }) =>
			readdirSync(join(site, name))
				.filter((below) => below.startsWith(batchMark))
				.map((below) => join(site, name, below)),
		);
}
