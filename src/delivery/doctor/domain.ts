import { lookUpDmarc } from '#/delivery/dmarc.ts';
import { everyPage } from '#/delivery/pages.ts';
import type { Domain } from '#/delivery/provider.ts';
import { readValue } from '#/delivery/stop.ts';
import type { DoctorFacts, DoctorPorts } from './facts.ts';
import { bad, ok, unknown, warn } from './finding.ts';
import type { Finding } from './finding.ts';

/** Whether the sender’s domain is verified, record by record, and tracks nothing. */
export async function checkDomain(
	facts: DoctorFacts,
	{ provider }: DoctorPorts,
): Promise<Finding[]> {
	const name = facts.senderDomain;
	const { items } = await everyPage((after) => provider.listDomains(after), 'list the domains');
	const found = items.find((domain) => domain.name.toLowerCase() === name);
	if (!found) {
		const text = `The account has no domain ${name}, which the sender's address is of.`;
		return [
			facts.isSandbox
				? warn('domain', text, 'The sandbox makes it when something is first sent from it.')
				: bad(
						'domain',
						text,
						'Add it in the dashboard of Resend, or correct from in settings.yaml.',
					),
		];
	}
	const domain = readValue(await provider.getDomain(found.id), `read the domain ${name}`);
	return [
		domain.status === 'verified'
			? ok('domain', `${name} is verified.`)
			: bad('domain', `${name} is "${domain.status}".`, 'Set the records below, then verify it.'),
		...recordFindings(domain),
		...trackingFindings(domain),
	];
}

function recordFindings({ records }: Domain): Finding[] {
	return records.map((record) => {
		const text = `${record.purpose}: ${record.type} ${record.name} is ${record.status}.`;
		return record.status === 'verified'
			? ok('dns', text)
			: bad('dns', text, `Set ${record.type} ${record.name} to ${record.value}`);
	});
}

function trackingFindings({ name, isTrackingOpens, isTrackingClicks }: Domain): Finding[] {
	const tracked = [...(isTrackingOpens ? ['opens'] : []), ...(isTrackingClicks ? ['clicks'] : [])];
	if (tracked.length === 0) return [ok('tracking', 'Neither opens nor clicks are tracked.')];
	return [
		bad(
			'tracking',
			`${name} tracks ${tracked.join(' and ')}.`,
			'Readers were promised that nothing is. Turn it off in the dashboard of Resend.',
		),
	];
}

/** Whether the domain says what becomes of mail that only pretends to be from it. */
export async function checkDmarc(
	{ senderDomain }: DoctorFacts,
	{ dns }: DoctorPorts,
): Promise<Finding[]> {
	const found = await lookUpDmarc(senderDomain, dns);
	const record = `a TXT record at _dmarc.${senderDomain}: v=DMARC1; p=none; rua=mailto:<an address that is read>`;
	switch (found.kind) {
		case 'found':
			if (found.policy !== 'none') return [ok('dmarc', `${found.at}: p=${found.policy}.`)];
			return [
				warn(
					'dmarc',
					`${found.at}: p=none.`,
					'Enough to begin with. Raise it to quarantine once the reports show nothing of yours failing.',
				),
			];
		case 'invalid':
			return [bad('dmarc', `${found.at}: ${found.reason}.`, `Correct it to one record: ${record}`)];
		case 'none':
			return [bad('dmarc', `There is no record for ${senderDomain}.`, `Set ${record}`)];
		case 'unknown':
			return [unknown('dmarc', `It could not be looked up: ${found.reason}.`)];
	}
}
