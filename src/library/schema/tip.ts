import { z } from 'zod';
import { line, play, question, ref } from './fields.ts';

/** A growth tip: one idea a reader can try this week. Its body has 80 to 350 words. */
export const tipSchema = z.strictObject({
	...play,
	/** The one thing to do, as an instruction. Shown as "Do this" on the page and at the top of the mail. */
	action: line(10, 140),
	/** The question that closes the tip. */
	question,
	/** A line worth remembering. May be shown once more in the mail. */
	pull: line(5, 90).optional(),
	/** A tip that sees it otherwise. Both tips name each other. */
	counter: ref('tip').optional(),
});

export type Tip = z.output<typeof tipSchema>;
