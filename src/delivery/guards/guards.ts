/**
 * The guards: every reason not to send that can be known before anything is written. Each is a small
 * function that either returns or throws a Stop; they run cheap and certain first, and no guard
 * relies on another.
 */
import { Stop } from '#/delivery/stop.ts';
import { askAccount } from './account.ts';
import type { Account } from './account.ts';
import { refuseUnapproved } from './approval.ts';
import { refuseAudienceCap, refuseAudienceChange, refuseNobody } from './audience.ts';
import { refuseClock } from './clock.ts';
import { refuseDomain, refuseTracking } from './domain.ts';
import type { GuardFacts, GuardPorts } from './facts.ts';
import { refuseFirstSend } from './first-send.ts';
import { refuseHealth } from './health.ts';
import { refuseOtherIds } from './ids.ts';
import { refuseLinks } from './links.ts';
import { refuseMail } from './mail.ts';
import { refusePage } from './page.ts';
import { refuseContactsQuota } from './quota.ts';
import { refuseUnreadableReceipts } from './history.ts';
import { refuseTooEarly, refuseTooLate, refuseZone } from './time.ts';
import { refuseSameWeek } from './week.ts';

/**
 * Refuses to go on where anything speaks against sending. Called before any write.
 * @param guards - all of them; a test leaves one out
 * @returns how many readers the mail can reach at most
 * @throws Stop with every reason that is known at the same stage; its code is that of the first
 */
export async function runGuards(
	facts: GuardFacts,
	ports: GuardPorts,
	guards: Guards = allGuards,
): Promise<{ readers: number }> {
	await passAll(guards.facts.map((guard) => async () => guard(facts, ports)));
	const account = await askAccount(facts, ports);
	await passAll(guards.account.map((guard) => async () => guard(facts, account, ports)));
	// One after the other: while the page is not there, every link to it is broken as well.
	for (const guard of guards.site) await guard(facts, ports);
	return { readers: account.readers };
}

/** Every guard, by what it needs to know. */
export const allGuards: Guards = {
	facts: [
		refuseUnreadableReceipts,
		refuseMail,
		refuseUnapproved,
		refuseZone,
		refuseClock,
		refuseTooLate,
		refuseTooEarly,
		refuseSameWeek,
		refuseFirstSend,
	],
	account: [
		refuseOtherIds,
		refuseNobody,
		refuseAudienceCap,
		refuseAudienceChange,
		refuseContactsQuota,
		refuseDomain,
		refuseTracking,
		refuseHealth,
	],
	site: [refusePage, refuseLinks],
};

/** Runs all, and throws what they refused as one Stop. Anything but a refusal ends it at once. */
async function passAll(checks: readonly (() => Promise<void>)[]): Promise<void> {
	const refused: Stop[] = [];
	for (const check of checks) {
		try {
			await check();
		} catch (error) {
			if (!(error instanceof Stop) || error.kind !== 'refused') throw error;
			refused.push(error);
		}
	}
	const [first, ...others] = refused;
	if (!first) return;
	if (others.length === 0) throw first;
	const hints = new Set(refused.flatMap(({ hint }) => hint ?? []));
	throw new Stop(
		first.code,
		refused.map(({ message }) => message).join('\n'),
		[...hints].join('\n'),
		{ cause: refused },
	);
}

export interface Guards {
	/** Those that judge by facts alone. */
	facts: readonly ((facts: GuardFacts, ports: GuardPorts) => void | Promise<void>)[];
	/** Those that need to know how the account stands. */
	account: readonly ((
		facts: GuardFacts,
		account: Account,
		ports: GuardPorts,
	) => void | Promise<void>)[];
	/** Those that ask the web. */
	site: readonly ((facts: GuardFacts, ports: GuardPorts) => Promise<void>)[];
}
