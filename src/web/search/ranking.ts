/**
 * How search orders pages. Pure: the catalogue and the full text's answer come in, results go out.
 *
 * A page is as good as its best single phrase (title, alias, typed phrase, situation, heading,
 * summary) matches the query, helped by words that stand anywhere in its phrases and by what
 * Pagefind says of its text. Rare words count for more than common ones. A title typed as it
 * stands always comes first. Guessing at spelling is only for words the whole site does not know.
 */
import { unpackWords } from './catalogue.ts';
import type { Catalogue, CataloguePage } from './catalogue.ts';
import { passes } from './facets.ts';
import type { Filters } from './facets.ts';
import { circleOf, phrasesOf } from './phrases.ts';
import type { Field, Phrase } from './phrases.ts';
import type { Query, QueryWord } from './query.ts';
import { stemOf } from './stem.ts';

/** Makes a catalogue ready to be asked. */
export function openRanking(catalogue: Catalogue): Ranking {
	const phrases = catalogue.pages.flatMap((page, index) => phrasesOf(page, index));
	const postings = new Map<string, number[]>();
	const pagesWith = new Map<string, Set<number>>();
	for (const [id, { page, stems }] of phrases.entries()) {
		for (const stem of stems) {
			listIn(postings, stem).push(id);
			setIn(pagesWith, stem).add(page);
		}
	}
	const rarity = new Map<string, number>();
	for (const [stem, { size }] of pagesWith) {
		rarity.set(stem, Math.log(1 + catalogue.pages.length / size));
	}
	for (const phrase of phrases) {
		for (const stem of phrase.stems) phrase.mass += rarity.get(stem) ?? 0;
	}
	const words = unpackWords(catalogue.words);
	return {
		pages: catalogue.pages,
		phrases,
		postings,
		rarity,
		words,
		known: new Set([...words.map(stemOf), ...rarity.keys()]),
		circles: catalogue.pages.flatMap(circleOf),
		unknownRarity: Math.log(1 + catalogue.pages.length),
	};
}

/**
 * Orders the pages that answer a query, best first.
 * @param fullText - what the full text found, by fragment, 0 to 1; the catalogue alone without it
 * @param filters - hide pages, and change nothing else: what answers a query is the same with them
 */
export function rank(
	ranking: Ranking,
	query: Query,
	fullText: ReadonlyMap<string, number> = new Map(),
	filters: Filters = {},
): Ranked[] {
	return matches(ranking, query, fullText).filter(({ page }) => passes(page, filters));
}

/** Every page that has the chosen values, by kind and title, where nothing was typed. */
export function browse(ranking: Ranking, filters: Filters): Ranked[] {
	return ranking.pages
		.filter((page) => passes(page, filters))
		.map((page) => ({ page, score: 0, why: undefined, isExact: false }))
		.toSorted((a, b) => kindOrder(a) - kindOrder(b) || (a.page.title < b.page.title ? -1 : 1));
}

/** All that answers a query, best first, whatever is hidden of it. */
function matches(ranking: Ranking, query: Query, fullText: ReadonlyMap<string, number>): Ranked[] {
	const found = new Map<number, Finding>();
	const total = query.words.reduce((sum, { rarity }) => sum + rarity, 0);
	for (const [id, heard] of phrasesHit(ranking, query)) {
		const phrase = ranking.phrases[id];
		if (!phrase) continue;
		const finding = findingIn(found, phrase.page);
		addPhrase(finding, phrase, heard, total, query);
	}
	for (const [index, page] of ranking.pages.entries()) {
		const score = fullText.get(page.fragment);
		if (score !== undefined) findingIn(found, index).text = score;
	}
	const results: Ranked[] = [];
	for (const [index, finding] of found) {
		const page = ranking.pages[index];
		if (!page) continue;
		let anywhere = 0;
		for (const word of finding.words.values()) anywhere += word;
		const score =
			finding.exact +
			shares.best * finding.best +
			shares.anywhere * (total > 0 ? anywhere / total : 0) +
			shares.text * finding.text;
		results.push({
			page,
			score,
			why: finding.phrase && {
				field: finding.phrase.field,
				text: finding.phrase.text,
				id: finding.phrase.id,
			},
			isExact: finding.exact > 0,
		});
	}
	const order = (a: Ranked, b: Ranked): number =>
		b.score - a.score || kindOrder(a) - kindOrder(b) || (a.page.path < b.page.path ? -1 : 1);
	const sorted = results.toSorted(order);
	const least = floor * Math.min(2, sorted[0]?.score ?? 0);
	return sorted.filter(({ score }) => score >= least);
}

