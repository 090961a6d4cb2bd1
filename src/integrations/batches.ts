import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { batchMark, splitBatch } from '#/web/batch/split.ts';
import { bytesOf } from './file-bytes.ts';
import { writeHashed } from './file-hash.ts';
import { siteFiles } from './site-files.ts';

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
				const folders = batchesIn(site);
				let count = 0;
				for (const file of folders.flatMap(pagesIn)) {
					for (const { path, html } of splitBatch(bytesOf(file))) {
						writePage(join(site, path), html);
						count++;
					}
				}
				for (const folder of folders) rmSync(folder, { recursive: true });
				logger.info(`${count} pages of entries written`);
			},
		},
	};
}

/** @param folder - absolute path; made where it is not there */
function writePage(folder: string, html: Uint8Array): void {
	mkdirSync(folder, { recursive: true });
	writeHashed(join(folder, 'index.html'), html);
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

/** The pages of batches in a folder and below it: of a checklist and of its runs, for one. */
function pagesIn(folder: string): string[] {
	return siteFiles(folder)
		.filter((name) => name.endsWith('.html'))
		.map((name) => join(folder, name));
}
