import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ListedBroadcast, Provider } from '#/delivery/provider.ts';
import type { Receipt } from '#/delivery/receipt.ts';
import { sampleReceipt } from '#/delivery/sample.ts';
import { planTime } from '#/delivery/schedule.ts';
import { Stop } from '#/delivery/stop.ts';
import { isoWeek } from './iso-week.ts';
import { refuseSameWeek } from './week.ts';
import type { WeekFacts } from './week.ts';

const zones = ['Europe/London', 'Pacific/Kiritimati', 'America/Los_Angeles', 'Asia/Kathmandu'];

/** Monday 23 November 2026 at noon. */
const noon = new Date('2026-11-23T12:00:00Z');

function aRow(change: Partial<ListedBroadcast> = {}): ListedBroadcast {
	return {
		id: 'b-18',
		name: 'tandem:018#1 bbbbbbbbbbbb',
		status: 'draft',
		createdAt: '2026-11-20 09:00:00.123+00',
		scheduledAt: undefined,
		sentAt: undefined,
		segmentId: 'ours',
		...change,
	};
}

function aReceipt(change: Partial<Receipt> = {}): Receipt {
	return sampleReceipt({
		issue: '018',
		broadcast: 'b-18',
		planned: planTime('2026-11-27', '09:00', 'Europe/London', 'test'),
		audience: { segment: 'ours', topic: 'topic', upTo: 10 },
		...change,
	});
}

interface Account {
	issue?: string;
	planned?: WeekFacts['planned'];
	now?: Date;
	rows?: ListedBroadcast[];
	receipts?: Receipt[];
	/** What `get` finds although the list does not show it. */
	unlisted?: ListedBroadcast;
}

/** The code of the stop; undefined where it may go out. */
async function verdict({ unlisted, ...account }: Account): Promise<string | undefined> {
	const facts: WeekFacts = {
		site: 'tandem',
		issue: account.issue ?? '017',
		payload: {
			from: '',
			html: '',
			previewText: '',
			replyTo: [],
			segmentId: 'ours',
			subject: '',
			text: '',
			topicId: 'topic',
		},
		planned: account.planned ?? planTime('2026-11-24', '09:00', 'Europe/London', 'test'),
		undoMinutes: 10,
		listing: { broadcasts: account.rows ?? [], now: account.now ?? noon },
		receipts: (account.receipts ?? []).map((receipt) => ({
			kind: 'receipt',
			receipt,
			file: 'x.receipt.json',
		})),
	};
	const getBroadcast: Provider['getBroadcast'] = async (id) =>
		id === unlisted?.id
			? {
					kind: 'ok',
					at: noon,
					value: {
						...unlisted,
						from: undefined,
						subject: undefined,
						previewText: undefined,
						replyTo: [],
						html: undefined,
						text: undefined,
						topicId: undefined,
					},
				}
			: { kind: 'refused', status: 404, name: 'not_found', message: 'Broadcast not found' };
	try {
		// The guard asks for nothing else.
		await refuseSameWeek(facts, { provider: { getBroadcast } as Provider });
		return undefined;
	} catch (error) {
		if (error instanceof Stop) return error.code;
		throw error;
	}
}