/** Where two pages bear the same name, the one to work with comes before the one that tells of it. */
function kindOrder({ page }: Ranked): number {
	const place = kindsInOrder.indexOf(page.filters['kind']?.[0] ?? '');
	return place < 0 ? kindsInOrder.length : place;
}

const kindsInOrder = ['tip', 'checklist', 'questions', 'term', 'path', 'promo', 'issue', 'person'];

/** What a page's own phrases, the words spread over them and its full text may add. */
const shares = { best: 1, anywhere: 0.5, text: 0.5 };

/** A page this far below the best, as a share of it, only has a common word in common with the query. */
const floor = 0.2;

const weights: Record<Field, number> = {
	title: 1,
	alias: 1,
	find: 0.95,
	when: 0.9,
	heading: 0.8,
	summary: 0.7,
};

/** Far above what any other page can reach. */
const exact: Partial<Record<Field, number>> = {
	title: 30,
	alias: 20,
	find: 10,
	when: 8,
	heading: 6,
};

/** For each phrase that holds a word of the query: how much of each word it holds. */
function phrasesHit(ranking: Ranking, query: Query): Map<number, Map<QueryWord, number>> {
	const hit = new Map<number, Map<QueryWord, number>>();
	for (const word of query.words) {
		for (const [stem, weight] of word.stems) {
			for (const id of ranking.postings.get(stem) ?? []) {
				let heard = hit.get(id);
				if (!heard) hit.set(id, (heard = new Map()));
				heard.set(word, Math.max(heard.get(word) ?? 0, weight * word.rarity));
			}
		}
	}
	return hit;
}

function addPhrase(
	finding: Finding,
	phrase: Phrase,
	heard: ReadonlyMap<QueryWord, number>,
	total: number,
	query: Query,
): void {
	const weight = weights[phrase.field];
	let mass = 0;
	for (const [word, value] of heard) {
		mass += value;
		finding.words.set(word, Math.max(finding.words.get(word) ?? 0, value * weight));
	}
	const recall = total > 0 ? mass / total : 0;
	const precision = phrase.mass > 0 ? Math.min(1, mass / phrase.mass) : 0;
	// F-measure that holds what was asked for dearer than what else the phrase says.
	const likeness = weight * ((5 * precision * recall) / (4 * precision + recall || 1));
	const bonus = phrase.key === query.key ? (exact[phrase.field] ?? 0) : 0;
	finding.exact = Math.max(finding.exact, bonus);
	finding.best = Math.max(finding.best, likeness);
	if (likeness + bonus > finding.standing) {
		finding.standing = likeness + bonus;
		finding.phrase = phrase;
	}
}

function findingIn(found: Map<number, Finding>, page: number): Finding {
	let finding = found.get(page);
	if (!finding) {
		finding = { best: 0, exact: 0, text: 0, words: new Map(), phrase: undefined, standing: 0 };
		found.set(page, finding);
	}
	return finding;
}

function listIn(map: Map<string, number[]>, key: string): number[] {
	let list = map.get(key);
	if (!list) map.set(key, (list = []));
	return list;
}

function setIn(map: Map<string, Set<number>>, key: string): Set<number> {
	let set = map.get(key);
	if (!set) map.set(key, (set = new Set()));
	return set;
}

/** A catalogue, made ready to be asked. */
export interface Ranking {
	pages: readonly CataloguePage[];
	phrases: readonly Phrase[];
	/** Which phrases hold a stem. */
	postings: ReadonlyMap<string, readonly number[]>;
	/** How telling a stem is. */
	rarity: ReadonlyMap<string, number>;
	unknownRarity: number;
	/** Every word of the site. */
	words: readonly string[];
	/** The stems of all of them. */
	known: ReadonlySet<string>;
	/** Stems that the glossary gives as names of one thing. */
	circles: readonly (readonly string[])[];
}

export interface Ranked {
	page: CataloguePage;
	score: number;
	/** The phrase that matched best; undefined where only the full text did. */
	why: { field: Field; text: string; id: string | undefined } | undefined;
	/** True where a title, alias or phrase was typed as it stands. */
	isExact: boolean;
}

/** What is known of one page while phrases are gone through. */
interface Finding {
	/** How well its best phrase matches, 0 to 1. */
	best: number;
	/** What a phrase typed as it stands adds. */
	exact: number;
	/** What the full text says, 0 to 1. */
	text: number;
	/** The most each word of the query counts in any of its phrases. */
	words: Map<QueryWord, number>;
	/** The phrase to show, and what made it the one. */
	phrase: Phrase | undefined;
	standing: number;
}
