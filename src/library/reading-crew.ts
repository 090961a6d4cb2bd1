import { availableParallelism } from 'node:os';
import type { Worker } from 'node:worker_threads';
import type { Problem } from '#/problem.ts';
import { pack } from './body-pack.ts';
import type { Pack } from './body-pack.ts';
import type { Entry } from './entry.ts';
import type { Kind } from './kinds.ts';
import { readEntry } from './reader.ts';
import type { Reading } from './reader.ts';
import type { EntryFacts } from './rules/finding.ts';
import { answerOf, startThread } from './thread.ts';
import type { BodyNode } from './tree.ts';

/**
 * Reads many files: in this thread where they are few, on every processor where they are many.
 * @returns one reading for each job, in the order of the jobs, and the trees, where they are kept;
 * and those who read a part of the files elsewhere, each to be asked once for what is wrong in it
 */
export async function readEntries(way: Way, jobs: readonly ReadJob[]): Promise<Readings> {
	const readers = jobs.length < worthwhile ? 1 : Math.min(availableParallelism(), most);
	const share: Share = { ...way, jobs, taken: new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT) };
	const module = new URL('./reading-thread.ts', import.meta.url);
	const threads = Array.from({ length: readers - 1 }, () => startThread(module, share));
	const elsewhere = Promise.all(
		threads.map((thread) => answerOf<ShareReadings>(thread, 'readings')),
	);
	elsewhere.catch(() => undefined);
	try {
		const own = readHere(share);
		const others = await elsewhere;
		const all = [own, ...others];
		return {
			readings: all
				.flatMap(({ parts }) => parts)
				.toSorted((a, b) => a.from - b.from)
				.flatMap(({ readings }) => readings),
			bodies: all.flatMap(({ bodies }) => bodies),
			checkers: threads.map((thread, place) => checkerOf(thread, others[place])),
		};
	} catch (cause) {
		await Promise.all(threads.map((thread) => thread.terminate()));
		throw cause;
	}
}

/** A thread that waits to be asked; whoever never asks is not kept from ending. */
function checkerOf(thread: Worker, readings: ShareReadings | undefined): Checker {
	thread.unref();
	return {
		entries: readings ? entriesOf(readings) : [],
		check(facts) {
			thread.ref();
			const problems = answerOf<Problem[]>(thread, 'problems');
			thread.postMessage(facts);
			return problems;
		},
	};
}

/** The entries whose fields hold. */
export function entriesOf({ parts }: ShareReadings): Entry[] {
	return parts.flatMap(({ readings }) => readings.flatMap(({ entry }) => entry ?? []));
}

/** Reads files in this thread, a few at a time, for as long as there are some that no other thread took. */
export function readHere({ contentDir, keepsBodies, jobs, taken }: Share): ShareReadings {
	const trees = new Map<string, Buffer>();
	const parts: Part[] = [];
	const next = new Int32Array(taken);
	for (;;) {
		const from = Atomics.add(next, 0, portion);
		if (from >= jobs.length) break;
		const readings = jobs.slice(from, from + portion).map(({ file, kind, digest }) =>
			readEntry(contentDir, file, kind, digest, (nodes) => {
				if (keepsBodies) trees.set(digest, Buffer.from(JSON.stringify(withoutPlaces(nodes))));
			}),
		);
		parts.push({ from, readings });
	}
	return { parts, bodies: trees.size > 0 ? [pack(trees)] : [] };
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

// Files that a thread takes at once: threads start one after the other, and end together.
const portion = 50;

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
	/** Those of all threads. */
	jobs: readonly ReadJob[];
	/** One 32-bit number: how many of the jobs are taken. */
	taken: SharedArrayBuffer;
}

/** What one thread has read. */
export interface ShareReadings {
	parts: Part[];
	/** Trees by digest, where they are kept. */
	bodies: Pack[];
}

interface Part {
	/** The place of its first job among all. */
	from: number;
	readings: Reading[];
}

export interface Readings extends Pick<ShareReadings, 'bodies'> {
	readings: Reading[];
	checkers: Checker[];
}

/** Somebody who has read a part of the files, and can check it at the same time as others theirs. */
interface Checker {
	entries: readonly Entry[];
	/** @returns every problem of these entries by themselves; ask once */
	check(facts: EntryFacts): Promise<Problem[]>;
}
