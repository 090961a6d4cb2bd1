import type { Entry } from '#/library/entry.ts';
import { countWords } from '#/library/words.ts';
import type { Problem } from '#/problem.ts';
import { spokenTexts } from './claims.ts';
import { bodyFinding, finding } from './finding.ts';
import type { EntryFacts } from './finding.ts';
import { gradeOf, sentencesOf, syllableCounter } from './readability.ts';

/** House rules on how a text reads: short sentences, plain words, one spelling. */
export function checkProse(entry: Entry, shelf: EntryFacts): Problem[] {
	if (entry.kind === 'person' || entry.kind === 'promo' || entry.kind === 'path') return [];
	return [...checkSentences(entry, shelf), ...checkWords(entry, shelf)];
}

function checkSentences(entry: Entry, shelf: EntryFacts): Problem[] {
	const problems: Problem[] = [];
	const paragraphs = entry.body.prose.filter(({ isSentence }) => isSentence);
	const lengths: number[] = [];
	let sentenceCount = 0;
	for (const { text, line } of paragraphs) {
		const sentences = sentencesOf(text);
		sentenceCount += Math.max(1, sentences.length);
		for (const sentence of sentences) {
			const words = countWords(sentence);
			lengths.push(words);
			if (words <= 30) continue;
			problems.push(
				bodyFinding(entry, line, {
					rule: 'prose/long-sentence',
					level: 'warn',
					message: `a sentence of ${words} words, at most 30: "${sentence.slice(0, 50)}…".`,
					fix: 'Make two of it.',
				}),
			);
		}
		if (entry.kind === 'issue' && sentences.length > 3) {
			problems.push(
				bodyFinding(entry, line, {
					rule: 'prose/long-paragraph',
					level: 'warn',
					message: `a paragraph of ${sentences.length} sentences, at most 3 in an issue.`,
					fix: 'Break it.',
				}),
			);
		}
	}
	const average = lengths.reduce((sum, n) => sum + n, 0) / Math.max(1, lengths.length);
	const first = paragraphs[0]?.line ?? 1;
	if (average > 18) {
		problems.push(
			bodyFinding(entry, first, {
				rule: 'prose/average-sentence',
				level: 'warn',
				message: `sentences have ${average.toFixed(1)} words on average, at most 18.`,
				fix: 'Shorten the longest ones.',
			}),
		);
	}
	if (entry.kind === 'tip' && paragraphs.length > 0) {
		const grade = gradeOf(
			paragraphs.map(({ text }) => text),
			sentenceCount,
			syllablesOf(shelf),
		);
		if (grade > 8) {
			problems.push(
				bodyFinding(entry, first, {
					rule: 'prose/grade',
					level: grade > 11 ? 'error' : 'warn',
					message: `Flesch-Kincaid grade ${grade.toFixed(1)}, at most 8 (11 fails).`,
					fix: 'Use shorter words and sentences.',
				}),
			);
		}
	}
	return problems;
}

/** Counts syllables by the words of the glossary's titles: gathered once for a shelf, and kept with its terms. */
function syllablesOf({ terms }: EntryFacts): (word: string) => number {
	const known = counters.get(terms);
	if (known) return known;
	const glossary = new Set(
		terms.flatMap(({ data }) => data.title.toLowerCase().split(/[^\p{L}]+/u)),
	);
	const counter = syllableCounter(glossary);
	counters.set(terms, counter);
	return counter;
}

const counters = new WeakMap<readonly Entry[], (word: string) => number>();

/** What a synonym spinner makes of common words. */
const spun = [
	/\barea unit\b/i,
	/\bAssociate in Nursing\b/i,
	/\bexploitation the\b/i,
	/\bthanks to enable\b/i,
	/\bvicious\b(?= (?:price|market))/i,
];

/** Words that differ in more than an ending both spellings allow. */
const spellings: readonly (readonly [gb: string, us: string])[] = [
	['colour', 'color'],
	['behaviour', 'behavior'],
	['favour', 'favor'],
	['favourite', 'favorite'],
	['labour', 'labor'],
	['neighbour', 'neighbor'],
	['honour', 'honor'],
	['centre', 'center'],
	['catalogue', 'catalog'],
	['programme', 'program'],
	['cheque', 'check'],
	['grey', 'gray'],
	['enrol', 'enroll'],
	['fulfil', 'fulfill'],
	['travelled', 'traveled'],
	['labelled', 'labeled'],
	['cancelled', 'canceled'],
	['modelling', 'modeling'],
	['analyse', 'analyze'],
	['defence', 'defense'],
	['organise', 'organize'],
	['organisation', 'organization'],
	['recognise', 'recognize'],
	['realise', 'realize'],
];
/** British texts use these words too, in another sense. */
const ambiguous = new Set(['check', 'program', 'catalog']);

const houses = {
	'en-GB': houseOf(spellings.map(([wanted, other]) => ({ wanted, other }))),
	'en-US': houseOf(spellings.map(([other, wanted]) => ({ wanted, other }))),
};

/** One spelling: the words of the other that it does without, and what finds any of them. */
function houseOf(pairs: readonly Misspelling[]): { misspellings: Misspelling[]; any: RegExp } {
	const misspellings = pairs.filter(({ other }) => !ambiguous.has(other));
	return { misspellings, any: new RegExp(misspellings.map(({ other }) => other).join('|')) };
}

interface Misspelling {
	wanted: string;
	other: string;
}

function checkWords(entry: Entry, shelf: EntryFacts): Problem[] {
	const problems: Problem[] = [];
	const { misspellings, any } = houses[shelf.settings.spelling];
	const texts = spokenTexts(entry);
	// Nearly no entry holds any of it: one look at all its texts spares one at each.
	const whole = texts.map(({ text }) => text).join('\n');
	const wholeLower = whole.toLowerCase();
	const suspects = spun.filter((pattern) => pattern.test(whole));
	const misspelt = any.test(wholeLower)
		? misspellings.filter(({ other }) => wholeLower.includes(other))
		: [];
	if (suspects.length === 0 && misspelt.length === 0) return [];
	for (const { text, path, line } of texts) {
		const report = (rule: string, message: string, fix: string): void => {
			const found = { rule: `prose/${rule}`, level: 'warn' as const, message, fix };
			problems.push(
				path ? finding(shelf, entry, path, found) : bodyFinding(entry, line ?? 1, found),
			);
		};
		for (const pattern of suspects) {
			const phrase = pattern.exec(text)?.[0];
			if (phrase) report('spun', `"${phrase}" looks like a spun synonym.`, 'Write the plain word.');
		}
		const lower = text.toLowerCase();
		for (const { wanted, other } of misspelt) {
			if (!holdsWord(lower, other)) continue;
			report('spelling', `"${other}" is not ${shelf.settings.spelling}.`, `Write "${wanted}".`);
		}
	}
	return problems;
}

/** True where a lower-case word stands in a lower-case text by itself, not inside another word. */
function holdsWord(text: string, word: string): boolean {
	for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
		const before = text.slice(0, at).at(-1) ?? '';
		const after = text[at + word.length] ?? '';
		if (!/\p{L}/u.test(before) && !/\p{L}/u.test(after)) return true;
	}
	return false;
}
