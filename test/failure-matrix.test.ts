/**
 * What may go wrong with a sending, a row each, and what must come of it. Rows that need a terminal,
 * a git host or a page lie with those tests; the last test here sees that no row is missing.
 */
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { shortHash } from '#/delivery/canonical.ts';
import { payloadHash, payloadOf } from '#/delivery/message.ts';
import type { Provider } from '#/delivery/provider.ts';
import { isoSeconds, planTime } from '#/delivery/schedule.ts';
import type { SendJob } from '#/delivery/send.ts';
import { stopKinds } from '#/delivery/stop.ts';
import { sendTest, testKey, testMail } from '#/delivery/test-mail.ts';
import type { Fault, FaultName } from '#/sandbox/fault.ts';
import { dataOf, HOUR, MINUTE } from './sandbox-lab.ts';
import { aJob, aMessage, aStage, expectOneCopyEach, writes } from './sender-stage.ts';
import type { Stage } from './sender-stage.ts';

const names = { segment: 'readers', topic: 'Weekly' };
const edited = () => aMessage({ subject: 'Fewer surprise promos', contentHash: 'd'.repeat(64) });

/** Runs the same command until it has nothing left to do, as a person or a cron would. */
async function untilDone(stage: Stage): Promise<void> {
	for (let run = 0; run < 5; run++) {
		const { kind } = await stage.run();
		if (kind !== 'stopped') return;
		await stage.sandbox.clock.advance(MINUTE);
	}
	throw new Error('The sending does not come to an end.');
}

function refusal(status: number, code: string, message = 'No.'): Fault {
	return { effect: 'none', reply: 'error', status, code, message };
}

async function exitOf(stage: Stage, run = stage.run()): Promise<number> {
	const outcome = await run;
	return outcome.kind === 'stopped' ? stopKinds[outcome.reason] : 0;
}

async function expectNothingSent(stage: Stage): Promise<void> {
	await stage.letTimePass();
	expect(stage.sandbox.mails()).toEqual([]);
}

describe('row 2: a timeout after acceptance, or a request that is executed late', () => {
	const late: FaultName[] = ['after-commit', 'hang-after-commit', 'late'];
	test.each(
		late.flatMap(
			(fault) =>
				[
					['broadcasts.create', fault],
					['broadcasts.send', fault],
				] as const,
		),
	)('%s, %s: one copy each', async (op, fault) => {
		const stage = await aStage();
		stage.sandbox.failNext(op, fault);
		await untilDone(stage);
		await stage.letTimePass();
		expectOneCopyEach(stage);
		expect(await stage.run()).toMatchObject({ kind: 'already-sent' });
	});
});

test('row 3: 429 with and without retry-after is waited for', async () => {
	for (const fault of ['429', '429-bare'] as const) {
		const stage = await aStage();
		stage.sandbox.failNext('*', fault, { times: 3, skip: 2 });
		expect(await stage.run()).toMatchObject({ kind: 'scheduled' });
		await stage.letTimePass();
		expectOneCopyEach(stage);
	}
});

describe('row 4: a quota stops, and names the fix', () => {
	test.each([
		['of mails a day', '429-daily' as const],
		['of mails a month', '429-monthly' as const],
		['of contacts', refusal(403, 'validation_error', 'You have reached your contacts quota.')],
	])('%s', async (_name, fault) => {
		const stage = await aStage();
		stage.sandbox.failNext('broadcasts.send', fault, { times: 10 });
		const outcome = await stage.run();
		expect(outcome).toMatchObject({ kind: 'stopped', code: 'quota', reason: 'provider-refused' });
		expect(outcome.kind === 'stopped' && outcome.hint).toContain('Raise the plan');
		await expectNothingSent(stage);
	});

	test('of contacts is seen before anything is made', async () => {
		const stage = await aStage();
		stage.sandbox.knobs.quota.contacts = 5;
		expect(await stage.run()).toMatchObject({ kind: 'stopped', code: 'contacts-quota' });
		expect(writes(stage)).toEqual([]);
	});
});

