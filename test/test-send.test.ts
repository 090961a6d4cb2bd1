/** The test send as a process, against a sandbox: who gets it, what it says, and how often. */
import { createHash } from 'node:crypto';
import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Stop, stopKinds } from '#/delivery/stop.ts';
import { fillIn } from '#/delivery/test-mail.ts';
import { environment } from '#/environment.ts';
import type { Fault, FaultName } from '#/sandbox/fault.ts';
import { seedReaders } from '#/sandbox/readers.ts';
import { startSandbox } from '#/sandbox/server.ts';
import type { Sandbox } from '#/sandbox/server.ts';
import { readSettings } from '#/settings.ts';
import { UserError } from '#/user-error.ts';
import { test as command } from '../scripts/newsletter/test.ts';

const root = join(import.meta.dirname, '..');
const mira = 'mira@larkfield.example';
const daniel = 'daniel@larkfield.example';

describe('a test send', () => {
	test('goes to listed people, one mail each, marked and with every placeholder filled', async () => {
		const desk = await aDesk();
		const { code, result, progress } = await desk.type('test', '5', '--to', `${mira}, ${daniel}`);
		expect(progress).toContain('2 test mails: "[TEST] Read the other team\'s scoreboard".');
		expect(code).toBe(0);
		const mails = [...desk.sandbox.state.emails.values()];
		expect(mails.map(({ to }) => to)).toEqual([[mira], [daniel]]);
		expect(result.trim().split('\n')).toEqual(mails.map(({ id, to }) => `${id}  ${to[0]}`));
		for (const { subject, html, text, reply_to: replyTo, from } of mails) {
			expect(subject).toBe("[TEST] Read the other team's scoreboard");
			expect(from).toBe('Common Ground by Larkfield <letter@news.larkfield.example>');
			expect(replyTo).toEqual(['editor@larkfield.example']);
			expect(`${html}${text}`).not.toContain('{{');
			expect(html).toContain('href="https://news.larkfield.example/about/"');
			expect(text).toContain('https://news.larkfield.example/about/');
		}
	});

	test('names each mail by issue, content, person and minute, without the address', async () => {
		const desk = await aDesk();
		await desk.test(mira);
		const [call] = sendsOf(desk.sandbox);
		const person = createHash('sha256').update(mira).digest('hex');
		expect(call?.idempotencyKey).toMatch(
			new RegExp(`^test/005/[0-9a-f]{12}/${person}/202611231000$`),
		);
	});

	test('typed twice in a minute, it is one mail with the same id', async () => {
		const desk = await aDesk();
		const first = await desk.test(mira);
		const again = await desk.test(mira);
		expect(again.result).toBe(first.result);
		expect(desk.sandbox.state.emails.size).toBe(1);
		await desk.sandbox.clock.advance(60_000);
		expect((await desk.test(mira)).code).toBe(0);
		expect(desk.sandbox.state.emails.size).toBe(2);
	});

	test('writes no receipt, makes no broadcast, and no reader gets a mail', async () => {
		const desk = await aDesk();
		await desk.test(mira);
		expect(await readdir(desk.receipts).catch(() => [])).toEqual([]);
		expect(desk.sandbox.state.broadcasts.size).toBe(0);
		expect(
			new Set(desk.sandbox.journal().flatMap(({ op, method }) => (method === 'GET' ? [] : op))),
		).toEqual(new Set(['emails.send']));
		const status = await desk.type('status', '005');
		expect(status.result).toMatch(/^005 {2}new /);
	});
});

describe('is refused, and nothing is sent,', () => {
	test.each([
		[
			'to an address that is not listed',
			['--to', 'someone@example.com'],
			4,
			'delivery.testRecipients in settings.yaml lists mira@larkfield.example',
		],
		[
			'where one of several is not listed',
			['--to', `${mira},x@example.com`],
			4,
			'Not listed for test mails: x@example.com.',
		],
		['to nobody', ['--to', ' , '], 2, 'To whom?'],
		['without --to', [], 2, 'To whom?'],
	])('%s', async (_, args, expected, words) => {
		const desk = await aDesk();
		const { code, result, progress } = await desk.type('test', '005', ...args);
		expect(code).toBe(expected);
		expect(result).toBe('');
		expect(progress).toContain(words);
		expect(progress).toContain('Nothing was sent.');
		expect(sendsOf(desk.sandbox)).toEqual([]);
	});

	test('to more than five', async () => {
		const desk = await aDesk();
		const six = Array.from({ length: 6 }, (_, index) => `p${index}@larkfield.example`);
		await desk.edit('settings.yaml', /testRecipients: .*/, `testRecipients: [${six.join(', ')}]`);
		const { code, progress } = await desk.test(six.join());
		expect(code).toBe(2);
		expect(progress).toContain('at most 5');
		expect(sendsOf(desk.sandbox)).toEqual([]);
	});

	test('where the settings list nobody', async () => {
		const desk = await aDesk();
		await desk.edit('settings.yaml', / *testRecipients: .*\n/, '');
		const { code, progress } = await desk.test(mira);
		expect(code).toBe(4);
		expect(progress).toContain('lists nobody');
		expect(sendsOf(desk.sandbox)).toEqual([]);
	});

	test('where the issue has an error', async () => {
		const desk = await aDesk();
		await desk.edit(
			'issues/005-whose-number-is-it.mdx',
			/^subject: .*$/m,
			`subject: ${'x'.repeat(70)}`,
		);
		const { code } = await desk.test(mira);
		expect(code).toBe(2);
		expect(sendsOf(desk.sandbox)).toEqual([]);
	});
});

