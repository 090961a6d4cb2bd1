import { tidy } from './base32.ts';
import { readLongCode } from './long-code.ts';
import type { Person } from './person.ts';
import type { SetKeys } from './question-set.ts';
import { readShortCode } from './short-code.ts';
import type { Mode, Round } from './round.ts';

/**
 * Reads one answer code of either format, however it was typed. A refusal says why, in the order in
 * which a person can do something about it, and in words that can follow "Line 3: ".
 */
export function readCode(typed: string, desk: Desk): ReadOutcome {
	const { keys } = desk;
	const text = tidy(typed);
	const isLong = /^TA\d/.test(text);
	const notACode = refused('notACode', 'This is not an answer code.');
	if (!isLong && !looksShort.test(text)) return notACode;
	const format = text.charAt(2);
	if (isLong && format !== '1') {
		return refused('format', `This code has format ${format}; this page reads format 1.`);
	}
	const body = text.slice(isLong ? 3 : 2);
	const code = isLong ? alphabetOnly.test(body) && readLongCode(body) : readShortCode(body);
	// A chat line may begin with TB too. Without any digit it is a word sooner than a bad code.
	if (!code) return isLong || /\d/.test(text) ? mistyped() : notACode;

	const lowest = 2 ** code.keyBits;
	if (code.set !== keys.set % lowest) {
		return refused('otherSet', 'This code is for other questions.');
	}
	if (code.version !== keys.version % lowest) {
		return refused(
			'otherVersion',
			'The questions have changed since this code was made. Ask the person to answer again.',
		);
	}
	const sheet = code.sheetOf(keys.highest.length);
	if (!sheet || !fits(sheet.person, keys)) return mistyped();
	const { round } = code;
	const { person, mode } = sheet;
	if (desk.round !== undefined && round !== desk.round) {
		return refused(
			'otherRound',
			`This code is from round ${round}; this page shows round ${desk.round}.`,
		);
	}
	if (desk.mode !== undefined && mode !== desk.mode) return refused('otherMode', modeWords[mode]);
	return { kind: 'person', person, round, mode };
}

/** True where a sheet holds one possible answer for each item, and a leader only where one may be. */
export function fits(person: Person, keys: SetKeys): boolean {
	return (
		person.answers.length === keys.highest.length &&
		person.answers.every((answer, item) => answer <= (keys.highest[item] ?? 0)) &&
		(person.team !== 'leader' || keys.hasLeader)
	);
}

function mistyped(): ReadOutcome {
	return refused('checksum', 'This code is incomplete or mistyped. Ask for it again.');
}

function refused(reason: Reason, words: string): ReadOutcome {
	return { kind: 'refused', reason, words };
}

const alphabetOnly = /^[0-9A-HJKMNP-TV-Z]+$/;

const looksShort = /^TB[0-9A-HJKMNP-TV-Z]{9,22}$/;

const modeWords = {
	closed: "This code was promised 'no names'; this page is open.",
	open: "This code was made with names; this page promises 'no names'.",
} as const satisfies Record<Mode, string>;

/** What a page expects: its set, and its round once it has one. */
export interface Desk extends Partial<Round> {
	keys: SetKeys;
}

export type ReadOutcome =
	| ({ kind: 'person'; person: Person } & Round)
	| { kind: 'refused'; reason: Reason; words: string };

export type Reason =
	| 'notACode'
	| 'format'
	| 'checksum'
	| 'otherSet'
	| 'otherVersion'
	| 'otherRound'
	| 'otherMode';
