import { z } from 'zod';
import { notFound } from './api-error.ts';
import { readBody } from './body.ts';
import { listed, page } from './page.ts';
import { type Call, created, ok, param, route } from './router.ts';
import type { Segment } from './state.ts';
import { stored, type World } from './world.ts';

export const segmentRoutes = [
	route('POST', '/segments', 'segments.create', create),
	route('GET', '/segments', 'segments.list', list),
	route('GET', '/segments/:segment', 'segments.get', get),
	route('PATCH', '/segments/:segment', 'segments.update', update),
	route('DELETE', '/segments/:segment', 'segments.remove', remove),
];

const nameSchema = z.object({ name: z.string().min(1) });

function create(call: Call, world: World) {
	const { name } = readBody(nameSchema, call.body);
	const segment: Segment = { ...stored(world), name };
	world.state.segments.set(segment.id, segment);
	return created({ object: 'segment', id: segment.id, name });
}

function list(call: Call, world: World) {
	const found = page(listed(world.state.segments.values(), world), call.query, null);
	return ok({
		...found,
		data: found.data.map(({ id, name, created_at }) => ({ id, name, created_at })),
	});
}

function get(call: Call, world: World) {
	const { id, name, created_at } = find(call, world);
	return ok({ object: 'segment', id, name, created_at });
}

function update(call: Call, world: World) {
	const segment = find(call, world);
	segment.name = readBody(nameSchema, call.body).name;
	return ok({ object: 'segment', id: segment.id });
}

function remove(call: Call, world: World) {
	const id = param(call, 'segment');
	world.state.segments.delete(id);
	for (const contact of world.state.contacts.values()) contact.segments.delete(id);
	return ok({ object: 'segment', id, deleted: true });
}

function find(call: Call, world: World): Segment {
	const segment = world.state.segments.get(param(call, 'segment'));
	// The live API still says "Audience" here.
	if (segment === undefined) throw notFound('Audience');
	return segment;
}
