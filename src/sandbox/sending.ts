import { invalid, refused } from './api-error.ts';
import { keepVersion } from './broadcast-version.ts';
import { audience, emailFor } from './audience.ts';
import { deliver } from './deliver.ts';
import { readInstant, recordedForm } from './instant.ts';
import type { Broadcast } from './state.ts';
import { transactional } from './usage.ts';
import { isPessimistic, stamp, type World } from './world.ts';

/**
 * Plans a broadcast: `scheduled` for a time ahead, `queued` at once without one. Throws 422 for a
 * time that is past or unreadable, 403 over the contact quota; then nothing has changed.
 */
export function plan(broadcast: Broadcast, scheduledAt: string | null, world: World): void {
	const now = world.timeline.now();
	const limit = world.knobs.quota.contacts;
	if (limit !== null && world.state.contacts.size > limit) {
		throw refused(
			'You have reached your contacts quota. Please upgrade your plan to send broadcasts.',
		);
	}
	const at = scheduledAt === null ? null : readInstant(scheduledAt, now);
	if (scheduledAt !== null && at === null) {
		throw invalid('Invalid `scheduled_at` field. Use an ISO 8601 instant.');
	}
	if (at !== null && at - now > 30 * 86_400_000) {
		throw invalid('Broadcasts can be scheduled up to 30 days ahead.');
	}
	if (at !== null && at <= now && !isPessimistic('C05', world)) {
		throw invalid('The `scheduled_at` must be in the future.');
	}
	if (isPessimistic('C12', world) && audience(broadcast, world).length === 0) {
		throw invalid('The segment holds no contacts.');
	}

	broadcast.sending = null;
	broadcast.fixed = isPessimistic('C13', world) ? ids(broadcast, world) : null;
	if (at === null || at <= now) {
		begin(broadcast, world);
		return;
	}
	const lead = isPessimistic('C06', world) ? 30 * 60_000 : 0;
	broadcast.status = 'scheduled';
	broadcast.scheduledMs = Math.max(at, now + lead);
	broadcast.scheduled_at = recordedForm(broadcast.scheduledMs * 1000);
}

/** Takes a schedule back: a draft again, nothing sent. */
export function revert(broadcast: Broadcast): void {
	broadcast.status = 'draft';
	broadcast.scheduledMs = null;
	broadcast.scheduled_at = null;
	broadcast.fixed = null;
}

/** Starts sending: from here on the recipients stand fast. */
export function begin(broadcast: Broadcast, world: World): void {
	broadcast.status = 'queued';
	broadcast.sending = {
		startedMs: world.timeline.now(),
		contactIds: broadcast.fixed ?? ids(broadcast, world),
		done: 0,
	};
	keepVersion(broadcast, world);
}

/** When the next mail of a queued broadcast goes out, or when it is done; null where it is neither. */
export function nextStep(broadcast: Broadcast, world: World): number | null {
	if (broadcast.status !== 'queued' || broadcast.sending === null) return null;
	const { startedMs, contactIds, done } = broadcast.sending;
	const share = contactIds.length === 0 ? 1 : Math.min(1, (done + 1) / contactIds.length);
	return startedMs + Math.floor(world.knobs.queuedMs * share);
}

/** Sends the next mail of a queued broadcast, and ends it after the last one. */
export function step(broadcast: Broadcast, world: World): void {
	const { sending } = broadcast;
	if (sending === null) return;
	const contact = world.state.contacts.get(sending.contactIds[sending.done] ?? '');
	if (contact !== undefined) {
		if (isPessimistic('C20', world) && quotaIsUsedUp(sending.done, world)) {
			broadcast.status = 'failed';
			keepVersion(broadcast, world);
			return;
		}
		const email = emailFor(broadcast, contact, world);
		world.state.emails.set(email.id, email);
		deliver(email, world);
	}
	sending.done += 1;
	if (sending.done < sending.contactIds.length) return;
	broadcast.status = 'sent';
	broadcast.sent_at = stamp(world);
	keepVersion(broadcast, world);
}

function ids(broadcast: Broadcast, world: World): string[] {
	return audience(broadcast, world).map((contact) => contact.id);
}

function quotaIsUsedUp(sent: number, world: World): boolean {
	const { daily } = world.knobs.quota;
	return daily !== null && transactional(world).daily + sent >= daily;
}
