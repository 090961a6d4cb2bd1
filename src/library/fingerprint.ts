import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * A hash over everything that decides how an entry is read: this folder's code and the parsers'
 * versions. Astro keys its own store on `content.config.ts` alone, so a changed schema, rule or
 * parser would otherwise serve what an older one read.
 */
export function fingerprint(): string {
	const hash = createHash('sha256');
	const folder = fileURLToPath(new URL('.', import.meta.url));
	for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted()) {
		if (name.endsWith('.ts') && !name.endsWith('.test.ts')) {
			hash.update(name).update(readFileSync(join(folder, name)));
		}
	}
	for (const manifest of parserManifests()) hash.update(readFileSync(manifest));
	return hash.digest('hex').slice(0, 16);
}

function parserManifests(): string[] {
	const { resolve } = createRequire(import.meta.url);
	// Satteri does not export its manifest.
	const bodies = join(resolve('satteri'), '../../package.json');
	return [
		bodies,
		resolve('yaml/package.json'),
		resolve('js-yaml/package.json'),
		resolve('zod/package.json'),
	];
}
