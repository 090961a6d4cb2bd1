/** Reads the share of files it is given, in a thread of its own, and answers once. */
import { parentPort, workerData } from 'node:worker_threads';
import { readHere } from './reading-crew.ts';
import type { Share } from './reading-crew.ts';

// Only reading-crew.ts starts this thread, with a share.
parentPort?.postMessage(readHere(workerData as Share));
