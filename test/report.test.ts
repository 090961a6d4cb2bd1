/** Reports and canaries, through the official SDK, against the sandbox. */
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { canaryName, sendCanary } from '#/delivery/canary.ts';
import type { CanaryOutcome } from '#/delivery/canary.ts';
import { payloadHash, payloadOf } from '#/delivery/message.ts';
import type { Provider } from '#/delivery/provider.ts';
import type { Receipt } from '#/delivery/receipt.ts';
import { keepReport, readReports } from '#/delivery/report-file.ts';
import type { Report } from '#/delivery/report-file.ts';
import { isReportDue, reportBefore, takeReport } from '#/delivery/report.ts';
import type { ReportOutcome } from '#/delivery/report.ts';
import { faults } from '#/sandbox/fault.ts';
import type { FaultName } from '#/sandbox/fault.ts';
import { dataOf, HOUR, MINUTE } from './sandbox-lab.ts';
import { aMessage, aStage, expectOneCopyEach, writes } from './sender-stage.ts';
import type { Stage } from './sender-stage.ts';

async function receiptOf(stage: Stage): Promise<Receipt> {
	const reading = await stage.ledger.read('017', 1);
	if (reading.kind !== 'receipt') throw new Error(`The receipt is ${reading.kind}.`);
	return reading.receipt;
}

async function take(stage: Stage): Promise<ReportOutcome> {
	return takeReport(await receiptOf(stage), stage.ports());
}

/** A stage on which issue 017 is out. */
async function sent(): Promise<Stage> {
	const stage = await aStage();
	await stage.run();
	await stage.letTimePass();
	expectOneCopyEach(stage);
	return stage;
}

const aReport: Report = {
	v: 1,
	site: 'tandem',
	issue: '016',
	attempt: 1,
	broadcast: 'bbbbbbbb',
	status: 'sent',
	sentAt: '2026-11-17T09:00:00Z',
	takenAt: '2026-11-18T09:00:00Z',
	upTo: 10,
	sent: 8,
	delivered: 8,
	bounced: 0,
	complained: 0,
	suppressed: 1,
	left: 0,
};

describe('a report', () => {
	test('counts what became of an issue, and names nobody', async () => {
		const stage = await sent();
		const outcome = await take(stage);
		expect(outcome).toMatchObject({
			kind: 'report',
			report: {
				status: 'sent',
				upTo: 10,
				sent: 8,
				delivered: 8,
				bounced: 0,
				suppressed: 1,
				left: 0,
			},
			alarms: [],
		});
		expect(JSON.stringify(outcome)).not.toContain('@');
	});

	test('asks for the time of the issue, not for the last six days', async () => {
		const stage = await sent();
		await stage.sandbox.clock.advance(20 * 24 * HOUR);
		expect(await take(stage)).toMatchObject({ report: { sent: 8 } });
		const asked = stage.sandbox.journal().findLast(({ op }) => op === 'emails.metrics');
		expect(asked?.path).toContain('start_date=2026-11-24T08%3A00%3A00');
	});

	test('counts readers who left, and sounds the alarm about complaints', async () => {
		const stage = await sent();
		const [first, second] = stage.sandbox.mails();
		stage.sandbox.report(first?.id ?? '', 'complained');
		stage.sandbox.report(second?.id ?? '', 'unsubscribed');
		expect(await take(stage)).toMatchObject({
			report: { complained: 1, left: 1 },
			alarms: [expect.stringContaining('12.5 % complained')],
		});
	});

	test('before the issue is out says that there is none', async () => {
		const stage = await aStage();
		await stage.run();
		expect(await take(stage)).toEqual({ kind: 'not-out', status: 'scheduled' });
	});

	test('of a broadcast that is gone is a matter for a person', async () => {
		const stage = await sent();
		stage.sandbox.state.broadcasts.clear();
		expect(await take(stage)).toMatchObject({ kind: 'stopped', code: 'gone' });
	});

	test('is not half a report where the provider stops answering', async () => {
		const stage = await sent();
		stage.sandbox.failNext('broadcasts.recipients', '500-before', { times: 99, skip: 2 });
		expect(await take(stage)).toMatchObject({ kind: 'stopped', code: 'unreachable' });
	});
});

