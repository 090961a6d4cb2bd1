import { z } from 'zod';
import { invalid, notFound } from './api-error.ts';
import { addressSchema, readBody } from './body.ts';
import { emit } from './event.ts';
import { listed, page } from './page.ts';
import { type Call, created, ok, param, route } from './router.ts';
import type { Suppression } from './state.ts';
import { isPessimistic, stored, type World } from './world.ts';

export const suppressionRoutes = [
	route('POST', '/suppressions/batch/add', 'suppressions.batch.add', addBatch),
	route('POST', '/suppressions/batch/remove', 'suppressions.batch.remove', removeBatch),
	route('POST', '/suppressions', 'suppressions.add', add),
	route('GET', '/suppressions', 'suppressions.list', list),
	route('GET', '/suppressions/:suppression', 'suppressions.get', get),
	route('DELETE', '/suppressions/:suppression', 'suppressions.remove', remove),
];

/** Whether the team's list holds an address. `suppressed@resend.dev`, labelled or not, always counts. */
export function isSuppressed(address: string, world: World): boolean {
	const lower = address.toLowerCase();
	return world.state.suppressions.has(lower) || /^suppressed(\+[^@]*)?@resend\.dev$/.test(lower);
}

/** Puts an address on the list; one that is there keeps its entry. */
export function suppress(
	email: string,
	origin: Suppression['origin'],
	sourceId: string | null,
	world: World,
): Suppression {
	const known = world.state.suppressions.get(email.toLowerCase());
	if (known !== undefined) return known;
	const suppression: Suppression = { ...stored(world), email, origin, source_id: sourceId };
	world.state.suppressions.set(email.toLowerCase(), suppression);
	emit('suppression.added', shown(suppression), world);
	return suppression;
}

const addSchema = z.object({ email: addressSchema });

function add(call: Call, world: World) {
	const { email } = readBody(addSchema, call.body);
	return created({ object: 'suppression', id: suppress(email, 'manual', null, world).id });
}

const batchSchema = z.object({ emails: z.array(addressSchema).min(1).max(100) });

function addBatch(call: Call, world: World) {
	const { emails } = readBody(batchSchema, call.body);
	const data = emails.map((email) => ({
		object: 'suppression',
		id: suppress(email, 'manual', null, world).id,
	}));
	return created({ data });
}

const removalSchema = z.object({
	emails: z.array(z.string()).max(100).optional(),
	ids: z.array(z.string()).max(100).optional(),
});

function removeBatch(call: Call, world: World) {
	const { emails, ids } = readBody(removalSchema, call.body);
	const wanted = emails ?? ids;
	if (wanted === undefined) throw invalid('Give `emails` or `ids`.');
	const data = wanted.map((idOrEmail) => {
		const suppression = find(idOrEmail, world);
		lift(suppression, world);
		return { object: 'suppression', id: suppression.id, deleted: true };
	});
	return ok({ data });
}

function list(call: Call, world: World) {
	const origin = call.query.get('origin');
	const entries = listed(world.state.suppressions.values(), world).filter(
		(entry) => origin === null || entry.origin === origin,
	);
	const found = page(entries, call.query, 20);
	return ok({ ...found, data: found.data.map(shown) });
}

function get(call: Call, world: World) {
	return ok({ object: 'suppression', ...shown(find(param(call, 'suppression'), world)) });
}

function remove(call: Call, world: World) {
	const suppression = find(param(call, 'suppression'), world);
	lift(suppression, world);
	return ok({ object: 'suppression', id: suppression.id, deleted: true });
}

function find(idOrEmail: string, world: World): Suppression {
	const entry =
		world.state.suppressions.get(idOrEmail.toLowerCase()) ??
		world.state.suppressions.values().find(({ id }) => id === idOrEmail);
	if (entry !== undefined) return entry;
	throw isPessimistic('C23', world)
		? invalid('The suppression cannot be looked up.')
		: notFound('Suppression');
}

function lift(suppression: Suppression, world: World): void {
	world.state.suppressions.delete(suppression.email.toLowerCase());
	emit('suppression.removed', shown(suppression), world);
}

function shown({ id, email, origin, source_id, created_at }: Suppression) {
	return { id, email, origin, source_id, created_at };
}
