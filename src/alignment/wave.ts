import { isDay } from '#/day.ts';
import type { Day } from '#/day.ts';
import { everyone } from './counts.ts';
import type { Counts } from './counts.ts';
import type { ItemCounts, Rule, Shown } from './disclosure.ts';
import { teams } from './person.ts';
import type { Team } from './person.ts';
import { keysOf } from './question-set.ts';
import type { QuestionSet } from './question-set.ts';
import type { Mode, Round } from './round.ts';
import { fewest } from './verdict.ts';

/** What "Save" writes: counts only, no row of a person, and no leader. */
export function writeWave(shown: Shown, set: QuestionSet, about: AboutWave): Wave {
	return {
		format: 'tandem-wave',
		version: 1,
		set: set.slug,
		versionKey: keysOf(set).version,
		round: about.round,
		mode: shown.mode,
		date: about.date,
		invited: about.invited,
		items: shown.items.map(({ id, sales, marketing }) => ({ id, sales, marketing })),
		picked: about.picked,
	};
}

/**
 * Reads a saved wave for a page of this set and mode. Refuses, in words, what "Save" cannot have
 * written: also a closed wave below the lower bound, and an earlier state of the same closed round,
 * because the difference of the two would be a few people's answers.
 * @param current - the round on the page, if the wave is to stand beside it
 */
export function readWave(text: string, set: QuestionSet, rule: Rule, current?: Round): WaveOutcome {
	const wave = parse(text);
	const refused = (words: string): WaveOutcome => ({ kind: 'refused', words });
	if (!wave) return refused('This file is not a saved result, or it was changed by hand.');
	if (wave.set !== set.slug) return refused('This result is for other questions.');
	if (wave.mode !== rule.mode) {
		return refused(
			wave.mode === 'closed'
				? "This result was promised 'no names'; this page is open."
				: "This result was made with names; this page promises 'no names'.",
		);
	}
	if (wave.mode === 'closed' && !isAboveBound(wave, rule.minTeam)) {
		return refused('This result has too few people to be shown.');
	}
	if (wave.mode === 'closed' && wave.round === current?.round) {
		return refused('This result is an earlier state of the round on this page.');
	}
	return { kind: 'wave', wave };
}

/** A saved wave as something to show by itself. Its items must be those of the set. */
export function shownWave(wave: Wave, rule: Rule): Shown {
	return {
		kind: 'shown',
		mode: wave.mode,
		minTeam: Math.max(fewest, rule.minTeam),
		people: peopleOf(wave),
		items: wave.items,
		levels: undefined,
		leader: undefined,
		waiting: { sales: 0, marketing: 0 },
		batches: [],
	};
}

function isAboveBound(wave: Wave, minTeam: number): boolean {
	const people = peopleOf(wave);
	return teams.every((team) => people[team] >= Math.max(fewest, minTeam));
}

function peopleOf({ items: [first] }: Wave): Record<Team, number> {
	return {
		sales: first ? everyone(first.sales) : 0,
		marketing: first ? everyone(first.marketing) : 0,
	};
}

function parse(text: string): Wave | undefined {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		return undefined;
	}
	if (typeof value !== 'object' || value === null) return undefined;
	// Each field is asked for its type before anything is done with it.
	const wave = value as Partial<Wave>;
	const isWave =
		wave.format === 'tandem-wave' &&
		wave.version === 1 &&
		typeof wave.set === 'string' &&
		typeof wave.versionKey === 'number' &&
		typeof wave.round === 'string' &&
		/^[0-9A-Z]{2}$/.test(wave.round) &&
		(wave.mode === 'open' || wave.mode === 'closed') &&
		typeof wave.date === 'string' &&
		isDay(wave.date) &&
		teams.every((team) => wave.invited?.[team] === null || isCount(wave.invited?.[team])) &&
		Array.isArray(wave.items) &&
		wave.items.length > 0 &&
		wave.items.every(isItem) &&
		teams.every((team) => areAsMany(wave.items ?? [], team)) &&
		(wave.picked === null ||
			(typeof wave.picked?.play === 'string' && typeof wave.picked.done === 'boolean'));
	return isWave ? (wave as Wave) : undefined;
}

function isItem(item: unknown): boolean {
	// As above.
	const { id, sales, marketing } = (item ?? {}) as Partial<Record<keyof ItemCounts, unknown>>;
	return typeof id === 'string' && [sales, marketing].every(isCounts);
}

function isCounts(counts: unknown): counts is Counts {
	return Array.isArray(counts) && counts.length === 6 && counts.every(isCount);
}

function isCount(value: unknown): value is number {
	return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 1023;
}

/** Whoever answers a set answers every item: each item has as many people as the first. */
function areAsMany(items: readonly ItemCounts[], team: Team): boolean {
	const [first] = items;
	return items.every((item) => first && everyone(item[team]) === everyone(first[team]));
}

/** The saved file. */
export interface Wave extends AboutWave {
	format: 'tandem-wave';
	version: 1;
	set: string;
	versionKey: number;
	mode: Mode;
	items: readonly ItemCounts[];
}

export interface AboutWave {
	round: string;
	date: Day;
	/** How many were asked, where the organiser typed it. */
	invited: Record<Team, number | null>;
	/** What the teams chose to do, and at the next wave whether they did. */
	picked: { play: string; done: boolean } | null;
}

export type WaveOutcome = { kind: 'wave'; wave: Wave } | { kind: 'refused'; words: string };
