import type { AudienceNames } from '#/delivery/audience.ts';
import type { AudienceIds } from '#/delivery/message.ts';
import { everyPage } from '#/delivery/pages.ts';
import type { Named, Provider } from '#/delivery/provider.ts';
import { Stop } from '#/delivery/stop.ts';
import type { Account } from './account.ts';
import type { GuardFacts, GuardPorts } from './facts.ts';

/** Stops where the ids in the payload are not the segment and topic that the settings name. */
export async function refuseOtherIds(
	{ payload, audience }: GuardFacts,
	_account: Account,
	{ provider }: GuardPorts,
): Promise<void> {
	await confirmIds(payload, audience, provider);
}

/**
 * Makes sure that ids from a file are what they are called, and that the topic mails nobody who did
 * not ask.
 * @throws Stop where one is not at the provider, is called otherwise, or counts people in unasked
 */
async function confirmIds(
	ids: AudienceIds,
	names: AudienceNames,
	provider: Provider,
): Promise<void> {
	const segments = await everyPage((after) => provider.listSegments(after), 'list the segments');
	const topics = await everyPage((after) => provider.listTopics(after), 'list the topics');
	confirm('segment', ids.segmentId, names.segment, segments.items);
	const topic = confirm('topic', ids.topicId, names.topic, topics.items);
	if (topic.defaultSubscription === 'opt_out') return;
	throw new Stop(
		'topic-default',
		`The topic "${topic.name}" counts people in who never asked for it (default ${topic.defaultSubscription}).`,
		'A default cannot be changed. Name another topic in settings.yaml and run "npm run newsletter -- setup".',
	);
}

function confirm<T extends Named>(what: string, id: string, name: string, items: readonly T[]): T {
	const found = items.find((item) => item.id === id);
	if (found?.name === name) return found;
	const is = found ? `is called "${found.name}"` : 'is not at the provider';
	throw new Stop(
		'audience-missing',
		`The ${what} ${id} ${is}; the settings call it "${name}".`,
		`It may belong to another account. Run "npm run newsletter -- setup", and copy the ids it prints into settings.yaml.`,
	);
}
