import { fromBase32, tidy, toBase32 } from './base32.ts';
import { crc32 } from '#/crc.ts';
import type { SetKeys } from './question-set.ts';
import type { Round } from './round.ts';

/** Puts format, keys and a check around what a link carries for a round. */
export function seal(body: string, keys: SetKeys, round: Round): string {
	const sealed = `1${toBase32(keys.set, 3)}${toBase32(keys.version, 3)}${body}`;
	return sealed + check(sealed, round);
}

/** Takes a link's content out again, or says in words why it is not for this page. */
export function unseal(typed: string, keys: SetKeys, round: Round): Unsealed {
	const text = tidy(typed);
	const sealed = text.slice(0, -4);
	if (!text.startsWith('1'))
		return refusedLink('This link has a format that this page cannot read.');
	if (check(sealed, round) !== text.slice(-4)) return refusedLink(mistypedLink);
	if (fromBase32(sealed.slice(1, 4)) !== keys.set) {
		return refusedLink('This link is for other questions.');
	}
	if (fromBase32(sealed.slice(4, 7)) !== keys.version) {
		return refusedLink('The questions have changed since this link was made.');
	}
	return { kind: 'body', body: sealed.slice(7) };
}

/** A refusal in words. */
export function refusedLink(words: string): RefusedLink {
	return { kind: 'refused', words };
}

export const mistypedLink = 'This link is incomplete or mistyped. Ask for it again.';

function check(sealed: string, { round, mode }: Round): string {
	return toBase32(crc32(round + mode + sealed) & 0xfffff, 4);
}

type Unsealed = { kind: 'body'; body: string } | RefusedLink;

export interface RefusedLink {
	kind: 'refused';
	words: string;
}
