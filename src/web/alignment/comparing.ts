/**
 * What the comparing page knows, apart from what it draws. Sheets are in here only: all that is
 * drawn, saved or linked comes from the `Shown` that `disclose` or a saved result gave.
 */
import { comparison } from '#/alignment/comparison.ts';
import type { Comparison } from '#/alignment/comparison.ts';
import { disclose } from '#/alignment/disclosure.ts';
import type { Shown } from '#/alignment/disclosure.ts';
import { readPaste } from '#/alignment/paste.ts';
import type { PasteNote } from '#/alignment/paste.ts';
import { countPeople } from '#/alignment/person.ts';
import type { Person, Team } from '#/alignment/person.ts';
import { keysOf } from '#/alignment/question-set.ts';
import type { QuestionSet } from '#/alignment/question-set.ts';
import type { Round } from '#/alignment/round.ts';
import { writeWave } from '#/alignment/wave.ts';
import type { Wave } from '#/alignment/wave.ts';
import type { Day } from '#/day.ts';
import { readEarlier, shownAlone } from './earlier-result.ts';

/** A page just opened, or cleared. */
export function newComparing(round?: Round): Comparing {
	return { round, people: [], view: undefined, earlier: undefined };
}

/** Takes pasted codes and links in; what is shown stays as it is. */
export function addCodes(page: Comparing, text: string, { set }: Rules): Added {
	const paste = readPaste(text, { keys: keysOf(set), ...page.round }, page.people);
	const { earlier } = page;
	const { round } = paste;
	if (earlier && round && paste.added > 0) {
		if (earlier.mode !== round.mode) {
			return refusal(
				page,
				'The earlier result here has the other promise about names. Clear everything first.',
			);
		}
		// A finished result and the same round with one more answer would give that answer away.
		if (round.mode === 'closed' && earlier.round === round.round) {
			return refusal(
				page,
				'This page shows a finished result of this closed round. Clear everything before you add codes.',
			);
		}
	}
	return {
		page: { ...page, people: paste.people, round },
		added: paste.added,
		notes: paste.notes,
	};
}

/** How many codes of each team are here, in a sentence. */
export function collectedWords(
	{ people, round }: Comparing,
	added: number,
	minTeam: number,
): string {
	if (people.length === 0) return 'No code is here yet.';
	const of = (team: Person['team']): number => countPeople(people, team);
	const leader = of('leader') > 0 ? `, leader ${of('leader')}` : '';
	const bound = round?.mode === 'closed' ? `; at least ${minTeam} each` : '';
	return `${added} added. Here: sales ${of('sales')}, marketing ${of('marketing')}${leader}${bound}.`;
}

/** Takes an earlier result, from a file's text or a link: beside the codes, or by itself. */
export function addEarlier(page: Comparing, typed: string, { set, minTeam }: Rules): Outcome {
	const hasCodes = page.people.length > 0;
	const outcome = readEarlier(typed, set, minTeam, hasCodes ? page.round : undefined);
	if (outcome.kind === 'refused') return { page, words: outcome.words };
	const { wave } = outcome;
	const words = `The result of ${wave.date} is here.`;
	if (hasCodes) return { page: { ...page, earlier: wave }, words };
	const shown = shownAlone(wave, set, minTeam);
	if (!shown) {
		const beside = "Its questions are not all today's: add today's codes to set it beside them.";
		return { page: { ...page, earlier: wave, view: undefined }, words: `${words} ${beside}` };
	}
	const { round, mode, date } = wave;
	const view = { shown, round: { round, mode }, day: date, isAlone: true };
	return { page: { ...page, earlier: wave, view }, words };
}

/** Only today can say whether what was picked last time was done. */
export function markDone(page: Comparing, done: boolean): Comparing {
	const { earlier } = page;
	if (!earlier?.picked) return page;
	return { ...page, earlier: { ...earlier, picked: { ...earlier.picked, done } } };
}

/** Shows the codes that are here, if they may be shown; the words say why nothing is. */
export function showResult(page: Comparing, { set, minTeam }: Rules, today: Day): Outcome {
	const { round, people, view } = page;
	if (!round || people.length === 0) return { page, words: view ? '' : 'There is no code yet.' };
	const seen = view?.isAlone ? [] : view?.shown.batches;
	const outcome = disclose(people, set, { mode: round.mode, minTeam }, seen);
	if (outcome.kind === 'held') return { page, words: `Nothing is shown yet: ${outcome.words}.` };
	return {
		page: { ...page, view: { shown: outcome, round, day: today, isAlone: false } },
		words: '',
	};
}

/** What the page draws; undefined while nothing is shown. */
export function comparisonOf(
	{ view, earlier }: Comparing,
	{ set }: Rules,
	about: { invited: Record<Team, number | null>; today: Day },
): Comparison | undefined {
	return (
		view && comparison(view.shown, set, { ...about, before: view.isAlone ? undefined : earlier })
	);
}

/**
 * What the page saves: counts only. Undefined while nothing is shown.
 * @param picked - ids of the items in the plan; the first with a play is what was picked
 */
export function waveOf(
	{ view }: Comparing,
	{ set }: Rules,
	invited: Record<Team, number | null>,
	picked: ReadonlySet<string>,
): Wave | undefined {
	const play = set.items.find((item) => item.play && picked.has(item.id))?.play;
	return (
		view &&
		writeWave(view.shown, set, {
			round: view.round.round,
			date: view.day,
			invited,
			picked: play ? { play: play.ref, done: false } : null,
		})
	);
}

function refusal(page: Comparing, words: string): Added {
	return { page, added: 0, notes: [{ line: 1, words }] };
}

/** What the page was built with. */
export interface Rules {
	set: QuestionSet;
	minTeam: number;
}

export interface Comparing {
	round: Round | undefined;
	people: readonly Person[];
	/** What is shown, and the round and day it is of. `isAlone`: it is the earlier result itself. */
	view: { shown: Shown; round: Round; day: Day; isAlone: boolean } | undefined;
	/** An earlier result, beside the codes or by itself. */
	earlier: Wave | undefined;
}

interface Added {
	page: Comparing;
	added: number;
	notes: readonly PasteNote[];
}

export interface Outcome {
	page: Comparing;
	/** To be said; empty where the page itself says it. */
	words: string;
}
