import type { Problem } from '#/problem.ts';
import type { ShelfFacts } from './finding.ts';

/** Each receipt belongs to a ready issue of that number, and no broadcast went out for two. */
export function checkReceipts(shelf: ShelfFacts): Problem[] {
	const problems: Problem[] = [];
	const report = (file: string, rule: string, message: string, fix: string): void => {
		problems.push({
			file: `issues/${file}`,
			line: 1,
			column: 1,
			rule: `receipt/${rule}`,
			level: 'error',
			message,
			fix,
		});
	};
	for (const file of shelf.receipts.unreadable) {
		report(
			file,
			'unreadable',
			'is no valid receipt.',
			'Nobody edits receipts: restore it from git. Nothing is sent until then.',
		);
	}
	const byBroadcast = new Map<string, string>();
	for (const receipt of shelf.receipts.receipts.values()) {
		const issue = shelf.entries.find(
			(entry) => entry.kind === 'issue' && entry.slug.startsWith(`${receipt.issue}-`),
		);
		const stem = receipt.file.replace(/\.receipt(?:\.\d+)?\.json$/, '');
		if (!issue || issue.kind !== 'issue') {
			report(
				receipt.file,
				'orphan',
				`issue ${receipt.issue} is not there.`,
				'A sent issue keeps its file: restore it from git.',
			);
		} else if (issue.slug !== stem) {
			report(
				receipt.file,
				'renamed',
				`the issue is called ${issue.slug}.`,
				`A sent issue keeps its file name: rename it back to ${stem}.mdx.`,
			);
		} else if (issue.data.status === 'draft') {
			report(receipt.file, 'draft', 'the issue is a draft.', `Set status: ready in ${issue.file}.`);
		}
		const other = byBroadcast.get(receipt.broadcast);
		if (other) {
			report(
				receipt.file,
				'twice',
				`names the same broadcast as ${other}.`,
				'One of the two was copied: restore both from git.',
			);
		}
		byBroadcast.set(receipt.broadcast, receipt.file);
	}
	return problems;
}
