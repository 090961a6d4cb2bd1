import type { Message } from '#/delivery/message.ts';
import { source } from '#/sandbox/mime.ts';

/** A letter as a raw message to a made-up reader, as the sandbox would deliver it. */
export function letterSource(message: Message, at: Date): string {
	const id = `shot-${message.issue}`;
	const site = `https://${message.from.replace(/^.*@|>.*$/g, '')}`;
	const unsubscribeUrl = `${site}/unsubscribe/a-reader`;
	return source({
		id,
		to: 'reader@example.com',
		at: at.getTime(),
		email: {
			id,
			created_at: at.toISOString(),
			createdMs: at.getTime(),
			from: message.from,
			to: ['A. Reader <reader@example.com>'],
			cc: null,
			bcc: null,
			reply_to: [...message.replyTo],
			subject: message.subject,
			html: message.html,
			text: message.text,
			headers: {
				'List-Unsubscribe': `<${unsubscribeUrl}>`,
				'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
			},
			tags: [],
			topic_id: null,
			scheduled_at: null,
			scheduledMs: null,
			message_id: `<${id}@example.com>`,
			events: [],
			broadcastId: null,
			contactId: null,
			values: { contact: {}, fallbacks: {}, unsubscribeUrl },
		},
	});
}
