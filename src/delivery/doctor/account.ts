import { parseName, parseTimestamp } from '#/delivery/broadcast.ts';
import { listAll } from '#/delivery/choice.ts';
import { everyPage } from '#/delivery/pages.ts';
import { listProperties, propertyFaults } from '#/delivery/properties.ts';
import { resendHost } from '#/delivery/resend.ts';
import { readValue } from '#/delivery/stop.ts';
import type { DoctorFacts, DoctorPorts } from './facts.ts';
import { bad, ok, unknown, warn } from './finding.ts';
import type { Finding } from './finding.ts';

/** Where calls go. */
export async function checkHost(facts: DoctorFacts, { provider }: DoctorPorts): Promise<Finding[]> {
	if (provider.host === resendHost) return [ok('host', `Mail goes out by ${resendHost}.`)];
	if (facts.isSandbox) return [ok('host', `The sandbox at ${provider.host}: no mail goes out.`)];
	return [bad('host', `Calls go to ${provider.host}.`, 'Unset RESEND_BASE_URL to send for real.')];
}

/** Whether the key may do more than send single mails. */
export async function checkKey(_facts: DoctorFacts, { provider }: DoctorPorts): Promise<Finding[]> {
	const outcome = await provider.listBroadcasts();
	if (outcome.kind === 'ok') return [ok('key', 'It may read broadcasts: full access.')];
	if (outcome.kind === 'unknown') return [unknown('key', outcome.message)];
	return [
		bad(
			'key',
			`The provider does not take it: ${outcome.status} ${outcome.name}: ${outcome.message}`,
			'RESEND_API_KEY must be a key with full access; make one in the dashboard of Resend.',
		),
	];
}

/** Whether contacts can hold their consent. */
export async function checkProperties(_facts: DoctorFacts, ports: DoctorPorts): Promise<Finding[]> {
	const faults = propertyFaults(await listProperties(ports.provider));
	if (faults.length === 0) return [ok('properties', 'Consent can be kept with every contact.')];
	return [bad('properties', faults.join(' '), 'Run "setup".')];
}

/** How much of the plan is used, and how fast it may be asked. */
export async function checkUsage(
	_facts: DoctorFacts,
	{ provider }: DoctorPorts,
): Promise<Finding[]> {
	const { contacts, rate } = readValue(await provider.getUsage(), 'read the usage');
	const { used, limit } = contacts;
	const text = `${used} contacts of ${limit ?? 'any number'}.`;
	const raise = 'Raise the plan or remove contacts before the next issue.';
	return [
		limit === null || used <= limit * 0.9
			? ok('quota', text)
			: used <= limit
				? warn('quota', text, raise)
				: bad('quota', text, raise),
		!rate
			? unknown('rate', 'How many requests it takes is not told.')
			: /^1s$/.test(rate.per) && rate.limit < 2
				? warn('rate', `${rate.limit} requests in ${rate.per}.`, 'A send needs two a second.')
				: ok('rate', `${rate.limit} requests in ${rate.per}.`),
	];
}

/** Whether the provider tells the endpoints who left. */
export async function checkWebhook(
	_facts: DoctorFacts,
	{ provider }: DoctorPorts,
): Promise<Finding[]> {
	const { items } = await everyPage((after) => provider.listWebhooks(after), 'list the webhooks');
	if (items.length === 0) {
		return [
			warn(
				'webhook',
				'There is none: who leaves by the page of Resend is noticed only at the next sign-up.',
				'Add one in the dashboard of Resend, to /webhook of the endpoints.',
			),
		];
	}
	return items.map(({ endpoint, isEnabled }) =>
		isEnabled
			? ok('webhook', `${endpoint} is told.`)
			: bad('webhook', `${endpoint} was turned off.`, 'See why it failed, then turn it on again.'),
	);
}

/** What went to our readers under a name that no run of this program gave it. */
export async function checkBroadcasts(
	facts: DoctorFacts,
	{ provider }: DoctorPorts,
): Promise<Finding[]> {
	const segments = await everyPage((after) => provider.listSegments(after), 'list the segments');
	const ours = segments.items.find(({ name }) => name === facts.audience.segment)?.id;
	const { broadcasts, now } = await listAll(provider);
	const since = now.getTime() - 30 * 86_400_000;
	const strays = broadcasts.filter(({ name, status, segmentId, sentAt, createdAt }) => {
		const at = parseTimestamp(sentAt ?? createdAt)?.date.getTime() ?? now.getTime();
		const isOut = status === 'sent' || status === 'queued' || status === 'canceled';
		return isOut && segmentId === ours && at >= since && parseName(name) === undefined;
	});
	if (strays.length === 0) return [ok('strays', 'Nothing else went to the readers in 30 days.')];
	return strays.map(({ id, name, status }) =>
		bad(
			'strays',
			`${id} is ${status}, went to the readers, and is called "${name}".`,
			'If it was an issue, run "repair" for it. If it was not, know that readers had a mail more.',
		),
	);
}
