import { pathOf } from '#/library/entries.ts';
import type { Library } from '#/library/entries.ts';
import { kindNames, kinds } from '#/library/kinds.ts';
import { functions, stages, topics } from '#/library/schema/fields.ts';
import { freshnessOf } from '#/library/view.ts';
import type { Freshness } from '#/library/view.ts';
import { isReady } from '#/library/entry.ts';
import type { Entry } from '#/library/entry.ts';
import { functionNames, stageNames, topicNames } from '#/web/names.ts';
import type { FacetName } from './facets.ts';

/** The facets with their choices, in words; a choice that nothing has is left out. */
export function facetList(library: Library): Facet[] {
	const used = library.entries
		.filter((entry) => isReady(entry) && pathOf(library, entry))
		.map((entry) => facetValues(library, entry));
	return facets.map(({ name, label, choices }) => ({
		name,
		label,
		choices: choices.flatMap((choice) => {
			const count = used.filter((values) => values[name].includes(choice.value)).length;
			// The guide is no entry: it is known once the site is built.
			const isGuide = name === 'kind' && choice.value === 'guide';
			return count > 0 || isGuide ? [{ ...choice, count, path: listPath(name, choice.value) }] : [];
		}),
	}));
}

/** What an entry is found under, by facet. */
export function facetValues(library: Library, entry: Entry): Record<FacetName, string[]> {
	const { data } = entry;
	const team =
		'function' in data ? data.function : entry.kind === 'term' ? entry.data.owner : undefined;
	const freshness = freshnessOf(library, entry);
	return {
		kind: [entry.kind],
		topic: 'topic' in data ? [data.topic] : [],
		function: team ? [team] : [],
		stage: 'stage' in data ? data.stage : [],
		minutes: 'effort' in data ? [minutesBand(data.effort)] : [],
		together: 'together' in data ? [data.together ? 'yes' : 'no'] : [],
		freshness: freshness ? [freshness.state] : [],
	};
}

function minutesBand(minutes: number): keyof typeof minutesNames {
	if (minutes <= 10) return '10';
	return minutes <= 30 ? '30' : 'more';
}

/** The page that lists what has a value, for those who do not search. */
function listPath(name: FacetName, value: string): string {
	if (name === 'topic') return `/topics/${value}/`;
	if (name === 'function') return `/functions/${value}/`;
	if (name !== 'kind') return `/search/by/${name}/${value}/`;
	const kind = kindNames.find((one) => one === value);
	return kind ? `/${kinds[kind].folder}/` : '/guide/';
}

const minutesNames = { '10': 'Up to 10 min', '30': '11 to 30 min', more: 'Over 30 min' };

const freshnessNames = {
	fresh: 'Checked in time',
	soon: 'Review due',
	overdue: 'Review overdue',
} as const satisfies Record<Freshness['state'], string>;

const facets: { name: FacetName; label: string; choices: Choice[] }[] = [
	{
		name: 'kind',
		label: 'Kind',
		choices: [
			...kindNames.map((kind) => ({ value: kind, label: kinds[kind].one })),
			{ value: 'guide', label: 'Guide for editors' },
		],
	},
	{
		name: 'topic',
		label: 'Topic',
		choices: topics.map((topic) => ({ value: topic, label: topicNames[topic].name })),
	},
	{
		name: 'function',
		label: 'Who acts',
		choices: functions.map((team) => ({ value: team, label: functionNames[team] })),
	},
	{
		name: 'stage',
		label: 'Buyer’s stage',
		choices: stages.map((stage) => ({ value: stage, label: stageNames[stage] })),
	},
	// Numbers would come first among the keys of an object: the order is stated.
	{ name: 'minutes', label: 'Time', choices: choicesOf(['10', '30', 'more'], minutesNames) },
	{
		name: 'together',
		label: 'With whom',
		choices: [
			{ value: 'yes', label: 'With the other team' },
			{ value: 'no', label: 'By yourself' },
		],
	},
	{
		name: 'freshness',
		label: 'Freshness',
		choices: choicesOf(['fresh', 'soon', 'overdue'], freshnessNames),
	},
];

function choicesOf<K extends string>(
	values: readonly K[],
	names: Readonly<Record<K, string>>,
): Choice[] {
	return values.map((value) => ({ value, label: names[value] }));
}

interface Choice {
	value: string;
	label: string;
}

export interface Facet {
	name: FacetName;
	label: string;
	choices: (Choice & { count: number; path: string })[];
}
