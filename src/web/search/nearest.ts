import type { CataloguePage } from './catalogue.ts';
import { wordsOf } from './words.ts';

/**
 * The terms of the glossary whose names look most like some words that found nothing.
 * @returns at most three, best first; none where nothing is alike
 */
export function nearestTerms(pages: readonly CataloguePage[], text: string): CataloguePage[] {
	const wanted = wordsOf(text).map(pairsOf);
	return pages
		.filter(({ filters }) => filters['kind']?.includes('term'))
		.map((page) => {
			const names = [page.title, ...(page.aliases ?? [])].flatMap(wordsOf).map(pairsOf);
			const likeness = Math.max(
				0,
				...wanted.flatMap((one) => names.map((other) => likenessOf(one, other))),
			);
			return { page, likeness };
		})
		.filter(({ likeness }) => likeness >= leastLikeness)
		.toSorted((a, b) => b.likeness - a.likeness)
		.slice(0, 3)
		.map(({ page }) => page);
}

/** Below it, names only share a common pair of letters. */
const leastLikeness = 0.25;

/** The pairs of neighbouring letters of a word, its ends included. */
function pairsOf(word: string): Set<string> {
	const framed = ` ${word} `;
	return new Set(Array.from({ length: framed.length - 1 }, (_, at) => framed.slice(at, at + 2)));
}

/** Dice's coefficient, 0 to 1. */
function likenessOf(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
	let shared = 0;
	for (const pair of a) if (b.has(pair)) shared++;
	return (2 * shared) / (a.size + b.size);
}
