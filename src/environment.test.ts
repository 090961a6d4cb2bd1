import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { childEnvironment, environment } from './environment.ts';
import { UserError } from './user-error.ts';

describe('environment', () => {
	test('has an answer for a fresh clone', () => {
		const { now, ...rest } = environment({});
		expect(Math.abs(now.getTime() - Date.now())).toBeLessThan(60_000);
		expect(rest).toEqual({
			site: 'playbook',
			contentDir: resolve('content'),
			outDir: resolve('dist'),
			cacheDir: resolve('.cache'),
			receiptsDir: undefined,
			isClockSet: false,
			isSearchOff: false,
			isSubscribeOpen: false,
			sandboxUrl: undefined,
			resendKey: undefined,
			resendBaseUrl: undefined,
			isCi: false,
		});
	});

	test('takes an instant with its offset for now', () => {
		const { now, isClockSet } = environment({ TANDEM_NOW: '2026-11-24T09:00:00+01:00' });
		expect(now.toISOString()).toBe('2026-11-24T08:00:00.000Z');
		expect(isClockSet).toBe(true);
	});

	test('makes every folder absolute', () => {
		const given = {
			TANDEM_CONTENT: 'a',
			TANDEM_OUT: '/b',
			TANDEM_CACHE: './c',
			TANDEM_RECEIPTS: 'd',
		};
		expect(environment(given)).toMatchObject({
			contentDir: resolve('a'),
			outDir: '/b',
			cacheDir: resolve('c'),
			receiptsDir: resolve('d'),
		});
	});

	test('takes an empty variable for an unset one', () => {
		const names = [
			'SITE',
			'TANDEM_CONTENT',
			'TANDEM_NOW',
			'TANDEM_RECEIPTS',
			'RESEND_API_KEY',
			'RESEND_BASE_URL',
		];
		const { now: _, ...empty } = environment(Object.fromEntries(names.map((name) => [name, ''])));
		const { now: _now, ...unset } = environment({});
		expect(empty).toEqual(unset);
	});

	test('gives a child what this process has, with something on top', () => {
		expect(childEnvironment({ SITE: 'newsletter' })).toEqual({
			...process.env,
			SITE: 'newsletter',
		});
	});

	test.each([
		['true', true],
		['1', true],
		['false', false],
		['', false],
	])('takes CI=%s for %s', (CI, expected) => {
		expect(environment({ CI }).isCi).toBe(expected);
	});

	test.each([
		['SITE', 'public', 'SITE is "public". It must be playbook or newsletter.'],
		[
			'TANDEM_NOW',
			'tomorrow',
			'TANDEM_NOW is "tomorrow". It must be an instant such as 2026-11-24T08:00:00Z.',
		],
		[
			'TANDEM_NOW',
			'2026-11-24',
			'TANDEM_NOW is "2026-11-24". It must be an instant such as 2026-11-24T08:00:00Z.',
		],
		[
			'TANDEM_NOW',
			'2026-11-24T08:00:00',
			'TANDEM_NOW is "2026-11-24T08:00:00". It must be an instant such as 2026-11-24T08:00:00Z.',
		],
		['TANDEM_SEARCH', 'maybe', 'TANDEM_SEARCH is "maybe". It must be on or off.'],
		[
			'TANDEM_SANDBOX_URL',
			'localhost',
			'TANDEM_SANDBOX_URL is "localhost". It must be an address such as http://127.0.0.1:4323.',
		],
		['RESEND_BASE_URL', 'api', 'RESEND_BASE_URL is "api". It must be an address.'],
	])('names %s, what it held (%j) and what it may hold', (name, value, message) => {
		const read = (): unknown => environment({ [name]: value });
		expect(read).toThrow(UserError);
		expect(read).toThrow(message);
	});
});

describe('threadEnvironment', () => {
	const module = new URL('./environment.ts', import.meta.url).href;
	const print = `const { threadEnvironment } = await import(${JSON.stringify(module)});
		console.log(threadEnvironment().NODE_COMPILE_CACHE);`;

	/** What a process prints that keeps nothing of what it compiles, unless its code has it do so. */
	function printed(code: string): string {
		return execFileSync(process.execPath, ['--input-type=module', '-e', code], {
			encoding: 'utf8',
			env: childEnvironment({ NODE_COMPILE_CACHE: '' }),
		}).trim();
	}

	test('has a thread keep what V8 compiles where its process does', () => {
		const folder = mkdtempSync(join(tmpdir(), 'tandem-compiled-'));
		onTestFinished(() => rmSync(folder, { recursive: true }));
		const enable = `(await import('node:module')).enableCompileCache(${JSON.stringify(folder)});`;
		expect(printed(enable + print)).toBe(folder);
	});

	test('is that of a process which keeps nothing', () => {
		expect(printed(print)).toBe('');
	});
});
