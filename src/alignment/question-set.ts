import { crc32 } from '#/crc.ts';

/**
 * What a code must fit: the two keys that name a set and its items, and the highest answer to each
 * item. A reworded label keeps the keys; a changed, added or moved item changes `version`.
 */
export function keysOf(set: QuestionSet): SetKeys {
	const list = set.items.map((item) =>
		item.type === 'scale'
			? `${item.id}:scale`
			: `${item.id}:choice:${item.options.map(({ id }) => id).join(',')}`,
	);
	return {
		set: setKey(set.slug),
		version: crc32(list.join('\n')) & 0x7fff,
		highest: set.items.map((item) => (item.type === 'scale' ? 5 : item.options.length)),
		hasLeader: set.hasLeader,
	};
}

/** The 15 bits that stand for a set's slug. Two sets of one library must not share them. */
export function setKey(slug: string): number {
	return crc32(slug) & 0x7fff;
}

/** The ten bits of `setKey` that a short code has room for. No two sets may share these either. */
export function shortKey(key: number): number {
	return key & 0x3ff;
}

/** The names of an item's points, from 1: five of a scale, or the options of a choice. */
export function pointsOf(item: Item): readonly string[] {
	if (item.type === 'choice') return item.options.map(({ text }) => text);
	if (item.ends) return ['clearly A', 'more A', 'in between', 'more B', 'clearly B'];
	return item.labels ?? ['never', 'rarely', 'sometimes', 'usually', 'always'];
}

/** A set that two teams answer, as the pages hand it over: plain data, no staff field needed. */
export interface QuestionSet {
	slug: string;
	title: string;
	/** Completes "Answer for ...". */
	period?: string | undefined;
	/** True for a set about the leader: a leader's own answers may stand beside the teams'. */
	hasLeader: boolean;
	items: readonly Item[];
}

export type Item = ScaleItem | ChoiceItem;

export interface ScaleItem extends Question {
	type: 'scale';
	/** Five names, from 1 to 5. */
	labels?: readonly string[] | undefined;
	/** What A and B are, instead of five names. */
	ends?: readonly string[] | undefined;
}

export interface ChoiceItem extends Question {
	type: 'choice';
	options: readonly { id: string; text: string }[];
	/** The option that is the firm's own rule. Staff only: the public page leaves it out. */
	agreed?: string | undefined;
}

interface Question {
	/** Kept for ever: two waves are matched by it. */
	id: string;
	text: string;
	/** How a gap is to be read. */
	reads: 'state' | 'orientation' | 'knowledge';
	play?: Play | undefined;
}

/** What to do next about an item. */
export interface Play {
	/** `kind/slug`. */
	ref: string;
	title: string;
	/** Where to read it. Missing where the reader's site does not have it. */
	href?: string | undefined;
}

export interface SetKeys {
	set: number;
	version: number;
	highest: readonly number[];
	hasLeader: boolean;
}