describe('a report on disk', () => {
	test('takes the place of the one before, and leaves nothing beside it', async () => {
		const { folder } = await aStage();
		expect(await keepReport(folder, '016-title', aReport)).toBe('016-title.report.json');
		await keepReport(folder, '016-title', { ...aReport, delivered: 7 });
		expect(await readdir(folder)).toEqual(['016-title.report.json']);
		expect(await readReports(folder)).toEqual({
			reports: [{ ...aReport, delivered: 7 }],
			unreadable: [],
		});
	});

	test('never holds an address', async () => {
		const { folder } = await aStage();
		const leaking = { ...aReport, broadcast: 'amara.okafor@example.com' };
		await expect(keepReport(folder, '016-title', leaking)).rejects.toThrow('address');
		expect(await readdir(folder)).toEqual([]);
	});

	test('that cannot be read is named, and hides no other', async () => {
		const { folder } = await aStage();
		await mkdir(folder, { recursive: true });
		await keepReport(folder, '016-title', aReport);
		await writeFile(join(folder, '015-torn.report.json'), '{"v":1');
		await writeFile(join(folder, '016-title.receipt.json'), '{}');
		expect(await readReports(folder)).toEqual({
			reports: [aReport],
			unreadable: ['015-torn.report.json'],
		});
		expect(await readFile(join(folder, '016-title.report.json'), 'utf8')).toMatch(/\n$/);
	});

	test('is held against the last issue before it', () => {
		const now = { ...aReport, issue: '017', sentAt: '2026-11-24T09:00:00Z' };
		const older = { ...aReport, issue: '015', sentAt: '2026-11-10T09:00:00Z' };
		const later = { ...aReport, issue: '018', sentAt: '2026-12-01T09:00:00Z' };
		const foreign = { ...aReport, site: 'other', sentAt: '2026-11-18T09:00:00Z' };
		expect(reportBefore(now, [older, aReport, foreign, now, later])).toBe(aReport);
		expect(reportBefore(older, [older, aReport])).toBeUndefined();
	});

	test('is due half an hour, a day and a week after the issue', async () => {
		const receipt = await receiptOf(await sent());
		const due = (takenAt: string | undefined, at: string) =>
			isReportDue(
				receipt,
				takenAt === undefined ? undefined : { ...aReport, broadcast: receipt.broadcast, takenAt },
				new Date(at),
			);
		expect(due(undefined, '2026-11-24T09:29:00Z')).toBe(false);
		expect(due(undefined, '2026-11-24T09:30:00Z')).toBe(true);
		expect(due('2026-11-24T09:31:00Z', '2026-11-25T08:59:00Z')).toBe(false);
		expect(due('2026-11-24T09:31:00Z', '2026-11-25T09:00:00Z')).toBe(true);
		expect(due('2026-11-25T09:05:00Z', '2026-12-01T08:59:00Z')).toBe(false);
		expect(due('2026-11-25T09:05:00Z', '2026-12-01T09:00:00Z')).toBe(true);
		expect(due('2026-12-01T09:05:00Z', '2027-12-01T09:00:00Z')).toBe(false);
		// The report of an attempt that was given up says nothing of this one.
		expect(isReportDue(receipt, aReport, new Date('2026-11-24T09:30:00Z'))).toBe(true);
	});
});

