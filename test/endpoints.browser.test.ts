/** The endpoints' pages in a browser: without scripts, in every state, in both schemes, on a phone. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HtmlValidate } from 'html-validate';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { startServer } from '../scripts/serve/server.ts';
import { launchBrowser, noBrowser, violationsOf } from './browser.ts';
import {
	aDesk,
	askedFor,
	isMailed,
	joined,
	linkIn,
	mailsTo,
	publicUrl,
	usual,
} from './endpoints-lab.ts';

if (noBrowser) console.warn(noBrowser);

/** Keeps pictures of every state where it is set. */
const shots = process.env['TANDEM_SHOTS'];

describe.skipIf(noBrowser)('in a browser', () => {
	let browser: Browser;
	let folder: string;

	beforeAll(async () => {
		browser = await launchBrowser();
		folder = mkdtempSync(join(tmpdir(), 'tandem-pages-'));
		writeFileSync(join(folder, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
	});

	afterAll(async () => {
		await browser.close();
		rmSync(folder, { recursive: true });
	});

	async function aStage(options: Parameters<typeof aDesk>[0] = {}) {
		const desk = await aDesk(options);
		const server = await startServer(desk.app, { port: 0, host: '127.0.0.1', folder });
		onTestFinished(() => server.close(0));
		return { desk, server, local: (url: string) => url.replace(publicUrl, server.url) };
	}

	test('a whole life without scripts: sign up, confirm, choose, leave, come back', async () => {
		const { desk, server, local } = await aStage();
		const page = await browser.newPage({ javaScriptEnabled: false });
		const heading = () => page.locator('h1').textContent();
		const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
		await page.goto(`${server.url}/subscribe`);
		await page.getByLabel('Your e-mail address').fill('ada@example.com');
		await desk.pass(10_000);
		await press('Send me the confirm mail');
		expect(await heading()).toBe('Check your inbox');
		const confirm = linkIn(mailsTo('ada@example.com', desk)[0]?.text ?? '', 'confirm');
		await page.goto(local(confirm?.url ?? ''));
		expect(isMailed('ada@example.com', desk)).toBe(false);
		await press('Send me Common Ground');
		expect(await heading()).toBe('You are in');
		expect(isMailed('ada@example.com', desk)).toBe(true);
		await page.getByRole('link', { name: 'Change what you get, or leave' }).click();
		await press('Save');
		expect(await page.getByRole('status').textContent()).toBe('Saved.');
		const welcome = linkIn(mailsTo('ada@example.com', desk)[1]?.text ?? '', 'unsubscribe');
		await page.goto(local(welcome?.url ?? ''));
		await press('Unsubscribe');
		expect(await heading()).toBe('You are off the list');
		expect(isMailed('ada@example.com', desk)).toBe(false);
		await press('Keep me on the list');
		expect(await heading()).toBe('You are back');
		expect(isMailed('ada@example.com', desk)).toBe(true);
		await page.close();
	});

	test('a browser that runs scripts and opens every link, but presses nothing, changes nothing', async () => {
		const { desk, local } = await aStage();
		await joined('ben@example.org', desk);
		await askedFor('ada@example.com', desk);
		const before = JSON.stringify([...desk.sandbox.state.contacts]);
		const page = await browser.newPage();
		const links = desk.sandbox
			.mails()
			.flatMap(({ email }) => [
				...`${email.html} ${email.text}`.matchAll(/http:\/\/127\.0\.0\.1:1\/[^\s"<>]+/g),
			]);
		expect(links.length).toBeGreaterThan(4);
		for (let visit = 0; visit < 40; visit += 1) {
			await page.goto(local(links[visit % links.length]?.[0] ?? ''), { waitUntil: 'load' });
		}
		expect(JSON.stringify([...desk.sandbox.state.contacts])).toBe(before);
		await page.close();
	});

	describe('the form that comes back', () => {
		const always = { limits: { ...usual, puzzle: 'always' as const } };

		/** A page of the static site with a form that has no stamp. */
		const home = `<!doctype html><html lang="en"><title>Home</title><form action="/subscribe" method="post">
			<label>Your e-mail address <input type="email" name="email"></label><button>Subscribe</button></form>`;

		async function aPage(stage: Awaited<ReturnType<typeof aStage>>, isScripted = true) {
			const page = await browser.newPage({ javaScriptEnabled: isScripted });
			onTestFinished(() => page.close());
			const complaints: string[] = [];
			page.on('console', (message) => complaints.push(message.text()));
			page.on('pageerror', ({ message }) => {
				// A page that leaves at once breaks off the drawing of its arrival: nothing is lost.
				if (!message.includes('ViewTransition')) complaints.push(message);
			});
			await page.route(`${stage.server.url}/home`, (route) =>
				route.fulfill({ body: home, contentType: 'text/html; charset=utf-8' }),
			);
			const heading = () => page.locator('h1').textContent();
			return { page, complaints, heading };
		}

		test('solves the puzzle and sends itself: a person signs up by keyboard, with one press', async () => {
			const stage = await aStage({ choices: always });
			const { page, complaints } = await aPage(stage);
			await page.goto(`${stage.server.url}/subscribe`);
			await page.keyboard.press('Tab');
			for (let tabs = 0; tabs < 12; tabs += 1) {
				if (await page.evaluate(() => document.activeElement?.id === 'email')) break;
				await page.keyboard.press('Tab');
			}
			await page.keyboard.type('ada@example.com');
			await stage.desk.pass(10_000);
			await page.keyboard.press('Enter');
			await page.getByRole('heading', { name: 'Check your inbox' }).waitFor();
			expect(mailsTo('ada@example.com', stage.desk)).toHaveLength(1);
			expect(complaints).toEqual([]);
			expect(await violationsOf(page)).toEqual([]);
		});

		test('from a page of the site, it says so, waits until it is old enough, and sends itself', async () => {
			const stage = await aStage();
			const { page, complaints } = await aPage(stage);
			await page.goto(`${stage.server.url}/home`);
			await page.getByLabel('Your e-mail address').fill('ada@example.com');
			await page.getByRole('button', { name: 'Subscribe' }).click();
			await page.getByRole('status').filter({ hasText: 'One moment.' }).waitFor();
			expect(mailsTo('ada@example.com', stage.desk)).toHaveLength(0);
			await stage.desk.pass(3_000);
			await page.getByRole('heading', { name: 'Check your inbox' }).waitFor();
			expect(mailsTo('ada@example.com', stage.desk)).toHaveLength(1);
			expect(complaints).toEqual([]);
		});

		test('from a page of the site, with the puzzle on: still one press', async () => {
			const stage = await aStage({ choices: always });
			const { page } = await aPage(stage);
			await page.goto(`${stage.server.url}/home`);
			await page.getByLabel('Your e-mail address').fill('ada@example.com');
			await page.getByRole('button', { name: 'Subscribe' }).click();
			await page.getByRole('status').filter({ hasText: 'One moment.' }).waitFor();
			await stage.desk.pass(3_000);
			await page.getByRole('heading', { name: 'Check your inbox' }).waitFor();
			expect(mailsTo('ada@example.com', stage.desk)).toHaveLength(1);
		});

		test('is left to the person who types into it', async () => {
			const stage = await aStage();
			const { page } = await aPage(stage);
			await page.goto(`${stage.server.url}/home`);
			await page.getByLabel('Your e-mail address').fill('ada@exmaple.com');
			await page.getByRole('button', { name: 'Subscribe' }).click();
			await page.getByRole('status').filter({ hasText: 'One moment.' }).waitFor();
			await page.getByLabel('Your e-mail address').fill('ada@example.com');
			expect(await page.getByRole('status').textContent()).toContain('Then press the button');
			await stage.desk.pass(10_000);
			await page.waitForTimeout(3_500);
			expect(stage.desk.sandbox.mails()).toHaveLength(0);
			await page.getByRole('button', { name: 'Send me the confirm mail' }).click();
			await page.getByRole('heading', { name: 'Check your inbox' }).waitFor();
			expect(stage.desk.sandbox.mails().map(({ to }) => to)).toEqual(['ada@example.com']);
		});

		test('without scripts says what to do, and after a minute takes the person', async () => {
			const stage = await aStage({ choices: always });
			const { page, heading } = await aPage(stage, false);
			await page.goto(`${stage.server.url}/subscribe`);
			await page.getByLabel('Your e-mail address').fill('ada@example.com');
			await stage.desk.pass(10_000);
			await page.getByRole('button', { name: 'Send me the confirm mail' }).click();
			expect(await page.getByRole('status').textContent()).toContain('Please wait a minute');
			await stage.desk.pass(60_000);
			await page.getByRole('button', { name: 'Send me the confirm mail' }).click();
			expect(await heading()).toBe('Check your inbox');
			expect(mailsTo('ada@example.com', stage.desk)).toHaveLength(1);
		});
	});

	/** Every state of every page, each made as a visitor would come to it. */
	const states: Record<string, (stage: Awaited<ReturnType<typeof aStage>>) => Promise<Response>> = {
		new: ({ desk }) => desk.ask('/subscribe'),
		again: ({ desk }) =>
			desk.post('/subscribe', { email: 'ada@example.com' }, { 'sec-fetch-site': 'same-origin' }),
		wrong: ({ desk }) => desk.signUp('no address'),
		sent: ({ desk }) => desk.signUp('ada@example.com'),
		foreign: ({ desk }) => desk.post('/subscribe', {}),
		puzzle: async ({ desk }) => {
			Object.assign(desk.ports.limits, { take: () => ({ kind: 'puzzle' }) });
			return desk.signUp('ada@example.com');
		},
		'too many': async ({ desk }) => {
			Object.assign(desk.ports.limits, { take: () => ({ kind: 'wait', seconds: 60 }) });
			return desk.signUp('ada@example.com');
		},
		'provider down': async ({ desk }) => {
			desk.sandbox.failNext('*', '503', { times: 9 });
			return desk.signUp('ada@example.com');
		},
		confirm: async ({ desk }) => desk.ask(`/confirm?t=${await askedFor('ada@example.com', desk)}`),
		in: async ({ desk }) => desk.post('/confirm', { t: await askedFor('ada@example.com', desk) }),
		already: async ({ desk }) => {
			const t = await askedFor('ada@example.com', desk);
			await desk.post('/confirm', { t });
			return desk.post('/confirm', { t });
		},
		expired: ({ desk }) => desk.ask('/confirm?t=v1'),
		suppressed: async ({ desk }) => {
			const t = await askedFor('ada@example.com', desk);
			await desk.ports.contacts.find('ada@example.com');
			desk.sandbox.report(desk.sandbox.mails()[0]?.id ?? '', 'complained');
			return desk.post('/confirm', { t });
		},
		leave: async ({ desk }) => desk.ask(`/unsubscribe?t=${await joined('ada@example.com', desk)}`),
		out: async ({ desk }) =>
			desk.post(`/unsubscribe?t=${await joined('ada@example.com', desk)}`, { leave: '1' }),
		preferences: async ({ desk }) => {
			const answer = await desk.post('/confirm', { t: await askedFor('ada@example.com', desk) });
			const t = /preferences\?t=([\w.-]+)/.exec(await answer.text())?.[1] ?? '';
			return desk.post('/preferences', { t, topics: desk.topicId });
		},
	};

	test.each(Object.keys(states))(
		'%s: no fault that axe knows, valid, and nothing wider than a phone',
		async (name) => {
			const stage = await aStage();
			const html = (await (await states[name]?.(stage))?.text()) ?? '';
			const report = await new HtmlValidate({
				extends: ['html-validate:recommended'],
				// How void elements and blanks are written is the formatter's business.
				rules: {
					'void-style': 'off',
					'no-trailing-whitespace': 'off',
					'doctype-style': 'off',
					'no-implicit-button-type': 'off',
					'long-title': 'off',
					// WebKit forgets that a list without marks is one, unless it is told.
					'no-redundant-role': 'off',
				},
			}).validateString(html);
			expect(
				report.results.flatMap(({ messages }) =>
					messages.map(({ ruleId, message, line }) => `${line} ${ruleId} ${message}`),
				),
			).toEqual([]);
			for (const colorScheme of ['light', 'dark'] as const) {
				const page = await browser.newPage({ colorScheme, viewport: { width: 320, height: 640 } });
				await page.route(`${stage.server.url}/shown`, (route) =>
					route.fulfill({ body: html, contentType: 'text/html; charset=utf-8' }),
				);
				// The page as it stands: its script would send the form while it is looked at.
				await page.route('**/subscribe/form.js', (route) => route.abort());
				await page.goto(`${stage.server.url}/shown`);
				if (shots !== undefined) {
					await page.screenshot({
						path: join(shots, `${name}-${colorScheme}.png`),
						fullPage: true,
					});
				}
				expect(await violationsOf(page), colorScheme).toEqual([]);
				expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
					320,
				);
				await page.close();
			}
		},
	);

	test('the policy of a page blocks nothing that is in it', async () => {
		const { server } = await aStage();
		const page = await browser.newPage();
		const complaints: string[] = [];
		page.on('console', (message) => complaints.push(message.text()));
		await page.goto(`${server.url}/subscribe`);
		const colour = await page
			.locator('.masthead')
			.evaluate((masthead) => getComputedStyle(masthead).backgroundImage);
		expect(colour).toContain('linear-gradient');
		expect(complaints).toEqual([]);
		await page.close();
	});
});
