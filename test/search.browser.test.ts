/** The search as people meet it: over every page, on its own page, by keyboard, and without script. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Catalogue } from '#/web/search/catalogue.ts';
import type { TandemSearch } from '#/web/search/element.ts';
import { random } from '../scripts/bench/random.ts';
import { serveFolder } from '../scripts/start/static.ts';
import type { StaticSite } from '../scripts/start/static.ts';
import { launchBrowser, noBrowser, violationsOf } from './browser.ts';
import { buildSite } from './site.ts';

if (noBrowser) console.warn(noBrowser);

const tip = '/tips/no-surprise-promos/';

describe.skipIf(noBrowser)('search', () => {
	let folder: string;
	let browser: Browser;
	let served: StaticSite;
	let page: Page;
	let asked: string[];

	beforeAll(async () => {
		folder = await buildSite('playbook', { TANDEM_NOW: '2026-11-24T08:00:00Z' });
		[browser, served] = await Promise.all([launchBrowser(), serveFolder(folder, 0, 'port')]);
	});
	beforeEach(async () => {
		page = await browser.newPage();
		asked = [];
		page.on('request', (request) => asked.push(new URL(request.url()).pathname));
	});
	afterEach(async () => {
		await page.close();
	});
	afterAll(async () => {
		await browser?.close();
		await served?.close();
	});

	const open = (path: string) => page.goto(served.url + path, { waitUntil: 'networkidle' });
	const field = () => page.getByRole('combobox');
	const options = () => page.getByRole('option');
	/** Opens the dialog as somebody does who has the mouse over the page. */
	const openDialog = async (key = '/'): Promise<void> => {
		await page.mouse.move(200, 400);
		await page.waitForFunction(() => document.querySelector('head > script[type="module"]'));
		await page.waitForLoadState('networkidle');
		await page.keyboard.press(key);
		await field().waitFor();
	};
	const typed = async (text: string, state = 'results'): Promise<void> => {
		await field().fill(text);
		await page.waitForFunction(
			([wanted, words]) =>
				document.querySelector('tandem-find')?.getAttribute('data-state') === wanted &&
				document.querySelector('tandem-find [role="status"]')?.textContent?.includes(words ?? ''),
			[state, text],
		);
	};

	describe('before anybody touches a page', () => {
		test.each([tip, '/', '/search/'])('%s asks for nothing of the search', async (path) => {
			await open(path);
			expect(asked.filter((name) => /pagefind|engine|find\.|keys/.test(name))).toEqual([]);
		});

		test('fetches the keys alone when the pointer is over a page', async () => {
			await open(tip);
			await page.mouse.move(200, 400);
			await page.waitForLoadState('networkidle');
			expect(asked.filter((name) => /pagefind|engine|find\./.test(name))).toEqual([]);
		});
	});

	describe('the dialog', () => {
		test.each(['/', 'Control+k', 'Meta+k'])(
			'opens by %s, and gives the focus back',
			async (key) => {
				await open(tip);
				await openDialog(key);
				expect(await field().evaluate((node) => node === document.activeElement)).toBe(true);
				await page.keyboard.press('Escape');
				expect(
					await page.locator('dialog.find').evaluate((node) => node.hasAttribute('open')),
				).toBe(false);
			},
		);

		test('takes over what was typed into the field of the page', async () => {
			await open(tip);
			const box = page.getByRole('searchbox', { name: 'Search the playbook' });
			await box.focus();
			await box.pressSequentially('pipe', { delay: 40 });
			await field().waitFor();
			await page.waitForFunction(
				() => document.querySelector<HTMLInputElement>('#find-field')?.value === 'pipe',
			);
			await page.keyboard.press('Escape');
			expect(await box.inputValue()).toBe('pipe');
			expect(await box.evaluate((node) => node === document.activeElement)).toBe(true);
		});

		test('leaves a slash alone that is typed into a field', async () => {
			await open('/');
			await page.mouse.move(200, 700);
			await page.waitForFunction(() => document.querySelector('head > script[type="module"]'));
			await page.evaluate(() => {
				const other = document.createElement('input');
				other.id = 'other';
				document.querySelector('main')?.append(other);
			});
			await page.locator('#other').press('/');
			expect(await page.locator('#other').inputValue()).toBe('/');
			expect(await page.locator('dialog.find').count()).toBe(0);
		});

		test('walks with arrows, Home and End, and Enter opens what is chosen', async () => {
			await open(tip);
			await openDialog();
			await typed('lead');
			const chosen = () =>
				field().evaluate((node) => {
					const id = node.getAttribute('aria-activedescendant') ?? '';
					return [...document.querySelectorAll('[role="option"]')].findIndex(
						(option) => option.id === id && option.getAttribute('aria-selected') === 'true',
					);
				});
			const last = (await options().count()) - 1;
			const places: number[] = [await chosen()];
			for (const key of ['ArrowDown', 'ArrowDown', 'End', 'ArrowDown', 'ArrowUp', 'Home']) {
				await page.keyboard.press(key);
				places.push(await chosen());
			}
			expect(places).toEqual([-1, 0, 1, last, 0, last, 0]);
			await page.keyboard.press('Enter');
			await page.waitForURL(`${served.url}/terms/lead/**`);
			expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Lead');
		});

		test('opens the search page by Enter where nothing is chosen', async () => {
			await open(tip);
			await openDialog();
			await typed('hand-off');
			await page.keyboard.press('Enter');
			await page.waitForURL('**/search/?q=hand-off');
			await page.getByText(/results for “hand-off”/).waitFor();
			expect(await page.locator('.result a').first().innerText()).toBe('Hand-off');
		});

		test('says why each result was found, of what kind it is and how long it takes', async () => {
			await open(tip);
			await openDialog();
			await typed('funnel');
			const first = await options().first().innerText();
			expect(first).toContain('Pipeline');
			expect(first).toContain('Term');
			expect(first).toContain('Also known as funnel');
			await typed('no promo without a briefing');
			expect(await options().first().innerText()).toMatch(/Tip\s+20 min\s+checked/);
		});

		test('opens a section that matched, and marks its words', async () => {
			await open(tip);
			await openDialog();
			const found = catalogueOf(folder).pages.flatMap(({ path, headings, title }) =>
				title.includes('Guide') ? [] : (headings ?? []).map((heading) => ({ path, ...heading })),
			);
			const heading = found.find(({ path }) => path.startsWith('/issues/'));
			await typed(heading?.text ?? '');
			const address = await options()
				.filter({ hasText: `Section: ${heading?.text}` })
				.first()
				.getAttribute('data-href');
			expect(address).toContain(`${heading?.path}#${heading?.id}:~:text=`);
			expect(decodeURIComponent(address ?? '')).toContain(heading?.text);
		});

		test('corrects a slip, says so, and takes it back', async () => {
			await open(tip);
			await openDialog();
			await typed('promotoin');
			expect(await page.getByText('Showing results for “promotion”.').count()).toBe(1);
			await page.getByRole('button', { name: 'Search instead for “promotoin”' }).click();
			await page.getByText('Nothing found for “promotoin”.').waitFor();
			expect(await options().count()).toBe(0);
		});

		test('is no dead end where nothing is found', async () => {
			await open(tip);
			await openDialog();
			await typed('pipelinxqzv', 'none');
			expect(await page.getByText('Nearest words in the glossary').innerText()).toContain(
				'Pipeline',
			);
			const ask = page.getByRole('link', { name: 'Ask the editor' });
			expect(decodeURIComponent((await ask.getAttribute('href')) ?? '')).toContain(
				'I looked for “pipelinxqzv”',
			);
			expect(await page.getByRole('link', { name: 'Look through the lists' }).count()).toBe(1);
		});

		test('reads as a combobox with its results', async () => {
			await open(tip);
			await openDialog();
			await typed('message house');
			await page.keyboard.press('ArrowDown');
			const tree = await page.getByRole('dialog').ariaSnapshot();
			const [first] = tree.split(/\n(?=\s+- option)/).slice(1);
			expect(tree.slice(0, tree.indexOf('- option')).trim()).toMatchInlineSnapshot(`
				"- dialog "What is happening? Say it in your own words.":
				  - text: What is happening? Say it in your own words.
				  - button "Close"
				  - combobox "What is happening? Say it in your own words." [expanded]: message house
				  - status: 4 results for “message house”.
				  - listbox "Results":"
			`);
			expect(first?.trim()).toMatchInlineSnapshot(`
				"- option "Message house Term checked One page with a promise, the few reasons to believe it, and proof for each. Found by its title." [selected]:
				      - paragraph:
				        - mark: Message
				        - mark: house
				      - paragraph: Term checked
				      - paragraph:
				        - text: One page with a
				        - mark: promise
				        - text: ", the few reasons to believe it, and proof for each."
				      - paragraph: Found by its title."
			`);
		});

		test.each(['light', 'dark'] as const)(
			'has no violation in any of its states, %s',
			async (scheme) => {
				await page.emulateMedia({ colorScheme: scheme });
				await open(tip);
				const found: string[] = [];
				const look = async (state: string): Promise<void> => {
					for (const line of await violationsOf(page)) found.push(`${state}: ${line}`);
				};
				await look('closed');
				await openDialog();
				await look('open, empty');
				await typed('lead');
				await page.keyboard.press('ArrowDown');
				await look('results');
				await typed('promotoin');
				await look('corrected');
				await typed('zzqqxwv', 'none');
				await look('nothing found');
				expect(found).toEqual([]);
			},
		);
	});

	describe('the search page', () => {
		const status = () => page.locator('tandem-search [role="status"]');

		test('narrows by keyboard alone, says so, and keeps it in the address', async () => {
			await open('/search/');
			await page.keyboard.press('/');
			await page.keyboard.type('lead');
			await page.getByText(/results for “lead”\./).waitFor();
			await page.locator('summary').first().focus();
			await page.keyboard.press('Enter');
			await page.keyboard.press('Tab');
			await page.keyboard.press('Space');
			await page.getByText(/^\d+ of \d+ results for “lead”\.$/).waitFor();
			expect(page.url()).toBe(`${served.url}/search/?q=lead&kind=tip`);
			expect(new Set(await page.locator('.result [data-show="kind"]').allInnerTexts())).toEqual(
				new Set(['Tip']),
			);
			const narrowed = await status().innerText();
			await page.goBack();
			await page.waitForFunction(
				(before) => document.querySelector('tandem-search [role="status"]')?.textContent !== before,
				narrowed,
			);
			expect(page.url()).toBe(`${served.url}/search/?q=lead`);
			await page.goForward();
			await page.getByText(narrowed, { exact: true }).waitFor();
		});

		test('shows what an address says', async () => {
			await open('/search/?kind=term&kind=checklist&topic=handoff');
			await status()
				.getByText(/results?\.$/)
				.waitFor();
			const shown = await page
				.locator('[data-part="list"] a')
				.evaluateAll((links) => links.map((link) => link.getAttribute('href')));
			const wanted = catalogueOf(folder).pages.filter(
				({ filters }) =>
					['term', 'checklist'].includes(filters['kind']?.[0] ?? '') &&
					filters['topic']?.includes('handoff'),
			);
			expect(new Set(shown)).toEqual(new Set(wanted.map(({ path }) => path)));
			expect(shown.length).toBeGreaterThan(2);
		});

		test('counts in each facet what brute force counts, over 300 random states', async () => {
			await open('/search/');
			const { pages } = catalogueOf(folder);
			const luck = random(20261124);
			const texts = ['', 'lead', 'promo', 'both teams argue', 'promotoin', 'price', 'meeting'];
			const names = ['kind', 'topic', 'function', 'stage', 'minutes', 'together', 'freshness'];
			const valuesOf = (name: string): string[] => [
				...new Set(pages.flatMap(({ filters }) => filters[name] ?? [])),
			];
			const states = Array.from({ length: 300 }, () => ({
				text: luck.one(texts),
				filters: Object.fromEntries(
					names
						.filter(() => luck.next() < 0.35)
						.map((name) => [name, valuesOf(name).filter(() => luck.next() < 0.5)]),
				),
			}));
			const answers = await page.evaluate(async (states) => {
				// The search page holds exactly this element.
				const search = document.querySelector('tandem-search') as TandemSearch;
				const answers = [];
				for (const { text, filters } of states) {
					const all = await search.ask(text);
					const { results, counts } = await search.ask(text, filters);
					answers.push({
						all: all.results.map(({ page }) => page.path),
						shown: results.map(({ page }) => page.path),
						counts,
					});
				}
				return answers;
			}, states);
			let counted = 0;
			for (const [index, { filters }] of states.entries()) {
				const answer = answers[index];
				const base = pages.filter(({ path }) => answer?.all.includes(path));
				const passing = (chosen: Record<string, string[]>): string[] =>
					base
						.filter((one) =>
							names.every((name) => {
								const wanted = chosen[name] ?? [];
								return wanted.length === 0 || wanted.some((v) => one.filters[name]?.includes(v));
							}),
						)
						.map(({ path }) => path);
				expect(answer?.shown.toSorted()).toEqual(passing(filters).toSorted());
				for (const name of names) {
					for (const value of valuesOf(name)) {
						const given = Object.entries(answer?.counts ?? {}).find(([key]) => key === name)?.[1];
						expect(given?.[value] ?? 0).toBe(passing({ ...filters, [name]: [value] }).length);
						counted += 1;
					}
				}
			}
			expect(counted).toBeGreaterThan(9000);
		});

		test('writes the counts beside the choices', async () => {
			await open('/search/?q=lead&kind=tip');
			await page.getByText(/results for “lead”/).waitFor();
			const shown = await page.locator('.result').count();
			await page.getByText('Kind', { exact: false }).first().click();
			const label = page.locator('[data-facet="kind"] label', { hasText: 'Tip' });
			expect(await label.innerText()).toMatch(new RegExp(`^Tip\\s+\\(${shown}\\)$`));
		});

		test('takes a correction back, and the address remembers', async () => {
			await open('/search/?q=promotoin');
			await page.getByRole('button', { name: 'Search instead for “promotoin”' }).click();
			await page.getByText('Nothing found for “promotoin”.').waitFor();
			expect(page.url()).toContain('q=promotoin&exact');
			await page.reload();
			await page.getByText('Nothing found for “promotoin”.').waitFor();
			expect(await page.getByRole('heading', { name: 'Look through the lists' }).isVisible()).toBe(
				true,
			);
		});

		test.each(['light', 'dark'] as const)('has no violation in its states, %s', async (scheme) => {
			await page.emulateMedia({ colorScheme: scheme });
			const found: string[] = [];
			for (const path of ['?q=lead', '?q=promotoin', '?q=zzqqxwv', '?q=lead&kind=person']) {
				await open(`/search/${path}`);
				await status().getByText(/./).waitFor();
				await page.locator('summary').first().click();
				for (const line of await violationsOf(page)) found.push(`${path}: ${line}`);
			}
			expect(found).toEqual([]);
		});
	});

	describe('without script', () => {
		test('leads from the form to a page whose lists lead everywhere', async () => {
			const plain = await browser.newPage({ javaScriptEnabled: false });
			await plain.goto(served.url + tip);
			await plain.getByRole('searchbox').fill('lead');
			await plain.keyboard.press('Enter');
			await plain.waitForURL('**/search/?q=lead');
			await plain.waitForLoadState('networkidle');
			// Playwright's own search for texts leaves this element out.
			expect(await plain.locator('noscript p').isVisible()).toBe(true);
			await plain.getByRole('link', { name: 'Up to 10 min' }).focus();
			await plain.keyboard.press('Enter');
			await plain.waitForURL('**/search/by/minutes/10/');
			expect(await plain.getByRole('heading', { level: 1 }).innerText()).toBe('Up to 10 min');
			await plain.close();
		});

		test('lists in each static page what the search finds under its value', async () => {
			const { pages } = catalogueOf(folder);
			const html = readFileSync(join(folder, 'search/index.html'), 'utf8');
			const lists = [...html.matchAll(/href="\/search\/by\/([a-z]+)\/([a-z0-9]+)\/"/g)];
			for (const [, name = '', value = ''] of lists) {
				const list = readFileSync(join(folder, 'search/by', name, value, 'index.html'), 'utf8');
				const main = list.slice(list.indexOf('<main'), list.indexOf('</main>'));
				const listed = [...main.matchAll(/class="name[^"]*"[^>]*>\s*<a href="([^"]+)"/g)].map(
					([, path]) => path,
				);
				const found = pages.filter(({ filters }) => filters[name]?.includes(value));
				expect(new Set(listed), `${name}: ${value}`).toEqual(
					new Set(found.map(({ path }) => path)),
				);
			}
			expect(lists.length).toBeGreaterThan(10);
		});
	});
});

function catalogueOf(folder: string): Catalogue {
	// Our own build wrote it.
	return JSON.parse(readFileSync(join(folder, 'pagefind/catalogue.json'), 'utf8')) as Catalogue;
}
