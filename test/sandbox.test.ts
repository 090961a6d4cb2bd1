import { connect } from 'node:net';
import { Resend } from 'resend';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type FaultName, faults } from '#/sandbox/fault.ts';
import { seedReaders } from '#/sandbox/readers.ts';
import { routes } from '#/sandbox/routes.ts';
import { startSandbox } from '#/sandbox/server.ts';
import { UserError } from '#/user-error.ts';
import { aLab, aMail, dataOf, HOUR, MINUTE, TUESDAY_NINE } from './sandbox-lab.ts';

test('listens on the loopback interface only', async () => {
	const { sandbox } = await aLab();
	expect(sandbox.url).toBe(`http://127.0.0.1:${sandbox.port}`);
	const other = `http://127.0.0.2:${sandbox.port}/`;
	await expect(fetch(other)).rejects.toThrow('fetch failed');
});

test('a taken port is named, with what to do about it', async () => {
	const { sandbox } = await aLab();
	const second = startSandbox({ port: sandbox.port });
	await expect(second).rejects.toBeInstanceOf(UserError);
	await expect(second).rejects.toMatchObject({
		message: expect.stringContaining(`port ${sandbox.port} is taken`),
		hint: expect.stringContaining('another port'),
	});
});

test('the same seed gives the same ids, times and secrets; another seed gives others', async () => {
	const run = async (seed: number) => {
		const { resend, draft } = await aLab({ seed, clock: { now: () => new Date(0) } });
		const hook = dataOf(
			await resend.webhooks.create({ endpoint: 'http://127.0.0.1:9/', events: ['email.sent'] }),
		);
		const { html: _h, ...broadcast } = dataOf(await resend.broadcasts.get(await draft()));
		return JSON.stringify([hook, broadcast]);
	};
	expect(await run(7)).toBe(await run(7));
	expect(await run(7)).not.toBe(await run(8));
});

test('no two objects share a time of creation, even under a clock that stands still', async () => {
	const { resend, draft } = await aLab({ clock: { now: () => new Date(0) } });
	for (let count = 0; count < 20; count += 1) await draft();
	const { data } = dataOf(await resend.broadcasts.list());
	const times = data.map(({ created_at }) => created_at);
	const padded = times.map((time) =>
		time.replace(/(?:\.(\d+))?\+00$/, (_, f = '') => `.${f.padEnd(6, '0')}`),
	);
	expect(padded).toEqual([...new Set(padded)].toSorted().toReversed());
});

test('seeding readers twice changes nothing', async () => {
	const { sandbox, segmentId, topicId, resend } = await aLab();
	dataOf(await resend.contacts.update({ email: 'chloe@example.org', unsubscribed: true }));
	const before = JSON.stringify([...sandbox.state.contacts.values()]);
	expect(seedReaders(sandbox, { segment: 'readers', topic: 'Weekly' })).toMatchObject({
		segmentId,
		topicId,
	});
	expect(JSON.stringify([...sandbox.state.contacts.values()])).toBe(before);
	expect(sandbox.state.contacts.size).toBe(12);
});

describe('the journal', () => {
	test('keeps what was asked and answered, and never the key', async () => {
		const { resend, sandbox } = await aLab();
		dataOf(await resend.emails.send(aMail(), { idempotencyKey: 'confirm/1' }));
		await resend.contacts.get('nobody');
		expect(sandbox.journal()).toMatchObject([
			{
				number: 1,
				time: expect.stringContaining('2026-11-23T10:00:0'),
				method: 'POST',
				path: '/emails',
				op: 'emails.send',
				status: 200,
				fault: null,
				idempotencyKey: 'confirm/1',
				body: { subject: 'Please confirm' },
			},
			{ number: 2, op: 'contacts.get', path: '/contacts/nobody', status: 404, body: null },
		]);
		const everything = JSON.stringify([sandbox.journal(), [...sandbox.state.idempotency]]);
		expect(everything).not.toContain('re_test_key');
		const pages = await Promise.all(
			['/inbox/requests', '/_sandbox/journal'].map(async (path) =>
				(await fetch(sandbox.url + path)).text(),
			),
		);
		expect(pages.join()).not.toContain('re_test_key');
	});
});

