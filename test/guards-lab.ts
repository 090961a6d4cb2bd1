/** An account, a past issue and a public site, on which every guard passes until something is bent. */
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { onTestFinished } from 'vitest';
import { shortHash } from '#/delivery/canonical.ts';
import type { GuardFacts, GuardPorts } from '#/delivery/guards/facts.ts';
import { listAll } from '#/delivery/choice.ts';
import { payloadHash } from '#/delivery/message.ts';
import type { Payload } from '#/delivery/message.ts';
import { openResend } from '#/delivery/resend.ts';
import type { Receipt } from '#/delivery/receipt.ts';
import { sampleReceipt } from '#/delivery/sample.ts';
import { planTime } from '#/delivery/schedule.ts';
import { openSite } from '#/delivery/site.ts';
import type { Site } from '#/delivery/site.ts';
import { aLab, dataOf } from './sandbox-lab.ts';
import type { Lab } from './sandbox-lab.ts';

export const home = 'https://news.larkfield.example';
export const pageUrl = `${home}/issues/017/`;
export const outside = 'https://elsewhere.example/study';

/** Monday noon, a week and a day after issue 016 went out; 017 is planned for Tuesday at nine. */
export const NOW = new Date('2026-11-23T12:00:00Z');

export async function aGuardLab(): Promise<GuardLab> {
	const lab = await aLab({
		now: new Date('2026-11-16T10:00:00Z'),
		senders: ['news.larkfield.example'],
	});
	const { sandbox, segmentId, topicId } = lab;
	const provider = openResend(
		{ key: 're_x', baseUrl: sandbox.url, timeoutMs: 1_000 },
		{
			elapsed: () => sandbox.clock.now().getTime(),
			wait: (milliseconds) => sandbox.clock.advance(milliseconds),
		},
	);
	const past = await sent(lab, 'tandem:016#1 aaaaaaaaaaaa', '2026-11-17T09:00:00Z');
	await sandbox.clock.set(NOW);

	const web = await aWeb();
	const payload = aPayload({ segmentId, topicId });
	const contentHash = 'c'.repeat(64);
	web.show('/issues/017/', issuePage('017', shortHash(contentHash)));
	web.show('/atom.xml', `<feed><entry><id>${pageUrl}</id></entry></feed>`);
	web.show('/logo.png', 'not a picture, but an answer');
	web.show('elsewhere.example/study', 'a study');

	const told: string[] = [];
	const ports: GuardPorts = {
		provider,
		site: web.site,
		isSandbox: false,
		now: () => sandbox.clock.now(),
		waitPageMs: 0,
		wait: (milliseconds) => sandbox.clock.advance(milliseconds),
		tell: (step, text) => told.push(`${step}: ${text}`),
	};
	return {
		...lab,
		web,
		told,
		past,
		ports,
		async facts(change = {}) {
			return {
				site: 'tandem',
				issue: '017',
				payload,
				contentHash,
				planned: planTime('2026-11-24', '09:00', 'Europe/London', 'test'),
				tz: 'test',
				undoMinutes: 10,
				problems: [],
				audience: { segment: 'readers', topic: 'Weekly' },
				audienceCap: 1_000,
				headersSeen: '2026-11-01',
				listing: await listAll(provider),
				receipts: [reading(aReceipt({ broadcast: past }))],
				page: { issue: pageUrl, feed: `${home}/atom.xml` },
				typed: { approve: shortHash(payloadHash(payload)) },
				...change,
			};
		},
	};
}

/** A broadcast to the readers, scheduled; `letPass` moves the clock beyond its time. */
export async function scheduled(
	lab: Lab,
	name: string,
	at: string,
	change: { segmentId?: string } = {},
): Promise<string> {
	const id = await lab.draft({ name, ...change });
	dataOf(await lab.resend.broadcasts.send(id, { scheduledAt: at }));
	return id;
}

async function sent(lab: Lab, name: string, at: string): Promise<string> {
	const id = await scheduled(lab, name, at);
	await lab.sandbox.clock.set(new Date(Date.parse(at) + 60_000));
	return id;
}