describe('a canary', () => {
	/** A stage with an editor in a segment of their own. */
	async function withEditor() {
		const stage = await aStage();
		const segment = dataOf(await stage.resend.segments.create({ name: 'editors' }));
		dataOf(
			await stage.resend.contacts.create({
				email: 'mira@larkfield.example',
				segments: [{ id: segment.id }],
				topics: [{ id: stage.topicId, subscription: 'opt_in' }],
			}),
		);
		return stage;
	}

	function send(
		stage: Stage,
		{ canarySegment = 'editors', provider = stage.ports().provider, message = aMessage() } = {},
	): Promise<CanaryOutcome> {
		const audience = { segment: 'readers', topic: 'Weekly' };
		return sendCanary({ message, audience, canarySegment }, { ...stage.ports(), provider });
	}

	test('is a real broadcast to editors only, a minute from now', async () => {
		const stage = await withEditor();
		const before = stage.sandbox.clock.now();
		const outcome = await send(stage);
		expect(outcome).toMatchObject({ kind: 'scheduled', editors: 1 });
		const at = outcome.kind === 'scheduled' ? outcome.at.getTime() : 0;
		expect(at - before.getTime()).toBeGreaterThan(MINUTE / 2);
		expect(at - before.getTime()).toBeLessThan(2 * MINUTE);
		await stage.sandbox.clock.advance(5 * MINUTE);
		expect(stage.mailsTo()).toEqual(['mira@larkfield.example']);
		expect(stage.sandbox.mails()[0]?.email.headers).toHaveProperty('List-Unsubscribe');
	});

	test('carries the bytes of the issue, and the hash that is approved', async () => {
		const stage = await withEditor();
		await send(stage);
		const hash = payloadHash(payloadOf(aMessage(), stage));
		const [broadcast] = stage.sandbox.state.broadcasts.values();
		expect(broadcast).toMatchObject({
			name: `tandem-canary:017 ${hash.slice(0, 12)}`,
			html: aMessage().html,
			text: aMessage().text,
			subject: aMessage().subject,
		});
		expect(canaryName('tandem', '017', hash)).toBe(broadcast?.name);
	});

	test('never counts as the issue', async () => {
		const stage = await withEditor();
		await send(stage);
		await stage.sandbox.clock.advance(5 * MINUTE);
		expect(await stage.run()).toMatchObject({ kind: 'scheduled' });
		await stage.letTimePass();
		expect(stage.mailsTo()).toHaveLength(stage.reached.length + 1);
	});

	test('of the same bytes goes out once', async () => {
		const stage = await withEditor();
		await send(stage);
		expect(await send(stage)).toMatchObject({ kind: 'already-scheduled' });
		await stage.sandbox.clock.advance(5 * MINUTE);
		expect(await send(stage)).toMatchObject({ kind: 'already-sent' });
		expect(await send(stage, { message: aMessage({ subject: 'Other' }) })).toMatchObject({
			kind: 'scheduled',
		});
	});

	const passing = (Object.keys(faults) as FaultName[]).filter(
		(name) => !['401', '403', '429-daily', '429-monthly', 'late'].includes(name),
	);
	test.each(['broadcasts.create', 'broadcasts.send', 'broadcasts.get', 'broadcasts.list'])(
		'through any passing fault at %s goes out once',
		async (op) => {
			for (const fault of passing) {
				const stage = await withEditor();
				stage.sandbox.failNext(op, fault);
				const first = await send(stage);
				const last = first.kind === 'stopped' ? await send(stage) : first;
				expect(`${fault}: ${last.kind}`).toMatch(/: (scheduled|already-)/);
				await stage.sandbox.clock.advance(HOUR);
				expect(stage.mailsTo()).toEqual(['mira@larkfield.example']);
			}
		},
	);

	test('goes on with a draft that a run left behind', async () => {
		class Crash extends Error {}
		const stage = await withEditor();
		const { provider } = stage.ports();
		const dying: Provider = { ...provider, sendBroadcast: () => Promise.reject(new Crash()) };
		await expect(send(stage, { provider: dying })).rejects.toThrow(Crash);
		expect(await send(stage)).toMatchObject({ kind: 'scheduled' });
		expect(stage.sandbox.state.broadcasts.size).toBe(1);
	});

	test.each<[string, string, string]>([
		['the segment is that of the readers', 'readers', 'audience-cap'],
		['there is no such segment', 'nobody-made-it', 'audience-missing'],
	])('is refused where %s', async (_what, canarySegment, code) => {
		const stage = await withEditor();
		expect(await send(stage, { canarySegment })).toMatchObject({ code });
		expect(writes(stage).filter((op) => op.startsWith('broadcasts'))).toEqual([]);
	});

	test('is refused where the segment holds nobody, or a crowd', async () => {
		const stage = await withEditor();
		const [editor] = [...stage.sandbox.state.contacts.values()].slice(-1);
		if (!editor) throw new Error('There is an editor.');
		for (let index = 0; index < 50; index++) {
			const contact = { ...editor, id: `c${index}`, email: `e${index}@example.com` };
			stage.sandbox.state.contacts.set(contact.id, contact);
		}
		expect(await send(stage)).toMatchObject({ code: 'audience-cap' });
		for (const contact of stage.sandbox.state.contacts.values()) contact.unsubscribed = true;
		expect(await send(stage)).toMatchObject({ code: 'nobody' });
		expect(stage.sandbox.state.broadcasts.size).toBe(0);
	});
});
