import { z } from 'zod';
import { day, functions, line, oneOf, question, ref, slug, source, title } from './fields.ts';

/** One number of the newsletter. Its body is the hook, then at most one `Announcement`. */
export const issueSchema = z.strictObject({
	/** Its number, equal to the one in the file name; no holes among ready issues. */
	number: z.int().min(1).max(999),
	/** Its name, 3-60 characters. Heading, archive, feed. */
	title: title(3, 60),
	/** The subject line: at most 50 characters, its point in the first 30. */
	subject: line(3, 50),
	/** What the inbox shows after the subject: 40-90 characters, not the subject again. */
	preheader: line(40, 90),
	/** One sentence for the archive and the feed. */
	summary: line(40, 160),
	/** The day it is sent. */
	sendOn: day,
	/** Who wrote it. Named at the top and in the sign-off. */
	author: ref('person'),
	/** The tip it carries: ready and public, not the main tip of an earlier issue. */
	tip: ref('tip'),
	/** True allows a tip that an earlier issue led with. */
	again: z.boolean().default(false),
	/** Up to two public terms, shown before the tip. */
	terms: z.array(ref('term')).max(2).default([]),
	/** Up to two public checklists or question sets, shown as "Do this with". */
	also: z.array(ref('checklist', 'questions')).max(2).default([]),
	/** Heading of the announcement; its text is the `Announcement` in the body. */
	announcement: z.strictObject({ title: title(3, 60), until: day.optional() }).optional(),
	/** One to three closing questions, for a word or a team if you like. */
	questions: z
		.array(
			z.union([
				question.transform((text) => ({ text })),
				z.strictObject({
					text: question,
					term: ref('term').optional(),
					function: oneOf('a function', functions).optional(),
				}),
			]),
		)
		.min(1)
		.max(3),
	/** Its place in a series that the settings declare. */
	series: z.strictObject({ slug, part: z.int().min(1) }).optional(),
	/** Where figures in the issue's own text come from. */
	sources: z.array(source).default([]),
	/** Replaces the author's sign-off. */
	signoff: line(2, 60).optional(),
	/** What was changed after sending, newest last. Shown, dated, on the web page. */
	corrected: z
		.array(
			z.strictObject({
				on: day,
				note: line(5, 200),
				hash: z.string().regex(/^sha256:[0-9a-f]{64}$/, {
					error: 'It is not a content hash. Paste the entry that the check prints.',
				}),
			}),
		)
		.default([]),
	/** `ready` issues are planned, sent and archived. */
	status: oneOf('a status', ['draft', 'ready']).default('draft'),
});

export type Issue = z.output<typeof issueSchema>;
