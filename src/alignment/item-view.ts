import { levelWords } from './badge.ts';
import type { Level } from './badge.ts';
import { match, matchWords } from './choice.ts';
import type { ChoiceFinding } from './choice.ts';
import { countsOf, scored } from './counts.ts';
import type { Answer, Counts } from './counts.ts';
import type { ItemCounts } from './disclosure.ts';
import { changeWords } from './earlier.ts';
import { gapWords } from './gap.ts';
import { shareOf } from './permutation.ts';
import { teamNames, teams } from './person.ts';
import type { Person, Team } from './person.ts';
import { pointsOf } from './question-set.ts';
import type { ChoiceItem, Item, Play, ScaleItem } from './question-set.ts';
import { rowOf } from './row.ts';
import type { Row } from './row.ts';
import { judge } from './scale.ts';
import { verdictWords } from './verdict.ts';
import type { Verdict } from './verdict.ts';

/** A scale item as the page shows it: dots first, then what may be said of them. */
export function scaleView(item: ScaleItem, where: Where): ScaleView {
	const { sales, marketing } = where.counts;
	const { minTeam } = where;
	const finding = judge(sales, marketing, minTeam);
	const level = item.reads === 'state' ? finding.level : undefined;
	const split = teams.filter((team) => finding.split[team]);
	const { verdict } = finding;
	const group = verdict === 'clear' || verdict === 'possible' ? verdict : groupOf(level, split);
	return {
		...itemView(item, where),
		kind: 'scale',
		ends: item.ends,
		gap: gapLine(item, where.counts),
		p: verdict === 'few' ? undefined : shareOf(finding.test),
		verdict,
		group,
		level,
		split,
		words: [
			verdictWords(verdict, item.reads, sales, marketing),
			...(finding.restsOnOne ? ["This rests on one person's answer."] : []),
			...(level ? [levelWords[level]] : []),
			...split.map((team) => `${teamNames[team]} itself is split on this.`),
		],
		changes: where.before ? changeWords(where.before, where.counts, item, minTeam) : [],
		play: group === 'split' || group === 'rest' ? undefined : item.play,
	};
}

/** A choice as the page shows it: counts, then the chance that two people match. */
export function choiceView(item: ChoiceItem, where: Where): ChoiceView {
	const agreed = item.options.findIndex(({ id }) => id === item.agreed) + 1;
	const { sales, marketing } = where.counts;
	// A choice has at most five options.
	const finding = match(sales, marketing, agreed > 0 ? (agreed as Answer) : undefined);
	return {
		...itemView(item, where),
		kind: 'choice',
		finding,
		agreed: agreed > 0 ? agreed : undefined,
		words: matchWords(finding),
		play: finding.pairs.part < finding.pairs.whole ? item.play : undefined,
	};
}

function itemView(item: Item, { number, counts, levels, leader, before }: Where): BaseView {
	const names = pointsOf(item);
	const teamRows = (of: Record<Team, Counts>): Row[] =>
		teams.map((team) => rowOf(teamNames[team], of[team], names));
	return {
		id: item.id,
		number,
		text: item.text,
		reads: item.reads,
		points: names,
		rows: [
			...teamRows(counts),
			...(leader === undefined ? [] : [rowOf('Leader', countsOf([leader]), names)]),
		],
		levels: (levels ?? []).map(({ team, level, counts }) =>
			rowOf(`${teamNames[team]}, ${level === 'lead' ? 'team leads' : 'members'}`, counts, names),
		),
		before: before ? teamRows(before) : undefined,
	};
}

function gapLine(item: ScaleItem, counts: Record<Team, Counts>): string {
	const silent = teams.filter((team) => scored(counts[team]) === 0);
	const [only] = silent;
	if (silent.length === 2) return 'Nobody has given an answer here.';
	if (only) return `Nobody in ${only} has given an answer here.`;
	return gapWords(counts.sales, counts.marketing, teamNames.sales, item.ends !== undefined);
}

function groupOf(level: Level | undefined, split: readonly Team[]): 'weak' | 'split' | 'rest' {
	if (level === 'weak') return 'weak';
	return split.length > 0 ? 'split' : 'rest';
}

interface Where {
	/** From 1, in file order. */
	number: number;
	counts: ItemCounts;
	minTeam: number;
	levels: readonly { team: Team; level: Person['level']; counts: Counts }[] | undefined;
	/** The leader's answer. */
	leader: number | undefined;
	/** The same item at the earlier wave. */
	before: ItemCounts | undefined;
}

export type ItemView = ScaleView | ChoiceView;

interface BaseView {
	id: string;
	/** From 1, in file order; the page's order is another. */
	number: number;
	text: string;
	/** `orientation` is drawn in a neutral colour. */
	reads: Item['reads'];
	/** Names of the axis's points, from 1. */
	points: readonly string[];
	/** Sales, marketing, and the leader where there is one. */
	rows: readonly Row[];
	/** The split by level: four rows or none. */
	levels: readonly Row[];
	/** Sales and marketing at the earlier wave. */
	before: readonly Row[] | undefined;
}

export interface ScaleView extends BaseView {
	kind: 'scale';
	/** What A and B are. */
	ends: readonly string[] | undefined;
	/** "Sales answers 1.4 steps lower." */
	gap: string;
	/** For whoever wants to see it; undefined for `few`. */
	p: number | undefined;
	verdict: Verdict;
	/** Its place on the page. */
	group: 'clear' | 'possible' | 'weak' | 'split' | 'rest';
	level: Level | undefined;
	/** The teams that are split themselves. */
	split: readonly Team[];
	/** The verdict's words first, then a line for each badge. */
	words: readonly string[];
	/** What changed in one team since the earlier wave. */
	changes: readonly string[];
	play: Play | undefined;
}

export interface ChoiceView extends BaseView {
	kind: 'choice';
	finding: ChoiceFinding;
	/** The place of the firm's own rule, from 1. */
	agreed: number | undefined;
	words: readonly string[];
	play: Play | undefined;
}
