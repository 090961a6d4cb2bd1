import { z } from 'zod';
import { notFound } from './api-error.ts';
import { readBody } from './body.ts';
import { recordedForm } from './instant.ts';
import { listed, page } from './page.ts';
import { type Call, created, ok, param, route } from './router.ts';
import type { Notice, Webhook } from './state.ts';
import { stored, type World } from './world.ts';

export const webhookRoutes = [
	route('POST', '/webhooks', 'webhooks.create', create),
	route('GET', '/webhooks', 'webhooks.list', list),
	route('GET', '/webhooks/:webhook', 'webhooks.get', get),
	route('PATCH', '/webhooks/:webhook', 'webhooks.update', update),
	route('DELETE', '/webhooks/:webhook', 'webhooks.remove', remove),
	route('POST', '/webhooks/:webhook/signing-secret/rotate', 'webhooks.rotateSigningSecret', rotate),
	route('GET', '/webhooks/:webhook/events', 'webhooks.events.list', listEvents),
	route('GET', '/webhooks/:webhook/events/:event', 'webhooks.events.get', getEvent),
	route('POST', '/webhooks/:webhook/events/:event/replay', 'webhooks.events.replay', replay),
	route(
		'GET',
		'/webhooks/:webhook/events/:event/attempts',
		'webhooks.events.attempts.list',
		attempts,
	),
];

const endpointSchema = z.url({ protocol: /^https?$/, error: 'Give an http or https address.' });
const createSchema = z.object({ endpoint: endpointSchema, events: z.array(z.string()).min(1) });

function create(call: Call, world: World) {
	const { endpoint, events } = readBody(createSchema, call.body);
	const webhook: Webhook = {
		...stored(world),
		endpoint,
		events,
		status: 'enabled',
		secret: world.mint.secret(),
	};
	world.state.webhooks.set(webhook.id, webhook);
	return created({ object: 'webhook', id: webhook.id, signing_secret: webhook.secret });
}

function list(call: Call, world: World) {
	const found = page(listed(world.state.webhooks.values(), world), call.query, 20);
	return ok({ ...found, data: found.data.map(shown) });
}

function get(call: Call, world: World) {
	const webhook = find(call, world);
	return ok({ object: 'webhook', ...shown(webhook), signing_secret: webhook.secret });
}

const updateSchema = z.object({
	endpoint: endpointSchema.optional(),
	events: z.array(z.string()).min(1).optional(),
	status: z.enum(['enabled', 'disabled']).optional(),
});

function update(call: Call, world: World) {
	const webhook = find(call, world);
	const given = readBody(updateSchema, call.body);
	webhook.endpoint = given.endpoint ?? webhook.endpoint;
	webhook.events = given.events ?? webhook.events;
	webhook.status = given.status ?? webhook.status;
	return ok({ object: 'webhook', id: webhook.id });
}

function remove(call: Call, world: World) {
	const webhook = find(call, world);
	world.state.webhooks.delete(webhook.id);
	return ok({ object: 'webhook', id: webhook.id, deleted: true });
}

/** The old secret is dead at once: nothing is signed with two. */
function rotate(call: Call, world: World) {
	const webhook = find(call, world);
	webhook.secret = world.mint.secret();
	return ok({ object: 'webhook', id: webhook.id, signing_secret: webhook.secret });
}

function listEvents(call: Call, world: World) {
	const webhook = find(call, world);
	const own = world.state.notices.filter((notice) => notice.webhookId === webhook.id);
	const found = page(own, call.query, 20);
	return ok({
		...found,
		data: found.data.map(({ id, type, created_at, status }) => ({ id, type, created_at, status })),
	});
}

function getEvent(call: Call, world: World) {
	const { id, type, created_at, status, nextMs, payload } = findEvent(call, world);
	return ok({
		object: 'webhook_event',
		id,
		type,
		created_at,
		status,
		next_attempt_at: nextMs === null ? null : recordedForm(nextMs * 1000),
		payload: JSON.parse(payload),
	});
}

function replay(call: Call, world: World) {
	const notice = findEvent(call, world);
	notice.nextMs = world.timeline.now();
	return ok({ object: 'webhook_event', id: notice.id });
}

function attempts(call: Call, world: World) {
	const found = page(findEvent(call, world).attempts, call.query, 20);
	return ok({
		...found,
		data: found.data.map(({ id, status, response, at }) => ({
			id,
			http_status_code: status,
			response,
			sent_at: recordedForm(at * 1000),
		})),
	});
}

function find(call: Call, world: World): Webhook {
	const webhook = world.state.webhooks.get(param(call, 'webhook'));
	if (webhook === undefined) throw notFound('Webhook');
	return webhook;
}

function findEvent(call: Call, world: World): Notice {
	const webhook = find(call, world);
	const id = param(call, 'event');
	const notice = world.state.notices.find(
		(candidate) => candidate.id === id && candidate.webhookId === webhook.id,
	);
	if (notice === undefined) throw notFound('Webhook event');
	return notice;
}

function shown({ id, endpoint, created_at, status, events }: Webhook) {
	return { id, endpoint, created_at, status, events };
}
