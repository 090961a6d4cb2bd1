import type { Worker } from 'node:worker_threads';
import type { Problem } from '#/problem.ts';
import type { LibrarySource } from './entries.ts';
import { leave, left } from './handover.ts';
import { requireNoErrors } from './problems.ts';
import type { ContentOptions, Shelf } from './shelf.ts';
import { answerOf, startThread } from './thread.ts';

/**
 * Begins to read a content folder in a thread, and opens it for an audience there: whoever takes
 * the library in this process gets what that audience may know, and nothing else.
 * @param module - what the thread runs: `shelf-thread.ts`, or a module that goes on from there
 * @returns the thread; what it tells of its reading; and a promise that fails where the content has
 * errors
 */
export function readAhead(
	options: AheadOptions,
	module = new URL('./shelf-thread.ts', import.meta.url),
): { thread: Worker; told: Promise<Told>; checked: Promise<unknown> } {
	const thread = startThread(module, options);
	const reading = answerOf<ReadAhead>(thread, 'library');
	const checking = answerOf<Problem[]>(thread, 'problems');
	const whole = Promise.all([reading, checking]).then(([{ source, bodies }, problems]) => {
		requireNoErrors(problems);
		leave('bodies', bodies);
		return source;
	});
	const told = reading.then(({ source, readCount, fileCount }) => ({
		entryCount: source.entries.length,
		readCount,
		fileCount,
	}));
	// Who asks hears of a failure. A build that ends before may never ask.
	for (const promise of [whole, told]) promise.catch(() => undefined);
	leave('library', { folders: foldersOf(options), source: whole });
	return { thread, told, checked: whole };
}

/**
 * The library of these folders that was begun ahead; undefined where none was.
 * @throws what reading it threw; UserError where the content has errors
 */
export function libraryAhead(options: Folders): Promise<LibrarySource> | undefined {
	const begun = left('library');
	return begun?.folders === foldersOf(options) ? begun.source : undefined;
}

function foldersOf({ contentDir, receiptsDir, audience }: Folders): string {
	return JSON.stringify([contentDir, receiptsDir, audience]);
}

/** What the thread answers under `library`. */
export interface ReadAhead extends Pick<Shelf, 'readCount' | 'bodies'> {
	source: LibrarySource;
	/** Files with an entry, for any audience. */
	fileCount: number;
}

/** How much was read, for the log of a build. */
export interface Told {
	/** Entries that the audience may know. */
	entryCount: number;
	readCount: number;
	fileCount: number;
}

type Folders = Pick<ContentOptions, 'contentDir' | 'receiptsDir' | 'audience'>;
type AheadOptions = Omit<ContentOptions, 'isPreview' | 'keepsBodies'>;