export function aPayload(change: Partial<Payload> = {}): Payload {
	return {
		from: 'Common Ground <letter@news.larkfield.example>',
		html: [
			'<!doctype html><html lang="en"><body>',
			`<img src="${home}/logo.png" alt="">`,
			`<a href="${pageUrl}">On the web</a> <a href="${outside}?a=1&amp;b=2#part">A study</a>`,
			'<a href="mailto:editor@larkfield.example">Reply</a>',
			'<a href="{{{RESEND_UNSUBSCRIBE_URL}}}">Leave</a></body></html>',
		].join('\n'),
		previewText: 'One line.',
		replyTo: ['editor@larkfield.example'],
		segmentId: 'segment',
		subject: 'No surprise promos',
		text: 'Leave: {{{RESEND_UNSUBSCRIBE_URL}}}\n',
		topicId: 'topic',
		...change,
	};
}

export function aReceipt(change: Partial<Receipt> = {}): Receipt {
	return sampleReceipt({
		issue: '016',
		broadcast: 'broadcast-016',
		planned: planTime('2026-11-17', '09:00', 'Europe/London', 'test'),
		audience: { segment: 'segment', topic: 'topic', upTo: 10 },
		...change,
	});
}

export function reading(receipt: Receipt) {
	return { kind: 'receipt' as const, receipt, file: `${receipt.issue}-x.receipt.json` };
}

export function issuePage(issue: string, hash: string): string {
	return `<!DOCTYPE html><html><head><meta name="newsletter-issue" content="${issue}"><meta content='${hash}' name=newsletter-content></head></html>`;
}

/** A web of one server on loopback: paths are our own site, `host/path` is any other host. */
async function aWeb(): Promise<LocalWeb> {
	const shown = new Map<string, Shown>();
	const asked: string[] = [];
	const server = createServer((request, response) => {
		const at = addressOf(request);
		asked.push(`${request.method} ${at}`);
		const known = shown.get(at) ?? {};
		const { status = 404, body = '', headers = {}, knowsHead = true, hangs } = known;
		if (hangs === 'at once') return;
		const isRefused = request.method === 'HEAD' && !knowsHead;
		response.writeHead(isRefused ? 405 : status, headers);
		if (hangs === 'in the body' && request.method === 'GET') response.write(body);
		else response.end(request.method === 'HEAD' ? undefined : body);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	onTestFinished(() => {
		server.closeAllConnections();
		server.close();
	});
	const address = server.address();
	const port = typeof address === 'object' && address ? address.port : 0;
	const servedFrom = `http://127.0.0.1:${port}`;
	const site = openSite(
		{ publicOrigin: home, servedFrom, timeoutMs: 300 },
		{
			// Every name but our own leads to the same server, which tells them apart by a header.
			fetch: (url, init) => {
				if (url.origin === servedFrom) return fetch(url, init);
				const headers = new Headers(init.headers);
				headers.set('x-host', url.host);
				return fetch(servedFrom + url.pathname, { ...init, headers });
			},
			resolve: async (host) => {
				if (host === 'nowhere.example') {
					throw Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' });
				}
				return [host === 'inside.example' ? '10.0.0.7' : '203.0.113.5'];
			},
			wait: async () => {},
		},
	);
	return {
		site,
		asked,
		show: (at, body, more = {}) => shown.set(at, { status: 200, body, ...more }),
		hide: (at) => shown.delete(at),
	};
}

function addressOf({ url = '/', headers }: IncomingMessage): string {
	const path = url.split('?')[0] ?? '/';
	const host = headers['x-host'];
	return typeof host === 'string' ? host + path : path;
}

interface Shown {
	status?: number;
	body?: string;
	headers?: Record<string, string>;
	knowsHead?: boolean;
	hangs?: 'at once' | 'in the body';
}

interface LocalWeb {
	site: Site;
	/** `GET /issues/017/`, oldest first. */
	asked: string[];
	show(at: string, body: string, more?: Shown): void;
	hide(at: string): void;
}

export interface GuardLab extends Lab {
	web: LocalWeb;
	/** What the guards said. */
	told: string[];
	/** Id of the broadcast of issue 016. */
	past: string;
	ports: GuardPorts;
	/** Facts on which every guard passes, with the account's list as it is now. */
	facts(change?: Partial<GuardFacts>): Promise<GuardFacts>;
}
