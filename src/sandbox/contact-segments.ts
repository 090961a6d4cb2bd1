import { notFound } from './api-error.ts';
import { emitContact } from './contact-event.ts';
import { findContact } from './contacts.ts';
import { page } from './page.ts';
import { type Call, ok, param, route } from './router.ts';
import type { World } from './world.ts';

export const contactSegmentRoutes = [
	route('GET', '/contacts/:contact/segments', 'contacts.segments.list', list),
	route('POST', '/contacts/:contact/segments/:segment', 'contacts.segments.add', add),
	route('DELETE', '/contacts/:contact/segments/:segment', 'contacts.segments.remove', remove),
];

function list(call: Call, world: World) {
	const contact = findContact(param(call, 'contact'), world);
	const segments = [...world.state.segments.values()].filter(({ id }) => contact.segments.has(id));
	const found = page(segments, call.query, null);
	return ok({
		...found,
		data: found.data.map(({ id, name, created_at }) => ({ id, name, created_at })),
	});
}

/** Leaves `unsubscribed` and the topics alone: the safe first step for people who exist. */
function add(call: Call, world: World) {
	const contact = findContact(param(call, 'contact'), world);
	const segment = world.state.segments.get(param(call, 'segment'));
	if (segment === undefined) throw notFound('Audience');
	const joined = !contact.segments.has(segment.id);
	contact.segments.add(segment.id);
	if (joined) emitContact('contact.updated', contact, world);
	return ok({ id: segment.id });
}

function remove(call: Call, world: World) {
	const contact = findContact(param(call, 'contact'), world);
	const segment = param(call, 'segment');
	if (contact.segments.delete(segment)) emitContact('contact.updated', contact, world);
	return ok({ id: contact.id, audienceId: segment, deleted: true });
}
