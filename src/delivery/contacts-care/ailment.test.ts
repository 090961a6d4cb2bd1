import { expect, test } from 'vitest';
import type { Consent } from '#/delivery/contacts.ts';
import { ailmentsOf } from './ailment.ts';
import type { PersonFacts } from './ailment.ts';

const now = 1_700_000_000;

function someone(consent: Consent, changes: Partial<PersonFacts> = {}, unsubscribed = false) {
	return ailmentsOf({
		isOptedIn: true,
		isMember: true,
		isSuppressed: false,
		nowSeconds: now,
		person: {
			id: 'c1',
			address: 'ada@example.com',
			firstName: undefined,
			lastName: undefined,
			unsubscribed,
			consent,
		},
		...changes,
	});
}

const joined: Consent = { at: now - 1000, window: now - 2000, source: 'form' };
const half: Consent = { at: now - 1000, source: 'import: Ghost' };
const out = { isOptedIn: false };
const forgotten = (leftAt: number) => ({ ...joined, leftAt, source: `forget ${leftAt}` });

test.each([
	['a reader with proof', joined, {}, false, []],
	['a reader who was brought in', { at: now - 9, window: 0, source: 'import: x' }, {}, false, []],
	['one who left, and it is noted', { ...joined, leftAt: now - 5 }, out, false, []],
	['somebody of another list', {}, { ...out, isMember: false }, false, []],
	['a reader without proof', {}, {}, false, ['no-proof']],
	['a reader without a date', { window: 0 }, {}, false, ['no-date']],
	['a date to come', { ...joined, at: now + 900 }, {}, false, ['no-date']],
	['one who said yes, outside the list', joined, { isMember: false }, false, ['not-listed']],
	['an import cut off', half, { ...out, isMember: false }, false, ['unfinished']],
	['an import cut off later', half, { isMember: false }, false, ['unfinished']],
	['a way back on Resend', { ...joined, leftAt: now - 5 }, {}, false, ['came-back']],
	['a leave never noted', joined, out, false, ['leave-unnoted']],
	['a leave of everything never noted', joined, {}, true, ['leave-unnoted']],
	['one who bounced', joined, { isSuppressed: true }, false, ['suppressed']],
	['being forgotten', forgotten(now - 9), out, true, ['forgetting']],
	['forgotten long enough', forgotten(now - 72 * 3600), out, true, ['forget-due']],
])('%s', (_who, consent, changes, unsubscribed, found) => {
	expect(someone(consent, changes, unsubscribed)).toEqual(found);
});
