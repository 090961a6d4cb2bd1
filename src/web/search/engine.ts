import { catalogueFile } from './catalogue.ts';
import type { Catalogue, CataloguePage } from './catalogue.ts';
import { searchText } from './full-text.ts';
import type { TextEngine, TextHit } from './full-text.ts';
import { readQuery } from './query.ts';
import type { Query } from './query.ts';
import { openRanking, rank } from './ranking.ts';
import type { Filters, Ranked, Ranking } from './ranking.ts';

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
	const ranking = openRanking((await response.json()) as Catalogue);
	return {
		glance: (query, filters) => {
			const read = readQuery(ranking, query);
			return answer(ranking, read, filters, new Map());
		},
		ask: async (query, filters) => {
			const read = readQuery(ranking, query);
			const hits = await searchText(read, ranking.pages.length, await text);
			return answer(ranking, read, filters, hits);
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
	query: Query,
	filters: Filters | undefined,
	hits: ReadonlyMap<string, TextHit>,
): Answer {
	const scores = new Map([...hits].map(([fragment, { score }]) => [fragment, score]));
	const ranked = rank(ranking, query, scores, filters);
	return {
		results: ranked.map((one) => ({ ...one, excerpt: excerptOf(one.page, hits) })),
		stems: new Set(query.words.flatMap(({ stems }) => [...stems.keys()])),
		guesses: query.words
			.filter(({ guesses }) => guesses.length > 0)
			.map(({ word, guesses }) => ({ word, meant: guesses })),
		unknown: query.words.filter(({ stems }) => stems.size === 0).map(({ word }) => word),
		isGuess: query.isGuess,
	};
}

function excerptOf(
	page: CataloguePage,
	hits: ReadonlyMap<string, TextHit>,
): (() => Promise<string>) | undefined {
	const hit = hits.get(page.fragment);
	return hit && (async () => (await hit.data()).plain_excerpt);
}

export interface Engine {
	/** What the catalogue alone answers, at once. */
	glance(query: string, filters?: Filters): Answer;
	/** The whole answer. Rejects where the full text cannot be fetched. */
	ask(query: string, filters?: Filters): Promise<Answer>;
}

export interface Answer {
	/** Best first. */
	results: Hit[];
	/** What was looked for, to mark it. */
	stems: ReadonlySet<string>;
	/** Words the site does not know, with what was taken for them. */
	guesses: { word: string; meant: string[] }[];
	/** Words that nothing here resembles. */
	unknown: string[];
	/** True where no typed word is known here: the results are near it and no match. */
	isGuess: boolean;
}

export interface Hit extends Ranked {
	/** Fetches the words around the match; absent where only the catalogue knows the page. */
	excerpt: (() => Promise<string>) | undefined;
}
