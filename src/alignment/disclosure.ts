import { countsOf } from './counts.ts';
import type { Counts } from './counts.ts';
import { countPeople, mergePeople, personKey, teams } from './person.ts';
import type { Person, Team } from './person.ts';
import type { QuestionSet } from './question-set.ts';
import type { Mode } from './round.ts';
import { fewest } from './verdict.ts';

/**
 * The one door between sheets and anything that is shown, saved or linked. All of that takes a
 * `Shown`, and only this file and `wave.ts` make one.
 *
 * A closed round gives nothing until both teams have the lower bound of different sheets. After
 * that, late sheets of a team wait until they are as many again: otherwise the difference of two
 * views, before and after, would be one person's answers. For the same reason a sheet that is
 * taken away after the first view stays in it.
 * @param batches - `Shown.batches` of the last view of this round, which the page keeps in memory
 */
export function disclose(
	people: readonly Person[],
	set: QuestionSet,
	rule: Rule,
	batches: Batches = [],
): Held | Shown {
	const minTeam = Math.max(fewest, rule.minTeam);
	const all = mergePeople(people);
	if (rule.mode === 'open') {
		return shown(set, { mode: 'open', minTeam }, all, { batches: [], waiting: none });
	}

	const seen = new Set(batches.flat().map(personKey));
	const late = all.filter((person) => person.team !== 'leader' && !seen.has(personKey(person)));
	const isEnough = (team: Team): boolean => countPeople(late, team, true) >= minTeam;
	if (batches.length === 0 && !teams.every(isEnough)) return held(late, minTeam);

	const joining = late.filter(({ team }) => team !== 'leader' && isEnough(team));
	const next = joining.length > 0 ? [...batches, joining] : batches;
	const left = late.filter((person) => !joining.includes(person));
	// The leader's row is one named person by nature; no lower bound protects it.
	const leaders = all.filter(({ team }) => team === 'leader');
	return shown(set, { mode: 'closed', minTeam }, [...next.flat(), ...leaders], {
		batches: next,
		waiting: {
			sales: countPeople(left, 'sales', true),
			marketing: countPeople(left, 'marketing', true),
		},
	});
}

function held(people: readonly Person[], minTeam: number): Held {
	const sales = countPeople(people, 'sales', true);
	const marketing = countPeople(people, 'marketing', true);
	const words = `sales ${sales}, marketing ${marketing}; at least ${minTeam} each`;
	return { kind: 'held', sales, marketing, minTeam, words };
}

function shown(
	set: QuestionSet,
	rule: Rule,
	people: readonly Person[],
	rest: Pick<Shown, 'batches' | 'waiting'>,
): Shown {
	const tally = (team: Team, level?: Person['level']): Counts[] => {
		const group = people.filter(
			(person) => person.team === team && (!level || person.level === level),
		);
		return set.items.map((_, item) =>
			countsOf(
				group.flatMap(({ answers, times }) =>
					Array.from({ length: times }, () => answers[item] ?? 0),
				),
			),
		);
	};
	const sales = tally('sales');
	const marketing = tally('marketing');
	const leaders = people.filter(({ team }) => team === 'leader');
	const isWhole = levelGroups.every(({ team, level }) => {
		const group = people.filter((person) => person.level === level);
		return countPeople(group, team, true) >= rule.minTeam;
	});
	return {
		kind: 'shown',
		...rule,
		people: { sales: countPeople(people, 'sales'), marketing: countPeople(people, 'marketing') },
		items: set.items.map(({ id }, item) => ({
			id,
			// Both lists have one entry for each item.
			sales: sales[item]!,
			marketing: marketing[item]!,
		})),
		// A later batch may hold one team lead: the change in the split would be that person.
		levels:
			isWhole && rest.batches.length <= 1
				? levelGroups.map((group) => ({ ...group, items: tally(group.team, group.level) }))
				: undefined,
		leader: leaders.length === 1 ? leaders[0]?.answers : undefined,
		...rest,
	};
}

const none = { sales: 0, marketing: 0 };

const levelGroups = [
	{ team: 'sales', level: 'member' },
	{ team: 'sales', level: 'lead' },
	{ team: 'marketing', level: 'member' },
	{ team: 'marketing', level: 'lead' },
] as const;

export interface Rule {
	mode: Mode;
	/** The setting; under 4 it is 4. */
	minTeam: number;
}

/** The sheets of a closed round that are shown, in the groups in which they came to be. */
export type Batches = readonly (readonly Person[])[];

/** A closed round below the bound: nothing but this may be on the page. */
export interface Held {
	kind: 'held';
	sales: number;
	marketing: number;
	minTeam: number;
	words: string;
}

/** Counts that may be seen. No row of a person, but for the leader's. */
export interface Shown extends Rule {
	kind: 'shown';
	people: Record<Team, number>;
	items: readonly ItemCounts[];
	/** All four groups of team and level, for each item, or nothing. */
	levels: readonly LevelGroup[] | undefined;
	/** The leader's answers, if there is exactly one leader's code. */
	leader: readonly number[] | undefined;
	/** Late sheets of a closed round that are not in it yet. */
	waiting: Record<Team, number>;
	batches: Batches;
}

export interface ItemCounts extends Record<Team, Counts> {
	id: string;
}

interface LevelGroup {
	team: Team;
	level: Person['level'];
	items: readonly Counts[];
}
