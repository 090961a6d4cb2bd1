/** What staff should know of a day: the letter, the offers, what needs a look. */
import { daysBetween, formatDay } from '#/day.ts';
import type { Day } from '#/day.ts';
import { all, ready } from '#/library/entries.ts';
import type { Library } from '#/library/entries.ts';
import { isReady } from '#/library/entry.ts';
import type { EntryOf } from '#/library/entry.ts';
import { freshnessOf, promoState } from '#/library/view.ts';
import { listItem } from './list/items.ts';
import type { ListItem } from './list/items.ts';

/** The day in two sentences: what goes out, and what customers can see. */
export function todayInWords(library: Library): string {
	return `${letterInWords(library)} ${promosInWords(library)}`;
}

/** The offers that customers can see now or soon, the live ones first. */
export function currentPromos(library: Library): EntryOf<'promo'>[] {
	return all(library, 'promo')
		.filter(({ data }) => promoState(library, data).phase !== 'ended')
		.toSorted((a, b) => a.data.starts.localeCompare(b.data.starts));
}

/** The issues around today: the next to go out, counting today's, and the one before it. */
export function issuesAround(library: Library): {
	next: EntryOf<'issue'> | undefined;
	last: EntryOf<'issue'> | undefined;
} {
	const issues = ready(library, 'issue');
	return {
		next: issues.find(({ data }) => data.sendOn >= library.today),
		last: issues.findLast(({ data }) => data.sendOn < library.today),
	};
}

/** Entries whose review is due or comes next, the most pressing first. */
export function reviewsDue(library: Library, atMost: number): { item: ListItem; due: Day }[] {
	return library.entries
		.filter(isReady)
		.flatMap((entry) => {
			const due = freshnessOf(library, entry)?.due;
			const item = listItem(library, entry);
			return due && item ? [{ item, due }] : [];
		})
		.toSorted((a, b) => a.due.localeCompare(b.due))
		.slice(0, atMost);
}

function letterInWords(library: Library): string {
	const { settings, today } = library;
	const { next } = issuesAround(library);
	if (!next) return `No issue of ${settings.publication} is planned.`;
	const name = `${settings.publication} “${next.data.title}”`;
	const days = daysBetween(today, next.data.sendOn);
	if (days === 0) return `${name} is due out today at ${settings.sendTime}.`;
	if (days === 1) return `${name} is due out tomorrow at ${settings.sendTime}.`;
	return `${name} is due out on ${formatDay(next.data.sendOn, settings.locale)}.`;
}

function promosInWords(library: Library): string {
	const promos = currentPromos(library);
	const live = promos.filter(({ data }) => promoState(library, data).phase === 'live').length;
	const coming = promos.length - live;
	const seen = live === 0 ? 'Customers see no offer' : `Customers see ${count(live, 'offer')}`;
	return coming === 0 ? `${seen}.` : `${seen}; ${count(coming, 'more')} to come.`;
}

function count(number: number, noun: string): string {
	const words = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
	const plural = noun === 'more' || number === 1 ? noun : `${noun}s`;
	return `${words[number] ?? number} ${plural}`;
}
