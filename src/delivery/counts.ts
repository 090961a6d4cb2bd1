/** What became of an issue's copies, as numbers, and which numbers are wrong. Never an address. */
import { everyPage } from './pages.ts';
import type { Metrics, Provider, RecipientFate } from './provider.ts';
import { readValue } from './stop.ts';

/**
 * Counts the copies of a broadcast that was sent between two instants.
 * @param depth - `quick` asks for the totals, `whole` also for the recipients that met a bad fate
 * @throws Stop where the provider does not answer
 */
export async function countCopies(
	broadcast: string,
	span: Span,
	depth: 'quick' | 'whole',
	provider: Provider,
): Promise<Metrics> {
	const totals = readValue(
		await provider.getMetrics(broadcast, span.from, span.to),
		'count the mails',
	);
	if (depth === 'quick') return totals;
	const counts = { ...totals };
	for (const fate of listed) {
		const { items } = await everyPage(
			(after) => provider.listRecipients(broadcast, fate, after),
			`count what was ${fate}`,
		);
		// Both are up to 15 minutes old, and both only grow: the larger is nearer to the truth.
		counts[fate] = Math.max(counts[fate], items.length);
	}
	return counts;
}

/**
 * What is wrong with the counts of a sent issue, a sentence each.
 * @param upTo - readers at most, by the receipt
 */
export function alarmsOf(counts: Metrics, upTo: number): string[] {
	const rates = ratesOf(counts);
	const alarms: string[] = [];
	if (counts.sent === 0) alarms.push('The provider says it was sent, and counts no mail.');
	if (counts.sent > upTo) {
		alarms.push(`${counts.sent} mails went out, and the receipt expects ${upTo} at most.`);
	}
	if (rates.bounced >= stops.bounced) {
		alarms.push(`${percent(rates.bounced)} bounced; from 4 % on the provider may stop you.`);
	}
	if (rates.complained >= stops.complained) {
		alarms.push(
			`${percent(rates.complained)} complained; from 0.08 % on the provider may stop you.`,
		);
	}
	return alarms;
}

/**
 * The time in which an issue's mails went out.
 * @param planned - as a receipt has it
 */
export function spanOf(planned: string, now: Date): Span {
	// The provider tells the time in whole seconds, and a mail may be of this very one.
	return { from: new Date(Date.parse(planned) - 3_600_000), to: new Date(now.getTime() + 60_000) };
}

/** Bounces by mails sent, complaints by mails delivered, between 0 and 1. */
export function ratesOf(counts: Metrics): { bounced: number; complained: number } {
	return {
		bounced: counts.sent === 0 ? 0 : counts.bounced / counts.sent,
		complained: counts.delivered === 0 ? 0 : counts.complained / counts.delivered,
	};
}

/** `2.5 %` */
export function percent(rate: number): string {
	return `${Number((rate * 100).toFixed(2))} %`;
}

/** The provider's own limits. */
const stops = { bounced: 0.04, complained: 0.0008 };

const listed = [
	'bounced',
	'complained',
	'suppressed',
	'unsubscribed',
] as const satisfies RecipientFate[];

interface Span {
	from: Date;
	to: Date;
}
