/** The commands a person types, as processes, against a sandbox. */
import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { canonicalHash } from '#/delivery/canonical.ts';
import { seedReaders } from '#/sandbox/readers.ts';
import { startSandbox } from '#/sandbox/server.ts';
import type { Sandbox } from '#/sandbox/server.ts';
import { readSettings } from '#/settings.ts';

const root = join(import.meta.dirname, '..');

interface Desk {
	/** Types a command; without a terminal, as CI does. */
	newsletter(...args: string[]): Promise<{ code: number | null; result: string; progress: string }>;
	sandbox: Sandbox;
	/** A copy of the content folder that the test may change. */
	content: string;
	receipts: string;
	cache: string;
	edit(file: string, from: string, to: string): Promise<void>;
	/** The environment of the next command. */
	env: Record<string, string>;
}

/** A copy of the content, a sandbox on the day before issue 005, and twelve readers unless said. */
async function aDesk({ readers = true } = {}): Promise<Desk> {
	const folder = await mkdtemp(join(tmpdir(), 'tandem-desk-'));
	onTestFinished(() => rm(folder, { recursive: true, force: true }));
	const content = join(folder, 'content');
	await cp(join(root, 'content'), content, { recursive: true });
	const sandbox = await startSandbox({
		now: new Date('2026-11-23T10:00:00Z'),
		senders: ['news.larkfield.example'],
	});
	onTestFinished(() => sandbox.close());
	if (readers) seedReaders(sandbox, readSettings(content).delivery);
	const receipts = join(folder, 'receipts');
	const cache = join(folder, 'cache');
	const env: Record<string, string> = {
		PATH: process.env['PATH'] ?? '',
		NO_COLOR: '1',
		TANDEM_CONTENT: content,
		TANDEM_CACHE: cache,
		TANDEM_RECEIPTS: receipts,
		TANDEM_SANDBOX_URL: sandbox.url,
	};
	return {
		sandbox,
		content,
		receipts,
		cache,
		env,
		newsletter: (...args) => type(args, env),
		async edit(file, from, to) {
			const path = join(content, file);
			const text = await readFile(path, 'utf8');
			if (!text.includes(from)) throw new Error(`${file} does not hold "${from}".`);
			await writeFile(path, text.replace(from, to));
		},
	};
}

