import { fromBase32, toBase32 } from './base32.ts';
import { crc32 } from '#/crc.ts';
import type { ReadCode } from './long-code.ts';
import type { Person } from './person.ts';
import { shortKey } from './question-set.ts';
import type { SetKeys } from './question-set.ts';
import type { Round } from './round.ts';
import { readSheet, writeSheet } from './sheet.ts';

/**
 * Format B: `TB`, two characters each for the set, its version and the round, the sheet, and three
 * to check them: 20 characters for 12 answers. It carries what format 1 carries, with keys of ten
 * bits and a check of 15.
 */
export function writeShortCode(keys: SetKeys, { round, mode }: Round, person: Person): string {
	const payload = [
		toBase32(shortKey(keys.set), 2),
		toBase32(shortKey(keys.version), 2),
		round,
		writeSheet(person, mode),
	].join('');
	return `TB${payload}${check(payload)}`;
}

/** Reads what follows `TB`, characters of the alphabet only; undefined where the check fails. */
export function readShortCode(body: string): ReadCode | undefined {
	const payload = body.slice(0, -3);
	if (payload.length < 9 || check(payload) !== body.slice(-3)) return undefined;
	return {
		keyBits: 10,
		set: fromBase32(payload.slice(0, 2)),
		version: fromBase32(payload.slice(2, 4)),
		round: payload.slice(4, 6),
		sheetOf: (count) => readSheet(payload.slice(6), count),
	};
}

/** A code as it is shown and printed: groups of five characters. Readers ignore the blanks. */
export function spaced(code: string): string {
	return code.match(/.{1,5}/g)?.join(' ') ?? '';
}

function check(payload: string): string {
	return toBase32(crc32(`TB${payload}`) & 0x7fff, 3);
}
