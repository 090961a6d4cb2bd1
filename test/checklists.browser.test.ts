/** Checklists as people use them: ticks that stay, runs that two people share, a list for a room. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serveFolder } from '../scripts/start/static.ts';
import type { StaticSite } from '../scripts/start/static.ts';
import { launchBrowser, noBrowser, violationsOf } from './browser.ts';
import { editFile } from './incremental-content.ts';
import { buildSite, copyContent } from './site.ts';

if (noBrowser) console.warn(noBrowser);

const now = '2026-11-24T08:00:00Z';
const briefing = '/checklists/promo-briefing/';
const handOff = '/checklists/lead-hand-off/';
const weekly = '/checklists/weekly-meeting/';

describe.skipIf(noBrowser)('checklists', () => {
	let browser: Browser;
	let site: StaticSite;
	let folder: string;

	beforeAll(async () => {
		folder = await buildSite('playbook', { TANDEM_NOW: now, TANDEM_SEARCH: 'off' });
		[browser, site] = await Promise.all([launchBrowser(), serveFolder(folder, 0, 'port')]);
	});
	afterAll(async () => {
		await browser?.close();
		await site?.close();
	});

	describe('ticks', () => {
		test('are made, undone and kept by keyboard alone', async () => {
			const page = await open(briefing);
			await page.locator('[data-part="run"]').focus();
			// The link to the screen, the summary of the tools, then the first box.
			for (let press = 0; press < 3; press += 1) await page.keyboard.press('Tab');
			await page.keyboard.press('Space');
			await page.keyboard.press('Tab');
			await page.keyboard.press('Tab');
			await page.keyboard.press('Space');
			expect(await ticked(page)).toEqual(['offer-sentence', 'dates']);
			expect(await told(page)).toBe('2 of 9 done.');
			await page.reload();
			expect(await ticked(page)).toEqual(['offer-sentence', 'dates']);
			await tick(page, 'sales-heard');
			await page.locator('[data-part="undo"]').focus();
			await page.keyboard.press('Enter');
			expect(await said(page)).toBe('Undone: the last tick.');
			expect(await told(page)).toBe('2 of 9 done.');
			expect(await ticked(page)).toEqual(['offer-sentence', 'dates']);
			await close(page);
		});

		test('survive an edit of the list, and say what was edited', async () => {
			const content = copyContent();
			const file = join(content, 'checklists/promo-briefing.mdx');
			const line = (id: string) =>
				new RegExp(`\\n {6}- \\{ id: ${id},.*`).exec(readFileSync(file, 'utf8'))?.[0] ?? '';
			const [dates, whoMay, leads] = [line('dates'), line('who-may'), line('leads-land')];
			// One reworded, one taken out, one moved to the end, one new.
			editFile(file, 'Start and end date and hour agreed', 'First and last day and hour agreed');
			editFile(file, whoMay, '');
			editFile(file, leads, '');
			editFile(
				file,
				line('sales-heard'),
				`${line('sales-heard')}${leads}\n      - { id: price-list, text: Price list changed on both sites, who: marketing }`,
			);
			const later = await buildSite('playbook', {
				TANDEM_NOW: now,
				TANDEM_SEARCH: 'off',
				TANDEM_CONTENT: content,
			});
			expect(dates).not.toBe('');

			const page = await open(briefing);
			for (const id of ['offer-sentence', 'dates', 'who-may', 'leads-land']) await tick(page, id);
			const link = await linkOf(page);
			await page.route(site.url + briefing, (route) =>
				route.fulfill({ path: join(later, briefing, 'index.html'), contentType: 'text/html' }),
			);
			await page.reload();
			expect(await ticked(page)).toEqual(['offer-sentence', 'dates', 'leads-land']);
			expect(await marks(page)).toEqual({
				dates: 'Changed since you ticked it',
				'price-list': 'New',
			});
			expect(await page.locator('[data-part="count"]').textContent()).toBe('3 of 9 done');
			const box = page.getByRole('checkbox', { name: 'First and last day' });
			expect(await box.evaluate(descriptionOf)).toBe('Changed since you ticked it');
			await page.getByRole('button', { name: 'I have read it' }).click();
			expect(await marks(page)).toEqual({});
			expect(await ticked(page)).toEqual(['offer-sentence', 'dates', 'leads-land']);
			await page.goto(`${site.url}/checklists/`);
			await page.goto(link);
			expect(await said(page)).toMatch(/^This link is for another edition of the list\. Ask/);
			await close(page);
		});

		test('are the same in two windows, whichever of them ticks', async () => {
			const one = await open(briefing);
			const other = await one.context().newPage();
			await other.goto(site.url + briefing);
			await tick(one, 'dates');
			await tick(other, 'who-may');
			await tick(one, 'desk-told');
			for (const page of [one, other]) {
				await expect.poll(() => ticked(page)).toEqual(['dates', 'who-may', 'desk-told']);
			}
			await close(one);
		});

		test('last as long as the page where nothing can be kept, and the page says so', async () => {
			for (const member of ['setItem', 'getItem']) {
				const page = await open(
					briefing,
					{},
					(name) => {
						Storage.prototype[name as 'setItem'] = () => {
							throw new DOMException('full', 'QuotaExceededError');
						};
					},
					member,
				);
				await tick(page, 'dates');
				await tick(page, 'who-may');
				await tick(page, 'dates');
				expect(await ticked(page)).toEqual(['who-may']);
				expect(await page.getByRole('alert').textContent()).toMatch(
					/^This browser does not keep your ticks\. .*save the run as a file or copy its link\.$/,
				);
				await close(page);
			}
		});

		test('of a later edition are not overwritten, and what cannot be read is put aside', async () => {
			const page = await open(briefing);
			const store = 'tandem-checklist:promo-briefing';
			const keep = async (text: string): Promise<void> => {
				await page.evaluate(([key, value]) => localStorage.setItem(key!, value!), [store, text]);
				await page.reload();
			};
			const kept = (key: string) => page.evaluate((name) => localStorage.getItem(name), key);
			await keep('{"version":2,"all":[]}');
			await tick(page, 'dates');
			expect(await page.getByRole('alert').textContent()).toMatch(/^A newer edition of this page/);
			expect(await kept(store)).toBe('{"version":2,"all":[]}');
			await keep('{"version":1,"all":[{');
			expect(await page.getByRole('alert').textContent()).toMatch(/^What was kept here cannot/);
			await tick(page, 'dates');
			await page.reload();
			expect(await ticked(page)).toEqual(['dates']);
			expect(await kept(`${store}:unreadable`)).toBe('{"version":1,"all":[{');
			await close(page);
		});
	});

	describe('runs', () => {
		test('are started, named, switched, cleared and deleted, and each step can be undone', async () => {
			const page = await open(briefing);
			await tick(page, 'dates');
			await openTools(page);
			await page.getByLabel('Name of this run').fill('Winter plan');
			await page.getByRole('button', { name: 'Start a new run' }).click();
			expect(await runNames(page)).toEqual(['Winter plan', todayWords()]);
			expect(await ticked(page)).toEqual([]);
			await tick(page, 'who-may');
			await page.locator('[data-part="run"]').selectOption('Winter plan');
			expect(await ticked(page)).toEqual(['dates']);
			expect(await said(page)).toBe('“Winter plan” is open: 1 of 9 done.');
			await page.getByRole('button', { name: 'Clear all ticks' }).click();
			expect(await ticked(page)).toEqual([]);
			await page.getByRole('button', { name: 'Undo' }).click();
			expect(await ticked(page)).toEqual(['dates']);
			await page.getByRole('button', { name: 'Delete this run' }).click();
			expect(await runNames(page)).toEqual([todayWords()]);
			expect(await ticked(page)).toEqual(['who-may']);
			expect(await said(page)).toMatch(/^“Winter plan” is deleted\. /);
			await page.keyboard.press('Enter');
			expect(await runNames(page)).toEqual(['Winter plan', todayWords()]);
			expect(await ticked(page)).toEqual(['dates']);
			await page.reload();
			expect(await runNames(page)).toEqual(['Winter plan', todayWords()]);
			expect(await ticked(page)).toEqual(['dates']);
			await close(page);
		});

		test('of two people become one by links, without a server', async () => {
			const ada = await open(briefing);
			for (const id of ['offer-sentence', 'dates']) await tick(ada, id);
			const first = await linkOf(ada);
			expect(new URL(first).search).toBe('');
			expect(new URL(first).hash.length).toBeLessThanOrEqual(60);

			const ben = await open(briefing);
			await tick(ben, 'desk-told');
			await ben.goto(first);
			const dialog = ben.getByRole('dialog');
			expect(await dialog.innerText()).toMatch(/This link holds a run: 2 of 9 done/);
			expect(await dialog.innerText()).toMatch(/Merging would tick 2 more\./);
			// The address holds nothing any more, and nothing was merged before Ben said so.
			expect(ben.url()).toBe(site.url + briefing);
			expect(await ticked(ben)).toEqual(['desk-told']);
			await dialog.getByRole('button', { name: 'Open as a run of its own' }).click();
			expect(await ticked(ben)).toEqual(['offer-sentence', 'dates']);
			await tick(ben, 'dates');
			await tick(ben, 'sales-heard');
			const second = await linkOf(ben);

			// Ada has another run open; the link finds the one that it came from.
			await openTools(ada);
			await ada.getByLabel('Name of this run').fill('Winter plan');
			await ada.getByRole('button', { name: 'Start a new run' }).click();
			await ada.goto(second);
			const asked = ada.getByRole('dialog');
			expect(await asked.innerText()).toMatch(/Merging would tick 1 more and take 1 back\./);
			await asked.getByRole('button', { name: 'Merge into “Winter plan”' }).press('Enter');
			expect(await ticked(ada)).toEqual(['offer-sentence', 'sales-heard']);
			await ada.getByRole('button', { name: 'Undo' }).click();
			await ada.locator('[data-part="run"]').selectOption('Winter plan');
			expect(await ticked(ada)).toEqual(['offer-sentence', 'dates']);
			await close(ada, ben);
		});

		test('that come by a link can be left, and a link for another list says so', async () => {
			const page = await open(briefing);
			await tick(page, 'dates');
			const link = await linkOf(page);
			const other = await open(briefing);
			await other.goto(link);
			// The page stays; it hears of the new address a moment later.
			await other.locator('dialog[open]').waitFor();
			await other.keyboard.press('Escape');
			expect(await ticked(other)).toEqual([]);
			await expect.poll(() => said(other)).toMatch(/^Left as it was\./);
			await other.goto(site.url + weekly + new URL(link).hash);
			await expect.poll(() => said(other)).toMatch(/^This link is for another checklist\./);
			await other.goto(`${link.slice(0, -1)}x`);
			await expect.poll(() => said(other)).toMatch(/^This link is incomplete or mistyped\./);
			expect(other.url()).toBe(site.url + briefing);
			await close(page, other);
		});

		test('go into a file and come back from it', async () => {
			const page = await open(briefing);
			await tick(page, 'dates');
			await openTools(page);
			const [file] = await Promise.all([
				page.waitForEvent('download'),
				page.getByRole('button', { name: 'Save as a file' }).click(),
			]);
			expect(file.suggestedFilename()).toMatch(/^promo-briefing-.*\.json$/);
			const text = readFileSync(await file.path(), 'utf8');
			const other = await open(briefing);
			const put = (content: string) =>
				other.locator('[data-part="file"]').setInputFiles({
					name: 'a.json',
					mimeType: 'application/json',
					buffer: Buffer.from(content),
				});
			await put('{}');
			await expect.poll(() => said(other)).toBe('This file holds no run of a checklist.');
			await put(text);
			await other.getByRole('button', { name: /^Merge into/ }).click();
			expect(await ticked(other)).toEqual(['dates']);
			await close(page, other);
		});

		test('reach no server, whatever is done with them', async () => {
			const page = await open(undefined, { permissions: ['clipboard-read', 'clipboard-write'] });
			// The frame of the search is not of the list.
			await page.route('**/search/keys/', (route) => route.abort());
			await page.goto(site.url + briefing, { waitUntil: 'networkidle' });
			const requests: string[] = [];
			page.on('request', (request) => {
				const url = request.url();
				// A browser asks for the icon whenever it likes.
				if (!/^(?:blob|data):|\/search\/keys\/$|favicon/.test(url)) requests.push(url);
			});
			await tick(page, 'dates');
			await openTools(page);
			await page.getByRole('button', { name: 'Copy the link' }).click();
			await expect.poll(() => said(page)).toBe('The link is copied.');
			const link = await page.evaluate(() => navigator.clipboard.readText());
			for (const name of ['Start a new run', 'Clear all ticks', 'Delete this run', 'Undo']) {
				await page.getByRole('button', { name }).click();
			}
			await page.evaluate((hash) => (location.hash = hash), new URL(link).hash);
			await page.getByRole('button', { name: /^Merge into/ }).click();
			const [file] = await Promise.all([
				page.waitForEvent('download'),
				page.getByRole('button', { name: 'Save as a file' }).click(),
			]);
			await page.locator('[data-part="file"]').setInputFiles(await file.path());
			await page.getByRole('button', { name: 'Leave it' }).click();
			expect(requests).toEqual([]);

			await page.goto(`${site.url}${weekly}run/`, { waitUntil: 'networkidle' });
			requests.length = 0;
			for (const key of ['ArrowRight', 'Space', 'ArrowRight', 'ArrowLeft', 'End']) {
				await page.keyboard.press(key);
			}
			expect(requests).toEqual([]);
			await close(page);
		});
	});

	describe('the two ways to use a list', () => {
		test('read-do shows what is next, do-confirm does not', async () => {
			const page = await open(handOff);
			const next = page.locator('[aria-current="step"]');
			expect(await next.getAttribute('data-item')).toBe('rule-met');
			await tick(page, 'rule-met');
			expect(await next.getAttribute('data-item')).toBe('asked-noted');
			expect(await next.innerText()).toMatch(/Next/);
			expect(await told(page)).toBe(
				'1 of 7 done. Next: What the person did and asked is in the note',
			);
			await page.goto(site.url + briefing);
			await tick(page, 'offer-sentence');
			expect(await next.count()).toBe(0);
			await close(page);
		});

		test('the last tick asks for the yes of those who sign', async () => {
			const page = await open(briefing);
			for (const box of await page.locator('[data-item] input').all()) await box.check();
			expect(await told(page)).toBe('All 9 done. Now ask for the yes of: Sales, Marketing.');
			await close(page);
		});

		test('without script the list is to tick and print, and says that ticks go', async () => {
			const plain = await open(briefing, { javaScriptEnabled: false });
			// What stands in a noscript is text to no other kind of locator.
			const warning = plain.locator('.kept noscript span');
			expect(await warning.textContent()).toBe('Ticks are not kept when you leave the page.');
			expect(await warning.isVisible()).toBe(true);
			expect(await plain.locator('.desk').isVisible()).toBe(false);
			await plain.getByRole('checkbox', { name: 'Start and end date' }).check();
			await plain.goto(`${site.url}${weekly}run/`);
			expect(await plain.getByRole('checkbox').count()).toBe(8);
			expect(await plain.getByRole('button').count()).toBe(0);
			const page = await open(briefing);
			expect(await page.locator('tandem-checklist').innerText()).not.toMatch(/Ticks are not kept/);
			await close(plain, page);
		});

		test('on paper the boxes are ticked or empty, as the person chose', async () => {
			const page = await open(briefing);
			await tick(page, 'dates');
			await openTools(page);
			const mark = () =>
				page
					.locator('[data-item="dates"] input')
					.evaluate(
						(box) =>
							getComputedStyle(box, '::before').display === 'none' ||
							getComputedStyle(box, '::before').content,
					);
			await page.emulateMedia({ media: 'print' });
			expect(await mark()).toBe('"✓"');
			expect(await page.locator('[data-part="paper"]').innerText()).toBe(
				`${todayWords()}: 1 of 9 done`,
			);
			await page.emulateMedia({ media: 'screen' });
			await page.getByLabel('With empty boxes').check();
			await page.emulateMedia({ media: 'print' });
			expect(await mark()).toBe(true);
			expect(await page.locator('[data-part="paper"]').isVisible()).toBe(false);
			expect(await page.locator('.desk').isVisible()).toBe(false);
			expect(await page.locator('.signoff li').count()).toBe(2);
			await close(page);
		});
	});

	describe('on a screen for a room', () => {
		test('walks, ticks and leaves by keyboard, into the run of the list', async () => {
			const page = await open(`${weekly}run/`);
			const point = page.locator('[data-now] .point');
			expect(await point.innerText()).toBe('At the start of the meeting, on screen');
			await page.keyboard.press('ArrowRight');
			expect(await point.innerText()).toBe('One customer sentence read aloud');
			expect(await said(page)).toBe('1 of 8: One customer sentence read aloud. Not ticked.');
			await page.keyboard.press('Space');
			expect(await said(page)).toBe('Ticked. 1 of 8 done.');
			await page.keyboard.press('PageDown');
			await page.keyboard.press('Space');
			await page.keyboard.press('Space');
			await page.keyboard.press('ArrowLeft');
			expect(await page.locator('[data-now] input').isChecked()).toBe(true);
			// After a click the space bar still ticks; with a key on a button it presses the button.
			await page.getByRole('button', { name: 'Next' }).click();
			await page.keyboard.press('Space');
			expect(await said(page)).toBe('Ticked. 2 of 8 done.');
			await page.getByRole('button', { name: 'Next' }).focus();
			await page.keyboard.press('Space');
			expect(await point.innerText()).toBe("Last week's decisions: done or not");
			await page.keyboard.press('End');
			expect(await point.innerText()).toBe('2 of 8 done. Still open:');
			await page.getByRole('button', { name: 'Each team leaves with one task' }).click();
			await page.keyboard.press('Space');
			await page.reload();
			expect(await point.innerText()).toBe('Each team leaves with one task');
			await page.keyboard.press('Escape');
			await page.waitForURL(site.url + weekly);
			expect(await ticked(page)).toEqual(['customer-line', 'shared-number', 'task-each']);
			await close(page);
		});

		test('goes on where a read-do list is open, and begins a new run when asked', async () => {
			const page = await open(weekly);
			for (const id of ['customer-line', 'shared-number']) await tick(page, id);
			await page.getByRole('link', { name: 'Run it on a screen' }).click();
			await page.getByRole('button', { name: 'Go on' }).click();
			expect(await page.locator('[data-now]').getAttribute('data-item')).toBe('last-decisions');
			await page.keyboard.press('Home');
			await page.getByRole('button', { name: 'Begin a new run' }).click();
			expect(await page.locator('[data-now]').getAttribute('data-item')).toBe('customer-line');
			expect(await page.locator('[data-now] input').isChecked()).toBe(false);
			await page.goto(site.url + weekly);
			expect(await runNames(page)).toEqual([todayWords(), `${todayWords()} (2)`]);
			await close(page);
		});

		test('a clock for the point and the whole says by words and frame when time is up', async () => {
			const page = await open();
			await page.clock.install({ time: new Date(now) });
			await page.goto(`${site.url}${weekly}run/`);
			const [step, whole] = ['step', 'whole'].map((name) => page.locator(`[data-part="${name}"]`));
			expect(await whole!.innerText()).toMatch(/30:00/);
			await page.keyboard.press('ArrowRight');
			await page.clock.runFor(60_000);
			expect(await step!.innerText()).toMatch(/Point\s*2:4[56]\s*left/);
			expect(await whole!.innerText()).toMatch(/29:0[01]/);
			const frame = () => step!.evaluate((dial) => getComputedStyle(dial).outlineStyle);
			await page.clock.runFor(130_000);
			expect(await step!.innerText()).toMatch(/0:3[56]\s*Nearly up/);
			expect(await frame()).toBe('dashed');
			await page.clock.runFor(40_000);
			expect(await step!.innerText()).toMatch(/\+0:0[45]\s*Over/);
			expect(await frame()).toBe('solid');
			expect(await said(page)).toBe('The time for this point is up.');
			await page.keyboard.press('ArrowRight');
			expect(await step!.innerText()).toMatch(/3:45/);
			await page.getByRole('button', { name: 'Stop the clock' }).click();
			await page.clock.runFor(600_000);
			expect(await step!.innerText()).toMatch(/3:45/);
			await page.getByRole('button', { name: '−1 minute' }).click();
			expect(await said(page)).toBe('29 minutes in all.');
			await close(page);
		});

		test('keeps the screen awake where it can, and misses nothing where it cannot', async () => {
			for (const kind of ['there', 'refuses', 'missing']) {
				const page = await open(
					`${weekly}run/`,
					{},
					(how) => {
						const asked: string[] = [];
						const request = (name: string): Promise<unknown> => {
							asked.push(name);
							return how === 'refuses'
								? Promise.reject(new DOMException('no', 'NotAllowedError'))
								: Promise.resolve({ release: () => Promise.resolve() });
						};
						const value = how === 'missing' ? undefined : { request };
						Object.defineProperty(navigator, 'wakeLock', { value });
						Object.assign(window, { asked });
					},
					kind,
				);
				await page.keyboard.press('ArrowRight');
				const asked = await page.evaluate(() => (window as unknown as { asked: string[] }).asked);
				expect(asked, kind).toEqual(kind === 'missing' ? [] : ['screen']);
				await close(page);
			}
		});

		test('shows what customers see this week, and one question', async () => {
			const page = await open(`${weekly}run/`);
			const beside = await page.getByRole('complementary').innerText();
			expect(beside).toMatch(/Autumn heating check\s*live until 29 November 2026/);
			expect(beside).toMatch(/Yes, the check is 49 until Sunday/);
			expect(beside).toMatch(/Twelve months of care for ten\s*from 1 December 2026/);
			expect(beside).toMatch(/A question for this week\s*.+\?/);
			await close(page);
		});

		test('can be read from three metres: nothing is smaller than 28 px at 1280 by 720', async () => {
			const page = await open(`${weekly}run/`, { viewport: { width: 1280, height: 720 } });
			for (let slide = 0; slide < 10; slide += 1) {
				const sizes = await page.locator('tandem-runner *').evaluateAll((parts) =>
					parts
						.filter((part) => part.checkVisibility() && !part.closest('.visually-hidden'))
						.filter((part) =>
							[...part.childNodes].some((child) => child.nodeType === 3 && child.nodeValue?.trim()),
						)
						.map((part) => Number.parseFloat(getComputedStyle(part).fontSize)),
				);
				expect(sizes.length).toBeGreaterThan(5);
				expect(Math.min(...sizes), `slide ${slide}`).toBeGreaterThanOrEqual(28);
				const points = await page
					.locator('[data-now] .point')
					.evaluate((part) => getComputedStyle(part).fontSize);
				expect(Number.parseFloat(points)).toBeGreaterThanOrEqual(56);
				await page.keyboard.press('ArrowRight');
			}
			await close(page);
		});

		test('prints every point with its box, and none of the buttons', async () => {
			const page = await open(`${weekly}run/`);
			await page.keyboard.press('ArrowRight');
			await page.keyboard.press('Space');
			await page.emulateMedia({ media: 'print' });
			for (const box of await page.getByRole('checkbox').all())
				expect(await box.isVisible()).toBe(true);
			for (const button of await page.getByRole('button').all()) {
				expect(await button.isVisible()).toBe(false);
			}
			await close(page);
		});

		test('is known to no search and no map of the site', () => {
			const html = readFileSync(join(folder, weekly, 'run/index.html'), 'utf8');
			expect(html).not.toMatch(/data-pagefind-body/);
			expect(html).toMatch(/<meta name="robots" content="noindex">/);
		});
	});

	test.each([
		['light', 1280],
		['dark', 1280],
		['light', 375],
		['dark', 375],
	] as const)('no view has a fault that axe knows: %s, %i px', async (colorScheme, width) => {
		const options = { colorScheme, viewport: { width, height: 720 } } as const;
		const found: string[] = [];
		const look = async (page: Page, state: string): Promise<void> => {
			for (const line of await violationsOf(page)) found.push(`${state}: ${line}`);
			const overflow = await page.evaluate(
				() => document.documentElement.scrollWidth - document.documentElement.clientWidth,
			);
			if (overflow > 0) found.push(`${state}: scrolls sideways by ${overflow} px`);
		};
		const page = await open(handOff, options);
		await tick(page, 'rule-met');
		await look(page, 'list');
		await openTools(page);
		await look(page, 'tools');
		const link = await linkOf(page);
		await page.goto(site.url + weekly);
		await page.goto(link);
		await look(page, 'offer');
		const screen = await open(undefined, options);
		await screen.clock.install({ time: new Date(now) });
		await screen.goto(`${site.url}${weekly}run/`);
		await look(screen, 'first slide');
		await screen.keyboard.press('ArrowRight');
		await screen.keyboard.press('Space');
		await look(screen, 'point');
		await screen.clock.runFor(3_600_000);
		await look(screen, 'over');
		await screen.keyboard.press('End');
		await look(screen, 'last slide');
		expect(found).toEqual([]);
		await close(page, screen);
	});

	test.each([handOff, briefing, weekly, `${weekly}run/`, `${briefing}run/`])(
		'%s costs at most 6 kB of script and 18 kB in all, and nothing jumps',
		async (path) => {
			const page = await open();
			await page.addInitScript(() => {
				const shifts: number[] = [];
				new PerformanceObserver((list) => {
					for (const entry of list.getEntries())
						shifts.push((entry as unknown as { value: number }).value);
				}).observe({ type: 'layout-shift', buffered: true });
				Object.assign(window, { shifts });
			});
			const bodies: { path: string; bytes: number }[] = [];
			page.on('response', async (response) => {
				const { pathname } = new URL(response.url());
				if (pathname === '/favicon.svg') return;
				const file = pathname.endsWith('/') ? `${pathname}index.html` : pathname;
				bodies.push({
					path: pathname,
					bytes: brotliCompressSync(readFileSync(join(folder, file))).length,
				});
			});
			await page.goto(site.url + path, { waitUntil: 'networkidle' });
			const sum = (some: typeof bodies) => some.reduce((total, { bytes }) => total + bytes, 0);
			const scripts = bodies.filter((body) => body.path.endsWith('.js'));
			expect(scripts.length).toBeGreaterThan(0);
			expect(sum(scripts), JSON.stringify(scripts)).toBeLessThanOrEqual(6_000);
			expect(sum(bodies), JSON.stringify(bodies)).toBeLessThanOrEqual(18_000);
			expect(await page.evaluate(() => (window as unknown as { shifts: number[] }).shifts)).toEqual(
				[],
			);
			await close(page);
		},
	);

	/** A page of a person of their own, with what runs before its scripts. */
	async function open(
		path?: string,
		options: BrowserContextOptions = {},
		before?: (given: string) => void,
		given = '',
	): Promise<Page> {
		const context = await browser.newContext(options);
		const page = await context.newPage();
		page.on('pageerror', ({ message }) => {
			// Chromium's own, where a page that fades in is closed before it has.
			if (!message.startsWith('Transition was ')) faults.set(context, message);
		});
		if (before) await page.addInitScript(before, given);
		if (path !== undefined) await page.goto(site.url + path);
		return page;
	}
});

