/** What an operator types around a send: hold, verify, report, repair, doctor, setup, the canary. */
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { environment } from '#/environment.ts';
import { seedReaders } from '#/sandbox/readers.ts';
import { startSandbox } from '#/sandbox/server.ts';
import type { Sandbox } from '#/sandbox/server.ts';
import { readSettings } from '#/settings.ts';
import type { Command } from '../scripts/newsletter/command.ts';
import { doctor } from '../scripts/newsletter/doctor.ts';
import { hold } from '../scripts/newsletter/hold.ts';
import { repair } from '../scripts/newsletter/repair.ts';
import { report } from '../scripts/newsletter/report.ts';
import { send } from '../scripts/newsletter/send.ts';
import { setup } from '../scripts/newsletter/setup.ts';
import { test as testCommand } from '../scripts/newsletter/test.ts';
import { verify } from '../scripts/newsletter/verify.ts';
import { HOUR } from './sandbox-lab.ts';

const root = join(import.meta.dirname, '..');
const issueFile = 'issues/005-whose-number-is-it.mdx';

interface Typed {
	code: number;
	result: string;
	/** Progress too, in the order it was printed. */
	said: string;
}

interface Desk {
	sandbox: Sandbox;
	content: string;
	receipts: string;
	type(command: Command, issue?: string, values?: Record<string, unknown>): Promise<Typed>;
	/** Schedules issue 005 for Tuesday at nine, and leaves the clock alone. */
	schedule(values?: Record<string, unknown>): Promise<Typed>;
}

/** A copy of the content, and a sandbox on the day before issue 005. */
async function aDesk(): Promise<Desk> {
	const folder = await mkdtemp(join(tmpdir(), 'tandem-operator-'));
	onTestFinished(() => rm(folder, { recursive: true, force: true }));
	const content = join(folder, 'content');
	await cp(join(root, 'content'), content, { recursive: true });
	const sandbox = await startSandbox({
		now: new Date('2026-11-23T10:00:00Z'),
		senders: ['news.larkfield.example'],
	});
	onTestFinished(() => sandbox.close());
	seedReaders(sandbox, readSettings(content).delivery);
	const receipts = join(folder, 'receipts');
	const type: Desk['type'] = async (command, issue, values = {}) => {
		const result: string[] = [];
		const said: string[] = [];
		const code = await command.run(
			{
				issue,
				values,
				environment: environment({
					TANDEM_CONTENT: content,
					TANDEM_CACHE: join(folder, 'cache'),
					TANDEM_RECEIPTS: receipts,
					TANDEM_SANDBOX_URL: sandbox.url,
				}),
			},
			{
				result: (text) => {
					result.push(text);
					said.push(text);
				},
				progress: (text) => said.push(text),
			},
		);
		return { code, result: result.join('\n'), said: said.join('\n') };
	};
	return {
		sandbox,
		content,
		receipts,
		type,
		schedule: (values = {}) => type(send, '005', { yes: '005', 'keep-clock': true, ...values }),
	};
}

async function pastItsTime(desk: Desk): Promise<void> {
	await desk.sandbox.clock.set(new Date('2026-11-24T09:40:00Z'));
}

/** The one broadcast there is. */
function broadcastOf({ sandbox }: Desk) {
	const [broadcast] = sandbox.state.broadcasts.values();
	if (!broadcast) throw new Error('There is no broadcast.');
	return broadcast;
}

test('each command says first where mail goes, and last what to do next', async () => {
	const desk = await aDesk();
	await desk.schedule();
	for (const command of [hold, verify, report, repair]) {
		const { said } = await desk.type(command, '005');
		expect(said.split('\n')[0]).toBe(
			`The sandbox at ${desk.sandbox.url}: no mail leaves this machine.`,
		);
		expect(said.split('\n').at(-1)).toMatch(/npm run newsletter -- \w+/);
	}
});

test('an issue that is sent, held, sent again, verified and reported reaches each reader once', async () => {
	const desk = await aDesk();
	expect(await desk.schedule()).toMatchObject({ code: 0 });
	expect(await desk.type(hold, '005')).toMatchObject({
		code: 0,
		result: expect.stringMatching(
			/^Issue 005: draft, marked, nothing sent\. Broadcast \S+ is called common-ground:005#1! [0-9a-f]{12}\.$/,
		),
	});
	expect(await desk.type(verify, '005')).toMatchObject({
		code: 0,
		result: expect.stringContaining('Issue 005 is held: nothing goes out.'),
	});
	expect(await desk.schedule()).toMatchObject({ code: 4 });
	expect(await desk.schedule({ attempt: '2' })).toMatchObject({ code: 0 });
	expect(await desk.type(verify, '005', { phase: 'reconcile' })).toMatchObject({
		code: 0,
		result: expect.stringContaining('is scheduled for Tuesday, 24 November 2026'),
	});
	await pastItsTime(desk);
	expect(await desk.type(verify, '005', { phase: 'sent' })).toMatchObject({
		code: 0,
		result: expect.stringContaining('8 mails, 8 delivered, 0 bounced, 0 complaints'),
	});
	expect(desk.sandbox.mails()).toHaveLength(8);
	const { code, result } = await desk.type(report, '005');
	expect(code).toBe(0);
	expect(result).toContain('delivered   8 (100 %)');
	expect((await readdir(desk.receipts)).toSorted()).toEqual([
		'005-whose-number-is-it.receipt.2.json',
		'005-whose-number-is-it.receipt.json',
		'005-whose-number-is-it.report.json',
	]);
});

