/**
 * A run as the fragment of a link. `1`, two characters for the list, four for its edition, two for
 * the run, then one to four for each point in the order of the edition, then six for the check. A
 * point in one character holds up to 20 turns; four hold all that a run may. So nine points never
 * take more than 51 characters, 56 with `#run=`, and 29 as a rule.
 */
import { fromBase64, toBase64 } from './base64.ts';
import { crc32 } from '#/crc.ts';
import { editionKey, listKey, wordsKey } from './list.ts';
import type { List } from './list.ts';
import { isTicked, mostTurns, tickOf } from './run.ts';
import type { Tick } from './run.ts';
import type { NamedRun } from './runs.ts';

/** The fragment of a link that carries a run, with its `#`. */
export function writeFragment({ id, ticks }: Pick<NamedRun, 'id' | 'ticks'>, list: List): string {
	const body = list.items.map((item) => digits(numberOf(ticks.get(item.id), wordsKey(item))));
	const sealed = [
		format,
		toBase64(listKey(list.slug), 2),
		toBase64(editionKey(list), 4),
		toBase64(id, 2),
		...body,
	].join('');
	return `#run=${sealed}${check(sealed)}`;
}

/**
 * Reads a link's fragment, or whatever else stands there. Undefined where it holds no run at all;
 * a refusal says why, in the order in which a person can do something about it.
 */
export function readFragment(fragment: string, list: List): CodeOutcome | undefined {
	const code = /^#run=(.*)$/s.exec(fragment)?.[1];
	if (code === undefined) return undefined;
	const sealed = code.slice(0, -6);
	// A later format may have another check, so it is asked first.
	if (!code.startsWith(format)) return refused('format');
	if (!/^[\w-]{15,}$/.test(code) || check(sealed) !== code.slice(-6)) return refused('checksum');
	const key = fromBase64(sealed.slice(1, 3));
	if (![list.slug, ...list.was].some((slug) => listKey(slug) === key)) return refused('otherList');
	if (fromBase64(sealed.slice(3, 7)) !== editionKey(list)) return refused('otherEdition');
	const groups = sealed.slice(9).match(/[g-z0-9_-]*[A-Za-f]/g) ?? [];
	const ticks = new Map<string, Tick>();
	for (const [at, item] of list.items.entries()) {
		const number = valueOf(groups[at] ?? '');
		if (!(number <= greatest)) return refused('checksum');
		if (number > 0) ticks.set(item.id, tickFrom(number - 1, wordsKey(item)));
	}
	const isWhole = groups.length === list.items.length && groups.join('') === sealed.slice(9);
	return isWhole ? { kind: 'run', id: fromBase64(sealed.slice(7, 9)), ticks } : refused('checksum');
}

/** 0 for no entry; else one more than a number for each pair of turns and what is known of them. */
function numberOf(tick: Tick | undefined, words: number): number {
	if (!tick) return 0;
	const pairs = 3 * Math.floor(tick.turns / 2);
	return 1 + pairs + (isTicked(tick) ? (tick.words.includes(words) ? 1 : 2) : 0);
}

function tickFrom(number: number, words: number): Tick {
	const turns = 2 * Math.floor(number / 3) + (number % 3 ? 1 : 0);
	return tickOf(turns, number % 3 === 1 ? [words] : []);
}

/** Five bits a character, lowest first; the characters of the upper half say that more follow. */
function digits(number: number): string {
	return number < 32
		? toBase64(number, 1)
		: toBase64(32 + (number % 32), 1) + digits(Math.floor(number / 32));
}

function valueOf(group: string): number {
	if (group === '' || group.length > 4) return Number.NaN;
	return Array.from(group).reduceRight((value, digit) => value * 32 + (fromBase64(digit) % 32), 0);
}

function check(sealed: string): string {
	return toBase64(crc32(`run${sealed}`), 6);
}

function refused(reason: Reason): CodeOutcome {
	return { kind: 'refused', reason, words: refusals[reason] };
}

const format = '1';

const greatest = numberOf({ turns: mostTurns, words: [] }, 0);

const refusals = {
	format: 'This page cannot read this link. Reload it, then open the link again.',
	checksum: 'This link is incomplete or mistyped. Ask for it again.',
	otherList: 'This link is for another checklist. Open it on the page of that list.',
	otherEdition:
		'This link is for another edition of the list. Ask for a new one, or for the run as a file, which fits every edition.',
} as const;

export type CodeOutcome =
	| ({ kind: 'run' } & Pick<NamedRun, 'id' | 'ticks'>)
	| { kind: 'refused'; reason: Reason; words: string };

type Reason = keyof typeof refusals;
