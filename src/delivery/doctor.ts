/**
 * Looks at everything a send rests on, and says what is wrong with a fix each. One thing that cannot
 * be looked at hides no other: what nobody knows is said, and is not a fault.
 */
import {
	checkBroadcasts,
	checkHost,
	checkKey,
	checkProperties,
	checkUsage,
	checkWebhook,
} from './doctor/account.ts';
import { checkCanary, checkSegment, checkTopic } from './doctor/audience.ts';
import { checkDmarc, checkDomain } from './doctor/domain.ts';
import type { Check, DoctorFacts, DoctorPorts } from './doctor/facts.ts';
import { bad, ok, unknown } from './doctor/finding.ts';
import type { Finding } from './doctor/finding.ts';
import { checkLedger, checkMachine, checkPage } from './doctor/machine.ts';
import { Stop } from './stop.ts';

/** Every finding, in the order a person should read them. Reads only, and never throws for a fault. */
export async function examine(facts: DoctorFacts, ports: DoctorPorts): Promise<Finding[]> {
	const findings: Finding[] = [];
	for (const [name, check] of Object.entries(checks)) {
		try {
			findings.push(...(await check(facts, ports)));
		} catch (error) {
			if (!(error instanceof Stop) || error.code === 'interrupted') throw error;
			// Where the key is refused, everything is, and one finding says so.
			const isKey = findings.some(({ about, level }) => about === 'key' && level === 'bad');
			findings.push(
				error.kind === 'provider-refused' && !isKey
					? bad(name, error.message, error.hint ?? 'See what the provider says.')
					: unknown(name, isKey ? 'Not looked at, because of the key.' : error.message),
			);
		}
	}
	return [...findings, ...openClauses(facts)];
}

/** True where nothing found speaks against sending. */
export function isHealthy(findings: readonly Finding[]): boolean {
	return findings.every(({ level }) => level !== 'bad');
}

/** What no program can prove: a person looks, and records it. */
function openClauses({ headersSeen }: DoctorFacts): Finding[] {
	return [
		{
			about: 'C01',
			level: 'open',
			text: 'That Resend refuses to send a broadcast again was not yet seen on a live account.',
			fix: 'Schedule a canary, ask for the sending of the same id again, and see that it is refused.',
		},
		headersSeen === undefined
			? {
					about: 'C18',
					level: 'open',
					text: 'That a broadcast carries both List-Unsubscribe headers was not yet seen.',
					fix: 'Run "test <NNN> --canary", open its raw source, and record the day as delivery.headersSeen in settings.yaml.',
				}
			: ok('C18', `A person saw the List-Unsubscribe headers on ${headersSeen}.`),
	];
}

const checks: Readonly<Record<string, Check>> = {
	host: checkHost,
	key: checkKey,
	domain: checkDomain,
	dmarc: checkDmarc,
	topic: checkTopic,
	segment: checkSegment,
	canary: checkCanary,
	properties: checkProperties,
	quota: checkUsage,
	webhook: checkWebhook,
	strays: checkBroadcasts,
	ledger: checkLedger,
	machine: checkMachine,
	page: checkPage,
};
