/**
 * The endpoints and the sandbox in one process, without sockets between them: the real app, the real
 * SDK, the real sandbox, and a clock that only moves when it is told to. What the SDK and the
 * sandbox's postman send is handed over in memory.
 */
import { join } from 'node:path';
import type { Hono } from 'hono';
import { machinePace } from '#/delivery/pace.ts';
import { setUpProperties } from '#/delivery/properties.ts';
import { openResend } from '#/delivery/resend.ts';
import { createApp } from '#/endpoints/app.ts';
import type { Choices } from '#/endpoints/choices.ts';
import { choicesOf } from '#/endpoints/choices.ts';
import { mintStamp } from '#/endpoints/stamp.ts';
import type { LogEntry, Ports } from '#/endpoints/ports.ts';
import { answerApi } from '#/sandbox/api.ts';
import { seedReaders } from '#/sandbox/readers.ts';
import { startSandbox } from '#/sandbox/server.ts';
import type { Sandbox, SandboxOptions } from '#/sandbox/server.ts';
import { readSettings } from '#/settings.ts';
import type { Settings } from '#/settings.ts';
import { root } from '../../astro.ts';
import { openPorts } from '../../serve/ports.ts';

/** Opens a desk. Until it is closed, calls between app and sandbox do not leave this process. */
export async function openDesk(options: DeskOptions = {}): Promise<Desk> {
	const time = { ms: (options.now ?? new Date('2026-11-24T10:00:00Z')).getTime() };
	const clock = { now: () => new Date(time.ms) };
	const sandbox = await startSandbox({ clock, ...options.sandbox });
	const settings = readSettings(join(root, 'content'));
	const outside = globalThis.fetch;
	const log: LogEntry[] = [];
	let app: Hono | undefined;
	globalThis.fetch = async (input, init) => {
		const request = new Request(input, init);
		if (request.url.startsWith(`${sandbox.url}/`)) return toSandbox(request, sandbox);
		if (request.url.startsWith(`${publicUrl}/`) && app) return app.fetch(request, {});
		return outside(input, init);
	};
	const { segmentId, topicId } = seedReaders(sandbox, settings.delivery);
	await setUpProperties(openResend({ key: 're_full', baseUrl: sandbox.url }, machinePace()));
	const hook = await makeWebhook(sandbox);
	const ports = await openPorts({
		settings,
		choices: { ...unlimited(settings), ...options.choices },
		publicUrl,
		baseUrl: sandbox.url,
		sendKey: 're_send',
		fullKey: 're_full',
		tokenKeys: options.tokenKeys ?? testKeys,
		webhookSecrets: [hook.secret],
		isBehindProxy: true,
		folder: join(root, 'content'),
		now: clock.now,
		log: (entry) => log.push(entry),
	});
	Object.assign(ports, { wait: async () => {} }, options.ports);
	app = createApp(ports);
	const opened = app;

	async function ask(path: string, init: RequestInit = {}): Promise<Response> {
		const url = path.startsWith('/') ? publicUrl + path : path;
		return opened.fetch(new Request(url, init), {});
	}

	const post: Desk['post'] = (path, fields, headers = {}) =>
		ask(path, { method: 'POST', body: new URLSearchParams(fields), headers });

	return {
		sandbox,
		ports,
		app: opened,
		log,
		segmentId,
		topicId,
		webhookSecret: hook.secret,
		ask,
		post,
		async signUp(address, headers = {}) {
			// A form that is old enough: as if the page had been opened ten seconds ago.
			const now = ports.now();
			const stamp = await mintStamp({ ...ports, now: () => new Date(now.getTime() - 10_000) });
			return post(
				'/subscribe',
				{ email: address, stamp, website: '' },
				{ 'sec-fetch-site': 'same-origin', 'x-forwarded-for': '198.51.100.7', ...headers },
			);
		},
		async pass(ms) {
			time.ms += ms;
		},
		async close() {
			globalThis.fetch = outside;
			await sandbox.close();
		},
	};
}

/** The address of the page that a mail's one link to an endpoint leads to, and its token. */
export function linkIn(
	text: string,
	page: 'confirm' | 'unsubscribe' | 'preferences',
): Link | undefined {
	const found = new RegExp(`http[^\\s"<>]*/${page}\\?t=(?<token>v1[\\w.-]+)`).exec(text);
	const token = found?.groups?.['token'];
	return found && token !== undefined ? { url: found[0], token } : undefined;
}

/** Token keys for tests, not secret at all. */
export const testKeys = [2, 1]
	.map((n) => `k${n}:${Buffer.alloc(32, n).toString('base64')}`)
	.join(',');

export const publicUrl = 'http://127.0.0.1:1';

async function toSandbox(request: Request, sandbox: Sandbox): Promise<Response> {
	const reply = await answerApi(
		{
			method: request.method,
			url: new URL(request.url),
			headers: Object.fromEntries(request.headers),
			body: await request.text(),
			gone: request.signal,
		},
		sandbox.world,
	);
	switch (reply.kind) {
		case 'drop':
			throw new TypeError('The connection broke.');
		case 'hang':
			return new Promise((_, reject) => {
				request.signal.addEventListener('abort', () => reject(request.signal.reason as Error));
			});
		case 'response': {
			const date = sandbox.clock.now().toUTCString();
			return new Response(reply.body, {
				status: reply.status,
				headers: { ...reply.headers, date },
			});
		}
		default:
			return reply satisfies never;
	}
}

async function makeWebhook(sandbox: Sandbox): Promise<{ secret: string }> {
	const answer = await fetch(`${sandbox.url}/webhooks`, {
		method: 'POST',
		headers: { authorization: 'Bearer re_full' },
		body: JSON.stringify({ endpoint: `${publicUrl}/webhook/resend`, events: watched }),
	});
	// The sandbox answers as Resend does.
	const { signing_secret: secret } = (await answer.json()) as { signing_secret: string };
	return { secret };
}

/** What the endpoints want to hear of. */
const watched = [
	'contact.updated',
	'contact.topics.updated',
	'email.bounced',
	'email.complained',
	'suppression.added',
	'suppression.removed',
];

const many = 1_000_000_000;

/** No waiting and no counting, where a test is about something else. */
function unlimited(settings: Settings): Partial<Choices> {
	return {
		floorMs: 0,
		limits: {
			...choicesOf(settings).limits,
			perClient: { minute: many, hour: many },
			perDomainHour: many,
			perHour: many,
		},
	};
}

interface DeskOptions {
	now?: Date;
	choices?: Partial<Choices>;
	sandbox?: SandboxOptions;
	tokenKeys?: string;
	ports?: Partial<Ports>;
}

export interface Desk {
	sandbox: Sandbox;
	ports: Ports;
	app: Hono;
	log: LogEntry[];
	segmentId: string;
	topicId: string;
	webhookSecret: string;
	ask(path: string, init?: RequestInit): Promise<Response>;
	post(
		path: string,
		fields: Record<string, string>,
		headers?: Record<string, string>,
	): Promise<Response>;
	/** Fills in the form as a browser would. */
	signUp(address: string, headers?: Record<string, string>): Promise<Response>;
	/** Lets time pass, in milliseconds. */
	pass(ms: number): Promise<void>;
	close(): Promise<void>;
}

interface Link {
	url: string;
	token: string;
}
