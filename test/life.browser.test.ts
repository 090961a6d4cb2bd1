/**
 * A reader's whole life in a browser, against the demo as `npm start` runs it: joining on the public
 * site, the mails in the inbox page, the next issue, choices, leaving. Every page on the way is
 * checked by axe in both schemes, on a phone and on a desk; `TANDEM_SHOTS=FOLDER` keeps pictures.
 */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser, noBrowser, violationsOf } from './browser.ts';
import { freePort } from './served.ts';
import { root } from './site.ts';

if (noBrowser) console.warn(noBrowser);

const shots = process.env['TANDEM_SHOTS'];
const issue = '005';

describe.skipIf(noBrowser)('a reader of the demo', () => {
	let folder: string;
	let demo: ChildProcess;
	let browser: Browser;
	let site: string;
	let inbox: string;
	const seen: string[] = [];
	const faults: string[] = [];

	beforeAll(async () => {
		// Inside the project, where two builds at once do not share a folder.
		mkdirSync(join(root, '.cache'), { recursive: true });
		folder = mkdtempSync(join(root, '.cache', 'tandem-life-'));
		const ports = [await freePort(), await freePort(), await freePort()];
		[, site = '', inbox = ''] = ports.map((port) => `http://127.0.0.1:${port}`);
		[demo, browser] = await Promise.all([startDemo(ports), launchBrowser()]);
	}, 300_000);
	afterAll(async () => {
		await browser?.close();
		if (demo) await end(demo);
		rmSync(folder, { recursive: true, force: true });
	});

	test('joins, reads the next issue, chooses, leaves, comes back, and leaves for good', async () => {
		const address = 'nora.hale@example.com';
		const context = await browser.newContext();
		const page = await context.newPage();
		const ask = async () => {
			await page.goto(site);
			await page.getByLabel('Your e-mail address').fill(address);
			await page.getByRole('button', { name: 'Subscribe' }).click();
		};
		// First as where its script does not arrive, to look at the form that comes back.
		await page.route('**/subscribe/form.js', (route) => route.abort());
		await ask();
		expect(await heading(page)).toBe('Subscribe to Common Ground');
		expect(await page.getByLabel('Your e-mail address').inputValue()).toBe(address);
		await look(page, 'once-more');
		await page.unroute('**/subscribe/form.js');
		// Then one press is all.
		await ask();
		await page.getByRole('heading', { name: 'Check your inbox' }).waitFor();
		await look(page, 'sent');
		expect(await isReached(address)).toBe(false);

		const confirm = await openLinkOfMail(page, address, 'Confirm', '/confirm?t=');
		expect(await heading(confirm)).toBe('One press, and you are in');
		await look(confirm, 'confirm');
		expect(await isReached(address)).toBe(false);
		const link = confirm.url();
		await press(confirm, 'Send me Common Ground');
		expect(await heading(confirm)).toBe('You are in');
		await look(confirm, 'in');
		expect(await isReached(address)).toBe(true);
		await confirm.close();

		await sendIssue();
		const subjects = await subjectsOf(address);
		expect(subjects).toHaveLength(3);
		expect(subjects.filter((subject) => /^(?:Confirm|Welcome)/.test(subject))).toHaveLength(2);
		const letter = await openLinkOfMail(page, address, subjects.at(-1) ?? '', '/unsubscribe/');
		expect(await heading(letter)).toBe('Your mails');
		await letter.close();

		await scan(context, address);
		expect(await isReached(address)).toBe(true);

		await page.goto(link);
		await press(page, 'Send me Common Ground');
		expect(await heading(page)).toBe('You are already in');
		await look(page, 'already');
		await page.getByRole('link', { name: 'Change what you get, or leave' }).click();
		expect(await heading(page)).toBe('What you get');
		await look(page, 'preferences');
		await press(page, 'Save');
		expect(await page.getByRole('status').textContent()).toBe('Saved.');
		await look(page, 'saved');
		await press(page, 'Leave everything');
		expect(await heading(page)).toBe('You are off the list');
		expect(await isReached(address)).toBe(false);
		await look(page, 'left');
		await press(page, 'Keep me on the list');
		expect(await heading(page)).toBe('You are back');
		expect(await isReached(address)).toBe(true);
		await look(page, 'back');

		const leave = await openLinkOfMail(page, address, 'Welcome', '/unsubscribe?t=');
		expect(await heading(leave)).toBe('Leave Common Ground?');
		await look(leave, 'leave');
		await press(leave, 'Unsubscribe');
		expect(await heading(leave)).toBe('You are off the list');
		expect(await isReached(address)).toBe(false);
		await leave.goto(link);
		await press(leave, 'Send me Common Ground');
		expect(await heading(leave)).toBe('You left this letter');
		await look(leave, 'old-link');
		expect(await isReached(address)).toBe(false);
		await context.close();
	});

	test('does all of it with scripts off, and leaves by the issue’s own footer', async () => {
		const address = 'otto.brandt@example.org';
		const context = await browser.newContext({ javaScriptEnabled: false });
		const page = await context.newPage();
		await page.goto(`${site}/subscribe`);
		await page.getByLabel('Your e-mail address').fill(address);
		await ripe(page);
		await press(page, 'Send me the confirm mail');
		expect(await heading(page)).toBe('Check your inbox');
		const confirm = await openLinkOfMail(page, address, 'Confirm', '/confirm?t=');
		await press(confirm, 'Send me Common Ground');
		expect(await heading(confirm)).toBe('You are in');
		await confirm.getByRole('link', { name: 'Change what you get, or leave' }).click();
		await press(confirm, 'Save');
		expect(await confirm.getByRole('status').textContent()).toBe('Saved.');
		expect(await isReached(address)).toBe(true);
		const leave = await openLinkOfMail(page, address, 'Welcome', '/unsubscribe?t=');
		await press(leave, 'Unsubscribe');
		expect(await heading(leave)).toBe('You are off the list');
		expect(await isReached(address)).toBe(false);
		await context.close();

		// A reader of old, by the page that the provider hosts.
		const old = await browser.newContext({ javaScriptEnabled: false });
		const reader = 'amara.okafor@example.com';
		expect(await isReached(reader)).toBe(true);
		const subject = (await subjectsOf(reader)).at(-1) ?? '';
		const hosted = await openLinkOfMail(await old.newPage(), reader, subject, '/unsubscribe/');
		await hosted.getByRole('button', { name: 'Unsubscribe from everything' }).click();
		expect(await isReached(reader)).toBe(false);
		await old.close();
	});

	test('is told what is wrong, and what to do', async () => {
		const page = await browser.newPage();
		await page.goto(`${site}/subscribe`);
		expect(await heading(page)).toBe('Subscribe to Common Ground');
		await look(page, 'new');
		// As a browser without the check of its own would send it.
		await page.getByLabel('Your e-mail address').fill('nora at example');
		await page.locator('form').evaluate((form: HTMLFormElement) => (form.noValidate = true));
		await ripe(page);
		await press(page, 'Send me the confirm mail');
		expect(await page.getByRole('status').textContent()).toMatch(/does not look like/);
		await look(page, 'wrong-address');

		await post('/_sandbox/faults', { op: 'emails.send', fault: '503', times: 20 });
		await page.getByLabel('Your e-mail address').fill('down@example.com');
		await press(page, 'Send me the confirm mail');
		expect(await heading(page)).toBe('We cannot tell whether that worked');
		await look(page, 'provider-down');
		await fetch(`${inbox}/_sandbox/faults`, { method: 'DELETE' });
		await page.reload();
		expect(await heading(page)).toBe('Check your inbox');
		expect(await subjectsOf('down@example.com')).toHaveLength(1);

		for (let tries = 0; tries < 6 && (await heading(page)) === 'Check your inbox'; tries += 1) {
			await page.reload();
		}
		expect(await heading(page)).toBe('Too many sign-ups at once');
		await look(page, 'too-many');

		const link = await openLinkOfMail(page, 'down@example.com', 'Confirm', '/confirm?t=');
		await post('/_sandbox/clock', { advanceMs: 4 * 86_400_000 });
		await link.reload();
		expect(await heading(link)).toBe('This link does not work');
		await look(link, 'expired');
		await link.goto(`${link.url().slice(0, -5)}AAAAA`);
		expect(await heading(link)).toBe('This link does not work');
		await look(link, 'forged');
		await link.close();
		await page.close();
	});

	test('met seventeen pages, and axe found nothing on any of them', () => {
		expect(seen).toHaveLength(17);
		expect(faults).toEqual([]);
	});

	/** Looks at a page as four readers see it. */
	async function look(page: Page, name: string): Promise<void> {
		seen.push(name);
		for (const colorScheme of ['light', 'dark'] as const) {
			for (const width of [1280, 375]) {
				await page.emulateMedia({ colorScheme });
				await page.setViewportSize({ width, height: width === 375 ? 812 : 800 });
				const at = `${name} ${colorScheme} ${width}`;
				for (const line of await violationsOf(page)) faults.push(`${at}: ${line}`);
				const overflow = await page.evaluate(
					() => document.documentElement.scrollWidth - document.documentElement.clientWidth,
				);
				if (overflow > 0) faults.push(`${at}: scrolls sideways by ${overflow} px`);
				if (shots === undefined) continue;
				mkdirSync(shots, { recursive: true });
				await page.screenshot({ path: join(shots, `${name}-${width}-${colorScheme}.png`) });
			}
		}
	}

	/** A scanner that runs scripts: opens every link of every mail to an address, and presses nothing. */
	async function scan(context: BrowserContext, address: string): Promise<void> {
		const mails = await mailsOf(address);
		const links = new Set(
			mails.flatMap(({ html }) =>
				[...html.matchAll(/href="(http[^"]+)"/g)].map(([, url]) => local(url ?? '')),
			),
		);
		const ours = [...links].filter((url) => url.startsWith(site) || url.startsWith(inbox));
		for (const part of ['/confirm?t=', '/unsubscribe?t=', '/unsubscribe/', '/issues/']) {
			expect(
				ours.some((url) => url.includes(part)),
				part,
			).toBe(true);
		}
		const before = await contactsPage();
		const journal = await lastCall();
		const page = await context.newPage();
		for (const url of ours) {
			expect((await page.goto(url, { waitUntil: 'networkidle' }))?.status(), url).toBe(200);
		}
		await page.close();
		expect(await contactsPage()).toBe(before);
		expect(await mailsOf(address)).toHaveLength(mails.length);
		const calls: { op: string; number: number }[] = await read(
			`/_sandbox/journal?after=${journal}`,
		);
		expect(calls.filter(({ op }) => !/\.(?:get|list)$/.test(op))).toEqual([]);
	}

	/** Goes through the inbox page to a mail, and presses a link in it: a new tab opens. */
	async function openLinkOfMail(
		page: Page,
		to: string,
		subject: string,
		part: string,
	): Promise<Page> {
		await page.goto(`${inbox}/?to=${encodeURIComponent(to)}`);
		await page
			.getByRole('link', { name: new RegExp(`^${subject}`) })
			.first()
			.click();
		const link = page.frameLocator('iframe').locator(`a[href*="${part}"]`).first();
		for (let again = 0; ; again++) {
			// A busy machine may draw the frame anew between finding the link and pressing it.
			const opening = page.waitForEvent('popup', { timeout: 15_000 }).catch(() => undefined);
			await link.click();
			const opened = await opening;
			if (!opened && again < 2) continue;
			if (!opened) throw new Error(`The link with "${part}" opens nothing.`);
			await opened.waitForLoadState();
			return opened;
		}
	}

	/** Presses a button when the form is old enough to have been filled in by a person. */
	async function press(page: Page, name: string): Promise<void> {
		if (name === 'Send me the confirm mail') await ripe(page);
		await page.getByRole('button', { name, exact: true }).click();
	}

	async function isReached(address: string): Promise<boolean> {
		const page = await contactsPage();
		const card = page
			.split('<li class="card person">')
			.find((one) => one.includes(`<h2>${address}</h2>`));
		return card !== undefined && !card.includes('>unsubscribed<') && card.includes('>in: ');
	}

	async function contactsPage(): Promise<string> {
		const page = await (await fetch(`${inbox}/inbox/contacts`)).text();
		return page.slice(page.indexOf('<main'), page.indexOf('</main>'));
	}

	async function mailsOf(
		address: string,
	): Promise<{ to: string; subject: string; html: string }[]> {
		const mails: { to: string; subject: string; html: string }[] = await read('/_sandbox/mails');
		return mails.filter(({ to }) => to === address);
	}

	async function subjectsOf(address: string): Promise<string[]> {
		return (await mailsOf(address)).map(({ subject }) => subject);
	}

	async function lastCall(): Promise<number> {
		const calls: { number: number }[] = await read('/_sandbox/journal');
		return calls.at(-1)?.number ?? 0;
	}

	async function read<T>(path: string): Promise<T> {
		// The sandbox is ours, and its answers have the shape that is asked for.
		return (await (await fetch(inbox + path)).json()) as T;
	}

	async function post(path: string, body: object): Promise<void> {
		const answer = await fetch(inbox + path, { method: 'POST', body: JSON.stringify(body) });
		expect(answer.ok, path).toBe(true);
	}

	function local(url: string): string {
		return url.replaceAll('&amp;', '&').replace('https://news.larkfield.example', site);
	}

	async function sendIssue(): Promise<void> {
		const child = run(['scripts/newsletter.ts', 'send', issue, '--yes', issue]);
		const code = await new Promise((resolve) => child.process.once('close', resolve));
		expect(code, child.said()).toBe(0);
	}

	async function startDemo(ports: readonly number[]): Promise<ChildProcess> {
		const [playbook, newsletter, mail] = ports.map(String);
		const child = run([
			'scripts/start.ts',
			'--playbook-port',
			playbook ?? '',
			'--newsletter-port',
			newsletter ?? '',
			'--inbox-port',
			mail ?? '',
		]);
		await new Promise<void>((resolve, reject) => {
			child.process.stdout?.on('data', () => {
				if (child.said().includes('Ctrl-C ends all of it.')) resolve();
			});
			child.process.once('close', () => reject(new Error(`The demo ended:\n${child.said()}`)));
		});
		return child.process;
	}

	function run(args: string[]): { process: ChildProcess; said(): string } {
		const child = spawn(process.execPath, args, {
			cwd: root,
			env: {
				PATH: process.env['PATH'] ?? '',
				NO_COLOR: '1',
				TANDEM_CACHE: folder,
				TANDEM_NOW: '2026-11-24T12:00:00Z',
			},
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		let said = '';
		for (const stream of [child.stdout, child.stderr]) {
			stream.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
		}
		return { process: child, said: () => said };
	}
});

async function heading(page: Page): Promise<string> {
	return (await page.locator('h1').textContent()) ?? '';
}

/** The server takes no form that is younger than three seconds. */
async function ripe(page: Page): Promise<void> {
	await page.waitForTimeout(3_200);
}

async function end(child: ChildProcess): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const ended = new Promise((resolve) => child.once('close', resolve));
	child.kill('SIGTERM');
	await ended;
}
