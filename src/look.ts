/** What a firm may choose of how its mails and pages look, and what its choice is held against. */
import { z } from 'zod';
import { nearestReadable, readableRatio, worstGround } from './contrast.ts';

/** The grounds that words stand on in a mail. The pages of both sites are no harder to read on. */
export const grounds = {
	/** Around the letter. */
	paper: { light: '#f6f3ee', dark: '#111617' },
	/** The letter. */
	card: { light: '#ffffff', dark: '#1a2122' },
	/** A cell on the letter. */
	tint: { light: '#f4f7f5', dark: '#232d2e' },
} as const;

const colour = z
	.string()
	.regex(/^#[0-9a-f]{6}$/i, { error: "Write it as '#0f5c5c', with quotation marks." })
	.transform((hex) => hex.toLowerCase());

export const lookSchema = z
	.strictObject({
		/**
		 * The firm's colour on light grounds: links, labels, and the block that says what to do. It
		 * must be readable on all of them, 4.5 to 1; a paler one is refused, with the nearest that is.
		 */
		accent: colour.default('#0f5c5c'),

		/** The same on dark grounds, for readers in dark mode: a light shade of it. */
		accentDark: colour.default('#7fd1c7'),

		/**
		 * A picture above the name of the newsletter in a mail. Without one the name stands alone, which
		 * is what readers with pictures off see anyway.
		 */
		logo: z
			.strictObject({
				/** A PNG or JPEG in `public/`: `/logo.png`. No transparent ground: it must show on dark too. */
				src: z.string().regex(/^\/(?:[\w-]+\/)*[\w-]+\.(?:png|jpe?g)$/, {
					error: 'Write it as /logo.png, a PNG or JPEG in public/.',
				}),
				/** As shown, in px. The file may be twice as large. */
				width: z.int().min(24).max(536),
				/** As shown, in px. */
				height: z.int().min(24).max(200),
			})
			.optional(),
	})
	.superRefine((look, context) => {
		for (const [field, scheme] of fields) {
			const all = Object.values(grounds).map((ground) => ground[scheme]);
			const { ground, ratio } = worstGround(look[field], all);
			if (ratio >= readableRatio) continue;
			context.addIssue({
				code: 'custom',
				path: [field],
				// Cut, not rounded: 4.49 must not read as 4.5.
				message: `${look[field]} is hard to read on ${ground}, a ${scheme} ground of mails: ${(Math.floor(ratio * 10) / 10).toFixed(1)} to 1, and it takes 4.5. The nearest colour that can be read is '${nearestReadable(look[field], all)}'.`,
			});
		}
	});

const fields = [
	['accent', 'light'],
	['accentDark', 'dark'],
] as const;

export type Look = z.output<typeof lookSchema>;
