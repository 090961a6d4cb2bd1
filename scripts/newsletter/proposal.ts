import { countReaders, findAudience } from '#/delivery/audience.ts';
import { payloadHash, payloadOf } from '#/delivery/message.ts';
import type { Payload } from '#/delivery/message.ts';
import type { Provider } from '#/delivery/provider.ts';
import { formatInstant } from '#/delivery/schedule.ts';
import { shortHash } from '#/delivery/canonical.ts';
import { Stop } from '#/delivery/stop.ts';
import { formatProblem } from '#/problem.ts';
import type { Edition } from './edition.ts';

/**
 * What would be sent, to whom and when. Reads, and changes nothing.
 * @throws Stop where the audience is not set up, or the provider does not answer
 */
export async function propose(edition: Edition, provider: Provider): Promise<Proposal> {
	const ids = await findAudience(edition.settings.delivery, provider);
	const payload = payloadOf(edition.message, ids);
	const readers = await countReaders(ids.segmentId, provider);
	return { edition, payload, payloadHash: payloadHash(payload), readers };
}

/** The proposal in lines for a person. */
export function formatProposal({ edition, payload, payloadHash: hash, readers }: Proposal): string {
	const { message, planned, settings } = edition;
	const at = new Date(planned.utc);
	const facts: [string, string][] = [
		['Issue', `${message.issue}, ${edition.issue.data.title}`],
		['Subject', payload.subject],
		['Preview', payload.previewText],
		['From', payload.from],
		['Replies to', payload.replyTo.join(', ')],
		[
			'Readers',
			`up to ${readers}: segment "${settings.delivery.segment}", topic "${settings.delivery.topic}"`,
		],
		['Time', formatInstant(at, settings.timeZone, settings.locale)],
		['In UTC', planned.utc],
		['Size', `${kilobytes(message.bytes.html)} HTML, ${kilobytes(message.bytes.text)} text`],
		['Content', shortHash(message.contentHash)],
		['Payload', shortHash(hash)],
	];
	return facts.map(([name, value]) => `${name.padEnd(11)}${value}`).join('\n');
}

/**
 * Refuses where the content of an issue has errors.
 * @throws Stop with each of them
 */
export function refuseProblems({ contentProblems, mailProblems, message }: Edition): void {
	const errors = [...contentProblems, ...mailProblems].filter(({ level }) => level === 'error');
	if (errors.length === 0) return;
	throw new Stop(
		'content',
		errors.map(formatProblem).join('\n'),
		`Issue ${message.issue} has ${errors.length === 1 ? 'an error' : `${errors.length} errors`}. Correct it first. Nothing was sent.`,
	);
}

function kilobytes(bytes: number): string {
	return `${(bytes / 1000).toFixed(1)} kB`;
}

export interface Proposal {
	edition: Edition;
	payload: Payload;
	/** 64 hex digits. */
	payloadHash: string;
	/** At most. */
	readers: number;
}
