import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { addDays } from '#/day.ts';
import { issueState, readReceipts } from './receipts.ts';
import { sampleReceipt, temporaryFolder } from './sample.ts';

describe('readReceipts', () => {
	test('takes the newest attempt of each issue, a correction as an issue of its own', () => {
		const { receipts, unreadable } = read({
			'005-whose.receipt.json': receipt({}),
			'005-whose.receipt.2.json': receipt({ attempt: 2, broadcast: 'broadcast-2' }),
			'005c1-whose.receipt.json': receipt({ issue: '005c1' }),
			'006-next.receipt.json': receipt({ issue: '006' }),
		});
		expect([...receipts.keys()].toSorted()).toEqual(['005', '005c1', '006']);
		expect(receipts.get('005')).toEqual({
			issue: '005',
			attempt: 2,
			file: '005-whose.receipt.2.json',
			contentHash: 'a'.repeat(64),
			broadcast: 'broadcast-2',
			plannedUtc: '2026-11-24T09:00:00Z',
			upTo: 412,
		});
		expect(unreadable).toEqual([]);
	});

	test.each([
		['empty', ''],
		['half written', '{"issue": "005"'],
		['of another shape', '[]'],
		['without a hash', receipt({ contentHash: undefined })],
		['with a time that has no zone', receipt({ planned: { utc: '2026-11-24T09:00' } })],
	])('reports a receipt that is %s', (_, text) => {
		const { receipts, unreadable } = read({ '005-whose.receipt.json': text });
		expect(receipts.size).toBe(0);
		expect(unreadable).toEqual(['005-whose.receipt.json']);
	});

	test('reports a receipt whose name is none, and passes over other files', () => {
		const { unreadable } = read({
			'whose.receipt.json': receipt({}),
			'notes.json': '{}',
			'a.mdx': '',
		});
		expect(unreadable).toEqual(['whose.receipt.json']);
	});

	test('finds none in a folder that is not there', () => {
		expect(readReceipts('/nowhere/at/all')).toEqual({ receipts: new Map(), unreadable: [] });
	});
});

describe('issueState', () => {
	const ready = { status: 'ready', sendOn: '2026-11-24' } as const;
	const sent = { ...facts(), plannedUtc: '2026-11-24T09:00:00Z' };

	test('turns from planned to late the day after its day, on each of 400 days', () => {
		for (let n = -200; n < 200; n++) {
			const today = addDays('2026-11-24', n);
			const clock = { today, now: new Date(`${today}T12:00:00Z`) };
			expect(issueState(ready, undefined, clock), today).toBe(n > 0 ? 'late' : 'planned');
			expect(issueState({ ...ready, status: 'draft' }, undefined, clock)).toBe('draft');
		}
	});

	test('turns from scheduled to sent at its planned second', () => {
		const at = (now: string): string =>
			issueState(ready, sent, { today: '2026-11-24', now: new Date(now) });
		expect(at('2026-11-24T08:59:59Z')).toBe('scheduled');
		expect(at('2026-11-24T09:00:00Z')).toBe('sent');
	});

	test('believes a receipt more than a status', () => {
		const clock = { today: '2026-11-25', now: new Date('2026-11-25T09:00:00Z') };
		expect(issueState({ ...ready, status: 'draft' }, sent, clock)).toBe('sent');
	});
});

function facts() {
	return {
		issue: '005',
		attempt: 1,
		file: 'f',
		contentHash: '',
		broadcast: 'b',
		plannedUtc: '',
		upTo: 1,
	};
}

function read(files: Record<string, string>) {
	const folder = temporaryFolder();
	for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
	return readReceipts(folder);
}

function receipt(given: Record<string, unknown>): string {
	return sampleReceipt({ issue: '005', planned: { utc: '2026-11-24T09:00:00Z' }, ...given });
}
