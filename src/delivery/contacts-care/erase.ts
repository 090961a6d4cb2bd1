/**
 * Removes a person, in one of two ways. Either the address stays on the provider's suppression list,
 * and nothing can bring it back; or nothing of it stays, which takes two steps three days apart,
 * since a confirm mail that was sent before could make the person anew.
 */
import type { Consent, Person } from '#/delivery/contacts.ts';
import type { People } from '#/delivery/people.ts';
import type { Outcome } from '#/delivery/provider.ts';
import { readValue, refusal } from '#/delivery/stop.ts';

/**
 * Removes somebody and keeps the address out. Doing it again changes nothing.
 * @throws Stop where the provider refuses
 */
export async function keepOut(address: string, people: People): Promise<ErasedOutcome> {
	const person = readValue(await people.find(address), 'look for the person');
	// The list first: between the two writes the address is already out.
	const suppressed = await people.suppress(person?.address ?? address);
	if (suppressed.kind === 'refused') throw refusal(suppressed, 'suppress the address');
	if (!readValue(await people.isSuppressed(address), 'look into the suppression list')) {
		return { kind: 'unclear' };
	}
	return removed(person, address, people);
}

/**
 * Takes the next step of forgetting somebody. The first takes them off everything and clears their
 * names; the second, 72 hours later, removes them.
 * @param nowSeconds - the provider's time, in Unix seconds
 * @throws Stop where the provider refuses
 */
export async function forget(
	address: string,
	topicId: string,
	nowSeconds: number,
	people: People,
): Promise<ForgetOutcome> {
	const person = readValue(await people.find(address), 'look for the person');
	if (!person) return { kind: 'erased', wasThere: false };
	const dueAt = removalDueAt(person);
	if (dueAt === undefined) return takeOff(person, topicId, nowSeconds, people);
	if (nowSeconds < dueAt) return { kind: 'too-early', dueAt };
	return removed(person, address, people);
}

/** When somebody who is being forgotten may be removed, in Unix seconds; undefined for others. */
export function removalDueAt({ unsubscribed, consent }: Person): number | undefined {
	const { leftAt, source } = consent;
	const isBegun = unsubscribed && leftAt !== undefined && source === markOf(leftAt);
	return isBegun ? leftAt + 72 * 3600 : undefined;
}

async function takeOff(
	person: Person,
	topicId: string,
	leftAt: number,
	people: People,
): Promise<ForgetOutcome> {
	const out = await people.choose(person.id, new Map([[topicId, 'opt_out']]));
	const cleared = out.kind === 'ok' ? await people.clearNames(person.id) : out;
	// Last, since the mark says that the rest is done.
	const consent: Consent = { ...person.consent, leftAt, source: markOf(leftAt) };
	const nameless = { ...person, firstName: undefined, lastName: undefined };
	const saved =
		cleared.kind === 'ok'
			? await people.save({ ...nameless, unsubscribed: true, consent })
			: cleared;
	if (saved.kind === 'refused') throw refusal(saved, 'take the person off');
	const after = readValue(await people.get(person.id), 'read the person back');
	const dueAt = after && removalDueAt(after);
	return dueAt === undefined ? { kind: 'unclear' } : { kind: 'begun', dueAt };
}

async function removed(
	person: Person | undefined,
	address: string,
	people: People,
): Promise<ErasedOutcome> {
	if (!person) return { kind: 'erased', wasThere: false };
	const gone: Outcome<unknown> = await people.remove(person.id);
	if (gone.kind === 'refused' && gone.status !== 404) throw refusal(gone, 'remove the person');
	const left = readValue(await people.find(address), 'look for the person again');
	return left ? { kind: 'unclear' } : { kind: 'erased', wasThere: true };
}

/** Bound to its leaving: somebody who came back and left again is not being forgotten. */
function markOf(leftAt: number): string {
	return `forget ${leftAt}`;
}

/** `unclear`: it may or may not have been done, and may simply be done again. */
type ErasedOutcome = { kind: 'erased'; wasThere: boolean } | { kind: 'unclear' };

type ForgetOutcome =
	| ErasedOutcome
	/** The first step is done; the second may be taken from `dueAt`, in Unix seconds. */
	| { kind: 'begun'; dueAt: number }
	| { kind: 'too-early'; dueAt: number };
