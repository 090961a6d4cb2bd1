import { fromBase32, toBase32 } from './base32.ts';
import { crc32 } from '#/crc.ts';
import type { Person } from './person.ts';
import type { SetKeys } from './question-set.ts';
import type { Round } from './round.ts';
import type { Sheet } from './sheet.ts';

/**
 * Format 1, `TA1-AWVX-1WK7-...`: 15-bit keys, three bits an answer, in groups of four. The pages
 * write the short format; this one is read for ever.
 */
export function writeLongCode(keys: SetKeys, { round, mode }: Round, person: Person): string {
	const { answers } = person;
	const flags =
		(mode === 'closed' ? 16 : 0) +
		whos.indexOf(person.team) * 4 +
		(person.level === 'lead' ? 2 : 0);
	const width = answerWidth(answers.length);
	const bits = answers.reduce((value, answer) => value * 8 + answer, 0);
	const payload = [
		toBase32(keys.set, 3),
		toBase32(keys.version, 3),
		round,
		toBase32(flags, 1),
		toBase32(person.nonce, 2),
		toBase32(bits * 2 ** (5 * width - 3 * answers.length), width),
	].join('');
	return ['TA1', ...((payload + check(payload)).match(/.{1,4}/g) ?? [])].join('-');
}

/**
 * Reads what follows `TA1`, characters of the alphabet only. Undefined where the check fails or a
 * field holds what no writer puts there.
 */
export function readLongCode(body: string): ReadCode | undefined {
	const payload = body.slice(0, -4);
	const flags = fromBase32(payload.slice(8, 9));
	const packed = payload.slice(11);
	const team = whos[(flags >> 2) & 3];
	if (Number.isNaN(fromBase32(packed)) || check(payload) !== body.slice(-4)) return undefined;
	if (!team || flags & 1) return undefined;

	// How many answers there are is known to the set only; what is beyond them must be zeros.
	const bits = fromBase32(packed)
		.toString(2)
		.padStart(5 * packed.length, '0');
	const triples = (bits.match(/.../g) ?? []).map((triple) => Number.parseInt(triple, 2));
	const isPossible = triples.every((answer) => answer <= 5);
	if (!isPossible || bits.slice(3 * triples.length).includes('1')) return undefined;
	return {
		keyBits: 15,
		set: fromBase32(payload.slice(0, 3)),
		version: fromBase32(payload.slice(3, 6)),
		round: payload.slice(6, 8),
		sheetOf: (count) =>
			packed.length === answerWidth(count) && triples.slice(count).every((spare) => spare === 0)
				? {
						person: {
							team,
							level: flags & 2 ? 'lead' : 'member',
							nonce: fromBase32(payload.slice(9, 11)),
							answers: triples.slice(0, count),
							times: 1,
						},
						mode: flags & 16 ? 'closed' : 'open',
					}
				: undefined,
	};
}

function answerWidth(count: number): number {
	return Math.ceil((3 * count) / 5);
}

function check(payload: string): string {
	return toBase32(crc32(`TA1${payload}`) & 0xfffff, 4);
}

const whos = ['sales', 'marketing', 'leader'] as const;

/** A code that is whole, before anyone asks whether it belongs to this page. */
export interface ReadCode {
	/** How many bits of the keys the format carries: the lowest ones. */
	keyBits: number;
	set: number;
	version: number;
	round: string;
	/** The sheet, if the code holds just so many answers. */
	sheetOf(count: number): Sheet | undefined;
}