describe('another issue of the week', () => {
	const friday = '2026-11-27 09:00:00.5+00';
	test.each<[string, string | undefined, Account]>([
		['that is scheduled', 'week', { rows: [aRow({ status: 'scheduled', scheduledAt: friday })] }],
		['shown as a draft with a time to come', 'week', { rows: [aRow({ scheduledAt: friday })] }],
		['on its way', 'week', { rows: [aRow({ status: 'queued', scheduledAt: friday })] }],
		[
			'that went out on Monday',
			'week',
			{ rows: [aRow({ status: 'sent', sentAt: '2026-11-23T00:00:00Z' })] },
		],
		[
			'that went out on Sunday before',
			undefined,
			{ rows: [aRow({ status: 'sent', sentAt: '2026-11-22T23:59:59Z' })] },
		],
		[
			'scheduled for the Monday after',
			undefined,
			{ rows: [aRow({ status: 'scheduled', scheduledAt: '2026-11-30T00:00:00Z' })] },
		],
		[
			'scheduled for a time nobody can read',
			'week',
			{ rows: [aRow({ status: 'scheduled', scheduledAt: 'soon' })] },
		],
		[
			'that was stopped while it went out: some readers have it',
			'week',
			{ rows: [aRow({ status: 'canceled', scheduledAt: friday })] },
		],
		[
			'in a state nobody knows',
			'week',
			{ rows: [aRow({ status: 'failed', scheduledAt: friday })] },
		],
		['that is a draft without a receipt', undefined, { rows: [aRow()] }],
		[
			'that is a draft with a receipt, one command away',
			'week',
			{ rows: [aRow()], receipts: [aReceipt()] },
		],
		[
			'planned for Sunday night, and so late that it would go out on Monday',
			'week',
			{
				now: new Date('2026-11-23T00:30:00Z'),
				rows: [aRow()],
				receipts: [aReceipt({ planned: planTime('2026-11-22', '23:00', 'Europe/London', 'test') })],
			},
		],
		[
			'that is a draft whose time has passed',
			undefined,
			{
				now: new Date('2026-11-26T12:00:00Z'),
				planned: planTime('2026-11-27', '09:00', 'Europe/London', 'test'),
				rows: [aRow()],
				receipts: [aReceipt({ planned: planTime('2026-11-24', '09:00', 'Europe/London', 'test') })],
			},
		],
		[
			'that is held',
			undefined,
			{ rows: [aRow({ name: 'tandem:018#1! bbbbbbbbbbbb' })], receipts: [aReceipt()] },
		],
		[
			'that is marked, but still scheduled',
			'week',
			{
				rows: [
					aRow({
						name: 'tandem:018#1! bbbbbbbbbbbb',
						status: 'scheduled',
						scheduledAt: friday,
					}),
				],
			},
		],
		[
			'that a person renamed, known by its receipt',
			'week',
			{
				rows: [
					aRow({ name: 'Autumn', segmentId: 'other', status: 'scheduled', scheduledAt: friday }),
				],
				receipts: [aReceipt()],
			},
		],
		[
			'that the list does not show yet',
			'week',
			{ receipts: [aReceipt()], unlisted: aRow({ status: 'scheduled', scheduledAt: friday }) },
		],
		[
			'that the list does not show, and that is held',
			undefined,
			{ receipts: [aReceipt()], unlisted: aRow({ name: 'tandem:018#1! bbbbbbbbbbbb' }) },
		],
		['that was deleted before its time', undefined, { receipts: [aReceipt()] }],
		[
			'that was deleted after its time: it may have gone out',
			'week',
			{
				receipts: [aReceipt({ planned: planTime('2026-11-23', '09:00', 'Europe/London', 'test') })],
			},
		],
		[
			'whose second attempt is for another week',
			undefined,
			{
				receipts: [
					aReceipt(),
					aReceipt({
						attempt: 2,
						planned: planTime('2026-12-01', '09:00', 'Europe/London', 'test'),
					}),
				],
				unlisted: aRow(),
			},
		],
		[
			'that is a correction',
			undefined,
			{ rows: [aRow({ name: 'tandem:016c1#1 bbbbbbbbbbbb', status: 'sent', sentAt: friday })] },
		],
		[
			'that is a correction a person renamed',
			undefined,
			{
				rows: [aRow({ name: 'Sorry', status: 'scheduled', scheduledAt: friday })],
				receipts: [aReceipt({ issue: '016c1' })],
			},
		],
		[
			'of another site',
			undefined,
			{ rows: [aRow({ name: 'other:018#1 bbbbbbbbbbbb', status: 'sent', sentAt: friday })] },
		],
		[
			'without a name of ours, to our readers (row 27)',
			'week',
			{ rows: [aRow({ name: 'Spring offer', status: 'sent', sentAt: friday })] },
		],
		[
			'without a name of ours, to others',
			undefined,
			{ rows: [aRow({ name: 'Board', segmentId: 'other', status: 'sent', sentAt: friday })] },
		],
		[
			'that is a draft without a name of ours',
			undefined,
			{ rows: [aRow({ name: 'Spring offer' })] },
		],
		[
			'that is a canary',
			undefined,
			{ rows: [aRow({ name: 'tandem-canary:018 bbbbbbbbbbbb', status: 'sent', sentAt: friday })] },
		],
		[
			'that is this very issue',
			undefined,
			{
				rows: [aRow({ name: 'Renamed', status: 'scheduled', scheduledAt: friday })],
				receipts: [aReceipt({ issue: '017' })],
			},
		],
	])('%s: %s', async (_title, code, account) => {
		expect(await verdict(account)).toBe(code);
	});
});

