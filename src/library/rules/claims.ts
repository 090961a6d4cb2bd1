import type { Entry } from '#/library/entry.ts';
import type { Problem } from '#/problem.ts';
import { bodyFinding, finding, isDraft } from './finding.ts';
import type { Found, EntryFacts } from './finding.ts';

/** Figures have sources, acronyms are explained, and claims without any method are not repeated. */
export function checkClaims(entry: Entry, shelf: EntryFacts): Problem[] {
	if (entry.kind === 'promo' || entry.kind === 'person' || entry.kind === 'path') return [];
	const problems: Problem[] = [];
	const known = acronymsOf(shelf);
	const hasSources = entry.data.sources.length > 0;
	for (const { text, path, line } of spokenTexts(entry)) {
		const report = (found: Found): void => {
			problems.push(
				path ? finding(shelf, entry, path, found) : bodyFinding(entry, line ?? 1, found),
			);
		};
		// Each figure has a digit, each claim has figures, each acronym two capitals: most texts have
		// neither, and one look spares ten.
		const hasDigit = /\d/.test(text);
		const figure = hasDigit && !hasSources ? figurePattern.exec(text)?.[0] : undefined;
		if (figure) {
			report({
				rule: 'claim/figure',
				level: isDraft(entry) ? 'warn' : 'error',
				message: `"${figure.trim()}" has no source.`,
				fix: 'Add sources, or remove the figure.',
			});
		}
		for (const { pattern, instead } of hasDigit ? neverCite : []) {
			const claim = pattern.exec(text)?.[0];
			if (!claim) continue;
			report({
				rule: 'claim/never-cite',
				level: 'error',
				message: `"${claim.trim()}" is met often and has no traceable method.`,
				fix: instead,
			});
		}
		if (!/[A-Z]{2}/.test(text)) continue;
		for (const [acronym] of text.matchAll(/\b[A-Z]{2,}(?=s?\b)/g)) {
			if (known.has(acronym)) continue;
			report({
				rule: 'claim/acronym',
				level: 'error',
				message: `acronym "${acronym}" is not in the glossary.`,
				fix: 'Add a term or alias, or write it out.',
			});
		}
	}
	return problems;
}

/** A number that claims a size: followed by %, per cent, times or x, or beside a currency. */
const figurePattern =
	/(?:[£$€¥]\s?\d[\d.,]*|\b\d[\d.,]*\s?(?:%|per ?cent\b|percent\b|times\b|x\b|(?:GBP|EUR|USD|CHF)\b|(?:pounds|euros|dollars)\b)|\b(?:GBP|EUR|USD|CHF)\s?\d[\d.,]*)/i;

const noMethod = 'Take it out. Your own numbers persuade more.';
const neverCite = [
	{ pattern: /\b208\s?(?:%|per ?cent)/i, instead: noMethod },
	{ pattern: /\b36\s?(?:%|per ?cent)[^.]{0,40}retention/i, instead: noMethod },
	{ pattern: /\b38\s?(?:%|per ?cent)[^.]{0,40}win rate/i, instead: noMethod },
	{ pattern: /\$?\s?1 trillion\b/i, instead: 'Price one miss of your own instead.' },
	{ pattern: /\b79\s?(?:%|per ?cent)[^.]{0,60}(?:leads|convert)/i, instead: noMethod },
	{
		pattern: /\b80\s?(?:%|per ?cent)[^.]{0,60}leads/i,
		instead: 'Take it out, or cite Sabnis and others 2013 with its own figure.',
	},
	{
		pattern: /\b57\s?(?:%|per ?cent)[^.]{0,60}(?:purchase|buying|decision|done)/i,
		instead: noMethod,
	},
	{
		pattern: /\b100 times (?:more|as) likely/i,
		instead: 'Cite Oldroyd and others 2011, web leads, instead.',
	},
	{
		pattern: /\b60\s?(?:-|–|to)\s?70\s?(?:%|per ?cent)/i,
		instead: 'Say "estimates", and give no figure.',
	},
];

const silent = new Set(
	'id slug ref kind author topic function stage audience status evidence mode type reads reviewed reviewEvery sendOn sources related find aliases was replacedBy counter pair owner link play tip terms also series number who signoff url corrected hash agreed'.split(
		' ',
	),
);

/** Every text of an entry that a reader reads, with its field or its line. */
export function spokenTexts(entry: Entry): { text: string; path?: PropertyKey[]; line?: number }[] {
	const texts: { text: string; path?: PropertyKey[]; line?: number }[] = [];
	const collect = (value: unknown, path: PropertyKey[]): void => {
		if (typeof value === 'string') texts.push({ text: value, path });
		if (typeof value !== 'object' || value === null) return;
		for (const [key, inner] of Object.entries(value)) {
			if (silent.has(key)) continue;
			collect(inner, [...path, Array.isArray(value) ? Number(key) : key]);
		}
	};
	collect(entry.data, []);
	return [...texts, ...entry.body.prose.map(({ text, line }) => ({ text, line }))];
}

/**
 * The acronyms of one shelf are the same for all its entries: they are gathered once and kept with
 * the list they came from.
 */
function acronymsOf({ terms, settings }: EntryFacts): Set<string> {
	const known = gathered.get(terms);
	if (known) return known;
	const acronyms = new Set(settings.acronyms);
	for (const { data } of terms) {
		for (const name of [data.title, ...data.aliases]) {
			for (const [acronym] of name.matchAll(/\b[A-Z]{2,}\b/g)) acronyms.add(acronym);
		}
	}
	gathered.set(terms, acronyms);
	return acronyms;
}

const gathered = new WeakMap<readonly Entry[], Set<string>>();
