import { mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { dayOf } from '#/day.ts';
import { sortProblems } from '#/problem.ts';
import type { Problem } from '#/problem.ts';
import { readSettings } from '#/settings.ts';
import type { Settings } from '#/settings.ts';
import { admit } from './audience.ts';
import type { Pack } from './body-pack.ts';
import { openLibrary } from './entries.ts';
import type { Audience, Library } from './entries.ts';
import type { Entry } from './entry.ts';
import { fingerprint } from './fingerprint.ts';
import { kindNames, kindOfFolder, kinds } from './kinds.ts';
import { nearest } from './nearest.ts';
import { digestOf } from './digest.ts';
import type { Reading } from './reader.ts';
import { readEntries } from './reading-crew.ts';
import type { ReadJob } from './reading-crew.ts';
import { readReceipts } from './receipts.ts';
import type { ReceiptReading } from './receipts.ts';
import { checkShelf } from './rules/check.ts';
import { checkEach } from './rules/each.ts';

/**
 * Reads a content folder and opens it for an audience on a day.
 * @returns the library, and every problem of the folder: all of them, whatever the audience
 * @throws UserError where the settings cannot be read
 */
export async function openContent(options: ContentOptions): Promise<OpenedContent> {
	const shelf = await readShelf(options);
	return { ...openShelf(shelf, options), problems: shelf.problems };
}

/** Opens what was read for an audience. */
export function openShelf(
	shelf: Omit<Shelf, 'problems'>,
	options: ContentOptions,
): { library: Library } {
	const today = dayOf(options.now, shelf.settings.timeZone);
	const door = {
		audience: options.audience,
		today,
		settings: shelf.settings,
		isPreview: options.isPreview ?? false,
	};
	return {
		library: openLibrary({
			audience: options.audience,
			today,
			settings: shelf.settings,
			contentDir: options.contentDir,
			entries: admit(shelf.entries, door),
			receipts: options.audience === 'staff' ? shelf.receipts.receipts : new Map(),
		}),
	};
}

/**
 * Reads every entry of a content folder and checks them, alone and together. A file that has not
 * changed since the last reading is not read again, where a cache folder is given.
 */
export async function readShelf(options: ContentOptions): Promise<Shelf> {
	const { shelf, check, keep } = await gatherShelf(options);
	keep();
	return { ...shelf, problems: await check() };
}

/**
 * The first half of `readShelf`, for whom the entries are urgent and their problems are not yet.
 * @returns the shelf; and what remains to do, in any order: to check it, which returns every
 * problem, and to keep what was read for the next time
 */
export async function gatherShelf(
	options: ContentOptions,
): Promise<{ shelf: Omit<Shelf, 'problems'>; check: () => Promise<Problem[]>; keep: () => void }> {
	const { contentDir } = options;
	const settings = readSettings(contentDir);
	const receipts = readReceipts(options.receiptsDir ?? join(contentDir, 'issues'));
	const print = fingerprint();
	const cache = readCache(options.cacheDir, print);
	const found: ReadJob[] = [];
	const problems: Problem[] = strayFolders(contentDir);
	for (const kind of kindNames) {
		for (const name of filesOf(join(contentDir, kinds[kind].folder))) {
			const file = `${kinds[kind].folder}/${name}`;
			const stray = strayFile(file, kind);
			if (stray) problems.push(stray);
			if (stray || extname(name) !== `.${kinds[kind].extension}`) continue;
			found.push({ file, kind, digest: digestOf(readFileSync(join(contentDir, file)), print) });
		}
	}
	const unknown = found.filter(({ file, digest }) => cache[file]?.digest !== digest);
	const {
		readings: anew,
		bodies,
		checkers,
	} = await readEntries({ contentDir, keepsBodies: options.keepsBodies ?? false }, unknown);
	const fresh = new Map(anew.map((reading) => [reading.file, reading]));
	const readings = found.flatMap(({ file }) => fresh.get(file) ?? cache[file] ?? []);
	const readCount = fresh.size;
	const entries = readings.flatMap(({ entry }) => (entry ? [entry] : []));
	const keep = (): void => {
		if (readCount === 0 && Object.keys(cache).length === readings.length) return;
		writeCache(options.cacheDir, print, readings);
	};
	const check = async (): Promise<Problem[]> => {
		for (const reading of readings) {
			problems.push(...(reading.isReady ? reading.problems : reading.problems.map(demote)));
		}
		const unread = unreadOf(readings);
		const today = dayOf(options.now, settings.timeZone);
		const terms = entries.filter((entry) => entry.kind === 'term');
		const facts = { contentDir, settings, today, terms };
		const elsewhere = checkers.map((checker) => checker.check(facts));
		const theirs = new Set(checkers.flatMap((checker) => checker.entries));
		const own = checkEach(
			entries.filter((entry) => !theirs.has(entry)),
			facts,
		);
		const together = checkShelf({ ...facts, now: options.now, entries, unread, receipts });
		const others = (await Promise.all(elsewhere)).flat();
		return sortProblems([...problems, ...own, ...others, ...together]);
	};
	return { shelf: { settings, entries, receipts, readCount, bodies }, check, keep };
}

/** An entry without what only rules read: it would make whatever holds all entries half as large again. */
export function lean(entry: Entry): Entry {
	return { ...entry, body: { ...entry.body, prose: [], named: [] } };
}

/** References of files whose fields do not hold. */
function unreadOf(readings: readonly Reading[]): Set<string> {
	return new Set(
		readings.flatMap(({ entry, kind, file }) =>
			entry ? [] : [`${kind}/${file.slice(file.indexOf('/') + 1, -extname(file).length)}`],
		),
	);
}

/** In a draft an error is a warning: it does not stand in anybody's way yet. */
function demote(problem: Problem): Problem {
	return problem.level === 'error' ? { ...problem, level: 'warn' } : problem;
}

/** Files of a folder that count: none that begin with an underscore or a dot. */
function filesOf(folder: string): string[] {
	try {
		return readdirSync(folder)
			.filter((name) => !/^[_.]/.test(name))
			.toSorted();
	} catch {
		return [];
	}
}

/** What lies in the content folder and belongs to no kind is read by nobody: a slip, most likely. */
function strayFolders(contentDir: string): Problem[] {
	const folders = kindNames.map((kind) => kinds[kind].folder);
	return filesOf(contentDir).flatMap((file) => {
		if (file === 'settings.yaml' || /\.md$/i.test(file) || kindOfFolder(file)) return [];
		const near = nearest(file, folders);
		return [
			{
				file,
				...top,
				rule: 'file/folder',
				level: 'warn' as const,
				message: 'is not read; it is no folder of the content model.',
				fix: near
					? `Did you mean ${near}? Rename it.`
					: `The folders are ${folders.join(', ')}. Move it away, or put _ before its name.`,
			},
		];
	});
}

/** What is wrong with a whole file stands at its top. */
const top = { line: 1, column: 1 } as const;
const companions = new Set(['.png', '.jpg', '.jpeg', '.json']);

function strayFile(file: string, kind: keyof typeof kinds): Problem | undefined {
	const { extension } = kinds[kind];
	const name = file.split('/').at(-1) ?? file;
	const ending = extname(name);
	if (ending === `.${extension}`) {
		const stem = name.slice(0, -ending.length);
		if (/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(stem) && stem.length <= 60) return undefined;
		return {
			file,
			...top,
			rule: 'file/name',
			level: 'error',
			message: `The file name "${name}" is not kebab-case of at most 60 characters.`,
			fix: `Rename it to lower-case letters, digits and single hyphens, ending in .${extension}.`,
		};
	}
	if (companions.has(ending)) return undefined;
	return {
		file,
		...top,
		rule: 'file/kind',
		level: 'error',
		message: `A ${kinds[kind].one.toLowerCase()} is a .${extension} file; this one is not read.`,
		fix: kindOfFolder(name)
			? 'Move the folder up.'
			: `Rename it to end in .${extension}, or move it away.`,
	};
}

function readCache(cacheDir: string | undefined, print: string): Record<string, Reading> {
	if (cacheDir === undefined) return {};
	try {
		// The file is our own, and its fingerprint says that this very code wrote it.
		const cache = JSON.parse(readFileSync(join(cacheDir, cacheFile), 'utf8')) as ShelfCache;
		return cache.fingerprint === print ? cache.readings : {};
	} catch {
		return {};
	}
}

function writeCache(
	cacheDir: string | undefined,
	print: string,
	readings: readonly Reading[],
): void {
	if (cacheDir === undefined) return;
	const byFile = Object.fromEntries(readings.map((reading) => [reading.file, reading]));
	const cache: ShelfCache = { fingerprint: print, readings: byFile };
	mkdirSync(cacheDir, { recursive: true });
	const target = join(cacheDir, cacheFile);
	// Two builds may run at once: each writes its own file, and the rename is whole or not at all.
	const own = `${target}.${process.pid}`;
	writeFileSync(own, JSON.stringify(cache));
	renameSync(own, target);
}

const cacheFile = 'shelf.json';

export interface ContentOptions {
	/** Absolute path of the content folder. */
	contentDir: string;
	/** Absolute path; by default receipts lie beside their issues. */
	receiptsDir?: string | undefined;
	audience: Audience;
	/** The instant taken for now. */
	now: Date;
	/** True shows staff drafts. */
	isPreview?: boolean | undefined;
	/** Absolute path of a folder for what may be reused; nothing is kept without one. */
	cacheDir?: string | undefined;
	/** True keeps the trees of the bodies that are read, for a build that soon renders them. */
	keepsBodies?: boolean | undefined;
}

export interface OpenedContent {
	library: Library;
	problems: Problem[];
}

export interface Shelf {
	settings: Settings;
	/** Every entry whose fields hold, for any audience. Never hand these to a page. */
	entries: Entry[];
	receipts: ReceiptReading;
	problems: Problem[];
	/** How many files were read and parsed, not taken from the cache. */
	readCount: number;
	/** Trees of bodies by their entry's digest: of files read anew, where they are kept. */
	bodies: readonly Pack[];
}

interface ShelfCache {
	fingerprint: string;
	readings: Record<string, Reading>;
}
