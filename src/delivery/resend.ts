/**
 * The one file that knows the Resend SDK. It turns the SDK's answers into outcomes, paces the calls
 * and repeats those that may be repeated: reads, writes with a key, and writes the provider did not
 * begin.
 */
import { Resend } from 'resend';
import type { z } from 'zod';
import { UserError } from '#/user-error.ts';
import {
	contactSchema,
	domainSchema,
	fullSchema,
	idSchema,
	listedSchema,
	metricsSchema,
	namedSchema,
	outcomeOf,
	pageSchema,
	propertySchema,
	topicSchema,
	usageSchema,
	webhookSchema,
} from './answer.ts';
import type { SdkAnswer } from './answer.ts';
import { callQueue, retryDelay } from './pace.ts';
import type { Pace } from './pace.ts';
import type { BroadcastDraft, Outcome, Provider } from './provider.ts';
import { isQuota } from './stop.ts';

/**
 * Opens an account. One call is in flight at a time, at most two a second against the real host.
 * @throws UserError for a host that is neither Resend's nor this machine: it would get the key
 */
export function openResend(account: Account, pace: Pace): Provider {
	const host = account.baseUrl ?? resendHost;
	if (host !== resendHost && !isLoopback(host)) {
		throw new UserError(
			`RESEND_BASE_URL is ${host}, which is neither ${resendHost} nor this machine.`,
			'Unset it: the key would be sent there. Nothing was sent.',
		);
	}
	const resend = new Resend(account.key, { baseUrl: host.replace(/\/+$/, '') });
	const queued = callQueue(isLoopback(host) ? 0 : 500, pace);
	const timeoutMs = account.timeoutMs ?? 15_000;

	async function attempt<T>(call: Call, schema: z.ZodType<T>): Promise<Attempt<T>> {
		const answer = await queued(() => call({ signal: AbortSignal.timeout(timeoutMs) }));
		return { outcome: outcomeOf(answer, schema), headers: answer.headers ?? {} };
	}

	async function run<T>(rights: Rights, call: Call, schema: z.ZodType<T>): Promise<Outcome<T>> {
		let last = await attempt(call, schema);
		for (let retry = 0; retry < 3 && mayRepeat(last.outcome, rights); retry++) {
			const delayMs = retryDelay(last.headers, retry);
			if (delayMs === undefined) break;
			await pace.wait(delayMs);
			last = await attempt(call, schema);
		}
		return last.outcome;
	}

	const read = <T>(call: Call, schema: z.ZodType<T>) => run('read', call, schema);
	const write = (call: Call) => run('write', call, idSchema);
	const broadcasts = resend.broadcasts;

	return {
		host,
		createBroadcast: (draft) => write((options) => broadcasts.create(fieldsOf(draft), options)),
		listBroadcasts: (after) =>
			read((options) => broadcasts.list(pageOf(after), options), pageSchema(listedSchema)),
		getBroadcast: (id) => read((options) => broadcasts.get(segment(id), options), fullSchema),
		updateBroadcast: (id, change) =>
			write((options) => broadcasts.update(segment(id), fieldsOf(change), options)),
		sendBroadcast: (id, at) =>
			write((options) => broadcasts.send(segment(id), { scheduledAt: at.toISOString() }, options)),
		cancelBroadcast: (id) => write((options) => broadcasts.cancel(segment(id), options)),
		removeBroadcast: (id) => write((options) => broadcasts.remove(segment(id), options)),
		listRecipients: (id, type, after) =>
			read(
				(options) => broadcasts.recipients(segment(id), { type, ...pageOf(after) }, options),
				pageSchema(idSchema),
			),
		getMetrics: (id, from, to) =>
			read(
				(options) =>
					resend.emails.metrics(
						{
							broadcastId: [id],
							startDate: from.toISOString(),
							endDate: to.toISOString(),
							metrics: [...asked],
						},
						options,
					),
				metricsSchema,
			),
		listSegments: (after) =>
			read((options) => resend.segments.list(pageOf(after), options), pageSchema(namedSchema)),
		createSegment: (name) => write((options) => resend.segments.create({ name }, options)),
		// The SDK's own topics.list takes no page and would stop at the first 20.
		listTopics: (after) =>
			read((options) => resend.get(`/topics?${query(after)}`, options), pageSchema(topicSchema)),
		createTopic: (name) => {
			// The SDK's type lacks `visibility`, but it passes unknown fields on. Private topics are
			// hidden from people who left, who could then never come back.
			const topic = { name, defaultSubscription: 'opt_out' as const, visibility: 'public' };
			return write((options) => resend.topics.create(topic, options));
		},
		listContacts: (segmentId, size, after) =>
			read(
				(options) =>
					resend.contacts.list(
						{
							segmentId: segment(segmentId),
							// Without a limit the provider gives everything.
							...(size === 'whole' && after === undefined ? {} : pageOf(after)),
						},
						options,
					),
				pageSchema(contactSchema),
			),
		listProperties: (after) =>
			read(
				(options) => resend.contactProperties.list(pageOf(after), options),
				pageSchema(propertySchema),
			),
		createProperty: (key, type) =>
			write((options) => resend.contactProperties.create({ key, type }, options)),
		getUsage: () => read((options) => resend.usage.get(options), usageSchema),
		listDomains: (after) =>
			read((options) => resend.domains.list(pageOf(after), options), pageSchema(namedSchema)),
		getDomain: (id) => read((options) => resend.domains.get(segment(id), options), domainSchema),
		listWebhooks: (after) =>
			read((options) => resend.webhooks.list(pageOf(after), options), pageSchema(webhookSchema)),
		sendEmail: ({ from, to, subject, html, text, replyTo }, key) => {
			const mail = { from, to, subject, html, text, replyTo };
			return run(
				'keyed',
				(options) => resend.emails.send(mail, { ...options, idempotencyKey: key }),
				idSchema,
			);
		},
	};
}

