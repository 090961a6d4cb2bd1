import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readFacts } from './references.ts';
import type { FileFacts, FileReference } from './references.ts';

/**
 * Reads built files, and keeps what they refer to between builds: a file with the same text is not
 * parsed again. Most references stand on many pages, so each is kept once.
 * @param cacheDir - absolute path; undefined keeps nothing
 * @param origin - the site's own, without a slash at its end
 */
export function keepFacts(cacheDir: string | undefined, origin: string): FactsKeeper {
	const print = fingerprint(origin);
	const before = readKept(cacheDir, print);
	const shared = before.references;
	const numbers = new Map(shared.map((reference, number) => [JSON.stringify(reference), number]));
	const numberOf = (reference: FileReference): number => {
		const key = JSON.stringify(reference);
		const known = numbers.get(key);
		if (known !== undefined) return known;
		numbers.set(key, shared.length);
		return shared.push(reference) - 1;
	};
	const used: Kept['files'] = {};
	return {
		read(file, text) {
			const digest = createHash('sha256').update(extname(file)).update(text).digest('base64');
			const known = before.files[digest];
			if (known) {
				used[digest] = known;
				return unpacked(known, shared);
			}
			const facts = readFacts(file, text, origin);
			const { ids, twins, references, movedTo } = facts;
			used[digest] = {
				ids: [...ids],
				twins: [...twins],
				references: references.map(numberOf),
				...(movedTo !== undefined && { movedTo }),
			};
			return facts;
		},
		keep() {
			if (cacheDir === undefined) return;
			mkdirSync(cacheDir, { recursive: true });
			const kept: Kept = { print, references: shared, files: used };
			writeFileSync(join(cacheDir, keptFile), JSON.stringify(kept));
		},
	};
}

function unpacked(
	{ ids, twins, references, movedTo }: KeptFile,
	shared: readonly FileReference[],
): FileFacts {
	return {
		ids: new Set(ids),
		twins: new Set(twins),
		references: references.flatMap((number) => shared[number] ?? []),
		...(movedTo !== undefined && { movedTo }),
	};
}

function readKept(cacheDir: string | undefined, print: string): Kept {
	const none: Kept = { print, references: [], files: {} };
	if (cacheDir === undefined) return none;
	try {
		// Only this module writes the file.
		const kept = JSON.parse(readFileSync(join(cacheDir, keptFile), 'utf8')) as Kept;
		return kept.print === print ? kept : none;
	} catch {
		return none;
	}
}

/** A hash over what decides how a file is read: this folder's code, the parser, the site's address. */
function fingerprint(origin: string): string {
	const hash = createHash('sha256').update(origin);
	const folder = fileURLToPath(new URL('.', import.meta.url));
	for (const name of readdirSync(folder).toSorted()) hash.update(readFileSync(join(folder, name)));
	// Satteri does not export its manifest.
	const parser = createRequire(import.meta.url).resolve('satteri');
	return hash.update(readFileSync(join(parser, '../../package.json'))).digest('hex');
}

const keptFile = 'links.json';

export interface FactsKeeper {
	/**
	 * What a file refers to.
	 * @param file - path below the site's folder, with forward slashes
	 * @param text - its text; empty for a file that is no text
	 */
	read(file: string, text: string): FileFacts;
	/** Keeps what was read for the next build, and nothing older. */
	keep(): void;
}

interface Kept {
	print: string;
	/** Every reference once; files name them by place. */
	references: FileReference[];
	/** By the digest of ending and text. */
	files: Record<string, KeptFile>;
}

interface KeptFile {
	ids: string[];
	twins: string[];
	references: number[];
	movedTo?: string;
}
