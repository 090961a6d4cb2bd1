/**
 * Makes the playbook readable without a network, for those who ask for it on its page "Take it with
 * you": writes the service worker, and the lists of what it keeps. The last to look at the site's
 * files but for checks, since every one of them counts for the version.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { hashOf } from './file-hash.ts';
import { siteFiles } from './site-files.ts';

/** The integration. */
export function offline(): AstroIntegration {
	return {
		name: 'tandem-offline',
		hooks: {
			'astro:build:done': ({ dir, logger }) => {
				const { files, bytes } = writeOffline(fileURLToPath(dir));
				logger.info(`${files} files, ${(bytes / 1_000_000).toFixed(1)} MB, may be kept offline`);
			},
		},
	};
}

/** @param siteDir - absolute path of the built site */
function writeOffline(siteDir: string): { files: number; bytes: number } {
	const names = siteFiles(siteDir).filter((name) => !left.test(name));
	// Two builds of the same pages pack the index in different files: it is listed beside itself, and
	// what it is made of says whether it is the same.
	const packed = names.filter((name) => name.startsWith('pagefind/'));
	const own = names.filter((name) => !name.startsWith('pagefind/'));
	const isTold = (name: string): boolean =>
		!name.startsWith('pagefind/') || /\/(?:catalogue\.json|fragment\/)/.test(name);
	const told = createHash('sha256').update(worker());
	let bytes = 0;
	for (const name of [...own, ...packed]) {
		const { hash, size } = hashOf(join(siteDir, name));
		if (isTold(name)) told.update(`${name} ${hash}`);
		bytes += size;
	}
	const version = told.digest('hex').slice(0, 16);
	const write = (name: string, text: string): void => writeFileSync(join(siteDir, name), text);
	write('offline-worker.js', worker().replace('%VERSION%', version));
	write('offline.json', JSON.stringify({ version, files: own.map(pathOf) }));
	if (packed.length > 0)
		write('pagefind/offline.json', JSON.stringify({ files: packed.map(pathOf) }));
	return { files: names.length, bytes };
}

function worker(): string {
	const file = fileURLToPath(import.meta.resolve('#/web/offline/worker.ts'));
	return stripTypeScriptTypes(readFileSync(file, 'utf8'));
}

/** What makes no sense without a network, and what is written here. */
const left =
	/(?:^|\/)(?:offline-worker\.js|offline\.json|llms\.txt|atom\.xml|feed\.json)$|\.gitignore$/;

/** The address a file is asked for by. */
function pathOf(name: string): string {
	const path = `/${name}`.replace(/\/index\.html$/, '/');
	return path.split('/').map(encodeURIComponent).join('/');
}
