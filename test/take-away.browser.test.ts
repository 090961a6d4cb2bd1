/** The page "Take it with you": copying a page as Markdown, by button and by keyboard. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { serveFolder } from '../scripts/start/static.ts';
import type { StaticSite } from '../scripts/start/static.ts';
import { launchBrowser, noBrowser, violationsOf } from './browser.ts';
import { tabTo } from './keyboard.ts';
import { buildSite } from './site.ts';

if (noBrowser) console.warn(noBrowser);

describe.skipIf(noBrowser)('take it with you', () => {
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

	test('copies the page it was opened from, by keyboard', async () => {
		const { page, context } = await aReader();
		await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: served.url });
		await page.goto(`${served.url}/tips/stick-test/`);
		await tabTo(page, 'footer a[href^="/take/"]');
		await page.keyboard.press('Enter');
		await page.getByRole('heading', { name: 'Copy “Does your promise stick?”' }).waitFor();
		await tabTo(page, 'tandem-copy button');
		await page.keyboard.press('Enter');
		await page.getByRole('status').filter({ hasText: 'Copied.' }).waitFor();
		const copied = await page.evaluate(() => navigator.clipboard.readText());
		expect(copied).toBe(readFileSync(join(folder, 'tips/stick-test.md'), 'utf8'));
		expect(await violationsOf(page)).toEqual([]);
	});

	test('selects the text where the browser forbids copying', async () => {
		const { page } = await aReader();
		await page.addInitScript(() => {
			Object.defineProperty(navigator, 'clipboard', { value: undefined });
		});
		await page.goto(`${served.url}/take/?page=/tips/stick-test/`);
		await page.getByRole('heading', { name: 'Does your promise stick?' }).waitFor();
		await page.getByRole('button', { name: 'Copy as Markdown' }).click();
		await page.getByRole('status').filter({ hasText: 'Selected: copy it now.' }).waitFor();
		expect(await page.evaluate(() => getSelection()?.toString().slice(0, 6))).toBe('# Does');
	});

	test.each([
		'',
		'//evil.example/',
		'https://evil.example/',
		'/tips/../x/',
		'/tips/',
		'javascript:1',
	])('asks for nothing where the address names "%s"', async (named) => {
		const { page } = await aReader();
		const asked: string[] = [];
		page.on('request', (request) => asked.push(request.url()));
		await page.goto(`${served.url}/take/?page=${encodeURIComponent(named)}`, {
			waitUntil: 'networkidle',
		});
		expect(asked.filter((url) => url.includes('.md') || !url.startsWith(served.url))).toEqual([]);
		expect(await page.locator('tandem-copy').isHidden()).toBe(true);
	});

	test('says so of a page that is not there', async () => {
		const { page } = await aReader();
		await page.goto(`${served.url}/take/?page=/tips/no-such-tip/`);
		await page.getByRole('status').filter({ hasText: 'could not be fetched' }).waitFor();
		expect(await page.getByRole('button', { name: 'Copy as Markdown' }).isDisabled()).toBe(true);
	});

	async function aReader(): Promise<{ page: Page; context: BrowserContext }> {
		const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
		onTestFinished(() => context.close());
		context.setDefaultTimeout(120_000);
		return { context, page: await context.newPage() };
	}
});
