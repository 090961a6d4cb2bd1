import { z } from 'zod';
import { invalid, missing, notFound, refused } from './api-error.ts';
import { mailboxesSchema, mailboxSchema, readBody } from './body.ts';
import { keepVersion, versionAt } from './broadcast-version.ts';
import { checkSender } from './domains.ts';
import { lag, page } from './page.ts';
import { type Call, created, ok, param, route } from './router.ts';
import { plan, revert } from './sending.ts';
import type { Broadcast, BroadcastFields } from './state.ts';
import { isPessimistic, stored, type World } from './world.ts';

export const broadcastRoutes = [
	route('POST', '/broadcasts', 'broadcasts.create', create),
	route('GET', '/broadcasts', 'broadcasts.list', list),
	route('GET', '/broadcasts/:broadcast', 'broadcasts.get', get),
	route('PATCH', '/broadcasts/:broadcast', 'broadcasts.update', update),
	route('DELETE', '/broadcasts/:broadcast', 'broadcasts.remove', remove),
	route('POST', '/broadcasts/:broadcast/send', 'broadcasts.send', send),
	route('POST', '/broadcasts/:broadcast/cancel', 'broadcasts.cancel', cancel),
	route('POST', '/broadcasts/:broadcast/duplicate', 'broadcasts.duplicate', duplicate),
];

/** Finds a broadcast that is still there. Throws 404. */
export function findBroadcast(call: Call, world: World): Broadcast {
	const broadcast = world.state.broadcasts.get(param(call, 'broadcast'));
	if (broadcast === undefined || isForgotten(broadcast, world)) throw notFound('Broadcast');
	return broadcast;
}

const fields = {
	name: z.string().nullish(),
	segment_id: z.string().nullish(),
	audience_id: z.string().nullish(),
	from: mailboxSchema,
	subject: z.string(),
	reply_to: mailboxesSchema.nullish(),
	preview_text: z.string().nullish(),
	topic_id: z.string().nullish(),
	html: z.string().nullish(),
	text: z.string().nullish(),
};

const createSchema = z.object({
	...fields,
	send: z.boolean().nullish(),
	scheduled_at: z.string().nullish(),
});

function create(call: Call, world: World) {
	const given = readBody(createSchema, call.body);
	const segment = given.segment_id ?? given.audience_id;
	if (!segment) throw missing('segment_id');
	if (!given.html && !given.text) throw missing('html` or `text');
	if (given.scheduled_at && !given.send) {
		throw invalid('The `scheduled_at` field can only be used together with `send`.');
	}
	checkReferences({ segment_id: segment, topic_id: given.topic_id }, world);
	checkSender(given.from, world);

	const broadcast: Broadcast = {
		...stored(world),
		name: given.name || 'Untitled',
		segment_id: segment,
		from: given.from,
		subject: given.subject,
		reply_to: given.reply_to ?? null,
		preview_text: given.preview_text ?? null,
		topic_id: given.topic_id ?? null,
		html: given.html ?? null,
		text: given.text ?? null,
		status: 'draft',
		scheduled_at: null,
		scheduledMs: null,
		sent_at: null,
		sending: null,
		fixed: null,
		versions: [],
	};
	// Planning first: a refused schedule must not leave a draft behind.
	if (given.send) plan(broadcast, given.scheduled_at ?? null, world);
	world.state.broadcasts.set(broadcast.id, broadcast);
	keepVersion(broadcast, world);
	return created({ object: 'broadcast', id: broadcast.id });
}

function list(call: Call, world: World) {
	const seen = [...world.state.broadcasts.values()]
		.filter((broadcast) => !isForgotten(broadcast, world))
		.map((broadcast) => ({ broadcast, version: versionAt(broadcast, lag(world), world) }))
		.filter((entry) => entry.version !== null);
	const kept = seen.slice(0, Math.max(0, seen.length - world.knobs.listDropsNewest));
	const rows = kept.map(({ broadcast, version }) => ({
		id: broadcast.id,
		// Filtered above: an entry without a version is not listed.
		...summary(broadcast, version as BroadcastFields, world),
	}));
	return ok(page(rows, call.query, null));
}

function get(call: Call, world: World) {
	const broadcast = findBroadcast(call, world);
	const version = versionAt(broadcast, isPessimistic('C09', world) ? 5_000 : 0, world);
	if (version === null) throw notFound('Broadcast');
	const html = isPessimistic('C10', world)
		? (version.html?.replace(/>\s*\n\s*</g, '><') ?? null)
		: version.html;
	return ok({
		object: 'broadcast',
		id: broadcast.id,
		...summary(broadcast, version, world),
		from: version.from,
		subject: version.subject,
		reply_to: version.reply_to,
		preview_text: version.preview_text,
		topic_id: version.topic_id,
		html,
		text: version.text,
	});
}

