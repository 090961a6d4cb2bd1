import { expect, test } from 'vitest';
import type { LedgerReading } from './ledger.ts';
import type { ListedBroadcast } from './provider.ts';
import type { Receipt } from './receipt.ts';
import { statusOf } from './status.ts';

const want = { site: 'tandem', issue: '017' };
const now = new Date('2026-11-23T10:00:00Z');
const hash = 'a'.repeat(64);

const receipt: Receipt = {
	v: 1,
	site: 'tandem',
	issue: '017',
	attempt: 1,
	broadcast: 'broadcast-1',
	payloadHash: hash,
	contentHash: hash,
	planned: { local: '2026-11-24T09:00', zone: 'UTC', utc: '2026-11-24T09:00:00Z', tz: 'x' },
	audience: { segment: 's', topic: 't', upTo: 1 },
	chosenAt: '2026-11-23T10:00:00Z',
	runner: 'person',
	tool: 'tandem 1.0.0',
};
const none: LedgerReading = { kind: 'none' };
const written: LedgerReading = { kind: 'receipt', receipt, file: '017-x.receipt.json' };

function one(
	status: string,
	id = 'broadcast-1',
	name = 'tandem:017#1 aaaaaaaaaaaa',
): ListedBroadcast {
	const scheduledAt = status === 'scheduled' ? '2026-11-24 09:00:00+00' : undefined;
	return {
		id,
		name,
		status,
		createdAt: '2026-11-23 09:00:00+00',
		scheduledAt,
		sentAt: undefined,
		segmentId: undefined,
	};
}

test.each<[string, LedgerReading, ListedBroadcast[]]>([
	['new', none, []],
	['draft', none, [one('draft')]],
	['chosen', written, [one('draft')]],
	['chosen', written, [one('draft', 'broadcast-2'), one('draft')]],
	['reserved', written, [one('scheduled')]],
	['reserved', none, [one('draft', 'broadcast-2'), one('scheduled')]],
	['held', written, [one('draft', 'broadcast-1', 'tandem:017#1! aaaaaaaaaaaa')]],
	['sending', written, [one('queued')]],
	['sent', written, [one('sent')]],
	['sent', written, [one('sent', 'broadcast-1', 'renamed by hand')]],
	['burnt', written, [one('canceled')]],
	['lost', written, []],
	['conflict', written, [one('draft', 'broadcast-1', 'tandem:017#1 bbbbbbbbbbbb')]],
	['conflict', written, [one('draft', 'broadcast-1', 'renamed by hand')]],
	['conflict', written, [one('draft'), one('scheduled', 'broadcast-2')]],
	['conflict', none, [one('sent'), one('sent', 'broadcast-2')]],
	['conflict', written, [one('failed')]],
	['conflict', { kind: 'unreadable', file: 'f', reason: 'it is empty' }, [one('sent')]],
])('is %s', (state, reading, broadcasts) => {
	expect(statusOf(want, reading, { broadcasts, now }).state).toBe(state);
});
