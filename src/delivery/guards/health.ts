import { Stop } from '#/delivery/stop.ts';
import type { Account } from './account.ts';
import type { GuardFacts, GuardPorts } from './facts.ts';

/**
 * Stops where too many copies of the last issue bounced or drew a complaint: the provider pauses
 * accounts that go on. Warns at half of that. Where there are no numbers it says so.
 */
export function refuseHealth(
	{ typed }: GuardFacts,
	{ last }: Account,
	ports: Pick<GuardPorts, 'tell'>,
): void {
	if (!last) return;
	const { issue, metrics } = last;
	if (!metrics || metrics.sent === 0) {
		ports.tell('health', `no numbers of issue ${issue}: not judged`);
		return;
	}
	const rates = [
		rateOf('bounced', metrics.bounced, metrics.sent, limits.bounced),
		// A copy that never arrived cannot draw a complaint.
		rateOf(
			'drew a complaint',
			metrics.complained,
			metrics.delivered || metrics.sent,
			limits.complained,
		),
	];
	for (const rate of rates.filter(({ isWarning }) => isWarning))
		ports.tell('health', rate.words(issue));
	const bad = rates.filter(({ isBad }) => isBad);
	if (bad.length === 0 || typed.isHealthOk === true) return;
	throw new Stop(
		'health',
		bad.map((rate) => rate.words(issue)).join('\n'),
		`See "npm run newsletter -- report ${issue}" and find out why before more mail goes out. To go on: --health-ok.`,
	);
}

function rateOf(what: string, count: number, of: number, limit: Limit): Rate {
	const share = (count * 100) / of;
	return {
		isWarning: share >= limit.warn,
		isBad: share >= limit.stop,
		words: (issue) =>
			`${count} of ${of} copies of issue ${issue} ${what}: ${Number(share.toFixed(2))} %; the provider's limit is ${limit.stop} %.`,
	};
}

/** In per cent. */
const limits = {
	bounced: { warn: 2, stop: 4 },
	complained: { warn: 0.05, stop: 0.08 },
} as const satisfies Record<string, Limit>;

interface Limit {
	warn: number;
	stop: number;
}

interface Rate {
	isWarning: boolean;
	isBad: boolean;
	words(issue: string): string;
}
