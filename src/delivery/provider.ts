/**
 * What the protocol asks of the sending service, and how an answer may end. Three ends, never two:
 * a write whose answer was lost is neither done nor undone, and only a read can tell.
 */
export interface Provider {
	/** Where calls go, as people should see it: `https://api.resend.com`. */
	readonly host: string;
	createBroadcast(draft: BroadcastDraft): Promise<Outcome<{ id: string }>>;
	/** One page, newest first; `after` is the id of the last one seen. */
	listBroadcasts(after?: string): Promise<Outcome<Page<ListedBroadcast>>>;
	getBroadcast(id: string): Promise<Outcome<FullBroadcast>>;
	updateBroadcast(id: string, draft: BroadcastDraft): Promise<Outcome<{ id: string }>>;
	/** Always with a time: a broadcast is reserved, never sent on the spot. */
	sendBroadcast(id: string, scheduledAt: Date): Promise<Outcome<{ id: string }>>;
	cancelBroadcast(id: string): Promise<Outcome<{ id: string }>>;
	removeBroadcast(id: string): Promise<Outcome<{ id: string }>>;
	/** One page of the copies of a broadcast that arrived. */
	listDelivered(id: string, after?: string): Promise<Outcome<Page<{ id: string }>>>;
	listSegments(after?: string): Promise<Outcome<Page<Named>>>;
	createSegment(name: string): Promise<Outcome<{ id: string }>>;
	listTopics(after?: string): Promise<Outcome<Page<Topic>>>;
	/** Made public and opt-out by default: nobody gets mail without asking for it. */
	createTopic(name: string): Promise<Outcome<{ id: string }>>;
	/** One page of a segment's contacts, as far as counting them needs. */
	listContacts(segmentId: string, after?: string): Promise<Outcome<Page<ListedContact>>>;
	/**
	 * One mail to one person. The same key with the same mail is sent once within 24 hours, so that
	 * a call without an answer may be repeated.
	 */
	sendEmail(mail: PlainMail, key: string): Promise<Outcome<{ id: string }>>;
}

/**
 * How a call ended.
 * - `ok`: done, and the answer was understood. `at` is the provider's clock, from its `date` header.
 * - `refused`: the provider said no and changed nothing.
 * - `unknown`: a lost or unreadable answer, or a fault of the server. It may have been done.
 */
export type Outcome<T> =
	| { kind: 'ok'; value: T; at: Date | undefined }
	| { kind: 'refused'; status: number; name: string; message: string }
	| { kind: 'unknown'; message: string };

/** What a draft is made of, in the provider's words. */
export interface BroadcastDraft {
	name: string;
	from: string;
	subject: string;
	previewText: string;
	replyTo: string[];
	html: string;
	text: string;
	segmentId: string;
	topicId: string;
}

/** A mail outside any broadcast. The provider fills in no placeholder. */
export interface PlainMail {
	/** `Name <address>`. */
	from: string;
	/** One address. */
	to: string;
	subject: string;
	html: string;
	text: string;
	replyTo: string[];
}

export interface ListedBroadcast {
	id: string;
	name: string;
	/** An open string: the provider may add states. */
	status: string;
	/** The provider's own spelling, up to microseconds; read with `parseTimestamp`. */
	createdAt: string;
	scheduledAt: string | undefined;
	sentAt: string | undefined;
}

export interface FullBroadcast extends ListedBroadcast {
	from: string | undefined;
	subject: string | undefined;
	previewText: string | undefined;
	replyTo: string[];
	html: string | undefined;
	text: string | undefined;
	segmentId: string | undefined;
	topicId: string | undefined;
}

export interface Named {
	id: string;
	name: string;
}

export interface Topic extends Named {
	/** `opt_in` or `opt_out`: what holds for a person who never chose. */
	defaultSubscription: string;
}

interface ListedContact {
	id: string;
	/** True for a person who left everything. */
	unsubscribed: boolean;
}

export interface Page<T> {
	items: T[];
	hasMore: boolean;
}