describe('hold', () => {
	test('works where the issue cannot even be read any more', async () => {
		const desk = await aDesk();
		await desk.schedule();
		await writeFile(join(desk.content, issueFile), 'no longer an issue');
		expect(await desk.type(hold, '005')).toMatchObject({ code: 0 });
	});

	test('--delete says that nothing can go out, and how to begin anew', async () => {
		const desk = await aDesk();
		await desk.schedule();
		const { code, said } = await desk.type(hold, '005', { delete: true });
		expect(code).toBe(0);
		expect(said).toContain('removed, nothing sent');
		expect(said).toContain('--attempt');
		expect(desk.sandbox.state.broadcasts.size).toBe(0);
	});

	test('too late never says that nothing was sent', async () => {
		const desk = await aDesk();
		await desk.schedule();
		await pastItsTime(desk);
		const { code, said } = await desk.type(hold, '005');
		expect(code).toBe(7);
		expect(said).toContain('already out');
		expect(said).toContain('Code hold-late');
		expect(said).not.toContain('othing was sent');
	});

	test('with nothing to hold exits with 4', async () => {
		const desk = await aDesk();
		expect(await desk.type(hold, '005')).toMatchObject({
			code: 4,
			said: expect.stringContaining('Code nothing-to-hold'),
		});
	});
});

describe('verify', () => {
	test.each([
		[undefined, {}],
		['005', { due: true }],
		['005', { phase: 'other' }],
	])('%s with %j is wrong usage', async (issue, values) => {
		const desk = await aDesk();
		await expect(desk.type(verify, issue, values)).rejects.toThrow(/Which issue|no phase/);
	});

	test('--due looks at every issue whose receipt says so', async () => {
		const desk = await aDesk();
		expect(await desk.type(verify, undefined, { due: true })).toMatchObject({
			code: 0,
			said: expect.stringContaining('No issue is due.'),
		});
		await desk.schedule();
		await pastItsTime(desk);
		const { result } = await desk.type(verify, undefined, { due: true });
		expect(result).toContain('Issue 005 went out');
		await desk.sandbox.clock.advance(8 * 24 * HOUR);
		const late = await desk.type(verify, undefined, { due: true });
		expect(late.said).toContain('No issue is due.');
	});

	test('exits with 7 for a stray that is out, and still verifies the issue', async () => {
		const desk = await aDesk();
		await desk.schedule();
		const broadcast = broadcastOf(desk);
		const twin = { ...broadcast, id: 'another-one', versions: [] };
		desk.sandbox.state.broadcasts.set(twin.id, twin);
		await pastItsTime(desk);
		const { code, said, result } = await desk.type(verify, '005');
		expect(code).toBe(7);
		expect(said).toContain('Code stray-out');
		expect(result).toContain('Issue 005 went out');
	});

	test('--json prints nothing else on stdout', async () => {
		const desk = await aDesk();
		await desk.schedule();
		const { result } = await desk.type(verify, '005', { json: true });
		expect(JSON.parse(result)).toMatchObject([
			{ issue: '005', reconciled: { kind: 'reconciled' }, sent: { kind: 'early' } },
		]);
	});
});

describe('report', () => {
	test('--json holds the numbers, and no address of anybody', async () => {
		const desk = await aDesk();
		await desk.schedule();
		await pastItsTime(desk);
		const { code, result } = await desk.type(report, '005', { json: true });
		expect(code).toBe(0);
		expect(JSON.parse(result)).toMatchObject({ report: { sent: 8 }, before: null, alarms: [] });
		for (const { email } of desk.sandbox.state.contacts.values()) {
			expect(result).not.toContain(email);
		}
	});

	test('--due takes what is due, once', async () => {
		const desk = await aDesk();
		await desk.schedule();
		await pastItsTime(desk);
		expect((await desk.type(report, undefined, { due: true })).result).toContain('Issue 005');
		const again = await desk.type(report, undefined, { due: true });
		expect(again).toMatchObject({ code: 0, result: '' });
	});

	test('row 28: too many bounces exit with 7, and the report is kept all the same', async () => {
		const desk = await aDesk();
		await desk.schedule();
		const [reader] = desk.sandbox.state.contacts.values();
		if (reader) reader.email = 'bounced@resend.dev';
		await pastItsTime(desk);
		const { code, said } = await desk.type(report, '005');
		expect(code).toBe(7);
		expect(said).toContain('12.5 % bounced');
		expect(said).toContain('Code numbers');
		expect(await readdir(desk.receipts)).toContain('005-whose-number-is-it.report.json');
	});

	test('of an issue that was not sent says so', async () => {
		const desk = await aDesk();
		expect(await desk.type(report, '005')).toMatchObject({ code: 0, result: '' });
	});
});

