/** Resend as an operator's commands use it: one call at a time, two a second. */
import { Resend } from 'resend';
import { z } from 'zod';
import { idSchema, outcomeOf, pageSchema } from './answer.ts';
import type { SdkAnswer } from './answer.ts';
import { doneSchema } from './contact-answer.ts';
import { consentFields } from './contacts.ts';
import { openGate } from './gate.ts';
import { retryDelay } from './pace.ts';
import type { Pace } from './pace.ts';
import type { People } from './people.ts';
import type { Outcome } from './provider.ts';
import { openContacts } from './resend-contacts.ts';
import { isLoopback, resendHost } from './resend.ts';
import type { Account } from './resend.ts';
import { isQuota } from './stop.ts';

/**
 * Opens the people of an account. The key needs full access.
 * @throws UserError for a host that is neither Resend's nor this machine: it would get the key
 */
export function openPeople(account: Account, pace: Pace): People {
	const host = account.baseUrl ?? resendHost;
	const timeoutMs = account.timeoutMs ?? 15_000;
	const gate = openGate(isLoopback(host) ? 0 : 500, Number.POSITIVE_INFINITY, pace);
	const shared = openContacts({ ...account, timeoutMs }, gate);
	const { contacts, suppressions } = new Resend(account.key, {
		baseUrl: host.replace(/\/+$/, ''),
	});

	async function call<T>(ask: Ask, schema: z.ZodType<T>): Promise<Outcome<T>> {
		await gate.pass();
		return outcomeOf(await ask({ signal: AbortSignal.timeout(timeoutMs) }), schema);
	}

	async function repeated<T>(
		rights: 'read' | 'write',
		ask: () => Promise<Outcome<T>>,
	): Promise<Outcome<T>> {
		let last = await ask();
		for (let retry = 0; retry < 3 && mayRepeat(last, rights); retry++) {
			await pace.wait(retryDelay({}, retry) ?? 0);
			last = await ask();
		}
		return last;
	}

	const read = <T>(ask: () => Promise<Outcome<T>>) => repeated('read', ask);
	const write = <T>(ask: () => Promise<Outcome<T>>) => repeated('write', ask);
	const part = encodeURIComponent;

	return {
		find: (address) => read(() => shared.find(address)),
		get: (id) => read(() => shared.get(id)),
		choices: (id) => read(() => shared.choices(id)),
		isSuppressed: (address) => read(() => shared.isSuppressed(address)),
		joinSegment: (id, segmentId) => write(() => shared.joinSegment(id, segmentId)),
		choose: (id, choices) => write(() => shared.choose(id, choices)),
		save: (person) => write(() => shared.save(person)),
		add: (email, { source, at }) => {
			const properties = { [consentFields.source.key]: source, [consentFields.at.key]: at };
			const person = { email, unsubscribed: false, properties };
			return write(() => call((options) => contacts.create(person, options), idSchema));
		},
		list: (segmentId, size, after) => {
			const of = segmentId === undefined ? {} : { segmentId: part(segmentId) };
			// Without a limit the provider gives everything.
			const page = size === 'whole' && after === undefined ? {} : pageOf(after);
			return read(() =>
				call((options) => contacts.list({ ...of, ...page }, options), pageSchema(personSchema)),
			);
		},
		segments: (id) =>
			read(() =>
				call(
					(options) => contacts.segments.list({ contactId: part(id), limit: 100 }, options),
					segmentsSchema,
				),
			),
		listSuppressed: (after) =>
			read(() =>
				call((options) => suppressions.list(pageOf(after), options), pageSchema(suppressedSchema)),
			),
		suppress: (email) =>
			write(() => call((options) => suppressions.add({ email }, options), doneSchema)),
		clearNames: (id) => {
			const change = { id: part(id), unsubscribed: true, firstName: null, lastName: null };
			return write(() => call((options) => contacts.update(change, options), doneSchema));
		},
		remove: (id) => write(() => call((options) => contacts.remove(part(id), options), doneSchema)),
	};
}

function pageOf(after: string | undefined): { limit: number; after?: string } {
	return after === undefined ? { limit: 100 } : { limit: 100, after };
}

function mayRepeat(outcome: Outcome<unknown>, rights: 'read' | 'write'): boolean {
	if (outcome.kind === 'unknown') return rights === 'read';
	if (outcome.kind === 'ok') return false;
	if (outcome.status === 429) return !isQuota(outcome);
	return outcome.status === 409 && outcome.name === 'resource_locked';
}

const suppressedSchema = z
	.object({ id: z.string().min(1), email: z.string().min(1) })
	.transform(({ id, email }) => ({ id, address: email }));

const personSchema = z
	.object({ id: z.string().min(1), email: z.string().min(1), unsubscribed: z.boolean() })
	.transform(({ id, email, unsubscribed }) => ({ id, address: email, unsubscribed }));

const segmentsSchema = z
	.object({ data: z.array(z.object({ id: z.string() })) })
	.transform(({ data }) => data.map(({ id }) => id));

type Ask = (options: { signal: AbortSignal }) => Promise<SdkAnswer>;
