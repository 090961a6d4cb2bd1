import { createEmulator } from 'emulate';
import { Resend } from 'resend';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startSandbox } from '#/sandbox/server.ts';
import { aLab, aMail, dataOf, HOUR } from './sandbox-lab.ts';

/** The same tests for our sandbox and for an emulator by other people, so that both must agree. */
const servers = {
	sandbox: () => startSandbox(),
	'emulate 0.12.2': () => createEmulator({ service: 'resend', port: 0 }),
};

describe.each(Object.entries(servers))('%s', (_name, start) => {
	async function aClient() {
		const server = await start();
		onTestFinished(() => server.close());
		const resend = new Resend('re_test_key', { baseUrl: server.url });
		const sent = async () => dataOf(await resend.emails.list()).data.length;
		return { resend, sent, url: server.url };
	}

	test('the same key with the same body gives the same id and sends nothing', async () => {
		const { resend, sent } = await aClient();
		const first = await resend.emails.send(aMail(), { idempotencyKey: 'confirm/1' });
		const second = await resend.emails.send(aMail(), { idempotencyKey: 'confirm/1' });
		expect(second.error).toBeNull();
		expect(second.data?.id).toBe(dataOf(first).id);
		expect(await sent()).toBe(1);
	});

	test('the same key with another body is refused and sends nothing', async () => {
		const { resend, sent } = await aClient();
		dataOf(await resend.emails.send(aMail(), { idempotencyKey: 'confirm/1' }));
		const { error } = await resend.emails.send(aMail({ subject: 'Other' }), {
			idempotencyKey: 'confirm/1',
		});
		expect(error).toMatchObject({ statusCode: 409, name: 'invalid_idempotent_request' });
		expect(await sent()).toBe(1);
	});

	test('another key, or none, sends again', async () => {
		const { resend, sent } = await aClient();
		dataOf(await resend.emails.send(aMail(), { idempotencyKey: 'a' }));
		dataOf(await resend.emails.send(aMail(), { idempotencyKey: 'b' }));
		dataOf(await resend.emails.send(aMail()));
		dataOf(await resend.emails.send(aMail()));
		expect(await sent()).toBe(4);
	});

	test('a key may have 256 characters and not one more', async () => {
		const { resend, sent } = await aClient();
		dataOf(await resend.emails.send(aMail(), { idempotencyKey: 'k'.repeat(256) }));
		const { error } = await resend.emails.send(aMail(), { idempotencyKey: 'k'.repeat(257) });
		expect(error).toMatchObject({ statusCode: 400, name: 'invalid_idempotency_key' });
		expect(await sent()).toBe(1);
	});

	test('the order of fields does not make another body', async () => {
		const { url, sent } = await aClient();
		const post = async (body: object) => {
			const response = await fetch(`${url}/emails`, {
				method: 'POST',
				headers: {
					authorization: 'Bearer re_test',
					'content-type': 'application/json',
					'idempotency-key': 'order',
				},
				body: JSON.stringify(body),
			});
			return { status: response.status, body: await response.json() };
		};
		const mail = aMail();
		const first = await post(mail);
		const second = await post(Object.fromEntries(Object.entries(mail).toReversed()));
		expect(second).toEqual(first);
		expect(await sent()).toBe(1);
	});

	test('a batch repeats its ids under its key, and refuses another batch', async () => {
		const { resend, sent } = await aClient();
		const batch = [aMail(), aMail({ to: 'ben.whitlock@example.com' })];
		const first = dataOf(await resend.batch.send(batch, { idempotencyKey: 'batch/1' }));
		const second = dataOf(await resend.batch.send(batch, { idempotencyKey: 'batch/1' }));
		expect(second.data.map(({ id }) => id)).toEqual(first.data.map(({ id }) => id));
		const { error } = await resend.batch.send([aMail()], { idempotencyKey: 'batch/1' });
		expect(error).toMatchObject({ statusCode: 409, name: 'invalid_idempotent_request' });
		expect(await sent()).toBe(2);
	});

	test('one key cannot serve a mail and a batch', async () => {
		const { resend, sent } = await aClient();
		dataOf(await resend.emails.send(aMail(), { idempotencyKey: 'shared' }));
		const { error } = await resend.batch.send([aMail()], { idempotencyKey: 'shared' });
		expect(error).toMatchObject({ statusCode: 409, name: 'invalid_idempotent_request' });
		expect(await sent()).toBe(1);
	});

	test('a batch of 101 is refused whole', async () => {
		const { resend, sent } = await aClient();
		const { error } = await resend.batch.send(Array.from({ length: 101 }, () => aMail()));
		expect(error).toMatchObject({ statusCode: 422, name: 'validation_error' });
		expect(await sent()).toBe(0);
	});
});

describe('the sandbox alone', () => {
	test('forgets a key after 24 hours of its clock, not before', async () => {
		const { resend, sandbox } = await aLab({ clock: { now: () => new Date(0) } });
		const send = async () =>
			dataOf(await resend.emails.send(aMail(), { idempotencyKey: 'daily' })).id;
		const first = await send();
		await sandbox.clock.advance(24 * HOUR - 1);
		expect(await send()).toBe(first);
		await sandbox.clock.advance(1);
		expect(await send()).not.toBe(first);
		expect(sandbox.mails()).toHaveLength(2);
	});

	test('answers 409 to the second of two at once, and sends one', async () => {
		const { resend, sandbox } = await aLab({ knobs: { latencyMs: 50 } });
		const send = () => resend.emails.send(aMail(), { idempotencyKey: 'race' });
		const answers = await Promise.all([send(), send()]);
		expect(answers.filter(({ data }) => data !== null)).toHaveLength(1);
		expect(answers.find(({ error }) => error !== null)?.error).toMatchObject({
			statusCode: 409,
			name: 'concurrent_idempotent_requests',
		});
		expect(sandbox.mails()).toHaveLength(1);
	});

	test('a mail whose answer was lost is found again by its key', async () => {
		const { resend, sandbox } = await aLab();
		sandbox.failNext('emails.send', 'after-commit');
		const lost = await resend.emails.send(aMail(), { idempotencyKey: 'lost' });
		expect(lost.error).toMatchObject({ name: 'application_error', statusCode: null });
		dataOf(await resend.emails.send(aMail(), { idempotencyKey: 'lost' }));
		expect(sandbox.mails()).toHaveLength(1);
	});

	test('a refused mail leaves its key free', async () => {
		const { resend, sandbox } = await aLab();
		const refused = await resend.emails.send(aMail({ to: 'nobody' }), { idempotencyKey: 'again' });
		expect(refused.error?.statusCode).toBe(422);
		dataOf(await resend.emails.send(aMail(), { idempotencyKey: 'again' }));
		expect(sandbox.mails()).toHaveLength(1);
	});

	test('a hanging request holds its key until the caller gives up', async () => {
		const { resend, sandbox } = await aLab();
		sandbox.failNext('emails.send', 'hang');
		const caller = new AbortController();
		const hanging = resend.emails.send(aMail(), { idempotencyKey: 'h', signal: caller.signal });
		await expect.poll(() => sandbox.journal().length).toBe(1);
		const during = await resend.emails.send(aMail(), { idempotencyKey: 'h' });
		expect(during.error?.name).toBe('concurrent_idempotent_requests');
		caller.abort();
		expect((await hanging).error?.statusCode).toBeNull();
		await expect
			.poll(async () => (await resend.emails.send(aMail(), { idempotencyKey: 'h' })).error)
			.toBeNull();
		expect(sandbox.mails()).toHaveLength(1);
	});
});
