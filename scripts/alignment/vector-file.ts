/** The shape of a file of test vectors: that of the specification's own. */
import { z } from 'zod';
import { UserError } from '#/user-error.ts';

/**
 * Reads a file of test vectors; a group may be missing. A field that is not of the shape is named
 * in `unchecked`, so that nobody takes it for one that holds.
 * @throws UserError where the file has another shape
 */
export function readVectors(json: string): { vectors: Vectors; unchecked: string[] } {
	let value: unknown;
	try {
		value = JSON.parse(json);
	} catch (error) {
		throw new UserError('The file is not JSON.', undefined, { cause: error });
	}
	const parsed = vectorsSchema.safeParse(value);
	if (!parsed.success) {
		const why = z.prettifyError(parsed.error);
		throw new UserError('The file is not of the shape of the test vectors.', why);
	}
	return { vectors: parsed.data, unchecked: [...new Set(unknownFields(value, parsed.data))] };
}

/** Paths of what parsing left out, without the places in lists. */
function unknownFields(value: unknown, parsed: unknown, path = ''): string[] {
	if (typeof value !== 'object' || value === null) return [];
	const known = new Map(Object.entries(parsed ?? {}));
	return Object.entries(value).flatMap(([key, field]) => {
		const name = Array.isArray(value) ? `${path}[]` : `${path}.${key}`.replace(/^\./, '');
		return known.has(key) ? unknownFields(field, known.get(key), name) : [name];
	});
}

const answer = z.int().min(0).max(5);
const pair = z.tuple([z.number(), z.number()]);

const scaleSchema = z.object({
	id: z.string(),
	sales: z.array(answer),
	marketing: z.array(answer),
	gap: z.number().nullable(),
	gapShown: z.number().nullable(),
	p: z.number(),
	asFar: z.string(),
	ways: z.string(),
	verdict: z.string(),
	splitSales: z.boolean(),
	splitMarketing: z.boolean(),
	restsOnOne: z.boolean(),
	noticeable: z.number().nullable(),
	level: z.string().nullable(),
	twoApart: z.boolean().nullable(),
});

const choiceSchema = z.object({
	id: z.string(),
	options: z.array(z.string()).min(2).max(5),
	sales: z.array(z.string()),
	marketing: z.array(z.string()),
	agreed: z.string().nullable(),
	matchingPairs: z.number(),
	allPairs: z.number(),
	matchChance: z.number().nullable(),
	insideSales: pair.nullable(),
	insideMarketing: pair.nullable(),
	right: z.object({ sales: pair, marketing: pair }).nullable(),
});

const round = { set: z.string(), round: z.string(), mode: z.enum(['open', 'closed']) };

const vectorsSchema = z.object({
	about: z.string().optional(),
	scale: z.array(scaleSchema).default([]),
	choice: z.array(choiceSchema).default([]),
	noticeable: z.array(z.object({ n1: z.number(), n2: z.number(), x: z.number() })).default([]),
	falseClear: z.array(z.object({ questions: z.number(), oneIn: z.number() })).default([]),
	codeKeys: z
		.record(z.string(), z.object({ setKey: z.number(), versionKey: z.number() }))
		.default({}),
	codes: z
		.array(
			z.object({
				...round,
				code: z.string(),
				team: z.enum(['sales', 'marketing', 'leader']),
				level: z.enum(['member', 'lead']),
				nonce: z.number(),
				answers: z.array(z.number()),
			}),
		)
		.default([]),
	codesSame: z.array(z.object({ given: z.string(), alsoAccepted: z.string() })).default([]),
	codesRefused: z
		.strictObject({
			page: z.object(round),
			cases: z.array(
				z.object({ code: z.string(), error: z.string(), why: z.string().default('') }),
			),
		})
		.default({ page: { set: '', round: '00', mode: 'open' }, cases: [] }),
	crc32: z.array(z.object({ text: z.string(), crc32: z.string() })).default([]),
});

export type Vectors = z.output<typeof vectorsSchema>;
export type ScaleCase = z.output<typeof scaleSchema>;
export type ChoiceCase = z.output<typeof choiceSchema>;
