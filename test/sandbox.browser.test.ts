import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type Axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { Resend } from 'resend';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seedReaders } from '#/sandbox/readers.ts';
import { type Sandbox, startSandbox } from '#/sandbox/server.ts';
import { launchBrowser } from './browser.ts';
import { dataOf } from './sandbox-lab.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let sandbox: Sandbox;
let resend: Resend;
let browser: Browser;
let mailId: string;

beforeAll(async () => {
	sandbox = await startSandbox({
		now: new Date('2026-11-23T10:00:00Z'),
		hosts: { 'https://news.larkfield.example': 'http://localhost:4322' },
	});
	resend = new Resend('re_test', { baseUrl: sandbox.url });
	const { segmentId, topicId } = seedReaders(sandbox, {
		segment: 'common-ground-readers',
		topic: 'Common Ground weekly',
	});
	dataOf(await resend.contactProperties.create({ key: 'nl_consent_wording', type: 'string' }));
	const email = 'amara.okafor@example.com';
	dataOf(await resend.contacts.update({ email, properties: { nl_consent_wording: '2026-11' } }));
	const issue = async (number: string, subject: string, previewText: string) =>
		dataOf(
			await resend.broadcasts.create({
				name: `common-ground:${number}#1 3f9a2c1b77de`,
				from: 'Common Ground by Larkfield <letter@news.larkfield.example>',
				replyTo: ['editor@larkfield.example'],
				subject,
				previewText,
				segmentId,
				topicId,
				html: `<!doctype html><html lang="en-GB"><head><title>${subject}</title><script>document.title = 'hacked'; top.location = '/inbox/contacts';</script></head><body style="margin:0;font-family:sans-serif"><div style="max-width:36rem;margin:auto;padding:1.5rem"><h1>${subject}</h1><p>Hello {{{contact.first_name|there}}},</p><p>Tell the sales team <em>before</em> the promotion goes live. <a id="archive" href="https://news.larkfield.example/issues/${number}/?a=1&amp;b=2">Read it on the web</a></p><p><a href="{{{RESEND_UNSUBSCRIBE_URL}}}">Unsubscribe</a></p></div></body></html>`,
				text: `${subject}\n\nHello {{{contact.first_name|there}}},\n\nTell the sales team before the promotion goes live.\nhttps://news.larkfield.example/issues/${number}/?a=1&b=2\n\nUnsubscribe: {{{RESEND_UNSUBSCRIBE_URL}}}\n`,
			}),
		).id;
	dataOf(
		await resend.broadcasts.send(await issue('016', 'Over the line', 'Who hands over what'), {}),
	);
	await sandbox.clock.advance(60_000);
	const next = await issue('017', 'No surprise promos', 'Two days of notice save a week');
	dataOf(await resend.broadcasts.send(next, { scheduledAt: '2026-11-24T09:00:00Z' }));
	dataOf(
		await resend.emails.send(
			{
				from: 'Common Ground by Larkfield <letter@news.larkfield.example>',
				to: 'new.reader@example.com',
				subject: 'Please confirm: Common Ground',
				text: 'Press the button.',
			},
			{ idempotencyKey: 'confirm/5f0c' },
		),
	);
	await resend.contacts.get('nobody@example.com');
	mailId = sandbox.mails().find(({ to }) => to === email)?.id ?? '';
	browser = await launchBrowser();
});

afterAll(async () => {
	await browser?.close();
	await sandbox?.close();
});

const pages = {
	inbox: () => '/',
	'inbox-search': () => '/?q=promos+nothing',
	mail: () => `/inbox/mails/${mailId}`,
	text: () => `/inbox/mails/${mailId}/text`,
	source: () => `/inbox/mails/${mailId}/source`,
	broadcasts: () => '/inbox/broadcasts',
	contacts: () => '/inbox/contacts',
	requests: () => '/inbox/requests',
	unsubscribe: () => new URL(unsubscribeLink()).pathname,
	missing: () => '/inbox/nowhere',
};

function unsubscribeLink(): string {
	const mail = sandbox.mails().find(({ id }) => id === mailId);
	return mail?.email.headers['List-Unsubscribe']?.slice(1, -1) ?? '';
}

