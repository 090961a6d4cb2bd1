import type { Receipt } from '#/delivery/receipt.ts';
import { Stop } from '#/delivery/stop.ts';
import type { Account } from './account.ts';
import type { GuardFacts } from './facts.ts';
import { receiptsOf } from './history.ts';

/** Stops where nobody would get it. No flag goes on from here. */
export function refuseNobody(_facts: GuardFacts, { readers }: Account): void {
	if (readers > 0) return;
	throw new Stop(
		'nobody',
		'The segment holds nobody who may be mailed.',
		'Check delivery.segment in settings.yaml, or wait for the first reader.',
	);
}

/** Stops above the cap of the settings, unless the exact number was typed. */
export function refuseAudienceCap({ audienceCap, typed }: GuardFacts, { readers }: Account): void {
	if (readers <= audienceCap || typed.audience === readers) return;
	throw new Stop(
		'audience-cap',
		`The segment holds ${readers} readers; the settings allow ${audienceCap}.`,
		`Where the segment is right, raise delivery.audienceCap, or go on this once: --audience ${readers}.`,
	);
}

/**
 * Stops where the audience grew or shrank by more than 30 % since the last receipt of another issue,
 * unless the exact number was typed. A typed number that is not the exact one always stops.
 */
export function refuseAudienceChange(facts: GuardFacts, { readers }: Account): void {
	const { typed } = facts;
	if (typed.audience === readers) return;
	if (typed.audience !== undefined) {
		throw new Stop(
			'audience-changed',
			`--audience names ${typed.audience}; the segment holds ${readers} readers.`,
			`Find out why. If the number is right: --audience ${readers}.`,
		);
	}
	const last = lastReceipt(facts);
	if (!last || isWithinBand(readers, last.audience.upTo)) return;
	throw new Stop(
		'audience-changed',
		`The segment holds ${readers} readers; issue ${last.issue} went to up to ${last.audience.upTo}. That is more than ${band} % ${readers > last.audience.upTo ? 'more' : 'fewer'}.`,
		`Find out why: another segment, an import, a clean-up? If the number is right: --audience ${readers}.`,
	);
}

/** True where an audience is no more than 30 % larger or smaller than the last one. */
export function isWithinBand(readers: number, last: number): boolean {
	return Math.abs(readers - last) * 100 <= last * band;
}

function lastReceipt(facts: GuardFacts): Receipt | undefined {
	return receiptsOf(facts)
		.filter(({ issue }) => issue !== facts.issue)
		.toSorted((a, b) => Date.parse(a.chosenAt) - Date.parse(b.chosenAt))
		.at(-1);
}

/** In per cent. */
const band = 30;
