import type { Ranking } from './ranking.ts';
import { guessesFor } from './spelling.ts';
import { stemOf } from './stem.ts';
import { kinOf } from './synonyms.ts';
import { compoundsOf, contentWordsOf, isStopWord, keyOf } from './words.ts';

/**
 * Reads a query: which words count, and what is meant by those the site does not know.
 * @param isGuessing - false leaves unknown words as they are
 */
export function readQuery(ranking: Ranking, query: string, isGuessing = true): Query {
	const words: QueryWord[] = [];
	const compounds = compoundsOf(query).filter((word) => ranking.known.has(stemOf(word)));
	for (const word of [...contentWordsOf(query), ...compounds]) {
		const stem = stemOf(word);
		if (words.some((other) => other.stem === stem)) continue;
		const isKnown = ranking.known.has(stem);
		const stems = new Map<string, number>();
		for (const other of kinOf(stem, ranking.circles)) {
			if (ranking.rarity.has(other)) stems.set(other, kinWeight);
		}
		if (isKnown) stems.set(stem, 1);
		const guesses = stems.size > 0 || !isGuessing ? [] : guessesFor(word, ranking.words);
		// A slip in "the" or "what" leaves nothing to look for.
		if (guesses.length > 0 && guesses.every(isStopWord)) continue;
		const meant = likelyOf(guesses, ranking);
		for (const guess of meant) stems.set(stemOf(guess), 1);
		const rarities = (isKnown ? [stem] : [...stems.keys()]).map(
			(one) => ranking.rarity.get(one) ?? ranking.unknownRarity,
		);
		// `teh` is nearer to a common word than to any that says something.
		const isDoubtful = word.length <= 4 && guesses.some(isStopWord);
		const rarity = Math.max(0, ...rarities) * (isDoubtful ? doubt : 1);
		words.push({ word, stem, isKnown, isDoubtful, guesses: meant, stems, rarity });
	}
	return {
		key: keyOf(query),
		words,
		isGuess: words.length > 0 && words.every(({ guesses }) => guesses.length > 0),
	};
}

/** What a word of the same circle counts, beside the word that was typed. */
const kinWeight = 0.6;

/** What is left of a short word that may be a slip in a common one. */
const doubt = 0.1;

/** Of some guesses those that stand in a title or phrase, where any does: they name something. */
function likelyOf(guesses: readonly string[], ranking: Ranking): string[] {
	const telling = guesses.filter((guess) => !isStopWord(guess));
	const named = telling.filter((guess) => ranking.rarity.has(stemOf(guess)));
	return named.length > 0 ? named : telling;
}

export interface Query {
	/** Its words in order, to tell a title typed as it stands. */
	key: string;
	/** The words that count. */
	words: QueryWord[];
	/** True where nothing typed is known here: what is found is near it and no match. */
	isGuess: boolean;
}

export interface QueryWord {
	/** As it was typed, in lower case. */
	word: string;
	stem: string;
	/** True where the site has the word. */
	isKnown: boolean;
	/** True where it may well be a slip in a word that says nothing. */
	isDoubtful: boolean;
	/** What may have been meant, closest first; empty for a known word. */
	guesses: string[];
	/** What is looked for, with its weight: the word itself, its kin, or what may have been meant. */
	stems: Map<string, number>;
	rarity: number;
}
