import { countReaders } from '#/delivery/audience.ts';
import { everyPage } from '#/delivery/pages.ts';
import type { Domain, Metrics, Provider, Usage } from '#/delivery/provider.ts';
import type { Receipt } from '#/delivery/receipt.ts';
import { readValue } from '#/delivery/stop.ts';
import type { GuardFacts, GuardPorts } from './facts.ts';
import { otherIssues } from './history.ts';

/**
 * Asks how the account stands, each thing once: the guards then judge without asking.
 * @throws Stop where the provider does not answer, or the key may not ask
 */
export async function askAccount(facts: GuardFacts, ports: GuardPorts): Promise<Account> {
	const { provider } = ports;
	const senderDomain = domainOf(facts.payload.from);
	return {
		senderDomain,
		domain: await findDomain(senderDomain, provider),
		usage: readValue(await provider.getUsage(), 'read the usage of the account'),
		last: await lastNumbers(facts, provider),
		readers: await countReaders(facts.payload.segmentId, provider),
	};
}

async function findDomain(name: string, provider: Provider): Promise<Domain | undefined> {
	const { items } = await everyPage((after) => provider.listDomains(after), 'list the domains');
	const found = items.find((domain) => domain.name.toLowerCase() === name);
	return found && readValue(await provider.getDomain(found.id), `read the domain ${name}`);
}

/** The newest issue before this one that went out, and what became of its copies. */
async function lastNumbers(facts: GuardFacts, provider: Provider): Promise<Account['last']> {
	const { now } = facts.listing;
	const receipt = otherIssues(facts)
		.flatMap((other): Receipt[] => {
			if (!other.receipt || new Date(other.receipt.planned.utc) > now) return [];
			const isOut = other.class === 'sent' || other.class === 'burnt' || other.class === undefined;
			return isOut ? [other.receipt] : [];
		})
		.toSorted((a, b) => Date.parse(a.planned.utc) - Date.parse(b.planned.utc))
		.at(-1);
	if (!receipt) return undefined;
	const planned = Date.parse(receipt.planned.utc);
	const to = new Date(Math.min(now.getTime(), planned + longestMs));
	const outcome = await provider.getMetrics(receipt.broadcast, new Date(planned - dayMs), to);
	// Numbers are kept for a while only, and a refusal to give old ones must not stop an issue. A key
	// that may not ask, and a provider that does not answer, must.
	const isNone = outcome.kind === 'refused' && outcome.status !== 401 && outcome.status !== 429;
	const metrics = isNone ? undefined : readValue(outcome, `read the numbers of ${receipt.issue}`);
	return { issue: receipt.issue, metrics };
}

function domainOf(from: string): string {
	return (/@([^<>@\s]+)>?$/.exec(from)?.[1] ?? '').toLowerCase();
}

const dayMs = 86_400_000;

/** How long after its time a mail still bounces or draws a complaint. */
const longestMs = 30 * dayMs;

/** How the account stands. */
export interface Account {
	/** Of the sender: `news.example.com`. */
	senderDomain: string;
	/** Undefined where the account has no such domain. */
	domain: Domain | undefined;
	usage: Usage;
	/** The issue before this one; undefined where there is none. */
	last: { issue: string; metrics: Metrics | undefined } | undefined;
	/** Readers at most. */
	readers: number;
}
