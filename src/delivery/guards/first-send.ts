import { canaryName } from '#/delivery/canary.ts';
import { payloadHash } from '#/delivery/message.ts';
import { Stop } from '#/delivery/stop.ts';
import type { GuardFacts, GuardPorts } from './facts.ts';
import { otherIssues } from './history.ts';

/**
 * Stops a real send until a person saw the headers of a canary, and the first one until a canary of
 * this very issue arrived. The first is the first this account lists as sent: receipts in the
 * content folder may be from another account, or from a sandbox.
 */
export function refuseFirstSend(facts: GuardFacts, ports: GuardPorts): void {
	if (ports.isSandbox) return;
	const missing: string[] = [];
	if (facts.headersSeen === undefined) {
		missing.push(
			'Nobody has recorded that our mails carry the headers that let readers leave with one click.',
		);
	}
	const canary = canaryName(facts.site, facts.issue, payloadHash(facts.payload));
	const isFirst = !otherIssues(facts).some(
		(other) => other.issue !== undefined && other.class === 'sent',
	);
	const isSeen = facts.listing.broadcasts.some(
		({ name, status }) => name === canary && status === 'sent',
	);
	if (isFirst && !isSeen) {
		missing.push(`This would be the first issue from this account, and no canary of it was sent.`);
	}
	if (missing.length === 0) return;
	throw new Stop(
		'first-send',
		missing.join('\n'),
		[
			`Run "npm run newsletter -- test ${facts.issue} --canary".`,
			'Open the raw source of what arrives, and look for List-Unsubscribe and List-Unsubscribe-Post, both named in the h= of the DKIM signature.',
			'Then write the day into settings.yaml as delivery.headersSeen.',
		].join(' '),
	);
}
