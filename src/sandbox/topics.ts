import { z } from 'zod';
import { invalid, notFound } from './api-error.ts';
import { readBody } from './body.ts';
import { emit } from './event.ts';
import { listed, page } from './page.ts';
import { type Call, created, ok, param, route } from './router.ts';
import type { Topic } from './state.ts';
import { stored, type World } from './world.ts';

export const topicRoutes = [
	route('POST', '/topics', 'topics.create', create),
	route('GET', '/topics', 'topics.list', list),
	route('GET', '/topics/:topic', 'topics.get', get),
	route('PATCH', '/topics/:topic', 'topics.update', update),
	route('DELETE', '/topics/:topic', 'topics.remove', remove),
];

const fields = {
	name: z.string().min(1).max(50),
	description: z.string().max(200).nullish(),
	visibility: z.enum(['public', 'private']).optional(),
};

const createSchema = z.object({
	...fields,
	default_subscription: z.enum(['opt_in', 'opt_out']),
});

function create(call: Call, world: World) {
	const given = readBody(createSchema, call.body);
	const topic: Topic = {
		...stored(world),
		name: given.name,
		description: given.description ?? null,
		default_subscription: given.default_subscription,
		visibility: given.visibility ?? 'private',
	};
	world.state.topics.set(topic.id, topic);
	announce('topic.created', topic, world);
	return created({ object: 'topic', id: topic.id });
}

function list(call: Call, world: World) {
	const found = page(listed(world.state.topics.values(), world), call.query, 20);
	return ok({ ...found, data: found.data.map(shown) });
}

function get(call: Call, world: World) {
	return ok({ object: 'topic', ...shown(find(call, world)) });
}

const updateSchema = z.object({ ...fields, name: fields.name.optional() });

function update(call: Call, world: World) {
	const topic = find(call, world);
	const given = readBody(updateSchema, call.body);
	if (call.body !== null && typeof call.body === 'object' && 'default_subscription' in call.body) {
		throw invalid('The `default_subscription` of a topic cannot be changed.');
	}
	if (given.name !== undefined) topic.name = given.name;
	if (given.description !== undefined) topic.description = given.description;
	if (given.visibility !== undefined) topic.visibility = given.visibility;
	announce('topic.updated', topic, world);
	return ok({ object: 'topic', id: topic.id });
}

function remove(call: Call, world: World) {
	const id = param(call, 'topic');
	const topic = world.state.topics.get(id);
	if (topic !== undefined) {
		world.state.topics.delete(id);
		for (const contact of world.state.contacts.values()) contact.topics.delete(id);
		announce('topic.deleted', topic, world);
	}
	return ok({ object: 'topic', id, deleted: true });
}

function find(call: Call, world: World): Topic {
	const topic = world.state.topics.get(param(call, 'topic'));
	if (topic === undefined) throw notFound('Topic');
	return topic;
}

function shown(topic: Topic) {
	return {
		id: topic.id,
		name: topic.name,
		description: topic.description,
		default_subscription: topic.default_subscription,
		visibility: topic.visibility,
		created_at: topic.created_at,
	};
}

function announce(type: string, topic: Topic, world: World): void {
	const { visibility: _hidden, ...data } = shown(topic);
	const updated_at = new Date(world.timeline.now()).toISOString();
	emit(type, { ...data, deleted: type === 'topic.deleted', updated_at }, world);
}
