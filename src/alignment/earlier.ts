import { daysBetween } from '#/day.ts';
import type { Counts } from './counts.ts';
import type { ItemCounts } from './disclosure.ts';
import { gapWords } from './gap.ts';
import { teamNames, teams } from './person.ts';
import type { Team } from './person.ts';
import { keysOf } from './question-set.ts';
import type { QuestionSet, ScaleItem } from './question-set.ts';
import { verdictOf } from './verdict.ts';
import { rowOf } from './row.ts';
import type { Row } from './row.ts';
import type { Wave } from './wave.ts';

/**
 * An earlier wave beside the set of today: items that are still asked, by id, and those that are
 * not. The places of a choice's options mean something only under the same version key.
 */
export function earlierOf(wave: Wave, set: QuestionSet, today: string): Earlier {
	const isSameVersion = wave.versionKey === keysOf(set).version;
	const asked = new Set(
		set.items.filter(({ type }) => type === 'scale' || isSameVersion).map(({ id }) => id),
	);
	const words = [
		'People differ between waves: a change in the dots may be a change of people. A change within a team is named only where the same test calls it clear.',
	];
	const days = daysBetween(wave.date, today);
	if (days < 90)
		words.push(`The last wave was ${days} days ago. Repeat after 90 days at the earliest.`);
	if (wave.picked) {
		const title = set.items.find(({ play }) => play?.ref === wave.picked?.play)?.play?.title;
		words.unshift(
			`Picked last time: ${title ?? wave.picked.play}. Done: ${wave.picked.done ? 'yes' : 'no'}.`,
		);
	}
	return {
		words,
		items: new Map(wave.items.filter(({ id }) => asked.has(id)).map((item) => [item.id, item])),
		gone: wave.items
			.filter(({ id }) => !asked.has(id))
			.map((item) => ({
				id: item.id,
				rows: teams.map((team) => rowOf(teamNames[team], item[team], [])),
			})),
	};
}

/** What the same test calls a clear change within one team, in words: none, one or two lines. */
export function changeWords(
	before: Record<Team, Counts>,
	now: Record<Team, Counts>,
	item: ScaleItem,
	minTeam: number,
): string[] {
	return teams
		.filter((team) => verdictOf(now[team], before[team], minTeam) === 'clear')
		.map((team) =>
			gapWords(now[team], before[team], teamNames[team], Boolean(item.ends), ' than last time'),
		);
}

export interface Earlier {
	/** What was picked, that people differ, and whether it is too early. */
	words: readonly string[];
	/** Its items that are asked today too, by id. */
	items: ReadonlyMap<string, ItemCounts>;
	/** Its items that are asked no longer: shown alone, with numbers for the points' names. */
	gone: readonly { id: string; rows: readonly Row[] }[];
}
