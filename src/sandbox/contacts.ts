import { z } from 'zod';
import { invalid, notFound } from './api-error.ts';
import { addressSchema, readBody } from './body.ts';
import { emitContact } from './contact-event.ts';
import { listed, page } from './page.ts';
import { checkProperties, typedProperties } from './properties.ts';
import { type Call, created, ok, param, route } from './router.ts';
import type { Contact } from './state.ts';
import { isPessimistic, stored, type World } from './world.ts';

export const contactRoutes = [
	route('POST', '/contacts', 'contacts.create', create),
	route('GET', '/contacts', 'contacts.list', list),
	route('GET', '/contacts/:contact', 'contacts.get', get),
	route('PATCH', '/contacts/:contact', 'contacts.update', update),
	route('DELETE', '/contacts/:contact', 'contacts.remove', remove),
	route('GET', '/segments/:segment/contacts', 'contacts.list', listOfSegment),
];

/** Finds a contact by id or address; addresses are compared without case. Throws 404. */
export function findContact(idOrAddress: string, world: World): Contact {
	const contact = world.state.contacts.get(idOrAddress) ?? contactByAddress(idOrAddress, world);
	if (contact === undefined) throw notFound('Contact');
	return contact;
}

/** The contact with an address, if there is one. */
export function contactByAddress(address: string, world: World): Contact | undefined {
	const wanted = address.toLowerCase();
	return world.state.contacts.values().find((contact) => contact.email.toLowerCase() === wanted);
}

const propertyValues = z.record(z.string(), z.union([z.string(), z.number(), z.null()]));
const subscription = z.enum(['opt_in', 'opt_out']);

const createSchema = z.object({
	email: addressSchema,
	first_name: z.string().nullish(),
	last_name: z.string().nullish(),
	unsubscribed: z.boolean().nullish(),
	properties: propertyValues.nullish(),
	segments: z.array(z.object({ id: z.string() })).nullish(),
	topics: z.array(z.object({ id: z.string(), subscription })).nullish(),
});

/** An upsert: a known address keeps its id, and every omitted field falls back to its default. */
function create(call: Call, world: World) {
	const fields = readBody(createSchema, call.body);
	const segments = fields.segments ?? [];
	const topics = fields.topics ?? [];
	for (const { id } of segments) if (!world.state.segments.has(id)) throw notFound('Audience');
	for (const { id } of topics) if (!world.state.topics.has(id)) throw notFound('Topic');
	const properties = checkProperties(fields.properties ?? {}, world);

	const known = contactByAddress(fields.email, world);
	const contact: Contact = known ?? {
		...stored(world),
		email: fields.email,
		first_name: null,
		last_name: null,
		unsubscribed: false,
		properties: {},
		segments: new Set(),
		topics: new Map(),
	};
	contact.first_name = fields.first_name ?? null;
	contact.last_name = fields.last_name ?? null;
	contact.unsubscribed = fields.unsubscribed ?? false;
	contact.properties = withoutNulls(properties);
	for (const { id } of segments) contact.segments.add(id);
	if (!isPessimistic('C17', world)) {
		for (const topic of topics) contact.topics.set(topic.id, topic.subscription);
	}
	world.state.contacts.set(contact.id, contact);
	emitContact(known ? 'contact.updated' : 'contact.created', contact, world);
	return created({ object: 'contact', id: contact.id });
}

function list(call: Call, world: World) {
	const found = page(listed(world.state.contacts.values(), world), call.query, null);
	return ok({
		...found,
		data: found.data.map((contact) => ({
			id: contact.id,
			created_at: contact.created_at,
			email: contact.email,
			unsubscribed: contact.unsubscribed,
			first_name: contact.first_name,
			last_name: contact.last_name,
		})),
	});
}

function listOfSegment(call: Call, world: World) {
	const segment = world.state.segments.get(param(call, 'segment'));
	if (segment === undefined) throw notFound('Audience');
	const members = listed(world.state.contacts.values(), world).filter((contact) =>
		contact.segments.has(segment.id),
	);
	const found = page(members, call.query, null);
	return ok({
		...found,
		data: found.data.map((contact) => ({
			id: contact.id,
			email: contact.email,
			first_name: contact.first_name,
			last_name: contact.last_name,
			created_at: contact.created_at,
			unsubscribed: contact.unsubscribed,
		})),
	});
}

function get(call: Call, world: World) {
	const contact = findContact(param(call, 'contact'), world);
	return ok({
		object: 'contact',
		id: contact.id,
		email: contact.email,
		first_name: contact.first_name,
		last_name: contact.last_name,
		created_at: contact.created_at,
		unsubscribed: contact.unsubscribed,
		properties: typedProperties(contact, world),
	});
}

const updateSchema = z.object({
	first_name: z.string().nullish(),
	last_name: z.string().nullish(),
	unsubscribed: z.boolean().optional(),
	properties: propertyValues.optional(),
});

function update(call: Call, world: World) {
	const contact = findContact(param(call, 'contact'), world);
	const fields = readBody(updateSchema, call.body);
	const properties = checkProperties(fields.properties ?? {}, world);
	const before = JSON.stringify([contact.first_name, contact.last_name, contact.unsubscribed]);

	if (isPessimistic('C16', world)) {
		Object.assign(contact, {
			first_name: null,
			last_name: null,
			unsubscribed: false,
			properties: {},
		});
	}
	if (fields.first_name !== undefined) contact.first_name = fields.first_name;
	if (fields.last_name !== undefined) contact.last_name = fields.last_name;
	if (fields.unsubscribed !== undefined) contact.unsubscribed = fields.unsubscribed;
	contact.properties = withoutNulls({ ...contact.properties, ...properties });

	const after = JSON.stringify([contact.first_name, contact.last_name, contact.unsubscribed]);
	if (before !== after || isPessimistic('C22', world))
		emitContact('contact.updated', contact, world);
	return ok({ object: 'contact', id: contact.id });
}

/** Removing what is not there succeeds as well, and names what was asked for. */
function remove(call: Call, world: World) {
	const wanted = param(call, 'contact');
	const contact = world.state.contacts.get(wanted) ?? contactByAddress(wanted, world);
	if (contact !== undefined) {
		world.state.contacts.delete(contact.id);
		emitContact('contact.deleted', contact, world);
	} else if (wanted.trim() === '') {
		throw invalid('Invalid contact.');
	}
	return ok({ object: 'contact', contact: contact?.id ?? wanted, deleted: true });
}

function withoutNulls(
	values: Record<string, string | number | null>,
): Record<string, string | number> {
	const kept: Record<string, string | number> = {};
	for (const [key, value] of Object.entries(values)) if (value !== null) kept[key] = value;
	return kept;
}
