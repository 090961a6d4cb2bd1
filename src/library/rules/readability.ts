/** The sentences of a paragraph; an abbreviation such as "e.g." ends none. */
export function sentencesOf(paragraph: string): string[] {
	return paragraph
		.replace(/\b(?:e\.g|i\.e|etc|vs|Mr|Mrs|Dr)\./g, (match) => match.replaceAll('.', ''))
		.split(/(?<=[.!?]["'”’)]?)\s+(?=["'“‘(]?\p{Lu})/u)
		.filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
}

/**
 * Flesch-Kincaid grade of a text, by a simple syllable count (Kincaid and others 1975).
 * @param paragraphs - running text only
 * @param sentenceCount - sentences of all of it, at least one a paragraph
 * @param syllablesOf - what each word counts, in lower case
 */
export function gradeOf(
	paragraphs: readonly string[],
	sentenceCount: number,
	syllablesOf: (word: string) => number,
): number {
	let words = 0;
	let syllables = 0;
	for (const paragraph of paragraphs) {
		for (const word of paragraph.toLowerCase().match(/\p{L}+(?:['’]\p{L}+)?/gu) ?? []) {
			words++;
			syllables += syllablesOf(word);
		}
	}
	if (words === 0) return 0;
	return 0.39 * (words / sentenceCount) + 11.8 * (syllables / words) - 15.59;
}

/**
 * Counts the syllables of words, each word once: the same words stand in every text.
 * @param known - lower-case words that count as one syllable: those of the glossary, for a word the
 * firm has agreed on is not a hard word
 */
export function syllableCounter(known: ReadonlySet<string>): (word: string) => number {
	const counts = new Map<string, number>();
	return (word) => {
		let count = counts.get(word);
		if (count === undefined) {
			count = known.has(word.replace(/s$/, '')) || known.has(word) ? 1 : syllablesIn(word);
			counts.set(word, count);
		}
		return count;
	};
}

/** Vowel groups, a silent final e taken off, at least one. */
function syllablesIn(word: string): number {
	const groups = word
		.replace(/['’].*$/, '')
		.replace(/(?:[^laeiouy]es|[^laeiouy]ed|[^laeiouy]e)$/, '')
		.match(/[aeiouy]+/g);
	return Math.max(1, groups?.length ?? 1);
}
