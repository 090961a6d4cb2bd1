/** Answering and comparing as people do it: what they see, what they can reach, what stays hidden. */
import { readFileSync } from 'node:fs';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { disclose } from '#/alignment/disclosure.ts';
import { readPaste } from '#/alignment/paste.ts';
import { keysOf } from '#/alignment/question-set.ts';
import type { QuestionSet } from '#/alignment/question-set.ts';
import { writeResult } from '#/alignment/result.ts';
import type { Round } from '#/alignment/round.ts';
import { writeWave } from '#/alignment/wave.ts';
import type { Wave } from '#/alignment/wave.ts';
import { serveFolder } from '../scripts/start/static.ts';
import type { StaticSite } from '../scripts/start/static.ts';
import { closed, codesOf, open, setOf, twoTeams, watchRequests } from './alignment-lab.ts';
import { launchBrowser, noBrowser, violationsOf } from './browser.ts';
import { buildSite } from './site.ts';

if (noBrowser) console.warn(noBrowser);

const now = '2026-11-24T08:00:00Z';
const check = '/questions/alignment-check/';

describe.skipIf(noBrowser)('the alignment check', () => {
	let browser: Browser;
	let playbook: StaticSite;
	let newsletter: StaticSite;

	beforeAll(async () => {
		const staff = await buildSite('playbook', { TANDEM_NOW: now, TANDEM_SEARCH: 'off' });
		const reader = await buildSite('newsletter', { TANDEM_NOW: now });
		[browser, playbook, newsletter] = await Promise.all([
			launchBrowser(),
			serveFolder(staff, 0, 'port'),
			serveFolder(reader, 0, 'port'),
		]);
	});
	afterAll(async () => {
		await browser?.close();
		await playbook?.close();
		await newsletter?.close();
	});

	describe('asks nothing of anybody', () => {
		test.each([
			['playbook', check],
			['newsletter', '/questions/push-pull/'],
		] as const)(
			'%s: no request leaves while a person answers, or a team compares',
			async (site, set) => {
				const { url } = site === 'playbook' ? playbook : newsletter;
				const page = await newPage(browser);
				await page.goto(`${url}${set}answer/#r=K7&m=closed`, { waitUntil: 'networkidle' });
				const requests = watchRequests(page);
				await answerAll(page);
				await page.getByRole('button', { name: 'Copy the code' }).click();
				await page.getByRole('button', { name: 'Clear all my answers' }).click();
				expect(requests).toEqual([]);

				await page.goto(`${url}${set}compare/#r=K7&m=closed`, { waitUntil: 'networkidle' });
				requests.length = 0;
				const questions = await setOf(page);
				await paste(page, twoTeams(questions, closed, 8, 8));
				await show(page);
				await page.getByRole('button', { name: 'As tables' }).click();
				await page.locator('[data-pick]').first().check();
				for (const name of ['Markdown', 'Table (CSV)', 'Calendar file', 'Save the result']) {
					await fileOf(page, name);
				}
				await page.getByRole('button', { name: 'Show it on a screen' }).click();
				for (let press = 0; press < 6; press += 1) await page.keyboard.press('ArrowRight');
				await page.keyboard.press('Escape');
				await page.getByRole('button', { name: 'Clear everything' }).click();
				expect(requests).toEqual([]);
				await page.context().close();
			},
		);

		test('the policy stops a request that a fault or a stranger would make', async () => {
			const page = await newPage(browser);
			for (const kind of ['answer', 'compare']) {
				await page.goto(`${playbook.url}${check}${kind}/#r=K7&m=closed`, {
					waitUntil: 'networkidle',
				});
				const stopped = await page.evaluate(async () => {
					const violated: string[] = [];
					document.addEventListener('securitypolicyviolation', (event) =>
						violated.push(event.effectiveDirective),
					);
					await fetch('/favicon.svg').catch(() => undefined);
					navigator.sendBeacon('/x');
					const picture = new Image();
					picture.src = 'http://127.0.0.1:9/x.png';
					const script = document.createElement('script');
					script.textContent = 'window.ran = true';
					document.head.append(script);
					const form = document.createElement('form');
					form.action = '/search/';
					document.body.append(form);
					form.submit();
					await new Promise((resolve) => setTimeout(resolve, 300));
					return { violated: [...new Set(violated)].toSorted(), ran: 'ran' in window };
				});
				expect(stopped).toEqual({
					violated: ['connect-src', 'form-action', 'img-src', 'script-src-elem'],
					ran: false,
				});
			}
			await page.context().close();
		});

		test('the pages break no rule of their own policy', async () => {
			const page = await newPage(browser);
			const errors: string[] = [];
			page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
			page.on('pageerror', (error) => errors.push(error.message));
			for (const site of [playbook, newsletter]) {
				for (const kind of ['answer', 'compare']) {
					await page.goto(`${site.url}/questions/push-pull/${kind}/`, { waitUntil: 'networkidle' });
				}
			}
			await compareTeams(page, playbook.url, 8, 8);
			await page.getByRole('button', { name: 'Show it on a screen' }).click();
			expect(errors).toEqual([]);
			await page.context().close();
		});
	});

	describe('a team of three in a closed round', () => {
		test('shows its size and nothing else: page, print, store, address, files', async () => {
			const page = await newPage(browser);
			const codes = await compareTeams(page, playbook.url, 3, 5, false);
			await expectNothingShown(page, codes);
			expect(await page.locator('[data-part="show-status"]').textContent()).toBe(
				'Nothing is shown yet: sales 3, marketing 5; at least 4 each.',
			);
			await page.emulateMedia({ media: 'print' });
			await expectNothingShown(page, codes);
			const printed = await page.locator('tandem-compare').innerText();
			expect(printed).not.toMatch(/never|rarely|sometimes|gap|steps/i);
			await page.emulateMedia({ media: 'screen' });
			for (const name of [
				'Markdown',
				'Table (CSV)',
				'Calendar file',
				'Save the result',
				'Show it on a screen',
			]) {
				expect(await page.getByRole('button', { name }).isVisible(), name).toBe(false);
				// A button that is out of sight can still be pressed by a script.
				const pressed = page.waitForEvent('download', { timeout: 300 }).catch(() => 'nothing');
				await page.locator('button', { hasText: name }).evaluate((button) => {
					if (button instanceof HTMLElement) button.click();
				});
				expect(await pressed, name).toBe('nothing');
			}
			expect(await page.locator('dialog[open]').count()).toBe(0);
			await page.context().close();
		});

		test('is not carried over the bound by "Count both" or by the same codes again', async () => {
			const page = await newPage(browser);
			const codes = await compareTeams(page, playbook.url, 3, 5, false);
			await paste(page, codes);
			const both = page.getByRole('button', { name: 'Count both' });
			expect(await both.count()).toBe(8);
			for (let press = 0; press < 8; press += 1) await both.first().click();
			expect(await page.locator('[data-part="collected"]').textContent()).toContain('sales 6,');
			await page.getByRole('button', { name: 'Show the result' }).click();
			await expectNothingShown(page, codes);
			await page.context().close();
		});

		test('is not shown by a page that is told the round is open', async () => {
			const page = await newPage(browser);
			await page.goto(`${playbook.url}${check}compare/#r=K7&m=open`);
			const codes = twoTeams(await setOf(page), closed, 3, 5);
			await paste(page, codes);
			expect(await page.locator('[data-part="notes"] li').allTextContents()).toEqual(
				codes.map(
					(_, index) => `Line ${index + 1}: This code was promised 'no names'; this page is open.`,
				),
			);
			await page.getByRole('button', { name: 'Show the result' }).click();
			await expectNothingShown(page, codes);
			await page.context().close();
		});

		test('is not shown by a link or a file that somebody made by hand', async () => {
			const page = await newPage(browser);
			await page.goto(`${playbook.url}${check}compare/`);
			const set = await setOf(page);
			const wave = handMade(set, 3, 5);
			const link = `${playbook.url}${check}compare/#r=K7&m=closed&w=${writeResult(wave, set)}`;
			await page.goto('about:blank');
			await page.goto(link);
			expect(await page.locator('[data-part="wave-status"]').textContent()).toBe(
				'This result has too few people to be shown.',
			);
			await expectNothingShown(page, []);
			expect(new URL(page.url()).hash).toBe('#r=K7&m=closed');
			const status = page.locator('[data-part="wave-status"]');
			await status.evaluate((element) => element.replaceChildren());
			await page.locator('[data-part="wave-file"]').setInputFiles({
				name: 'wave.json',
				mimeType: 'application/json',
				buffer: Buffer.from(JSON.stringify(wave)),
			});
			await expect
				.poll(() => status.textContent())
				.toBe('This result has too few people to be shown.');
			await expectNothingShown(page, []);
			await page.context().close();
		});

		test('a late answer cannot be read from the difference of two views', async () => {
			const page = await newPage(browser);
			await compareTeams(page, playbook.url, 4, 4);
			const set = await setOf(page);
			const before = await page.locator('[data-part="items"]').innerHTML();
			const link = await page.locator('[data-part="result-link"]').inputValue();
			const saved = await fileOf(page, 'Save the result');
			for (const late of [1, 2, 3]) {
				await paste(
					page,
					codesOf(set, closed, 'sales', late, () => 5, 'lead'),
				);
				await show(page);
				expect(await page.locator('[data-part="items"]').innerHTML()).toBe(before);
				expect(await page.locator('[data-part="result-link"]').inputValue()).toBe(link);
				expect((await fileOf(page, 'Save the result')).text).toBe(saved.text);
				expect(await page.locator('[data-part="summary"]').innerText()).toContain(
					`${late} more of sales answered later.`,
				);
			}
			// The earlier state of the same round is not set beside it.
			await page.locator('[data-part="wave-file"]').setInputFiles({
				name: saved.name,
				mimeType: 'application/json',
				buffer: Buffer.from(saved.text),
			});
			await expect
				.poll(() => page.locator('[data-part="wave-status"]').textContent())
				.toBe('This result is an earlier state of the round on this page.');
			// Nor does a finished result take in one more code.
			await page.goto('about:blank');
			await page.goto(link);
			await drawn(page);
			const alone = await page.locator('[data-part="items"]').innerHTML();
			await paste(
				page,
				codesOf(set, closed, 'sales', 1, () => 5, 'lead'),
			);
			await page.getByRole('button', { name: 'Show the result' }).click();
			expect(await page.locator('[data-part="items"]').innerHTML()).toBe(alone);
			expect(await page.locator('[data-part="notes"]').innerText()).toContain(
				'Clear everything before',
			);
			await page.context().close();
		});
	});

	describe('answering', () => {
		test('is done by keyboard alone, and ends with a code that the comparing page takes', async () => {
			const page = await newPage(browser);
			await page.goto(`${playbook.url}${check}answer/#r=K7&m=closed`);
			await tabTo(page, 'input[name="team"]');
			await page.keyboard.press('ArrowDown');
			await page.keyboard.press('Enter');
			for (const key of ['1', '2', '3', '4', '5', '0', '1', '2', '3', '4', '5', '0']) {
				await page.keyboard.press(key);
				await page.keyboard.press('Enter');
			}
			expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Your code');
			const code = await page.locator('[data-part="code-field"]').inputValue();
			expect(code).toMatch(/^TB[0-9A-Z]{18}$/);
			const set = await setOf(page);
			const read = readPaste(code, { keys: keysOf(set), ...closed }, []);
			expect(read.people).toMatchObject([
				{ team: 'marketing', level: 'member', answers: [1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5, 0] },
			]);
			await page.context().close();
		});

		test('goes on where it was left, in this browser only, until it is cleared', async () => {
			const context = await browser.newContext();
			const page = await context.newPage();
			const address = `${playbook.url}${check}answer/#r=K7&m=closed`;
			await page.goto(address);
			await page.getByLabel('Sales').check();
			await page.getByRole('button', { name: 'Next' }).click();
			for (const key of ['4', '2', '0']) {
				await page.keyboard.press(key);
				await page.keyboard.press('Enter');
			}
			await page.close();
			const again = await context.newPage();
			await again.goto(address);
			expect(await again.locator('[data-part="progress"]').textContent()).toBe('3 of 12 answered');
			await again.getByRole('button', { name: 'Next' }).click();
			expect(await again.locator('[data-step="4"]').isVisible()).toBe(true);
			expect(await again.evaluate(() => Object.keys(localStorage))).toEqual([
				'tandem-answers:alignment-check',
			]);
			await again.getByRole('button', { name: 'Clear all my answers' }).click();
			expect(await again.evaluate(() => [localStorage.length, sessionStorage.length])).toEqual([
				0, 0,
			]);
			expect(await again.locator('[data-part="progress"]').textContent()).toBe('0 of 12 answered');
			expect(await again.locator('[data-part="form"] input:checked').count()).toBe(0);
			expect(await context.cookies()).toEqual([]);
			await context.close();
		});

		test('a tap goes on, and all questions fit on one page as well', async () => {
			const page = await newPage(browser, {
				hasTouch: true,
				viewport: { width: 390, height: 844 },
			});
			await page.goto(`${playbook.url}${check}answer/#r=K7&m=closed`);
			await page.getByText('Marketing', { exact: true }).tap();
			await page.getByRole('button', { name: 'Next' }).tap();
			await page.locator('[data-step="1"]').getByText('rarely').tap();
			await page.locator('[data-step="2"]').waitFor({ state: 'visible' });
			await page.getByRole('button', { name: 'All on one page' }).tap();
			expect(await page.locator('.step:visible').count()).toBe(14);
			const small = await page
				.locator('.step :is(.choices label, .lead-team)')
				.evaluateAll((labels) =>
					labels
						.filter((label) => label.getBoundingClientRect().height < 44)
						.map(({ textContent }) => textContent),
				);
			expect(small).toEqual([]);
			await page.context().close();
		});

		test('without a round it offers to open one, and says which link to send', async () => {
			const page = await newPage(browser);
			await page.goto(`${newsletter.url}/questions/push-pull/answer/`);
			expect(await page.locator('[data-part="form"]').getAttribute('inert')).not.toBeNull();
			await page.getByRole('button', { name: 'Open a round' }).click();
			const link = await page.locator('[data-part="opened-link"]').inputValue();
			expect(link).toMatch(/\/questions\/push-pull\/answer\/#r=[0-9A-Z]{2}&m=closed$/);
			expect(page.url()).toBe(link);
			expect(await page.locator('.privacy').innerText()).toContain('is closed: no names.');
			await page.context().close();
		});

		test('without script the questions are there to be read', async () => {
			const page = await newPage(browser, { javaScriptEnabled: false });
			await page.goto(`${newsletter.url}/questions/push-pull/answer/`);
			const text = await page.locator('main').innerText();
			expect(text).toContain('Answering needs JavaScript');
			expect(text).toContain('Which stroke carried us?');
			expect(text).toContain('clearly A');
			expect(await page.locator('main input:visible').count()).toBe(0);
			await page.goto(`${newsletter.url}/questions/push-pull/compare/`);
			expect(await page.locator('main').innerText()).toContain('Comparing needs JavaScript');
			await page.context().close();
		});
	});

	describe('comparing', () => {
		test('is done by keyboard alone', async () => {
			const page = await newPage(browser);
			await page.goto(`${playbook.url}${check}compare/#r=K7&m=closed`);
			await tabTo(page, 'textarea');
			await page.keyboard.insertText(twoTeams(await setOf(page), closed, 4, 4).join('\n'));
			await tabTo(page, '[data-part="paste"] button');
			await page.keyboard.press('Enter');
			await tabTo(page, '[data-part="show"]');
			await page.keyboard.press('Enter');
			expect(await page.evaluate(() => document.activeElement?.id)).toBe('result');
			await tabTo(page, '[data-pick]');
			await page.keyboard.press('Space');
			await tabTo(page, '[data-field$=" owner"]');
			await page.keyboard.type('Ada');
			await tabTo(page, '[data-part="markdown"]');
			const [download] = await Promise.all([
				page.waitForEvent('download'),
				page.keyboard.press('Enter'),
			]);
			expect(readFileSync(await download.path(), 'utf8')).toContain('(Ada)');
			await page.context().close();
		});

		test('names dots and verdicts for a screen reader', async () => {
			const page = await newPage(browser);
			await compareTeams(page, playbook.url, 8, 8);
			const first = page.locator('.item').first();
			expect(await first.ariaSnapshot()).toMatchInlineSnapshot(`
				"- listitem:
				  - heading "1 Sales and marketing used the same written rule for when a lead is ready for a sales talk." [level=4]
				  - 'img "Sales: 1 never, 5 rarely, 2 sometimes."'
				  - 'img "Marketing: 1 sometimes, 5 usually, 2 always."'
				  - paragraph: The teams see this differently.
				  - paragraph: Sales answers 2.0 steps lower.
				  - paragraph:
				    - text: "What to open:"
				    - link "One word, one meaning":
				      - /url: /tips/one-word-one-meaning/
				    - 'checkbox "Put it in the plan: question 1"'
				    - text: Put it in the plan"
			`);
			await page.getByRole('button', { name: 'As tables' }).click();
			expect(await first.getByRole('table').ariaSnapshot()).toMatchInlineSnapshot(`
				"- table "Answers to question 1":
				  - caption: Answers to question 1
				  - rowgroup:
				    - row "Answer Sales Marketing":
				      - columnheader "Answer"
				      - columnheader "Sales"
				      - columnheader "Marketing"
				  - rowgroup:
				    - row "never 1 0":
				      - rowheader "never"
				      - cell "1"
				      - cell "0"
				    - row "rarely 5 0":
				      - rowheader "rarely"
				      - cell "5"
				      - cell "0"
				    - row "sometimes 2 1":
				      - rowheader "sometimes"
				      - cell "2"
				      - cell "1"
				    - row "usually 0 5":
				      - rowheader "usually"
				      - cell "0"
				      - cell "5"
				    - row "always 0 2":
				      - rowheader "always"
				      - cell "0"
				      - cell "2"
				    - row "I don't know 0 0":
				      - rowheader "I don't know"
				      - cell "0"
				      - cell "0""
			`);
			await page.context().close();
		});

		test('is whole on paper, whenever it is printed', async () => {
			const page = await newPage(browser);
			await compareTeams(page, playbook.url, 8, 8);
			const counts = await page.evaluate(() => {
				const count = (): number => document.querySelectorAll('.item').length;
				document.querySelector<HTMLElement>('[data-part="as-table"]')?.click();
				const shown = count();
				dispatchEvent(new Event('beforeprint'));
				return { shown, printed: count() };
			});
			expect(counts.shown).toBeLessThan(12);
			expect(counts.printed).toBe(12);
			await page.context().close();
		});

		test('draws one dot for each answer, larger in forced colours than nothing', async () => {
			const page = await newPage(browser, { forcedColors: 'active' });
			await compareTeams(page, playbook.url, 8, 8);
			const lanes = await page
				.locator('.item .lane')
				.evaluateAll((all) => all.map((lane) => lane.querySelectorAll('i').length));
			expect(lanes.reduce((sum, dots) => sum + dots, 0)).toBe(2 * 8 * 12 - 2);
			const colours = await page
				.locator('.spots i')
				.first()
				.evaluate((dot) => {
					const { borderTopColor } = getComputedStyle(dot);
					return {
						dot: borderTopColor,
						ground: getComputedStyle(document.body).backgroundColor,
						size: dot.getBoundingClientRect().width,
					};
				});
			expect(colours.dot).not.toBe(colours.ground);
			expect(colours.size).toBeGreaterThan(8);
			await page.context().close();
		});

		test('shows plan, files and a second wave', async () => {
			const page = await newPage(browser);
			await compareTeams(page, playbook.url, 8, 8);
			await page.locator('[name="sales"]').fill('9');
			await page.locator('[name="sales"]').press('Tab');
			expect(await page.locator('[data-part="summary"]').innerText()).toContain(
				'Sales: 8 of 9 answered.',
			);
			await page.locator('[data-pick="ac01-rule"]').check();
			await page.locator('[data-field="ac01-rule-30 owner"]').fill('Ada');
			await page.locator('[data-pick="ac03-answer"]').check();
			expect(await page.locator('[data-field="ac01-rule-30 owner"]').inputValue()).toBe('Ada');
			expect((await fileOf(page, 'Markdown')).text).toContain(
				'(Ada): [Do it: One word, one meaning](https://playbook.larkfield.example/tips/one-word-one-meaning/)',
			);
			expect((await fileOf(page, 'Table (CSV)')).text.split('\r\n')).toHaveLength(7);
			expect((await fileOf(page, 'Calendar file')).text.match(/BEGIN:VEVENT/g)).toHaveLength(5);
			const saved = await fileOf(page, 'Save the result');
			expect(JSON.parse(saved.text)).toMatchObject({
				format: 'tandem-wave',
				invited: { sales: 9, marketing: null },
				picked: { play: 'tip/one-word-one-meaning', done: false },
			});

			await page.getByRole('button', { name: 'Clear everything' }).click();
			expect(await page.locator('.item').count()).toBe(0);
			expect(new URL(page.url()).hash).toBe('');
			const next: Round = { round: 'M2', mode: 'closed' };
			await paste(page, twoTeams(await setOf(page), next, 5, 5));
			expect(new URL(page.url()).hash).toBe('#r=M2&m=closed');
			await show(page);
			await page.locator('[data-part="wave-file"]').setInputFiles({
				name: saved.name,
				mimeType: 'application/json',
				buffer: Buffer.from(saved.text),
			});
			await page.locator('[data-part="was-done"] [value="yes"]').check();
			expect(await page.locator('[data-part="summary"]').innerText()).toContain(
				'Picked last time: One word, one meaning. Done: yes.',
			);
			const item = page.locator('.item', { hasText: 'same written rule' });
			expect(
				await item
					.getByRole('img')
					.evaluateAll((all) => all.map((lane) => lane.ariaLabel?.split(':')[0])),
			).toEqual(['Sales', 'Sales, last time', 'Marketing', 'Marketing, last time']);
			await page.context().close();
		});

		test('an open round is shown at any size, and its link brings everybody back', async () => {
			const page = await newPage(browser);
			await page.goto(`${playbook.url}${check}compare/#r=K7&m=open`);
			await paste(page, twoTeams(await setOf(page), open, 1, 1));
			await show(page);
			expect(await page.locator('.headline').textContent()).toBe(
				'12 questions: too few answers for a verdict.',
			);
			const link = await page.locator('[data-part="people-link"]').inputValue();
			const shown = await page.locator('[data-part="items"]').innerHTML();
			await page.goto('about:blank');
			await page.goto(link);
			await drawn(page);
			expect(await page.locator('[data-part="items"]').innerHTML()).toBe(shown);
			// What the link held is not left in the address, nor in the history.
			expect(new URL(page.url()).hash).toBe('#r=K7&m=open');
			await page.context().close();
		});
	});

	describe('the screen for a room', () => {
		test('reveals question by question, by keys, in letters of 28 px at least', async () => {
			const page = await newPage(browser, { viewport: { width: 1280, height: 720 } });
			await page.clock.install({ time: 0 });
			await compareTeams(page, playbook.url, 8, 8);
			await page.clock.pauseAt(60_000);
			await page.getByRole('button', { name: 'Show it on a screen' }).click();
			const dialog = page.getByRole('dialog');
			expect(await dialog.locator('.dots').count()).toBe(0);
			await page.keyboard.press('ArrowRight');
			expect(await dialog.locator('.dots').count()).toBe(1);
			expect(await dialog.getByRole('status').textContent()).toContain(
				'The teams see this differently.',
			);
			expect(await smallestText(page)).toBeGreaterThanOrEqual(28);
			await page.keyboard.press('PageDown');
			expect(await dialog.locator('[data-part="at"]').textContent()).toBe('2 of 12');
			expect(await dialog.locator('.dots').count()).toBe(0);
			await page.keyboard.press('ArrowLeft');
			expect(await dialog.locator('.dots').count()).toBe(1);

			const timer = dialog.getByRole('timer');
			expect(await timer.textContent()).toBe('3:00');
			await page.keyboard.press('t');
			await page.clock.runFor(61_500);
			expect(await timer.textContent()).toBe('1:59');
			await page.keyboard.press('t');
			await page.clock.runFor(60_000);
			expect(await timer.textContent()).toBe('1:59');
			await dialog.getByRole('button', { name: '−1 min' }).click();
			await page.keyboard.press('t');
			await page.clock.runFor(121_500);
			expect(await timer.textContent()).toBe('0:00');
			expect(await dialog.getByRole('status').textContent()).toBe('Time is up.');
			await page.keyboard.press('Escape');
			expect(await page.locator('dialog[open]').count()).toBe(0);
			await page.context().close();
		});

		test('shows cards to talk about, which also print without script', async () => {
			const page = await newPage(browser, { viewport: { width: 1280, height: 720 } });
			await page.goto(`${playbook.url}/questions/promo-retro/cards/`);
			await page.getByRole('button', { name: 'Show them on a screen' }).click();
			for (let press = 0; press < 9; press += 1) await page.keyboard.press('ArrowRight');
			expect(await page.locator('.slide').innerText()).toBe('What goes on the next promo card?');
			expect(await smallestText(page)).toBeGreaterThanOrEqual(28);
			await page.context().close();
			const plain = await newPage(browser, { javaScriptEnabled: false });
			await plain.goto(`${playbook.url}/questions/promo-retro/cards/`);
			expect(await plain.locator('.card:visible').count()).toBe(5);
			expect(await plain.locator('main button:visible').count()).toBe(0);
			await plain.context().close();
		});
	});

	test.each([
		['light', 1280, 'none'],
		['dark', 1280, 'none'],
		['light', 320, 'none'],
		['dark', 320, 'none'],
		['light', 1280, 'active'],
	] as const)(
		'axe finds nothing: %s, %i px, forced colours %s',
		async (colorScheme, width, forcedColors) => {
			const page = await newPage(browser, {
				colorScheme,
				forcedColors,
				viewport: { width, height: 800 },
			});
			const found: string[] = [];
			const look = async (state: string): Promise<void> => {
				for (const line of await violationsOf(page)) found.push(`${state}: ${line}`);
				const over = await page.evaluate(
					() => document.documentElement.scrollWidth - document.documentElement.clientWidth,
				);
				if (over > 0) found.push(`${state}: scrolls sideways by ${over} px`);
			};
			await page.goto(`${playbook.url}${check}answer/`);
			await look('without a round');
			await page.goto(`${playbook.url}${check}compare/`);
			await look('comparing');
			for (const set of [check, '/questions/push-pull/', '/questions/leader-check/']) {
				await page.goto(`${playbook.url}${set}answer/#r=K7&m=closed`);
				await page.reload();
				await page.getByRole('button', { name: 'Next' }).click();
				await look(`${set} a question`);
			}
			await answerAll(page);
			await look('the code');
			for (const set of ['/questions/same-word/', '/questions/push-pull/', check]) {
				await compareTeams(page, playbook.url, 8, 8, true, set);
				await page.locator('[data-pick]').first().check();
				await look(`${set} a result`);
			}
			await page.getByRole('button', { name: 'As tables' }).click();
			await look('tables');
			await page.getByRole('button', { name: 'Show it on a screen' }).click();
			await page.keyboard.press('ArrowRight');
			await look('the screen');
			await page.keyboard.press('Escape');
			await page.goto(`${playbook.url}/questions/promo-retro/cards/`);
			await look('cards');
			expect(found).toEqual([]);
			await page.context().close();
		},
	);
});

async function newPage(
	browser: Browser,
	options: Parameters<Browser['newContext']>[0] = {},
): Promise<Page> {
	const context: BrowserContext = await browser.newContext(options);
	return context.newPage();
}

async function answerAll(page: Page): Promise<void> {
	const all = page.getByRole('button', { name: 'All on one page' });
	if ((await all.getAttribute('aria-pressed')) === 'false') await all.click();
	await page.locator('input[name="team"]').first().check();
	for (const field of await page.locator('.points label:nth-child(2) input').all())
		await field.check();
	await page.locator('[data-part="code"]').waitFor({ state: 'visible' });
}

async function paste(page: Page, codes: readonly string[]): Promise<void> {
	await page.getByLabel('Paste answer codes').fill(codes.join('\n'));
	await page.getByRole('button', { name: 'Add the codes' }).click();
}

async function show(page: Page): Promise<void> {
	await page.getByRole('button', { name: 'Show the result' }).click();
	await drawn(page);
}

/** The questions come a few at a time. */
async function drawn(page: Page): Promise<void> {
	await page.locator('[data-part="items"][aria-busy="false"] .item').first().waitFor();
}

/** Opens the comparing page and pastes two teams; gives their codes. */
async function compareTeams(
	page: Page,
	url: string,
	sales: number,
	marketing: number,
	isShown = true,
	set = check,
): Promise<string[]> {
	await page.goto(`${url}${set}compare/#r=K7&m=closed`);
	const codes = twoTeams(await setOf(page), closed, sales, marketing);
	await paste(page, codes);
	if (isShown) await show(page);
	else await page.getByRole('button', { name: 'Show the result' }).click();
	return codes;
}

/** What a person gets who presses a button that makes a file. */
async function fileOf(page: Page, name: string): Promise<{ name: string; text: string }> {
	const [download] = await Promise.all([
		page.waitForEvent('download'),
		page.getByRole('button', { name, exact: true }).click(),
	]);
	return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') };
}

async function expectNothingShown(page: Page, codes: readonly string[]): Promise<void> {
	for (const part of ['result', 'plan', 'keep']) {
		expect(await page.locator(`[data-part="${part}"]`).isVisible(), part).toBe(false);
	}
	for (const part of ['items', 'summary', 'steps', 'slide']) {
		expect(await page.locator(`[data-part="${part}"]`).innerHTML(), part).toBe('');
	}
	for (const part of ['result-link', 'people-link']) {
		expect(await page.locator(`[data-part="${part}"]`).inputValue(), part).toBe('');
	}
	expect(await page.locator('.dots, .item-table').count()).toBe(0);
	const reach = await page.evaluate(() =>
		[
			document.documentElement.outerHTML,
			...[...document.querySelectorAll('input, textarea')].map((field) =>
				field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement
					? field.value
					: '',
			),
			location.href,
			JSON.stringify(history.state),
			JSON.stringify(localStorage),
			JSON.stringify(sessionStorage),
			document.cookie,
		].join('\n'),
	);
	// The end of a code is its answers.
	for (const code of codes) expect(reach).not.toContain(code.slice(-12));
}

/** A result that no page saves: a closed one below the bound. */
function handMade(set: QuestionSet, sales: number, marketing: number): Wave {
	const codes = twoTeams(set, open, sales, marketing).join('\n');
	const { people } = readPaste(codes, { keys: keysOf(set), ...open }, []);
	const shown = disclose(people, set, { mode: 'open', minTeam: 4 });
	if (shown.kind === 'held') throw new Error('An open round is never held.');
	const about = {
		round: 'K7',
		date: '2026-11-01',
		invited: { sales: null, marketing: null },
		picked: null,
	};
	return { ...writeWave(shown, set, about), mode: 'closed' };
}

/** Presses Tab until the keyboard is on a certain element, as a person without a pointer does. */
async function tabTo(page: Page, selector: string): Promise<void> {
	for (let press = 0; press < 80; press += 1) {
		await page.keyboard.press('Tab');
		if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
	}
	throw new Error(`The keyboard does not reach ${selector}.`);
}

/** The smallest letters that can be seen in the open dialog, in px. */
function smallestText(page: Page): Promise<number> {
	return page.locator('dialog[open]').evaluate((dialog) => {
		const sizes: number[] = [];
		const texts = document.createTreeWalker(dialog, NodeFilter.SHOW_TEXT);
		while (texts.nextNode()) {
			const parent = texts.currentNode.parentElement;
			if (!parent || texts.currentNode.textContent?.trim() === '') continue;
			if (parent.closest('.visually-hidden') || parent.getClientRects().length === 0) continue;
			sizes.push(Number.parseFloat(getComputedStyle(parent).fontSize));
		}
		return Math.min(...sizes);
	});
}
