import { fromBase32, toBase32 } from './base32.ts';
import type { Person } from './person.ts';
import type { Mode } from './round.ts';

/**
 * One person as characters: two for the nonce, then mode, team with level, and the answers as one
 * number in mixed base (2, 5, and 6 for each answer). Twelve answers take nine characters.
 */
export function writeSheet(person: Person, mode: Mode): string {
	let value = (mode === 'closed' ? whos.length : 0) + whos.indexOf(whoOf(person));
	for (const answer of person.answers) value = value * 6 + answer;
	return toBase32(person.nonce, 2) + toBase32(value, sheetWidth(person.answers.length) - 2);
}

/** Reads what `writeSheet` wrote for so many answers; undefined where it cannot have. */
export function readSheet(text: string, count: number): Sheet | undefined {
	let value = fromBase32(text.slice(2));
	const nonce = fromBase32(text.slice(0, 2));
	if (text.length !== sheetWidth(count) || Number.isNaN(value + nonce)) return undefined;
	const answers: number[] = [];
	for (let place = 0; place < count; place += 1) {
		answers.unshift(value % 6);
		value = Math.floor(value / 6);
	}
	const [team, level] = whos[value % whos.length]?.split(' ') ?? [];
	if (value >= 2 * whos.length) return undefined;
	return {
		// The two words are one of `whos`.
		person: { team, level, nonce, answers, times: 1 } as Person,
		mode: value < whos.length ? 'open' : 'closed',
	};
}

/** How many characters a sheet of so many answers takes. */
export function sheetWidth(count: number): number {
	let width = 0;
	for (let room = 1; room < 2 * whos.length * 6 ** count; room *= 32) width += 1;
	return width + 2;
}

function whoOf({ team, level }: Person): (typeof whos)[number] {
	// A leader has no team to be a member of: one way to be the leader.
	return team === 'leader' ? 'leader lead' : `${team} ${level}`;
}

const whos = [
	'sales member',
	'sales lead',
	'marketing member',
	'marketing lead',
	'leader lead',
] as const;

export interface Sheet {
	person: Person;
	mode: Mode;
}
