import { stored, type World } from './world.ts';

/**
 * Puts an event on its way to every enabled webhook that asked for its type. The bytes are fixed
 * here; `postman.ts` signs and delivers them.
 */
export function emit(type: string, data: unknown, world: World): void {
	const now = world.timeline.now();
	for (const webhook of world.state.webhooks.values()) {
		if (webhook.status !== 'enabled' || !webhook.events.includes(type)) continue;
		world.state.notices.push({
			...stored(world),
			webhookId: webhook.id,
			type,
			payload: JSON.stringify({ type, created_at: new Date(now).toISOString(), data }),
			status: 'pending',
			nextMs: now,
			attempts: [],
		});
	}
}
