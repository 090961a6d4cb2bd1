/** Leaving in the middle, with real processes and real signals. */
import { spawn } from 'node:child_process';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { seedReaders } from '#/sandbox/readers.ts';
import { startSandbox } from '#/sandbox/server.ts';
import type { Sandbox } from '#/sandbox/server.ts';
import { readSettings } from '#/settings.ts';

const root = join(import.meta.dirname, '..', '..');

/** A sandbox on which issue 005 is scheduled, and each call takes a moment. */
async function aScheduledIssue(): Promise<{ sandbox: Sandbox; id: string; env: Env }> {
	const folder = await mkdtemp(join(tmpdir(), 'tandem-signals-'));
	onTestFinished(() => rm(folder, { recursive: true, force: true }));
	const content = join(folder, 'content');
	await cp(join(root, 'content', 'settings.yaml'), join(content, 'settings.yaml'));
	const sandbox = await startSandbox({ now: new Date('2026-11-23T10:00:00Z') });
	onTestFinished(() => sandbox.close());
	const { segmentId, topicId } = seedReaders(sandbox, readSettings(content).delivery);
	const asked = (path: string, body: object) =>
		fetch(`${sandbox.url}${path}`, {
			method: 'POST',
			headers: { authorization: 'Bearer re_x', 'content-type': 'application/json' },
			body: JSON.stringify(body),
		});
	await asked('/broadcasts', {
		name: 'common-ground:005#1 3f9a2c1b77de',
		from: 'Common Ground <letter@news.larkfield.example>',
		subject: 'Whose number is it?',
		segment_id: segmentId,
		topic_id: topicId,
		html: '<p>Hello</p>',
		text: 'Hello',
	});
	const id = [...sandbox.state.broadcasts.keys()][0] ?? '';
	await asked(`/broadcasts/${id}/send`, { scheduled_at: '2026-11-24T09:00:00Z' });
	sandbox.knobs.latencyMs = 400;
	const env = {
		PATH: process.env['PATH'] ?? '',
		NO_COLOR: '1',
		TANDEM_CONTENT: content,
		TANDEM_CACHE: join(folder, 'cache'),
		TANDEM_RECEIPTS: join(folder, 'receipts'),
		TANDEM_SANDBOX_URL: sandbox.url,
	};
	return { sandbox, id, env };
}

/** `hold 005` as a process of its own. */
const holdCommand = `
	import { hold } from './scripts/newsletter/hold.ts';
	import { environment } from '#/environment.ts';
	const print = { result: console.log, progress: console.error };
	process.exitCode = await hold.run({ issue: '005', values: {}, environment: environment() }, print);
`;

/** Writes through the guard, with a long pause between the two writes. */
const writingWork = `
	import { fileLedger } from '#/delivery/ledger.ts';
	import { interruptible } from './scripts/newsletter/signals.ts';
	const [folder] = process.argv.slice(-1);
	const receipt = (attempt) => ({
		v: 1, site: 'tandem', issue: '005', attempt, broadcast: 'b'.repeat(8),
		payloadHash: 'a'.repeat(64), contentHash: 'b'.repeat(64),
		planned: { local: '2026-11-24T09:00', zone: 'UTC', utc: '2026-11-24T09:00:00Z', tz: 'x' },
		audience: { segment: 's', topic: 't', upTo: 1 },
		chosenAt: '2026-11-23T09:00:00Z', runner: 'person', tool: 'test',
	});
	try {
		await interruptible('send 005', { progress: console.error }, async (guard) => {
			const ledger = guard.ledger(fileLedger(folder, '005-title'));
			const pause = guard.pause(() => new Promise((resolve) => setTimeout(resolve, 30_000).unref()));
			await ledger.write(receipt(1));
			console.error('pausing');
			const alive = setInterval(() => {}, 1_000);
			await pause('settle');
			clearInterval(alive);
			console.log('read: ' + (await ledger.read('005', 1)).kind);
			await ledger.write(receipt(2));
			console.log('never');
		});
	} catch (error) {
		console.error(error.code + ': ' + error.hint);
		process.exitCode = 10;
	}
`;

