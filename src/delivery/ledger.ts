/**
 * The ledger keeps receipts where nothing can write one twice: the final name is made by `link()`,
 * which fails where it exists and never shows half a file. Whoever comes second reads what the first
 * one chose. A receipt that cannot be made sure of means no send.
 */
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf, flushFolder, reasonOf, writeOnce } from './durable.ts';
import { formatReceipt, parseReceipt } from './receipt.ts';
import type { Receipt } from './receipt.ts';

/** Where the protocol keeps its choices. */
export interface Ledger {
	/** The receipt of an attempt. */
	read(issue: string, attempt: number): Promise<LedgerReading>;
	/** Writes a receipt unless there is one, and returns the one that stands. */
	write(receipt: Receipt): Promise<Written>;
	/** Every receipt of every issue. One that cannot be read is among them. */
	list(): Promise<Written[]>;
}

/** What a ledger knows of an attempt. `unreadable` and `failed` stop everything. */
export type LedgerReading =
	| { kind: 'none' }
	| { kind: 'receipt'; receipt: Receipt; file: string }
	| { kind: 'unreadable'; file: string; reason: string }
	| { kind: 'failed'; file: string; reason: string };

/**
 * Receipts as files of one folder, for one machine.
 * @param folder - absolute path; made when the first receipt is written
 * @param stem - file name of the issue without its ending, `005-whose-number-is-it`
 */
export function fileLedger(folder: string, stem: string): Ledger {
	async function read(issue: string, attempt: number): Promise<LedgerReading> {
		const names = await namesIn(folder);
		if (!Array.isArray(names)) return names;
		const found = findReceipt(names, stem, issue, attempt);
		if (found.kind !== 'file') return found;
		const reading = await readBack(folder, found.file, issue, attempt);
		if (reading.kind !== 'receipt') return reading;
		try {
			// Whoever wrote it may have died before its name was on disk, and it is about to be relied on.
			await flushFolder(folder);
		} catch (error) {
			return { kind: 'failed', file: found.file, reason: reasonOf(error) };
		}
		return reading;
	}

	async function write(receipt: Receipt): Promise<Written> {
		const name = receiptName(stem, receipt.attempt);
		try {
			await writeOnce(folder, name, formatReceipt(receipt));
		} catch (error) {
			return { kind: 'failed', file: name, reason: reasonOf(error) };
		}
		return readBack(folder, name, receipt.issue, receipt.attempt);
	}

	async function list(): Promise<Written[]> {
		const names = await namesIn(folder);
		if (!Array.isArray(names)) return names.kind === 'none' ? [] : [names];
		return Promise.all(
			receiptsAmong(names).map(({ file, issue, attempt }) =>
				readBack(folder, file, issue, attempt),
			),
		);
	}

	return { read, write, list };
}

/** `005-title.receipt.json`; from the second attempt on `005-title.receipt.2.json`. */
export function receiptName(stem: string, attempt: number): string {
	return attempt === 1 ? `${stem}.receipt.json` : `${stem}.receipt.${attempt}.json`;
}

/** The receipt of an attempt among the names of a folder. One under another title is unreadable. */
export function findReceipt(
	names: readonly string[],
	stem: string,
	issue: string,
	attempt: number,
): Exclude<LedgerReading, { kind: 'receipt' }> | { kind: 'file'; file: string } {
	const file = receiptName(stem, attempt);
	const ending = receiptName('', attempt);
	const found = names.filter((name) => name.startsWith(`${issue}-`) && name.endsWith(ending));
	const stray = found.find((name) => name !== file);
	if (stray !== undefined) {
		const reason = `the issue is now called ${stem}. Give it back the name it was sent under`;
		return { kind: 'unreadable', file: stray, reason };
	}
	return found.length === 0 ? { kind: 'none' } : { kind: 'file', file };
}

/** Every receipt among the names of a folder, of whatever issue. */
export function receiptsAmong(
	names: readonly string[],
): { file: string; issue: string; attempt: number }[] {
	return names.flatMap((file) => {
		const match = /^(\d{3,4}(?:c\d)?)-.+\.receipt(?:\.(\d+))?\.json$/.exec(file);
		return match?.[1] ? [{ file, issue: match[1], attempt: Number(match[2] ?? 1) }] : [];
	});
}

/** What the text of a receipt file says, where it is the receipt that its name promises. */
export function readingOf(text: string, file: string, issue: string, attempt: number): Written {
	const parsed = parseReceipt(text);
	if ('reason' in parsed) return { kind: 'unreadable', file, reason: parsed.reason };
	const { receipt } = parsed;
	if (receipt.issue !== issue || receipt.attempt !== attempt) {
		const reason = `it is the receipt of issue ${receipt.issue}, attempt ${receipt.attempt}`;
		return { kind: 'unreadable', file, reason };
	}
	return { kind: 'receipt', receipt, file };
}

async function namesIn(
	folder: string,
): Promise<string[] | Exclude<LedgerReading, { kind: 'receipt' }>> {
	try {
		return await readdir(folder);
	} catch (error) {
		if (codeOf(error) === 'ENOENT') return { kind: 'none' };
		return { kind: 'failed', file: folder, reason: reasonOf(error) };
	}
}

async function readBack(
	folder: string,
	file: string,
	issue: string,
	attempt: number,
): Promise<Written> {
	try {
		return readingOf(await readFile(join(folder, file), 'utf8'), file, issue, attempt);
	} catch (error) {
		return { kind: 'failed', file, reason: reasonOf(error) };
	}
}

/** What stands after a write. */
export type Written = Exclude<LedgerReading, { kind: 'none' }>;
