import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Resend } from 'resend';
import { expect, onTestFinished, test } from 'vitest';
import { aLab, aMail, dataOf, HOUR, MINUTE } from './sandbox-lab.ts';

const EVENTS = [
	'contact.updated',
	'contact.topics.updated',
	'email.bounced',
	'email.complained',
	'email.suppressed',
	'suppression.added',
	'suppression.removed',
] as const;

interface Received {
	headers: { id: string; timestamp: string; signature: string };
	body: string;
	type: string;
	data: Record<string, unknown>;
}

/** A loopback endpoint that answers with the given statuses, the last one for ever. */
async function anEndpoint(statuses: number[] = [200]) {
	const received: Received[] = [];
	const server = createServer(async (request, response) => {
		let body = '';
		for await (const chunk of request) body += chunk;
		const header = (name: string) => String(request.headers[name]);
		const { type, data } = JSON.parse(body);
		received.push({
			headers: {
				id: header('svix-id'),
				timestamp: header('svix-timestamp'),
				signature: header('svix-signature'),
			},
			body,
			type,
			data,
		});
		response.writeHead(statuses[Math.min(received.length, statuses.length) - 1] ?? 200).end();
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	onTestFinished(() => {
		server.closeAllConnections();
		server.close();
	});
	// A TCP server's address is an object.
	const { port } = server.address() as AddressInfo;
	return { received, endpoint: `http://127.0.0.1:${port}/webhook/resend` };
}

test('events arrive signed, so that the SDK verifies them', async () => {
	const { resend, sandbox } = await aLab();
	const { received, endpoint } = await anEndpoint();
	const hook = dataOf(await resend.webhooks.create({ endpoint, events: [...EVENTS] }));
	expect(hook.signing_secret).toMatch(/^whsec_[A-Za-z0-9+/]{32}$/);
	dataOf(await resend.suppressions.add({ email: 'gone@example.com' }));
	await sandbox.idle();

	const { body, headers } = received[0] ?? {};
	if (body === undefined || headers === undefined) throw new Error('Nothing arrived.');
	const event = resend.webhooks.verify({
		payload: body,
		headers,
		webhookSecret: hook.signing_secret,
	});
	expect(event).toMatchObject({
		type: 'suppression.added',
		data: { email: 'gone@example.com', origin: 'manual' },
	});
	const forged = () =>
		new Resend('re_x').webhooks.verify({
			payload: body.replace('gone@', 'other@'),
			headers,
			webhookSecret: hook.signing_secret,
		});
	expect(forged).toThrow('No matching signature found');
});

test('rotating the secret ends the old one at once', async () => {
	const { resend, sandbox } = await aLab();
	const { received, endpoint } = await anEndpoint();
	const old = dataOf(await resend.webhooks.create({ endpoint, events: [...EVENTS] }));
	const fresh = dataOf(await resend.webhooks.rotateSigningSecret(old.id));
	expect(fresh.signing_secret).not.toBe(old.signing_secret);
	dataOf(await resend.suppressions.add({ email: 'gone@example.com' }));
	await sandbox.idle();
	const { body: payload, headers } = received[0] ?? {};
	if (payload === undefined || headers === undefined) throw new Error('Nothing arrived.');
	const verify = (webhookSecret: string) => () =>
		resend.webhooks.verify({ payload, headers, webhookSecret });
	expect(verify(fresh.signing_secret)).not.toThrow();
	expect(verify(old.signing_secret)).toThrow('No matching signature found');
});

test('each kind of event has its fields', async () => {
	const { resend, sandbox, topicId, segmentId } = await aLab();
	const { received, endpoint } = await anEndpoint();
	dataOf(await resend.webhooks.create({ endpoint, events: [...EVENTS] }));
	const email = 'amara.okafor@example.com';
	const { id } = dataOf(await resend.contacts.update({ email, unsubscribed: true }));
	dataOf(
		await resend.contacts.topics.update({ id, topics: [{ id: topicId, subscription: 'opt_out' }] }),
	);
	dataOf(await resend.emails.send(aMail({ to: 'bounced+a@resend.dev' })));
	dataOf(await resend.emails.send(aMail({ to: 'complained@resend.dev' })));
	dataOf(await resend.emails.send(aMail({ to: 'suppressed@resend.dev' })));
	await sandbox.idle();

	const byType = Object.fromEntries(received.map(({ type, data }) => [type, data]));
	expect(byType['contact.updated']).toMatchObject({
		id,
		email,
		unsubscribed: true,
		segment_ids: [segmentId],
		updated_at: expect.any(String),
	});
	expect(byType['contact.topics.updated']).toEqual({
		email,
		topics: [{ id: topicId, subscription: 'opt_out' }],
	});
	expect(byType['email.bounced']).toMatchObject({
		to: ['bounced+a@resend.dev'],
		bounce: { type: 'Permanent' },
	});
	expect(byType['email.complained']).toMatchObject({ to: ['complained@resend.dev'] });
	expect(byType['email.suppressed']).toMatchObject({ to: ['suppressed@resend.dev'] });
	expect(received).toHaveLength(5);
});

test('a bounce and a complaint reported by a mailbox suppress the address', async () => {
	const { resend, sandbox } = await aLab();
	const { received, endpoint } = await anEndpoint();
	dataOf(await resend.webhooks.create({ endpoint, events: [...EVENTS] }));
	dataOf(await resend.emails.send(aMail()));
	sandbox.report(sandbox.mails()[0]?.id ?? '', 'complained');
	await sandbox.idle();
	expect(received.map(({ type }) => type)).toEqual(['email.complained', 'suppression.added']);
	expect(dataOf(await resend.suppressions.get('amara.okafor@example.com')).origin).toBe(
		'complaint',
	);
	const { id } = dataOf(await resend.emails.send(aMail()));
	expect(dataOf(await resend.emails.get(id)).last_event).toBe('suppressed');
	expect(sandbox.mails()).toHaveLength(1);
});

test('a failing endpoint is tried again by the sandbox clock, and then left alone', async () => {
	const { resend, sandbox } = await aLab({ clock: { now: () => new Date(0) } });
	const { received, endpoint } = await anEndpoint([500]);
	const { id: webhookId } = dataOf(await resend.webhooks.create({ endpoint, events: [...EVENTS] }));
	dataOf(await resend.suppressions.add({ email: 'gone@example.com' }));
	await sandbox.idle();

	const counts = [received.length];
	for (const ms of [
		4_999,
		1,
		5 * MINUTE,
		30 * MINUTE,
		2 * HOUR,
		5 * HOUR,
		10 * HOUR,
		10 * HOUR,
		100 * HOUR,
	]) {
		await sandbox.clock.advance(ms);
		counts.push(received.length);
	}
	expect(counts).toEqual([1, 1, 2, 3, 4, 5, 6, 7, 8, 8]);
	expect(new Set(received.map(({ headers }) => headers.id)).size).toBe(1);
	expect(dataOf(await resend.webhooks.get(webhookId)).status).toBe('disabled');
});

test('one jump makes up for every retry that fell into it, and stops at success', async () => {
	const { resend, sandbox } = await aLab();
	const { received, endpoint } = await anEndpoint([500, 500, 200]);
	const { id: webhookId } = dataOf(await resend.webhooks.create({ endpoint, events: [...EVENTS] }));
	dataOf(await resend.suppressions.add({ email: 'gone@example.com' }));
	await sandbox.clock.advance(48 * HOUR);
	expect(received).toHaveLength(3);
	const { data } = dataOf(await resend.webhooks.events.list({ webhookId }));
	expect(data).toMatchObject([{ type: 'suppression.added', status: 'success' }]);
	const eventId = data[0]?.id ?? '';
	const attempts = dataOf(await resend.webhooks.events.attempts.list({ webhookId, eventId }));
	expect(attempts.data.map(({ http_status_code }) => http_status_code)).toEqual([200, 500, 500]);
});

test('duplicates and disorder come on request', async () => {
	const { resend, sandbox, topicId } = await aLab({
		knobs: { webhookCopies: 2, webhookDisorder: true, latencyMs: 0 },
	});
	const { received, endpoint } = await anEndpoint();
	const hook = dataOf(await resend.webhooks.create({ endpoint, events: [...EVENTS] }));
	dataOf(await resend.webhooks.update(hook.id, { status: 'enabled' }));
	const topic = sandbox.state.topics.get(topicId);
	const contact = sandbox.state.contacts.values().next().value;
	if (topic === undefined || contact === undefined) throw new Error('The readers are missing.');
	const answer = await fetch(`${sandbox.url}/suppressions/batch/add`, {
		method: 'POST',
		headers: { authorization: 'Bearer re_test' },
		body: JSON.stringify({ emails: ['first@example.com', 'second@example.com'] }),
	});
	expect(answer.status).toBe(201);
	await sandbox.idle();
	expect(received.map(({ data }) => data['email'])).toEqual([
		'second@example.com',
		'second@example.com',
		'first@example.com',
		'first@example.com',
	]);
});

test('an endpoint outside this computer is never called', async () => {
	const { resend, sandbox } = await aLab();
	const { id: webhookId } = dataOf(
		await resend.webhooks.create({
			endpoint: 'https://news.larkfield.example/webhook',
			events: [...EVENTS],
		}),
	);
	dataOf(await resend.suppressions.add({ email: 'gone@example.com' }));
	await sandbox.idle();
	const { data } = dataOf(await resend.webhooks.events.list({ webhookId }));
	const attempts = dataOf(
		await resend.webhooks.events.attempts.list({ webhookId, eventId: data[0]?.id ?? '' }),
	);
	expect(attempts.data).toMatchObject([
		{ http_status_code: 0, response: expect.stringContaining('loopback') },
	]);
});
