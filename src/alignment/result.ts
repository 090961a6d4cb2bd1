import { addDays, daysBetween } from '#/day.ts';
import { fromBase32, toBase32 } from './base32.ts';
import type { Rule } from './disclosure.ts';
import { teams } from './person.ts';
import { keysOf } from './question-set.ts';
import type { QuestionSet } from './question-set.ts';
import type { Round } from './round.ts';
import { mistypedLink, refusedLink, seal, unseal } from './seal.ts';
import { readWave } from './wave.ts';
import type { Wave, WaveOutcome } from './wave.ts';

/**
 * A result as the `result` of a fragment: what a saved wave holds but for the play that was picked.
 * Counts only, so this is how a closed round is handed on; its size does not grow with the people.
 */
export function writeResult(wave: Wave, set: QuestionSet): string {
	const numbers = [
		...teams.map((team) => wave.invited[team] ?? 0),
		...wave.items.flatMap((item) => teams.flatMap((team) => item[team])),
	].map((number) => toBase32(number, 2));
	const date = toBase32(daysBetween(epoch, wave.date), 3);
	return seal(date + numbers.join(''), { ...keysOf(set), version: wave.versionKey }, wave);
}

/** Reads what `writeResult` wrote for this set as it is today, under the rules of `readWave`. */
export function readResult(typed: string, set: QuestionSet, round: Round, rule: Rule): WaveOutcome {
	const keys = keysOf(set);
	const link = unseal(typed, keys, round);
	if (link.kind === 'refused') return link;
	const numbers = (link.body.slice(3).match(/../g) ?? []).map(fromBase32);
	if (link.body.length !== 7 + 24 * set.items.length) return refusedLink(mistypedLink);
	const [sales, marketing] = numbers;
	const wave = {
		format: 'tandem-wave',
		version: 1,
		set: set.slug,
		versionKey: keys.version,
		round: round.round,
		mode: round.mode,
		date: addDays(epoch, fromBase32(link.body.slice(0, 3))),
		invited: { sales: sales || null, marketing: marketing || null },
		items: set.items.map(({ id }, item) => {
			const [start, middle, end] = [2 + 12 * item, 8 + 12 * item, 14 + 12 * item];
			return { id, sales: numbers.slice(start, middle), marketing: numbers.slice(middle, end) };
		}),
		picked: null,
	};
	return readWave(JSON.stringify(wave), set, rule);
}

const epoch = '2020-01-01';
