import { emitContact } from './contact-event.ts';
import { chooseTopics, subscriptionOf } from './contact-topics.ts';
import { report } from './deliver.ts';
import { emailsOf } from './recipients.ts';
import type { Contact, Subscription, Topic } from './state.ts';
import { isPessimistic, type World } from './world.ts';

/** What the preference page of one link shows. */
export interface Preferences {
	contact: Contact;
	topics: { topic: Topic; subscription: Subscription }[];
}

/** Looks a link up; null for a forged one, or when the contact is gone. Changes nothing. */
export function preferences(token: string, world: World): Preferences | null {
	const link = world.state.links.get(token);
	const contact = world.state.contacts.get(link?.contactId ?? '');
	if (contact === undefined) return null;
	const topics = [...world.state.topics.values()]
		.map((topic) => ({ topic, subscription: subscriptionOf(contact, topic) }))
		// A private topic is shown only to people who are in it.
		.filter(
			({ topic, subscription }) => topic.visibility === 'public' || subscription === 'opt_in',
		);
	return { contact, topics };
}

/** RFC 8058: leaves the topic of the mail, or everything where the mail had none. */
export function leaveByOneClick(token: string, world: World): void {
	const link = world.state.links.get(token);
	const found = preferences(token, world);
	const topic = world.state.broadcasts.get(link?.broadcastId ?? '')?.topic_id;
	if (found === null) return;
	if (topic) chooseOnPage(token, [{ id: topic, subscription: 'opt_out' }], world);
	else leaveEverything(token, world);
}

/** Sets the topics that the page offered. Anything else in `choices` is ignored. */
export function chooseOnPage(
	token: string,
	choices: { id: string; subscription: Subscription }[],
	world: World,
): void {
	const found = preferences(token, world);
	if (found === null) return;
	const { contact } = found;
	const allowed = choices.filter(({ id, subscription }) =>
		found.topics.some((row) => row.topic.id === id && row.subscription !== subscription),
	);
	if (contact.unsubscribed && choices.some(({ subscription }) => subscription === 'opt_in')) {
		contact.unsubscribed = false;
		announce(contact, world);
	}
	chooseTopics(contact, allowed, world, isPessimistic('C21', world));
	if (allowed.some(({ subscription }) => subscription === 'opt_out')) noteLeave(token, world);
}

/** Takes the person off every broadcast of the team. */
export function leaveEverything(token: string, world: World): void {
	const contact = preferences(token, world)?.contact;
	if (contact === undefined || contact.unsubscribed) return;
	contact.unsubscribed = true;
	announce(contact, world);
	noteLeave(token, world);
}

function announce(contact: Contact, world: World): void {
	if (!isPessimistic('C21', world)) emitContact('contact.updated', contact, world);
}

function noteLeave(token: string, world: World): void {
	const link = world.state.links.get(token);
	const email = emailsOf(link?.broadcastId ?? '', world).find(
		({ contactId }) => contactId === link?.contactId,
	);
	const left = email?.events.some(({ type }) => type === 'unsubscribed') ?? true;
	if (email !== undefined && !left) report(email, 'unsubscribed', world);
}
