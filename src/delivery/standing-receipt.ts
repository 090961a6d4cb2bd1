import { shortHash } from './canonical.ts';
import type { LedgerReading } from './ledger.ts';
import type { Message } from './message.ts';
import type { Receipt } from './receipt.ts';
import type { Planned } from './schedule.ts';
import { Stop } from './stop.ts';

/**
 * The receipt that stands, if it is for this very sending.
 * @throws Stop for one that cannot be read, or that is for something else
 */
export function standingReceipt(
	reading: LedgerReading,
	{ job, hash }: Standard,
): Receipt | undefined {
	switch (reading.kind) {
		case 'none':
			return undefined;
		case 'failed':
		case 'unreadable':
			throw unusable(reading);
		case 'receipt':
			break;
	}
	const { receipt, file } = reading;
	if (receipt.site !== job.message.site) {
		throw new Stop(
			'receipt-site',
			`${file} is about the newsletter "${receipt.site}", the settings say "${job.message.site}".`,
			'Put delivery.site back.',
		);
	}
	if (receipt.payloadHash !== hash) {
		throw new Stop(
			'receipt-content',
			`${file} was written for ${shortHash(receipt.payloadHash)}; what was compiled now is ${shortHash(hash)}.`,
			receipt.contentHash === job.message.contentHash
				? 'The words are the same; its look, sender or audience changed since. Undo that change.'
				: 'The content changed since. Undo that change; for readers who have it, write a correction issue.',
		);
	}
	return receipt;
}

/** Why nothing is sent while a receipt cannot be read or kept. */
export function unusable(reading: Exclude<LedgerReading, { kind: 'none' | 'receipt' }>): Stop {
	return reading.kind === 'failed'
		? new Stop(
				'receipt-not-kept',
				`The receipt could not be read or kept: ${reading.reason}`,
				'Without a receipt nothing is sent. Make room, make the folder writable, or bring the git host back. Then run it again.',
			)
		: new Stop(
				'receipt-unreadable',
				`${reading.file} is no valid receipt: ${reading.reason}.`,
				'Restore it from git. Do not delete it: it says which broadcast is the one.',
			);
}

/**
 * The receipt tells the library when the issue went out, so a plan may not drift from it.
 * @throws Stop where the two plans differ
 */
export function refuseOtherPlan(receipt: Receipt, planned: Planned): void {
	if (receipt.planned.utc === planned.utc) return;
	throw new Stop(
		'receipt-plan',
		`The receipt plans ${receipt.planned.utc}, the issue now says ${planned.utc}.`,
		'Put sendOn, and the send time and zone in settings.yaml, back to what they were.',
	);
}

/** What a receipt must be about. */
interface Standard {
	job: { message: Pick<Message, 'site' | 'contentHash'> };
	/** Payload hash, 64 hex digits. */
	hash: string;
}
