import { countWords } from '#/library/words.ts';

/** The sentences of a paragraph; an abbreviation such as "e.g." ends none. */
export function sentencesOf(paragraph: string): string[] {
	return paragraph
		.replace(/\b(?:e\.g|i\.e|etc|vs|Mr|Mrs|Dr)\./g, (match) => match.replaceAll('.', ''))
		.split(/(?<=[.!?]["'”’)]?)\s+(?=["'“‘(]?\p{Lu})/u)
		.filter((sentence) => countWords(sentence) > 0);
}

/**
 * Flesch-Kincaid grade of a text, by a simple syllable count (Kincaid and others 1975).
 * @param paragraphs - running text only
 * @param known - lower-case words that count as one syllable: those of the glossary, for a word the
 * firm has agreed on is not a hard word
 */
export function gradeOf(paragraphs: readonly string[], known: ReadonlySet<string>): number {
	let sentences = 0;
	let words = 0;
	let syllables = 0;
	for (const paragraph of paragraphs) {
		sentences += Math.max(1, sentencesOf(paragraph).length);
		for (const word of paragraph.toLowerCase().match(/\p{L}+(?:['’]\p{L}+)?/gu) ?? []) {
			words++;
			syllables += known.has(word.replace(/s$/, '')) || known.has(word) ? 1 : syllablesOf(word);
		}
	}
	if (words === 0) return 0;
	return 0.39 * (words / sentences) + 11.8 * (syllables / words) - 15.59;
}

/** Vowel groups, a silent final e taken off, at least one. */
function syllablesOf(word: string): number {
	const groups = word
		.replace(/['’].*$/, '')
		.replace(/(?:[^laeiouy]es|[^laeiouy]ed|[^laeiouy]e)$/, '')
		.match(/[aeiouy]+/g);
	return Math.max(1, groups?.length ?? 1);
}
