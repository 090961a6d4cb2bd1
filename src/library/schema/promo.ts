import { z } from 'zod';
import { day, line, oneOf, ref, title } from './fields.ts';

/** An offer, so that nobody who answers customers hears of it from them. Staff only, always. */
export const promoSchema = z.strictObject({
	/** Its name, 5-60 characters. */
	title: title(5, 60),
	/** Exactly what the customer gets. */
	offer: line(10, 160),
	/** First day. */
	starts: day,
	/** Last day, not before the first. */
	ends: day,
	/** Where customers see it. */
	where: z.array(line(2, 80)).min(1),
	/** Who may have it. */
	who: line(5, 160),
	/** One sentence a rep can say. */
	say: line(5, 160),
	/** What not to promise. */
	limits: line(5, 160).optional(),
	/** The page customers see. */
	link: z
		.url({
			protocol: /^https$/,
			error: 'It is no https address. Write it as https://example.com/page.',
		})
		.optional(),
	/** The code customers type. */
	code: line(2, 40).optional(),
	/** Whom to ask. */
	owner: ref('person'),
	/** The briefing: the day, and who held it. Needed before the start. */
	briefed: z.strictObject({ on: day, by: ref('person') }).optional(),
	/** Who has said "we heard", and when. */
	heard: z
		.array(
			z.strictObject({
				function: oneOf('a function', ['sales', 'marketing', 'both', 'leadership', 'front-desk']),
				on: day,
			}),
		)
		.default([]),
});

export type Promo = z.output<typeof promoSchema>;
