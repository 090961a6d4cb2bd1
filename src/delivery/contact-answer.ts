import { z } from 'zod';
import { consentFields } from './contacts.ts';
import type { Consent, Person, Subscription } from './contacts.ts';

const optionalText = z
	.string()
	.nullish()
	.transform((text) => text ?? undefined);

/** A field as reads show it. One of another type is as good as none. */
const property = z.object({ value: z.union([z.string(), z.number()]) }).catch({ value: '' });

/** One contact, as `contacts.get` answers. */
export const foundSchema = z
	.object({
		id: z.string().min(1),
		email: z.string().min(1),
		first_name: optionalText,
		last_name: optionalText,
		unsubscribed: z.boolean(),
		properties: z.record(z.string(), property).nullish(),
	})
	.transform((contact): Person => ({
		id: contact.id,
		address: contact.email,
		firstName: contact.first_name,
		lastName: contact.last_name,
		unsubscribed: contact.unsubscribed,
		consent: consentOf(contact.properties ?? {}),
	}));

/** A contact's topics, as `contacts.topics.list` answers. */
export const choicesSchema = z
	.object({
		data: z.array(z.object({ id: z.string(), subscription: z.enum(['opt_in', 'opt_out']) })),
	})
	.transform(
		({ data }): Map<string, Subscription> =>
			new Map(data.map(({ id, subscription }) => [id, subscription])),
	);

/** A write whose answer says nothing that counts: what it did is read back. */
export const doneSchema = z.object({});

function consentOf(properties: Record<string, { value: string | number }>): Consent {
	const consent: Record<string, string | number> = {};
	for (const [name, { key, type }] of Object.entries(consentFields)) {
		const value = properties[key]?.value;
		// oxlint-disable-next-line valid-typeof -- the table holds `string` and `number` only
		if (typeof value === type && value !== undefined) consent[name] = value;
	}
	return consent;
}
