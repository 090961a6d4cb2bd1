import { readingOf, receiptName } from '#/delivery/ledger.ts';
import type { Ledger, Written } from '#/delivery/ledger.ts';
import { formatReceipt } from '#/delivery/receipt.ts';

/**
 * A ledger that everybody shares and nobody can write twice, as a Git host is. It keeps text, so that
 * what is read back has been through the same schema as a file.
 * @param stem - file name of the issue without its ending
 * @param texts - what it holds, by file name
 */
export function memoryLedger(stem: string, texts: Map<string, Kept>): Ledger {
	function stands(file: string): Written | undefined {
		const kept = texts.get(file);
		return kept && readingOf(kept.text, file, kept.issue, kept.attempt);
	}

	return {
		read: async (_issue, attempt) => stands(receiptName(stem, attempt)) ?? { kind: 'none' },
		async write(receipt) {
			const file = receiptName(stem, receipt.attempt);
			const { issue, attempt } = receipt;
			if (!texts.has(file)) texts.set(file, { text: formatReceipt(receipt), issue, attempt });
			return stands(file) ?? { kind: 'failed', file, reason: 'it was not kept' };
		},
		list: async () => [...texts.keys()].flatMap((file) => stands(file) ?? []),
	};
}

/** The text of one receipt. */
export interface Kept {
	text: string;
	issue: string;
	attempt: number;
}
