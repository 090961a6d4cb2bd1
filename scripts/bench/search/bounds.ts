import type { SetReport } from './report.ts';

/** Holds the figures of a site against goals P1 to P4. A bound of a set nobody asked is left out. */
export function boundsOf(figures: Figures): Bound[] {
	const bounds = goals.flatMap(([goal, name, measure, least]) => {
		const report = figures.sets.find((set) => set.name === name);
		if (!report) return [];
		return [atLeast(`${goal} ${name}, ${places[measure]}`, report[measure], least)];
	});
	const typos = figures.sets.find(({ name }) => name === 'one typo');
	return [
		...bounds,
		...(typos ? [atMost('P2 one typo, nothing found', 100 * typos.empty, 0.2, '%')] : []),
		atMost('P2 exact queries that guessing changes', figures.changedByGuessing, 0, ''),
		// A site of fewer pages is measured as one of 250.
		atMost(
			'P2 data for 250 entries, brotli',
			figures.catalogueBytes / 1000 / Math.max(1, figures.pages / 250),
			30,
			'kB',
		),
		atMost('P3 nonsense shown as a match, of 100', figures.falseMatches.length, 0, ''),
		atMost('P6 requests for search before intent', figures.requestsBefore, 0, ''),
	];
}

/** Goal, set, measure, the least share that is good enough. */
const goals = [
	['P1', 'query list', 'success3', 0.9],
	['P1', 'exact title', 'success1', 0.97],
	['P1', 'exact title', 'success5', 0.99],
	['P1', 'find phrase', 'success5', 0.99],
	['P1', 'two words', 'success1', 0.9],
	['P1', 'two words', 'success5', 0.99],
	['P1', 'heading', 'success1', 0.85],
	['P1', 'heading', 'success5', 0.97],
	['P2', 'one typo', 'success5', 0.99],
	['P3', 'one foreign word', 'success5', 0.98],
	['P4', 'alias', 'success3', 1],
] as const satisfies [string, string, keyof typeof places, number][];

const places = { success1: 'first', success3: 'in three', success5: 'in five' };

function atLeast(name: string, share: number, least: number): Bound {
	return {
		name,
		found: `${(100 * share).toFixed(1)} %`,
		wanted: `at least ${100 * least} %`,
		isKept: share >= least,
	};
}

function atMost(name: string, value: number, most: number, unit: string): Bound {
	const written = Number.isInteger(value) ? `${value}` : value.toFixed(1);
	return {
		name,
		found: `${written} ${unit}`.trim(),
		wanted: `at most ${most} ${unit}`.trim(),
		isKept: value <= most,
	};
}

export interface Figures {
	sets: readonly SetReport[];
	pages: number;
	/** Brotli. */
	catalogueBytes: number;
	/** Exact phrases whose first five are others without the guessing. */
	changedByGuessing: number;
	/** Strings without meaning for which a page was shown as a match. */
	falseMatches: readonly string[];
	requestsBefore: number;
}

interface Bound {
	name: string;
	found: string;
	wanted: string;
	isKept: boolean;
}
