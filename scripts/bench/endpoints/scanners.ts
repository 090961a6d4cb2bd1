import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { readSettings } from '#/settings.ts';
import { root } from '../../astro.ts';
import { browserFlags } from '../../test/browser.ts';
import { formOf, openClient, tally, together } from './client.ts';
import type { Finding } from './finding.ts';
import { control, mailsOf, publicOrigin, stampOf } from './stage.ts';
import type { Stage } from './stage.ts';

/**
 * What mail scanners and browsers that look ahead do to the links of every mail: they fetch them, in
 * all ways but a POST, and some run the scripts of the page. Nothing may change by it.
 */
export async function scanners(
	stage: Stage,
	{ hits, visits, browser }: { hits: number; visits: number; browser: string },
): Promise<Finding[]> {
	const client = openClient(stage.server, 32);
	const links = await linksOfMails(stage, client);
	const paths = links
		.filter((url) => url.startsWith(stage.server))
		.map((url) => url.slice(stage.server.length));
	const before = await stateOf(stage);
	let journal = await lastCall(stage);
	const statuses: number[] = [];
	const writes: string[] = [];
	const look = async (): Promise<void> => {
		const calls = await control<Call[]>(stage, `/journal?after=${journal}`);
		journal = calls.at(-1)?.number ?? journal;
		writes.push(
			...calls.flatMap(({ op }) => (/\.(?:get|list)$/.test(op ?? '') ? [] : [op ?? 'unknown'])),
		);
	};
	for (let at = 0; at < hits - visits; at += 1_000) {
		const round = Array.from({ length: Math.min(1_000, hits - visits - at) }, (_, n) => at + n);
		await together(round, 32, async (n) => {
			const path = paths[n % paths.length] ?? '/';
			const method =
				['GET', 'HEAD', 'GET', 'OPTIONS', 'GET'][Math.floor(n / paths.length) % 5] ?? 'GET';
			const headers = ahead[Math.floor(n / paths.length / 5) % ahead.length] ?? {};
			statuses.push((await client.ask(path, { method, headers })).status);
		});
		await look();
	}
	client.close();
	const opened = await visit(links, visits, browser);
	await look();
	const isSame = (await stateOf(stage)) === before;
	return [
		{
			isGood: isSame && writes.length === 0 && statuses.every((status) => status < 500),
			text: `${statuses.length} hits (GET, HEAD, OPTIONS, ${ahead.length} kinds of prefetch and scanner) on ${paths.length} links of the confirm mail, the welcome and an issue: ${tally(statuses)}; writes at the provider: ${writes.length}; account changed: ${isSame ? 'no' : 'yes'}`,
		},
		{
			isGood: opened.every((status) => status === 200),
			text: `${opened.length} visits of Chromium with scripts on, to ${links.length} links: ${tally(opened)}; writes at the provider and changes: in the line above`,
		},
	];
}

/** Lets one person ask, one join, and an issue go out; then takes every link of their mails. */
async function linksOfMails(
	stage: Stage,
	client: ReturnType<typeof openClient>,
): Promise<string[]> {
	const stamp = await stampOf(stage);
	for (const email of ['asked@example.com', 'joined@example.com']) {
		await client.ask('/subscribe', formOf({ email, stamp }, '192.0.2.1'));
	}
	const token = /\/confirm\?t=([\w.-]+)/.exec(
		(await mailsOf(stage)).find(({ to }) => to.startsWith('joined'))?.text ?? '',
	)?.[1];
	const joined = await client.ask('/confirm', formOf({ t: token ?? '' }, '192.0.2.1'));
	const preferences = /\/preferences\?t=[\w.-]+/.exec(joined.text)?.[0] ?? '';
	const made = await ask<{ id: string }>(stage, '/broadcasts', {
		name: 'bench:001',
		from: 'Bench <letter@news.example.com>',
		subject: 'An issue',
		segment_id: stage.segmentId,
		topic_id: stage.topicId,
		html: `<p><a href="${publicOrigin}/issues/">Read it on the web</a> <a href="{{{RESEND_UNSUBSCRIBE_URL}}}">Unsubscribe</a></p>`,
		text: `${publicOrigin}/issues/ {{{RESEND_UNSUBSCRIBE_URL}}}`,
	});
	await ask(stage, `/broadcasts/${made.id}/send`, {});
	await control(stage, '/clock', { method: 'POST', body: JSON.stringify({ advanceMs: 60_000 }) });
	const site = readSettings(join(root, 'content')).sites.public;
	const own = (await mailsOf(stage)).filter(({ to }) => /^(?:asked|joined)@/.test(to));
	const found = own.flatMap(({ html, text, headers }) =>
		[
			...`${html} ${text} ${headers['List-Unsubscribe'] ?? ''}`.matchAll(/https?:\/\/[^\s"<>]+/g),
		].map(([url]) =>
			url.replaceAll('&amp;', '&').replace(publicOrigin, stage.server).replace(site, stage.server),
		),
	);
	const links = [...new Set([...found, stage.server + preferences])].filter(
		(url) => url.startsWith(stage.server) || url.startsWith(stage.sandbox),
	);
	for (const part of [
		'/confirm?t=',
		'/unsubscribe?t=',
		'/preferences?t=',
		'/unsubscribe/',
		'/issues/',
	]) {
		if (!links.some((url) => url.includes(part))) throw new Error(`No mail links to ${part}.`);
	}
	return links;
}

async function visit(
	links: readonly string[],
	visits: number,
	executablePath: string,
): Promise<number[]> {
	if (visits === 0) return [];
	const browser = await chromium.launch({ executablePath, args: browserFlags });
	const page = await browser.newPage();
	const statuses: number[] = [];
	for (let n = 0; n < visits; n += 1) {
		const answer = await page.goto(links[n % links.length] ?? '', { waitUntil: 'load' });
		statuses.push(answer?.status() ?? 0);
	}
	await browser.close();
	return statuses;
}

async function ask<T>(stage: Stage, path: string, body: object): Promise<T> {
	const answer = await fetch(stage.sandbox + path, {
		method: 'POST',
		headers: { authorization: 'Bearer re_sandbox' },
		body: JSON.stringify(body),
	});
	if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
	// The sandbox answers as Resend does.
	return (await answer.json()) as T;
}

/** Everybody with all that is known of them, and how many mails there are. */
async function stateOf(stage: Stage): Promise<string> {
	const page = await (await fetch(`${stage.sandbox}/inbox/contacts`)).text();
	const { mails } = await control<{ mails: number }>(stage, '');
	return `${mails} ${page.slice(page.indexOf('<main'), page.indexOf('</main>'))}`;
}

async function lastCall(stage: Stage): Promise<number> {
	return (await control<Call[]>(stage, '/journal')).at(-1)?.number ?? 0;
}

/** How those who look ahead say so, and how those who scan do not. */
const ahead: readonly Record<string, string>[] = [
	{},
	{ purpose: 'prefetch' },
	{ 'sec-purpose': 'prefetch;prerender' },
	{ 'x-moz': 'prefetch' },
	{ 'user-agent': 'Mozilla/5.0 (compatible; LinkScanner/1.0)', 'sec-fetch-mode': 'navigate' },
	{ 'user-agent': '', accept: '*/*', range: 'bytes=0-1023' },
	{ cookie: 'session=1', origin: 'https://mail.example.org', referer: 'https://mail.example.org/' },
];

interface Call {
	op: string | null;
	number: number;
}
