/** Reads pages while others are still being rendered, in a thread of its own. */
import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { isBatch, splitBatch } from '#/web/batch/split.ts';
import { collectFacts } from './kept-facts.ts';

// Only facts-ahead.ts starts this thread, with the site's own address.
const facts = collectFacts(workerData as string);
parentPort?.on('message', (file: string) => {
	if (file === '') {
		const { references, files } = facts;
		parentPort?.postMessage({ references, files });
		parentPort?.close();
		return;
	}
	let html: string;
	try {
		html = readFileSync(file, 'utf8');
	} catch {
		return;
	}
	if (!isBatch(html)) facts.read(file, html);
	else for (const page of splitBatch(html)) facts.read(file, page.html);
});
