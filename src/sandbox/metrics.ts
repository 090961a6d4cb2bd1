import { invalid } from './api-error.ts';
import type { Email, EmailEvent } from './state.ts';
import type { World } from './world.ts';

/** Counts what became of mails, in total over a range; the default range is the last six days. */
export function metrics(query: URLSearchParams, world: World) {
	const now = world.timeline.now();
	const end = readDate(query.get('end_date'), 'end_date') ?? now;
	const start = readDate(query.get('start_date'), 'start_date') ?? end - 6 * 86_400_000;
	if (query.get('dimensions'))
		throw invalid('The sandbox counts totals only: leave out `dimensions`.');
	const broadcasts = query.get('broadcast_id')?.split(',');
	const emails = query.get('email_id')?.split(',');
	const wanted = query.get('metrics')?.split(',') ?? NAMES;
	const unknown = wanted.find((name) => !NAMES.includes(name));
	if (unknown !== undefined) throw invalid(`The metric \`${unknown}\` does not exist.`);

	const counted = [...world.state.emails.values()].filter(
		(email) =>
			(broadcasts === undefined || broadcasts.includes(email.broadcastId ?? '')) &&
			(emails === undefined || emails.includes(email.id)) &&
			email.createdMs >= start &&
			email.createdMs <= end,
	);
	const totals = count(counted);
	return {
		object: 'metrics',
		start_date: new Date(start).toISOString(),
		end_date: new Date(end).toISOString(),
		metrics: wanted,
		dimensions: [],
		granularity: query.get('granularity') ?? 'daily',
		totals: Object.fromEntries(wanted.map((name) => [name, totals[name] ?? 0])),
	};
}

const NAMES: readonly string[] = [
	'received',
	'delivered',
	'complained',
	'suppressed',
	'bounced',
	'bounced_transient',
	'bounced_permanent',
	'bounced_undetermined',
	'opened',
	'clicked',
	'unsubscribed',
	'delivery_delayed',
	'failed',
	'sent',
	'unique_opened',
	'unique_clicked',
	'delivery_rate',
	'open_rate',
	'click_rate',
	'bounce_rate',
	'complaint_rate',
	'unsubscribe_rate',
];

function count(emails: readonly Email[]): Record<string, number> {
	const all = (type: EmailEvent) =>
		emails.reduce(
			(sum, email) => sum + email.events.filter((event) => event.type === type).length,
			0,
		);
	const unique = (type: EmailEvent) =>
		emails.filter((email) => email.events.some((event) => event.type === type)).length;
	const sent = all('sent');
	const delivered = all('delivered');
	const rate = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);

	return {
		sent,
		delivered,
		bounced: all('bounced'),
		bounced_permanent: all('bounced'),
		complained: all('complained'),
		suppressed: all('suppressed'),
		opened: all('opened'),
		clicked: all('clicked'),
		unsubscribed: unique('unsubscribed'),
		unique_opened: unique('opened'),
		unique_clicked: unique('clicked'),
		delivery_rate: rate(delivered, sent),
		open_rate: rate(unique('opened'), delivered),
		click_rate: rate(unique('clicked'), delivered),
		bounce_rate: rate(all('bounced'), sent),
		complaint_rate: rate(all('complained'), delivered),
		unsubscribe_rate: rate(unique('unsubscribed'), delivered),
	};
}

function readDate(text: string | null, name: string): number | null {
	if (text === null) return null;
	const at = Date.parse(text);
	if (Number.isNaN(at)) throw invalid(`The \`${name}\` parameter must be an ISO 8601 date.`);
	return at;
}
