/** The editor's command, as typed. */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import { childEnvironment } from '#/environment.ts';
import type { Problem } from '#/problem.ts';
import { copyContent, root } from './site.ts';

let content: string;
const scratch = mkdtempSync(join(tmpdir(), 'content-cli-'));

beforeEach(() => {
	content = copyContent();
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const starts: [kind: string, file: string, flags: string[]][] = [
	['tip', 'tips/ask-one-rep.mdx', ['--title', 'Ask one rep']],
	['checklist', 'checklists/close-the-week.mdx', ['--title', 'Close the week']],
	['questions', 'questions/talk-it-over.mdx', ['--title', 'Talk it over']],
	['questions', 'questions/what-it-means.mdx', ['--title', 'What it means', '--mode', 'quiz']],
	['questions', 'questions/how-it-went.mdx', ['--title', 'How it went', '--mode', 'assess']],
	['term', 'terms/call-back.mdx', ['--title', 'Call back']],
	['issue', 'issues/007-ask-and-listen.mdx', ['--title', 'Ask and listen']],
	[
		'promo',
		'promos/spring-check.yaml',
		[
			'--title',
			'Spring check',
			'--offer',
			'A boiler check, one visit.',
			'--starts',
			'2027-03-01',
			'--ends',
			'2027-03-20',
		].concat([
			'--where',
			'home page, leaflet',
			'--who',
			'Everyone in our area',
			'--say',
			'Yes, until the 20th.',
		]),
	],
];

describe('content new', () => {
	test.each(starts)(
		'%s starts %s with what was given, and the check passes',
		async (kind, file, flags) => {
			const { code, stdout } = await run('new', kind, ...flags);
			expect(code).toBe(0);
			expect(stdout).toContain(file);
			const text = readFileSync(join(content, file), 'utf8');
			expect(text).toContain(flags[1]);
			const checked = await run('check', '--json');
			expect(errorsIn(checked.stdout)).toEqual([]);
			expect(checked.code).toBe(0);
		},
	);

	test('starts a draft for staff', async () => {
		await run('new', 'tip', '--title', 'Ask one rep');
		expect(fieldsOf('tips/ask-one-rep.mdx')).toMatchObject({
			title: 'Ask one rep',
			audience: 'staff',
			status: 'draft',
			author: expect.stringMatching(/^person\//),
		});
	});

	test('gives an issue the next number, the next free send day and a tip not yet used', async () => {
		await run('new', 'issue', '--title', 'Ask and listen');
		const fields = fieldsOf('issues/007-ask-and-listen.mdx');
		expect(fields).toMatchObject({ number: 7, sendOn: '2026-12-08', status: 'draft' });
		const used = readdirSync(join(content, 'issues'))
			.filter((name) => /^00[1-6].*\.mdx$/.test(name))
			.map((name) => fieldsOf(`issues/${name}`)['tip']);
		expect(used).not.toContain(fields['tip']);
	});

	test('takes the file name from --slug', async () => {
		await run('new', 'tip', '--title', 'Ask one rep', '--slug', 'another-name');
		expect(existsSync(join(content, 'tips/another-name.mdx'))).toBe(true);
	});

	test('writes over no file', async () => {
		const file = join(content, 'tips/stick-test.mdx');
		const before = readFileSync(file, 'utf8');
		const { code, stderr } = await run(
			'new',
			'tip',
			'--title',
			'Does it stick?',
			'--slug',
			'stick-test',
		);
		expect(code).toBe(1);
		expect(stderr).toContain('tips/stick-test.mdx exists already.');
		expect(stderr).toContain('Nothing was written.');
		expect(readFileSync(file, 'utf8')).toBe(before);
	});

	test('names every flag that is missing where nobody can be asked', async () => {
		const { code, stderr } = await run('new', 'promo', '--title', 'Spring check');
		expect(code).toBe(1);
		for (const flag of ['--offer', '--starts', '--ends', '--where', '--who', '--say']) {
			expect(stderr).toContain(flag);
		}
		expect(stderr).not.toContain('--title is');
		expect(stderr).toContain('Nothing was written.');
		expect(readdirSync(join(content, 'promos')).toSorted()).toEqual(
			readdirSync(join(root, 'content/promos')).toSorted(),
		);
	});

	test('knows no other kind', async () => {
		const { code, stderr } = await run('new', 'video', '--title', 'Ask');
		expect(code).toBe(1);
		expect(stderr).toContain('"video" is not a kind one can start.');
		expect(stderr).toContain('tip|checklist|questions|term|issue|promo');
	});

	test('knows no other flag', async () => {
		const { code, stderr } = await run('new', 'tip', '--title', 'Ask one rep', '--colour', 'red');
		expect(code).toBe(2);
		expect(stderr).toContain('--colour');
		expect(existsSync(join(content, 'tips/ask-one-rep.mdx'))).toBe(false);
	});

	test('says which given value does not hold, and where', async () => {
		const { code, stderr } = await run('new', 'tip', '--title', 'Ask one rep', '--topic', 'lists');
		expect(code).toBe(1);
		expect(stderr).toContain('"lists" is not a topic.');
	});

	test.each(['../outside', 'Two Words', '/etc/outside', 'a'.repeat(61)])(
		'takes no file name such as %s',
		async (slug) => {
			const { code, stderr } = await run('new', 'tip', '--title', 'Ask one rep', '--slug', slug);
			expect(code).toBe(1);
			expect(stderr).toContain('kebab-case');
			expect(readdirSync(join(content, 'tips')).toSorted()).toEqual(
				readdirSync(join(root, 'content/tips')).toSorted(),
			);
			expect(existsSync(join(content, 'outside.mdx'))).toBe(false);
		},
	);
});

describe('content check', () => {
	test('passes the content of the project', async () => {
		const { code, stdout } = await run('check');
		expect(code).toBe(0);
		expect(stdout).toMatch(/^0 errors, \d+ warnings?, \d+ remarks? in \d+ entries/m);
	});

	test('--json prints problems as data, also where it fails', async () => {
		writeFileSync(join(content, 'tips/bad.mdx'), '---\ntitle: Bad\nstatus: ready\n---\n\nHi.\n');
		const { code, stdout } = await run('check', '--json');
		expect(code).toBe(1);
		const errors = errorsIn(stdout);
		expect(errors.length).toBeGreaterThan(3);
		expect(errors[0]).toMatchObject({
			file: 'tips/bad.mdx',
			line: expect.any(Number),
			column: expect.any(Number),
			rule: expect.any(String),
			message: expect.any(String),
			fix: expect.any(String),
		});
	});

	test('marks the lines for a pull request where CI is set', async () => {
		writeFileSync(
			join(content, 'people/bad.yaml'),
			'name: Ada\nrole: Editor\nfunction: 100% of it\n',
		);
		const { stdout } = await runWith({ CI: 'true' }, 'check', '--quiet');
		expect(stdout).toMatch(
			/^::error file=.*people\/bad\.yaml,line=3,col=1::function "100%25 of it" is not a function\./m,
		);
	});

	test('says so where there is no content', async () => {
		rmSync(join(content, 'settings.yaml'));
		const { code, stderr } = await run('check');
		expect(code).toBe(1);
		expect(stderr).toContain('settings.yaml: not found');
	});

	test('finds a sent issue whose words were changed, and prints the entry to paste', async () => {
		const tip = join(content, 'tips/no-surprise-promos.mdx');
		writeFileSync(
			tip,
			readFileSync(tip, 'utf8').replace('An offer makes a promise', 'An offer is a promise'),
		);
		const { code, stdout } = await run('check', '--quiet');
		expect(code).toBe(1);
		expect(stdout).toMatch(
			/issues\/002-[a-z-]+\.mdx:1:1 .*changed after sending.* corrected: \[\{on: 2026-11-24, note: "\.\.\.", hash: "sha256:[0-9a-f]{64}"\}\]/,
		);
	});

	test('lists everything although a sent issue has become a draft, or lost its tip', async () => {
		const issue = join(content, 'issues/002-the-offer-nobody-told-sales-about.mdx');
		writeFileSync(issue, readFileSync(issue, 'utf8').replace('status: ready', 'status: draft'));
		rmSync(join(content, 'tips/stick-test.mdx'));
		const { code, stdout, stderr } = await run('check', '--json');
		expect(stderr).not.toMatch(/^\s+at /m);
		expect(code).toBe(1);
		expect(errorsIn(stdout).map(({ rule }) => rule)).toEqual(
			expect.arrayContaining(['receipt/draft', 'reference/missing']),
		);
	});
});

describe('content', () => {
	test('lists its commands', async () => {
		expect((await run('help')).stdout).toContain('check');
		const nothing = await run();
		expect(nothing.code).toBe(2);
	});

	test('knows no other command', async () => {
		const { code, stderr } = await run('chek');
		expect(code).toBe(2);
		expect(stderr).toContain('"chek" is not a command of content.');
	});
});

interface Outcome {
	code: number;
	stdout: string;
	stderr: string;
}

/** Runs the command without a terminal. */
function run(...args: string[]): Promise<Outcome> {
	return runWith({}, ...args);
}

function runWith(variables: Record<string, string>, ...args: string[]): Promise<Outcome> {
	const env = childEnvironment({
		TANDEM_CONTENT: content,
		TANDEM_CACHE: join(scratch, 'cache'),
		TANDEM_NOW: '2026-11-24T08:00:00Z',
		FORCE_COLOR: '0',
		CI: '',
		...variables,
	});
	return new Promise((done) => {
		const child = execFile(
			process.execPath,
			['scripts/content.ts', ...args],
			{ cwd: root, env, maxBuffer: 8 * 1024 * 1024 },
			(error, stdout, stderr) => done({ code: Number(error?.code ?? 0), stdout, stderr }),
		);
		child.stdin?.end();
	});
}

function errorsIn(json: string): Problem[] {
	const problems: Problem[] = JSON.parse(json);
	return problems.filter(({ level }) => level === 'error');
}

function fieldsOf(file: string): Record<string, unknown> {
	return parseDocument(readFileSync(join(content, file), 'utf8').split('---\n')[1] ?? '').toJS();
}
