import { catalogueFile } from './catalogue.ts';
import type { Catalogue, CataloguePage, Names } from './catalogue.ts';
import { countFacets, passes } from './facets.ts';
import type { FacetCounts, Filters } from './facets.ts';
import { searchText } from './full-text.ts';
import type { TextEngine, TextHit } from './full-text.ts';
import { nearestTerms } from './nearest.ts';
import { readQuery } from './query.ts';
import type { Query } from './query.ts';
import { browse, openRanking, rank } from './ranking.ts';
import type { Ranked, Ranking } from './ranking.ts';
import { wordsOf } from './words.ts';

/**
 * Loads the search of this site. Nothing of it is fetched before this is called.
 * @param base - address of the folder with the index, ending in a slash
 * @throws Error where the catalogue cannot be fetched
 */
export async function openEngine(base: string): Promise<Engine> {
	const text = openText(base);
	// Whoever asks for the texts is told; a glance does without them.
	text.catch(() => undefined);
	const response = await fetch(base + catalogueFile);
	if (!response.ok) throw new Error(`The search catalogue answered ${response.status}.`);
	// Our own build wrote it.
	const catalogue = (await response.json()) as Catalogue;
	const ranking = openRanking(catalogue);
	return {
		names: catalogue.names,
		glance: (query, filters, isGuessing) =>
			answer(
				ranking,
				{ text: query, read: readQuery(ranking, query, isGuessing) },
				filters,
				new Map(),
			),
		ask: async (query, filters, isGuessing) => {
			const read = readQuery(ranking, query, isGuessing);
			const hits = await searchText(read, ranking.pages.length, await text);
			return answer(ranking, { text: query, read }, filters, hits);
		},
	};
}

async function openText(base: string): Promise<TextEngine> {
	const address = new URL(`${base}pagefind.js`, location.href).href;
	// The build of the page must leave this import to the browser: the file comes later.
	const pagefind = (await import(/* @vite-ignore */ address)) as TextEngine & {
		options(options: Record<string, unknown>): Promise<void>;
		init(): Promise<void>;
	};
	await pagefind.options({ excerptLength: 24 });
	await pagefind.init();
	return pagefind;
}

function answer(
	ranking: Ranking,
	{ text, read: query }: { text: string; read: Query },
	filters: Filters = {},
	hits: ReadonlyMap<string, TextHit>,
): Answer {
	const scores = new Map([...hits].map(([fragment, { score }]) => [fragment, score]));
	const every = query.key === '' ? browse(ranking, {}) : rank(ranking, query, scores);
	return {
		results: every
			.filter(({ page }) => passes(page, filters))
			.map((one) => ({ ...one, excerpt: excerptOf(one.page, hits) })),
		total: every.length,
		counts: countFacets(
			every.map(({ page }) => page),
			filters,
		),
		stems: new Set(query.words.flatMap(({ stems }) => [...stems.keys()])),
		corrected: correctedOf(text, query),
		nearest: every.length === 0 ? nearestTerms(ranking.pages, text) : [],
		unknown: query.words.filter(({ stems }) => stems.size === 0).map(({ word }) => word),
		isGuess: query.isGuess,
	};
}

/** The question with what was taken for each word the site does not know; undefined for none. */
function correctedOf(text: string, { words }: Query): string | undefined {
	const meant = new Map(
		words.flatMap(({ word, isDoubtful, guesses: [guess] }) =>
			// The beginning of a word is no mistake.
			guess === undefined || isDoubtful || guess.startsWith(word) ? [] : [[word, guess] as const],
		),
	);
	if (meant.size === 0) return undefined;
	return text.replace(/[\p{L}\p{N}'’]+/gu, (run) => meant.get(wordsOf(run).join('')) ?? run);
}

function excerptOf(
	page: CataloguePage,
	hits: ReadonlyMap<string, TextHit>,
): (() => Promise<Excerpt>) | undefined {
	const hit = hits.get(page.fragment);
	return (
		hit &&
		(async () => {
			const { plain_excerpt, sub_results } = await hit.data();
			const [first] = sub_results.toSorted((a, b) => b.locations.length - a.locations.length);
			return { text: first?.plain_excerpt ?? plain_excerpt, url: first?.url ?? page.path };
		})
	);
}

export interface Engine {
	names: Names;
	/**
	 * What the catalogue alone answers, at once: to no words, every page.
	 * @param isGuessing - false takes words the site does not know as they are typed
	 */
	glance(query: string, filters?: Filters, isGuessing?: boolean): Answer;
	/** The whole answer. Rejects where the full text cannot be fetched. */
	ask(query: string, filters?: Filters, isGuessing?: boolean): Promise<Answer>;
}

export interface Answer {
	/** Those that pass the filters, best first. */
	results: Hit[];
	/** How many there are without filters. */
	total: number;
	/** How many each value of a facet would show. */
	counts: FacetCounts;
	/** What was looked for, to mark it. */
	stems: ReadonlySet<string>;
	/** The question as it was understood, where words of it are not known here. */
	corrected: string | undefined;
	/** Terms that look like what was typed, where nothing was found. */
	nearest: CataloguePage[];
	/** Words that nothing here resembles. */
	unknown: string[];
	/** True where no typed word is known here: the results are near it and no match. */
	isGuess: boolean;
}

export interface Hit extends Ranked {
	/** Fetches the words around the match; absent where only the catalogue knows the page. */
	excerpt: (() => Promise<Excerpt>) | undefined;
}

interface Excerpt {
	text: string;
	/** Of the section it stands in. */
	url: string;
}