describe('faults', () => {
	const committed: FaultName[] = [
		'after-commit',
		'html-502-after-commit',
		'empty-200',
		'truncated-200',
		'500-after',
	];
	const answered = Object.keys(faults).filter(
		(name) => !['hang', 'hang-after-commit', 'late'].includes(name),
	);

	test.each(answered)('%s takes effect or not, as it says, and hits once', async (name) => {
		const { sandbox, draft } = await aLab();
		// The names come from the table itself.
		sandbox.failNext('broadcasts.create', name as FaultName);
		await expect(draft()).rejects.toThrow('Resend refused');
		const made = committed.includes(name as FaultName) ? 1 : 0;
		expect(sandbox.state.broadcasts.size).toBe(made);
		await draft();
		expect(sandbox.state.broadcasts.size).toBe(made + 1);
		expect(sandbox.journal().map(({ fault }) => fault)).toEqual([name, null]);
	});

	test.each<[FaultName, object]>([
		['before-commit', { statusCode: null, name: 'application_error' }],
		['after-commit', { statusCode: null, name: 'application_error' }],
		['empty-200', { statusCode: null, name: 'application_error' }],
		['truncated-200', { statusCode: null, name: 'application_error' }],
		['html-502', { statusCode: 502, name: 'application_error' }],
		['429-monthly', { statusCode: 429, name: 'monthly_quota_exceeded' }],
		['409-locked', { statusCode: 409, name: 'resource_locked' }],
	])('%s looks to the SDK as the notes on errors say', async (name, error) => {
		const { resend, sandbox } = await aLab();
		sandbox.failNext('emails.send', name);
		expect((await resend.emails.send(aMail())).error).toMatchObject(error);
	});

	test("a proxy's error has no statusCode", async () => {
		const { resend, sandbox } = await aLab();
		sandbox.failNext('broadcasts.list', 'bare-504');
		expect((await resend.broadcasts.list()).error?.statusCode).toBeUndefined();
	});

	test('429 tells how long to wait, or does not', async () => {
		const { resend, sandbox } = await aLab();
		sandbox.failNext('broadcasts.list', '429');
		sandbox.failNext('broadcasts.list', '429-bare');
		expect((await resend.broadcasts.list()).headers?.['retry-after']).toBe('1');
		expect((await resend.broadcasts.list()).headers?.['retry-after']).toBeUndefined();
	});

	test('hanging requests end when the caller gives up, with or without effect', async () => {
		const { resend, sandbox } = await aLab();
		for (const [name, mails] of [
			['hang', 0],
			['hang-after-commit', 1],
		] as const) {
			sandbox.failNext('emails.send', name);
			const signal = AbortSignal.timeout(100);
			const { error } = await resend.emails.send(aMail(), { signal });
			expect(error).toMatchObject({ statusCode: null });
			expect(sandbox.mails()).toHaveLength(mails);
		}
	});

	test('a late request takes effect five minutes later, by the sandbox clock', async () => {
		const { resend, sandbox, draft, status } = await aLab();
		const id = await draft();
		sandbox.failNext('broadcasts.send', 'late');
		const { error } = await resend.broadcasts.send(id, { scheduledAt: TUESDAY_NINE });
		expect(error?.statusCode).toBeNull();
		expect(await status(id)).toBe('draft');
		await sandbox.clock.advance(5 * MINUTE);
		expect(await status(id)).toBe('scheduled');
	});

	test('can skip requests, hit several, and hit any operation', async () => {
		const { resend, sandbox, draft } = await aLab();
		for (let count = 0; count < 3; count += 1) await draft();
		sandbox.failNext('broadcasts.list', 'html-502', { skip: 1, times: 2 });
		const codes = [];
		for (let count = 0; count < 4; count += 1) {
			codes.push((await resend.broadcasts.list({ limit: 1 })).error?.statusCode);
		}
		expect(codes).toEqual([undefined, 502, 502, undefined]);
		sandbox.failNext('*', '503');
		expect((await resend.usage.get()).error?.statusCode).toBe(503);
	});

	test('a misspelt operation is refused at once', async () => {
		const { sandbox } = await aLab();
		expect(() => sandbox.failNext('broadcast.send', 'hang')).toThrow('no operation broadcast.send');
	});
});

