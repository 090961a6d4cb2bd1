import { keysOf } from './question-set.ts';
import type { QuestionSet } from './question-set.ts';
import type { Round } from './round.ts';

/**
 * A form just opened.
 * @param random - a whole number of which the lowest ten bits are used; draw it well
 */
export function newDraft(set: QuestionSet, random: number): Draft {
	return {
		team: undefined,
		level: 'member',
		nonce: random & 0x3ff,
		answers: set.items.map(() => undefined),
	};
}

/** A draft as text for the browser's own store, on the device of the person who answers. */
export function saveDraft(draft: Draft, set: QuestionSet, { round, mode }: Round): string {
	const answers = draft.answers.map((answer) => answer ?? null);
	return JSON.stringify({ ...draft, answers, version: keysOf(set).version, round, mode });
}

/** Reads what `saveDraft` wrote for this set, version, round and mode; anything else is undefined. */
export function readDraft(
	text: string | null,
	set: QuestionSet,
	{ round, mode }: Round,
): Draft | undefined {
	const { version, highest, hasLeader } = keysOf(set);
	let saved: Record<string, unknown>;
	try {
		// Each field is asked for its value below; null has none.
		saved = (JSON.parse(text ?? '') ?? {}) as Record<string, unknown>;
	} catch {
		return undefined;
	}
	const { answers, nonce, level } = saved;
	const team = (['sales', 'marketing', 'leader'] as const).find((name) => name === saved.team);
	const isOurs =
		saved.version === version &&
		saved.round === round &&
		saved.mode === mode &&
		(team !== 'leader' || hasLeader) &&
		(level === 'member' || level === 'lead') &&
		isWithin(nonce, 0x3ff) &&
		Array.isArray(answers) &&
		answers.length === highest.length &&
		answers.every((answer, item) => answer === null || isWithin(answer, highest[item] ?? 0));
	if (!isOurs) return undefined;
	return { team, level, nonce, answers: answers.map((answer) => answer ?? undefined) };
}

function isWithin(value: unknown, most: number): value is number {
	return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most;
}

/** What a person has answered so far. */
export interface Draft {
	team: 'sales' | 'marketing' | 'leader' | undefined;
	level: 'member' | 'lead';
	nonce: number;
	/** One for each item; undefined where nothing is chosen. */
	answers: readonly (number | undefined)[];
}
