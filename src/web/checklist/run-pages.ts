import { daysBetween } from '#/day.ts';
import { pathOf, ready } from '#/library/entries.ts';
import type { Library } from '#/library/entries.ts';
import type { Entry, EntryOf } from '#/library/entry.ts';
import { viewKey } from '#/library/view.ts';
import { entryPages } from '#/web/entry-pages.ts';
import type { EntryView } from '#/web/entry-pages.ts';
import { currentPromos } from '#/web/today.ts';

/** The facilitator's view of each checklist, for `getStaticPaths`. */
export function runPages(library: Library) {
	const promos = currentPromos(library);
	const sets = ready(library, 'questions').filter(({ data }) => data.mode === 'reflect');
	const all = questionsOf(library, sets);
	return entryPages(library, 'checklist').map(({ params, props, cacheKey }) => {
		const question = questionOfWeek(library, props.view, sets, all);
		return {
			params,
			props: { ...props, promos, question },
			cacheKey: viewKey(library, [cacheKey, promos.map(({ ref, data }) => [ref, data]), question]),
		};
	});
}

/**
 * A question to talk about: each week another, from the sets that the list and they name each other
 * in, else from all of them. Undefined where there is no such set.
 */
function questionOfWeek(
	library: Library,
	{ entry }: EntryView<'checklist'>,
	sets: readonly EntryOf<'questions'>[],
	all: readonly AskedQuestion[],
): AskedQuestion | undefined {
	const near = sets.filter(
		({ ref, data }) => entry.data.related.includes(ref) || data.related.includes(entry.ref),
	);
	const questions = near.length > 0 ? questionsOf(library, near) : all;
	// Weeks since a Monday, so that the question changes with the week.
	const week = Math.floor(daysBetween('2001-01-01', library.today) / 7);
	return questions[week % questions.length];
}

function questionsOf(library: Library, sets: readonly EntryOf<'questions'>[]): AskedQuestion[] {
	return sets.flatMap((set) =>
		set.data.items.map(({ text }) => ({ text, path: pathOf(library, set as Entry) })),
	);
}

export interface AskedQuestion {
	text: string;
	/** Where the set stands that it is from. */
	path: string | undefined;
}
