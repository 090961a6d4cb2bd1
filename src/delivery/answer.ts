import { z } from 'zod';
import type { FullBroadcast, ListedBroadcast, Outcome } from './provider.ts';

/**
 * Reads what the SDK answered. Its `error` without a numeric `statusCode` covers a lost answer, so
 * it never means "failed"; nor does a fault of the server, which may come after the effect.
 */
export function outcomeOf<T>(
	{ data, error, headers }: SdkAnswer,
	schema: z.ZodType<T>,
): Outcome<T> {
	if (error !== null && error !== undefined) {
		const { statusCode, name, message } = errorSchema.parse(error);
		// The SDK itself turned the call down, before anything left this machine.
		const isLocal =
			headers === null && (name === 'invalid_parameter' || name === 'missing_required_field');
		if (isLocal) return { kind: 'refused', status: 400, name, message };
		if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
			return { kind: 'refused', status: statusCode, name, message };
		}
		return {
			kind: 'unknown',
			message: statusCode === undefined ? message : `${statusCode} ${message}`,
		};
	}
	const parsed = schema.safeParse(data);
	if (!parsed.success)
		return { kind: 'unknown', message: 'The answer was not what the API promises.' };
	return { kind: 'ok', value: parsed.data, at: dateOf(headers) };
}

function dateOf(headers: Record<string, string> | null): Date | undefined {
	const time = Date.parse(headers?.['date'] ?? '');
	return Number.isNaN(time) ? undefined : new Date(time);
}

// What the network says is checked field by field; unknown fields are let through unread.
const oneLine = (fallback: string) =>
	z
		.string()
		.catch(fallback)
		.transform((text) => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim());

const errorSchema = z
	.object({
		statusCode: z.number().optional().catch(undefined),
		name: oneLine('unknown_error'),
		message: oneLine('The provider gave no reason.'),
	})
	.catch({ statusCode: undefined, name: 'unknown_error', message: 'The provider gave no reason.' });

const id = z.string().min(1);
const optionalText = z
	.string()
	.nullish()
	.transform((text) => text ?? undefined);

export const idSchema = z.object({ id });
export const namedSchema = z.object({ id, name: z.string() });
export const contactSchema = z.object({ id, unsubscribed: z.boolean() });

export const topicSchema = z
	.object({ id, name: z.string(), default_subscription: z.string() })
	.transform((topic) => ({
		id: topic.id,
		name: topic.name,
		defaultSubscription: topic.default_subscription,
	}));

const listedFields = z.object({
	id,
	name: z
		.string()
		.nullish()
		.transform((name) => name ?? ''),
	status: z.string(),
	created_at: z.string(),
	scheduled_at: optionalText,
	sent_at: optionalText,
});

export const listedSchema = listedFields.transform((row): ListedBroadcast => ({
	id: row.id,
	name: row.name,
	status: row.status,
	createdAt: row.created_at,
	scheduledAt: row.scheduled_at,
	sentAt: row.sent_at,
}));

export const fullSchema = listedFields
	.extend({
		from: optionalText,
		subject: optionalText,
		preview_text: optionalText,
		reply_to: z.union([z.array(z.string()), z.string()]).nullish(),
		html: optionalText,
		text: optionalText,
		segment_id: optionalText,
		audience_id: optionalText,
		topic_id: optionalText,
	})
	.transform((row): FullBroadcast => ({
		id: row.id,
		name: row.name,
		status: row.status,
		createdAt: row.created_at,
		scheduledAt: row.scheduled_at,
		sentAt: row.sent_at,
		from: row.from,
		subject: row.subject,
		previewText: row.preview_text,
		replyTo: [row.reply_to ?? []].flat(),
		html: row.html,
		text: row.text,
		segmentId: row.segment_id ?? row.audience_id,
		topicId: row.topic_id,
	}));

/** A page of a list. */
export function pageSchema<T>(item: z.ZodType<T>) {
	return z
		.object({ has_more: z.boolean().default(false), data: z.array(item) })
		.transform((page) => ({ items: page.data, hasMore: page.has_more }));
}

/** What every call of the SDK resolves to. */
export interface SdkAnswer {
	data: unknown;
	error: unknown;
	headers: Record<string, string> | null;
}
