/** What a word means, where it stands: by pointer, by keyboard, by finger, and without new features. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serveFolder } from '../scripts/start/static.ts';
import type { StaticSite } from '../scripts/start/static.ts';
import { launchBrowser, noBrowser, violationsOf } from './browser.ts';
import { buildSite, copyContent, filesOf } from './site.ts';

if (noBrowser) console.warn(noBrowser);

const rule = 'A rep has spoken with them, and the need, the budget and the month are known.';
const contentDir = copyContent();
const sql = join(contentDir, 'terms/sql.mdx');
writeFileSync(sql, readFileSync(sql, 'utf8').replace('ours: null', `ours: ${rule}`));

const path = '/tips/one-word-one-meaning/';
const phone = {
	viewport: { width: 375, height: 740 },
	hasTouch: true,
	isMobile: true,
} satisfies BrowserContextOptions;

describe.skipIf(noBrowser).each(['playbook', 'newsletter'] as const)('%s', (site) => {
	let browser: Browser;
	let served: StaticSite;
	let folder: string;

	beforeAll(async () => {
		folder = await buildSite(site, {
			TANDEM_NOW: '2026-11-24T08:00:00Z',
			TANDEM_CONTENT: contentDir,
		});
		[browser, served] = await Promise.all([launchBrowser(), serveFolder(folder, 0, 'port')]);
	});
	afterAll(async () => {
		await browser?.close();
		await served?.close();
	});

	test('a note opens under the pointer, stays while the pointer is on it, and goes by Esc', async () => {
		const page = await open();
		const { word, note } = parts(page);
		await word.hover();
		await note.waitFor({ state: 'visible' });
		await note.hover();
		await page.waitForTimeout(1500);
		expect(await note.isVisible()).toBe(true);
		await page.keyboard.press('Escape');
		await note.waitFor({ state: 'hidden' });
		await word.hover();
		await page.mouse.move(5, 5);
		await note.waitFor({ state: 'hidden' });
		await page.context().close();
	});

	test('a note opens on focus, goes by Esc with the focus where it was, and Enter follows the link', async () => {
		const page = await open();
		const { word, note, button } = parts(page);
		// A pointer that can rest needs no button: one stop for each word.
		expect(await button.isVisible()).toBe(false);
		await page.locator('h1').click();
		for (let i = 0; i < 60 && !(await isFocused(page, '.term a')); i += 1) {
			await page.keyboard.press('Tab');
		}
		await note.waitFor({ state: 'visible' });
		await page.keyboard.press('Escape');
		await note.waitFor({ state: 'hidden' });
		expect(await isFocused(page, '.term a')).toBe(true);
		await word.press('Enter');
		await page.waitForURL(/\/terms\/[a-z-]+\/$/);
		await page.context().close();
	});

	test('a screen reader is given the meaning with the word, as its description', async () => {
		const page = await open();
		const { word, note } = parts(page);
		const { id } = await word.evaluate((link) => ({ id: link.getAttribute('aria-describedby') }));
		expect(await note.getAttribute('id')).toBe(id);
		const session = await page.context().newCDPSession(page);
		const { nodes } = await session.send('Accessibility.getFullAXTree');
		const link = nodes.find(
			({ role, description }) =>
				role?.value === 'link' && String(description?.value ?? '').length > 20,
		);
		expect(link?.description?.value).toContain(((await note.textContent()) ?? '').slice(0, 30));
		await page.context().close();
	});

	test('a finger opens it by the button beside the word, and closes it by a tap elsewhere', async () => {
		const page = await open(phone);
		const { note, button } = parts(page);
		const box = await button.boundingBox();
		expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(24);
		await button.tap();
		await note.waitFor({ state: 'visible' });
		await page.locator('h1').tap();
		await note.waitFor({ state: 'hidden' });
		await page.context().close();
	});

	test.each([
		['wide', { viewport: { width: 1280, height: 800 }, hasTouch: true, isMobile: true }],
		['375 px', phone],
		['320 px', { ...phone, viewport: { width: 320, height: 600 } }],
	] as const)('every note of the page lies within the window, %s', async (_name, options) => {
		const page = await open(options);
		const { width, height } = options.viewport;
		const count = await page.locator('.term').count();
		expect(count).toBeGreaterThan(site === 'playbook' ? 1 : 0);
		for (let i = 0; i < count; i += 1) {
			const { note, button } = parts(page, i);
			await button.tap();
			await note.waitFor({ state: 'visible' });
			const box = await note.boundingBox();
			if (!box) throw new Error('The note has no place.');
			expect(box.x).toBeGreaterThanOrEqual(0);
			expect(box.y).toBeGreaterThanOrEqual(0);
			expect(box.x + box.width).toBeLessThanOrEqual(width);
			expect(box.y + box.height).toBeLessThanOrEqual(height);
			const anchor = await button.boundingBox();
			const isApart =
				box.y >= (anchor?.y ?? 0) + (anchor?.height ?? 0) || box.y + box.height <= (anchor?.y ?? 0);
			expect(isApart, 'the note covers its word').toBe(true);
			await page.keyboard.press('Escape');
			await note.waitFor({ state: 'hidden' });
		}
		await page.context().close();
	});

	test.each([
		['light', { colorScheme: 'light' }],
		['dark', { colorScheme: 'dark' }],
		['forced colours', { forcedColors: 'active' }],
		['375 px', phone],
	] as const)('axe finds nothing while a note is open, %s', async (_name, options) => {
		const page = await open(options);
		const { word, note, button } = parts(page);
		if ('hasTouch' in options) await button.tap();
		else await word.hover();
		await note.waitFor({ state: 'visible' });
		expect(await violationsOf(page)).toEqual([]);
		await page.context().close();
	});

	test('a browser that knows neither interest nor anchors opens it by the button, by Esc and Enter', async () => {
		const page = await open({}, (html) =>
			html
				.replaceAll('interestfor=', 'data-unknown=')
				.replaceAll(':interest-source', ':unknown-source')
				.replaceAll('position-area', 'unknown-area'),
		);
		const { word, note, button } = parts(page);
		await word.hover();
		await page.waitForTimeout(900);
		expect(await note.isVisible()).toBe(false);
		expect(await button.isVisible()).toBe(true);
		await word.focus();
		await page.keyboard.press('Tab');
		await page.keyboard.press('Enter');
		await note.waitFor({ state: 'visible' });
		const box = await note.boundingBox();
		expect(box && box.y + box.height).toBeLessThanOrEqual(720);
		expect(box?.y).toBeGreaterThan(500);
		expect(await violationsOf(page)).toEqual([]);
		await page.keyboard.press('Escape');
		await note.waitFor({ state: 'hidden' });
		await page.context().close();
	});

	test('paper has neither notes nor buttons', async () => {
		const page = await open();
		await page.emulateMedia({ media: 'print' });
		const { note, button, word } = parts(page);
		expect([await word.isVisible(), await button.isVisible(), await note.isVisible()]).toEqual([
			true,
			false,
			false,
		]);
		await page.context().close();
	});

	test('it costs no script', async () => {
		const page = await open();
		expect(
			await page
				.locator('script:not([type="application/ld+json"], [type="speculationrules"])')
				.count(),
		).toBe(0);
		await page.context().close();
	});

	test('staff read the firm’s own rule or that there is none yet, the public neither', async () => {
		const told = filesOf(folder)
			.filter((file) => /^(?:tips|issues|questions|terms|checklists)\/.*\.html$/.test(file))
			.flatMap((file) => [
				...readFileSync(join(folder, file), 'utf8').matchAll(
					/role="tooltip"[^>]*>[^<]*(?:<span class="rule"><strong>Our rule:<\/strong> ([^<]*))?/g,
				),
			])
			.map(([, words]) => words);
		expect(told.length).toBeGreaterThan(5);
		const expected = site === 'playbook' ? [rule, 'not agreed yet.', undefined] : [undefined];
		expect(new Set(told)).toEqual(new Set(expected));
	});

	async function open(
		options: BrowserContextOptions = {},
		change?: (html: string) => string,
	): Promise<Page> {
		const context = await browser.newContext({
			viewport: { width: 1280, height: 720 },
			...options,
		});
		const page = await context.newPage();
		if (change) {
			await page.route(`**${path}`, async (route) => {
				const answer = await route.fetch();
				await route.fulfill({ response: answer, body: change(await answer.text()) });
			});
		}
		await page.goto(served.url + path);
		return page;
	}
});

function parts(page: Page, index = 0) {
	const term = page.locator('.term').nth(index);
	return {
		word: term.locator('a'),
		note: term.locator('[role="tooltip"]'),
		button: term.locator('button'),
	};
}

function isFocused(page: Page, selector: string): Promise<boolean> {
	return page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector);
}
