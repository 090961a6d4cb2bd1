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
	/** Changes the fields that are given, and no other. */
	updateBroadcast(id: string, change: Partial<BroadcastDraft>): Promise<Outcome<{ id: string }>>;
	/** Always with a time: a broadcast is reserved, never sent on the spot. */
	sendBroadcast(id: string, scheduledAt: Date): Promise<Outcome<{ id: string }>>;
	cancelBroadcast(id: string): Promise<Outcome<{ id: string }>>;
	removeBroadcast(id: string): Promise<Outcome<{ id: string }>>;
	/** One page of the copies of a broadcast that met this fate. Up to 15 minutes old. */
	listRecipients(
		id: string,
		fate: RecipientFate,
		after?: string,
	): Promise<Outcome<Page<{ id: string }>>>;
	/** What became of a broadcast's copies between two instants. Up to 15 minutes old. */
	getMetrics(broadcastId: string, from: Date, to: Date): Promise<Outcome<Metrics>>;
	listSegments(after?: string): Promise<Outcome<Page<Named>>>;
	createSegment(name: string): Promise<Outcome<{ id: string }>>;
	listTopics(after?: string): Promise<Outcome<Page<Topic>>>;
	/** Made public and opt-out by default: nobody gets mail without asking for it. */
	createTopic(name: string): Promise<Outcome<{ id: string }>>;
	/**
	 * A segment's contacts, as far as counting them needs: a page of a hundred, or with `whole` as
	 * many as the provider gives in one answer.
	 */
	listContacts(
		segmentId: string,
		size: 'whole' | 'page',
		after?: string,
	): Promise<Outcome<Page<ListedContact>>>;
	listProperties(after?: string): Promise<Outcome<Page<Property>>>;
	createProperty(key: string, type: Property['type']): Promise<Outcome<{ id: string }>>;
	/** What the account has used, and may use. */
	getUsage(): Promise<Outcome<Usage>>;
	listDomains(after?: string): Promise<Outcome<Page<Named>>>;
	getDomain(id: string): Promise<Outcome<Domain>>;
	listWebhooks(after?: string): Promise<Outcome<Page<Webhook>>>;
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
	segmentId: string | undefined;
}

export interface FullBroadcast extends ListedBroadcast {
	from: string | undefined;
	subject: string | undefined;
	previewText: string | undefined;
	replyTo: string[];
	html: string | undefined;
	text: string | undefined;
	topicId: string | undefined;
}

export interface Named {
	id: string;
	name: string;
}

export interface Topic extends Named {
	/** `opt_in` or `opt_out`: what holds for a person who never chose. */
	defaultSubscription: string;
	/** `public` or `private`: whether people who left can find it again; undefined where not told. */
	visibility: string | undefined;
}

interface ListedContact {
	id: string;
	/** True for a person who left everything. */
	unsubscribed: boolean;
}

/** What may become of one copy. */
export type RecipientFate =
	| 'sent'
	| 'delivered'
	| 'bounced'
	| 'complained'
	| 'suppressed'
	| 'unsubscribed';

/** How many copies met each fate. Opens and clicks are not asked for: nothing is tracked. */
export type Metrics = Record<RecipientFate, number>;

/** A field of every contact. Key and type never change. */
export interface Property {
	id: string;
	key: string;
	type: 'string' | 'number';
}

export interface Usage {
	/** Null where the plan sets no limit. */
	contacts: { used: number; limit: number | null };
	/** Requests in a span such as `1s`; undefined where the provider does not say. */
	rate: { limit: number; per: string } | undefined;
}

export interface Domain extends Named {
	/** `verified`, or a state on the way there. */
	status: string;
	isTrackingOpens: boolean;
	isTrackingClicks: boolean;
	records: DnsRecord[];
}

/** A record that the domain's DNS must hold. */
interface DnsRecord {
	/** `SPF` or `DKIM`. */
	purpose: string;
	type: string;
	name: string;
	value: string;
	status: string;
}

export interface Webhook {
	id: string;
	endpoint: string;
	isEnabled: boolean;
}

export interface Page<T> {
	items: T[];
	hasMore: boolean;
}
