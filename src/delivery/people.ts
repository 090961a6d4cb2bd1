import type { Contacts } from './contacts.ts';
import type { Outcome, Page } from './provider.ts';

/**
 * What an operator's commands ask of the sending service: what joining and leaving ask, and what
 * lists, brings in and removes people. Reads are repeated where their answer is lost; a write never
 * is, since only a read can tell whether it still should be done.
 */
export interface People extends Pick<
	Contacts,
	'find' | 'get' | 'joinSegment' | 'choices' | 'choose' | 'save' | 'isSuppressed'
> {
	/** Makes a person with the proof of their consent, in no segment and with no topic chosen. */
	add(address: string, proof: { source: string; at: number }): Promise<Outcome<{ id: string }>>;
	/** A segment's people, or everybody; `whole` as many as the provider gives in one answer. */
	list(
		segmentId: string | undefined,
		size: 'whole' | 'page',
		after?: string,
	): Promise<Outcome<Page<ListedPerson>>>;
	/** Ids of the segments somebody is in. */
	segments(id: string): Promise<Outcome<string[]>>;
	listSuppressed(after?: string): Promise<Outcome<Page<Pick<ListedPerson, 'id' | 'address'>>>>;
	/** No mail of the account ever goes there again, until a person lifts it. */
	suppress(address: string): Promise<Outcome<unknown>>;
	clearNames(id: string): Promise<Outcome<unknown>>;
	remove(id: string): Promise<Outcome<unknown>>;
}

/** The writes among them: what a signal stops before. */
export const peopleWrites = [
	'add',
	'joinSegment',
	'choose',
	'save',
	'suppress',
	'clearNames',
	'remove',
] as const satisfies (keyof People)[];

export interface ListedPerson {
	id: string;
	address: string;
	/** True for a person who left everything. */
	unsubscribed: boolean;
}