describe('row 5: an answer that says nothing is read back, never repeated blindly', () => {
	const unclear: FaultName[] = [
		'500-before',
		'500-after',
		'html-502',
		'html-502-after-commit',
		'truncated-200',
		'empty-200',
		'bare-504',
	];
	test.each(unclear)('%s', async (fault) => {
		for (const op of ['broadcasts.create', 'broadcasts.send']) {
			const stage = await aStage();
			stage.sandbox.failNext(op, fault);
			expect(await stage.run()).toMatchObject({ kind: 'scheduled' });
			const calls = stage.sandbox.journal().map((entry) => entry.op);
			const first = calls.indexOf(op);
			// Between a write without an answer and the next one there is a read of what it did.
			expect(calls[first + 1]).toBe(
				op === 'broadcasts.create' ? 'broadcasts.list' : 'broadcasts.get',
			);
			expect(stage.sandbox.state.broadcasts.size).toBe(1);
			await stage.letTimePass();
			expectOneCopyEach(stage);
		}
	});
});

test.each([
	[401, 'restricted_api_key'],
	[403, 'invalid_permission'],
	[422, 'invalid_parameter'],
])('row 6: %i ends with exit code 3, and nothing is sent', async (status, code) => {
	for (const op of ['broadcasts.list', 'broadcasts.create', 'broadcasts.send']) {
		const stage = await aStage();
		stage.sandbox.failNext(op, refusal(status, code), { times: 10 });
		expect(await exitOf(stage)).toBe(3);
		await expectNothingSent(stage);
	}
});

describe('row 7: 409 on a test send', () => {
	const mail = () =>
		testMail(aMessage(), 'mira@larkfield.example', 'https://news.larkfield.example/');
	const key = () => testKey('017', mail(), new Date('2026-11-23T10:00:00Z'));

	test('for another mail under the same name stops, and shows both', async () => {
		const { provider } = (await aStage()).ports();
		await sendTest(mail(), key(), provider);
		await expect(sendTest({ ...mail(), subject: 'Other' }, key(), provider)).rejects.toMatchObject({
			code: 'test-key',
			message: expect.stringMatching(/asked for .*"Other"[\s\S]*it holds/),
		});
	});

	test('for a mail that is under way waits and asks again', async () => {
		const stage = await aStage();
		stage.sandbox.failNext('emails.send', refusal(409, 'concurrent_idempotent_requests'));
		await sendTest(mail(), key(), stage.ports().provider);
		expect(stage.mailsTo()).toEqual(['mira@larkfield.example']);
	});
});

describe('row 8: two runners at once', () => {
	test('make one broadcast of it, and one receipt', async () => {
		const stage = await aStage();
		const [one, two] = await Promise.all([stage.run(), stage.run()]);
		for (const outcome of [one, two]) expect(outcome.kind).toMatch(/^(already-)?scheduled$/);
		expect(await readdir(stage.folder)).toHaveLength(1);
		await stage.letTimePass();
		expectOneCopyEach(stage);
	});

	test('CI that fires twice finds it done the second time', async () => {
		const stage = await aStage();
		const job = aJob(aMessage(), { runner: 'ci:1' });
		await stage.run(job);
		expect(await stage.run(aJob(aMessage(), { runner: 'ci:2' }))).toMatchObject({
			kind: 'already-scheduled',
		});
		expect(writes(stage)).toEqual(['broadcasts.create', 'broadcasts.send']);
	});
});

test('row 9: a runner that was paused for hours stops when it wakes, and another one finished meanwhile', async () => {
	for (const hours of [3, 30]) {
		const stage = await aStage();
		const { pause } = stage.ports();
		const asleep = stage.run(aJob(), {
			pause: async (reason) => {
				if (reason === 'settle') {
					await stage.run();
					await stage.sandbox.clock.advance(hours * HOUR);
				}
				await pause(reason);
			},
		});
		expect((await asleep).kind).toMatch(/already-(scheduled|sent)/);
		await stage.letTimePass();
		expectOneCopyEach(stage);
	}
});

