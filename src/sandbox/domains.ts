import { z } from 'zod';
import { notFound, refused } from './api-error.ts';
import { addressOf, readBody } from './body.ts';
import { listed, page } from './page.ts';
import { type Call, created, ok, param, route } from './router.ts';
import type { Domain } from './state.ts';
import { stored, type World } from './world.ts';

export const domainRoutes = [
	route('POST', '/domains', 'domains.create', create),
	route('GET', '/domains', 'domains.list', list),
	route('GET', '/domains/:domain', 'domains.get', get),
	route('PATCH', '/domains/:domain', 'domains.update', update),
	route('POST', '/domains/:domain/verify', 'domains.verify', verify),
	route('DELETE', '/domains/:domain', 'domains.remove', remove),
];

/**
 * Throws 403 unless the sender's domain is verified. Where the sandbox was started without a list of
 * sender domains, an unknown domain becomes a verified one the first time it sends.
 */
export function checkSender(from: string, world: World): void {
	const name = addressOf(from)?.split('@')[1]?.toLowerCase() ?? '';
	if (name === 'resend.dev') return;
	const known = world.state.domains.values().find((domain) => domain.name === name);
	if (known?.status === 'verified') return;
	if (known === undefined && world.senders === null) {
		addDomain(name, 'verified', world);
		return;
	}
	throw refused(
		`The ${name} domain is not verified. Please, add and verify your domain on https://resend.com/domains`,
	);
}

/** Adds a domain with open and click tracking off. */
export function addDomain(name: string, status: Domain['status'], world: World): Domain {
	const domain: Domain = {
		...stored(world),
		name: name.toLowerCase(),
		status,
		region: 'eu-west-1',
		open_tracking: false,
		click_tracking: false,
	};
	world.state.domains.set(domain.id, domain);
	return domain;
}

const createSchema = z.object({
	name: z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i),
	region: z.string().optional(),
	open_tracking: z.boolean().optional(),
	click_tracking: z.boolean().optional(),
});

function create(call: Call, world: World) {
	const given = readBody(createSchema, call.body);
	const domain = addDomain(given.name, 'not_started', world);
	domain.region = given.region ?? domain.region;
	domain.open_tracking = given.open_tracking ?? false;
	domain.click_tracking = given.click_tracking ?? false;
	return created({ ...shown(domain), records: records(domain) });
}

function list(call: Call, world: World) {
	const found = page(listed(world.state.domains.values(), world), call.query, 20);
	return ok({ ...found, data: found.data.map(shown) });
}

function get(call: Call, world: World) {
	const domain = find(call, world);
	return ok({ object: 'domain', ...shown(domain), records: records(domain) });
}

const updateSchema = z.object({
	open_tracking: z.boolean().optional(),
	click_tracking: z.boolean().optional(),
});

function update(call: Call, world: World) {
	const domain = find(call, world);
	const given = readBody(updateSchema, call.body);
	domain.open_tracking = given.open_tracking ?? domain.open_tracking;
	domain.click_tracking = given.click_tracking ?? domain.click_tracking;
	return ok({ object: 'domain', id: domain.id });
}

function verify(call: Call, world: World) {
	const domain = find(call, world);
	domain.status = 'verified';
	return ok({ object: 'domain', id: domain.id });
}

function remove(call: Call, world: World) {
	const domain = find(call, world);
	world.state.domains.delete(domain.id);
	return ok({ object: 'domain', id: domain.id, deleted: true });
}

function find(call: Call, world: World): Domain {
	const domain = world.state.domains.get(param(call, 'domain'));
	if (domain === undefined) throw notFound('Domain');
	return domain;
}

function shown(domain: Domain) {
	return {
		id: domain.id,
		name: domain.name,
		status: domain.status,
		created_at: domain.created_at,
		region: domain.region,
		capabilities: { sending: 'enabled', receiving: 'disabled' },
		open_tracking: domain.open_tracking,
		click_tracking: domain.click_tracking,
	};
}

function records({ name, region, status }: Domain) {
	const host = name.split('.').slice(0, -2).join('.');
	const at = (label: string) => (host === '' ? label : `${label}.${host}`);
	const state = status === 'verified' ? 'verified' : 'not_started';
	return [
		{
			record: 'SPF',
			name: at('send'),
			type: 'MX',
			ttl: 'Auto',
			status: state,
			value: `feedback-smtp.${region}.amazonses.com`,
			priority: 10,
		},
		{
			record: 'SPF',
			name: at('send'),
			type: 'TXT',
			ttl: 'Auto',
			status: state,
			value: 'v=spf1 include:amazonses.com ~all',
		},
		{
			record: 'DKIM',
			name: at('resend._domainkey'),
			type: 'TXT',
			ttl: 'Auto',
			status: state,
			value: 'p=SANDBOX',
		},
	];
}
