import { expect, test } from 'vitest';
import type { ListedBroadcast } from '#/delivery/provider.ts';
import type { Receipt } from '#/delivery/receipt.ts';
import { otherIssues } from './history.ts';
import type { HistoryFacts } from './history.ts';

function aRow(id: string, name: string, segmentId = 'ours'): ListedBroadcast {
	const when = { createdAt: '2026-11-20T09:00:00Z', scheduledAt: undefined, sentAt: undefined };
	return { id, name, status: 'sent', segmentId, ...when };
}

function aReceipt(issue: string, attempt: number, broadcast: string) {
	// Nothing else of a receipt is read here.
	const receipt = { issue, attempt, broadcast } as Receipt;
	return { kind: 'receipt' as const, receipt, file: 'x.receipt.json' };
}

test('every other issue is there once, by its newest receipt; strays as what they are', () => {
	// Nothing else of the payload is read here.
	const payload = { segmentId: 'ours' } as HistoryFacts['payload'];
	const found = otherIssues({
		site: 'tandem',
		issue: '017',
		payload,
		receipts: [
			aReceipt('016', 2, 'b-16'),
			aReceipt('016', 1, 'b-16'),
			aReceipt('015', 2, 'b-15-new'),
			aReceipt('015', 1, 'b-15-old'),
			aReceipt('017', 1, 'b-17'),
		],
		listing: {
			now: new Date('2026-11-23T12:00:00Z'),
			broadcasts: [
				aRow('b-17', 'Renamed'),
				aRow('b-17-stray', 'tandem:017#1 aaaaaaaaaaaa'),
				aRow('b-16', 'Renamed too'),
				aRow('b-15-old', 'tandem:015#1 aaaaaaaaaaaa'),
				aRow('b-14', 'tandem:014#1 aaaaaaaaaaaa'),
				aRow('b-x', 'Spring offer'),
				aRow('b-y', 'Board only', 'theirs'),
				aRow('b-z', 'other:014#1 aaaaaaaaaaaa'),
				aRow('b-c', 'tandem-canary:017 aaaaaaaaaaaa'),
			],
		},
	});
	expect(
		found.map(({ issue, receipt, row }) => [issue, receipt?.attempt, receipt?.broadcast, row?.id]),
	).toEqual([
		['016', 2, 'b-16', 'b-16'],
		['015', 2, 'b-15-new', undefined],
		['015', undefined, undefined, 'b-15-old'],
		['014', undefined, undefined, 'b-14'],
		[undefined, undefined, undefined, 'b-x'],
	]);
});