function type(args: string[], env: Record<string, string>) {
	const child = spawn(process.execPath, ['scripts/newsletter.ts', ...args], {
		cwd: root,
		env,
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let result = '';
	let progress = '';
	child.stdout.on('data', (chunk: Buffer) => (result += chunk.toString()));
	child.stderr.on('data', (chunk: Buffer) => (progress += chunk.toString()));
	return new Promise<{ code: number | null; result: string; progress: string }>((resolve) => {
		child.on('close', (code) => resolve({ code, result, progress }));
	});
}

function writesOf(sandbox: Sandbox): (string | null)[] {
	return sandbox.journal().flatMap(({ method, op }) => (method === 'GET' ? [] : [op]));
}

const issueFile = 'issues/005-whose-number-is-it.mdx';

describe('usage', () => {
	test('help lists the commands, and no other', async () => {
		const { newsletter } = await aDesk();
		const { code, result } = await newsletter('help');
		expect(code).toBe(0);
		const listed = [...result.matchAll(/^ {2}(\w+)/gm)].map(([, name]) => name);
		expect(listed.join()).toBe(
			'list,check,preview,plan,test,send,hold,status,verify,report,repair,doctor,setup,contacts,audit,shots,help',
		);
	});

	test.each([
		[
			['holt', '005'],
			'There are: list, check, preview, plan, test, send, hold, status, verify, report, repair, doctor, setup, contacts, audit, shots, help.',
		],
		[['toString'], 'There is no command'],
		[['send'], 'Which issue?'],
		[['send', 'next'], 'Name it by its number'],
		[['send', '005', '006'], 'too much'],
		[['setup', '005'], 'too much'],
		[['send', '005', '--force'], '--force'],
		[['plan', '999'], 'There is no issue 999.'],
	])('%j is wrong usage: exit code 2, and nothing is sent', async (args, words) => {
		const desk = await aDesk();
		const { code, result, progress } = await desk.newsletter(...args);
		expect(code).toBe(2);
		expect(result).toBe('');
		expect(progress).toContain(words);
		expect(progress).toMatch(/Nothing was sent\.\s*$/);
		expect(writesOf(desk.sandbox)).toEqual([]);
	});
});

describe('where it sends', () => {
	test('says so in the first line', async () => {
		const desk = await aDesk();
		const { progress } = await desk.newsletter('status');
		expect(progress.split('\n')[0]).toBe(
			`The sandbox at ${desk.sandbox.url}: no mail leaves this machine.`,
		);
	});

	test('without a key and a sandbox it says how to start one', async () => {
		const desk = await aDesk();
		desk.env['TANDEM_SANDBOX_URL'] = 'http://127.0.0.1:9';
		const { code, progress } = await desk.newsletter('send', '005', '--yes', '005');
		expect(code).toBe(2);
		expect(progress).toContain('npm start');
		expect(progress).toContain('Nothing was sent.');
	});

	test('finds the running demo, and keeps its receipts apart', async () => {
		const desk = await aDesk();
		for (const name of ['TANDEM_SANDBOX_URL', 'TANDEM_RECEIPTS']) delete desk.env[name];
		const receipts = join(desk.cache, 'demo', 'own-receipts');
		await mkdir(join(desk.cache, 'demo'), { recursive: true });
		await writeFile(
			join(desk.cache, 'demo', 'sandbox.json'),
			JSON.stringify({ url: desk.sandbox.url, receipts, content: desk.content }),
		);
		expect(await desk.newsletter('send', '005', '--yes', '005')).toMatchObject({ code: 0 });
		expect(await readdir(receipts)).toEqual(['005-whose-number-is-it.receipt.json']);
		const beside = await readdir(join(desk.content, 'issues'));
		expect(beside).toEqual(await readdir(join(root, 'content', 'issues')));
	});

	test('never writes sandbox receipts among the real ones', async () => {
		const desk = await aDesk();
		delete desk.env['TANDEM_RECEIPTS'];
		expect(await desk.newsletter('send', '005', '--yes', '005')).toMatchObject({ code: 0 });
		const beside = await readdir(join(desk.content, 'issues'));
		expect(beside).toEqual(await readdir(join(root, 'content', 'issues')));
	});

	test.each([
		['RESEND_BASE_URL', 'https://mail.example.com'],
		['TANDEM_SANDBOX_URL', 'https://mail.example.com'],
	])('refuses %s that leads to a stranger', async (name, address) => {
		const desk = await aDesk();
		if (name === 'RESEND_BASE_URL') desk.env['RESEND_API_KEY'] = 're_real';
		desk.env[name] = address;
		const { code, progress } = await desk.newsletter('status');
		expect(code).toBe(2);
		expect(progress).toContain('mail.example.com');
		expect(progress).not.toContain('re_real');
	});

	test('with a key it asks the host the key is for, at whatever address of this machine', async () => {
		const desk = await aDesk();
		Object.assign(desk.env, { RESEND_API_KEY: 're_x', RESEND_BASE_URL: desk.sandbox.url });
		const { code, progress } = await desk.newsletter('send', '005', '--yes', '005');
		expect(progress).toContain(`Resend, at ${desk.sandbox.url}.`);
		// What is no sandbox by name is held to every guard: nobody has looked at a canary here.
		expect(code).toBe(4);
		expect(progress).toContain('canary');
		expect(writesOf(desk.sandbox)).toEqual([]);
	});
});

test('list shows every issue with its number, title, time and state', async () => {
	const { newsletter } = await aDesk();
	const { code, result } = await newsletter('list');
	expect(code).toBe(0);
	expect(result).toMatch(
		/^005 {2}Whose number is it\? +Tuesday, 24 November 2026 at 09:00 GMT {2}planned$/m,
	);
	expect(result.trim().split('\n')).toHaveLength(6);
});

describe('check', () => {
	test('finds nothing in the content as it is', async () => {
		const { newsletter } = await aDesk();
		expect(await newsletter('check')).toMatchObject({ code: 0 });
		expect(await newsletter('check', '005')).toMatchObject({ code: 0 });
	});

	test('names file, rule and fix of what is wrong with the issue or what it names', async () => {
		const desk = await aDesk();
		await desk.edit(
			issueFile,
			"subject: Read the other team's scoreboard",
			`subject: ${'x'.repeat(70)}`,
		);
		const { code, result } = await desk.newsletter('check', '005');
		expect(code).toBe(2);
		expect(result).toContain(issueFile);
	});
});

describe('setup', () => {
	test('makes segment and topic once, and says their ids', async () => {
		const desk = await aDesk({ readers: false });
		const first = await desk.newsletter('setup');
		expect(first.code).toBe(0);
		// Two segments, a topic, and six properties of contacts.
		expect(first.result.match(/created/g)).toHaveLength(9);
		const second = await desk.newsletter('setup');
		expect(second.result).toBe(first.result.replaceAll('created', 'was there'));
		expect(new Set(writesOf(desk.sandbox))).toEqual(
			new Set(['segments.create', 'topics.create', 'contactProperties.create']),
		);
		expect(writesOf(desk.sandbox)).toHaveLength(9);
		const [topic] = desk.sandbox.state.topics.values();
		expect(topic).toMatchObject({ default_subscription: 'opt_out', visibility: 'public' });
	});

	test('does not make a second one where the answer to the first is lost', async () => {
		const desk = await aDesk({ readers: false });
		desk.sandbox.failNext('segments.create', 'after-commit');
		desk.sandbox.failNext('topics.create', 'empty-200');
		expect(await desk.newsletter('setup')).toMatchObject({ code: 0 });
		// The readers' and the canary's.
		expect(desk.sandbox.state.segments.size).toBe(2);
		expect(desk.sandbox.state.topics.size).toBe(1);
	});
});

describe('plan', () => {
	test('says what, to whom and when, and changes nothing', async () => {
		const desk = await aDesk();
		const { code, result } = await desk.newsletter('plan', '5');
		expect(code).toBe(0);
		expect(result).toContain("Read the other team's scoreboard");
		expect(result).toContain('up to 10');
		expect(result).toContain('Tuesday, 24 November 2026 at 09:00 GMT');
		expect(result).toContain('2026-11-24T09:00:00Z');
		expect(writesOf(desk.sandbox)).toEqual([]);
	});

	test('--out keeps the bytes that will be sent, twice the same', async () => {
		const desk = await aDesk();
		const [one, two] = [join(desk.cache, 'one'), join(desk.cache, 'two')];
		await desk.newsletter('plan', '005', '--out', one);
		await desk.newsletter('plan', '005', '--out', two);
		const names = (await readdir(join(one, '005'))).toSorted();
		expect(names).toEqual(['payload.json', 'plan.json', 'preview.html', 'preview.txt']);
		const read = (folder: string, name: string) => readFile(join(folder, '005', name), 'utf8');
		for (const name of names) expect(await read(one, name)).toBe(await read(two, name));
		const payload: unknown = JSON.parse(await read(one, 'payload.json'));
		const facts: unknown = JSON.parse(await read(one, 'plan.json'));
		expect(facts).toHaveProperty('payloadHash', canonicalHash(payload));
	});
});

describe('frozen bytes', () => {
	/** Plans issue 005 into a folder; the hash that was shown comes with it. */
	async function aFrozenIssue() {
		const desk = await aDesk();
		const out = join(desk.cache, 'out');
		const { result } = await desk.newsletter('plan', '005', '--out', out);
		const hash = /^Payload +([0-9a-f]{12})$/m.exec(result)?.[1] ?? '';
		return { desk, from: join(out, '005'), hash };
	}

	test('are sent as they were, though the content changed since', async () => {
		const { desk, from, hash } = await aFrozenIssue();
		await desk.edit(issueFile, 'Could you name it?', 'Could you really name it?');
		const args = ['send', '005', '--from', from, '--approve', hash, '--yes', '005'];
		expect(await desk.newsletter(...args)).toMatchObject({ code: 0 });
		expect(desk.sandbox.mails()).toHaveLength(8);
		expect(desk.sandbox.mails()[0]?.email.text).not.toContain('really name it');
		expect(await desk.newsletter(...args)).toMatchObject({
			code: 0,
			result: expect.stringContaining('already sent'),
		});
	});

	test('are refused where others were approved, and where nobody says which', async () => {
		const { desk, from } = await aFrozenIssue();
		const other = ['--approve', '0123456789ab'];
		const refused = await desk.newsletter('send', '005', '--from', from, ...other, '--yes', '005');
		expect(refused).toMatchObject({ code: 4, progress: expect.stringContaining('not-approved') });
		const silent = await desk.newsletter('send', '005', '--from', from, '--yes', '005');
		expect(silent).toMatchObject({ code: 2, progress: expect.stringContaining('--approve') });
		expect(writesOf(desk.sandbox)).toEqual([]);
	});

	test('that somebody edited are refused', async () => {
		const { desk, from, hash } = await aFrozenIssue();
		const file = join(from, 'payload.json');
		await writeFile(file, (await readFile(file, 'utf8')).replace('Whose', 'whose'));
		const args = ['send', '005', '--from', from, '--approve', hash, '--yes', '005'];
		expect(await desk.newsletter(...args)).toMatchObject({
			code: 2,
			progress: expect.stringContaining('changed after it was frozen'),
		});
		expect(writesOf(desk.sandbox)).toEqual([]);
	});

	/** The issues before 005 have gone out. */
	async function keepPastReceipts({ content, receipts }: Desk) {
		await mkdir(receipts, { recursive: true });
		for (const name of await readdir(join(content, 'issues'))) {
			if (!name.endsWith('.receipt.json')) continue;
			await cp(join(content, 'issues', name), join(receipts, name));
		}
	}

	test('row 23: plan --due finds the one that is due, and hands it to the later jobs of a CI run', async () => {
		const desk = await aDesk();
		await keepPastReceipts(desk);
		const handed = join(desk.cache, 'github-output');
		await mkdir(desk.cache, { recursive: true });
		Object.assign(desk.env, { GITHUB_OUTPUT: handed });
		const none = await desk.newsletter('plan', '--due', '2h');
		expect(none).toMatchObject({ code: 0, progress: expect.stringContaining('No issue is due') });
		const { code, result } = await desk.newsletter('plan', '--due', '36h');
		expect(code).toBe(0);
		expect(result).toMatch(/^Issue +005/m);
		expect(await readFile(handed, 'utf8')).toMatch(/^issue=005\nhash=[0-9a-f]{12}\n$/);
	});

	test('row 23: two that are due at once are a question for a person', async () => {
		const desk = await aDesk();
		await keepPastReceipts(desk);
		const names = await readdir(join(desk.content, 'issues'));
		const next = names.find((file) => /^006-.*mdx$/.test(file)) ?? '';
		await desk.edit(`issues/${next}`, '2026-12-01', '2026-11-24');
		const { code, progress } = await desk.newsletter('plan', '--due', '36h');
		expect(code).toBe(2);
		expect(progress).toContain('005 and 006 are both due');
	});
});

describe('send', () => {
	test('needs a person at a terminal, or the issue said twice', async () => {
		const desk = await aDesk();
		const alone = await desk.newsletter('send', '005');
		expect(alone).toMatchObject({ code: 2, progress: expect.stringContaining('--yes 005') });
		const other = await desk.newsletter('send', '005', '--yes', '006');
		expect(other).toMatchObject({
			code: 2,
			progress: expect.stringContaining('Nothing was sent.'),
		});
		expect(writesOf(desk.sandbox)).toEqual([]);
	});

	test('schedules, moves the sandbox’s clock, and says how many have it', async () => {
		const desk = await aDesk();
		const { code, result, progress } = await desk.newsletter('send', '005', '--yes', '005');
		expect(code).toBe(0);
		expect(result).toContain('Issue 005 is scheduled for Tuesday, 24 November 2026 at 09:00 GMT');
		expect(result).toContain('It is sent: 8 mails.');
		expect(progress).toContain('clock was moved');
		for (const step of ['scan', 'draft', 'settle', 'receipt', 'verify', 'reserve']) {
			expect(progress).toMatch(new RegExp(`^${step} `, 'm'));
		}
		expect(desk.sandbox.mails()).toHaveLength(8);
		for (const name of await readdir(desk.receipts)) {
			expect(await readFile(join(desk.receipts, name), 'utf8')).not.toContain('@');
		}
	});

	test('the second time says "already sent", and nobody gets a second copy', async () => {
		const desk = await aDesk();
		await desk.newsletter('send', '005', '--yes', '005');
		const again = await desk.newsletter('send', '005', '--yes', '005');
		expect(again).toMatchObject({ code: 0, result: expect.stringContaining('already sent') });
		await desk.sandbox.clock.advance(48 * 3_600_000);
		expect(desk.sandbox.mails()).toHaveLength(8);
		const status = await desk.newsletter('status', '005');
		expect(status).toMatchObject({ code: 0, result: expect.stringMatching(/^005 {2}sent /) });
		const list = await desk.newsletter('list');
		expect(list.result).toMatch(/^005 .* sent {2,}up to 10 {2,}[0-9a-f-]{36}$/m);
	});

	test('--keep-clock leaves it scheduled', async () => {
		const desk = await aDesk();
		await desk.newsletter('send', '005', '--yes', '005', '--keep-clock');
		expect(desk.sandbox.mails()).toEqual([]);
		const again = await desk.newsletter('send', '005', '--yes', '005');
		expect(again).toMatchObject({ code: 0, result: expect.stringContaining('already scheduled') });
		const status = await desk.newsletter('status', '005');
		expect(status.result).toMatch(/^005 {2}reserved /);
	});

	test('content that changed after sending stops with exit code 6', async () => {
		const desk = await aDesk();
		await desk.newsletter('send', '005', '--yes', '005');
		await desk.edit(issueFile, 'Could you name it?', 'Could you really name it?');
		const { code, progress } = await desk.newsletter('send', '005', '--yes', '005');
		expect(code).toBe(6);
		expect(progress).toContain('content changed');
		expect(desk.sandbox.mails()).toHaveLength(8);
	});

	test('a draft is refused with the reason', async () => {
		const desk = await aDesk();
		await desk.edit(issueFile, 'status: ready', 'status: draft');
		const { code, progress } = await desk.newsletter('send', '005', '--yes', '005');
		expect(code).toBe(2);
		expect(progress).toContain('is a draft');
		expect(writesOf(desk.sandbox)).toEqual([]);
	});

	test('an issue whose tip has an error is refused', async () => {
		const desk = await aDesk();
		await desk.edit('tips/read-their-scoreboard.mdx', '---\n', '---\nnonsense: true\n');
		const { code } = await desk.newsletter('send', '005', '--yes', '005');
		expect(code).toBe(2);
		expect(writesOf(desk.sandbox)).toEqual([]);
	});

	test('where the provider refuses, the exit code is 3 and nothing goes out', async () => {
		const desk = await aDesk();
		desk.sandbox.failNext('broadcasts.create', '403');
		const { code, progress } = await desk.newsletter('send', '005', '--yes', '005');
		expect(code).toBe(3);
		expect(progress).toContain('Nothing was sent.');
	});

	test('without the segment it names the command that makes it', async () => {
		const desk = await aDesk({ readers: false });
		const { code, progress } = await desk.newsletter('send', '005', '--yes', '005');
		expect(code).toBe(4);
		expect(progress).toContain('setup');
	});
});
