/**
 * Resend as the endpoints use it. No call is repeated on its own, except a mail with its key: what
 * is asked next depends on what a read shows.
 */
import { Resend } from 'resend';
import type { z } from 'zod';
import { UserError } from '#/user-error.ts';
import { idSchema, outcomeOf } from './answer.ts';
import type { SdkAnswer } from './answer.ts';
import { consentFields } from './contacts.ts';
import type { Consent, Contacts, Mailer, Person } from './contacts.ts';
import { choicesSchema, doneSchema, foundSchema } from './contact-answer.ts';
import type { Gate } from './gate.ts';
import type { Outcome } from './provider.ts';
import { isLoopback, resendHost } from './resend.ts';
import type { Account } from './resend.ts';

/**
 * Opens the contacts of an account. The key needs full access.
 * @param gate - lets calls begin; a call it turns away is an `unknown` outcome, and was not made
 * @throws UserError for a host that is neither Resend's nor this machine
 */
export function openContacts(account: Account, gate: Gate): Contacts {
	const { contacts, suppressions } = clientOf(account);
	const call = caller(account, gate);

	async function found(idOrAddress: string): Promise<Outcome<Person | undefined>> {
		// The SDK puts what it is given into the path as it is.
		const path = encodeURIComponent(idOrAddress);
		const outcome = await call((options) => contacts.get(path, options), foundSchema);
		return isAbsent(outcome) ? { kind: 'ok', value: undefined, at: undefined } : outcome;
	}

	return {
		find: found,
		get: found,
		create: (address, segmentId) =>
			call(
				(options) =>
					contacts.create(
						{ email: address, unsubscribed: false, segments: [{ id: segmentId }] },
						options,
					),
				idSchema,
			),
		joinSegment: (id, segmentId) =>
			call(
				(options) =>
					contacts.segments.add(
						{ contactId: encodeURIComponent(id), segmentId: encodeURIComponent(segmentId) },
						options,
					),
				doneSchema,
			),
		choices: (id) =>
			call(
				(options) => contacts.topics.list({ id: encodeURIComponent(id), limit: 100 }, options),
				choicesSchema,
			),
		choose: (id, choices) => {
			const topics = [...choices].map(([topic, subscription]) => ({ id: topic, subscription }));
			return call(
				(options) => contacts.topics.update({ id: encodeURIComponent(id), topics }, options),
				doneSchema,
			);
		},
		save: (person) =>
			call(
				(options) =>
					contacts.update(
						{
							id: encodeURIComponent(person.id),
							unsubscribed: person.unsubscribed,
							...(person.firstName !== undefined && { firstName: person.firstName }),
							...(person.lastName !== undefined && { lastName: person.lastName }),
							properties: propertiesOf(person.consent),
						},
						options,
					),
				doneSchema,
			),
		isSuppressed: async (address) => {
			const outcome = await call((options) => suppressions.get(address, options), idSchema);
			if (isAbsent(outcome)) return { kind: 'ok', value: false, at: undefined };
			return outcome.kind === 'ok' ? { ...outcome, value: true } : outcome;
		},
	};
}

/**
 * Opens an account for sending single mails. A key that may only send is enough.
 * @throws UserError for a host that is neither Resend's nor this machine
 */
export function openMailer(account: Account, gate: Gate): Mailer {
	const { emails } = clientOf(account);
	const call = caller(account, gate);
	return {
		async send({ from, to, subject, html, text, replyTo, headers }, key) {
			const mail = { from, to, subject, html, text, replyTo, headers };
			const send = (options: { signal: AbortSignal }) =>
				emails.send(mail, { ...options, idempotencyKey: key });
			const first = await call(send, idSchema);
			return first.kind === 'unknown' && !first.message.startsWith(notMade)
				? call(send, idSchema)
				: first;
		},
	};
}

function clientOf(account: Account): Resend {
	const host = account.baseUrl ?? resendHost;
	if (host !== resendHost && !isLoopback(host)) {
		throw new UserError(
			`RESEND_BASE_URL is ${host}, which is neither ${resendHost} nor this machine.`,
			'Unset it: the key would be sent there. Nothing was started.',
		);
	}
	return new Resend(account.key, { baseUrl: host.replace(/\/+$/, '') });
}

function caller(account: Account, gate: Gate): Caller {
	const timeoutMs = account.timeoutMs ?? 4_000;
	return async (call, schema) => {
		if (!(await gate.pass())) return { kind: 'unknown', message: `${notMade}: too busy.` };
		return outcomeOf(await call({ signal: AbortSignal.timeout(timeoutMs) }), schema);
	};
}

function isAbsent(outcome: Outcome<unknown>): boolean {
	return outcome.kind === 'refused' && outcome.status === 404;
}

/** Reads give `{ type, value }`, writes take the value alone. */
function propertiesOf(consent: Consent): Record<string, string | number> {
	const properties: Record<string, string | number> = {};
	for (const [name, { key }] of Object.entries(consentFields)) {
		// The table's keys are exactly those of a consent.
		const value = consent[name as keyof Consent];
		if (value !== undefined) properties[key] = value;
	}
	return properties;
}

const notMade = 'The call was not made';

type Caller = <T>(
	call: (options: { signal: AbortSignal }) => Promise<SdkAnswer>,
	schema: z.ZodType<T>,
) => Promise<Outcome<T>>;
