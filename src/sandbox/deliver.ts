import { addressOf } from './body.ts';
import { emit } from './event.ts';
import type { Email, EmailEvent } from './state.ts';
import { isSuppressed, suppress } from './suppressions.ts';
import type { World } from './world.ts';

/**
 * Sends a mail to each of its addresses. Suppressed addresses are skipped with an event; Resend's
 * test addresses at resend.dev bounce or complain; every other address receives a copy.
 */
export function deliver(email: Email, world: World): void {
	const mailboxes = [...email.to, ...(email.cc ?? []), ...(email.bcc ?? [])];
	const addresses = mailboxes.map((mailbox) => addressOf(mailbox) ?? mailbox);
	const open = addresses.filter((address) => !isSuppressed(address, world));
	if (open.length < addresses.length) noteEvent(email, 'suppressed', world);
	if (open.length === 0) return;

	noteEvent(email, 'sent', world);
	for (const address of open) {
		const behaviour = /^(bounced|complained)(\+[^@]*)?@resend\.dev$/i.exec(address)?.[1];
		if (behaviour?.toLowerCase() === 'bounced') {
			noteEvent(email, 'bounced', world);
			continue;
		}
		world.state.mails.push({
			id: world.mint.id(),
			to: address,
			at: world.timeline.now(),
			email,
		});
		noteEvent(email, 'delivered', world);
		if (behaviour?.toLowerCase() === 'complained') noteEvent(email, 'complained', world);
	}
}

/** What the mailbox did with a mail later: a bounce or a complaint also suppresses the address. */
export function report(email: Email, type: EmailEvent, world: World, url?: string): void {
	noteEvent(email, type, world, url);
	const address = addressOf(email.to[0] ?? '');
	if (address === null) return;
	if (type === 'bounced') suppress(address, 'bounce', email.id, world);
	if (type === 'complained') suppress(address, 'complaint', email.id, world);
}

/** Adds an event to a mail's history and tells the webhooks. */
export function noteEvent(email: Email, type: EmailEvent, world: World, url?: string): void {
	const at = world.timeline.now();
	email.events.push({ type, at, ...(url !== undefined && { url }) });
	if (type === 'canceled' || type === 'unsubscribed') return;
	emit(`email.${type}`, { ...base(email), ...details(type, at, url) }, world);
}

/** The Message-ID of a mail; `.invalid` makes plain that it never left the machine. */
export function messageId(id: string): string {
	return `<${id}@resend-sandbox.invalid>`;
}

function base(email: Email) {
	return {
		...(email.broadcastId !== null && { broadcast_id: email.broadcastId }),
		created_at: email.created_at,
		email_id: email.id,
		message_id: email.message_id,
		from: email.from,
		to: email.to,
		subject: email.subject,
		...(email.tags.length > 0 && {
			tags: Object.fromEntries(email.tags.map(({ name, value }) => [name, value])),
		}),
	};
}

function details(type: EmailEvent, at: number, url: string | undefined) {
	if (type === 'bounced') {
		return { bounce: { message: 'Unknown user', type: 'Permanent', subType: 'General' } };
	}
	if (type === 'suppressed') {
		return {
			suppressed: {
				message: 'The address is on the suppression list.',
				type: 'OnAccountSuppressionList',
			},
		};
	}
	if (type === 'clicked') {
		const timestamp = new Date(at).toISOString();
		return { click: { ipAddress: '127.0.0.1', link: url ?? '', timestamp, userAgent: 'sandbox' } };
	}
	return {};
}