describe('row 10: a list that does not show everything', () => {
	test('stale by a minute: one copy each', async () => {
		const stage = await aStage({ knobs: { listLagMs: 60_000 } });
		await stage.sandbox.clock.advance(2 * MINUTE);
		for (const { kind } of await Promise.all([stage.run(), stage.run()])) {
			expect(kind).toMatch(/^(already-)?scheduled$/);
		}
		await stage.letTimePass();
		expectOneCopyEach(stage);
	});

	test('without its newest: one copy each', async () => {
		const stage = await aStage();
		const { provider } = stage.ports();
		const short: Provider = {
			...provider,
			async listBroadcasts(after) {
				const page = await provider.listBroadcasts(after);
				if (page.kind !== 'ok') return page;
				return { ...page, value: { ...page.value, items: page.value.items.slice(1) } };
			},
		};
		const runs = [1, 2].map(() => stage.run(aJob(), { provider: short }));
		for (const { kind } of await Promise.all(runs)) expect(kind).toMatch(/^(already-)?scheduled$/);
		await stage.letTimePass();
		expectOneCopyEach(stage);
	});

	test('longer than a page: the issue is found on the second', async () => {
		const stage = await aStage();
		const first = await stage.draft({ name: 'tandem:017#1 000000000000' });
		for (let other = 0; other < 120; other++) await stage.draft({ name: `Other ${other}` });
		expect(await stage.run()).toMatchObject({ kind: 'scheduled', broadcast: first });
	});

	test('with a second page that fails: it stops', async () => {
		const stage = await aStage();
		for (let other = 0; other < 120; other++) await stage.draft({ name: `Other ${other}` });
		stage.sandbox.failNext('broadcasts.list', 'html-502', { skip: 1, times: 10 });
		expect(await exitOf(stage)).toBe(10);
		expect(writes(stage).filter((op) => op === 'broadcasts.send')).toEqual([]);
	});
});

describe('row 11: a clock that is wrong', () => {
	test.each([-HOUR, HOUR])('by %i ms stops with exit code 4', async (offMs) => {
		const stage = await aStage();
		const run = stage.run(aJob(), {
			isSandbox: false,
			now: () => new Date(stage.sandbox.clock.now().getTime() + offMs),
		});
		expect(await run).toMatchObject({ kind: 'stopped' });
		expect(writes(stage)).toEqual([]);
		const outcome = await run;
		expect(outcome.kind === 'stopped' && outcome.message).toMatch(/clock|minutes/);
	});

	test('that is set back while it runs changes nothing: the time is the plan’s, "now" the provider’s', async () => {
		const stage = await aStage();
		let machine = stage.sandbox.clock.now().getTime();
		const outcome = await stage.run(aJob(), { now: () => new Date((machine -= MINUTE)) });
		expect(outcome).toMatchObject({ kind: 'scheduled', at: new Date('2026-11-24T09:00:00Z') });
	});
});

test.each([
	['skipped by the clocks', '2027-03-27T10:00:00Z', '2027-03-28', '01:30', '2027-03-28T01:00:00Z'],
	['that comes twice', '2026-10-24T10:00:00Z', '2026-10-25', '01:30', '2026-10-25T00:30:00Z'],
])('row 12: a local time %s goes out at the right instant', async (_name, now, day, time, utc) => {
	const stage = await aStage({ now: new Date(now) });
	const planned = planTime(day, time, 'Europe/London', 'test');
	expect(await stage.run(aJob(aMessage(), { planned }))).toMatchObject({ at: new Date(utc) });
	await stage.letTimePass();
	expectOneCopyEach(stage);
	expect(stage.sandbox.mails()[0]?.at).toBeGreaterThanOrEqual(Date.parse(utc));
});

test.each<[string, (stage: Stage) => SendJob]>([
	['content', () => aJob(edited())],
	['template', () => aJob(aMessage({ html: aMessage().html.replace('<p>', '<p class="x">') }))],
	[
		'segment',
		({ topicId }) => aJob(aMessage(), { audience: { ...names, segmentId: 'another', topicId } }),
	],
	[
		'topic',
		({ segmentId }) => aJob(aMessage(), { audience: { ...names, segmentId, topicId: 'another' } }),
	],
])('row 13: %s edited after approval stops with exit code 4', async (_name, change) => {
	const stage = await aStage();
	const approve = shortHash(payloadHash(payloadOf(aMessage(), stage)));
	expect(await stage.run({ ...change(stage), typed: { approve } })).toMatchObject({
		kind: 'stopped',
		code: expect.stringMatching(/^(not-approved|audience-missing)$/),
		reason: 'refused',
	});
	expect(writes(stage)).toEqual([]);
});

