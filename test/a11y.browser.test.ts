/**
 * No page of either site has an accessibility fault that axe knows, in any scheme, at any width, or
 * with letters of twice the size; and each page kind says to a screen reader what it said before.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pageKinds } from '../scripts/bench/pages/kinds.ts';
import type { PageKind } from '../scripts/bench/pages/kinds.ts';
import { serveFolder } from '../scripts/start/static.ts';
import type { StaticSite } from '../scripts/start/static.ts';
import { launchBrowser, noBrowser, violationsOf } from './browser.ts';
import { focusOf, tabTo } from './keyboard.ts';
import { buildSite } from './site.ts';

if (noBrowser) console.warn(noBrowser);

const environment = { TANDEM_NOW: '2026-11-24T08:00:00Z', TANDEM_SUBSCRIBE: 'on' };
/** Beside one page of each kind: those with something of their own on them. */
const more = {
	playbook: [
		'/tips/hold-the-tension/',
		'/checklists/',
		'/checklists/promo-briefing/',
		'/questions/',
		'/questions/push-pull/',
		'/questions/same-word/',
		'/questions/promo-retro/',
		'/issues/006/',
		'/people/',
		'/paths/',
		'/reviews/',
		'/topics/',
		'/functions/',
		'/functions/sales/',
		'/guide/',
		'/guide/write-a-tip/',
		'/take/?page=/tips/stick-test/',
		'/search/by/stage/decision/',
		'/print/',
	],
	newsletter: ['/issues/002/'],
} as const;

const looks = {
	'light, wide': { colorScheme: 'light', forcedColors: 'none', width: 1280 },
	'dark, wide': { colorScheme: 'dark', forcedColors: 'none', width: 1280 },
	'dark, 320 px': { colorScheme: 'dark', forcedColors: 'none', width: 320 },
	'light, 320 px': { colorScheme: 'light', forcedColors: 'none', width: 320 },
	'forced colours, 320 px': { colorScheme: 'light', forcedColors: 'active', width: 320 },
} as const;

describe.skipIf(noBrowser).each(['playbook', 'newsletter'] as const)('%s', (site) => {
	let browser: Browser;
	let served: StaticSite;

	beforeAll(async () => {
		const folder = await buildSite(site, environment);
		[browser, served] = await Promise.all([launchBrowser(), serveFolder(folder, 0, 'port')]);
	});
	afterAll(async () => {
		await browser?.close();
		await served?.close();
	});

	const kinds: readonly PageKind[] = pageKinds[site];
	const paths = [...kinds.map(({ path }) => path), ...more[site]];

	test.each(paths)(
		'%s has no violation and does not scroll sideways, in any look',
		async (path) => {
			const found: string[] = [];
			const page = await browser.newPage();
			const answer = await page.goto(served.url + path);
			expect(answer?.status(), path).toBe(200);
			for (const [look, { width, ...media }] of Object.entries(looks)) {
				await page.setViewportSize({ width, height: 800 });
				await page.emulateMedia(media);
				for (const line of await violationsOf(page)) found.push(`${look}: ${line}`);
				found.push(...(await overflowOf(page)).map((line) => `${look}: ${line}`));
			}
			await page.close();
			expect(found).toEqual([]);
		},
	);

	test.each(kinds)(
		'$kind, $path loses no word and does not scroll sideways at twice the size of letters',
		async ({ path }) => {
			const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
			await page.goto(served.url + path);
			const before = await page.locator('body').innerText();
			// What a browser does whose reader asked for letters of 32 pixels instead of 16.
			const size = await page.evaluate(() => {
				const { documentElement: root } = document;
				root.style.setProperty('font-size', '200%', 'important');
				return getComputedStyle(root).fontSize;
			});
			const after = await page.locator('body').innerText();
			const lost = await clippedText(page);
			const overflow = await overflowOf(page);
			await page.close();
			expect(parseFloat(size)).toBeGreaterThanOrEqual(32);
			expect(wordsOf(after)).toEqual(wordsOf(before));
			expect([...lost, ...overflow]).toEqual([]);
		},
	);

	test.each(kinds)(
		'$kind, $path tells a screen reader what its snapshot holds',
		async ({ kind, path }) => {
			const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
			// A checklist names its run by the day.
			await page.clock.setFixedTime(environment.TANDEM_NOW);
			await page.goto(served.url + path);
			// What an element draws, it has drawn: custom elements are defined before the load event.
			const tree = await page.locator('body').ariaSnapshot();
			await page.close();
			const name = `${site}-${kind.replace(/\W+/g, '-')}`;
			await expect(`${tree}\n`).toMatchFileSnapshot(`fixtures/a11y/${name}.yaml`);
		},
	);
});

