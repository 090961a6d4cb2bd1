/** Reads the share of files it is given, in a thread of its own. */
import { workerData } from 'node:worker_threads';
import { readHere } from './reading-crew.ts';
import type { Share } from './reading-crew.ts';
import { answer } from './thread.ts';

// Only reading-crew.ts starts this thread, with a share.
answer('readings', readHere(workerData as Share));
