import { z } from 'zod';
import { functions, line, oneOf } from './fields.ts';

/** Someone who writes, owns or answers for an entry. */
export const personSchema = z.strictObject({
	/** Full name, as it is signed. */
	name: line(2, 60),
	/** What the person does, shown under the name. */
	role: line(2, 60),
	/** Which team the person works in. */
	function: oneOf('a function', functions),
	/** One or two sentences, at most 200 characters. */
	bio: line(10, 200).optional(),
	/** The wish that closes an issue. */
	signoff: line(2, 60).optional(),
	/** How staff reach the person. Never on the public site. */
	email: z.email().optional(),
	/** A portrait beside the file, with words for those who do not see it. */
	photo: z
		.strictObject({
			src: z.string().regex(/^\.\/[\w.-]+\.(?:png|jpe?g)$/, {
				error: 'It is not a picture beside this file. Write it as ./its-name.jpg, PNG or JPEG.',
			}),
			alt: line(3, 150),
		})
		.optional(),
});

export type Person = z.output<typeof personSchema>;
