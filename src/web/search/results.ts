import type { Names } from './catalogue.ts';
import { destinationInText, destinationOf } from './destination.ts';
import type { Answer, Hit } from './engine.ts';
import { markIn } from './mark.ts';

/**
 * Puts results into a list, each a copy of a sample whose parts are named by `data-show`. Where
 * the sample has a link it leads to the result; else the row carries the address as `data-href`.
 */
export function showResults(
	list: HTMLElement,
	sample: HTMLTemplateElement,
	{ results, stems }: Answer,
	{ names, most }: { names: Names; most: number },
): void {
	const rows = results.slice(0, most).map((hit, index) => {
		// A sample holds one row.
		const row = sample.content.firstElementChild?.cloneNode(true) as HTMLElement;
		if (row.getAttribute('role') === 'option') row.id = `${list.id}-${index}`;
		fill(row, hit, stems, names);
		return row;
	});
	list.replaceChildren(...rows);
}

/** Links to pages, in words of a sentence: with a comma between them. */
export function linksTo(pages: readonly { path: string; title: string }[]): (string | Node)[] {
	return pages.flatMap(({ path, title }, index) => {
		const link = document.createElement('a');
		link.href = path;
		link.textContent = title;
		return index > 0 ? [', ', link] : [link];
	});
}

/** Where to ask a person who may know what the site does not. */
export function askAddress(editor: string, text: string): string {
	return `mailto:${editor}?subject=${encodeURIComponent(`Playbook: I looked for “${text}”`)}`;
}

function fill(row: HTMLElement, hit: Hit, stems: ReadonlySet<string>, names: Names): void {
	const { page, why } = hit;
	const part = (name: string): HTMLElement | null => row.querySelector(`[data-show="${name}"]`);
	leadTo(row, destinationOf(hit));
	part('title')?.append(...marked(page.title, stems));
	part('kind')?.append(names.kinds[page.filters['kind']?.[0] ?? ''] ?? '');
	if (page.minutes !== undefined) part('minutes')?.append(`${page.minutes} min`);
	const freshness = page.filters['freshness']?.[0];
	if (freshness === 'fresh') part('freshness')?.append('checked');
	if (freshness === 'soon') part('freshness')?.append('review due');
	if (freshness === 'overdue') {
		part('freshness')?.append('review overdue');
		part('freshness')?.classList.add('state');
		part('freshness')?.setAttribute('data-state', 'alarm');
	}
	if (page.when) part('when')?.append('Use this when ', ...marked(page.when, stems), '.');
	else if (page.summary) part('when')?.append(...marked(page.summary, stems));
	part('why')?.append(...reasonOf(hit, stems));
	if (!why && hit.excerpt) {
		hit.excerpt().then(
			({ text, url }) => {
				part('why')?.append(' … ', ...marked(text, stems), ' …');
				leadTo(row, destinationInText(url, text, stems));
			},
			// The result stands without its excerpt.
			() => undefined,
		);
	}
	for (const empty of row.querySelectorAll('[data-show]:empty')) empty.remove();
}

function leadTo(row: HTMLElement, address: string): void {
	const link = row.querySelector('a');
	if (link) link.href = address;
	else row.dataset['href'] = address;
}

/**
 * Why a page was found, in words. The phrases of `find` themselves are never shown: an editor
 * writes them for the search alone.
 */
function reasonOf({ why }: Hit, stems: ReadonlySet<string>): (string | HTMLElement)[] {
	switch (why?.field) {
		case 'title':
			return ['Found by its title.'];
		case 'alias':
			return ['Also known as ', ...marked(why.text, stems), '.'];
		case 'find':
			return ['People ask for this in such words.'];
		case 'when':
			return ['Found by its situation.'];
		case 'heading':
			return ['Section: ', ...marked(why.text, stems), '.'];
		case 'summary':
			return ['Found by its summary.'];
		case undefined:
			return ['In the text:'];
	}
}

function marked(text: string, stems: ReadonlySet<string>): (string | HTMLElement)[] {
	return markIn(text, stems).map((piece) => {
		if (!piece.isMarked) return piece.text;
		const mark = document.createElement('mark');
		mark.textContent = piece.text;
		return mark;
	});
}
