/**
 * The ledger keeps receipts where nothing can write one twice: the final name is made by `link()`,
 * which fails where it exists and never shows half a file. Whoever comes second reads what the first
 * one chose. A receipt that cannot be made sure of means no send.
 */
import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { formatReceipt, parseReceipt } from './receipt.ts';
import type { Receipt } from './receipt.ts';

/** Where the protocol keeps its choices. */
export interface Ledger {
	/** The receipt of an attempt. */
	read(issue: string, attempt: number): Promise<LedgerReading>;
	/** Writes a receipt unless there is one, and returns the one that stands. */
	write(receipt: Receipt): Promise<Exclude<LedgerReading, { kind: 'none' }>>;
	/** Every receipt of every issue. One that cannot be read is among them. */
	list(): Promise<Exclude<LedgerReading, { kind: 'none' }>[]>;
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
		const name = receiptName(stem, attempt);
		let names: string[];
		try {
			names = await readdir(folder);
		} catch (error) {
			if (isCode(error, 'ENOENT')) return { kind: 'none' };
			return { kind: 'failed', file: folder, reason: reasonOf(error) };
		}
		const ending = receiptName('', attempt);
		const found = names.filter((other) => other.startsWith(`${issue}-`) && other.endsWith(ending));
		const stray = found.find((other) => other !== name);
		if (stray !== undefined) {
			const reason = `the issue is now called ${stem}. Give it back the name it was sent under`;
			return { kind: 'unreadable', file: stray, reason };
		}
		return found.length === 0
			? { kind: 'none' }
			: readBack(join(folder, name), name, issue, attempt);
	}

	async function write(receipt: Receipt): Promise<Exclude<LedgerReading, { kind: 'none' }>> {
		const name = receiptName(stem, receipt.attempt);
		try {
			await writeOnce(folder, name, formatReceipt(receipt));
		} catch (error) {
			return { kind: 'failed', file: name, reason: reasonOf(error) };
		}
		return readBack(join(folder, name), name, receipt.issue, receipt.attempt);
	}

	return { read, write, list: () => listReceipts(folder) };
}

/** Every receipt in a folder; none where there is no folder yet. */
async function listReceipts(folder: string): ReturnType<Ledger['list']> {
	let names: string[];
	try {
		names = await readdir(folder);
	} catch (error) {
		if (isCode(error, 'ENOENT')) return [];
		return [{ kind: 'failed', file: folder, reason: reasonOf(error) }];
	}
	const found = names.flatMap((name) => {
		const match = /^(\d{3,4}(?:c\d)?)-.+\.receipt(?:\.(\d+))?\.json$/.exec(name);
		return match?.[1] ? [{ name, issue: match[1], attempt: Number(match[2] ?? 1) }] : [];
	});
	return Promise.all(
		found.map(({ name, issue, attempt }) => readBack(join(folder, name), name, issue, attempt)),
	);
}

/** `005-title.receipt.json`; from the second attempt on `005-title.receipt.2.json`. */
function receiptName(stem: string, attempt: number): string {
	return attempt === 1 ? `${stem}.receipt.json` : `${stem}.receipt.${attempt}.json`;
}

async function readBack(
	path: string,
	file: string,
	issue: string,
	attempt: number,
): Promise<Exclude<LedgerReading, { kind: 'none' }>> {
	let text: string;
	try {
		text = await readFile(path, 'utf8');
	} catch (error) {
		return { kind: 'failed', file, reason: reasonOf(error) };
	}
	const parsed = parseReceipt(text);
	if ('reason' in parsed) return { kind: 'unreadable', file, reason: parsed.reason };
	const { receipt } = parsed;
	if (receipt.issue !== issue || receipt.attempt !== attempt) {
		const reason = `it is the receipt of issue ${receipt.issue}, attempt ${receipt.attempt}`;
		return { kind: 'unreadable', file, reason };
	}
	return { kind: 'receipt', receipt, file };
}

/** Returns without an error also where the file existed before. */
async function writeOnce(folder: string, name: string, text: string): Promise<void> {
	await mkdir(folder, { recursive: true });
	const temporary = join(folder, `.${name}.${randomUUID()}.tmp`);
	try {
		await writeDurably(temporary, text);
		try {
			await link(temporary, join(folder, name));
		} catch (error) {
			if (!isCode(error, 'EEXIST')) throw error;
		}
	} finally {
		await rm(temporary, { force: true });
	}
	await flushFolder(folder);
}

async function writeDurably(path: string, text: string): Promise<void> {
	const file = await open(path, 'wx');
	try {
		await file.writeFile(text, 'utf8');
		await file.sync();
	} finally {
		await file.close();
	}
}

/** A name is only lasting once its folder is on disk too. */
async function flushFolder(folder: string): Promise<void> {
	const handle = await open(folder, 'r');
	try {
		await handle.sync();
	} finally {
		await handle.close();
	}
}

function isCode(error: unknown, code: string): boolean {
	return error instanceof Error && 'code' in error && error.code === code;
}

function reasonOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
