import { Stop } from '#/delivery/stop.ts';
import type { Account } from './account.ts';
import type { GuardFacts } from './facts.ts';

/** Stops where the sender's domain is not verified: mail from it would be refused or not trusted. */
export function refuseDomain(_facts: GuardFacts, { senderDomain, domain }: Account): void {
	if (domain?.status === 'verified') return;
	throw new Stop(
		'domain',
		domain
			? `The sender's domain ${senderDomain} is "${domain.status}", not verified.`
			: `The account has no domain ${senderDomain}, which the sender's address is of.`,
		'"npm run newsletter -- doctor" prints the DNS records it needs. Or correct from in settings.yaml.',
	);
}

/** Stops where opens or clicks are tracked: links would be rewritten, and readers watched. */
export function refuseTracking(_facts: GuardFacts, { senderDomain, domain }: Account): void {
	const tracked = [
		...(domain?.isTrackingOpens ? ['opens'] : []),
		...(domain?.isTrackingClicks ? ['clicks'] : []),
	];
	if (tracked.length === 0) return;
	throw new Stop(
		'tracking',
		`The domain ${senderDomain} tracks ${tracked.join(' and ')}.`,
		'Readers were promised that nothing is tracked. Turn it off for the domain in the dashboard of Resend.',
	);
}
