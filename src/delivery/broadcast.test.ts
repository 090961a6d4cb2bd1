import { describe, expect, test } from 'vitest';
import { broadcastName, byAge, classOf, parseName, parseTimestamp } from './broadcast.ts';
import type { ListedBroadcast } from './provider.ts';

const facts = { site: 'tandem', issue: '017', attempt: 1, isHeld: false, hash12: '3f9a2c1b77de' };
const now = new Date('2026-11-23T10:00:00Z');

function aBroadcast(change: Partial<ListedBroadcast> = {}): ListedBroadcast {
	return {
		id: 'b-1',
		name: broadcastName(facts),
		status: 'draft',
		createdAt: '2026-11-23 09:00:00.5+00',
		scheduledAt: undefined,
		sentAt: undefined,
		segmentId: undefined,
		...change,
	};
}

describe('names', () => {
	test('carry site, issue, attempt, mark and hash', () => {
		expect(broadcastName(facts)).toBe('tandem:017#1 3f9a2c1b77de');
		expect(broadcastName({ ...facts, isHeld: true })).toBe('tandem:017#1! 3f9a2c1b77de');
	});

	test.each([facts, { ...facts, issue: '017c1', attempt: 12, isHeld: true }])(
		'are read back',
		(given) => {
			expect(parseName(broadcastName(given))).toEqual(given);
		},
	);

	test.each([
		'',
		'Untitled',
		'tandem-canary:test',
		'tandem:17#1 3f9a2c1b77de',
		'tandem:017#1 3f9a2c1b77d',
		'tandem:017#1 3f9a2c1b77de ',
		'Tandem:017#1 3f9a2c1b77de',
	])('of others are not ours: "%s"', (name) => {
		expect(parseName(name)).toBeUndefined();
	});
});

describe('classOf', () => {
	test.each([
		['draft', undefined, false, 'draft'],
		['draft', undefined, true, 'held'],
		['draft', '2026-11-23 09:59:59+00', false, 'draft'],
		['draft', '2026-11-24 08:00:00+00', false, 'reserved'],
		['draft', 'whenever', false, 'reserved'],
		['scheduled', '2026-11-24 08:00:00+00', false, 'reserved'],
		['queued', undefined, false, 'sent'],
		['sent', undefined, false, 'sent'],
		['canceled', undefined, false, 'burnt'],
		['failed', undefined, false, 'unknown'],
		['', undefined, false, 'unknown'],
	])('%s, due %s, held %s: %s', (status, scheduledAt, isHeld, expected) => {
		const name = broadcastName({ ...facts, isHeld });
		expect(classOf(aBroadcast({ status, scheduledAt, name }), now)).toBe(expected);
	});

	test('a broadcast whose age cannot be read is unknown', () => {
		expect(classOf(aBroadcast({ createdAt: 'yesterday' }), now)).toBe('unknown');
	});
});

describe('parseTimestamp', () => {
	test.each([
		['2025-10-17 16:47:19.18697+00', '2025-10-17T16:47:19.186Z', 186_970],
		['2025-10-17 16:47:19+00', '2025-10-17T16:47:19.000Z', 0],
		['2025-10-17T18:47:19.5+02:00', '2025-10-17T16:47:19.500Z', 500_000],
		['2025-10-17T16:47:19Z', '2025-10-17T16:47:19.000Z', 0],
		['2025-10-17 16:47:19.000001-0030', '2025-10-17T17:17:19.000Z', 1],
	])('%s', (text, date, micros) => {
		const parsed = parseTimestamp(text);
		expect(parsed?.date.toISOString()).toBe(date);
		expect(parsed?.micros).toBe(micros);
	});

	test.each(['', '2025-10-17', '2025-13-17 16:47:19+00', 'now'])(
		'is undefined for "%s"',
		(text) => {
			expect(parseTimestamp(text)).toBeUndefined();
		},
	);
});

test('the oldest comes first, to the microsecond, then by id', () => {
	const rows = [
		aBroadcast({ id: 'd', createdAt: '2026-11-23 09:00:01+00' }),
		aBroadcast({ id: 'c', createdAt: '2026-11-23 09:00:00.18697+00' }),
		aBroadcast({ id: 'b', createdAt: '2026-11-23 09:00:00.186971+00' }),
		aBroadcast({ id: 'a', createdAt: '2026-11-23 09:00:00.186971+00' }),
	];
	expect(rows.toSorted(byAge).map(({ id }) => id)).toEqual(['c', 'a', 'b', 'd']);
});
