import { Worker, parentPort } from 'node:worker_threads';
import type { ResourceLimits } from 'node:worker_threads';
import { threadEnvironment } from '#/environment.ts';

/**
 * Starts a thread.
 * @param module - what the thread runs; it finds `data` as its `workerData`
 * @param limits - of its memory, besides the usual
 */
export function startThread(module: URL, data: unknown, limits: ResourceLimits = {}): Worker {
	return new Worker(module, {
		workerData: data,
		env: threadEnvironment(),
		resourceLimits: { ...smallNursery, ...limits },
	});
}

/**
 * What a thread answers under a name. Ask before it can have answered.
 * @throws whatever the thread throws; Error where it ends without that answer
 */
export function answerOf<T>(thread: Worker, name: string): Promise<T> {
	return new Promise((resolve, reject) => {
		thread.on('message', (answer: Answer<T>) => {
			if (answer.name === name) resolve(answer.value);
		});
		thread.once('error', reject);
		thread.once('exit', (code) => {
			reject(new Error(`A thread ended with code ${code} before it had answered.`));
		});
	});
}

/** What a thread is asked after it was started, in that thread. */
export function asked<T>(): Promise<T> {
	return new Promise((resolve) => parentPort?.once('message', resolve));
}

/** Answers under a name, in a thread. */
export function answer(name: string, value: unknown): void {
	parentPort?.postMessage({ name, value } satisfies Answer<unknown>);
}

// A thread that reads leaves much behind. V8 would let each pile up 100 MB of it, and keep that
// memory for a while after the thread's end; a small nursery costs no time that can be measured.
const smallNursery = { maxYoungGenerationSizeMb: 8 };

interface Answer<T> {
	name: string;
	value: T;
}
