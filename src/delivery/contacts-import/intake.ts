import { everyPage } from '#/delivery/pages.ts';
import type { ListedPerson, People } from '#/delivery/people.ts';
import { keyOf } from './entries.ts';
import type { Entry, Reading, Refusal } from './entries.ts';
import type { Reason } from './reason.ts';
import { look, take } from './take.ts';
import type { Intake } from './take.ts';

/**
 * Says what an import would do: which lines are settled by lists alone, and which are to be taken.
 * Writes nothing.
 * @throws Stop where the provider cannot be read
 */
export async function planIntake(reading: Reading, intake: Intake): Promise<IntakePlan> {
	const { people, segmentId } = intake;
	const members = keyed(await listPeople(segmentId, people));
	const suppressed = keyed(await listSuppressed(people));
	const refused: Refusal[] = [...reading.refused];
	const todo: Entry[] = [];
	for (const entry of reading.entries) {
		const key = keyOf(entry.address);
		const reason = suppressed.has(key) ? 'suppressed' : reasonOfMember(members.get(key));
		if (reason === undefined) todo.push(entry);
		else refused.push({ line: entry.line, reason });
	}
	return { todo, refused: refused.toSorted((one, other) => one.line - other.line) };
}

/**
 * Looks at those to be taken who are known to the provider already. Writes nothing.
 * @throws Stop where the provider cannot be read
 */
export async function rehearse(plan: IntakePlan, intake: Intake): Promise<IntakePlan> {
	const known = keyed(await listPeople(undefined, intake.people));
	const refused: Refusal[] = [...plan.refused];
	const todo: Entry[] = [];
	for (const entry of plan.todo) {
		const step = known.has(keyOf(entry.address)) ? await look(entry, intake) : undefined;
		if (step?.kind === 'refused') refused.push({ line: entry.line, reason: step.reason });
		else todo.push(entry);
	}
	return { todo, refused: refused.toSorted((one, other) => one.line - other.line) };
}

/**
 * Takes them in, one after the other.
 * @param tell - hears of each line as it is done with; `undefined` for one that was taken
 * @throws Stop where the provider cannot be read, or refuses everything; what was taken stays
 */
export async function takeAll(
	todo: readonly Entry[],
	intake: Intake,
	tell: (line: number, reason: Reason | undefined) => void,
): Promise<void> {
	for (const entry of todo) {
		const taken = await take(entry, intake);
		tell(entry.line, taken.kind === 'taken' ? undefined : taken.reason);
	}
}

/** Everybody in a segment, or of the account: in one answer where the provider manages that. */
export async function listPeople(
	segmentId: string | undefined,
	people: People,
): Promise<ListedPerson[]> {
	const whole = await people.list(segmentId, 'whole');
	if (whole.kind === 'ok' && !whole.value.hasMore) return whole.value.items;
	const { items } = await everyPage(
		(after) => people.list(segmentId, 'page', after),
		'list the people',
	);
	return items;
}

/** Every address the provider mails no more. */
export async function listSuppressed(people: People): Promise<{ id: string; address: string }[]> {
	const { items } = await everyPage(
		(after) => people.listSuppressed(after),
		'list the suppressed addresses',
	);
	return items;
}

function keyed<T extends { address: string }>(items: readonly T[]): Map<string, T> {
	return new Map(items.map((item) => [keyOf(item.address), item]));
}

function reasonOfMember(member: ListedPerson | undefined): Reason | undefined {
	if (!member) return undefined;
	return member.unsubscribed ? 'unsubscribed' : 'member';
}

export interface IntakePlan {
	/** To be taken, in the order of the file. */
	todo: Entry[];
	/** By line. */
	refused: Refusal[];
}
