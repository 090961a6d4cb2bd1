import { z } from 'zod';
import { care, functions, line, oneOf, publication, ref, title, topics } from './fields.ts';

/** A word the two teams share. Its body, if any, gives an example and says what it is not. */
export const termSchema = z.strictObject({
	...publication,
	...care,
	/** The word, 2-40 characters. */
	title: title(2, 40),
	/** What it means here, without using the word itself. Tooltips, mail, pairs. */
	short: line(20, 160),
	/** The everyday sense, shown above the meaning here. */
	general: line(20, 160).optional(),
	/** Other names for it, unique over all terms. They feed search and the acronym check. */
	aliases: z.array(line(2, 60)).default([]),
	/** The term it is told apart from. That term points back. */
	pair: ref('term').optional(),
	/** What it is about. */
	topic: oneOf('a topic', topics),
	/** True where the firm writes a rule of its own. */
	local: z.boolean().default(false),
	/** The firm's own rule, which a stranger could apply. `null` shows "not agreed yet". Staff only. */
	ours: line(10, 300).nullable().optional(),
	/** Who keeps the rule. */
	owner: oneOf('a function', functions).optional(),
});

export type Term = z.output<typeof termSchema>;
