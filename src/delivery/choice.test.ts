import { describe, expect, test } from 'vitest';
import { broadcastName } from './broadcast.ts';
import { choose, refuseStrays, rowsOf } from './choice.ts';
import type { Wanted } from './choice.ts';
import { Stop } from './stop.ts';

const want: Wanted = { site: 'tandem', issue: '017', attempt: 1, hash12: 'aaaaaaaaaaaa' };
const now = new Date('2026-11-23T10:00:00Z');

interface Given {
	status?: string;
	hash12?: string;
	isHeld?: boolean;
	issue?: string;
	second?: number;
	name?: string;
}

/** A listing as the provider gives it; ids are b1, b2, … in the order given. */
function scanOf(...given: Given[]) {
	const broadcasts = given.map((one, index) => ({
		id: `b${index + 1}`,
		name:
			one.name ??
			broadcastName({
				...want,
				issue: one.issue ?? want.issue,
				hash12: one.hash12 ?? want.hash12,
				isHeld: one.isHeld ?? false,
			}),
		status: one.status ?? 'draft',
		createdAt: `2026-11-23 09:00:0${one.second ?? index}+00`,
		scheduledAt: one.status === 'scheduled' ? '2026-11-24 08:00:00+00' : undefined,
		sentAt: undefined,
		segmentId: undefined,
	}));
	return rowsOf(want, { broadcasts, now });
}

function stopOf(action: () => unknown): string {
	try {
		action();
	} catch (error) {
		if (error instanceof Stop) return error.kind;
		throw error;
	}
	return 'no stop';
}

describe('choose', () => {
	test('creates where the provider has none of this issue', () => {
		expect(choose(scanOf({ issue: '018' }, { name: 'Untitled' }), want)).toEqual({
			kind: 'create',
		});
	});

	test('adopts the oldest draft, whatever its place in the list', () => {
		const choice = choose(scanOf({ second: 5 }, { second: 2 }, { second: 9 }), want);
		expect(choice).toMatchObject({ kind: 'adopt', broadcast: { id: 'b2' } });
	});

	test('adopts a draft that holds an earlier version', () => {
		expect(choose(scanOf({ hash12: 'bbbbbbbbbbbb' }), want)).toMatchObject({ kind: 'adopt' });
	});

	test.each([
		['scheduled', 'reserved'],
		['queued', 'sent'],
		['sent', 'sent'],
	])('takes %s with the same content as done, also beside drafts', (status, kind) => {
		expect(choose(scanOf({}, { status }), want)).toMatchObject({ kind, broadcast: { id: 'b2' } });
	});

	test.each<[string, Given[], string]>([
		['scheduled with other content', [{ status: 'scheduled', hash12: 'bbbbbbbbbbbb' }], 'refused'],
		['sent with other content', [{ status: 'sent', hash12: 'bbbbbbbbbbbb' }], 'conflict'],
		['held', [{ isHeld: true }], 'refused'],
		['held beside a draft', [{}, { isHeld: true }], 'refused'],
		['scheduled and held', [{ status: 'scheduled', isHeld: true }], 'refused'],
		['stopped in the middle', [{ status: 'canceled' }], 'refused'],
		['in an unknown state', [{ status: 'failed' }], 'conflict'],
		[
			'in an unknown state beside one that is sent',
			[{ status: 'sent' }, { status: 'x' }],
			'conflict',
		],
		['sent and scheduled again', [{ status: 'sent' }, { status: 'scheduled' }], 'conflict'],
		['scheduled twice', [{ status: 'scheduled' }, { status: 'scheduled' }], 'conflict'],
	])('stops where it is %s', (_what, given, kind) => {
		expect(stopOf(() => choose(scanOf(...given), want))).toBe(kind);
	});

	test('a later attempt takes up what was held', () => {
		const later = { ...want, attempt: 2 };
		expect(choose(scanOf({ isHeld: true }), later)).toMatchObject({ kind: 'adopt' });
	});
});

describe('refuseStrays', () => {
	test('stops where another one than the chosen is out or will be', () => {
		expect(stopOf(() => refuseStrays(scanOf({}, { status: 'scheduled' }), 'b1'))).toBe('conflict');
		expect(stopOf(() => refuseStrays(scanOf({}, { status: 'sent' }), 'b1'))).toBe('conflict');
	});

	test('lets drafts lie', () => {
		expect(stopOf(() => refuseStrays(scanOf({ status: 'sent' }, {}), 'b1'))).toBe('no stop');
	});
});