const faults = new Map<BrowserContext, string>();

async function close(...pages: Page[]): Promise<void> {
	for (const page of pages) {
		expect(faults.get(page.context())).toBeUndefined();
		await page.context().close();
	}
}

function tick(page: Page, id: string): Promise<void> {
	return page.locator(`[data-item="${id}"] input`).click();
}

function ticked(page: Page): Promise<string[]> {
	return page
		.locator('[data-item] input')
		.evaluateAll((boxes) =>
			boxes.flatMap((box) => (box instanceof HTMLInputElement && box.checked ? [box.name] : [])),
		);
}

async function marks(page: Page): Promise<Record<string, string>> {
	const all = await page
		.locator('[data-item]')
		.evaluateAll((rows) =>
			rows.map((row) => [row.id, row.querySelector('[data-mark]')?.textContent ?? '']),
		);
	return Object.fromEntries(all.filter(([, words]) => words !== ''));
}

async function said(page: Page): Promise<string> {
	return (await page.locator('[data-part="said"]').textContent()) ?? '';
}

async function openTools(page: Page): Promise<void> {
	await page.getByText('Share, print, other runs').click();
}

/** What only a screen reader says. */
async function told(page: Page): Promise<string> {
	return (await page.locator('[data-part="told"]').textContent()) ?? '';
}

function linkOf(page: Page): Promise<string> {
	return page.locator('[data-part="link"]').inputValue();
}

function runNames(page: Page): Promise<string[]> {
	return page.locator('[data-part="run"] option').allTextContents();
}

/** What a screen reader adds to a box's name. */
function descriptionOf(box: Element): string {
	const ids = box.getAttribute('aria-describedby')?.split(' ') ?? [];
	return ids.map((id) => document.getElementById(id)?.textContent ?? '').join(' ');
}

/** How a run is named that began today. */
function todayWords(): string {
	return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long' }).format();
}
