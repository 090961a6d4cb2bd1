/** The playbook kept on a device: who asked for it reads and searches it without a network. */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { launchBrowser, noBrowser, violationsOf } from './browser.ts';
import { buildSite, filesOf } from './site.ts';

if (noBrowser) console.warn(noBrowser);

const patience = { timeout: 60_000, interval: 200 };
const queries = [
	'promo',
	'mql',
	'a customer knows an offer we do not',
	'hand a lead over',
	'qualifed lead',
	'meeting',
	'argue',
	'what does marketing count',
	'first ten days',
	'zzzqqq',
];

describe.skipIf(noBrowser)('the kept playbook', () => {
	let browser: Browser;
	let folder: string;

	beforeAll(async () => {
		folder = await buildSite('playbook', { TANDEM_NOW: '2026-11-24T08:00:00Z' });
		browser = await launchBrowser();
	});
	afterAll(async () => {
		await browser?.close();
	});

	test('is not kept before somebody turns it on', async () => {
		const host = await aHost();
		const { page } = await aReader();
		await page.goto(`${host.url}/take/`);
		await page.getByRole('switch', { checked: false }).waitFor();
		await page.goto(`${host.url}/`);
		expect(await page.evaluate(() => caches.keys())).toEqual([]);
		expect(
			await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length),
		).toBe(0);
	});

	test('answers ten queries as it does online, and shows the pages found', async () => {
		const host = await aHost();
		const { page } = await aReader();
		await turnOn(page, host.url);
		const online = await askAll(page, host.url);
		host.setState('gone');
		const offline = await askAll(page, host.url);
		expect(offline).toEqual(online);
		expect(online.filter((paths) => paths.length > 0).length).toBeGreaterThanOrEqual(9);
		await page.goto(`${host.url}/tips/hold-the-tension/?from=search#idea`);
		expect(await page.locator('h1').innerText()).toBe('Argue on purpose');
	});

	test('holds every page of the site, and says so of an address it does not hold', async () => {
		const host = await aHost();
		const { page } = await aReader();
		await turnOn(page, host.url);
		host.setState('gone');
		const paths = filesOf(folder)
			.filter((file) => /\.(?:html|md|png)$/.test(file))
			.map((file) => `/${file.replace(/(^|\/)index\.html$/, '$1')}`);
		expect(paths.length).toBeGreaterThan(100);
		const missing = await page.evaluate(async (all) => {
			const answers = await Promise.all(
				all.map(async (path) => [path, await fetch(path).then((answer) => answer.status, String)]),
			);
			return answers.filter(([, status]) => status !== 200);
		}, paths);
		expect(missing).toEqual([]);
		const answer = await page.goto(`${host.url}/tips/no-such-tip/`);
		expect(answer?.status()).toBe(503);
		expect(await page.locator('h1').innerText()).toBe('This page is not kept');
		expect(await violationsOf(page)).toEqual([]);
	});

	test('is never shown to somebody online, and is replaced whole by the next build', async () => {
		const host = await aHost();
		const { page } = await aReader();
		await turnOn(page, host.url);
		const before = await page.evaluate(() => caches.keys());
		host.change('tips/stick-test/index.html', (html) => html.replace(/<h1[^>]*>/, '$&New: '));
		await page.goto(`${host.url}/tips/stick-test/`);
		expect(await page.locator('h1').innerText()).toMatch(/^New: /);
		host.change('offline.json', (json) => json.replace(/"version":"\w+"/, '"version":"next"'));
		host.change('offline-worker.js', (code) =>
			code.replace(/const version = '\w+'/, "const version = 'next'"),
		);
		await page.goto(`${host.url}/`);
		await expect
			.poll(() => page.evaluate(() => caches.keys()), patience)
			.toEqual(['playbook-next']);
		expect(before).not.toEqual(['playbook-next']);
		host.setState('gone');
		await page.goto(`${host.url}/tips/stick-test/`);
		expect(await page.locator('h1').innerText()).toMatch(/^New: /);
	});

	test.each(['login', 'refused'] as const)(
		'is deleted when the host says %s, and fetched again after the next login',
		async (state) => {
			const host = await aHost();
			const { page } = await aReader();
			await turnOn(page, host.url);
			host.setState(state);
			await page.goto(`${host.url}/tips/stick-test/`);
			expect(await page.locator('body').innerText()).toBe('Log in');
			await expect.poll(() => page.evaluate(() => caches.keys()), patience).toEqual([]);
			host.setState('up');
			await page.goto(`${host.url}/tips/stick-test/`);
			await expect
				.poll(
					() => page.evaluate(async () => Boolean(await caches.match('/offline.json'))),
					patience,
				)
				.toBe(true);
			host.setState('gone');
			await page.goto(`${host.url}/promos/`);
			expect(await page.locator('h1').count()).toBe(1);
		},
	);

	test('keeps nothing where a file cannot be fetched', async () => {
		const host = await aHost();
		host.change('offline.json', (json) => json.replace('"/404.html"', '"/no-such-file.html"'));
		const { page } = await aReader();
		await page.goto(`${host.url}/take/`);
		await page.getByRole('switch').click();
		await page.locator('tandem-offline[data-state="failed"]').waitFor();
		expect(await page.evaluate(() => caches.keys())).toEqual([]);
	});

	test('is gone when it is turned off', async () => {
		const host = await aHost();
		const { page } = await aReader();
		await turnOn(page, host.url);
		await page.getByRole('switch', { checked: true }).click();
		await page.locator('tandem-offline[data-state="off"]').waitFor();
		expect(await page.evaluate(() => caches.keys())).toEqual([]);
		expect(
			await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length),
		).toBe(0);
	});

	/** A host of the playbook whose files and whose mood can be changed. */
	async function aHost(): Promise<Host> {
		const own = mkdtempSync(join(tmpdir(), 'tandem-offline-'));
		cpSync(folder, own, { recursive: true });
		let state: State = 'up';
		const server = createServer((request, response) => {
			const { pathname } = new URL(request.url ?? '/', 'http://localhost');
			if (state === 'gone') request.socket.destroy();
			else if (state === 'refused') response.writeHead(403).end('Log in');
			else if (pathname === '/login/') response.end('Log in');
			else if (state === 'login') response.writeHead(302, { location: '/login/' }).end();
			else sendFile(response, join(own, decodeURIComponent(pathname)));
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		onTestFinished(async () => {
			server.closeAllConnections();
			server.close();
			rmSync(own, { recursive: true, force: true });
		});
		// A server that listens on a port has an address of this form.
		const { port } = server.address() as AddressInfo;
		return {
			url: `http://127.0.0.1:${port}`,
			setState: (next) => {
				state = next;
				server.closeIdleConnections();
			},
			change: (file, make) => {
				const name = join(own, file);
				const text = readFileSync(name, 'utf8');
				if (make(text) === text) throw new Error(`${file} was not changed.`);
				writeFileSync(name, make(text));
			},
		};
	}

	async function aReader(): Promise<{ context: BrowserContext; page: Page }> {
		const context = await browser.newContext();
		onTestFinished(() => context.close());
		context.setDefaultTimeout(120_000);
		return { context, page: await context.newPage() };
	}
});

