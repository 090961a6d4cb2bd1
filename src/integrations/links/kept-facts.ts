import { createHash, hash } from 'node:crypto';
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
 * @param ahead - what was read while the site was built
 */
export function keepFacts(
	cacheDir: string | undefined,
	origin: string,
	...ahead: readonly ReadFacts[]
): FactsKeeper {
	const print = fingerprint(origin);
	const before = readKept(cacheDir, print);
	const { references: shared, numberOf } = countReferences(before.references);
	const readAhead = new Map<string, KeptFile>();
	for (const { references, files } of ahead) {
		const places = references.map((reference) => numberOf(reference, true));
		for (const [digest, file] of files) {
			const renumbered = file.references.map((place) => places[place] ?? 0);
			readAhead.set(digest, { ...file, references: renumbered });
		}
	}
	const used: Kept['files'] = {};
	let isNew = false;
	return {
		read(file, hash, text) {
			const digest = extname(file) + hash;
			const known = before.files[digest];
			isNew ||= !known;
			const facts =
				known ?? readAhead.get(digest) ?? packed(readFacts(file, text(), origin), numberOf);
			used[digest] = facts;
			return unpacked(facts, shared);
		},
		keep() {
			const isSame = !isNew && Object.keys(used).length === Object.keys(before.files).length;
			if (cacheDir === undefined || isSame) return;
			mkdirSync(cacheDir, { recursive: true });
			const kept: Kept = { print, references: shared, files: used };
			writeFileSync(join(cacheDir, keptFile), JSON.stringify(kept));
		},
	};
}

/** Reads files before their site is whole, for `keepFacts`. */
export function collectFacts(origin: string): FactsCollector & ReadFacts {
	const { references, numberOf } = countReferences([]);
	const files: ReadFacts['files'] = new Map();
	return {
		references,
		files,
		read(file, text, bytes = text) {
			files.set(
				extname(file) + hash('sha256', bytes, 'base64'),
				packed(readFacts(file, text, origin), numberOf),
			);
		},
	};
}

/**
 * Gives each reference a number, the same one whenever it comes. One that is its own already, as those
 * are that another thread sent, is kept as it is.
 */
function countReferences(references: FileReference[]): {
	references: FileReference[];
	numberOf: (reference: FileReference, isOwn?: boolean) => number;
} {
	// By address: to look for the whole reference would make a text of each.
	const numbers = new Map<string, number[]>();
	const note = (value: string, number: number): void => {
		const namesakes = numbers.get(value);
		if (namesakes) namesakes.push(number);
		else numbers.set(value, [number]);
	};
	for (const [place, { value }] of references.entries()) note(value, place);
	const numberOf = (reference: FileReference, isOwn = false): number => {
		for (const known of numbers.get(reference.value) ?? []) {
			if (isSame(references[known], reference)) return known;
		}
		const own = isOwn ? reference : ownCopy(reference);
		note(own.value, references.length);
		return references.push(own) - 1;
	};
	return { references, numberOf };
}

function isSame(
	one: FileReference | undefined,
	{ need, at, value, words }: FileReference,
): boolean {
	return (
		one?.value === value &&
		one.at === at &&
		one.need === need &&
		// A link without words, and what has none.
		(one.words ?? '') === (words ?? '')
	);
}

function packed(
	{ ids, twins, references, movedTo }: FileFacts,
	numberOf: (reference: FileReference) => number,
): KeptFile {
	return {
		references: references.map((reference) => numberOf(reference)),
		...ownCopy({
			ids: [...ids],
			twins: [...twins],
			...(movedTo !== undefined && { movedTo }),
		}),
	};
}

/** V8 makes a piece of a text by pointing into it: kept as it is, an id would keep its whole page. */
function ownCopy<T>(value: T): T {
	// Texts, and lists and records of texts, come back as they were.
	return JSON.parse(JSON.stringify(value)) as T;
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
	const print = createHash('sha256').update(origin);
	const folder = fileURLToPath(new URL('.', import.meta.url));
	for (const name of readdirSync(folder).toSorted()) print.update(readFileSync(join(folder, name)));
	// The parsers do not export their manifests.
	for (const parser of ['satteri', 'htmlparser2']) {
		const entry = createRequire(import.meta.url).resolve(parser);
		print.update(readFileSync(join(entry, '../../package.json')));
	}
	return print.digest('hex');
}

const keptFile = 'links.json';

export interface FactsCollector {
	/**
	 * Reads a file.
	 * @param file - its name, for the ending
	 * @param bytes - those of the text, where they are at hand
	 */
	read(file: string, text: string, bytes?: string | Uint8Array): void;
}

export interface FactsKeeper {
	/**
	 * What a file refers to.
	 * @param file - path below the site's folder, with forward slashes
	 * @param hash - the SHA-256 of its bytes, in base64
	 */
	read(file: string, hash: string, text: () => string): FileFacts;
	/** Keeps what was read for the next build, and nothing older. */
	keep(): void;
}

/** Of no file. */
export const noFacts: ReadFacts = { references: [], files: new Map() };

/** What files refer to, in numbers. */
export interface ReadFacts {
	/** Every reference once; files name them by place. */
	references: FileReference[];
	/** By ending and hash. */
	files: Map<string, KeptFile>;
}

interface Kept {
	print: string;
	/** Every reference once; files name them by place. */
	references: FileReference[];
	/** By ending and hash. */
	files: Record<string, KeptFile>;
}

interface KeptFile {
	ids: string[];
	twins: string[];
	references: number[];
	movedTo?: string;
}
