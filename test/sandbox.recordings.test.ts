import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '#/sandbox/server.ts';

interface Exchange {
	method: string;
	path: string;
	request: Record<string, unknown> | null;
	status: number;
	headers: Record<string, string>;
	response: Record<string, unknown> & {
		id?: string;
		data?: { email: string }[];
		has_more?: boolean;
	};
}

const file = new URL('../../shared/data/resend-recordings.json', import.meta.url);
const exchanges: Exchange[] = existsSync(file)
	? JSON.parse(readFileSync(file, 'utf8')).exchanges
	: [];
if (exchanges.length === 0) {
	console.warn('SKIPPED: the recordings of the live API (resend-recordings.json) are not here.');
}

const NIL = '00000000-0000-0000-0000-000000000000';
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

describe.skipIf(exchanges.length === 0)('answers as the live API was recorded', () => {
	let sandbox: Sandbox;
	/** Recorded id to the sandbox's id. */
	const ids = new Map<string, string>([[NIL, NIL]]);

	beforeAll(async () => {
		sandbox = await startSandbox();
	});
	afterAll(() => sandbox.close());

	async function call(method: string, path: string, body: unknown) {
		const response = await fetch(`${sandbox.url}${path}`, {
			method,
			headers: { authorization: 'Bearer re_test', 'content-type': 'application/json' },
			...(body !== null && { body: JSON.stringify(body) }),
		});
		return { status: response.status, headers: response.headers, body: await response.json() };
	}

	const translate = (text: string) => text.replace(UUID, (id) => ids.get(id) ?? id);

	/** Makes what a recorded read found in its account: other requests created it, unrecorded. */
	async function arrange({ method, path, response }: Exchange) {
		const rows = response.data;
		const segment = /^\/segments\/([0-9a-f-]{36})/.exec(path)?.[1];
		if (rows !== undefined) sandbox.reset();
		if (method === 'GET' && segment !== undefined && !ids.has(segment)) {
			const created = await call('POST', '/segments', { name: response['name'] ?? 'Recorded' });
			ids.set(segment, created.body.id);
		}
		const segments = segment === undefined ? [] : [{ id: ids.get(segment) }];
		const wanted = (rows ?? []).map(({ email }) => email);
		if (response.has_more) wanted.push('one.more@example.com');
		for (const email of wanted.toReversed()) await call('POST', '/contacts', { email, segments });

		const removed = /^\/contacts\/([^/]+@[^/]+)$/.exec(path)?.[1];
		if (method === 'DELETE' && removed) await call('POST', '/contacts', { email: removed });
	}

	test.each(exchanges.map((exchange, index) => ({ exchange, index })))(
		'$index $exchange.method $exchange.path',
		async ({ exchange }) => {
			await arrange(exchange);
			const answer = await call(
				exchange.method,
				translate(exchange.path),
				exchange.request && JSON.parse(translate(JSON.stringify(exchange.request))),
			);
			if (exchange.method === 'POST' && exchange.response.id) {
				ids.set(exchange.response.id, answer.body.id);
			}

			expect(answer.status).toBe(exchange.status);
			expect(shape(answer.body)).toEqual(shape(exchange.response));
			const pattern = (value: string | null) => value?.replace(/\d+/g, 'N');
			const names = Object.keys(exchange.headers);
			expect(names.map((name) => [name, pattern(answer.headers.get(name))])).toEqual(
				names.map((name) => [name, pattern(exchange.headers[name] ?? null)]),
			);
		},
	);
});

/** Ids and times by their pattern, every other value as it is. */
function shape(value: unknown): unknown {
	return JSON.parse(
		JSON.stringify(value)
			.replace(UUID, (id) => (id === NIL ? NIL : '<id>'))
			.replace(/"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,5}[1-9]|\.[1-9])?\+00"/g, '"<time>"'),
	);
}