test('a correction goes out in any week', async () => {
	const rows = [aRow({ status: 'scheduled', scheduledAt: '2026-11-27T09:00:00Z' })];
	expect(await verdict({ issue: '016c1', rows })).toBe(undefined);
});

test('what counts is the week it goes out in, however late', async () => {
	const rows = [aRow({ status: 'scheduled', scheduledAt: '2026-11-24T09:00:00Z' })];
	const planned = planTime('2026-11-22', '20:00', 'Europe/London', 'test');
	// Late on Sunday evening there is still time; a minute before midnight it would be Monday.
	expect(await verdict({ rows, planned, now: new Date('2026-11-22T21:00:00Z') })).toBe(undefined);
	expect(await verdict({ rows, planned, now: new Date('2026-11-22T23:51:00Z') })).toBe('week');
});

test('the week is that of the site, not of UTC', async () => {
	const planned = planTime('2026-11-24', '09:00', 'Pacific/Kiritimati', 'test');
	// Sunday 11:00 in London is Monday 01:00 on Kiritimati.
	const row = aRow({ status: 'sent', sentAt: '2026-11-22T11:00:00Z' });
	expect(await verdict({ rows: [row], planned, now: new Date('2026-11-22T12:00:00Z') })).toBe(
		'week',
	);
});

test('of two issues each in its own week, in any zone, none stops the other; of one week, each', async () => {
	const slot = fc.record({
		days: fc.integer({ min: -10, max: 20 }),
		hour: fc.integer({ min: 0, max: 23 }),
		state: fc.constantFrom('sent', 'scheduled', 'held', 'draft', 'canceled', 'queued'),
		kind: fc.constantFrom('issue', 'correction', 'stray', 'canary', 'other site'),
		hasReceipt: fc.boolean(),
	});
	await fc.assert(
		fc.asyncProperty(
			fc.constantFrom(...zones),
			fc.integer({ min: 0, max: 20 }),
			fc.integer({ min: 0, max: 23 }),
			fc.array(slot, { maxLength: 6 }),
			async (zone, days, hour, slots) => {
				const at = (day: number, oclock: number) => {
					const date = new Date(Date.UTC(2026, 11, 10 + day)).toISOString().slice(0, 10);
					return planTime(date, `${String(oclock).padStart(2, '0')}:00`, zone, 'test');
				};
				// Long enough before all of it that nothing is late.
				const now = new Date(Date.UTC(2026, 10, 28));
				const planned = at(days, hour);
				const rows: ListedBroadcast[] = [];
				const receipts: Receipt[] = [];
				const own = isoWeek(new Date(planned.utc), zone);
				let isExpected = false;
				for (const [index, { kind, state, ...when }] of slots.entries()) {
					const id = `broadcast-${index}`;
					const other = at(when.days, when.hour);
					const issue = kind === 'correction' ? `0${index + 20}c1` : `0${index + 20}`;
					const mark = state === 'held' ? '!' : '';
					const name = {
						issue: `tandem:${issue}#1${mark} bbbbbbbbbbbb`,
						correction: `tandem:${issue}#1${mark} bbbbbbbbbbbb`,
						stray: 'Spring offer',
						canary: 'tandem-canary:017 bbbbbbbbbbbb',
						'other site': `other:${issue}#1${mark} bbbbbbbbbbbb`,
					}[kind];
					const isDraft = state === 'held' || state === 'draft';
					rows.push(
						aRow({
							id,
							name,
							status: isDraft ? 'draft' : state,
							...(isDraft ? {} : { scheduledAt: other.utc }),
						}),
					);
					const isKnown = when.hasReceipt && kind === 'issue';
					if (isKnown) receipts.push(aReceipt({ issue, broadcast: id, planned: other }));
					const counts = kind === 'issue' || kind === 'stray';
					const goesOut = !isDraft || (state === 'draft' && isKnown);
					isExpected ||= counts && goesOut && isoWeek(new Date(other.utc), zone) === own;
				}
				expect(await verdict({ planned, now, rows, receipts })).toBe(
					isExpected ? 'week' : undefined,
				);
			},
		),
		{ numRuns: 500 },
	);
});