/** A file as it is; that of a folder is its index. */
function sendFile(response: ServerResponse, path: string): void {
	const file = path.endsWith('/') ? `${path}index.html` : path;
	if (!existsSync(file)) {
		response.writeHead(404).end();
		return;
	}
	const type = types[extname(file)] ?? 'application/octet-stream';
	response.writeHead(200, { 'content-type': type, 'cache-control': 'no-cache' });
	response.end(readFileSync(file));
}

const types: Record<string, string> = {
	'.html': 'text/html; charset=utf-8',
	'.js': 'text/javascript; charset=utf-8',
	'.json': 'application/json',
	'.md': 'text/markdown; charset=utf-8',
	'.svg': 'image/svg+xml',
};

async function turnOn(page: Page, url: string): Promise<void> {
	await page.goto(`${url}/take/`);
	await page.getByRole('switch', { checked: false }).click();
	await page.locator('tandem-offline[data-state="on"]').waitFor();
}

/** Opens the search page and asks; paths of the results, best first. */
async function askAll(page: Page, url: string): Promise<string[][]> {
	await page.goto(`${url}/search/`);
	return page.evaluate(async (asked) => {
		await customElements.whenDefined('tandem-search');
		// The search page holds exactly this element.
		const element = document.querySelector('tandem-search') as unknown as SearchElement;
		const answers: string[][] = [];
		for (const query of asked) {
			const { results } = await element.ask(query);
			answers.push(results.map(({ page: found }) => found.path));
		}
		return answers;
	}, queries);
}

interface SearchElement {
	ask(query: string): Promise<{ results: { page: { path: string } }[] }>;
}

/** gone: no network. login: every page leads to a login. refused: every page is forbidden. */
type State = 'up' | 'gone' | 'login' | 'refused';

interface Host {
	url: string;
	setState(state: State): void;
	/** Changes a file of the site. */
	change(file: string, make: (text: string) => string): void;
}
