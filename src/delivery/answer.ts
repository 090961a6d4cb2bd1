import { z } from 'zod';
import type {
	Domain,
	FullBroadcast,
	ListedBroadcast,
	Metrics,
	Outcome,
	Usage,
	Webhook,
} from './provider.ts';

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
	.object({
		id,
		name: z.string(),
		default_subscription: z.string(),
		visibility: z.string().optional().catch(undefined),
	})
	.transform((topic) => ({
		id: topic.id,
		name: topic.name,
		defaultSubscription: topic.default_subscription,
		visibility: topic.visibility,
	}));

export const propertySchema = z.object({ id, key: z.string(), type: z.enum(['string', 'number']) });

const count = z.number().min(0).default(0);

export const metricsSchema = z
	.object({
		totals: z.object({
			sent: count,
			delivered: count,
			bounced: count,
			complained: count,
			suppressed: count,
			unsubscribed: count,
		}),
	})
	.transform(({ totals }): Metrics => totals);

export const usageSchema = z
	.object({
		contacts: z.object({ used: z.number(), limit: z.number().nullish() }),
		rate_limit: z
			.object({ limit: z.number(), duration: z.string().default('1s') })
			.optional()
			.catch(undefined),
	})
	.transform(({ contacts, rate_limit: rate }): Usage => ({
		contacts: { used: contacts.used, limit: contacts.limit ?? null },
		rate: rate && { limit: rate.limit, per: rate.duration },
	}));

export const domainSchema = z
	.object({
		id,
		name: z.string(),
		status: z.string(),
		open_tracking: z.boolean().default(false),
		click_tracking: z.boolean().default(false),
		records: z
			.array(
				z.object({
					record: z.string(),
					type: z.string(),
					name: z.string(),
					value: z.string(),
					status: z.string(),
				}),
			)
			.default([]),
	})
	.transform((domain): Domain => ({
		id: domain.id,
		name: domain.name,
		status: domain.status,
		isTrackingOpens: domain.open_tracking,
		isTrackingClicks: domain.click_tracking,
		records: domain.records.map(({ record, ...rest }) => ({ purpose: record, ...rest })),
	}));

export const webhookSchema = z
	.object({ id, endpoint: z.string(), status: z.string() })
	.transform((webhook): Webhook => ({
		id: webhook.id,
		endpoint: webhook.endpoint,
		isEnabled: webhook.status === 'enabled',
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
	segment_id: optionalText,
	audience_id: optionalText,
});

export const listedSchema = listedFields.transform((row): ListedBroadcast => ({
	id: row.id,
	name: row.name,
	status: row.status,
	createdAt: row.created_at,
	scheduledAt: row.scheduled_at,
	sentAt: row.sent_at,
	segmentId: row.segment_id ?? row.audience_id,
}));

export const fullSchema = listedFields
	.extend({
		from: optionalText,
		subject: optionalText,
		preview_text: optionalText,
		reply_to: z.union([z.array(z.string()), z.string()]).nullish(),
		html: optionalText,
		text: optionalText,
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
