import { z } from 'zod';
import { invalid, notFound } from './api-error.ts';
import { readBody } from './body.ts';
import { listed, page } from './page.ts';
import { type Call, created, ok, param, route } from './router.ts';
import type { Contact, Property } from './state.ts';
import { stored, type World } from './world.ts';

export const propertyRoutes = [
	route('POST', '/contact-properties', 'contactProperties.create', create),
	route('GET', '/contact-properties', 'contactProperties.list', list),
	route('GET', '/contact-properties/:property', 'contactProperties.get', get),
	route('PATCH', '/contact-properties/:property', 'contactProperties.update', update),
	route('DELETE', '/contact-properties/:property', 'contactProperties.remove', remove),
];

/** The values of a contact as reads show them: `{ type, value }`, while writes take plain values. */
export function typedProperties(contact: Contact, world: World) {
	return Object.fromEntries(
		Object.entries(contact.properties).map(([key, value]) => [
			key,
			{ type: propertyByKey(key, world)?.type ?? typeof value, value },
		]),
	);
}

/** Returns the values unchanged, or throws where a key is unknown or a type does not fit. */
export function checkProperties<T extends Record<string, string | number | null>>(
	values: T,
	world: World,
): T {
	for (const [key, value] of Object.entries(values)) {
		const property = propertyByKey(key, world);
		if (property === undefined) throw invalid(`The contact property \`${key}\` does not exist.`);
		if (value !== null && typeof value !== property.type) {
			throw invalid(`The contact property \`${key}\` takes a ${property.type}.`);
		}
	}
	return values;
}

const fallback = z.union([z.string(), z.number()]).nullish();

const createSchema = z.object({
	key: z.string().regex(/^[A-Za-z0-9_]{1,50}$/, 'Use letters, digits and underscores, at most 50.'),
	type: z.enum(['string', 'number']),
	fallback_value: fallback,
});

function create(call: Call, world: World) {
	const given = readBody(createSchema, call.body);
	if (propertyByKey(given.key, world)) {
		throw invalid(`A contact property with the key \`${given.key}\` already exists.`);
	}
	const property: Property = {
		...stored(world),
		key: given.key,
		type: given.type,
		fallback_value: checkFallback(given.type, given.fallback_value),
	};
	world.state.properties.set(property.id, property);
	return created({ object: 'contact_property', id: property.id });
}

function list(call: Call, world: World) {
	const found = page(listed(world.state.properties.values(), world), call.query, 20);
	return ok({ ...found, data: found.data.map(shown) });
}

function get(call: Call, world: World) {
	return ok({ object: 'contact_property', ...shown(find(call, world)) });
}

const updateSchema = z.object({
	fallback_value: fallback,
	key: z.undefined({ error: 'The key cannot be changed.' }).optional(),
	type: z.undefined({ error: 'The type cannot be changed.' }).optional(),
});

function update(call: Call, world: World) {
	const property = find(call, world);
	const given = readBody(updateSchema, call.body);
	property.fallback_value = checkFallback(property.type, given.fallback_value);
	return ok({ object: 'contact_property', id: property.id });
}

function remove(call: Call, world: World) {
	const id = param(call, 'property');
	const property = world.state.properties.get(id);
	if (property !== undefined) {
		world.state.properties.delete(id);
		for (const contact of world.state.contacts.values()) {
			const { [property.key]: _gone, ...kept } = contact.properties;
			contact.properties = kept;
		}
	}
	return ok({ object: 'contact_property', deleted: true, id });
}

function find(call: Call, world: World): Property {
	const property = world.state.properties.get(param(call, 'property'));
	if (property === undefined) throw notFound('Contact property');
	return property;
}

function propertyByKey(key: string, world: World): Property | undefined {
	return world.state.properties.values().find((property) => property.key === key);
}

function checkFallback(type: Property['type'], value: string | number | null | undefined) {
	if (value === undefined || value === null) return null;
	if (typeof value !== type) throw invalid(`The \`fallback_value\` must be a ${type}.`);
	return value;
}

function shown({ id, key, type, fallback_value, created_at }: Property) {
	return { id, key, type, fallback_value, created_at };
}
