/**
 * What joining and leaving ask of the sending service: one person at a time. The provider is the
 * only store of who is in, so every fact that counts is a field there.
 */
import type { Outcome, PlainMail } from './provider.ts';

export interface Contacts {
	/** The person with an address; undefined where there is none. */
	find(address: string): Promise<Outcome<Person | undefined>>;
	/** The person with an id; undefined where there is none, or no more. */
	get(id: string): Promise<Outcome<Person | undefined>>;
	/**
	 * Makes a person. Never for an address that may be there: the provider would reset what that
	 * person chose.
	 */
	create(address: string, segmentId: string): Promise<Outcome<{ id: string }>>;
	/** Adds to a segment; leaves what the person chose as it is. */
	joinSegment(id: string, segmentId: string): Promise<Outcome<unknown>>;
	/** What holds for a person, topic by topic: the own choice, else the topic's default. */
	choices(id: string): Promise<Outcome<Map<string, Subscription>>>;
	choose(id: string, choices: ReadonlyMap<string, Subscription>): Promise<Outcome<unknown>>;
	/** Writes every field that is ours, since one left out may be reset. */
	save(person: Person): Promise<Outcome<unknown>>;
	/** True where the provider mails this address no more: bounce, complaint, or by hand. */
	isSuppressed(address: string): Promise<Outcome<boolean>>;
}

/** Sends mails outside any broadcast. A key of its own, which may do nothing else, is enough. */
export interface Mailer {
	/** The same key with the same mail is sent once within 24 hours; another mail is refused. */
	send(mail: OwnMail, key: string): Promise<Outcome<{ id: string }>>;
}

/** What the provider reports by itself, once its signature holds. */
export interface Notices {
	/**
	 * Reads a report.
	 * @param body - the bytes as they came, before any parsing
	 * @returns undefined where no secret of ours signed it, or it is older than five minutes
	 */
	open(body: string, headers: NoticeHeaders): unknown;
}

interface NoticeHeaders {
	id: string;
	timestamp: string;
	signature: string;
}

/** A mail with headers of its own. */
export interface OwnMail extends PlainMail {
	headers: Record<string, string>;
}

export type Subscription = 'opt_in' | 'opt_out';

export interface Person {
	id: string;
	address: string;
	firstName: string | undefined;
	lastName: string | undefined;
	/** True for a person who left everything. */
	unsubscribed: boolean;
	consent: Consent;
}

/** What proves that somebody asked, and when they last left. Times are Unix seconds. */
export interface Consent {
	/** When they last said yes. */
	at?: number | undefined;
	/** The window of the link they said it by; there for everybody who ever joined. */
	window?: number | undefined;
	/** Names the link. */
	id?: string | undefined;
	/** Version of the words they agreed to. */
	wording?: string | undefined;
	/** Where they came from. */
	source?: string | undefined;
	/** When they were last seen to have left. */
	leftAt?: number | undefined;
}

/** The provider's fields for it. `newsletter setup` makes them; key and type never change. */
export const consentFields = {
	at: { key: 'nl_consent_at', type: 'number' },
	window: { key: 'nl_consent_window', type: 'number' },
	id: { key: 'nl_consent_id', type: 'string' },
	wording: { key: 'nl_consent_wording', type: 'string' },
	source: { key: 'nl_consent_source', type: 'string' },
	leftAt: { key: 'nl_left_at', type: 'number' },
} as const satisfies Record<keyof Consent, { key: string; type: 'string' | 'number' }>;
