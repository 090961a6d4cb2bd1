import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Provider } from './provider.ts';
import { isLoopback, openResend } from './resend.ts';

/** What the server answers next; the last answer is repeated. */
let answers: Answer[];
let requests: { line: string; body: string }[];
let waits: number[];
let server: Server;
let provider: Provider;

interface Answer {
	status?: number;
	/** JSON, or text as it is; `drop` breaks the connection, `hang` never answers. */
	body?: unknown;
	headers?: Record<string, string>;
}

beforeEach(async () => {
	answers = [];
	requests = [];
	waits = [];
	server = createServer((request, response) => {
		void bodyOf(request).then((body) => {
			requests.push({ line: `${request.method} ${request.url}`, body });
			const answer = (answers.length > 1 ? answers.shift() : answers[0]) ?? {};
			if (answer.body === 'hang') return;
			if (answer.body === 'drop') {
				response.destroy();
				return;
			}
			response.writeHead(answer.status ?? 200, {
				date: 'Mon, 23 Nov 2026 10:00:00 GMT',
				'content-type': 'application/json',
				...answer.headers,
			});
			response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	// A TCP server's address is an object, never a pipe's name.
	const { port } = server.address() as AddressInfo;
	const pace = {
		elapsed: () => 0,
		wait: async (milliseconds: number) => {
			waits.push(milliseconds);
		},
	};
	provider = openResend({ key: 're_x', baseUrl: `http://127.0.0.1:${port}`, timeoutMs: 300 }, pace);
});

afterEach(() => {
	server.closeAllConnections();
	server.close();
});

async function bodyOf(request: IncomingMessage): Promise<string> {
	let body = '';
	for await (const chunk of request) body += String(chunk);
	return body;
}

const id = '5f0c5f0c-5f0c-4f0c-8f0c-5f0c5f0c5f0c';
const at = new Date('2026-11-24T08:00:00Z');
const sendNow = () => provider.sendBroadcast(id, at);
const refusedWith = (status: number, name: string) => ({
	status,
	body: { statusCode: status, name, message: 'No.' },
});

describe('a write', () => {
	test('is ok with the provider’s clock', async () => {
		answers = [{ body: { id } }];
		expect(await sendNow()).toEqual({
			kind: 'ok',
			value: { id },
			at: new Date('2026-11-23T10:00:00Z'),
		});
		expect(requests).toEqual([
			{
				line: `POST /broadcasts/${id}/send`,
				body: '{"scheduled_at":"2026-11-24T08:00:00.000Z"}',
			},
		]);
	});

	test.each([400, 401, 403, 404, 405, 422])(
		'is refused with %i, and asked once',
		async (status) => {
			answers = [refusedWith(status, 'validation_error')];
			expect(await sendNow()).toEqual({
				kind: 'refused',
				status,
				name: 'validation_error',
				message: 'No.',
			});
			expect(requests).toHaveLength(1);
		},
	);

	test.each<[string, Answer]>([
		['a 500', refusedWith(500, 'application_error')],
		['a 503', refusedWith(503, 'service_unavailable')],
		['a 502 in HTML', { status: 502, body: '<html>Bad gateway</html>' }],
		['an error without a status', { status: 504, body: { error: 'timeout' } }],
		['an error that is null', { status: 403, body: null }],
		['an error that is text', { status: 400, body: '"no"' }],
		['an empty 200', { body: '' }],
		['a torn 200', { body: '{"id": "5f' }],
		['a 200 of another shape', { body: { ok: true } }],
		['a broken connection', { body: 'drop' }],
		['no answer', { body: 'hang' }],
	])('is unknown after %s, and never repeated', async (_what, answer) => {
		answers = [answer];
		expect(await sendNow()).toMatchObject({ kind: 'unknown' });
		expect(requests).toHaveLength(1);
	});

	test('is repeated after a rate limit, when the provider says', async () => {
		const limit = refusedWith(429, 'rate_limit_exceeded');
		answers = [{ ...limit, headers: { 'retry-after': '7' } }, limit, { body: { id } }];
		expect(await sendNow()).toMatchObject({ kind: 'ok' });
		expect(waits).toEqual([7000, 2000]);
	});

	test('gives up after three repetitions', async () => {
		answers = [refusedWith(429, 'rate_limit_exceeded')];
		expect(await sendNow()).toMatchObject({ kind: 'refused', status: 429 });
		expect(requests).toHaveLength(4);
		expect(waits).toEqual([1000, 2000, 4000]);
	});

	test.each(['daily_quota_exceeded', 'monthly_quota_exceeded'])(
		'is not repeated after %s',
		async (name) => {
			answers = [refusedWith(429, name)];
			expect(await sendNow()).toMatchObject({ kind: 'refused', name });
			expect(requests).toHaveLength(1);
		},
	);

	test('is repeated where something else held a lock', async () => {
		answers = [refusedWith(409, 'resource_locked'), { body: { id } }];
		expect(await sendNow()).toMatchObject({ kind: 'ok' });
	});
});

describe('a read', () => {
	test.each<[string, Answer]>([
		['a 500', refusedWith(500, 'application_error')],
		['a broken connection', { body: 'drop' }],
		['a torn answer', { body: '{"data": [' }],
	])('is repeated after %s', async (_what, answer) => {
		answers = [answer, answer, { body: { data: [], has_more: false } }];
		expect(await provider.listBroadcasts()).toMatchObject({ kind: 'ok' });
		expect(requests).toHaveLength(3);
	});

	test('is unknown when it never works', async () => {
		answers = [refusedWith(500, 'application_error')];
		expect(await provider.getBroadcast(id)).toMatchObject({ kind: 'unknown' });
		expect(requests).toHaveLength(4);
	});

	test('asks for pages of a hundred, also of topics', async () => {
		answers = [{ body: { data: [], has_more: false } }];
		await provider.listBroadcasts('b9');
		await provider.listTopics('t9');
		await provider.listContacts('s1', 'page', 'c9');
		expect(requests.map(({ line }) => line)).toEqual([
			'GET /broadcasts?limit=100&after=b9',
			'GET /topics?limit=100&after=t9',
			'GET /segments/s1/contacts?limit=100&after=c9',
		]);
	});

	test('takes a broadcast as the provider writes it', async () => {
		const listed = {
			id,
			name: 'n',
			status: 'scheduled',
			created_at: 'c',
			scheduled_at: 's',
			sent_at: null,
		};
		const full = {
			...listed,
			from: 'f',
			subject: 'u',
			reply_to: ['r'],
			preview_text: null,
			html: 'h',
		};
		answers = [
			{ body: { ...full, audience_id: 'a', segment_id: null, topic_id: 't', object: 'x' } },
		];
		expect(await provider.getBroadcast(id)).toMatchObject({
			value: {
				id,
				status: 'scheduled',
				scheduledAt: 's',
				sentAt: undefined,
				replyTo: ['r'],
				previewText: undefined,
				segmentId: 'a',
				text: undefined,
			},
		});
	});
});

test('an id can never name another path', async () => {
	answers = [{ body: { id } }];
	await provider.removeBroadcast('../contacts/all?x');
	expect(requests.map(({ line }) => line)).toEqual(['DELETE /broadcasts/..%2Fcontacts%2Fall%3Fx']);
});

test('a topic is made public and off until asked for', async () => {
	answers = [{ body: { id } }];
	await provider.createTopic('Weekly');
	expect(JSON.parse(requests[0]?.body ?? '')).toEqual({
		name: 'Weekly',
		default_subscription: 'opt_out',
		visibility: 'public',
	});
});

test('a draft is created without `send`, and nothing but our fields', async () => {
	answers = [{ body: { id } }];
	const draft = {
		name: 'n',
		from: 'f',
		subject: 's',
		previewText: 'p',
		replyTo: ['r'],
		html: 'h',
		text: 't',
		segmentId: 's1',
		topicId: 't1',
	};
	await provider.createBroadcast(draft);
	expect(JSON.parse(requests[0]?.body ?? '')).toEqual({
		name: 'n',
		from: 'f',
		subject: 's',
		preview_text: 'p',
		reply_to: ['r'],
		html: 'h',
		text: 't',
		segment_id: 's1',
		topic_id: 't1',
	});
});

test.each([
	'https://api.resend.com.example.net',
	'http://api.resend.com',
	'https://10.0.0.1',
	'http://127.evil.com',
])('refuses to give the key to %s', (baseUrl) => {
	const pace = { elapsed: () => 0, wait: async () => {} };
	expect(() => openResend({ key: 're_x', baseUrl }, pace)).toThrow(/neither/);
});

test.each(['http://127.0.0.1:4323', 'http://localhost:1', 'http://[::1]:80'])(
	'%s is this machine',
	(address) => {
		expect(isLoopback(address)).toBe(true);
	},
);
