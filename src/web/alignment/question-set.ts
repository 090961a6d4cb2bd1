import type { Item, Play, QuestionSet } from '#/alignment/question-set.ts';
import type { Library } from '#/library/entries.ts';
import { entryPages } from '#/web/entry-pages.ts';
import type { EntryView } from '#/web/entry-pages.ts';

/** The sets that two teams answer and compare, for `getStaticPaths` of their two pages. */
export function comparedPages(library: Library): SetPage[] {
	return entryPages(library, 'questions').filter(({ props }) => isCompared(props.view));
}

/** The sets to talk about only, for `getStaticPaths` of their cards. */
export function reflectPages(library: Library): SetPage[] {
	return entryPages(library, 'questions').filter(({ props }) => !isCompared(props.view));
}

/** True for a set that two teams answer, false for one to talk about. */
export function isCompared({ entry }: Pick<EntryView<'questions'>, 'entry'>): boolean {
	return entry.data.mode !== 'reflect';
}

/**
 * A set as the answering page needs it: the questions, and nothing of what to do about them or of
 * the firm's own rule.
 */
export function askedSet({ entry }: EntryView<'questions'>): QuestionSet {
	const { title, period, items } = entry.data;
	return {
		slug: entry.slug,
		title,
		period,
		hasLeader: entry.data.function === 'leadership',
		items: items.map(askedItem),
	};
}

/** A set as the comparing page needs it: with plays, and for staff with the firm's own rule. */
export function comparedSet(library: Library, view: EntryView<'questions'>): QuestionSet {
	const origin = library.settings.sites[library.audience === 'staff' ? 'staff' : 'public'];
	const set = askedSet(view);
	return {
		...set,
		items: set.items.map((item, index) => {
			const source = view.entry.data.items[index];
			const play = playOf(view, source?.play, origin);
			if (item.type === 'scale') return { ...item, play };
			// The door leaves the rule out of the public library already; here it is asked again.
			return { ...item, play, agreed: library.audience === 'staff' ? source?.agreed : undefined };
		}),
	};
}

function askedItem(item: EntryView<'questions'>['entry']['data']['items'][number]): Item {
	const { id, text, reads = 'state' } = item;
	if (item.options) return { id, text, reads, type: 'choice', options: item.options };
	return { id, text, reads, type: 'scale', labels: item.labels, ends: item.ends };
}

function playOf(
	view: EntryView<'questions'>,
	ref: string | undefined,
	origin: string,
): Play | undefined {
	const target = ref === undefined ? undefined : view.references[ref];
	if (ref === undefined || !target) return undefined;
	return { ref, title: target.title, href: target.path && origin + target.path };
}

type SetPage = ReturnType<typeof entryPages<'questions'>>[number];
