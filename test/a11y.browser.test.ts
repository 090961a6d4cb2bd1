/** No page of either site has an accessibility fault that axe knows, in any scheme, at any width. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serveFolder } from '../scripts/start/static.ts';
import type { StaticSite } from '../scripts/start/static.ts';
import { launchBrowser, noBrowser, violationsOf } from './browser.ts';
import { buildSite } from './site.ts';

if (noBrowser) console.warn(noBrowser);

const now = '2026-11-24T08:00:00Z';
const pages = {
	playbook: [
		'/',
		'/tips/',
		'/tips/no-surprise-promos/',
		'/tips/play-from-one-score/',
		'/tips/hold-the-tension/',
		'/checklists/',
		'/checklists/promo-briefing/',
		'/questions/',
		'/questions/alignment-check/',
		'/questions/push-pull/',
		'/questions/same-word/',
		'/questions/promo-retro/',
		'/terms/',
		'/terms/mql/',
		'/issues/',
		'/issues/004/',
		'/issues/006/',
		'/people/',
		'/people/mira/',
		'/promos/',
		'/promos/autumn-check/',
		'/paths/',
		'/paths/first-ten-days/',
		'/topics/',
		'/topics/handoff/',
		'/functions/',
		'/functions/sales/',
		'/situations/',
		'/search/',
		'/guide/',
		'/guide/write-a-tip/',
		'/404.html',
	],
	newsletter: [
		'/',
		'/issues/',
		'/issues/002/',
		'/issues/004/',
		'/tips/no-surprise-promos/',
		'/checklists/promo-briefing/',
		'/questions/push-pull/',
		'/terms/',
		'/terms/adhesion/',
		'/about/',
		'/privacy/',
		'/404.html',
	],
} as const;

describe.skipIf(noBrowser).each(['playbook', 'newsletter'] as const)('%s', (site) => {
	let browser: Browser;
	let served: StaticSite;

	beforeAll(async () => {
		const folder = await buildSite(site, { TANDEM_NOW: now });
		[browser, served] = await Promise.all([launchBrowser(), serveFolder(folder, 0, 'port')]);
	});
	afterAll(async () => {
		await browser?.close();
		await served?.close();
	});

	test.each(pages[site])('%s has no violation in light or dark, wide or narrow', async (path) => {
		const found: string[] = [];
		for (const [colorScheme, width] of [
			['light', 1280],
			['dark', 1280],
			['light', 320],
			['dark', 320],
		] as const) {
			const page = await browser.newPage({ colorScheme, viewport: { width, height: 800 } });
			const answer = await page.goto(served.url + path);
			expect(answer?.status(), path).toBe(200);
			for (const line of await violationsOf(page)) found.push(`${colorScheme} ${width}: ${line}`);
			const overflow = await page.evaluate(
				() => document.documentElement.scrollWidth - document.documentElement.clientWidth,
			);
			if (overflow > 0) found.push(`${colorScheme} ${width}: scrolls sideways by ${overflow} px`);
			await page.close();
		}
		expect(found).toEqual([]);
	});
});
