/** The editors' list: what needs another look, how soon, and who keeps it. */
import { daysBetween } from '#/day.ts';
import { findOf, pathOf } from '#/library/entries.ts';
import type { Library } from '#/library/entries.ts';
import { isReady } from '#/library/entry.ts';
import { freshnessOf } from '#/library/view.ts';
import type { Freshness } from '#/library/view.ts';
import { listItem } from './items.ts';
import type { ListItem } from './items.ts';

/** Every finished entry that somebody reviews, the most pressing first. */
export function reviewsOf(library: Library): Review[] {
	return library.entries
		.filter(isReady)
		.flatMap((entry): Review[] => {
			const freshness = freshnessOf(library, entry);
			const item = listItem(library, entry);
			if (!freshness || !item) return [];
			const author = findOf(
				library,
				'person',
				'author' in entry.data ? entry.data.author : undefined,
			);
			return [
				{
					...freshness,
					item,
					file: entry.file,
					days: daysBetween(library.today, freshness.due),
					owner: author && {
						ref: author.ref,
						name: author.data.name,
						path: pathOf(library, author),
						email: author.data.email,
					},
				},
			];
		})
		.toSorted(
			(a, b) => a.due.localeCompare(b.due) || a.item.title.localeCompare(b.item.title, 'en'),
		);
}

/** Reviews by who keeps the entry: whoever has the most pressing one comes first. */
export function reviewsByOwner(
	reviews: readonly Review[],
): { owner: Review['owner']; reviews: Review[] }[] {
	return [...Map.groupBy(reviews, ({ owner }) => owner?.ref).values()].map((own) => ({
		owner: own[0]?.owner,
		reviews: own,
	}));
}

/** How far off a review is, in words: `12 days late`, `today`, `in 1 day`. */
export function daysInWords(days: number): string {
	if (days === 0) return 'today';
	const count = `${Math.abs(days)} ${Math.abs(days) === 1 ? 'day' : 'days'}`;
	return days < 0 ? `${count} late` : `in ${count}`;
}

export interface Review extends Freshness {
	item: ListItem;
	/** Path below the content folder. */
	file: string;
	/** Until it is due; negative where it is late. */
	days: number;
	owner:
		| { ref: string; name: string; path: string | undefined; email: string | undefined }
		| undefined;
}
