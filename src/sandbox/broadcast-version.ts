import type { Broadcast, BroadcastFields } from './state.ts';
import type { World } from './world.ts';

/** Keeps what a broadcast looks like from this instant on, for reads that lag behind. */
export function keepVersion(broadcast: Broadcast, world: World): void {
	broadcast.versions.push({ at: world.timeline.now(), fields: versionFields(broadcast) });
}

/** A broadcast as it was `lagMs` ago, or null where it did not exist yet. */
export function versionAt(
	broadcast: Broadcast,
	lagMs: number,
	world: World,
): BroadcastFields | null {
	if (lagMs === 0) return versionFields(broadcast);
	const now = world.timeline.now();
	// What is dated after now was written before the clock was set back, so it is no news.
	const isSeen = ({ at }: { at: number }) => at <= now - lagMs || at > now;
	return broadcast.versions.findLast(isSeen)?.fields ?? null;
}

function versionFields(broadcast: Broadcast): BroadcastFields {
	return {
		name: broadcast.name,
		segment_id: broadcast.segment_id,
		from: broadcast.from,
		subject: broadcast.subject,
		reply_to: broadcast.reply_to,
		preview_text: broadcast.preview_text,
		topic_id: broadcast.topic_id,
		html: broadcast.html,
		text: broadcast.text,
		status: broadcast.status,
		scheduled_at: broadcast.scheduled_at,
		scheduledMs: broadcast.scheduledMs,
		sent_at: broadcast.sent_at,
	};
}
