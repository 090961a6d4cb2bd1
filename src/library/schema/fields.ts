/** The fields that several kinds share. What each is, where it shows, its limit. */
import { z } from 'zod';
import { isDay } from '#/day.ts';

export const topics = [
	'language',
	'handoff',
	'metrics',
	'feedback',
	'planning',
	'customer',
	'message',
	'launch',
	'people',
	'tension',
] as const;
export const functions = ['sales', 'marketing', 'both', 'leadership'] as const;
export const stages = [
	'awareness',
	'consideration',
	'decision',
	'onboarding',
	'retention',
	'any',
] as const;
export const grades = ['opinion', 'practice', 'survey', 'study'] as const;

/** Controls that could break out of a header, a line or a reading direction. */
const forbidden = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

/** One line of plain text within a length. */
export function line(min: number, max: number) {
	return z
		.string()
		.trim()
		.check((context) => {
			const text = context.value;
			if (text.length < min) {
				context.issues.push({
					code: 'custom',
					input: text,
					message: `${text.length} ${text.length === 1 ? 'character' : 'characters'}, at least ${min}. Add ${min - text.length}.`,
				});
			}
			if (text.length > max) {
				context.issues.push({
					code: 'custom',
					input: text,
					message: `${text.length} ${text.length === 1 ? 'character' : 'characters'}, at most ${max}. Cut ${text.length - max}.`,
				});
			}
			if (forbidden.test(text)) {
				context.issues.push({
					code: 'custom',
					input: text,
					message: 'It holds a line break or another control character. Type it again on one line.',
				});
			}
		});
}

/** A question of at most 140 characters that ends with a question mark. */
export const question = line(5, 140).check((context) => {
	if (!context.value.endsWith('?')) {
		context.issues.push({
			code: 'custom',
			input: context.value,
			message: `"${context.value}" does not end with "?". Add it.`,
		});
	}
});

/** A title without a full stop at its end. */
export function title(min: number, max: number) {
	return line(min, max).refine((text) => !text.endsWith('.'), {
		error: 'It ends with a full stop. Take it off.',
	});
}

/** A day that exists, written `2026-11-24`. */
export const day = z
	.string({ error: 'It is not a day. Write it as 2026-11-24.' })
	.refine(isDay, { error: 'It is not a day of the calendar. Write it as 2026-11-24.' });

/** A name in a file name or an id: lower case, digits and single hyphens, at most 60 characters. */
export const slug = z
	.string()
	.max(60)
	.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, {
		error: 'It is not kebab-case. Use lower-case letters, digits and single hyphens.',
	});

/** A reference to another entry of one of these kinds: `tip/no-surprise-promos`. */
export function ref(...kinds: string[]) {
	return z.string().regex(new RegExp(`^(${kinds.join('|')})/[a-z0-9]+(-[a-z0-9]+)*$`), {
		error: `It is not a reference. Write it as ${kinds[0]}/its-file-name (${kinds.join(', ')}).`,
	});
}

/** One of a closed list, with the list in the message. */
export function oneOf<const T extends readonly string[]>(noun: string, values: T) {
	return z.enum(values, {
		error: (issue) => `"${String(issue.input)}" is not ${noun}. Use one of ${values.join(', ')}.`,
	});
}

export const source = z.strictObject({
	/** The work's title, as printed. */
	title: line(3, 200),
	/** Its authors, or the organisation. */
	by: line(2, 160),
	/** Year of publication. */
	year: z.int().min(1900).max(2100).optional(),
	/** Where it can be read. */
	url: z
		.url({
			protocol: /^https$/,
			error: 'It is no https address. Write it as https://example.com/page.',
		})
		.optional(),
});

/** Who may see it, and how far it has come. Both fail closed. */
export const publication = {
	/** Who may see it: `staff` keeps it on the staff site, `public` allows both. */
	audience: oneOf('an audience', ['staff', 'public']).default('staff'),
	/** How far it has come: `draft` shows in previews only. */
	status: oneOf('a status', ['draft', 'ready', 'retired']).default('draft'),
};

/** Who answers for it, and how long it may be trusted. */
export const care = {
	/** The person who answers for it. Needed at ready. */
	author: ref('person').optional(),
	/** The day somebody last checked it. Needed at ready, not in the future. */
	reviewed: day.optional(),
	/** Months until it needs another look. Checklists 6, others 12 unless said. */
	reviewEvery: z.int().min(1).max(24).optional(),
	/** Where its claims come from. Needed for `survey`, `study` and for any figure. */
	sources: z.array(source).default([]),
	/** Earlier file names. References to them resolve here, and their addresses lead here. */
	was: z.array(slug).default([]),
	/** What to read instead. Only with `status: retired`. */
	replacedBy: ref('tip', 'checklist', 'questions', 'term').optional(),
};

/** The fields of a tip, a checklist and a question set. */
export const play = {
	/** Its name, 5-60 characters, no full stop. Heading, link text, search result. */
	title: title(5, 60),
	/** One sentence that says what it is good for. Lists, search results, feed. */
	summary: line(40, 160),
	/** Completes "Use this when ...": the reader's situation, in the reader's words. */
	when: line(10, 90),
	/** What it is about. One of ten, so that lists stay findable. */
	topic: oneOf('a topic', topics),
	/** Who acts on it. */
	function: oneOf('a function', functions),
	/** Where the buyer stands. A guide, no law. */
	stage: z.array(oneOf('a stage', stages)).min(1).default(['any']),
	/** Whole minutes it takes to do, not to read. */
	effort: z.int().min(1).max(240),
	/** True where someone from the other team is needed. */
	together: z.boolean().default(false),
	...publication,
	...care,
	/** How well its claim is founded. `survey` and `study` need `sources`. */
	evidence: oneOf('a grade', grades).default('opinion'),
	/** Up to three entries to read next. The rest is found by topic and terms. */
	related: z
		.array(ref('tip', 'checklist', 'questions', 'term'))
		.max(3)
		.default([]),
	/** Up to eight phrases people may type. Indexed, never shown. */
	find: z.array(line(2, 60)).max(8).default([]),
};