/** True for an address on this machine, which a key cannot leave. */
export function isLoopback(address: string): boolean {
	if (!URL.canParse(address)) return false;
	const { hostname } = new URL(address);
	return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/** Where Resend answers. */
export const resendHost = 'https://api.resend.com';

function mayRepeat(outcome: Outcome<unknown>, rights: Rights): boolean {
	switch (outcome.kind) {
		case 'ok':
			return false;
		case 'unknown':
			return rights !== 'write';
		case 'refused':
			if (outcome.status === 429) return !isQuota(outcome);
			return outcome.status === 409 && repeatable.has(outcome.name);
	}
}

const asked = ['sent', 'delivered', 'bounced', 'complained', 'suppressed', 'unsubscribed'] as const;

/** Conflicts that pass: something else has it for a moment, or the first try is still under way. */
const repeatable = new Set(['resource_locked', 'concurrent_idempotent_requests']);

/** The fields of a draft by name: what else a caller's object may hold goes nowhere. */
function fieldsOf<T extends Partial<BroadcastDraft>>(draft: T): T {
	const given = Object.entries(draft).filter(([field]) => fields.has(field));
	// Every field of `T` that a draft has is among these.
	return Object.fromEntries(given) as T;
}

const fields: ReadonlySet<string> = new Set([
	'name',
	'from',
	'subject',
	'previewText',
	'replyTo',
	'html',
	'text',
	'segmentId',
	'topicId',
] satisfies (keyof BroadcastDraft)[]);

function pageOf(after: string | undefined): { limit: number; after?: string } {
	return after === undefined ? { limit: 100 } : { limit: 100, after };
}

function query(after: string | undefined): string {
	return String(
		new URLSearchParams(after === undefined ? { limit: '100' } : { limit: '100', after }),
	);
}

/** One part of a path: an id must not be able to name another path. */
function segment(id: string): string {
	return encodeURIComponent(id);
}

/** Who is asked, and with which key. */
export interface Account {
	key: string;
	/** Resend's own address if absent. */
	baseUrl?: string | undefined;
	/** Milliseconds a call may take; 15,000 if absent. */
	timeoutMs?: number | undefined;
}

/** A write with a key of its own may be repeated like a read: it is done once. */
type Rights = 'read' | 'write' | 'keyed';

interface Attempt<T> {
	outcome: Outcome<T>;
	headers: Record<string, string>;
}

type Call = (options: { signal: AbortSignal }) => Promise<SdkAnswer>;
