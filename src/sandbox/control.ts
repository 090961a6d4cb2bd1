import { z } from 'zod';
import type { WireRequest } from './api.ts';
import { nextScheduled } from './due.ts';
import { type FailOptions, type FaultName, faults } from './fault.ts';
import { clauses, type Knobs } from './knobs.ts';
import { source } from './mime.ts';
import { content } from './placeholder.ts';
import { json, reply, type Reply } from './reply.ts';
import type { World } from './world.ts';

/** What the control API moves; the handle of `startSandbox` offers the same as functions. */
export interface Controls {
	setClock(to: Date): Promise<void>;
	advanceClock(ms: number): Promise<void>;
	failNext(op: string, fault: FaultName, options: FailOptions): void;
	reset(): void;
}

/** `/_sandbox/…`: the sandbox by HTTP, for other processes and for people with curl. */
export async function control(
	request: WireRequest,
	world: World,
	controls: Controls,
): Promise<Reply> {
	const call = `${request.method} ${request.url.pathname.replace(/\/$/, '')}`;
	const eml = /^GET \/_sandbox\/mails\/([\w-]+)\.eml$/.exec(call)?.[1];
	if (eml !== undefined) {
		const mail = world.state.mails.find(({ id }) => id === eml);
		if (mail !== undefined) return reply(200, 'message/rfc822', source(mail));
	}

	switch (call) {
		case 'GET /_sandbox':
			return json({
				clock: clockFacts(world),
				knobs: world.knobs,
				mails: world.state.mails.length,
			});
		case 'GET /_sandbox/clock':
			return json(clockFacts(world));
		case 'POST /_sandbox/clock': {
			const asked = read(clockSchema, request.body);
			if (asked.success) {
				await moveClock(asked.data, world, controls);
				return json(clockFacts(world));
			}
			return badRequest(asked.error);
		}
		case 'GET /_sandbox/journal': {
			const after = Number(request.url.searchParams.get('after') ?? 0);
			return json(world.journal.filter(({ number }) => number > after));
		}
		case 'GET /_sandbox/mails':
			return json(world.state.mails.map((mail) => ({ ...shown(mail), ...content(mail.email) })));
		case 'GET /_sandbox/faults':
			return json(world.faults.map(({ op, name, skip, times }) => ({ op, name, skip, times })));
		case 'POST /_sandbox/faults': {
			const asked = read(faultSchema, request.body);
			if (!asked.success) return badRequest(asked.error);
			const { op, fault, times = 1, skip = 0 } = asked.data;
			try {
				controls.failNext(op, fault, { times, skip });
			} catch (error) {
				return json({ error: error instanceof Error ? error.message : String(error) }, 400);
			}
			return json(
				world.faults.map(({ op: of, name }) => ({ op: of, name })),
				201,
			);
		}
		case 'DELETE /_sandbox/faults':
			world.faults.length = 0;
			return json([]);
		case 'PATCH /_sandbox/knobs': {
			const asked = read(knobsSchema, request.body);
			if (!asked.success) return badRequest(asked.error);
			applyKnobs(asked.data, world.knobs);
			return json(world.knobs);
		}
		case 'POST /_sandbox/reset':
			controls.reset();
			return json({ clock: clockFacts(world) });
		default:
			return json({ error: `The control API has no ${call}.` }, 404);
	}
}

/** Moves the clock as the inbox's buttons and the control API ask. */
export async function moveClock(
	asked: { set: string } | { advanceMs: number } | { advance: 'next' },
	world: World,
	controls: Controls,
): Promise<void> {
	if ('set' in asked) return controls.setClock(new Date(asked.set));
	if ('advanceMs' in asked) return controls.advanceClock(asked.advanceMs);
	const next = nextScheduled(world);
	if (next === null) return;
	// Far enough for the last mail of a broadcast to have left.
	return controls.setClock(new Date(Math.max(next, world.timeline.now()) + world.knobs.queuedMs));
}

const clockSchema = z.union([
	z.strictObject({ set: z.iso.datetime({ offset: true }) }),
	z.strictObject({ advanceMs: z.number() }),
	z.strictObject({ advance: z.literal('next') }),
]);

// The keys of a literal object, which is never empty.
const faultNames = Object.keys(faults) as [FaultName, ...FaultName[]];

const count = z.int().min(0);

const faultSchema = z.strictObject({
	op: z.string(),
	fault: z.enum(faultNames),
	times: count.optional(),
	skip: count.optional(),
});

const limit = z.number().min(0).nullable();

const knobsSchema = z
	.strictObject({
		latencyMs: count,
		listLagMs: count,
		listDropsNewest: count,
		rateLimit: limit,
		quota: z.strictObject({ daily: limit, monthly: limit, contacts: limit }).partial(),
		queuedMs: count,
		webhookCopies: z.int().min(1),
		webhookDisorder: z.boolean(),
		pessimistic: z.array(z.enum(clauses)),
	})
	.partial();

function applyKnobs({ quota, ...given }: z.output<typeof knobsSchema>, knobs: Knobs): void {
	Object.assign(knobs.quota, quota);
	Object.assign(knobs, given);
}

function read<T>(schema: z.ZodType<T>, body: string) {
	try {
		return schema.safeParse(JSON.parse(body));
	} catch {
		return schema.safeParse(undefined);
	}
}

function badRequest(error: z.ZodError): Reply {
	return json({ error: z.prettifyError(error) }, 400);
}

function clockFacts(world: World) {
	const next = nextScheduled(world);
	return {
		now: new Date(world.timeline.now()).toISOString(),
		nextScheduled: next === null ? null : new Date(next).toISOString(),
	};
}

function shown({ id, to, at, email }: World['state']['mails'][number]) {
	return {
		id,
		to,
		at: new Date(at).toISOString(),
		emailId: email.id,
		broadcastId: email.broadcastId,
		from: email.from,
		headers: email.headers,
	};
}
