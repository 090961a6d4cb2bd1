import type { Ranked } from './ranking.ts';
import { markIn } from './mark.ts';

/**
 * Where a result leads: to the section that matched, with the matching words marked by the browser
 * itself. A browser without text fragments still opens the section.
 */
export function destinationOf({ page, why }: Pick<Ranked, 'page' | 'why'>): string {
	switch (why?.field) {
		case 'heading':
		case 'when':
		case 'alias':
		case 'summary':
			return marking(`${page.path}${why.id ? `#${why.id}` : ''}`, why.text);
		case 'title':
		case 'find':
		case undefined:
			return page.path;
	}
}

/**
 * Where a result leads that only the text of a page gave.
 * @param url - of the section that matched
 * @param excerpt - the words around the match
 */
export function destinationInText(
	url: string,
	excerpt: string,
	stems: ReadonlySet<string>,
): string {
	const phrase = phraseAround(excerpt, stems);
	return phrase === '' ? url : marking(url, phrase);
}

function marking(url: string, text: string): string {
	// A hyphen has a meaning of its own in a text fragment.
	const words = encodeURIComponent(text).replaceAll('-', '%2D');
	return `${url}${url.includes('#') ? '' : '#'}:~:text=${words}`;
}

/** The first searched word with the words that follow it, up to the end of the clause. */
function phraseAround(excerpt: string, stems: ReadonlySet<string>): string {
	const pieces = markIn(excerpt, stems);
	const first = pieces.findIndex(({ isMarked }) => isMarked);
	if (first < 0) return '';
	const rest = pieces
		.slice(first)
		.map(({ text }) => text)
		.join('');
	const clause = /^[^.,:;!?()\n]*/.exec(rest)?.[0] ?? '';
	return clause.split(/\s+/).slice(0, 4).join(' ').trim();
}
