/**
 * Joining and leaving. Every step may be cut off and done again: each write leads to the same end,
 * and what marks a link as used is written last. Whoever left stays out until they ask again, by a
 * link that is younger than their leaving.
 */
import type { Consent, Contacts, Person, Subscription } from './contacts.ts';
import type { Outcome } from './provider.ts';

/**
 * Lets somebody in who pressed the button of a confirm mail, unless the link was used, or they left
 * after it was made.
 */
export async function join(asked: JoinRequest, list: List): Promise<JoinOutcome> {
	const { contacts } = list;
	const isSuppressed = await contacts.isSuppressed(asked.address);
	if (isSuppressed.kind !== 'ok') return unclear(isSuppressed);
	if (isSuppressed.value) return { kind: 'suppressed' };

	const found = await contacts.find(asked.address);
	if (found.kind !== 'ok') return unclear(found);
	if (!found.value) {
		const made = await contacts.create(asked.address, list.segmentId);
		if (made.kind !== 'ok') return unclear(made);
		return letIn(made.value.id, {}, asked, list);
	}
	const person = found.value;
	const choices = await contacts.choices(person.id);
	if (choices.kind !== 'ok') return unclear(choices);

	const { consent } = person;
	const hasJoined = consent.window !== undefined;
	const out = isOut(person, choices.value, list);
	if (consent.window !== undefined && asked.iat <= consent.window) {
		return out ? { kind: 'left' } : { kind: 'already', personId: person.id };
	}
	if (out && (hasJoined || person.unsubscribed) && !isLeaveKnown(consent)) {
		const noted = await noteLeave(person, seconds(list), list);
		return noted.kind === 'ok' ? { kind: 'left' } : unclear(noted);
	}
	if (consent.leftAt !== undefined && asked.iat <= consent.leftAt + echoSeconds) {
		return { kind: 'left' };
	}
	return letIn(person.id, consent, asked, list);
}

/**
 * Takes somebody off the letter. Done as soon as the provider took the choice; when it was is noted
 * where that can be.
 * @param isOwnPage - true reads first whether they were in, so that the answer can offer a way back
 */
export async function leave(id: string, isOwnPage: boolean, list: List): Promise<LeaveOutcome> {
	const { contacts } = list;
	const before = isOwnPage ? await standing(id, list) : undefined;
	const out = new Map(list.topics.map((topic) => [topic, 'opt_out' as const]));
	const done = await contacts.choose(id, out);
	if (done.kind === 'refused' && done.status === 404) return { kind: 'out', leftAt: undefined };
	if (done.kind !== 'ok') return unclear(done);

	const person = await contacts.get(id);
	if (person.kind !== 'ok' || !person.value) return { kind: 'out', leftAt: undefined };
	const leftAt = seconds(list);
	const noted = await noteLeave(person.value, leftAt, list);
	const wasIn = before?.kind === 'ok' && before.value?.isIn === true;
	return { kind: 'out', leftAt: noted.kind === 'ok' && wasIn ? leftAt : undefined };
}

/** Takes somebody off everything that the account ever sends. */
export async function leaveAll(id: string, list: List): Promise<LeaveOutcome> {
	const before = await standing(id, list);
	if (before.kind !== 'ok') return unclear(before);
	if (!before.value) return { kind: 'out', leftAt: undefined };
	const { person, isIn } = before.value;
	const leftAt = seconds(list);
	const done = await noteLeave({ ...person, unsubscribed: true }, leftAt, list);
	return done.kind === 'ok' ? { kind: 'out', leftAt: isIn ? leftAt : undefined } : unclear(done);
}

/**
 * Lets somebody back in who left within the hour and says that it was a slip.
 * @param isMeant - whether a leaving, in Unix seconds, is the one to undo: no other ever is
 */
export async function comeBack(
	id: string,
	isMeant: (leftAt: number) => boolean,
	wording: string,
	list: List,
): Promise<JoinOutcome> {
	const before = await standing(id, list);
	if (before.kind !== 'ok') return unclear(before);
	if (!before.value) return { kind: 'left' };
	const { person, isIn } = before.value;
	const suppressed = await list.contacts.isSuppressed(person.address);
	if (suppressed.kind !== 'ok') return unclear(suppressed);
	if (suppressed.value) return { kind: 'suppressed' };
	if (isIn) return { kind: 'already', personId: id };
	const { leftAt } = person.consent;
	if (leftAt === undefined || !isMeant(leftAt)) return { kind: 'left' };
	const consent = { window: 0, ...person.consent, at: seconds(list), wording };
	return write(id, list.topics, consent, list);
}

/** Where somebody stands; undefined where there is nobody of that id. */
export async function standing(id: string, list: List): Promise<Outcome<Standing | undefined>> {
	const person = await list.contacts.get(id);
	if (person.kind !== 'ok') return person;
	if (!person.value) return { kind: 'ok', value: undefined, at: person.at };
	const choices = await list.contacts.choices(id);
	if (choices.kind !== 'ok') return choices;
	const isIn = !isOut(person.value, choices.value, list);
	return {
		kind: 'ok',
		value: { person: person.value, choices: choices.value, isIn },
		at: choices.at,
	};
}

/**
 * Notes a leaving that the provider reports, if they are still out and it is news.
 * @param at - when, in Unix seconds
 */
export async function heardOfLeave(idOrAddress: string, at: number, list: List): Promise<boolean> {
	const found = await list.contacts.find(idOrAddress);
	if (found.kind !== 'ok') return false;
	if (!found.value) return true;
	const now = await standing(found.value.id, list);
	if (now.kind !== 'ok') return false;
	if (!now.value || now.value.isIn || now.value.person.consent.window === undefined) return true;
	const { person } = now.value;
	// Our own write may come back as a report: what is as good as known is not written again.
	if (at <= (person.consent.leftAt ?? Number.NEGATIVE_INFINITY) + echoSeconds) return true;
	return (await noteLeave(person, at, list)).kind === 'ok';
}

