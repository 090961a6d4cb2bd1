/**
 * A light English stemmer: enough that `lost`, `losing` and `loses` meet, gentle enough that two
 * words of different meaning seldom do. It never has to give a real word.
 */
export function stemOf(word: string): string {
	const regular = irregular.get(word) ?? word;
	if (regular.length < 4 || /\d/.test(regular)) return regular;
	return withoutTail(withoutEnding(withoutPlural(british(regular))));
}

/** One spelling for both sides of the ocean: `organize`, `color`. */
function british(word: string): string {
	return word
		.replace(/iz(e|es|ed|ing|er|ers|ation|ations)$/, 'is$1')
		.replace(/(col|fav|behavi|lab|hon|neighb)or/, '$1our');
}

function withoutPlural(word: string): string {
	if (/(?:ss|us|is)$/.test(word)) return word;
	if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`;
	if (/(?:sh|ch|x|ss|zz)es$/.test(word)) return word.slice(0, -2);
	return word.endsWith('s') ? word.slice(0, -1) : word;
}

function withoutEnding(word: string): string {
	for (const [ending, replacement, least] of endings) {
		if (!word.endsWith(ending)) continue;
		const rest = word.slice(0, -ending.length);
		if (rest.length < least || !/[aeiouy]/.test(rest)) continue;
		return undouble(rest) + (isCut(rest) ? 'e' : replacement);
	}
	return word;
}

function undouble(rest: string): string {
	return /([bdfgmnprt])\1$/.test(rest) ? rest.slice(0, -1) : rest;
}

/** True for what is left of `making` or `named`: short words keep their e, so that `sale` is not SAL. */
function isCut(rest: string): boolean {
	return /^[^aeiou][aeiou][^aeiouwxy]$/.test(rest);
}

function withoutTail(word: string): string {
	if (word.length > 4 && word.endsWith('e')) return word.slice(0, -1);
	if (word.length > 3 && /[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}i`;
	return word;
}

/** Ending, what takes its place, and how many letters must be left before it. */
const endings: [string, string, number][] = [
	['isations', 'is', 3],
	['isation', 'is', 3],
	['fulness', '', 3],
	['ations', '', 3],
	['ation', '', 3],
	['ments', '', 4],
	['ment', '', 4],
	['ings', '', 3],
	['ness', '', 3],
	['tion', 't', 4],
	['sion', 's', 4],
	['ing', '', 3],
	['edly', '', 3],
	['ally', 'al', 3],
	['ers', '', 4],
	['ly', '', 4],
	['ed', '', 3],
	['er', '', 4],
];

const irregular = new Map(
	Object.entries({
		begin: 'began begun',
		bring: 'brought',
		build: 'built',
		buy: 'bought',
		choose: 'chose chosen',
		come: 'came',
		feel: 'felt',
		find: 'found',
		forget: 'forgot forgotten',
		give: 'gave given',
		go: 'goes going gone went',
		hear: 'heard',
		hold: 'held',
		keep: 'kept',
		know: 'knew known',
		lead: 'led',
		leave: 'left',
		lose: 'lost losing loss losses',
		make: 'made',
		mean: 'meant',
		meet: 'met',
		pay: 'paid',
		person: 'people',
		plan: 'planned planning',
		quit: 'quits',
		run: 'ran',
		say: 'said',
		see: 'saw seen',
		sell: 'sold',
		send: 'sent',
		speak: 'spoke spoken',
		spend: 'spent',
		take: 'took taken',
		teach: 'taught',
		tell: 'told',
		think: 'thought',
		understand: 'understood',
		win: 'won',
		write: 'wrote written',
	}).flatMap(([base, forms]) => forms.split(' ').map((form) => [form, base] as const)),
);
