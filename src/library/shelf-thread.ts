/** Reads the folder it is given, then checks it, in a thread of its own. */
import { workerData } from 'node:worker_threads';
import type { ReadAhead } from './reading-ahead.ts';
import { gatherShelf, lean, openShelf } from './shelf.ts';
import type { ContentOptions } from './shelf.ts';
import { answer } from './thread.ts';

// Only reading-ahead.ts starts this thread, with options.
const options = workerData as ContentOptions;
const { shelf, check, keep } = await gatherShelf({ ...options, keepsBodies: true });

/** The library of the audience that it was read for. */
export const { library } = openShelf(shelf, options);

const admitted = new Set(library.entries.map(({ digest }) => digest));

/** The trees of the bodies that were read, of these entries alone. */
export const bodies = shelf.bodies.map(({ bytes, places }) => ({
	bytes,
	places: new Map([...places].filter(([digest]) => admitted.has(digest))),
}));

const { byRef: _, ...source } = library;
answer('library', {
	source: { ...source, entries: library.entries.map(lean) },
	bodies,
	readCount: shelf.readCount,
	fileCount: shelf.entries.length,
} satisfies ReadAhead);
answer('problems', check());
// The build waits for the problems and not for this.
keep();
