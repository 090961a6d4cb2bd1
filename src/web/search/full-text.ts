import type { Query } from './query.ts';

/**
 * What the full text says of a query: for each fragment a score from 0 to 1, and a way to its text.
 *
 * Pagefind asks for all words together, drops a word it does not know without a word, and takes a
 * misspelt one for the beginning of another. So it is asked only for words the site has. Where few
 * pages hold all of them, each word is asked for alone, and rare words count for more.
 */
export async function searchText(
	query: Query,
	pageCount: number,
	engine: TextEngine,
): Promise<Map<string, TextHit>> {
	const sure = query.words.filter(({ isDoubtful }) => !isDoubtful);
	const words = (sure.length > 0 ? sure : query.words).flatMap(({ word, isKnown, guesses }) =>
		isKnown ? word : (guesses[0] ?? []),
	);
	const hits = new Map<string, TextHit>();
	if (words.length === 0) return hits;
	const together = await engine.search(words.join(' '));
	add(hits, together.results, 1);
	if (words.length === 1 || together.results.length >= enough) return hits;
	const alone = await Promise.all(words.map((word) => engine.search(word)));
	const rarities = alone.map(({ results }) => Math.log(1 + pageCount / (results.length + 1)));
	const total = rarities.reduce((sum, rarity) => sum + rarity, 0);
	const sums = new Map<string, TextHit>();
	for (const [index, { results }] of alone.entries()) {
		add(sums, results, (rarities[index] ?? 0) / (total || 1));
	}
	for (const [id, hit] of sums) {
		// A page that has all the words keeps the better of its two scores.
		if ((hits.get(id)?.score ?? 0) < hit.score) hits.set(id, hit);
	}
	return hits;
}

/** With so many pages that hold every word, pages that hold only some are not asked for. */
const enough = 5;

function add(hits: Map<string, TextHit>, results: readonly TextResult[], share: number): void {
	const best = Math.max(...results.map(({ score }) => score), Number.MIN_VALUE);
	for (const { id, score, data } of results) {
		const before = hits.get(id)?.score ?? 0;
		hits.set(id, { score: before + (share * score) / best, data });
	}
}

/** The part of Pagefind's API that is used. */
export interface TextEngine {
	search(words: string): Promise<{ results: TextResult[] }>;
}

interface TextResult {
	id: string;
	score: number;
	data(): Promise<{
		plain_excerpt: string;
		sub_results: { url: string; plain_excerpt: string; locations: readonly number[] }[];
	}>;
}

export interface TextHit {
	/** 0 to 1. */
	score: number;
	data: TextResult['data'];
}
