import { contactByAddress } from './contacts.ts';
import type { Sandbox } from './server.ts';
import type { Contact, Segment, Topic } from './state.ts';
import { suppress } from './suppressions.ts';
import { stored, type World } from './world.ts';

/** Names of the segment and the topic that the readers belong to. */
export interface ReaderNames {
	segment: string;
	topic: string;
}

/** What `seedReaders` made, or found there. */
export interface SeededReaders {
	segmentId: string;
	topicId: string;
	/** Addresses that a broadcast to this segment and topic reaches. */
	reached: string[];
}

/**
 * Puts twelve fictional readers into the account: eight opted in, one who left the topic, one who
 * left everything, one suppressed after a bounce, and one outside the segment. Running it again
 * changes nothing, not even what people chose since.
 */
export function seedReaders(sandbox: Pick<Sandbox, 'world'>, names: ReaderNames): SeededReaders {
	const { world } = sandbox;
	const segment = segmentNamed(names.segment, world);
	const topic = topicNamed(names.topic, world);
	for (const reader of READERS) {
		if (contactByAddress(reader.email, world) === undefined) add(reader, segment, topic, world);
	}
	const reached = READERS.filter(({ state }) => state === 'in').map(({ email }) => email);
	return { segmentId: segment.id, topicId: topic.id, reached };
}

interface Reader {
	email: string;
	first?: string;
	last?: string;
	state: 'in' | 'topic-out' | 'unsubscribed' | 'suppressed' | 'outside';
}

const READERS: readonly Reader[] = [
	{ email: 'amara.okafor@example.com', first: 'Amara', last: 'Okafor', state: 'in' },
	{ email: 'ben.whitlock@example.com', first: 'Ben', last: 'Whitlock', state: 'in' },
	{ email: 'chloe@example.org', first: 'Chloé', state: 'in' },
	{ email: 'd.ferreira@example.com', state: 'in' },
	{ email: 'office+weekly@example.org', state: 'in' },
	{ email: 'freya.lindqvist@example.com', first: 'Freya', last: 'Lindqvist', state: 'in' },
	{ email: 'grace.omondi@example.org', first: 'Grace', state: 'in' },
	{ email: 'harish.patel@example.com', first: 'Harish', last: 'Patel', state: 'in' },
	{ email: 'isla.munro@example.com', first: 'Isla', last: 'Munro', state: 'topic-out' },
	{ email: 'jonas.weber@example.org', first: 'Jonas', last: 'Weber', state: 'unsubscribed' },
	{ email: 'old.address@example.com', state: 'suppressed' },
	{ email: 'kit.nowak@example.org', first: 'Kit', last: 'Nowak', state: 'outside' },
];

function add(reader: Reader, segment: Segment, topic: Topic, world: World): void {
	const contact: Contact = {
		...stored(world),
		email: reader.email,
		first_name: reader.first ?? null,
		last_name: reader.last ?? null,
		unsubscribed: reader.state === 'unsubscribed',
		properties: {},
		segments: new Set(reader.state === 'outside' ? [] : [segment.id]),
		topics: new Map([[topic.id, reader.state === 'topic-out' ? 'opt_out' : 'opt_in']]),
	};
	world.state.contacts.set(contact.id, contact);
	if (reader.state === 'suppressed') suppress(reader.email, 'bounce', null, world);
}

function segmentNamed(name: string, world: World): Segment {
	const known = world.state.segments.values().find((segment) => segment.name === name);
	if (known !== undefined) return known;
	const segment: Segment = { ...stored(world), name };
	world.state.segments.set(segment.id, segment);
	return segment;
}

function topicNamed(name: string, world: World): Topic {
	const known = world.state.topics.values().find((topic) => topic.name === name);
	if (known !== undefined) return known;
	const topic: Topic = {
		...stored(world),
		name,
		description: 'One mail a week.',
		default_subscription: 'opt_out',
		visibility: 'public',
	};
	world.state.topics.set(topic.id, topic);
	return topic;
}
