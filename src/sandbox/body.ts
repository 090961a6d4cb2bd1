import { z } from 'zod';
import { invalid, missing } from './api-error.ts';

/**
 * Reads a request body. Unknown fields are ignored, as the live API ignores them; an absent required
 * field answers `missing_required_field`, any other mismatch `validation_error`.
 */
export function readBody<T>(schema: z.ZodType<T>, body: unknown): T {
	const result = schema.safeParse(body ?? {});
	if (result.success) return result.data;

	const issue = result.error.issues[0];
	const path = issue?.path ?? [];
	if (path.length === 0) throw invalid('The request body has the wrong type.');
	if (valueAt(body, path) === undefined) throw missing(path.join('.'));
	throw invalid(`Invalid \`${path.join('.')}\` field. ${issue?.message ?? ''}`.trim());
}

const MAILBOX =
	'The email address needs to follow the `email@example.com` or `Name <email@example.com>` format.';

/** A sender or recipient: `email@example.com` or `Name <email@example.com>`. */
export const mailboxSchema = z.string().refine((value) => addressOf(value) !== null, MAILBOX);

/** A bare address. */
export const addressSchema = z
	.string()
	.refine(
		(value) => ADDRESS.test(value),
		'The email address needs to follow the `email@example.com` format.',
	);

/** One or several mailboxes, read as a list. */
export const mailboxesSchema = z
	.union([mailboxSchema, z.array(mailboxSchema)], { error: MAILBOX })
	.transform((value) => (typeof value === 'string' ? [value] : value));

/** The bare address of a mailbox, or null where there is none. */
export function addressOf(mailbox: string): string | null {
	if (/[\r\n]/.test(mailbox)) return null;
	const address = /<([^<>]+)>\s*$/.exec(mailbox)?.[1] ?? mailbox;
	return ADDRESS.test(address.trim()) ? address.trim() : null;
}

const ADDRESS = /^[^\s@<>,;"()[\]\\]{1,64}@(?=.{1,253}$)[a-z0-9-]+(\.[a-z0-9-]+)+$/i;

function valueAt(body: unknown, path: readonly PropertyKey[]): unknown {
	return path.reduce<unknown>(
		// Only own properties of plain JSON are looked at, so the cast cannot hide a method.
		(value, key) =>
			value !== null && typeof value === 'object'
				? (value as Record<PropertyKey, unknown>)[key]
				: undefined,
		body,
	);
}
