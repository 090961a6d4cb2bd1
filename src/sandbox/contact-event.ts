import type { Contact, Subscription } from './state.ts';
import { emit } from './event.ts';
import type { World } from './world.ts';

/** Tells the webhooks that a contact was created, changed or removed. */
export function emitContact(
	type: 'contact.created' | 'contact.updated' | 'contact.deleted',
	contact: Contact,
	world: World,
): void {
	const segments = [...contact.segments];
	emit(
		type,
		{
			id: contact.id,
			audience_id: segments[0] ?? '',
			segment_ids: segments,
			created_at: contact.created_at,
			updated_at: new Date(world.timeline.now()).toISOString(),
			email: contact.email,
			first_name: contact.first_name,
			last_name: contact.last_name,
			unsubscribed: contact.unsubscribed,
		},
		world,
	);
}

/** Tells the webhooks which topics a contact chose or left. */
export function emitTopicChoice(
	contact: Contact,
	topics: { id: string; subscription: Subscription }[],
	world: World,
): void {
	emit('contact.topics.updated', { email: contact.email, topics }, world);
}
