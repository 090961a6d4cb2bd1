import { stemOf } from './stem.ts';

/** The words of a text as search compares them: lower case, no accents, `don't` is `dont`. */
export function wordsOf(text: string): string[] {
	return (
		text
			.normalize('NFD')
			.replace(/[\p{M}'’]/gu, '')
			.toLowerCase()
			.match(/[\p{L}\p{N}]+/gu) ?? []
	);
}

/** The words of a query that say something; all of them where none does. */
export function contentWordsOf(text: string): string[] {
	const words = wordsOf(text);
	const telling = words.filter((word) => !isStopWord(word));
	return telling.length > 0 ? telling : words;
}

/** The distinct stems a text is found by, hyphenated words also in one piece. */
export function stemsOf(text: string): Set<string> {
	return new Set([...contentWordsOf(text), ...compoundsOf(text)].map(stemOf));
}

/** The hyphenated words of a text, each in one piece: `handoff` for hand-off. */
export function compoundsOf(text: string): string[] {
	const compounds = text.match(/[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)+/gu) ?? [];
	return compounds.map((compound) => wordsOf(compound).join(''));
}

/** Two texts with the same key are the same words in the same order. */
export function keyOf(text: string): string {
	return wordsOf(text).join(' ');
}

/** True for a word too common to tell pages apart. Pagefind is slow on these. */
export function isStopWord(word: string): boolean {
	return stopWords.has(word);
}

const stopWords = new Set(
	(
		'a about after all also am an and any are arent as at be because been before being but by can ' +
		'cannot cant could did didnt do does doesnt doing dont for from get gets getting got had has ' +
		'have having he her hers him his how i id if ill im in into is isnt it its ive just let lets ' +
		'may me might more most much must my no nor not of on one or our ours out over please shall ' +
		'she should shouldnt so some such than that thats the their theirs them then there these they ' +
		'theyre this those to too us very was wasnt we well were what whats when where which while ' +
		'who whom whose why will with wont would you your yours'
	).split(' '),
);
