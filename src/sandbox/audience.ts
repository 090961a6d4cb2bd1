import { subscriptionOf } from './contact-topics.ts';
import { messageId } from './deliver.ts';
import { addressOf } from './body.ts';
import type { Broadcast, Contact, Email, Placeholders } from './state.ts';
import { isPessimistic, stored, type World } from './world.ts';

/**
 * Whom a broadcast is for: members of its segment who have not unsubscribed from everything and,
 * where it has a topic, are opted in to it. Suppressed addresses stay in: sending skips them with an
 * event.
 */
export function audience(broadcast: Broadcast, world: World): Contact[] {
	const topic = broadcast.topic_id === null ? null : world.state.topics.get(broadcast.topic_id);
	return [...world.state.contacts.values()].filter(
		(contact) =>
			contact.segments.has(broadcast.segment_id) &&
			!contact.unsubscribed &&
			// A topic that was removed after the draft was written holds nobody back, as without one.
			(!topic || subscriptionOf(contact, topic) === 'opt_in'),
	);
}

/** The mail of a broadcast to one contact, with the headers Resend is expected to add. */
export function emailFor(broadcast: Broadcast, contact: Contact, world: World): Email {
	const base = stored(world);
	const values = placeholders(broadcast, contact, world);
	return {
		...base,
		from: broadcast.from,
		to: [contact.email],
		cc: null,
		bcc: null,
		reply_to: broadcast.reply_to,
		subject: broadcast.subject,
		html: broadcast.html,
		text: broadcast.text,
		headers: listHeaders(broadcast, values.unsubscribeUrl, world),
		tags: [],
		topic_id: broadcast.topic_id,
		scheduled_at: null,
		scheduledMs: null,
		message_id: messageId(base.id),
		events: [],
		broadcastId: broadcast.id,
		contactId: contact.id,
		values,
	};
}

function placeholders(broadcast: Broadcast, contact: Contact, world: World): Placeholders {
	const known = [...world.state.properties.values()];
	const token = world.mint.token(broadcast.id, contact.id);
	world.state.links.set(token, { contactId: contact.id, broadcastId: broadcast.id });
	return {
		contact: {
			...Object.fromEntries(known.map(({ key }) => [key, String(contact.properties[key] ?? '')])),
			first_name: contact.first_name ?? '',
			last_name: contact.last_name ?? '',
			email: contact.email,
		},
		fallbacks: Object.fromEntries(
			known.map(({ key, fallback_value }) => [key, String(fallback_value ?? '')]),
		),
		unsubscribeUrl: `${world.origin}/unsubscribe/${token}`,
	};
}

function listHeaders(broadcast: Broadcast, url: string, world: World): Record<string, string> {
	const topic = world.state.topics.get(broadcast.topic_id ?? '');
	const segment = world.state.segments.get(broadcast.segment_id);
	const name = topic?.name ?? segment?.name ?? 'Broadcasts';
	const host = addressOf(broadcast.from)?.split('@')[1] ?? 'invalid';
	const id = { 'List-ID': `${name} <${broadcast.topic_id ?? broadcast.segment_id}.${host}>` };
	const asksForLink = `${broadcast.html}${broadcast.text}`.includes('{{{RESEND_UNSUBSCRIBE_URL}}}');
	if (!asksForLink || isPessimistic('C18', world)) return id;
	return {
		'List-Unsubscribe': `<${url}>`,
		'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
		...id,
	};
}
