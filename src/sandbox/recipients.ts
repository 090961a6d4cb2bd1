import { invalid, missing } from './api-error.ts';
import { findBroadcast } from './broadcasts.ts';
import { page } from './page.ts';
import { type Call, ok, route } from './router.ts';
import type { Email, EmailEvent } from './state.ts';
import type { World } from './world.ts';

export const recipientRoutes = [
	route('GET', '/broadcasts/:broadcast/recipients', 'broadcasts.recipients', recipients),
	route('GET', '/broadcasts/:broadcast/clicked-links', 'broadcasts.clickedLinks', clickedLinks),
];

/** The mails of one broadcast, oldest first. */
export function emailsOf(broadcastId: string, world: World): Email[] {
	return [...world.state.emails.values()].filter((email) => email.broadcastId === broadcastId);
}

const TYPES: readonly string[] = [
	'sent',
	'delivered',
	'opened',
	'clicked',
	'bounced',
	'complained',
	'unsubscribed',
	'suppressed',
] satisfies EmailEvent[];

function recipients(call: Call, world: World) {
	const broadcast = findBroadcast(call, world);
	const type = call.query.get('type');
	if (type === null) throw missing('type');
	if (!TYPES.includes(type)) throw invalid('Invalid `type` parameter.');
	const address = call.query.get('email')?.toLowerCase();
	const bounceType = call.query.get('bounce_type');

	const rows = emailsOf(broadcast.id, world)
		.filter((email) => email.events.some((event) => event.type === type))
		.filter((email) => address === undefined || email.to[0]?.toLowerCase() === address)
		.map((email) => ({
			id: email.id,
			contact_id: email.contactId,
			email: email.to[0],
			...details(email, type),
		}))
		// Every bounce of the sandbox is permanent.
		.filter(() => bounceType === null || bounceType === 'permanent');
	return ok(page(rows, call.query, 20));
}

function details(email: Email, type: string) {
	const events = email.events.filter((event) => event.type === type);
	if (type === 'bounced') return { bounce_type: 'permanent' };
	if (type === 'opened') return { count: events.length };
	if (type !== 'clicked') return {};
	const urls = [...new Set(events.map((event) => event.url ?? ''))];
	return {
		count: events.length,
		clicked_links: urls.map((url) => ({
			url,
			clicks: events.filter((event) => event.url === url).length,
		})),
	};
}

function clickedLinks(call: Call, world: World) {
	const broadcast = findBroadcast(call, world);
	const clicks = emailsOf(broadcast.id, world).flatMap((email) =>
		email.events
			.filter((event) => event.type === 'clicked')
			.map((event) => ({ url: event.url ?? '', email: email.id })),
	);
	const rows = [...new Set(clicks.map(({ url }) => url))].map((url) => {
		const own = clicks.filter((click) => click.url === url);
		return {
			id: world.mint.token(broadcast.id, url),
			url,
			clicks: own.length,
			unique_clicks: new Set(own.map((click) => click.email)).size,
		};
	});
	return ok(page(rows.toReversed(), call.query, 20));
}
