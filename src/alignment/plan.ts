import { addDays } from '#/day.ts';
import type { Day } from '#/day.ts';
import type { ItemView } from './item-view.ts';
import type { QuestionSet } from './question-set.ts';
import type { Round } from './round.ts';

/**
 * A plan for the items the teams picked: do it within 30 days, look back after 60, answer again
 * after 90. A proposal: whoever fills it in changes words, owners and dates. It holds no answer.
 * @param picked - items of the comparison
 */
export function proposePlan(
	set: QuestionSet,
	{ round }: Round,
	picked: readonly ItemView[],
	from: Day,
): Plan {
	const steps = picked.flatMap((item): Step[] => {
		const about = { item: item.id, question: item.text, owner: '' };
		const read = item.play?.href;
		return [
			{ ...about, days: 30, due: addDays(from, 30), text: doWords(item), read },
			{ ...about, days: 60, due: addDays(from, 60), text: 'Look back: what changed?', read },
		];
	});
	const again: Step = {
		item: 'again',
		question: set.title,
		days: 90,
		due: addDays(from, 90),
		text: 'Answer the questions again, and say whether it was done.',
		owner: '',
	};
	return { title: set.title, set: set.slug, round, from, steps: [...steps, again] };
}

function doWords({ play }: ItemView): string {
	return play ? `Do it: ${play.title}` : 'Do the one thing you picked.';
}

export interface Plan {
	/** The question set's title. */
	title: string;
	/** Its slug. */
	set: string;
	round: string;
	from: Day;
	steps: readonly Step[];
}

export interface Step {
	/** The item's id, or `again` for the next wave. */
	item: string;
	question: string;
	/** What to do. */
	text: string;
	days: 30 | 60 | 90;
	due: Day;
	/** Who sees to it; empty until someone does. */
	owner: string;
	/** An absolute address to read about it. */
	read?: string | undefined;
}
