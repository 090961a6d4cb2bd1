/** Reads pages while others are still being rendered, in a thread of its own. */
import { closeSync, openSync } from 'node:fs';
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { bytesOf } from '#/integrations/file-bytes.ts';
import { isBatch, splitBatch } from '#/web/batch/split.ts';
import { collectFacts } from './kept-facts.ts';

// Only facts-ahead.ts starts this thread, with the site's own address.
const facts = collectFacts(workerData as string);
const waiting: string[] = [];
const late: string[] = [];
let isLast = false;

parentPort?.on('message', function (this: MessagePort, message: string) {
	hear(message);
	while (!isLast && waiting.length > 0) {
		const [file] = waiting.splice(0, 1);
		if (file !== undefined && !readWhole(file, file)) late.push(file);
		for (let said = receiveMessageOnPort(this); said; said = receiveMessageOnPort(this)) {
			// Only facts-ahead.ts sends messages.
			hear(said.message as string);
		}
	}
	if (!isLast) return;
	// All pages are written, and batches are soon taken apart and gone. An open file stays readable.
	const rest = [...late, ...waiting].map((file) => ({ file, handle: opened(file) }));
	for (const { file, handle } of rest) {
		if (handle === undefined) continue;
		readWhole(file, handle);
		closeSync(handle);
	}
	const { references, files } = facts;
	this.postMessage({ references, files });
	this.close();
});

/** What may be read now: a file that was not whole is looked at again before each new one. */
function hear(message: string): void {
	if (message === '') isLast = true;
	else waiting.push(...late.splice(0), message);
}

function opened(file: string): number | undefined {
	try {
		return openSync(file, 'r');
	} catch {
		return undefined;
	}
}

/**
 * @param from - its path, or its handle
 * @returns false for a file that is not there yet, or a batch that is half written
 */
function readWhole(file: string, from: string | number): boolean {
	let html: Buffer;
	try {
		html = bytesOf(from);
	} catch {
		return false;
	}
	// It was opened to be written.
	if (html.length === 0) return false;
	// Half a page by itself has a hash that nobody asks for, so it needs no such care.
	const isWhole = (): boolean => /<\/html>\s*$/.test(html.toString('latin1', html.length - 100));
	if (!isBatch(html)) facts.read(file, html.toString(), html);
	else if (!isWhole()) return false;
	else for (const page of splitBatch(html)) facts.read(file, page.html.toString(), page.html);
	return true;
}
