import { availableParallelism } from 'node:os';
import { pack } from './body-pack.ts';
import type { Pack } from './body-pack.ts';
import type { Kind } from './kinds.ts';
import { readEntry } from './reader.ts';
import type { Reading } from './reader.ts';
import { answerOf, startThread } from './thread.ts';
import type { BodyNode } from './tree.ts';

/**
 * Reads many files: in this thread where they are few, on every processor where they are many.
 * @returns one reading for each job, in the order of the jobs, and the trees, where they are kept
 */
export async function readEntries(way: Way, jobs: readonly ReadJob[]): Promise<Readings> {
	const readers = jobs.length < worthwhile ? 1 : Math.min(availableParallelism(), most);
	const size = Math.ceil(jobs.length / readers);
	const others: Promise<Readings>[] = [];
	for (let start = size; start < jobs.length; start += size) {
		const share: Share = { ...way, jobs: jobs.slice(start, start + size) };
		const thread = startThread(new URL('./reading-thread.ts', import.meta.url), share);
		others.push(answerOf(thread, 'readings'));
	}
	const own = readHere({ ...way, jobs: jobs.slice(0, size) });
	const all = [own, ...(await Promise.all(others))];
	return {
		readings: all.flatMap(({ readings }) => readings),
		bodies: all.flatMap(({ bodies }) => bodies),
	};
}

/** Reads a share of the files in this thread. */
export function readHere({ contentDir, keepsBodies, jobs }: Share): Readings {
	const trees = new Map<string, Buffer>();
	const readings = jobs.map(({ file, kind, digest }) =>
		readEntry(contentDir, file, kind, digest, (nodes) => {
			if (keepsBodies) trees.set(digest, Buffer.from(JSON.stringify(withoutPlaces(nodes))));
		}),
	);
	return { readings, bodies: trees.size > 0 ? [pack(trees)] : [] };
}

/**
 * Takes the places out of a tree, but for those of components, which tell two of a kind apart: half
 * of what there is to write is places, and they are of use to messages only.
 */
function withoutPlaces(nodes: readonly BodyNode[]): readonly BodyNode[] {
	for (const node of nodes) {
		if (node.type !== 'component') node.position = undefined;
		if (node.type !== 'text') withoutPlaces(node.children);
	}
	return nodes;
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

interface Way {
	/** Absolute path of the content folder. */
	contentDir: string;
	/** True keeps the tree of each body. */
	keepsBodies: boolean;
}

export interface Share extends Way {
	jobs: readonly ReadJob[];
}

export interface Readings {
	readings: Reading[];
	/** Trees by digest, where they are kept. */
	bodies: Pack[];
}
