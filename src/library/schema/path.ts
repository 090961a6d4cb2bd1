import { z } from 'zod';
import { line, ref, title } from './fields.ts';

/** Entries to read in order. Staff only. */
export const pathSchema = z.strictObject({
	/** Its name, 3-60 characters. */
	title: title(3, 60),
	/** Completes "For ...". */
	for: line(5, 120),
	/** Three to twelve entries, in order. */
	steps: z
		.array(ref('tip', 'checklist', 'questions', 'term'))
		.min(3)
		.max(12),
});

export type Path = z.output<typeof pathSchema>;