describe('hooks', () => {
	test('count the requests, tell callers apart, and choose a fault before anything happens', async () => {
		const seen: string[] = [];
		const { sandbox, resend, segmentId } = await aLab({
			hooks: {
				onRequest({ number, op, key, after }) {
					seen.push(`${number} ${op} ${key} ${after}`);
					return op === 'broadcasts.list' && after === null ? '500-before' : undefined;
				},
			},
		});
		await resend.segments.get(segmentId);
		expect((await resend.broadcasts.list()).error).toMatchObject({ statusCode: 500 });
		await resend.broadcasts.list({ limit: 1, after: 'x' });
		await resend.get('/nowhere');
		expect(seen).toEqual([
			'1 segments.get re_test_key null',
			'2 broadcasts.list re_test_key null',
			'3 broadcasts.list re_test_key x',
			'4 null re_test_key null',
		]);
		expect(sandbox.journal()[1]).toMatchObject({ op: 'broadcasts.list', fault: '500-before' });
		sandbox.reset();
		await resend.segments.list();
		expect(seen.at(-1)).toBe('1 segments.list re_test_key null');
	});

	test('hold a request back, and its answer: the clock of the answer is that of its leaving', async () => {
		const order: string[] = [];
		const { sandbox, draft } = await aLab({
			clock: { now: () => new Date(0) },
			hooks: {
				async onRequest({ op }) {
					if (op !== 'broadcasts.create') return undefined;
					order.push(`request ${sandbox.state.broadcasts.size}`);
					await sandbox.clock.advance(HOUR);
					return undefined;
				},
				onReply({ op }, status) {
					order.push(`${op} ${status} ${sandbox.state.broadcasts.size}`);
				},
			},
		});
		const before = sandbox.clock.now().getTime();
		const id = await draft();
		expect(order).toEqual(['request 0', 'broadcasts.create 201 1']);
		expect(sandbox.state.broadcasts.get(id)?.createdMs).toBe(before + HOUR);
		const answer = await fetch(`${sandbox.url}/broadcasts`, {
			headers: { authorization: 'Bearer x' },
		});
		expect(answer.headers.get('date')).toBe(new Date(before + HOUR).toUTCString());
	});

	test('see a broken answer as one without a status', async () => {
		const seen: unknown[] = [];
		const { sandbox, resend } = await aLab({
			hooks: { onReply: ({ number }, status) => void seen.push([number, status]) },
		});
		sandbox.failNext('segments.list', 'after-commit');
		await resend.segments.list();
		await resend.segments.list();
		expect(seen).toEqual([
			[1, null],
			[2, 200],
		]);
	});
});

describe('knobs', () => {
	test('a rate limit counts by the second and names the wait', async () => {
		const { resend, sandbox } = await aLab({
			knobs: { rateLimit: 2 },
			clock: { now: () => new Date(0) },
		});
		const codes = [];
		let headers = null;
		for (let count = 0; count < 3; count += 1) {
			const answer = await resend.usage.get();
			codes.push(answer.error?.name ?? 'ok');
			headers = answer.headers;
		}
		expect(codes).toEqual(['ok', 'ok', 'rate_limit_exceeded']);
		expect(headers).toMatchObject({
			'retry-after': '1',
			'ratelimit-limit': '2',
			'ratelimit-policy': '2;w=1',
			'ratelimit-remaining': '0',
		});
		await sandbox.clock.advance(1_000);
		dataOf(await resend.usage.get());
	});

	test('without a limit nothing is refused, and the headers are there', async () => {
		const { resend } = await aLab();
		for (let count = 0; count < 30; count += 1) {
			expect((await resend.usage.get()).headers?.['ratelimit-policy']).toBe('10;w=1');
		}
	});

	test('a lagging list shows broadcasts as they were', async () => {
		const { resend, sandbox, draft } = await aLab({ clock: { now: () => new Date(0) } });
		const old = await draft();
		await sandbox.clock.advance(HOUR);
		sandbox.knobs.listLagMs = MINUTE;
		const fresh = await draft();
		dataOf(await resend.broadcasts.send(old, { scheduledAt: TUESDAY_NINE }));
		const seen = async () =>
			dataOf(await resend.broadcasts.list()).data.map(({ id, status }) => `${id} ${status}`);
		expect(await seen()).toEqual([`${old} draft`]);
		expect(dataOf(await resend.broadcasts.get(fresh)).id).toBe(fresh);
		await sandbox.clock.advance(MINUTE);
		expect(await seen()).toEqual([`${fresh} draft`, `${old} scheduled`]);
	});

	test('a list can miss its newest entries', async () => {
		const { resend, draft } = await aLab({ knobs: { listDropsNewest: 1 } });
		const old = await draft();
		await draft();
		expect(dataOf(await resend.broadcasts.list()).data.map(({ id }) => id)).toEqual([old]);
	});
});

