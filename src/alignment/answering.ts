import type { Draft } from './draft.ts';
import { writeShortCode } from './short-code.ts';
import { keysOf, pointsOf } from './question-set.ts';
import type { QuestionSet } from './question-set.ts';
import type { Round } from './round.ts';

/**
 * The answering page as plain data. Every item must be answered or marked "I don't know", and a
 * team named, before there is a code.
 */
export function answering(
	set: QuestionSet,
	round: Round,
	draft: Draft,
	minTeam: number,
): Answering {
	const { answers, team } = draft;
	const open = set.items.flatMap((_, item) => (answers[item] === undefined ? [item + 1] : []));
	const code =
		team && open.length === 0
			? writeShortCode(keysOf(set), round, {
					team,
					level: team === 'leader' ? 'lead' : draft.level,
					nonce: draft.nonce,
					// None is open.
					answers: answers as number[],
					times: 1,
				})
			: undefined;
	return {
		title: set.title,
		lead: set.period ? `Answer for your work ${set.period}.` : 'Answer alone.',
		privacy: privacyWords(round, minTeam),
		teams: ['sales', 'marketing', ...(set.hasLeader ? (['leader'] as const) : [])],
		questions: set.items.map((item, index) => ({
			id: item.id,
			number: index + 1,
			text: item.text,
			ends: item.type === 'scale' ? item.ends : undefined,
			choices: [
				...pointsOf(item).map((label, place) => ({ value: place + 1, label })),
				{ value: 0, label: "I don't know" },
			],
			chosen: answers[index],
		})),
		done: set.items.length - open.length,
		open,
		progress: `${set.items.length - open.length} of ${set.items.length} answered`,
		code,
	};
}

/** What a person must know before the first question, and what the code reveals. */
function privacyWords({ round, mode }: Round, minTeam: number): string[] {
	return [
		'Whoever sent you the link to this page collects the codes.',
		mode === 'closed'
			? `Round ${round} is closed: no names. Nothing is shown until ${minTeam} people in each team have answered.`
			: `Round ${round} is open: names may be known, and answers are shown however few they are.`,
		'Your code holds your answers. Whoever you give it to can read them.',
		'In a team of four, colleagues may guess whose dot is whose.',
		'Nothing is sent from this page. You hand over the code yourself.',
	];
}

export interface Answering {
	title: string;
	lead: string;
	/** Sentences to stand before the first question. */
	privacy: readonly string[];
	/** The teams to choose from. */
	teams: readonly ('sales' | 'marketing' | 'leader')[];
	questions: readonly AnsweringQuestion[];
	/** How many are answered. */
	done: number;
	/** Numbers of the questions that are not. */
	open: readonly number[];
	/** "5 of 12 answered" */
	progress: string;
	/** The code to hand over, once everything is answered. */
	code: string | undefined;
}

interface AnsweringQuestion {
	id: string;
	number: number;
	text: string;
	/** What A and B are, for a scale with two ends. */
	ends: readonly string[] | undefined;
	/** The points or options from 1, then 0. */
	choices: readonly { value: number; label: string }[];
	chosen: number | undefined;
}
