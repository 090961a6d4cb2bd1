import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Kind } from './kinds.ts';
import { readEntry } from './reader.ts';
import type { Reading } from './reader.ts';

/**
 * Reads many files: in this thread where they are few, on every processor where they are many.
 * @param contentDir - absolute path of the content folder
 * @returns one reading for each job, in the order of the jobs
 */
export async function readEntries(
	contentDir: string,
	jobs: readonly ReadJob[],
): Promise<Reading[]> {
	const readers = jobs.length < worthwhile ? 1 : Math.min(availableParallelism(), most);
	const size = Math.ceil(jobs.length / readers);
	const others: Promise<Reading[]>[] = [];
	for (let start = size; start < jobs.length; start += size) {
		others.push(readElsewhere({ contentDir, jobs: jobs.slice(start, start + size) }));
	}
	const own = readHere({ contentDir, jobs: jobs.slice(0, size) });
	return [own, ...(await Promise.all(others))].flat();
}

/** Reads a share of the files in this thread. */
export function readHere({ contentDir, jobs }: Share): Reading[] {
	return jobs.map(({ file, kind, digest }) => readEntry(contentDir, file, kind, digest));
}

function readElsewhere(share: Share): Promise<Reading[]> {
	return new Promise((resolve, reject) => {
		const thread = new Worker(new URL('./reading-thread.ts', import.meta.url), {
			workerData: share,
		});
		thread.once('message', resolve);
		thread.once('error', reject);
		thread.once('exit', (code) => {
			reject(new Error(`A reading thread ended with code ${code} before it had answered.`));
		});
	});
}

// A thread takes about a third of a second to start: what a few hundred files take to read.
const worthwhile = 600;
const most = 4;

export interface ReadJob {
	/** Path below the content folder. */
	file: string;
	kind: Kind;
	digest: string;
}

export interface Share {
	contentDir: string;
	jobs: readonly ReadJob[];
}