describe('keys', () => {
	test('a sending key sends and reads nothing; an unknown key does neither', async () => {
		const sandbox = await startSandbox({ keys: { re_send: 'sending', re_full: 'full' } });
		onTestFinished(() => sandbox.close());
		const client = (key: string) => new Resend(key, { baseUrl: sandbox.url });
		dataOf(await client('re_send').emails.send(aMail()));
		dataOf(await client('re_full').contacts.list());
		expect((await client('re_send').contacts.list()).error).toMatchObject({
			statusCode: 401,
			name: 'restricted_api_key',
		});
		for (const key of ['re_other', 'toString']) {
			expect((await client(key).emails.send(aMail())).error?.name).toBe('invalid_api_key');
		}
	});

	test('a request without a key is refused', async () => {
		const { sandbox } = await aLab();
		const answer = await fetch(`${sandbox.url}/broadcasts`);
		expect([answer.status, (await answer.json()).name]).toEqual([401, 'missing_api_key']);
	});
});

describe('wire', () => {
	const ask = async (url: string, init: RequestInit) => {
		const headers = { authorization: 'Bearer re_test' };
		const answer = await fetch(url, Object.assign({}, init, { headers }));
		return { status: answer.status, allow: answer.headers.get('allow'), body: await answer.json() };
	};

	test('wrong paths, methods, bodies and cursors have their own answers', async () => {
		const { sandbox } = await aLab();
		const at = (path: string, init: RequestInit = {}) => ask(sandbox.url + path, init);
		expect(await at('/nothing')).toMatchObject({ status: 404, body: { name: 'not_found' } });
		expect(await at('/usage', { method: 'DELETE' })).toMatchObject({
			status: 405,
			allow: 'GET',
			body: { name: 'method_not_allowed' },
		});
		expect(await at('/segments', { method: 'POST', body: '{' })).toMatchObject({ status: 400 });
		for (const query of ['limit=0', 'limit=101', 'limit=x', 'after=nobody', 'after=a&before=b']) {
			expect({ query, ...(await at(`/contacts?${query}`)) }).toMatchObject({ query, status: 422 });
		}
		expect((await at('/contacts/%E0%A4%A')).status).toBe(404);
	});

	test('no body and no path brings it down: every answer is JSON with its own status', async () => {
		const { sandbox, segmentId, topicId } = await aLab();
		const id = sandbox.state.contacts.keys().next().value ?? '';
		const values = [
			null,
			1,
			'x',
			true,
			[],
			[[]],
			{},
			{ id: 1 },
			-1,
			'__proto__',
			'x'.repeat(3_000),
		];
		const names = [
			'email',
			'to',
			'from',
			'subject',
			'html',
			'text',
			'name',
			'key',
			'type',
			'segment_id',
			'topic_id',
			'topics',
			'segments',
			'properties',
			'scheduled_at',
			'emails',
			'ids',
			'endpoint',
			'events',
			'default_subscription',
			'unsubscribed',
			'headers',
			'tags',
			'fallback_value',
			'__proto__',
		];
		const bodies = [
			...values,
			...values.map((value) => Object.fromEntries(names.map((name) => [name, value]))),
		];
		for (const { method, path } of routes.filter((entry) => entry.method !== 'DELETE')) {
			const target = path
				.replace(':contact', id)
				.replace(':segment', segmentId)
				.replace(':topic', topicId)
				.replace(/:\w+/g, '%00constructor');
			for (const body of method === 'GET' ? [undefined] : bodies) {
				const answer = await ask(sandbox.url + target, {
					method,
					body: JSON.stringify(body) ?? null,
				});
				const isRefusal = answer.status >= 400;
				expect([method, target, answer.body.statusCode]).toEqual([
					method,
					target,
					isRefusal ? answer.status : undefined,
				]);
				expect(answer.status).toBeLessThan(500);
			}
		}
		const raw = await new Promise<string>((resolve, reject) => {
			const socket = connect(sandbox.port, '127.0.0.1', () =>
				socket.end('GET http://other.example/ HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n'),
			);
			socket.on('error', reject).on('data', (data) => resolve(String(data)));
		});
		expect(raw).toMatch(/^HTTP\/1\.1 404/);
	});

	test('the date header tells the sandbox clock', async () => {
		const { resend } = await aLab();
		expect((await resend.broadcasts.list()).headers?.['date']).toContain('Mon, 23 Nov 2026 10:00');
	});

	test('a body over the limit is refused, and a caller that leaves halfway does no harm', async () => {
		const { sandbox, resend } = await aLab();
		const huge = await fetch(`${sandbox.url}/emails`, {
			method: 'POST',
			headers: { authorization: 'Bearer re_test' },
			body: 'x'.repeat(11 * 1024 * 1024),
		}).catch(() => ({ status: 413 }));
		expect(huge.status).toBe(413);
		const leaving = new AbortController();
		const body = new ReadableStream({
			pull(controller) {
				controller.enqueue(new TextEncoder().encode('{'));
				leaving.abort();
			},
		});
		await fetch(`${sandbox.url}/emails`, {
			method: 'POST',
			body,
			signal: leaving.signal,
			// Streams need it; the type does not know it yet.
			...({ duplex: 'half' } as object),
		}).catch(() => null);
		dataOf(await resend.usage.get());
	});
});

