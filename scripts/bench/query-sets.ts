import type { Catalogue, CataloguePage } from '#/web/search/catalogue.ts';
import { contentWordsOf } from '#/web/search/words.ts';
import { UserError } from '#/user-error.ts';
import { random } from './random.ts';
import type { Random } from './random.ts';

/**
 * Reads a list of queries: on each line a phrase, a tab, and what it should find, as `kind/slug`;
 * several that answer just as well are separated by commas.
 * @throws UserError naming the line that is not of this form
 */
export function readQueries(
	source: string,
	file: string,
	pathOf: (ref: string) => string,
): QuerySet {
	const queries = source.split(/\r?\n/).flatMap((line, index) => {
		if (line.trim() === '') return [];
		const [phrase, refs, ...rest] = line.split('\t');
		if (!phrase?.trim() || !refs?.trim() || rest.length > 0) {
			throw new UserError(
				`${file}:${index + 1} is not a phrase, a tab and an id.`,
				'Write it as: too polite in meetings<tab>tip/hold-the-tension',
			);
		}
		const wanted = refs.split(',').map((ref) => ref.trim());
		return [{ phrase: phrase.trim(), wanted: wanted.map(pathOf), label: wanted.join(',') }];
	});
	return { name: 'query list', within: 3, queries };
}

/** Queries made from the content itself. The same content gives the same queries. */
export function generateQueries(catalogue: Catalogue): QuerySet[] {
	const { pages } = catalogue;
	const luck = random(20261124);
	const about = (page: CataloguePage, phrase: string): KnownQuery => ({
		phrase,
		// Whoever bears the same name or phrase answers just as well.
		wanted: pages
			.filter((other) => other.title === page.title || says(other, phrase))
			.map(({ path }) => path),
		label: page.path,
	});
	const each = (make: (page: CataloguePage) => string[]): KnownQuery[] =>
		pages.flatMap((page) => make(page).map((phrase) => about(page, phrase)));
	return [
		{ name: 'exact title', within: 1, queries: each(({ title }) => [title]) },
		{ name: 'alias', within: 3, queries: each(({ aliases }) => aliases ?? []) },
		{ name: 'find phrase', within: 3, queries: each(({ find }) => find ?? []) },
		{
			name: 'one typo',
			within: 5,
			queries: each(({ title }) => [1, 2, 3].map(() => withSlip(title, luck))),
		},
		{
			name: 'two words',
			within: 5,
			queries: each((page) => {
				const words = [...new Set(contentWordsOf(page.title))];
				const headings = (page.headings ?? []).map(({ text }) => text);
				const others = contentWordsOf([page.title, page.when ?? '', ...headings].join(' '));
				const first = pick(words, luck);
				const second = pick(
					[...new Set(others)].filter((word) => word !== first),
					luck,
				);
				return first && second ? [`${first} ${second}`] : [];
			}),
		},
		{
			name: 'heading',
			within: 5,
			queries: each(({ headings }) => (headings ?? []).map(({ text }) => text)),
		},
		{
			name: 'one foreign word',
			within: 5,
			queries: each(({ title }) => [`${title} ${gibberish(luck, 7)}`]),
		},
	];
}

/** Strings that are no words: none of them may be shown as if it had a match. */
export function nonsense(count: number): string[] {
	const luck = random(100);
	return Array.from({ length: count }, () => gibberish(luck, 6 + Math.floor(luck.next() * 6)));
}

/** One slip in one word of at least three letters: left out, doubled up, mistaken or swapped. */
function withSlip(title: string, luck: Random): string {
	const words = title.split(' ');
	const long = words.flatMap((word, index) => (/^\p{L}{3,}/u.test(word) ? [index] : []));
	const at = pick(long, luck);
	const word = at === undefined ? undefined : words[at];
	if (at === undefined || word === undefined) return title;
	const letters = /^\p{L}+/u.exec(word)?.[0].length ?? word.length;
	const place = Math.floor(luck.next() * (letters - 1));
	const letter = letterFrom(luck);
	const before = word.slice(0, place);
	const after = word.slice(place + 1);
	const slips = [
		before + after,
		before + letter + after,
		before + letter + word.slice(place),
		before + (word[place + 1] ?? '') + (word[place] ?? '') + word.slice(place + 2),
	];
	words[at] = slips[Math.floor(luck.next() * slips.length)] ?? word;
	const slipped = words.join(' ');
	return slipped === title ? withSlip(title, luck) : slipped;
}

function gibberish(luck: Random, length: number): string {
	return Array.from({ length }, () => letterFrom(luck)).join('');
}

function letterFrom(luck: Random): string {
	return String.fromCharCode(97 + Math.floor(luck.next() * 26));
}

function pick<T>(list: readonly T[], luck: Random): T | undefined {
	return list.length > 0 ? luck.one(list) : undefined;
}

function says({ title, aliases, find, headings }: CataloguePage, phrase: string): boolean {
	const phrases = [
		title,
		...(aliases ?? []),
		...(find ?? []),
		...(headings ?? []).map(({ text }) => text),
	];
	return phrases.includes(phrase);
}

export interface QuerySet {
	name: string;
	/** A wanted page must stand among so many to be no miss. */
	within: number;
	queries: KnownQuery[];
}

interface KnownQuery {
	phrase: string;
	/** Paths of the pages that answer it. */
	wanted: string[];
	/** How a miss is named. */
	label: string;
}
