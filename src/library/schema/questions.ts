import { z } from 'zod';
import { line, oneOf, play, ref, slug } from './fields.ts';

const item = z.strictObject({
	/** Kept for ever: answers are compared under it. A changed meaning needs a new id. */
	id: slug,
	/** The statement or question, at most 140 characters. */
	text: line(3, 140),
	/** `scale`: five points. `choice`: one of its options. `open`: to talk about. */
	type: oneOf('a type of question', ['scale', 'choice', 'open']),
	/** How a gap between two teams is to be read. */
	reads: oneOf('a way to read a gap', ['state', 'orientation', 'knowledge']).optional(),
	/** Names of the five points, from never to always unless said. */
	labels: z.array(line(1, 30)).length(5).optional(),
	/** Names of the two ends of a scale, instead of labels. */
	ends: z.array(line(3, 90)).length(2).optional(),
	/** The two to five answers of a choice. */
	options: z
		.array(z.strictObject({ id: slug, text: line(2, 90) }))
		.min(2)
		.max(5)
		.optional(),
	/** The option that is the firm's own rule. Staff only, also in a public set. */
	agreed: slug.optional(),
	/** What to open when the teams differ here. */
	play: ref('tip', 'checklist', 'term').optional(),
});

/** A set of questions: to talk about, to answer as two teams, or to test a word. */
export const questionsSchema = z.strictObject({
	...play,
	/** `reflect`: talk. `assess`: scored, two teams. `quiz`: one answer each. */
	mode: oneOf('a mode', ['reflect', 'assess', 'quiz']),
	/** Completes "Answer for ...": `in the last 90 days`. Needed for `assess`. */
	period: line(3, 60).optional(),
	/** The questions, in order. reflect 1-8, assess 5-12, quiz 3-8. */
	items: z.array(item).min(1).max(12),
});

export type Questions = z.output<typeof questionsSchema>;
