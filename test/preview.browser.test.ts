/** The previews of the development server, in a browser: what they show, and that a save renews them. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser, noBrowser, violationsOf } from './browser.ts';
import { copyContent, root } from './site.ts';

if (noBrowser) console.warn(noBrowser);

describe.skipIf(noBrowser)('the preview', () => {
	const folder = mkdtempSync(join(tmpdir(), 'tandem-preview-'));
	const issue = 'issues/006-a-team-with-no-department.mdx';
	let content: string;
	let server: ChildProcess;
	let browser: Browser;
	let url: string;

	beforeAll(async () => {
		content = copyContent();
		edit(issue, 'status: ready', 'status: draft');
		url = `http://127.0.0.1:${await freePort()}`;
		[server, browser] = await Promise.all([startDev(url), launchBrowser()]);
	});
	afterAll(async () => {
		await browser?.close();
		server?.kill();
		rmSync(folder, { recursive: true, force: true });
	});

	test('lists every issue, drafts too, and the issue’s page leads to it', async () => {
		const page = await open('/preview/');
		await page.getByRole('link', { name: 'Issue #006' }).waitFor();
		expect(await page.locator('main .rows a').count()).toBe(6);
		expect(await page.locator('main .rows li', { hasText: '#006' }).innerText()).toContain(
			'Not finished.',
		);
		await page.goto(`${url}/issues/005/`);
		await page.getByRole('link', { name: 'Preview the mail' }).click();
		await page.waitForURL('**/preview/005/');
		await page.close();
	});

	test.each([
		['/preview/', 'light', 1280],
		['/preview/006/', 'light', 1280],
		['/preview/006/', 'dark', 1280],
		['/preview/006/', 'light', 375],
		['/preview/006/', 'dark', 375],
	] as const)(
		'%s in %s at %i px has no violation and does not scroll sideways',
		async (path, colorScheme, width) => {
			const page = await open(path, { colorScheme, viewport: { width, height: 900 } });
			const found: string[] = [];
			for (const choice of path === '/preview/'
				? ['']
				: ['Light', 'Dark', 'Pictures off', 'Text part']) {
				if (choice !== '') await page.getByRole('radio', { name: choice, exact: true }).check();
				found.push(...(await violationsOf(page)).map((line) => `${choice}: ${line}`));
			}
			const overflow = await page.evaluate(
				() => document.documentElement.scrollWidth - document.documentElement.clientWidth,
			);
			expect(found).toEqual([]);
			expect(overflow).toBe(0);
			await page.close();
		},
	);

	test('shows light and dark whatever the editor’s own screen is', async () => {
		for (const colorScheme of ['light', 'dark'] as const) {
			const page = await open('/preview/005/', { colorScheme });
			await page.getByLabel('Light', { exact: true }).check();
			expect(await groundOf(page, 'light')).toBe('rgb(246, 243, 238)');
			await page.getByLabel('Dark', { exact: true }).check();
			expect(await groundOf(page, 'dark')).toBe('rgb(17, 22, 23)');
			await page.close();
		}
	});

	test('is of the width it says, runs no script, and opens links beside it', async () => {
		const page = await open('/preview/005/');
		const frames = page.locator('[data-view=light] iframe');
		expect(await frames.evaluateAll((all) => all.map((frame) => frame.clientWidth))).toEqual([
			375, 700,
		]);
		for (const sandbox of await frames.evaluateAll((all) =>
			all.map((frame) => frame.getAttribute('sandbox') ?? ''),
		)) {
			expect(sandbox).toBe('allow-popups allow-popups-to-escape-sandbox');
		}
		const leave = page
			.frameLocator('[data-view=light] iframe >> nth=0')
			.getByRole('link', { name: 'Unsubscribe' });
		expect(await leave.getAttribute('href')).toBe('https://news.larkfield.example/about/');
		expect(
			await leave.evaluate((link) =>
				link instanceof HTMLAnchorElement
					? link.target || document.querySelector('base')?.target
					: '',
			),
		).toBe('_blank');
		await page.close();
	});

	test('can be worked by keyboard, and remembers the choice over a reload', async () => {
		const page = await open('/preview/005/');
		await page.getByLabel('Light', { exact: true }).focus();
		await page.keyboard.press('ArrowRight');
		await page.keyboard.press('ArrowRight');
		await page.keyboard.press('ArrowRight');
		expect(await page.locator('pre.text').isVisible()).toBe(true);
		expect(await page.locator('[data-view=light]').isVisible()).toBe(false);
		await page.reload();
		await page.locator('pre.text').waitFor({ state: 'visible' });
		await page.close();
	});

	test('shows without script too', async () => {
		const context = await browser.newContext({ javaScriptEnabled: false });
		const page = await context.newPage();
		await page.goto(`${url}/preview/005/`);
		await page.getByLabel('Dark', { exact: true }).check();
		expect(await page.locator('[data-view=dark] iframe').first().isVisible()).toBe(true);
		await context.close();
	});

	test('marks what is not finished', async () => {
		const page = await open('/preview/006/');
		expect(await page.locator('main').innerText()).toContain(`Taken for finished here: ${issue}.`);
		await page.close();
	});

	test('follows a save of an issue, of a tip and of the settings', async () => {
		const page = await openLive('/preview/006/');
		edit(issue, /^title: .*$/m, 'title: A department with no team');
		await page.getByRole('heading', { level: 1, name: 'A department with no team' }).waitFor();
		const tip = /^tip: tip\/(.*)$/m.exec(readFileSync(join(content, issue), 'utf8'))?.[1];
		edit(`tips/${tip}.mdx`, /^action: .*$/m, 'action: Ask a colleague for a walk round the block.');
		await page
			.frameLocator('[data-view=light] iframe >> nth=0')
			.getByText('Ask a colleague for a walk')
			.first()
			.waitFor();
		edit('settings.yaml', "accent: '#0f5c5c'", "accent: '#7a1f4b'");
		const coloured = page.locator('[data-view=light] iframe[srcdoc*="#7a1f4b"]');
		await coloured.first().waitFor();
		expect(await coloured.count()).toBe(2);
		await page.close();
	});

	test('says what keeps a mail from being made, and shows it once that is put right', async () => {
		const page = await openLive('/preview/006/');
		edit(issue, /^tip: /m, 'tip: tip/none # ');
		await page.getByRole('heading', { level: 1, name: 'no mail yet' }).waitFor();
		expect(await page.getByLabel('Reason').innerText()).toContain('tip/none');
		edit(issue, /^tip: tip\/none # /m, 'tip: ');
		await page.locator('[data-view=light] iframe').first().waitFor();
		// A field that does not hold keeps the whole issue out of the library, but not off this page.
		const preheader =
			/^preheader: .*$/m.exec(readFileSync(join(content, issue), 'utf8'))?.[0] ?? '';
		edit(issue, preheader, 'preheader: Short');
		await page.getByRole('heading', { level: 1, name: 'no mail yet' }).waitFor();
		expect(await page.getByLabel('Reason').innerText()).toMatch(/at least 40|40/);
		edit(issue, 'preheader: Short', preheader);
		await page.locator('[data-view=light] iframe').first().waitFor();
		await page.close();
	});

	test('can be had as files: six pictures and a report', async () => {
		const out = join(folder, 'out');
		const { code, result, progress } = await newsletter('preview', '5', '--out', out);
		expect(progress).toContain('31 of 31 rules hold. Nothing was sent.');
		expect(code).toBe(0);
		const names = [
			'phone-dark.png',
			'phone-light.png',
			'pictures-off.png',
			'report.html',
			'text.png',
			'wide-dark.png',
			'wide-light.png',
		];
		expect(readdirSync(out).toSorted()).toEqual(names);
		expect(result.trim().split('\n')).toHaveLength(7);
		const widths = names
			.filter((name) => name.endsWith('.png'))
			.map((name) => readFileSync(join(out, name)).readUInt32BE(16));
		// The text part is as wide as its longest address.
		expect(widths.toSpliced(3, 1)).toEqual([375, 375, 375, 700, 700]);
		expect(widths[3]).toBeGreaterThanOrEqual(700);
		const page = await browser.newPage({ offline: true });
		await page.goto(`file://${join(out, 'report.html')}`);
		expect(
			await page
				.locator('img')
				.evaluateAll((all) =>
					all.map((image) => image instanceof HTMLImageElement && image.naturalWidth > 0),
				),
		).toEqual(Array.from({ length: 6 }, () => true));
		expect(await violationsOf(page)).toEqual([]);
		await page.close();
	});

	test('asks where the files go', async () => {
		expect(await newsletter('preview', '5')).toMatchObject({
			code: 2,
			progress: expect.stringContaining('--out preview/005'),
		});
	});

	async function open(
		path: string,
		options: Parameters<Browser['newPage']>[0] = {},
	): Promise<Page> {
		const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
		// Deaf to the development server, so that no change elsewhere loads the page in mid test.
		await page.routeWebSocket(/./, () => {});
		await page.goto(url + path);
		return page;
	}

	/** A page that follows the development server. */
	async function openLive(path: string): Promise<Page> {
		const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
		await page.goto(url + path);
		return page;
	}

	/** What stands around the letter, in the first frame of a view. */
	function groundOf(page: Page, view: string): Promise<string> {
		return page
			.frameLocator(`[data-view=${view}] iframe >> nth=0`)
			.locator('body')
			.evaluate((body) => getComputedStyle(body).backgroundColor);
	}

	function edit(file: string, from: string | RegExp, to: string): void {
		const path = join(content, file);
		const text = readFileSync(path, 'utf8');
		expect(text).toMatch(from);
		writeFileSync(path, text.replace(from, to));
	}

	async function startDev(at: string): Promise<ChildProcess> {
		const child = spawn(
			process.execPath,
			['scripts/dev.ts', '--ignore-lock', '--host', '127.0.0.1', '--port', new URL(at).port],
			{
				cwd: root,
				env: env(),
				stdio: ['ignore', 'pipe', 'pipe'],
			},
		);
		const deadline = Date.now() + 120_000;
		let said = '';
		for (const stream of [child.stdout, child.stderr])
			stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
		for (;;) {
			if (child.exitCode !== null || Date.now() > deadline)
				throw new Error(`The development server does not answer as it should.\n${said}`);
			const answer = await fetch(`${at}/preview/`).catch(() => undefined);
			if (answer?.ok) return child;
			await new Promise((resolve) => setTimeout(resolve, 300));
		}
	}

	function newsletter(
		...args: string[]
	): Promise<{ code: number | null; result: string; progress: string }> {
		const child = spawn(process.execPath, ['scripts/newsletter.ts', ...args], {
			cwd: root,
			env: { ...env(), TANDEM_CONTENT: join(root, 'content') },
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		const said = { result: '', progress: '' };
		child.stdout.on('data', (chunk: Buffer) => (said.result += chunk.toString()));
		child.stderr.on('data', (chunk: Buffer) => (said.progress += chunk.toString()));
		return new Promise((resolve) => {
			child.on('close', (code) => resolve({ code, ...said }));
		});
	}

	function env(): Record<string, string> {
		return {
			PATH: process.env['PATH'] ?? '',
			NO_COLOR: '1',
			TANDEM_CONTENT: content,
			TANDEM_OUT: join(folder, 'dist'),
			TANDEM_CACHE: join(folder, 'cache'),
			TANDEM_NOW: '2026-11-10T12:00:00Z',
		};
	}
});

async function freePort(): Promise<number> {
	const probe = createServer();
	await new Promise<void>((resolve) => {
		probe.listen(0, '127.0.0.1', resolve);
	});
	// A listening TCP server has an address of this form.
	const { port } = probe.address() as AddressInfo;
	await new Promise((resolve) => {
		probe.close(resolve);
	});
	return port;
}
