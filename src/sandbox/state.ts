/** Everything the sandbox remembers. Maps keep the order of creation; lists answer newest first. */
export interface State {
	contacts: Map<string, Contact>;
	segments: Map<string, Segment>;
	topics: Map<string, Topic>;
	properties: Map<string, Property>;
	broadcasts: Map<string, Broadcast>;
	/** Ids that once were broadcasts. */
	removedBroadcasts: Set<string>;
	emails: Map<string, Email>;
	/** Mails that were scheduled; those that left or were cancelled are skipped. */
	waiting: Set<Email>;
	/** Copies that reached a mailbox, oldest first. */
	mails: Mail[];
	/** By lower-case address. */
	suppressions: Map<string, Suppression>;
	domains: Map<string, Domain>;
	webhooks: Map<string, Webhook>;
	/** Events on their way to webhooks, and those that arrived. */
	notices: Notice[];
	/** Requests that a fault executes later than they were made. */
	late: { at: number; run: () => void }[];
	idempotency: Map<string, IdempotencyRecord>;
	/** Unsubscribe links that were handed out. */
	links: Map<string, { contactId: string; broadcastId: string }>;
	/** Transactional mails by UTC day and UTC month, for the quotas. */
	sentBy: Map<string, number>;
}

/** An empty account. */
export function createState(): State {
	return {
		contacts: new Map(),
		segments: new Map(),
		topics: new Map(),
		properties: new Map(),
		broadcasts: new Map(),
		removedBroadcasts: new Set(),
		emails: new Map(),
		waiting: new Set(),
		mails: [],
		suppressions: new Map(),
		domains: new Map(),
		webhooks: new Map(),
		notices: [],
		late: [],
		idempotency: new Map(),
		links: new Map(),
		sentBy: new Map(),
	};
}

/** What every stored object has. */
export interface Stored {
	id: string;
	/** Recorded form, unique within one run. */
	created_at: string;
	/** Milliseconds since 1970, for lags. */
	createdMs: number;
}

export type Subscription = 'opt_in' | 'opt_out';

export interface Contact extends Stored {
	email: string;
	first_name: string | null;
	last_name: string | null;
	unsubscribed: boolean;
	properties: Record<string, string | number>;
	/** Segment ids. */
	segments: Set<string>;
	/** Explicit choices by topic id; the topic's default holds for the others. */
	topics: Map<string, Subscription>;
}

export interface Segment extends Stored {
	name: string;
}

export interface Topic extends Stored {
	name: string;
	description: string | null;
	default_subscription: Subscription;
	visibility: 'public' | 'private';
}

export interface Property extends Stored {
	key: string;
	type: 'string' | 'number';
	fallback_value: string | number | null;
}

type BroadcastStatus = 'draft' | 'scheduled' | 'queued' | 'sent' | 'canceled' | 'failed';

export interface BroadcastFields {
	name: string;
	segment_id: string;
	from: string;
	subject: string;
	reply_to: string[] | null;
	preview_text: string | null;
	topic_id: string | null;
	html: string | null;
	/** Null derives the part from the HTML; an empty string means no text part. */
	text: string | null;
	status: BroadcastStatus;
	scheduled_at: string | null;
	scheduledMs: number | null;
	sent_at: string | null;
}

export interface Broadcast extends Stored, BroadcastFields {
	/** Null until sending starts. */
	sending: { startedMs: number; contactIds: string[]; done: number } | null;
	/** Recipients fixed early, where a pessimistic clause asks for it. */
	fixed: string[] | null;
	/** Earlier versions, for reads that lag behind. */
	versions: { at: number; fields: BroadcastFields }[];
}

export type EmailEvent =
	| 'scheduled'
	| 'canceled'
	| 'sent'
	| 'delivered'
	| 'bounced'
	| 'complained'
	| 'suppressed'
	| 'opened'
	| 'clicked'
	| 'unsubscribed';

export interface Email extends Stored {
	from: string;
	to: string[];
	cc: string[] | null;
	bcc: string[] | null;
	reply_to: string[] | null;
	subject: string;
	html: string | null;
	text: string | null;
	/** Headers of the delivered mail beyond the usual ones. */
	headers: Record<string, string>;
	tags: { name: string; value: string }[];
	topic_id: string | null;
	scheduled_at: string | null;
	scheduledMs: number | null;
	message_id: string;
	events: { type: EmailEvent; at: number; url?: string }[];
	broadcastId: string | null;
	contactId: string | null;
	/** What the placeholders of a broadcast stand for; null leaves the text as it is. */
	values: Placeholders | null;
}

export interface Placeholders {
	contact: Record<string, string>;
	/** Fallbacks of the contact properties themselves. */
	fallbacks: Record<string, string>;
	unsubscribeUrl: string;
}

/** One copy in one mailbox. */
export interface Mail {
	id: string;
	to: string;
	at: number;
	email: Email;
}

export interface Suppression extends Stored {
	email: string;
	origin: 'bounce' | 'complaint' | 'manual';
	source_id: string | null;
}

export interface Domain extends Stored {
	name: string;
	status: 'not_started' | 'pending' | 'verified' | 'failed';
	region: string;
	open_tracking: boolean;
	click_tracking: boolean;
}

export interface Webhook extends Stored {
	endpoint: string;
	events: string[];
	status: 'enabled' | 'disabled';
	secret: string;
}

export interface Notice extends Stored {
	webhookId: string;
	type: string;
	/** The exact bytes that are signed and sent. */
	payload: string;
	status: 'pending' | 'success' | 'failed';
	/** Null when nothing more is planned. */
	nextMs: number | null;
	attempts: { id: string; status: number; response: string; at: number }[];
}

interface IdempotencyRecord {
	/** Path and canonical body. */
	request: string;
	/** Null while the first request is under way. */
	answer: unknown;
	at: number;
}