const updateSchema = z.object({
	...fields,
	from: fields.from.optional(),
	subject: fields.subject.optional(),
});

function update(call: Call, world: World) {
	const broadcast = findBroadcast(call, world);
	const given = readBody(updateSchema, call.body);
	const changed = Object.entries(given).filter(([, value]) => value !== undefined);
	const renamesOnly = changed.every(([name]) => name === 'name');
	const editable =
		broadcast.status === 'draft' ||
		(broadcast.status === 'scheduled' && !isPessimistic('C04', world)) ||
		(broadcast.status === 'sent' && renamesOnly);
	if (!editable) throw refused('This broadcast can no longer be edited.');

	const segment = given.segment_id ?? given.audience_id;
	checkReferences({ segment_id: segment, topic_id: given.topic_id }, world);
	if (given.from !== undefined) checkSender(given.from, world);
	if (segment) broadcast.segment_id = segment;
	if (given.name) broadcast.name = given.name;
	if (given.from !== undefined) broadcast.from = given.from;
	if (given.subject !== undefined) broadcast.subject = given.subject;
	if (given.reply_to !== undefined) broadcast.reply_to = given.reply_to;
	if (given.preview_text !== undefined) broadcast.preview_text = given.preview_text;
	if (given.topic_id !== undefined) broadcast.topic_id = given.topic_id;
	if (given.html !== undefined) broadcast.html = given.html;
	if (given.text !== undefined) broadcast.text = given.text;
	keepVersion(broadcast, world);
	return ok({ object: 'broadcast', id: broadcast.id });
}

function remove(call: Call, world: World) {
	const broadcast = findBroadcast(call, world);
	if (broadcast.status !== 'draft' && broadcast.status !== 'scheduled') {
		throw refused('Only draft or scheduled broadcasts can be deleted.');
	}
	world.state.broadcasts.delete(broadcast.id);
	world.state.removedBroadcasts.add(broadcast.id);
	return ok({ object: 'broadcast', id: broadcast.id, deleted: true });
}

const sendSchema = z.object({ scheduled_at: z.string().nullish() });

function send(call: Call, world: World) {
	const id = param(call, 'broadcast');
	if (world.state.removedBroadcasts.has(id) && isPessimistic('C11', world)) {
		throw invalid('The broadcast cannot be sent.');
	}
	const broadcast = findBroadcast(call, world);
	const { scheduled_at } = readBody(sendSchema, call.body);
	if (broadcast.status !== 'draft' && !isPessimistic('C01', world)) {
		throw refused('Only draft broadcasts can be sent.');
	}
	plan(broadcast, scheduled_at ?? null, world);
	keepVersion(broadcast, world);
	return ok({ object: 'broadcast', id: broadcast.id });
}

function cancel(call: Call, world: World) {
	const broadcast = findBroadcast(call, world);
	if (broadcast.status === 'scheduled') revert(broadcast);
	else if (broadcast.status === 'queued') broadcast.status = 'canceled';
	else throw refused('Only queued or scheduled broadcasts can be canceled');
	keepVersion(broadcast, world);
	return ok({ object: 'broadcast', id: broadcast.id });
}

function duplicate(call: Call, world: World) {
	const broadcast = findBroadcast(call, world);
	const copy: Broadcast = {
		...broadcast,
		...stored(world),
		sending: null,
		fixed: null,
		sent_at: null,
		versions: [],
	};
	revert(copy);
	world.state.broadcasts.set(copy.id, copy);
	keepVersion(copy, world);
	return created({ object: 'broadcast', id: copy.id });
}

function checkReferences(
	ids: { segment_id: string | null | undefined; topic_id: string | null | undefined },
	world: World,
): void {
	if (ids.segment_id && !world.state.segments.has(ids.segment_id)) throw notFound('Audience');
	if (ids.topic_id && !world.state.topics.has(ids.topic_id)) throw notFound('Topic');
}

function summary(broadcast: Broadcast, version: BroadcastFields, world: World) {
	const hidden = version.status === 'scheduled' && isPessimistic('C02', world);
	return {
		name: version.name,
		audience_id: version.segment_id,
		segment_id: version.segment_id,
		status: hidden ? 'draft' : version.status,
		created_at: broadcast.created_at,
		scheduled_at: version.scheduled_at,
		sent_at: version.sent_at,
	};
}

function isForgotten(broadcast: Broadcast, world: World): boolean {
	const age = world.timeline.now() - broadcast.createdMs;
	return isPessimistic('C19', world) && age > 30 * 86_400_000;
}
