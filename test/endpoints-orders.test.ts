/** Random orders of what people do: nobody who left is mailed, nobody who said yes is lost. */
import { expect, test } from 'vitest';
import type { Contacts, Person } from '#/delivery/contacts.ts';
import type { Ports } from '#/endpoints/ports.ts';
import { liveMany } from '../scripts/bench/orders.ts';

test('2,000 lives on the list end as their people meant them to', async () => {
	const { wrongs, steps } = await liveMany(1, 2_000);
	expect(wrongs).toEqual([]);
	expect(steps).toBeGreaterThan(10_000);
});

/** Hides a part of what is known of a person from whoever looks them up by address: from joining. */
function forgetful(change: (person: Person) => Person) {
	return ({ contacts }: Ports): Partial<Ports> => {
		const find: Contacts['find'] = async (address) => {
			const found = await contacts.find(address);
			return found.kind === 'ok' && found.value ? { ...found, value: change(found.value) } : found;
		};
		return { contacts: { ...contacts, find } };
	};
}

test.each([
	// As if everybody had left the second after they joined, and that were known.
	[
		'when somebody left',
		forgetful((person) => ({
			...person,
			consent: { ...person.consent, leftAt: (person.consent.at ?? 0) + 1 },
		})),
	],
	[
		'which link was used',
		forgetful((person) => ({ ...person, consent: { ...person.consent, window: undefined } })),
	],
	[
		'who is suppressed',
		({ contacts }: Ports) => ({
			contacts: {
				...contacts,
				isSuppressed: async () => ({ kind: 'ok' as const, value: false, at: undefined }),
			},
		}),
	],
])('forgetting %s would be found', async (_what, spoil) => {
	const { wrongs } = await liveMany(1, 400, undefined, spoil);
	expect(wrongs.length).toBeGreaterThan(0);
});
