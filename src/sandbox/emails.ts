import { z } from 'zod';
import { ApiError, invalid, missing, notFound, refused } from './api-error.ts';
import { mailboxesSchema, mailboxSchema, readBody } from './body.ts';
import { deliver, messageId, noteEvent } from './deliver.ts';
import { checkSender } from './domains.ts';
import { readInstant, recordedForm } from './instant.ts';
import { metrics } from './metrics.ts';
import { listed, page } from './page.ts';
import { type Call, ok, param, route } from './router.ts';
import type { Email } from './state.ts';
import { spend } from './usage.ts';
import { isPessimistic, stored, type World } from './world.ts';

export const emailRoutes = [
	route('POST', '/emails', 'emails.send', send),
	route('POST', '/emails/batch', 'batch.send', sendBatch),
	route('GET', '/emails', 'emails.list', list),
	route('GET', '/emails/metrics', 'emails.metrics', (call, world) =>
		ok(metrics(call.query, world)),
	),
	route('GET', '/emails/:email', 'emails.get', get),
	route('PATCH', '/emails/:email', 'emails.update', update),
	route('POST', '/emails/:email/cancel', 'emails.cancel', cancel),
];

const optionalMailboxes = mailboxesSchema.nullish();

const sendSchema = z.object({
	from: mailboxSchema,
	to: mailboxesSchema,
	subject: z.string(),
	cc: optionalMailboxes,
	bcc: optionalMailboxes,
	reply_to: optionalMailboxes,
	html: z.string().nullish(),
	text: z.string().nullish(),
	headers: z.record(z.string(), z.string()).nullish(),
	tags: z.array(z.object({ name: z.string(), value: z.string() })).nullish(),
	topic_id: z.string().nullish(),
	scheduled_at: z.string().nullish(),
	attachments: z.undefined({ error: 'The sandbox takes no attachments.' }).optional(),
	template: z.undefined({ error: 'The sandbox has no templates.' }).optional(),
});

type Draft = z.output<typeof sendSchema>;

function send(call: Call, world: World) {
	const draft = check(call.body, world);
	spend(recipientCount(draft), world);
	return ok({ id: accept(draft, world).id });
}

/** All or nothing: one bad mail refuses the whole batch. */
function sendBatch(call: Call, world: World) {
	if (!Array.isArray(call.body)) throw invalid('The request body must be an array.');
	if (call.body.length === 0) throw invalid('The batch holds no emails.');
	if (call.body.length > 100) throw invalid('A batch holds at most 100 emails.');
	const drafts = call.body.map((body) => check(body, world));
	if (drafts.some((draft) => draft.scheduled_at)) {
		throw invalid('The `scheduled_at` field is not available in a batch.');
	}
	spend(
		drafts.reduce((sum, draft) => sum + recipientCount(draft), 0),
		world,
	);
	return ok({ data: drafts.map((draft) => ({ id: accept(draft, world).id })) });
}

function check(body: unknown, world: World): Draft {
	const draft = readBody(sendSchema, body);
	if (draft.to.length === 0) throw missing('to');
	if (draft.to.length > 50) throw invalid('The `to` field holds at most 50 addresses.');
	if (!draft.html && !draft.text) throw missing('html` or `text');
	if (draft.topic_id && !world.state.topics.has(draft.topic_id)) throw notFound('Topic');
	checkSender(draft.from, world);
	if (draft.scheduled_at) plannedTime(draft.scheduled_at, world);
	return draft;
}

function accept(draft: Draft, world: World): Email {
	const base = stored(world);
	const scheduledMs = draft.scheduled_at ? plannedTime(draft.scheduled_at, world) : null;
	const email: Email = {
		...base,
		from: draft.from,
		to: draft.to,
		cc: draft.cc ?? null,
		bcc: draft.bcc ?? null,
		reply_to: draft.reply_to ?? null,
		subject: draft.subject,
		html: draft.html ?? null,
		text: draft.text ?? null,
		headers: draft.headers ?? {},
		tags: draft.tags ?? [],
		topic_id: draft.topic_id ?? null,
		scheduled_at: scheduledMs === null ? null : recordedForm(scheduledMs * 1000),
		scheduledMs,
		message_id: messageId(base.id),
		events: [],
		broadcastId: null,
		contactId: null,
		values: null,
	};
	world.state.emails.set(email.id, email);
	if (scheduledMs === null || scheduledMs <= world.timeline.now()) {
		deliver(email, world);
		return email;
	}
	world.state.waiting.add(email);
	noteEvent(email, 'scheduled', world);
	return email;
}

/** Mails of broadcasts can be read by id, but are not in this list. */
function list(call: Call, world: World) {
	const own = listed(world.state.emails.values(), world).filter(
		(email) => email.broadcastId === null,
	);
	const found = page(own, call.query, 20);
	return ok({
		...found,
		data: found.data.map((email) => {
			const { object: _o, html: _h, text: _t, tags: _g, ...summary } = shown(email);
			return summary;
		}),
	});
}

function get(call: Call, world: World) {
	return ok(shown(find(call, world)));
}

const updateSchema = z.object({ scheduled_at: z.string() });

function update(call: Call, world: World) {
	const email = find(call, world);
	const { scheduled_at } = readBody(updateSchema, call.body);
	if (!isWaiting(email)) throw refused('Only scheduled emails can be updated.');
	email.scheduledMs = plannedTime(scheduled_at, world);
	email.scheduled_at = recordedForm(email.scheduledMs * 1000);
	return ok({ object: 'email', id: email.id });
}

function cancel(call: Call, world: World) {
	const email = find(call, world);
	if (!isWaiting(email)) throw refused('Only scheduled emails can be canceled.');
	noteEvent(email, 'canceled', world);
	return ok({ object: 'email', id: email.id });
}

/** Scheduled and neither sent nor cancelled. */
export function isWaiting(email: Email): boolean {
	return email.events.length === 1 && email.events[0]?.type === 'scheduled';
}

function plannedTime(text: string, world: World): number {
	const now = world.timeline.now();
	const at = readInstant(text, now);
	if (at === null) throw invalid('Invalid `scheduled_at` field. Use an ISO 8601 instant.');
	if (at - now > 30 * 86_400_000) throw invalid('Emails can be scheduled up to 30 days ahead.');
	if (at < now && !isPessimistic('C05', world)) {
		throw new ApiError(422, 'validation_error', 'The `scheduled_at` must be in the future.');
	}
	return at;
}

function recipientCount({ to, cc, bcc }: Draft): number {
	return to.length + (cc?.length ?? 0) + (bcc?.length ?? 0);
}

function find(call: Call, world: World): Email {
	const email = world.state.emails.get(param(call, 'email'));
	if (email === undefined) throw notFound('Email');
	return email;
}

function shown(email: Email) {
	return {
		object: 'email',
		id: email.id,
		to: email.to,
		from: email.from,
		created_at: email.created_at,
		subject: email.subject,
		html: email.html,
		text: email.text,
		bcc: email.bcc,
		cc: email.cc,
		reply_to: email.reply_to,
		message_id: email.message_id,
		last_event: email.events.at(-1)?.type ?? 'queued',
		scheduled_at: email.scheduled_at,
		topic_id: email.topic_id,
		tags: email.tags,
	};
}
