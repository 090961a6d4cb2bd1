/** Reads the folder it is given, then checks it, in a thread of its own. */
import { workerData } from 'node:worker_threads';
import type { Pack } from './body-pack.ts';
import type { Library } from './entries.ts';
import type { ReadAhead } from './reading-ahead.ts';
import { gatherShelf, lean, openShelf } from './shelf.ts';
import type { ContentOptions } from './shelf.ts';
import { answer } from './thread.ts';

// Only reading-ahead.ts starts this thread, with options.
export const { library, bodies } = await readAndAnswer(workerData as ContentOptions);

/**
 * @returns the library of the audience that was asked for, its entries lean, and the trees of the
 * bodies that were read; nothing else is held
 */
async function readAndAnswer(
	options: ContentOptions,
): Promise<{ library: Library; bodies: readonly Pack[] }> {
	const { shelf, check, keep } = await gatherShelf({ ...options, keepsBodies: true });
	const opened = openShelf({ ...shelf, entries: shelf.entries.map(lean) }, options);
	const { byRef: _, ...source } = opened.library;
	const admitted = new Set(source.entries.map(({ digest }) => digest));
	const own = shelf.bodies.map(({ bytes, places }) => ({
		bytes,
		places: new Map([...places].filter(([digest]) => admitted.has(digest))),
	}));
	answer('library', {
		source,
		bodies: own,
		readCount: shelf.readCount,
		fileCount: shelf.entries.length,
	} satisfies ReadAhead);
	answer('problems', await check());
	// The build waits for the problems and not for this.
	keep();
	return { library: opened.library, bodies: own };
}
