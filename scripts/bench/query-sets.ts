import type { Catalogue, CataloguePage } from '#/web/search/catalogue.ts';
import { stemOf } from '#/web/search/stem.ts';
import { contentWordsOf, keyOf, stemsOf } from '#/web/search/words.ts';
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

/**
 * Queries made from the content itself. The same content gives the same queries.
 * @param most - of a set with more queries, so many are asked, chosen by lot
 */
export function generateQueries(catalogue: Catalogue, most = 1500): QuerySet[] {
	const { pages } = catalogue;
	const luck = random(20261124);
	const bearers = bearersOf(pages);
	const about = (page: CataloguePage, phrase: string, from: string): KnownQuery => ({
		phrase,
		// Whoever bears the same name or phrase answers just as well.
		wanted: [...new Set([page.path, ...(bearers.get(keyOf(from)) ?? [])])],
		label: page.path,
	});
	const each = (make: (page: CataloguePage) => string[]): KnownQuery[] =>
		drawn(pages, most, luck, (page) => make(page).map((phrase) => about(page, phrase, phrase)));
	const fromTitles = (make: (title: string) => string[]): KnownQuery[] =>
		drawn(pages, most, luck, (page) =>
			make(page.title).map((phrase) => about(page, phrase, page.title)),
		);
	return [
		{ name: 'exact title', within: 1, queries: each(({ title }) => [title]) },
		{ name: 'alias', within: 3, queries: each(({ aliases }) => aliases ?? []) },
		{ name: 'find phrase', within: 5, queries: each(({ find }) => find ?? []) },
		{
			name: 'one typo',
			within: 5,
			queries: fromTitles((title) => [1, 2, 3].map(() => withSlip(title, luck))),
		},
		{ name: 'two words', within: 5, queries: drawn(pages, most, luck, pairsIn(pages, luck)) },
		{
			name: 'heading',
			within: 5,
			queries: each(({ headings }) => (headings ?? []).map(({ text }) => text)),
		},
		{
			name: 'one foreign word',
			within: 5,
			queries: fromTitles((title) => [`${title} ${gibberish(luck, 7)}`]),
		},
	];
}

/** What is typed exactly as it stands on a page: for these, guessing may change nothing. */
export function exactPhrases({ pages }: Catalogue, most = 1500): string[] {
	const phrases = pages.flatMap((page) => [...spoken(page), ...(page.when ? [page.when] : [])]);
	return lot([...new Set(phrases)], most, random(7));
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

/**
 * For a page two words, one of its title and one of its title, situation, phrases or headings, that no
 * other page has in such places: no order could be right for words that many pages share.
 */
function pairsIn(
	pages: readonly CataloguePage[],
	luck: Random,
): (page: CataloguePage) => KnownQuery[] {
	const inTitle = pagesByStem(pages, ({ title }) => title);
	const anywhere = pagesByStem(pages, told);
	return (page) => {
		const titled = new Set(contentWordsOf(page.title));
		const seconds = lot([...new Set(contentWordsOf(told(page)))], Infinity, luck);
		for (const first of lot([...titled], Infinity, luck)) {
			for (const second of seconds) {
				if (stemOf(first) === stemOf(second)) continue;
				const places = titled.has(second) ? inTitle : anywhere;
				const both = places.get(stemOf(first))?.intersection(places.get(stemOf(second)) ?? none);
				if (both?.size === 1) {
					return [{ phrase: `${first} ${second}`, wanted: [page.path], label: page.path }];
				}
			}
		}
		return [];
	};
}

const none: ReadonlySet<string> = new Set();

function pagesByStem(
	pages: readonly CataloguePage[],
	textOf: (page: CataloguePage) => string,
): Map<string, Set<string>> {
	const found = new Map<string, Set<string>>();
	for (const page of pages) {
		for (const stem of stemsOf(textOf(page))) {
			found.set(stem, (found.get(stem) ?? new Set()).add(page.path));
		}
	}
	return found;
}

/** What a page says of itself where people look first. */
function told({ title, when, find, headings }: CataloguePage): string {
	return [title, when ?? '', ...(find ?? []), ...(headings ?? []).map(({ text }) => text)].join(
		' ',
	);
}

/** The pages by each phrase they are found by. */
function bearersOf(pages: readonly CataloguePage[]): Map<string, string[]> {
	const bearers = new Map<string, string[]>();
	for (const page of pages) {
		for (const key of new Set(spoken(page).map(keyOf))) {
			bearers.set(key, [...(bearers.get(key) ?? []), page.path]);
		}
	}
	return bearers;
}

function spoken({ title, aliases, find, headings }: CataloguePage): string[] {
	return [title, ...(aliases ?? []), ...(find ?? []), ...(headings ?? []).map(({ text }) => text)];
}

/** At most so many queries, of pages drawn by lot. */
function drawn(
	pages: readonly CataloguePage[],
	most: number,
	luck: Random,
	make: (page: CataloguePage) => KnownQuery[],
): KnownQuery[] {
	const queries: KnownQuery[] = [];
	for (const page of pages.length > most ? lot(pages, pages.length, luck) : pages) {
		if (queries.length >= most) break;
		queries.push(...make(page));
	}
	return queries.slice(0, most);
}

/** Some of a list, in the order of the lot. */
function lot<T>(list: readonly T[], most: number, luck: Random): T[] {
	return list
		.map((item) => ({ item, place: luck.next() }))
		.toSorted((a, b) => a.place - b.place)
		.slice(0, most)
		.map(({ item }) => item);
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
