/**
 * A ledger that every runner shares: receipts are commits on a branch of the git remote. A push that
 * only ever moves the branch forward is what makes a receipt write-once: of two runners with two
 * choices one is rejected, fetches, and finds the other's.
 */
import { writeOnce } from './durable.ts';
import { openBranch } from './git-branch.ts';
import type { Branch, RunGit, Tip } from './git-branch.ts';
import { GitError } from './git.ts';
import { fileLedger, findReceipt, readingOf, receiptName, receiptsAmong } from './ledger.ts';
import type { Ledger, LedgerReading, Written } from './ledger.ts';
import { formatReceipt } from './receipt.ts';
import type { Receipt } from './receipt.ts';

/**
 * Receipts on a branch of the checkout's remote, for any number of machines. Every reading asks the
 * remote. What `write` wrote or found is also put beside its issue, for the commands that only look
 * at files; where that cannot be done, nothing is lost.
 */
export function gitLedger(options: GitLedgerOptions, ports: GitLedgerPorts): Ledger {
	const { folder, stem, branch: name, remote = 'origin' } = options;
	const where = `${remote}/${name}`;
	const local = fileLedger(folder, stem);

	async function read(issue: string, attempt: number): Promise<LedgerReading> {
		// First, so that what another process pushes and copies meanwhile is not taken for unpushed.
		const copy = await local.read(issue, attempt);
		return answering(async (branch) => {
			let reading = await readAt(await look(branch), branch, issue, attempt);
			for (
				let again = 0;
				again < 2 && reading.kind === 'none' && copy.kind === 'receipt';
				again++
			) {
				await pause();
				reading = await readAt(await look(branch), branch, issue, attempt);
			}
			return compare(reading, copy);
		});
	}

	async function write(receipt: Receipt): Promise<Written> {
		return answering(async (branch) => {
			let said = '';
			let before: string | undefined;
			let refused = 0;
			for (let pushes = 0; ; pushes++) {
				const tip = await look(branch);
				const reading = await readAt(tip, branch, receipt.issue, receipt.attempt);
				if (reading.kind === 'receipt') await keepCopy(reading.receipt, branch);
				if (reading.kind !== 'none') return reading;
				refused = tip.commit === before ? refused + 1 : 0;
				before = tip.commit;
				if (pushes === mostPushes || refused === mostRefusals) {
					throw new GitError(`the receipt could not be pushed to ${where}: ${said}`);
				}
				if (pushes > 0) await pause();
				said = await push(tip, receipt, branch);
			}
		});
	}

	async function list(): Promise<Written[]> {
		const readings = await answering(async (branch) => {
			const tip = await look(branch);
			const found = receiptsAmong([...tip.blobs.keys()]);
			const texts = await branch.texts(
				tip,
				found.map(({ file }) => file),
			);
			return found.map(({ file, issue, attempt }, index) =>
				readingOf(texts[index] ?? '', `${branch.prefix}${file}`, issue, attempt),
			);
		});
		return Array.isArray(readings) ? readings : [readings];
	}

	/** Where the branch stands. A network that fails for a moment is tried again. */
	async function look(branch: Branch): Promise<Tip> {
		for (let again = 0; ; again++) {
			try {
				return await branch.tip();
			} catch (error) {
				if (again === 2 || !(error instanceof GitError)) throw error;
			}
			await pause();
		}
	}

	async function readAt(
		tip: Tip,
		branch: Branch,
		issue: string,
		attempt: number,
	): Promise<LedgerReading> {
		const found = findReceipt([...tip.blobs.keys()], stem, issue, attempt);
		if (found.kind === 'none') return found;
		const file = `${branch.prefix}${found.file}`;
		if (found.kind !== 'file') return { ...found, file };
		const [text = ''] = await branch.texts(tip, [found.file]);
		return readingOf(text, file, issue, attempt);
	}

	/** @returns what git said. Rejected or unclear, the next look tells what became of it */
	async function push(tip: Tip, receipt: Receipt, branch: Branch): Promise<string> {
		const file = receiptName(stem, receipt.attempt);
		const message = `Receipt of issue ${receipt.issue}, attempt ${receipt.attempt}`;
		const commit = await branch.commit(tip, file, formatReceipt(receipt), message);
		try {
			await branch.push(commit);
			return 'the push was accepted, but the remote does not show it';
		} catch (error) {
			if (error instanceof GitError) return error.message;
			throw error;
		}
	}

	async function keepCopy(receipt: Receipt, branch: Branch): Promise<void> {
		const file = receiptName(stem, receipt.attempt);
		try {
			await branch.hideFromStatus(file);
			await writeOnce(folder, file, formatReceipt(receipt));
		} catch {
			// The receipt is kept on the remote; `git pull` brings the copy.
		}
	}

	/** What lies in the checkout and not on the remote was never shared, or was taken back. */
	function compare(reading: LedgerReading, copy: LedgerReading): LedgerReading {
		if (copy.kind !== 'receipt') return reading;
		if (reading.kind === 'none') {
			const reason = `it lies in this checkout and not on ${where}. Commit it and push it there`;
			return { kind: 'unreadable', file: copy.file, reason };
		}
		if (reading.kind !== 'receipt') return reading;
		if (formatReceipt(reading.receipt) === formatReceipt(copy.receipt)) return reading;
		const reason = `${where} has another receipt of that name, and that one counts`;
		return { kind: 'unreadable', file: copy.file, reason };
	}

	async function answering<T>(work: (branch: Branch) => Promise<T>): Promise<T | Failed> {
		try {
			return await work(await openBranch({ folder, branch: name, remote }, ports.git));
		} catch (error) {
			if (!(error instanceof GitError)) throw error;
			return { kind: 'failed', file: where, reason: error.message };
		}
	}

	function pause(): Promise<void> {
		return ports.wait(ports.random() * 500);
	}

	return { read, write, list };
}

const mostPushes = 20;

/** Pushes that fail again and again while nobody else moves the branch are no race. */
const mostRefusals = 5;

export interface GitLedgerOptions {
	/** Absolute path of the folder with the issues, in a checkout of git. */
	folder: string;
	/** File name of the issue without its ending, `005-whose-number-is-it`. */
	stem: string;
	/** The branch receipts are pushed to. */
	branch: string;
	/** Name of the remote; `origin` if absent. */
	remote?: string;
}

export interface GitLedgerPorts {
	/** `runGit`, but for tests. */
	git: RunGit;
	wait(milliseconds: number): Promise<void>;
	/** A number from 0 up to, not including, 1. */
	random(): number;
}

type Failed = Extract<LedgerReading, { kind: 'failed' }>;
