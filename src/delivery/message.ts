import { canonicalHash } from './canonical.ts';

/**
 * What a message says to the provider, with the people it is for. These bytes and nothing else
 * reach the provider; `payloadHash` ties approval, draft and receipt to them.
 */
export function payloadOf(message: Message, ids: AudienceIds): Payload {
	return {
		from: message.from,
		html: message.html,
		previewText: message.preheader,
		replyTo: [...message.replyTo],
		segmentId: ids.segmentId,
		subject: message.subject,
		text: message.text,
		topicId: ids.topicId,
	};
}

/** SHA-256 of the payload's canonical JSON, 64 hex digits. */
export function payloadHash(payload: Payload): string {
	return canonicalHash(payload);
}

/** One compiled issue: what the build, the preview, the web page and the sender agree on. */
export interface Message {
	/** Three or four digits, `005`; a correction adds `c` and a digit, `005c1`. */
	issue: string;
	/** Short name of the newsletter at the provider: lower case, digits, hyphens, at most 24. */
	site: string;
	subject: string;
	/** The line a mail client shows after the subject. */
	preheader: string;
	/** `Name <address>`. */
	from: string;
	/** Addresses a person reads; at least one. */
	replyTo: string[];
	/** The whole document, with the provider's placeholders left as they are. */
	html: string;
	/** The plain text part, with the provider's placeholders left as they are. */
	text: string;
	/** Sizes of the two parts in UTF-8. */
	bytes: { html: number; text: number };
	/**
	 * SHA-256 of the canonical JSON of number, subject, preview text and the text rendering without
	 * header and footer: what the mail and the web page share. 64 hex digits.
	 */
	contentHash: string;
}

/** The provider's ids of the people an issue is for. */
export interface AudienceIds {
	segmentId: string;
	topicId: string;
}

/** Everything that reaches the provider when a draft is made. */
export interface Payload {
	from: string;
	html: string;
	previewText: string;
	replyTo: string[];
	segmentId: string;
	subject: string;
	text: string;
	topicId: string;
}
