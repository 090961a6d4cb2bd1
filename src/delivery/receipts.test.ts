import { expect, test } from 'vitest';
import type { LedgerReading } from './ledger.ts';
import { receiptsOf, standingReceipts } from './receipts.ts';
import type { Receipt } from './receipt.ts';

function aReading(change: Partial<Receipt> = {}): Extract<LedgerReading, { kind: 'receipt' }> {
	const receipt: Receipt = {
		v: 1,
		site: 'tandem',
		issue: '017',
		attempt: 1,
		broadcast: 'bbbbbbbb',
		payloadHash: 'a'.repeat(64),
		contentHash: 'b'.repeat(64),
		planned: { local: '2026-11-24T09:00', zone: 'UTC', utc: '2026-11-24T09:00:00Z', tz: 'x' },
		audience: { segment: 's', topic: 't', upTo: 1 },
		chosenAt: '2026-11-23T09:00:00Z',
		runner: 'person',
		tool: 'test',
		...change,
	};
	return { kind: 'receipt', receipt, file: `${receipt.issue}-title.receipt.json` };
}

const want = { site: 'tandem', issue: '017' };

test('finds the receipts of one issue of one newsletter, and which one stands', () => {
	const second = aReading({ attempt: 2 });
	const readings = [second, aReading(), aReading({ issue: '018' }), aReading({ site: 'other' })];
	const { receipts, last, unreadable } = receiptsOf(readings, want);
	expect(receipts.map(({ attempt }) => attempt)).toEqual([1, 2]);
	expect(last).toBe(second.receipt);
	expect(unreadable).toEqual([]);
});

test('names what cannot be read where it may be about the issue', () => {
	const torn = (file: string): LedgerReading => ({
		kind: 'unreadable',
		file,
		reason: 'it is empty',
	});
	const files = ['017-title.receipt.json', '018-title.receipt.json', 'content/issues'];
	expect(receiptsOf(files.map(torn), want).unreadable.map(({ file }) => file)).toEqual([
		'017-title.receipt.json',
		'content/issues',
	]);
});

test('takes the newest attempt of each issue, in the order they go out', () => {
	const planned = { ...aReading().receipt.planned, utc: '2026-11-17T09:00:00Z' };
	const readings = [aReading({ attempt: 2 }), aReading(), aReading({ issue: '016', planned })];
	expect(
		standingReceipts(readings, 'tandem').map(({ issue, attempt }) => [issue, attempt]),
	).toEqual([
		['016', 1],
		['017', 2],
	]);
});