describe.each(['light', 'dark'] as const)('%s', (colorScheme) => {
	describe.each([375, 1280])('%i px wide', (width) => {
		test.each(Object.keys(pages))('%s has no axe finding and no sideways scroll', async (name) => {
			const page = await open(pages[name as keyof typeof pages](), { width, colorScheme });
			// Pages of the inbox forbid foreign scripts; axe is evaluated, not linked.
			await page.evaluate(axe);
			const { findings, passed } = await page.evaluate(async () => {
				// Defined by the script above.
				const { axe: runner } = window as unknown as { axe: typeof Axe };
				const { violations, passes } = await runner.run(document, { iframes: false });
				return {
					passed: passes.length,
					findings: violations.map(
						({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`,
					),
				};
			});
			expect(findings).toEqual([]);
			expect(passed).toBeGreaterThan(10);
			const overflow = await page.evaluate(
				() => document.documentElement.scrollWidth - document.documentElement.clientWidth,
			);
			expect(overflow).toBe(0);
			await page.context().close();
		});
	});
});

test('lists the newest mail first, and finds by words, broadcast and recipient', async () => {
	const page = await open('/', { javaScriptEnabled: false });
	expect(await page.locator('h2').first().innerText()).toBe('Please confirm: Common Ground');
	await page.getByLabel('Search').fill('LINE amara');
	await page.getByRole('button', { name: 'Show' }).click();
	expect(await page.locator('li.mail').count()).toBe(1);
	await page.getByRole('link', { name: 'Clear' }).click();
	await page
		.getByLabel('Issue or broadcast')
		.selectOption({ label: 'common-ground:016#1 3f9a2c1b77de' });
	await page.getByRole('button', { name: 'Show' }).click();
	expect(await page.locator('li.mail').count()).toBe(8);
	await page.getByLabel('Recipient').fill('harish');
	await page.getByRole('button', { name: 'Show' }).click();
	expect(await page.locator('li.mail .to').allInnerTexts()).toEqual([
		'To harish.patel@example.com',
	]);
	await page.context().close();
});

test('shows the HTML part in a frame that runs nothing, with links on their local address', async () => {
	const page = await open(`/inbox/mails/${mailId}`, {});
	const frame = page.frameLocator('iframe');
	expect(await frame.locator('h1').innerText()).toBe('Over the line');
	expect(await frame.locator('p').first().innerText()).toBe('Hello Amara,');
	const link = frame.locator('#archive');
	expect(await link.getAttribute('href')).toBe('http://localhost:4322/issues/016/?a=1&b=2');
	const [popup] = await Promise.all([page.waitForEvent('popup'), link.click()]);
	await popup.close();
	expect(new URL(page.url()).pathname).toBe(`/inbox/mails/${mailId}`);
	expect(await page.locator('iframe').getAttribute('sandbox')).not.toMatch(
		/allow-(scripts|same-origin|top)/,
	);
	await page.context().close();
});

test('keeps text and source as they were sent', async () => {
	const page = await open(`/inbox/mails/${mailId}/text`, { javaScriptEnabled: false });
	expect(await page.locator('pre').innerText()).toContain(
		'Hello Amara,\n\nTell the sales team before the promotion goes live.\nhttps://news.larkfield.example/issues/016/?a=1&b=2\n',
	);
	await page.getByRole('link', { name: 'Source' }).click();
	const source = await page.locator('pre').innerText();
	expect(source).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
	expect(source).toContain('href=3D"https://news.larkfield.example/issues/016/');
	await page.context().close();
});

test('the reader unsubscribes from the mail itself', async () => {
	const page = await open(`/inbox/mails/${mailId}`, {});
	const [popup] = await Promise.all([
		page.waitForEvent('popup'),
		page.frameLocator('iframe').getByText('Unsubscribe').click(),
	]);
	await popup.getByLabel('Common Ground weekly').uncheck();
	await popup.getByRole('button', { name: 'Save' }).click();
	expect(await popup.getByRole('status').innerText()).toBe('Saved.');
	const topics = dataOf(await resend.contacts.topics.list({ email: 'amara.okafor@example.com' }));
	expect(topics.data[0]?.subscription).toBe('opt_out');
	await page.context().close();
});

test('the keyboard reaches everything, visibly, and the skip link first', async () => {
	const page = await open('/', {});
	await page.keyboard.press('Tab');
	expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(
		'Skip to the content',
	);
	const seen: string[] = [];
	for (let count = 0; count < 14; count += 1) {
		await page.keyboard.press('Tab');
		const focus = await page.evaluate(() => {
			const element = document.activeElement;
			if (element === null || element === document.body) return null;
			const own = getComputedStyle(element);
			const after = getComputedStyle(element, '::after');
			return {
				text: element.id || element.textContent?.trim(),
				isWide:
					Math.max(Number.parseFloat(own.outlineWidth), Number.parseFloat(after.outlineWidth)) >= 2,
				style: own.outlineStyle === 'none' ? after.outlineStyle : own.outlineStyle,
			};
		});
		expect(focus).toMatchObject({ style: 'solid', isWide: true });
		seen.push(focus?.text ?? '');
	}
	expect(seen).toEqual(expect.arrayContaining(['Requests', '+1 day', 'q', 'broadcast', 'Show']));
	await page.context().close();
});

test('the clock ticks, and its button brings the next issue', async () => {
	const page = await open('/inbox/broadcasts', {});
	const clock = page.locator('[data-clock]');
	const before = await clock.innerText();
	await expect.poll(() => clock.innerText(), { timeout: 5_000 }).not.toBe(before);
	await page.getByRole('button', { name: 'Advance to the next scheduled send' }).click();
	expect(new URL(page.url()).pathname).toBe('/inbox/broadcasts');
	expect(await page.locator('.card .tag').first().innerText()).toBe('sent');
	expect(await page.getByText('Nothing is scheduled.').count()).toBe(1);
	await page.getByRole('button', { name: '+1 day' }).click();
	expect(await clock.innerText()).toContain('Wed, 25 Nov 2026');
	await page.context().close();
});

async function open(
	path: string,
	options: { width?: number; colorScheme?: 'light' | 'dark'; javaScriptEnabled?: boolean },
): Promise<Page> {
	const { width = 1280, ...rest } = options;
	const context = await browser.newContext({ viewport: { width, height: 900 }, ...rest });
	const page = await context.newPage();
	const errors: string[] = [];
	page.on('pageerror', (error) => errors.push(error.message));
	await page.goto(`${sandbox.url}${path}`);
	expect(errors).toEqual([]);
	return page;
}
