import { isSplit, levelOf, restsOnOne } from './badge.ts';
import type { Level } from './badge.ts';
import { scored } from './counts.ts';
import type { Counts } from './counts.ts';
import { gapOf } from './gap.ts';
import type { Gap } from './gap.ts';
import { permutationTest } from './permutation.ts';
import type { Permutation } from './permutation.ts';
import { fewest, noticeable, twoApart, verdictOf } from './verdict.ts';
import type { Verdict } from './verdict.ts';

/** All that is found out about one scale item. Defined for any two teams, also empty ones. */
export function judge(sales: Counts, marketing: Counts, minTeam: number): ScaleFinding {
	const test = permutationTest(sales, marketing);
	const verdict = verdictOf(sales, marketing, minTeam, test);
	const bound = Math.max(fewest, minTeam);
	return {
		gap: gapOf(sales, marketing),
		test,
		verdict,
		split: {
			sales: scored(sales) >= bound && isSplit(sales),
			marketing: scored(marketing) >= bound && isSplit(marketing),
		},
		restsOnOne: verdict === 'clear' && restsOnOne(sales, marketing),
		level: verdict === 'few' ? undefined : levelOf(sales, marketing),
		noticeable: verdict === 'none' ? noticeable(scored(sales), scored(marketing)) : undefined,
		twoApart: verdict === 'few' ? twoApart(sales, marketing) : undefined,
	};
}

export interface ScaleFinding {
	gap: Gap | undefined;
	test: Permutation;
	verdict: Verdict;
	split: { sales: boolean; marketing: boolean };
	restsOnOne: boolean;
	/** As if the item reads `state`. */
	level: Level | undefined;
	/** In steps, for `none` only. */
	noticeable: number | undefined;
	/** For `few` only. */
	twoApart: boolean | undefined;
}
