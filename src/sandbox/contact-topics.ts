import { z } from 'zod';
import { notFound } from './api-error.ts';
import { readBody } from './body.ts';
import { emitTopicChoice } from './contact-event.ts';
import { findContact } from './contacts.ts';
import { page } from './page.ts';
import { type Call, ok, param, route } from './router.ts';
import type { Contact, Subscription, Topic } from './state.ts';
import type { World } from './world.ts';

export const contactTopicRoutes = [
	route('GET', '/contacts/:contact/topics', 'contacts.topics.list', list),
	route('PATCH', '/contacts/:contact/topics', 'contacts.topics.update', update),
];

/** What holds for a contact: the explicit choice, else the topic's default. */
export function subscriptionOf(contact: Contact, topic: Topic): Subscription {
	return contact.topics.get(topic.id) ?? topic.default_subscription;
}

/** Sets explicit choices and tells the webhooks which of them changed something. */
export function chooseTopics(
	contact: Contact,
	choices: { id: string; subscription: Subscription }[],
	world: World,
	silent = false,
): void {
	const changed = choices.filter(({ id, subscription }) => {
		const topic = world.state.topics.get(id);
		return topic !== undefined && subscriptionOf(contact, topic) !== subscription;
	});
	for (const { id, subscription } of choices) contact.topics.set(id, subscription);
	if (changed.length > 0 && !silent) emitTopicChoice(contact, changed, world);
}

function list(call: Call, world: World) {
	const contact = findContact(param(call, 'contact'), world);
	const found = page([...world.state.topics.values()], call.query, 20);
	return ok({
		...found,
		data: found.data.map((topic) => ({
			id: topic.id,
			name: topic.name,
			description: topic.description,
			subscription: subscriptionOf(contact, topic),
		})),
	});
}

const choicesSchema = z.array(
	z.object({ id: z.string(), subscription: z.enum(['opt_in', 'opt_out']) }),
);

function update(call: Call, world: World) {
	const contact = findContact(param(call, 'contact'), world);
	const choices = readBody(choicesSchema, call.body);
	for (const { id } of choices) if (!world.state.topics.has(id)) throw notFound('Topic');
	chooseTopics(contact, choices, world);
	return ok({ id: contact.id });
}