describe('where the provider', () => {
	test.each<[string, FaultName | Fault, number, number, string]>([
		[
			'loses the answer, it asks again and there is one mail',
			'after-commit',
			0,
			1,
			'No receipt was written',
		],
		[
			'answers with a fault after the effect, there is one mail',
			'500-after',
			0,
			1,
			'No receipt was written',
		],
		[
			'is busy with the same key, it waits and asks again',
			conflict('concurrent_idempotent_requests'),
			0,
			1,
			'No receipt was written',
		],
		['asks to slow down, it waits', '429', 0, 1, 'No receipt was written'],
		[
			'has another mail under the key, it stops and shows both',
			conflict('invalid_idempotent_request'),
			3,
			0,
			'something else under test/005/',
		],
		['refuses, it stops', '403', 3, 0, 'No other test mail was sent.'],
		['has no allowance left, it stops', '429-daily', 3, 0, 'Raise the plan'],
	])('%s', async (_, fault, expected, mails, words) => {
		const desk = await aDesk();
		desk.sandbox.failNext('emails.send', fault);
		const { code, progress } = await desk.test(mira);
		expect(code).toBe(expected);
		expect(desk.sandbox.state.emails.size).toBe(mails);
		expect(progress).toContain(words);
	});

	test('does not answer at all, it says that the mail may be out', async () => {
		const desk = await aDesk();
		desk.sandbox.failNext('emails.send', '500-before', { times: 9 });
		const { code, progress } = await desk.test(mira);
		expect(code).toBe(5);
		expect(progress).toContain(`to ${mira} may or may not have gone out`);
		expect(sendsOf(desk.sandbox)).toHaveLength(4);
	});

	test('refuses the second of two, it says who has the first', async () => {
		const desk = await aDesk();
		desk.sandbox.failNext('emails.send', '403', { skip: 1 });
		const { code, progress, result } = await desk.test(`${mira},${daniel}`);
		expect(code).toBe(3);
		expect(result.trim().split('\n')).toHaveLength(1);
		expect(progress).toContain(`Sent before: ${mira}. No reader got it.`);
	});
});

describe('fillIn', () => {
	test.each([
		['Dear {{{contact.first_name|there}}}', 'Dear Sam'],
		['{{{contact.email}}}', mira],
		['{{{contact.branch|our}}} shop', 'our shop'],
		['{{{contact.branch}}}', ''],
		['{{{RESEND_UNSUBSCRIBE_URL}}}', 'https://a.example/about/'],
		['{{{FIRST_NAME|x}}}', '{{{FIRST_NAME|x}}}'],
	])('%s becomes %s', (part, filled) => {
		expect(fillIn(part, mira, 'https://a.example/about/')).toBe(filled);
	});
});

function conflict(code: string): Fault {
	return { effect: 'none', reply: 'error', status: 409, code };
}

function sendsOf(sandbox: Sandbox) {
	return sandbox.journal().filter(({ op }) => op === 'emails.send');
}

async function aDesk(): Promise<Desk> {
	const folder = await mkdtemp(join(tmpdir(), 'tandem-test-send-'));
	onTestFinished(() => rm(folder, { recursive: true, force: true }));
	const content = join(folder, 'content');
	await cp(join(root, 'content'), content, { recursive: true });
	const sandbox = await startSandbox({
		now: new Date('2026-11-23T10:00:00Z'),
		clock: { now: () => new Date(0) },
	});
	onTestFinished(() => sandbox.close());
	seedReaders(sandbox, readSettings(content).delivery);
	const receipts = join(folder, 'receipts');
	const env = {
		TANDEM_CONTENT: content,
		TANDEM_CACHE: join(folder, 'cache'),
		TANDEM_RECEIPTS: receipts,
		TANDEM_SANDBOX_URL: sandbox.url,
	};
	return {
		sandbox,
		receipts,
		async edit(file, from, to) {
			const path = join(content, file);
			const text = await readFile(path, 'utf8');
			expect(text).toMatch(from);
			await writeFile(path, text.replace(from, to));
		},
		async test(to, issue = '005') {
			const said = { result: '', progress: '' };
			const print = {
				result: (text: string) => void (said.result += `${text}\n`),
				progress: (text: string) => void (said.progress += `${text}\n`),
			};
			const values = to === undefined ? {} : { to };
			try {
				const code = await command.run({ issue, values, environment: environment(env) }, print);
				return { code, ...said };
			} catch (error) {
				if (!(error instanceof UserError)) throw error;
				print.progress(`${error.message}\n${error.hint ?? ''}`);
				return { code: error instanceof Stop ? stopKinds[error.kind] : 2, ...said };
			}
		},
		type: (...args) =>
			new Promise((done) => {
				const child = spawn(process.execPath, ['scripts/newsletter.ts', ...args], {
					cwd: root,
					env: { PATH: process.env['PATH'], NO_COLOR: '1', ...env },
					stdio: ['ignore', 'pipe', 'pipe'],
				});
				const said = { result: '', progress: '' };
				child.stdout.on('data', (chunk: Buffer) => (said.result += chunk.toString()));
				child.stderr.on('data', (chunk: Buffer) => (said.progress += chunk.toString()));
				child.on('close', (code) => done({ code, ...said }));
			}),
	};
}

interface Desk {
	/** Runs the command here, with the exit code a person would see. */
	test(to?: string, issue?: string): Promise<Said>;
	/** Types a command, as CI does. */
	type(...args: string[]): Promise<Said>;
	edit(file: string, from: RegExp, to: string): Promise<void>;
	sandbox: Sandbox;
	receipts: string;
}

interface Said {
	code: number | null;
	result: string;
	progress: string;
}
