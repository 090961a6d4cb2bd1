import type { List } from '#/checklist/list.ts';
import { namedRun } from '#/checklist/runs.ts';
import type { NamedRun } from '#/checklist/runs.ts';

/** The edition of a list that a page was built with, as its reader sees it. */
export function listIn(host: HTMLElement): List {
	const { slug = '', name = '', was = '' } = host.dataset;
	return {
		slug,
		title: name,
		was: was.split(' ').filter(Boolean),
		items: boxesIn(host).map((box) => ({
			id: box.name,
			text: box.labels?.[0]?.querySelector('[data-words]')?.textContent ?? '',
		})),
	};
}

/** The boxes to tick, in order. */
export function boxesIn(host: HTMLElement): HTMLInputElement[] {
	return [...host.querySelectorAll<HTMLInputElement>('[data-item] input')];
}

/**
 * A run that begins here and now: named after the day, with a number drawn well.
 * @param taken - the runs there are
 */
export function freshRun(list: List, taken: readonly NamedRun[]): NamedRun {
	const day = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: 'long' });
	const [random = 0] = crypto.getRandomValues(new Uint16Array(1));
	return namedRun(list, { name: day.format(), random, taken });
}