/** Saves which topics somebody wants. Wanting none is leaving. */
export async function chooseTopics(
	id: string,
	wanted: ReadonlySet<string>,
	wording: string,
	list: List,
): Promise<ChoiceOutcome> {
	const before = await standing(id, list);
	if (before.kind !== 'ok') return unclear(before);
	if (!before.value || before.value.person.unsubscribed || !before.value.isIn)
		return { kind: 'left' };
	if (list.topics.every((topic) => !wanted.has(topic))) return leave(id, true, list);
	const choices = new Map(
		list.topics.map((topic) => [
			topic,
			wanted.has(topic) ? ('opt_in' as const) : ('opt_out' as const),
		]),
	);
	const done = await list.contacts.choose(id, choices);
	if (done.kind !== 'ok') return unclear(done);
	const { consent } = before.value.person;
	const saved = await list.contacts.save({
		...before.value.person,
		consent: { window: 0, ...consent, at: seconds(list), wording },
	});
	if (saved.kind !== 'ok') return unclear(saved);
	const after = await standing(id, list);
	if (after.kind !== 'ok' || !after.value) return unclear(after);
	return { kind: 'saved', choices: after.value.choices };
}

async function letIn(
	id: string,
	known: Consent,
	asked: JoinRequest,
	list: List,
): Promise<JoinOutcome> {
	const segment = await list.contacts.joinSegment(id, list.segmentId);
	if (segment.kind !== 'ok') return unclear(segment);
	const consent: Consent = {
		...known,
		at: seconds(list),
		window: asked.iat,
		id: asked.tokenId,
		wording: asked.wording,
		source: known.source ?? asked.source,
	};
	return write(id, asked.topics, consent, list);
}

/** Topics first, the consent last, then a look whether it is so. */
async function write(
	id: string,
	topics: readonly string[],
	consent: Consent,
	list: List,
): Promise<JoinOutcome> {
	const { contacts } = list;
	const chosen = new Map(topics.map((topic): [string, Subscription] => [topic, 'opt_in']));
	const choice = await contacts.choose(id, chosen);
	if (choice.kind !== 'ok') return unclear(choice);
	const person = await contacts.get(id);
	if (person.kind !== 'ok' || !person.value) return unclear(person);
	const saved = await contacts.save({ ...person.value, unsubscribed: false, consent });
	if (saved.kind !== 'ok') return unclear(saved);

	const after = await standing(id, list);
	if (after.kind !== 'ok' || !after.value) return unclear(after);
	const { choices } = after.value;
	const { unsubscribed, consent: kept } = after.value.person;
	const holds =
		!unsubscribed &&
		topics.every((topic) => choices.get(topic) === 'opt_in') &&
		kept.window === consent.window &&
		kept.at === consent.at;
	return holds ? { kind: 'in', personId: id } : { kind: 'unclear', reason: 'It was not kept.' };
}

function noteLeave(person: Person, leftAt: number, list: List): Promise<Outcome<unknown>> {
	return list.contacts.save({ ...person, consent: { ...person.consent, leftAt } });
}

function isOut(person: Person, choices: ReadonlyMap<string, Subscription>, list: List): boolean {
	return person.unsubscribed || list.topics.every((topic) => choices.get(topic) !== 'opt_in');
}

/** True where the last leaving was seen: it is younger than the last yes. */
function isLeaveKnown({ at, leftAt }: Consent): boolean {
	return leftAt !== undefined && (at === undefined || leftAt > at);
}

function seconds(list: List): number {
	return Math.floor(list.now().getTime() / 1000);
}

function unclear(outcome: Outcome<unknown>): { kind: 'unclear'; reason: string } {
	const reason =
		outcome.kind === 'refused'
			? `${outcome.status} ${outcome.name}`
			: outcome.kind === 'unknown'
				? 'No answer that could be read.'
				: 'Nobody was there any more.';
	return { kind: 'unclear', reason };
}

/** Seconds within which a report may be the echo of our own write. */
const echoSeconds = 300;

/** What joining and leaving need of the world. */
export interface List {
	contacts: Contacts;
	now(): Date;
	segmentId: string;
	/** Ids of the topics of this letter: who has none of them is out. */
	topics: readonly string[];
}

export interface JoinRequest {
	address: string;
	topics: readonly string[];
	/** Version of the words agreed to. */
	wording: string;
	source: string;
	/** When the link's window began, in Unix seconds. */
	iat: number;
	tokenId: string;
}

export type JoinOutcome =
	| { kind: 'in' | 'already'; personId: string }
	/** They left after this link was made, or the leaving was seen just now. */
	| { kind: 'left' }
	/** The provider mails this address no more; only a person lifts that. */
	| { kind: 'suppressed' }
	| Unclear;

export type LeaveOutcome =
	/** `leftAt` is set where this very request took them off: only then is there a way back. */
	{ kind: 'out'; leftAt: number | undefined } | Unclear;

export type ChoiceOutcome =
	| { kind: 'saved'; choices: Map<string, Subscription> }
	| { kind: 'left' }
	| LeaveOutcome;

/** It may or may not have been done; the same request may be made again. */
interface Unclear {
	kind: 'unclear';
	/** For the log: holds no address. */
	reason: string;
}

export interface Standing {
	person: Person;
	choices: Map<string, Subscription>;
	isIn: boolean;
}
