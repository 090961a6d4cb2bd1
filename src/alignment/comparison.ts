import { choiceView, scaleView } from './item-view.ts';
import type { ItemView, ScaleView } from './item-view.ts';
import { byMatch } from './choice.ts';
import type { Shown } from './disclosure.ts';
import { earlierOf } from './earlier.ts';
import type { Earlier } from './earlier.ts';
import { teamNames, teams } from './person.ts';
import type { Team } from './person.ts';
import type { QuestionSet } from './question-set.ts';
import { falseClearOneIn } from './verdict.ts';
import type { Wave } from './wave.ts';

/**
 * The comparing page as plain data: everything it shows, in the order in which it shows it, and no
 * more. It takes only what `disclose` let through.
 */
export function comparison(shown: Shown, set: QuestionSet, about: AboutComparison): Comparison {
	const earlier = about.before && earlierOf(about.before, set, about.today);
	const items = set.items.map((item, index) => {
		const counts = shown.items[index];
		if (counts?.id !== item.id) throw new Error(`The counts are not those of ${set.slug}.`);
		const where = {
			number: index + 1,
			counts,
			minTeam: shown.minTeam,
			levels: shown.levels?.map(({ items, ...group }) => ({ ...group, counts: items[index]! })),
			leader: shown.leader?.[index],
			before: earlier?.items.get(item.id),
		};
		return item.type === 'scale' ? scaleView(item, where) : choiceView(item, where);
	});
	const scales = items.filter((item) => item.kind === 'scale');
	const choices = items.filter((item) => item.kind === 'choice');
	return {
		kind: 'comparison',
		headline: headline(items.length, scales),
		teams: teams.map((team) => teamLine(team, shown.people[team], about.invited[team])),
		notes: notes(shown, scales, about),
		// Sorting keeps file order within a group.
		items: [
			...scales.toSorted((a, b) => order.indexOf(a.group) - order.indexOf(b.group)),
			...choices.toSorted((a, b) => byMatch(a.finding, b.finding)),
		],
		earlier: earlier && { words: earlier.words, gone: earlier.gone },
	};
}

function headline(count: number, scales: readonly ScaleView[]): string {
	const total = `${count} ${count === 1 ? 'question' : 'questions'}`;
	if (scales.length === 0) return `${total}.`;
	const judged = scales.filter(({ verdict }) => verdict !== 'few');
	if (judged.length === 0) return `${total}: too few answers for a verdict.`;
	const of = (verdict: string): number => judged.filter((item) => item.verdict === verdict).length;
	const split = scales.reduce((sum, item) => sum + item.split.length, 0);
	const weak = judged.filter(({ level }) => level === 'weak').length;
	const clear = of('clear');
	const parts = [
		`${clear} clear ${clear === 1 ? 'gap' : 'gaps'}`,
		`${of('possible')} possible`,
		`${split} split ${split === 1 ? 'team' : 'teams'}`,
	];
	return `${total}: ${parts.join(', ')}; both call ${weak} weak.`;
}

function teamLine(team: Team, people: number, invited: number | null): string {
	return `${teamNames[team]}: ${invited ? `${people} of ${invited}` : people} answered.`;
}

function notes(shown: Shown, scales: readonly ScaleView[], { invited }: AboutComparison): string[] {
	const { people, waiting, minTeam } = shown;
	const words: string[] = [];
	const judged = scales.filter(({ verdict }) => verdict !== 'few').length;
	if (judged > 0) {
		const questions = `${judged} ${judged === 1 ? 'question' : 'questions'}`;
		words.push(
			`With ${questions}, chance alone gives at least one false "clear gap" in about 1 check in ${falseClearOneIn(judged)}.`,
		);
	}
	if (judged > 0 && teams.every((team) => invited[team] === people[team])) {
		words.push(
			'Everyone answered, so the gap is a fact about these answers. The test asks only how easily a random split of the same answers would look like this.',
		);
	}
	for (const team of teams) {
		if (waiting[team] === 0) continue;
		words.push(
			`${waiting[team]} more of ${team} answered later. They join when ${minTeam} have, so that nobody's answers can be worked out from the change.`,
		);
	}
	return words;
}

const order = [
	'clear',
	'possible',
	'weak',
	'split',
	'rest',
] as const satisfies ScaleView['group'][];

export interface AboutComparison {
	/** How many were asked; null where the organiser has not said. */
	invited: Record<Team, number | null>;
	/** An earlier wave, as `readWave` let it through, to stand beside this one. */
	before?: Wave | undefined;
	/** `YYYY-MM-DD`. */
	today: string;
}

export interface Comparison {
	kind: 'comparison';
	/** "12 questions: 2 clear gaps, 3 possible, 1 split team; both call 3 weak." */
	headline: string;
	/** A line for each team: "Sales: 5 of 7 answered." */
	teams: readonly string[];
	/** The chance line and others that hold for the whole page. */
	notes: readonly string[];
	/** Scale items by group, then choices by their chance of a match. */
	items: readonly ItemView[];
	earlier: Pick<Earlier, 'words' | 'gone'> | undefined;
}
