/** A content folder in which every file but those named `whole-…` holds one mistake. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { childEnvironment } from '#/environment.ts';
import type { Problem } from '#/problem.ts';
import { buildSite, filesOf, root } from './site.ts';

const broken = resolve(import.meta.dirname, 'fixtures/broken');
const scratch = mkdtempSync(join(tmpdir(), 'broken-'));
/** A file that the fixtures would write if anything in them ran. */
const mark = join(scratch, 'ran');
const world = {
	TANDEM_CONTENT: broken,
	TANDEM_NOW: '2026-11-24T08:00:00Z',
	TANDEM_BROKEN_MARK: mark,
};

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const whole =
	/^(?:settings\.yaml|people\/ada\.yaml|terms\/lead\.mdx|.*\/(?:\d{3}-)?whole.*|.*\.png)$/;
const fixtures = filesOf(broken).filter((file) => !whole.test(file));

describe('content check on a broken folder', () => {
	let before: string;
	let run: { code: number; stdout: string; stderr: string };
	let problems: Problem[];

	beforeAll(async () => {
		before = hashOf(broken);
		run = await check('--quiet');
		problems = JSON.parse((await check('--json')).stdout);
	});

	test('is of many kinds', () => {
		expect(fixtures.length).toBeGreaterThan(100);
		expect(new Set(problems.map(({ rule }) => rule)).size).toBeGreaterThan(40);
	});

	test('fails, and prints all of it in one run', async () => {
		expect(run.code).toBe(1);
		expect(run.stderr).not.toMatch(/^\s+at /m);
		await expect(run.stdout).toMatchFileSnapshot('fixtures/broken.txt');
	});

	test.each(fixtures)('names the place, the finding and a fix for %s', (file) => {
		const own = problems.filter((problem) => problem.file === file && problem.level === 'error');
		expect(own.length).toBeGreaterThan(0);
		for (const { line, column, message, fix } of own) {
			expect(line).toBeGreaterThan(0);
			expect(column).toBeGreaterThan(0);
			expect(message.length).toBeGreaterThan(5);
			expect(fix.length).toBeGreaterThan(5);
			const printed = `${join('test/fixtures/broken', file)}:${line}:${column} `;
			expect(run.stdout).toContain(printed);
			expect(run.stdout).toContain(`${message} ${fix}`);
		}
	});

	test('points at a line that is there', () => {
		for (const { file, line } of problems.filter(({ level }) => level === 'error')) {
			const lines = readFileSync(join(broken, file), 'utf8').split('\n').length;
			expect(line, file).toBeLessThanOrEqual(lines);
		}
	});

	test('finds nothing wrong with the whole files', () => {
		const wrong = problems.filter(({ level, file }) => level === 'error' && whole.test(file));
		expect(wrong).toEqual([]);
	});

	test('prints one finding a line', () => {
		const lines = run.stdout.trimEnd().split('\n');
		const errors = problems.filter(({ level }) => level === 'error').length;
		expect(lines.filter((line) => line.startsWith('error ')).length).toBe(errors);
		expect(lines.length).toBe(errors + 1);
	});

	test('runs nothing of it, and writes nothing', () => {
		expect(problems.filter(({ file }) => /\/run-/.test(file)).length).toBeGreaterThanOrEqual(8);
		expect(existsSync(mark)).toBe(false);
		expect(hashOf(broken)).toBe(before);
		expect(existsSync(join(broken, 'dist'))).toBe(false);
	});
});

describe('astro build of a broken folder', () => {
	test.each(['playbook', 'newsletter'] as const)(
		'of the %s fails and leaves no output',
		async (site) => {
			const before = hashOf(broken);
			const out = join(scratch, site, 'dist');
			const build = buildSite(site, { ...world, TANDEM_OUT: out });
			await expect(build).rejects.toThrow(/The content has \d+ errors:/);
			await expect(build).rejects.toThrow('tips/run-write-file.mdx:23:1');
			expect(existsSync(join(out, site)), 'the site').toBe(false);
			expect(existsSync(join(out, 'outbox')), 'the outbox').toBe(false);
			expect(existsSync(mark), 'what the content would write').toBe(false);
			expect(hashOf(broken)).toBe(before);
		},
	);
});

function check(...flags: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
	const env = childEnvironment({
		...world,
		TANDEM_CACHE: join(scratch, 'cache'),
		FORCE_COLOR: '0',
		CI: '',
	});
	return new Promise((done) => {
		execFile(
			process.execPath,
			['scripts/content.ts', 'check', ...flags],
			{ cwd: root, env, maxBuffer: 8 * 1024 * 1024 },
			(error, stdout, stderr) => done({ code: Number(error?.code ?? 0), stdout, stderr }),
		);
	});
}

/** A hash over the names and bytes of every file of a folder. */
function hashOf(folder: string): string {
	const hash = createHash('sha256');
	for (const file of filesOf(folder)) hash.update(file).update(readFileSync(join(folder, file)));
	return hash.digest('hex');
}
