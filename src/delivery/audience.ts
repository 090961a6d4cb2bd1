import type { AudienceIds } from './message.ts';
import { everyPage } from './pages.ts';
import type { Named, Provider, Topic } from './provider.ts';
import { Stop, readValue, refusal } from './stop.ts';
import type { Outcome } from './provider.ts';

/**
 * Finds the readers' segment and topic by name.
 * @throws Stop where one is missing, there twice, or the topic would mail people who never asked
 */
export async function findAudience(names: AudienceNames, provider: Provider): Promise<AudienceIds> {
	const segment = only(names.segment, 'segment', await segments(provider));
	const topic = only(names.topic, 'topic', await topics(provider));
	if (!segment || !topic) {
		const missing = segment
			? `topic "${names.topic}"`
			: topic
				? `segment "${names.segment}"`
				: `segment "${names.segment}" and topic "${names.topic}"`;
		throw new Stop(
			'audience-missing',
			`The provider has no ${missing}.`,
			'Run "npm run newsletter -- setup", or correct delivery in settings.yaml.',
		);
	}
	refuseOptIn(topic);
	return { segmentId: segment.id, topicId: topic.id };
}

/**
 * How many readers a mail can reach at most: contacts of the segment who did not leave everything.
 * The topic can only lower it. No address leaves this function.
 */
export async function countReaders(segmentId: string, provider: Provider): Promise<number> {
	// In one answer where the provider manages that: a hundred a page would be a call for each hundred.
	const whole = await provider.listContacts(segmentId, 'whole');
	const isWhole = whole.kind === 'ok' && !whole.value.hasMore;
	const { items } = isWhole
		? whole.value
		: await everyPage(
				(after) => provider.listContacts(segmentId, 'page', after),
				'count the readers',
			);
	return items.filter((contact) => !contact.unsubscribed).length;
}

/**
 * Makes the segment and the topic where they are missing, and reads both back. Deletes nothing.
 * @throws Stop where the provider refuses, or what stands there cannot be used
 */
export async function setUpAudience(names: AudienceNames, provider: Provider): Promise<SetUp> {
	const segment = await ensure(
		names.segment,
		'segment',
		() => segments(provider),
		() => provider.createSegment(names.segment),
	);
	const topic = await ensure(
		names.topic,
		'topic',
		() => topics(provider),
		() => provider.createTopic(names.topic),
	);
	refuseOptIn(topic.found);
	return {
		segment: { id: segment.found.id, isNew: segment.isNew },
		topic: { id: topic.found.id, isNew: topic.isNew },
	};
}

async function segments(provider: Provider): Promise<Named[]> {
	const { items } = await everyPage((after) => provider.listSegments(after), 'list the segments');
	return items;
}

async function topics(provider: Provider): Promise<Topic[]> {
	const { items } = await everyPage((after) => provider.listTopics(after), 'list the topics');
	return items;
}

async function ensure<T extends Named>(
	name: string,
	what: string,
	list: () => Promise<T[]>,
	create: () => Promise<Outcome<{ id: string }>>,
): Promise<{ found: T; isNew: boolean }> {
	const before = only(name, what, await list());
	if (before) return { found: before, isNew: false };
	const outcome = await create();
	if (outcome.kind === 'refused') throw refusal(outcome, `create the ${what} "${name}"`);
	// A lost answer is settled by looking: what was made is there.
	const after = only(name, what, await list());
	if (after) return { found: after, isNew: true };
	if (outcome.kind === 'ok') readValue(outcome, `create the ${what}`);
	throw new Stop(
		'setup-unclear',
		`It is not known whether the ${what} "${name}" was created.`,
		'Run "npm run newsletter -- setup" again in a minute.',
	);
}

function only<T extends Named>(name: string, what: string, items: readonly T[]): T | undefined {
	const found = items.filter((item) => item.name === name);
	if (found.length > 1) {
		throw new Stop(
			'audience-twice',
			`The provider has ${found.length} ${what}s called "${name}".`,
			'Rename or remove the wrong ones in the dashboard of Resend.',
		);
	}
	return found[0];
}

function refuseOptIn(topic: Topic): void {
	if (topic.defaultSubscription === 'opt_out') return;
	throw new Stop(
		'topic-default',
		`The topic "${topic.name}" counts people in who never asked for it (default ${topic.defaultSubscription}).`,
		'A default cannot be changed. Name another topic in settings.yaml and run "npm run newsletter -- setup".',
	);
}

export interface AudienceNames {
	segment: string;
	topic: string;
}

export interface SetUp {
	segment: { id: string; isNew: boolean };
	topic: { id: string; isNew: boolean };
}