/** Starts a process; `when` is called with everything it has said, each time it says more. */
function run(code: string, env: Env, when: (kill: Kill, said: string) => void, ...args: string[]) {
	const child = spawn(
		process.execPath,
		['--input-type=module-typescript', '--eval', code, '--', ...args],
		{ cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] },
	);
	let said = '';
	const hear = (chunk: Buffer) => {
		said += chunk.toString();
		when((signal) => child.kill(signal), said);
	};
	child.stdout.on('data', hear);
	child.stderr.on('data', hear);
	return new Promise<{ code: number | null; signal: NodeJS.Signals | null; said: string }>(
		(resolve) => {
			child.on('close', (exit, signal) => resolve({ code: exit, signal, said }));
		},
	);
}

/** Resolves once the sandbox has executed a call of this name. */
async function until(sandbox: Sandbox, op: string): Promise<void> {
	while (!sandbox.journal().some((entry) => entry.op === op)) {
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
}

/** A function that does something once. */
function once(work: () => void): () => void {
	let isDone = false;
	return () => {
		if (!isDone) work();
		isDone = true;
	};
}

test.each(['SIGINT', 'SIGTERM'] as const)(
	'row 25: after %s the call in flight ends, no other write begins, and the next command is named',
	async (signal) => {
		const { sandbox, id, env } = await aScheduledIssue();
		let kill: Kill = () => {};
		const ended = run(holdCommand, env, (how) => (kill = how));
		// The cancel has been accepted, and is answered a moment later.
		await until(sandbox, 'broadcasts.get');
		await until(sandbox, 'broadcasts.cancel');
		kill(signal);
		const { code, said } = await ended;
		expect(said).toContain(`${signal}: the call in flight is finished`);
		expect(said).toContain('npm run newsletter -- hold 005');
		expect(said).toContain('Code interrupted');
		expect(code).toBe(10);
		const broadcast = sandbox.state.broadcasts.get(id);
		expect(broadcast).toMatchObject({ status: 'draft', name: 'common-ground:005#1 3f9a2c1b77de' });
		expect(sandbox.journal().map(({ op }) => op)).not.toContain('broadcasts.update');

		sandbox.knobs.latencyMs = 0;
		const again = await run(holdCommand, env, () => {});
		expect(again).toMatchObject({ code: 0, said: expect.stringContaining('draft, marked') });
	},
	60_000,
);

test('row 25: a second signal leaves at once, and the next run goes on', async () => {
	const { sandbox, id, env } = await aScheduledIssue();
	sandbox.failNext('broadcasts.cancel', 'hang');
	let kill: Kill = () => {};
	const second = once(() => setTimeout(() => kill('SIGINT'), 500));
	const ended = run(holdCommand, env, (how, said) => {
		kill = how;
		if (said.includes('Again: at once.')) second();
	});
	await until(sandbox, 'broadcasts.cancel');
	kill('SIGINT');
	const { code, signal, said } = await ended;
	expect({ code, signal }).toEqual({ code: null, signal: 'SIGINT' });
	expect(said).toContain('npm run newsletter -- status 005');
	expect(sandbox.state.broadcasts.get(id)?.status).toBe('scheduled');

	sandbox.knobs.latencyMs = 0;
	expect(await run(holdCommand, env, () => {})).toMatchObject({ code: 0 });
}, 60_000);

test('one key that arrives twice is one signal', async () => {
	const { sandbox, env } = await aScheduledIssue();
	let kill: Kill = () => {};
	const ended = run(holdCommand, env, (how) => (kill = how));
	await until(sandbox, 'broadcasts.cancel');
	kill('SIGINT');
	setTimeout(() => kill('SIGINT'), 50);
	const { code, said } = await ended;
	expect(code).toBe(10);
	expect(said).not.toContain('Left at once');
}, 60_000);

test('a pause ends early, what can be read is read, and no receipt is written after it', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'tandem-signals-'));
	onTestFinished(() => rm(folder, { recursive: true, force: true }));
	const env = { PATH: process.env['PATH'] ?? '' };
	let kill: Kill = () => {};
	const interrupt = once(() => kill('SIGTERM'));
	const { code, said } = await run(
		writingWork,
		env,
		(how, words) => {
			kill = how;
			if (words.includes('pausing')) interrupt();
		},
		folder,
	);
	expect(code).toBe(10);
	expect(said).toContain('read: receipt');
	expect(said).toContain('interrupted: To go on: "npm run newsletter -- send 005".');
	expect(said).not.toContain('never');
	expect(await readdir(folder)).toEqual(['005-title.receipt.json']);
}, 60_000);

type Env = Record<string, string>;

type Kill = (signal: NodeJS.Signals) => void;