describe('the control API', () => {
	const post = (url: string, body: unknown, method = 'POST') => {
		const init = { method, body: JSON.stringify(body) };
		return fetch(url, init);
	};

	test('moves the clock, and reaches the next scheduled send', async () => {
		const { resend, sandbox, draft, status } = await aLab();
		const clock = `${sandbox.url}/_sandbox/clock`;
		const id = await draft();
		dataOf(await resend.broadcasts.send(id, { scheduledAt: TUESDAY_NINE }));
		expect(await (await fetch(clock)).json()).toMatchObject({ nextScheduled: TUESDAY_NINE });
		await post(clock, { advanceMs: HOUR });
		expect(sandbox.clock.now().toISOString()).toMatch(/^2026-11-23T11:00:0/);
		await post(clock, { advance: 'next' });
		expect(await status(id)).toBe('sent');
		expect(sandbox.mails()).toHaveLength(8);
		await post(clock, { set: '2026-12-01T00:00:00Z' });
		expect(sandbox.clock.now().toISOString()).toMatch(/^2026-12-01T00:00:0/);
		expect((await post(clock, { set: 'tomorrow' })).status).toBe(400);
	});

	test('plans faults, turns knobs, shows the journal and resets', async () => {
		const { resend, sandbox } = await aLab();
		const at = (path: string) => `${sandbox.url}/_sandbox/${path}`;
		expect((await post(at('faults'), { op: 'usage.get', fault: '503' })).status).toBe(201);
		expect((await post(at('faults'), { op: 'no.such', fault: '503' })).status).toBe(400);
		expect((await post(at('faults'), { op: 'usage.get', fault: 'fire' })).status).toBe(400);
		expect((await resend.usage.get()).error?.statusCode).toBe(503);
		await post(at('knobs'), { quota: { daily: 0 }, pessimistic: ['C01'] }, 'PATCH');
		expect(sandbox.knobs).toMatchObject({
			quota: { daily: 0, contacts: 5_000 },
			pessimistic: ['C01'],
		});
		expect((await post(at('knobs'), { pessimistic: ['C99'] }, 'PATCH')).status).toBe(400);
		expect(await (await fetch(at('journal?after=0'))).json()).toHaveLength(1);
		await post(at('reset'), {});
		expect([sandbox.journal().length, sandbox.state.contacts.size]).toEqual([0, 0]);
	});

	test('refuses forms of other sites and foreign host names', async () => {
		const { sandbox } = await aLab();
		for (const path of ['/_sandbox/reset', '/inbox/clock']) {
			for (const headers of [
				{ origin: 'https://evil.example' },
				{ 'sec-fetch-site': 'cross-site' },
			]) {
				const answer = await fetch(sandbox.url + path, { method: 'POST', headers, body: '' });
				expect(answer.status).toBe(403);
			}
		}
		expect(sandbox.state.contacts.size).toBe(12);
		const back = await fetch(`${sandbox.url}/inbox/clock`, {
			method: 'POST',
			redirect: 'manual',
			body: new URLSearchParams({ step: 'hour', back: '//evil.example/' }),
		});
		expect(back.headers.get('location')).toBe('/');
	});
});