test('row 14: a draft that was edited in the dashboard stops with exit code 6, and says what differs', async () => {
	const stage = await aStage();
	const first = await stage.run();
	if (first.kind !== 'scheduled') throw new Error(first.kind);
	dataOf(await stage.resend.broadcasts.cancel(first.broadcast));
	dataOf(await stage.resend.broadcasts.update(first.broadcast, { subject: 'Mine' }));
	const outcome = await stage.run();
	expect(outcome).toMatchObject({ code: 'edited', message: expect.stringContaining('subject') });
	expect(stopKinds.conflict).toBe(6);
	await expectNothingSent(stage);
});

describe('row 20: a receipt', () => {
	test('that was lost: the broadcast is found by its name, and not sent again', async () => {
		const stage = await aStage();
		await stage.run();
		await stage.letTimePass();
		for (const name of await readdir(stage.folder)) await rm(join(stage.folder, name));
		expect(await stage.run()).toMatchObject({ kind: 'already-sent' });
		expect(await readdir(stage.folder)).toHaveLength(1);
		expectOneCopyEach(stage);
	});

	test('that came back from an old backup: the second attempt stays the only one', async () => {
		const stage = await aStage();
		const first = await stage.run();
		if (first.kind !== 'scheduled') throw new Error(first.kind);
		dataOf(await stage.resend.broadcasts.cancel(first.broadcast));
		const { name } = dataOf(await stage.resend.broadcasts.get(first.broadcast));
		dataOf(
			await stage.resend.broadcasts.update(first.broadcast, { name: name.replace(' ', '! ') }),
		);
		await stage.run(aJob(edited(), { attempt: 2 }));
		await rm(join(stage.folder, '017-no-surprise.receipt.2.json'));
		for (const job of [aJob(), aJob(edited())]) {
			expect(await stage.run(job)).toMatchObject({ kind: 'stopped', reason: 'conflict' });
		}
		await stage.letTimePass();
		expectOneCopyEach(stage);
	});
});

describe('row 24: CI that is late', () => {
	test('by less than six hours: the provider keeps the clock, the issue goes out', async () => {
		const stage = await aStage({ now: new Date('2026-11-24T14:30:00Z') });
		const outcome = await stage.run();
		// Ten minutes after the run, which itself took some seconds.
		expect(outcome.kind === 'scheduled' && isoSeconds(outcome.at)).toMatch(/^2026-11-24T14:4[01]/);
		await stage.letTimePass();
		expectOneCopyEach(stage);
	});

	test('by more: it stops with exit code 4, unless a person types the planned day', async () => {
		const stage = await aStage({ now: new Date('2026-11-24T15:30:00Z') });
		expect(await stage.run()).toMatchObject({ code: 'too-late' });
		const other = aJob(aMessage(), { typed: { late: '2026-11-23' } });
		expect(await stage.run(other)).toMatchObject({ code: 'too-late' });
		expect(writes(stage)).toEqual([]);
		const late = aJob(aMessage(), { typed: { late: '2026-11-24' } });
		expect(await stage.run(late)).toMatchObject({ kind: 'scheduled' });
		expect(await stage.run(late)).toMatchObject({ kind: 'already-scheduled' });
		await stage.letTimePass();
		expectOneCopyEach(stage);
	});
});

test('row 26: who leaves inside the window gets nothing, who joins gets it: readers are counted when it starts', async () => {
	const stage = await aStage();
	await stage.run();
	const [leaver] = stage.reached;
	if (!leaver) throw new Error('There is nobody.');
	const contact = dataOf(await stage.resend.contacts.get(encodeURIComponent(leaver)));
	dataOf(await stage.resend.contacts.update({ id: contact.id, unsubscribed: true }));
	await stage.letTimePass();
	expect(stage.mailsTo().toSorted()).toEqual(
		stage.reached.filter((address) => address !== leaver).toSorted(),
	);
});

test('every row of the matrix is a test of this name', async () => {
	const folders = ['.', '../src/delivery', '../scripts/newsletter'].map((name) =>
		join(import.meta.dirname, name),
	);
	const rows = new Set<number>();
	for (const folder of folders) {
		const names = (await readdir(folder)).filter((name) => name.endsWith('.test.ts'));
		for (const name of names) {
			const text = await readFile(join(folder, name), 'utf8');
			for (const [, row] of text.matchAll(/['"`]row (\d+): /g)) rows.add(Number(row));
		}
	}
	const all = Array.from({ length: 28 }, (_, index) => index + 1);
	expect(all.filter((row) => !rows.has(row))).toEqual([]);
});
