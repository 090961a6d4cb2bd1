import { z } from 'zod';

/**
 * A receipt is the one choice of a broadcast for an issue. It is written before the send, once, and
 * from then on the id in it is the only id. It never holds an address.
 */
export type Receipt = z.output<typeof receiptSchema>;

/** A string that cannot hold an address. */
const plain = z
	.string()
	.min(1)
	.max(200)
	.regex(/^[^@\p{Cc}]*$/u, { error: 'It may not hold an address.' });
const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** Parts that a frozen plan says in the same form. */
export const receiptParts = {
	/** Short name of the newsletter at the provider. */
	site: z.string().regex(/^[a-z0-9-]{1,24}$/),
	issue: z.string().regex(/^\d{3,4}(c\d)?$/),
	/** SHA-256, 64 hex digits. */
	hash,
	planned: z.strictObject({
		local: z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/),
		zone: plain,
		utc: z.iso.datetime(),
		tz: plain,
	}),
};

const receiptSchema = z.strictObject({
	v: z.literal(1),
	site: receiptParts.site,
	issue: receiptParts.issue,
	attempt: z.int().min(1),
	/** The provider's id of the broadcast. */
	broadcast: plain.min(8),
	payloadHash: hash,
	contentHash: hash,
	planned: receiptParts.planned,
	audience: z.strictObject({
		/** The provider's ids. */
		segment: plain,
		topic: plain,
		/** Readers at most: opt-ins can only lower it. */
		upTo: z.int().min(1),
	}),
	/** When the choice was made, by the provider's clock. */
	chosenAt: z.iso.datetime(),
	/** Who ran the command: `person`, or `ci:` and a run. */
	runner: plain,
	/** Which program wrote it: `tandem 1.0.0`. */
	tool: plain,
});

/** Reads the text of a receipt file; a reason where it is none. */
export function parseReceipt(text: string): { receipt: Receipt } | { reason: string } {
	let json: unknown;
	try {
		json = JSON.parse(text);
	} catch {
		return { reason: text.trim() === '' ? 'it is empty' : 'it is not JSON' };
	}
	const parsed = receiptSchema.safeParse(json);
	if (parsed.success) return { receipt: parsed.data };
	const issue = parsed.error.issues[0];
	return {
		reason: `${issue?.path.join('.') || 'receipt'}: ${issue?.message ?? 'it is not valid'}`,
	};
}

/** The bytes of a receipt file, a field a line so that a diff can be read. */
export function formatReceipt(receipt: Receipt): string {
	return `${JSON.stringify(receiptSchema.parse(receipt), null, '\t')}\n`;
}
