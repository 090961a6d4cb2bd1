import { classOf, parseTimestamp } from './broadcast.ts';
import type { BroadcastClass } from './broadcast.ts';
import type { FullBroadcast, Outcome, Provider } from './provider.ts';
import { Stop, readValue } from './stop.ts';

/**
 * Reads one broadcast. What is gone is looked for twice, for a read may lag behind a write.
 * @throws Stop where the provider does not answer, or does not say what time it is
 */
export async function readBroadcast(id: string, ports: ReadingPorts): Promise<Reading> {
	for (let again = 0; again <= 1; again++) {
		if (again > 0) await ports.pause('settle');
		const outcome = await ports.provider.getBroadcast(id);
		if (outcome.kind === 'refused' && outcome.status === 404) continue;
		const broadcast = readValue(outcome, `read broadcast ${id}`);
		const now = outcome.kind === 'ok' ? outcome.at : undefined;
		if (!now) {
			throw new Stop('no-clock', 'The provider did not say what time it is.', 'Run it again.');
		}
		const at = broadcast.scheduledAt && parseTimestamp(broadcast.scheduledAt)?.date;
		return {
			kind: 'found',
			broadcast,
			class: classOf(broadcast, now),
			at: at || undefined,
			now,
		};
	}
	return { kind: 'gone' };
}

/**
 * Cancels a reservation, and reads back that it is none any more. Only what reads as reserved is
 * cancelled: to cancel what is going out would leave some readers with it and burn the issue.
 * @returns the last reading, `reserved` where that could not be ended, and what the provider said
 */
export async function endReservation(
	id: string,
	ports: ReadingPorts,
): Promise<{ reading: Reading; first: Reading; said: string | undefined }> {
	const first = await readBroadcast(id, ports);
	let reading = first;
	let said: string | undefined;
	for (let again = 0; again <= 2; again++) {
		if (reading.kind === 'gone' || reading.class !== 'reserved') break;
		const outcome = await ports.provider.cancelBroadcast(id);
		said = saidBy(outcome);
		if (said !== undefined) await ports.pause('read-back');
		reading = await readBroadcast(id, ports);
	}
	return { reading, first, said };
}

/**
 * Gives a broadcast another name, and changes nothing else.
 * @returns what the provider said, where it did not say that this is done
 */
export async function rename(
	id: string,
	name: string,
	provider: Provider,
): Promise<string | undefined> {
	// Only what is given goes over the wire. Fields that were read a moment ago may be stale, and
	// must not be written back: an update of them could just be under way.
	return saidBy(await provider.updateBroadcast(id, { name }));
}

/** What the provider said instead of "done". */
export function saidBy(outcome: Outcome<unknown>): string | undefined {
	switch (outcome.kind) {
		case 'ok':
			return undefined;
		case 'refused':
			return `${outcome.status} ${outcome.name}: ${outcome.message}`;
		case 'unknown':
			return `no clear answer (${outcome.message})`;
	}
}

export interface ReadingPorts {
	provider: Provider;
	/** Waits until a list or a read shows what was just written. */
	pause(reason: 'settle' | 'read-back'): Promise<void>;
	/** Says what is happening, as it happens. */
	tell(step: string, text: string): void;
}

export type Reading = { kind: 'gone' } | Found;

export interface Found {
	kind: 'found';
	broadcast: FullBroadcast;
	class: BroadcastClass;
	/** When it goes out, where the provider says so. */
	at: Date | undefined;
	/** The provider's clock. */
	now: Date;
}
