import { z } from 'zod';
import { functions, line, oneOf, play, ref, slug } from './fields.ts';

const item = z.strictObject({
	/** Kept for ever: ticks are stored under it. A point with a new meaning gets a new id. */
	id: slug,
	/** The point, at most 110 characters, so that it can be read aloud. */
	text: line(3, 110),
	/** Who answers for it. */
	who: oneOf('a function', functions),
	/** What to open when the point is not clear. */
	link: ref('tip', 'checklist', 'questions', 'term').optional(),
});

/** A list to stop and run at one moment. Its body, if any, says how to run it. */
export const checklistSchema = z.strictObject({
	...play,
	/** `read-do`: read each point, then do it. `do-confirm`: do from memory, then stop and confirm. */
	mode: oneOf('a mode', ['read-do', 'do-confirm']),
	/** The moment to stop and run it. */
	pause: line(5, 90),
	/** One to three groups of three to nine points. */
	sections: z
		.array(z.strictObject({ title: line(2, 60), items: z.array(item).min(3).max(9) }))
		.min(1)
		.max(3),
	/** Who must say yes at the end. Printed as lines to sign. */
	signoff: z.array(oneOf('a function', functions)).default([]),
});

export type Checklist = z.output<typeof checklistSchema>;
