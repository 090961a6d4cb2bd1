import { Stop } from '#/delivery/stop.ts';
import type { Account } from './account.ts';
import type { GuardFacts } from './facts.ts';

/** Stops where the account holds more contacts than its plan: the provider would refuse half-way. */
export function refuseContactsQuota(_facts: GuardFacts, { usage }: Account): void {
	const { used, limit } = usage.contacts;
	if (limit === null || used <= limit) return;
	throw new Stop(
		'contacts-quota',
		`The account holds ${used} contacts; its plan allows ${limit}.`,
		'Raise the plan or remove contacts at the provider, then run the same command again.',
	);
}
