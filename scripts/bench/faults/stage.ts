/** The sandbox all trials are played in, one after the other, and the account each starts with. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AudienceIds } from '#/delivery/message.ts';
import { addDomain } from '#/sandbox/domains.ts';
import type { Hooks } from '#/sandbox/hooks.ts';
import { createKnobs } from '#/sandbox/knobs.ts';
import { seedReaders } from '#/sandbox/readers.ts';
import { startSandbox } from '#/sandbox/server.ts';
import type { Sandbox } from '#/sandbox/server.ts';
import type { Broadcast, BroadcastFields } from '#/sandbox/state.ts';
import { stored } from '#/sandbox/world.ts';
import type { Plan } from './plan.ts';
import { names, planned } from './sender.ts';

/** Starts a sandbox whose clock moves only when it is told to, and a folder for receipts. */
export async function openStage(): Promise<Stage> {
	const folder = await mkdtemp(join(tmpdir(), 'tandem-faults-'));
	// Each trial puts its own in their place.
	const hooks: Hooks = {};
	const sandbox = await startSandbox({
		clock: { now: () => new Date(0) },
		senders: ['news.larkfield.example'],
		hooks,
	});
	return {
		sandbox,
		folder,
		hooks,
		trials: 0,
		async close() {
			await sandbox.close();
			await rm(folder, { recursive: true, force: true });
		},
	};
}

/**
 * Empties the account and fills it for a plan: readers, the issue before, its canary, broadcasts of
 * others, and things no sender asks for, so that a list which leaves out its newest entries still
 * shows what everybody knows.
 */
export async function setStage({ sandbox }: Stage, plan: Plan): Promise<Account> {
	const start = Date.parse(planned.utc) - plan.leadMinutes * 60_000;
	Object.assign(sandbox.knobs, createKnobs());
	await sandbox.clock.set(new Date(start - 8 * 86_400_000));
	sandbox.reset();
	const { state } = sandbox;
	const { reached, segmentId, topicId } = seedReaders(sandbox, names);
	for (let index = 0; index < 3; index++) addExtras(index, sandbox);
	const [other] = [...state.segments.values()].filter(({ id }) => id !== segmentId);
	if (!other) throw new Error('The extras hold a segment.');

	const before = addSent('tandem:016#1 0123456789ab', segmentId, topicId, sandbox);
	for (let index = 0; index < plan.others + 3; index++) {
		addSent(`spring sale ${index}`, other.id, topicId, sandbox);
	}
	await sandbox.clock.set(new Date(start));
	setWeather(sandbox, plan);
	return { reached, ids: { segmentId, topicId }, before: before.id };
}

function addExtras(index: number, { world, state }: Sandbox): void {
	const segment = stored(world);
	state.segments.set(segment.id, { ...segment, name: `other ${index}` });
	const topic = stored(world);
	state.topics.set(topic.id, {
		...topic,
		name: `other ${index}`,
		description: null,
		default_subscription: 'opt_out',
		visibility: 'private',
	});
	const contact = stored(world);
	state.contacts.set(contact.id, {
		...contact,
		email: `stranger${index}@example.net`,
		first_name: null,
		last_name: null,
		unsubscribed: false,
		properties: {},
		segments: new Set(),
		topics: new Map(),
	});
	addDomain(`other${index}.example`, 'verified', world);
}

/** Puts the plan's weather over the account. */
function setWeather({ knobs }: Sandbox, plan: Plan): void {
	knobs.listLagMs = plan.lists.lagMs;
	knobs.listDropsNewest = plan.lists.drops;
	knobs.rateLimit = plan.rateLimit;
	knobs.pessimistic = [...plan.clauses, ...(plan.isHtmlRewritten ? (['C10'] as const) : [])];
}

/** The weather clears up; what is true of the provider stays true. */
export function clearWeather({ knobs }: Sandbox): void {
	knobs.listLagMs = 0;
	knobs.listDropsNewest = 0;
	knobs.rateLimit = null;
}

function addSent(
	name: string,
	segmentId: string,
	topicId: string,
	{ world, state }: Sandbox,
): Broadcast {
	const made = stored(world);
	const fields: BroadcastFields = {
		name,
		segment_id: segmentId,
		from: 'Sales <sales@news.larkfield.example>',
		subject: name,
		reply_to: null,
		preview_text: null,
		topic_id: topicId,
		html: null,
		text: name,
		status: 'sent',
		scheduled_at: null,
		scheduledMs: null,
		sent_at: made.created_at,
	};
	const broadcast: Broadcast = {
		...made,
		...fields,
		sending: null,
		fixed: null,
		versions: [{ at: made.createdMs, fields }],
	};
	state.broadcasts.set(broadcast.id, broadcast);
	return broadcast;
}

/** What a trial knows of its account. */
export interface Account {
	/** Addresses that are to have the issue. */
	reached: string[];
	ids: AudienceIds;
	/** The broadcast of the issue before. */
	before: string;
}

export interface Stage {
	sandbox: Sandbox;
	/** Where receipts lie, a folder for each trial. */
	folder: string;
	hooks: Hooks;
	/** Trials played so far. */
	trials: number;
	close(): Promise<void>;
}
