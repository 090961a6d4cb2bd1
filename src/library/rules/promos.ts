import { daysBetween } from '#/day.ts';
import type { EntryOf } from '#/library/entry.ts';
import { promoState } from '#/library/view.ts';
import type { Problem } from '#/problem.ts';
import { finding } from './finding.ts';
import type { ShelfFacts } from './finding.ts';

/** No promo starts without a briefing. */
export function checkPromos(shelf: ShelfFacts): Problem[] {
	return shelf.entries.flatMap((entry) => (entry.kind === 'promo' ? checkPromo(entry, shelf) : []));
}

function checkPromo(promo: EntryOf<'promo'>, shelf: ShelfFacts): Problem[] {
	const { starts, ends, briefed } = promo.data;
	const problems: Problem[] = [];
	if (ends < starts) {
		problems.push(
			finding(shelf, promo, ['ends'], {
				rule: 'promo/ends',
				level: 'error',
				message: `${ends} is before the start, ${starts}.`,
				fix: 'Correct one of the two days.',
			}),
		);
	}
	if (briefed && briefed.on > starts) {
		problems.push(
			finding(shelf, promo, ['briefed', 'on'], {
				rule: 'promo/briefed',
				level: 'error',
				message: `${briefed.on} is after the start, ${starts}: customers could know first.`,
				fix: 'Move the start, or correct the day of the briefing.',
			}),
		);
	}
	if (promoState(shelf, promo.data).isUrgent) {
		const days = daysBetween(shelf.today, starts);
		problems.push(
			finding(shelf, promo, ['briefed'], {
				rule: 'promo/unbriefed',
				level: 'error',
				message: `missing, and the offer ${days > 0 ? `starts ${starts} (in ${days} ${days === 1 ? 'day' : 'days'})` : `started ${starts}`}.`,
				fix: 'Hold the briefing, then add briefed: {on, by}.',
			}),
		);
	}
	return problems;
}
