/** Reads its share of the files in a thread of its own, and then checks what it has read. */
import { workerData } from 'node:worker_threads';
import type { Entry } from './entry.ts';
import { entriesOf, readHere } from './reading-crew.ts';
import type { Share } from './reading-crew.ts';
import type { EntryFacts } from './rules/finding.ts';
import { answer, asked } from './thread.ts';

// Only reading-crew.ts starts this thread, with a share, and asks it once, with facts.
const entries = readAndAnswer(workerData as Share);
const { checkEach } = await import('./rules/each.ts');
answer('problems', checkEach(entries, await asked<EntryFacts>()));

/** @returns the entries; of the trees nothing is held */
function readAndAnswer(share: Share): Entry[] {
	const readings = readHere(share);
	answer('readings', readings);
	return entriesOf(readings);
}
