import { countReaders, findAudience } from '#/delivery/audience.ts';
import { shortHash } from '#/delivery/canonical.ts';
import type { Ledger } from '#/delivery/ledger.ts';
import { payloadHash, payloadOf } from '#/delivery/message.ts';
import type { AudienceIds, Payload } from '#/delivery/message.ts';
import type { Provider } from '#/delivery/provider.ts';
import { formatInstant } from '#/delivery/schedule.ts';
import { UserError } from '#/user-error.ts';
import type { Outgoing } from './outgoing.ts';

/**
 * What would be sent, to whom and when. Reads, and changes nothing.
 * @param ledger - for the change against the last issue
 * @throws Stop where the audience is not set up, or the provider does not answer
 */
export async function propose(
	outgoing: Outgoing,
	provider: Provider,
	ledger: Ledger,
): Promise<Proposal> {
	const { segmentId, topicId } = outgoing.settings.delivery;
	const ids =
		segmentId !== undefined && topicId !== undefined
			? { segmentId, topicId }
			: await findAudience(outgoing.settings.delivery, provider);
	const readers = await countReaders(ids.segmentId, provider);
	const before = (await ledger.list())
		.flatMap((reading) => (reading.kind === 'receipt' ? [reading.receipt] : []))
		.filter(({ issue }) => issue !== outgoing.message.issue)
		.toSorted((a, b) => a.planned.utc.localeCompare(b.planned.utc))
		.at(-1);
	return { ...proposalOf(outgoing, ids), readers, before: before?.audience.upTo };
}

/**
 * The same without asking anybody, for a build that has no key.
 * @throws UserError where the settings do not name the ids of segment and topic
 */
export function proposeOffline(outgoing: Outgoing): Proposal {
	const { segmentId, topicId } = outgoing.settings.delivery;
	if (segmentId === undefined || topicId === undefined) {
		throw new UserError(
			'Without a key the ids of segment and topic are not known, and they belong to what is approved.',
			'Put delivery.segmentId and delivery.topicId into settings.yaml; "npm run newsletter -- setup" prints them.',
		);
	}
	return proposalOf(outgoing, { segmentId, topicId });
}

/** The proposal in lines for a person. */
export function formatProposal({
	outgoing,
	payload,
	payloadHash: hash,
	...seen
}: Proposal): string {
	const { message, planned, settings } = outgoing;
	const at = new Date(planned.utc);
	const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
	const facts: [string, string][] = [
		['Issue', `${message.issue}, ${outgoing.title}`],
		['Subject', payload.subject],
		['Preview', payload.previewText],
		['From', payload.from],
		['Replies to', payload.replyTo.join(', ')],
		['Readers', readersIn(seen, settings.delivery)],
		['Time', formatInstant(at, settings.timeZone, settings.locale)],
		['Your time', formatInstant(at, own, settings.locale)],
		['In UTC', planned.utc],
		['Size', `${kilobytes(message.bytes.html)} HTML, ${kilobytes(message.bytes.text)} text`],
		['Content', shortHash(message.contentHash)],
		['Payload', shortHash(hash)],
	];
	return facts.map(([name, value]) => `${name.padEnd(11)}${value}`).join('\n');
}

function proposalOf(outgoing: Outgoing, ids: AudienceIds): Proposal {
	const payload = payloadOf(outgoing.message, ids);
	return {
		outgoing,
		payload,
		payloadHash: payloadHash(payload),
		readers: undefined,
		before: undefined,
	};
}

function readersIn(
	{ readers, before }: Pick<Proposal, 'readers' | 'before'>,
	names: { segment: string; topic: string },
): string {
	const who = `segment "${names.segment}", topic "${names.topic}"`;
	if (readers === undefined) return `not counted without a key: ${who}`;
	const change = before === undefined ? '' : `, ${before} for the last issue`;
	return `up to ${readers}${change}: ${who}`;
}

function kilobytes(bytes: number): string {
	return `${(bytes / 1000).toFixed(1)} kB`;
}

export interface Proposal {
	outgoing: Outgoing;
	payload: Payload;
	/** 64 hex digits. */
	payloadHash: string;
	/** At most; undefined where nobody was asked. */
	readers: number | undefined;
	/** At most, when the last issue was sent. */
	before: number | undefined;
}