describe.skipIf(noBrowser)('by keyboard alone, a reader', () => {
	let browser: Browser;
	let playbook: StaticSite;
	let newsletter: StaticSite;

	beforeAll(async () => {
		const folders = [
			await buildSite('playbook', environment),
			await buildSite('newsletter', environment),
		];
		[browser, playbook, newsletter] = await Promise.all([
			launchBrowser(),
			serveFolder(folders[0] ?? '', 0, 'port'),
			serveFolder(folders[1] ?? '', 0, 'port'),
		]);
	});
	afterAll(async () => {
		await browser?.close();
		await Promise.all([playbook?.close(), newsletter?.close()]);
	});

	test('skips what stands on every page', async () => {
		const page = await open(`${playbook.url}/tips/no-surprise-promos/`);
		await page.keyboard.press('Tab');
		expect((await focusOf(page)).name).toBe('a "Skip to the text"');
		expect((await focusOf(page)).faults).toEqual([]);
		await page.keyboard.press('Enter');
		await page.keyboard.press('Tab');
		expect(await isFocusIn(page, 'main')).toBe(true);
		await page.close();
	});

	test('finds a play in its own words and opens it', async () => {
		const page = await open(`${playbook.url}/`);
		await tabTo(page, 'main input[name="q"]');
		await page.keyboard.type('a customer knows an offer we do not');
		await page.keyboard.press('Enter');
		await page.waitForURL('**/search/?q=*');
		await page.locator('main a[href^="/tips/no-surprise-promos/"]').first().waitFor();
		await tabTo(page, 'main a[href^="/tips/no-surprise-promos/"]');
		await page.keyboard.press('Enter');
		await page.waitForURL('**/tips/no-surprise-promos/**');
		expect(await page.locator('h1').innerText()).toBe('No promo without a briefing');
		await page.close();
	});

	test('reads what a word means, lets it go again, and opens the glossary', async () => {
		const page = await open(`${playbook.url}/tips/one-word-one-meaning/`);
		await tabTo(page, '.term a');
		const note = page.locator('.term:has(a:focus) [role="tooltip"]');
		await note.waitFor({ state: 'visible' });
		await page.keyboard.press('Escape');
		await note.waitFor({ state: 'hidden' });
		expect(await isFocusIn(page, '.term')).toBe(true);
		await page.keyboard.press('Enter');
		await page.waitForURL('**/terms/*/');
		await page.close();
	});

	test('runs the weekly meeting from the home page', async () => {
		const page = await open(`${playbook.url}/`);
		await tabTo(page, 'main a[href^="/checklists/weekly-meeting/"]');
		await page.keyboard.press('Enter');
		await page.waitForURL('**/checklists/weekly-meeting/**');
		await tabTo(page, 'main li input[type="checkbox"]');
		await page.keyboard.press('Space');
		const ticked = page.locator(':focus');
		expect(await ticked.isChecked()).toBe(true);
		const name = await ticked.getAttribute('name');
		await tabTo(page, 'main li input[type="checkbox"]');
		expect(await page.locator(':focus').isChecked()).toBe(false);
		expect(await page.locator(':focus').getAttribute('name')).not.toBe(name);
		await page.close();
	});

	test('subscribes to the letter', async () => {
		const page = await open(`${newsletter.url}/issues/`);
		let sent = '';
		await page.route('**/subscribe', async (route) => {
			sent = route.request().postData() ?? '';
			await route.fulfill({ contentType: 'text/html', body: '<title>Sent</title><h1>Sent</h1>' });
		});
		await tabTo(page, 'header a[href="/#subscribe"]');
		await page.keyboard.press('Enter');
		await page.waitForURL('**/#subscribe');
		await tabTo(page, '#subscribe input[type="email"]');
		await page.keyboard.type('ada@example.com');
		await tabTo(page, '#subscribe button');
		await page.keyboard.press('Enter');
		await page.getByRole('heading', { name: 'Sent' }).waitFor();
		expect(new URLSearchParams(sent).get('email')).toBe('ada@example.com');
		expect(new URLSearchParams(sent).get('website')).toBe('');
		await page.close();
	});

	async function open(url: string): Promise<Page> {
		const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
		await page.goto(url);
		return page;
	}
});

function isFocusIn(page: Page, selector: string): Promise<boolean> {
	return page.evaluate((css) => Boolean(document.activeElement?.closest(css)), selector);
}

/** What makes a page wider than its window. */
async function overflowOf(page: Page): Promise<string[]> {
	const overflow = await page.evaluate(
		() => document.documentElement.scrollWidth - document.documentElement.clientWidth,
	);
	return overflow > 0 ? [`scrolls sideways by ${overflow} px`] : [];
}

/** Texts that their own box cuts off, those hidden on purpose left out. */
function clippedText(page: Page): Promise<string[]> {
	return page.evaluate(() =>
		[...document.body.querySelectorAll<HTMLElement>('*')]
			.filter((element) => {
				const { overflowX, overflowY, clipPath, visibility } = getComputedStyle(element);
				if (clipPath !== 'none' || visibility === 'hidden' || element.innerText === '')
					return false;
				const isCutAcross = overflowX === 'hidden' || overflowX === 'clip';
				const isCutDown = overflowY === 'hidden' || overflowY === 'clip';
				return (
					(isCutAcross && element.scrollWidth > element.clientWidth + 1) ||
					(isCutDown && element.scrollHeight > element.clientHeight + 1)
				);
			})
			.map(
				({ tagName, innerText }) =>
					`<${tagName.toLowerCase()}> cuts off "${innerText.slice(0, 60)}"`,
			),
	);
}

function wordsOf(text: string): string[] {
	return text.split(/\s+/).filter((word) => word !== '');
}
