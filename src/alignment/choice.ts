import { points, scored } from './counts.ts';
import type { Answer, Counts } from './counts.ts';

/**
 * What is found out about a choice: how many pairs of one from each team match, how many inside a
 * team, and who knows the rule. Counts, no test.
 * @param agreed - the place of the option that is the rule, from 1; undefined where there is none
 */
export function match(sales: Counts, marketing: Counts, agreed?: Answer): ChoiceFinding {
	return {
		pairs: {
			part: points.reduce((sum, point) => sum + sales[point] * marketing[point], 0),
			whole: scored(sales) * scored(marketing),
		},
		inside: { sales: inside(sales), marketing: inside(marketing) },
		right:
			agreed === undefined
				? undefined
				: {
						sales: { part: sales[agreed], whole: scored(sales) },
						marketing: { part: marketing[agreed], whole: scored(marketing) },
					},
	};
}

/** Sorts the lowest chance of a match first; a team without answers last. */
export function byMatch({ pairs: a }: ChoiceFinding, { pairs: b }: ChoiceFinding): number {
	if (a.whole === 0 || b.whole === 0) return Number(a.whole === 0) - Number(b.whole === 0);
	return a.part * b.whole - b.part * a.whole;
}

/** The finding in sentences. */
export function matchWords({
	pairs,
	inside: { sales, marketing },
	right,
}: ChoiceFinding): string[] {
	const words: string[] = [];
	if (pairs.whole > 0) {
		const noun = pairs.whole === 1 ? 'pair' : 'pairs';
		words.push(`${of(pairs)} ${noun} of one salesperson and one marketer would agree.`);
	} else words.push('No pairs to compare: a team has given no answer here.');
	const within = [
		...(sales ? [`inside sales ${of(sales)}`] : []),
		...(marketing ? [`inside marketing ${of(marketing)}`] : []),
	].join(', ');
	if (within) words.push(`${within.charAt(0).toUpperCase()}${within.slice(1)}.`);
	if (right) words.push(`Our rule: sales ${of(right.sales)}, marketing ${of(right.marketing)}.`);
	return words;
}

function inside(counts: Counts): Share | undefined {
	const n = scored(counts);
	if (n < 2) return undefined;
	const part = points.reduce((sum, point) => sum + (counts[point] * (counts[point] - 1)) / 2, 0);
	return { part, whole: (n * (n - 1)) / 2 };
}

function of({ part, whole }: Share): string {
	return `${part} of ${whole}`;
}

export interface ChoiceFinding {
	pairs: Share;
	/** Pairs inside a team; undefined for fewer than two answers. */
	inside: { sales: Share | undefined; marketing: Share | undefined };
	/** Who chose the firm's own rule. */
	right: { sales: Share; marketing: Share } | undefined;
}

/** `part` of `whole`. */
interface Share {
	part: number;
	whole: number;
}