describe('repair', () => {
	test('row 20: writes a lost receipt again, and sends nothing', async () => {
		const desk = await aDesk();
		await desk.schedule();
		const file = join(desk.receipts, '005-whose-number-is-it.receipt.json');
		const before: unknown = JSON.parse(await readFile(file, 'utf8'));
		await rm(file);
		const { code, said } = await desk.type(repair, '005');
		expect(code).toBe(0);
		expect(said).toContain('it is written again');
		expect(said).toContain('Nothing was sent.');
		expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({
			...z.record(z.string(), z.unknown()).parse(before),
			chosenAt: expect.any(String),
		});
	});

	test('refuses a torn receipt, and says how to restore it', async () => {
		const desk = await aDesk();
		await desk.schedule();
		await writeFile(join(desk.receipts, '005-whose-number-is-it.receipt.json'), '');
		expect(await desk.type(repair, '005')).toMatchObject({
			code: 4,
			said: expect.stringContaining('git restore'),
		});
	});
});

describe('setup, then doctor', () => {
	test('makes what is missing once, prints the ids to paste, and deletes nothing', async () => {
		const desk = await aDesk();
		const first = await desk.type(setup);
		expect(first.code).toBe(0);
		expect(first.result).toContain('common-ground-readers-canary');
		expect(first.result).toMatch(/nl_left_at \(number\)/);
		const ids = /^ {2}segmentId: (\S+)\n {2}topicId: (\S+)$/m.exec(first.result);
		expect(desk.sandbox.state.segments.has(ids?.[1] ?? '')).toBe(true);
		expect(desk.sandbox.state.topics.has(ids?.[2] ?? '')).toBe(true);
		const again = await desk.type(setup);
		expect(again.result).not.toContain('created');
		const ops = desk.sandbox.journal().map(({ method }) => method);
		expect(ops).not.toContain('DELETE');
	});

	test('the doctor exits with 2 before setup, and with 0 after it', async () => {
		const desk = await aDesk();
		const before = await desk.type(doctor);
		expect(before.code).toBe(2);
		expect(before.result).toContain('Run "setup".');
		await desk.type(setup);
		const after = await desk.type(doctor, undefined, { json: true });
		expect(after.code).toBe(0);
		expect(JSON.parse(after.result)).toContainEqual(
			expect.objectContaining({ about: 'C01', level: 'open' }),
		);
	});

	test('the doctor asks the page that is named, and no other', async () => {
		const desk = await aDesk();
		await desk.type(setup);
		const { code, result } = await desk.type(doctor, undefined, {
			url: `${desk.sandbox.url}/no-such-page`,
		});
		expect(code).toBe(2);
		expect(result).toContain('no-such-page');
		await expect(desk.type(doctor, undefined, { url: 'news' })).rejects.toThrow('no address');
	});
});

describe('test --canary', () => {
	test('mails the editors a real broadcast, and says what to look for', async () => {
		const desk = await aDesk();
		await desk.type(setup);
		const segment = [...desk.sandbox.state.segments.values()].at(-1);
		const [reader] = desk.sandbox.state.contacts.values();
		if (!reader || !segment) throw new Error('The desk has both.');
		desk.sandbox.state.contacts.set('editor', {
			...reader,
			id: 'editor',
			email: 'mira@larkfield.example',
			segments: new Set([segment.id]),
		});
		const { code, said } = await desk.type(testCommand, '005', { canary: true });
		expect(code).toBe(0);
		expect(said).toContain('headersSeen');
		expect(desk.sandbox.mails().map(({ to }) => to)).toEqual(['mira@larkfield.example']);
		expect(broadcastOf(desk).name).toMatch(/^common-ground-canary:005 [0-9a-f]{12}$/);
		expect(await readdir(desk.receipts).catch(() => [])).toEqual([]);
		expect(await desk.type(testCommand, '005', { canary: true })).toMatchObject({
			code: 0,
			result: expect.stringContaining('already out'),
		});
	});

	test('does not take addresses, and exits with 4 where nobody is in its segment', async () => {
		const desk = await aDesk();
		const both = { canary: true, to: 'mira@larkfield.example' };
		await expect(desk.type(testCommand, '005', both)).rejects.toThrow('canary');
		await desk.type(setup);
		expect(await desk.type(testCommand, '005', { canary: true })).toMatchObject({
			code: 4,
			said: expect.stringContaining('Code nobody'),
		});
	});
});
