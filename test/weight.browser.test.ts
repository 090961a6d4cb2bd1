/** What a page costs a reader before they ask for anything: bytes, requests, scripts. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serveFolder } from '../scripts/start/static.ts';
import type { StaticSite } from '../scripts/start/static.ts';
import { launchBrowser, noBrowser } from './browser.ts';
import { buildSite } from './site.ts';

if (noBrowser) console.warn(noBrowser);

const textPages = [
	'/tips/no-surprise-promos/',
	'/tips/stick-test/',
	'/checklists/lead-hand-off/',
	'/questions/alignment-check/',
	'/terms/mql/',
	'/issues/004/',
	'/promos/',
	'/promos/autumn-check/',
	'/paths/first-ten-days/',
	'/people/mira/',
	'/situations/',
	'/guide/',
];

describe.skipIf(noBrowser)('a text page of the playbook', () => {
	let browser: Browser;
	let served: StaticSite;
	let folder: string;

	beforeAll(async () => {
		folder = await buildSite('playbook', { TANDEM_NOW: '2026-11-24T08:00:00Z' });
		[browser, served] = await Promise.all([launchBrowser(), serveFolder(folder, 0, 'port')]);
	});
	afterAll(async () => {
		await browser?.close();
		await served?.close();
	});

	test.each(textPages)('%s: at most 10 kB, 2 requests, no script', async (path) => {
		const page = await browser.newPage();
		const requests: string[] = [];
		page.on('request', (request) => requests.push(request.url()));
		await page.goto(served.url + path, { waitUntil: 'networkidle' });
		const scripts = await page
			.locator('script:not([type="application/ld+json"]):not([type="speculationrules"])')
			.count();
		await page.close();
		const html = readFileSync(join(folder, path, 'index.html'));
		const paths = requests.map((url) => new URL(url).pathname);
		expect(brotliCompressSync(html).length).toBeLessThanOrEqual(10_240);
		expect(paths.length, paths.join(' ')).toBeLessThanOrEqual(2);
		expect(paths.filter((name) => name.endsWith('.js'))).toEqual([]);
		expect(scripts).toBe(0);
	});
});
