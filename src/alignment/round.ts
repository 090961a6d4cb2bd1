import { fromBase32, tidy, toBase32 } from './base32.ts';

/** A new round from a random whole number, of which the lowest ten bits are used. */
export function newRound(random: number, mode: Mode): Round {
	return { round: toBase32(random & 0x3ff, 2), mode };
}

/**
 * The part after `#` of a link. `people` and `result` are given on to `readPeople` and
 * `readResult`; the answering page's link has neither.
 */
export function writeFragment(fragment: Fragment): string {
	const { round, mode, people, result } = fragment;
	const more = (people ? `&p=${people}` : '') + (result ? `&w=${result}` : '');
	return `r=${round}&m=${mode}${more}`;
}

/** Reads the part after `#`, with or without the `#`; undefined where it names no round. */
export function readFragment(text: string): Fragment | undefined {
	const fields = new URLSearchParams(text.replace(/^#/, ''));
	const round = tidy(fields.get('r') ?? '');
	const mode = fields.get('m');
	if (round.length !== 2 || Number.isNaN(fromBase32(round))) return undefined;
	if (mode !== 'open' && mode !== 'closed') return undefined;
	return {
		round,
		mode,
		people: fields.get('p') ?? undefined,
		result: fields.get('w') ?? undefined,
	};
}

/** One time of asking. */
export interface Round {
	/** Two characters. */
	round: string;
	mode: Mode;
}

/** `open`: names are known, everything is shown. `closed`: nothing below the lower bound. */
export type Mode = 'open' | 'closed';

export interface Fragment extends Round {
	people?: string | undefined;
	result?: string | undefined;
}
