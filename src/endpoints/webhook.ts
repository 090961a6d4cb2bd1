/** What the provider reports by itself. Every report may come twice, late, or out of order. */
import { z } from 'zod';
import { heardOfLeave } from '#/delivery/subscription.ts';
import { sendAlert } from './alert.ts';
import { readBytes } from './body.ts';
import { listOf } from './list.ts';
import { pageAnswer } from './page.ts';
import { paths } from './path.ts';
import type { Ports } from './ports.ts';
import { unreadable } from './screens.ts';

/** Takes one report. Only what needs noting is noted; the provider itself stops mail to who left. */
export async function webhook(request: Request, ports: Ports): Promise<Response> {
	if (!ports.notices) return said(503, 'No secret is set.', { 'retry-after': '600' });
	const bytes = await readBytes(request);
	if (!bytes) return pageAnswer(unreadable.size, ports);
	const body = new TextDecoder().decode(bytes);
	const header = (name: string) => request.headers.get(name) ?? '';
	const opened = ports.notices.open(body, {
		id: header('svix-id'),
		timestamp: header('svix-timestamp'),
		signature: header('svix-signature'),
	});
	if (opened === undefined) return said(400, 'The signature does not hold.');
	const event = eventSchema.safeParse(opened);
	if (!event.success) return said(200, 'Not one we read.');
	const isDone = await act(event.data, ports);
	ports.log({ event: 'notice', path: paths.webhook, method: 'POST', what: event.data.type });
	return isDone ? said(200, 'Noted.') : said(503, 'Try again.', { 'retry-after': '60' });
}

async function act(event: Event, ports: Ports): Promise<boolean> {
	const { type, created_at } = event;
	switch (type) {
		case 'contact.updated': {
			const { id, unsubscribed, updated_at } = event.data;
			if (!unsubscribed) return true;
			return heardOfLeave(id, seconds(updated_at ?? created_at), listOf(ports));
		}
		case 'contact.topics.updated': {
			const ours = new Set(ports.audience.topics.map(({ id }) => id));
			const isOut = event.data.topics.some(
				({ id, subscription }) => ours.has(id) && subscription === 'opt_out',
			);
			return !isOut || heardOfLeave(event.data.email, seconds(created_at), listOf(ports));
		}
		case 'suppression.added':
		case 'email.complained':
			await sendAlert(type, ports);
			return true;
		case 'email.bounced':
			if (event.data.bounce?.type === 'Permanent') await sendAlert(type, ports);
			return true;
		default:
			return event satisfies never;
	}
}

function said(status: number, text: string, headers: Record<string, string> = {}): Response {
	return new Response(`${text}\n`, { status, headers });
}

function seconds(instant: string): number {
	return Math.floor(Date.parse(instant) / 1000);
}

const instant = z.string().refine((text) => !Number.isNaN(Date.parse(text)));
const unread = z.unknown();

const eventSchema = z.discriminatedUnion('type', [
	z.object({
		type: z.literal('contact.updated'),
		created_at: instant,
		data: z.object({ id: z.string(), unsubscribed: z.boolean(), updated_at: instant.optional() }),
	}),
	z.object({
		type: z.literal('contact.topics.updated'),
		created_at: instant,
		data: z.object({
			email: z.string(),
			topics: z.array(z.object({ id: z.string(), subscription: z.string() })),
		}),
	}),
	z.object({ type: z.literal('suppression.added'), created_at: instant, data: unread }),
	z.object({ type: z.literal('email.complained'), created_at: instant, data: unread }),
	z.object({
		type: z.literal('email.bounced'),
		created_at: instant,
		data: z.object({ bounce: z.object({ type: z.string() }).optional() }),
	}),
]);

type Event = z.output<typeof eventSchema>;
