/** Random orders of imports with everything else that happens to people: who left stays out. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { forget, keepOut } from '#/delivery/contacts-care/erase.ts';
import { readEntries } from '#/delivery/contacts-import/entries.ts';
import { planIntake, takeAll } from '#/delivery/contacts-import/intake.ts';
import { peopleWrites } from '#/delivery/people.ts';
import type { People } from '#/delivery/people.ts';
import { openPeople } from '#/delivery/resend-people.ts';
import { heardOfLeave, join, leave, leaveAll } from '#/delivery/subscription.ts';
import { listOf } from '#/endpoints/list.ts';
import { suppress } from '#/sandbox/suppressions.ts';
import { aDesk, contactOf, isMailed } from './endpoints-lab.ts';

type Desk = Awaited<ReturnType<typeof aDesk>>;

/** The process ended here: nothing after this line was done. */
class Killed extends Error {}

const who = fc.constantFrom(0, 1);
const step = fc.oneof(
	{
		weight: 4,
		arbitrary: fc.record({
			kind: fc.constant('import' as const),
			whom: fc.constantFrom([0], [1], [0, 1], [1, 0, 0]),
			/** The write it is killed at, and whether that one still takes effect. */
			killAt: fc.option(fc.record({ write: fc.nat(9), isDone: fc.boolean() }), {
				freq: 2,
			}),
			lost: fc.option(fc.constantFrom('after-commit' as const, 'before-commit' as const)),
			/** Lists do not show the newest people yet. */
			isStale: fc.boolean(),
		}),
	},
	fc.record({ kind: fc.constant('join' as const), who, linkHours: fc.constantFrom(0, 1, 30, 60) }),
	fc.record({
		kind: fc.constant('leave' as const),
		who,
		way: fc.constantFrom('resend', 'resend-all', 'link', 'page-all'),
		isHeard: fc.boolean(),
	}),
	fc.record({
		kind: fc.constant('suppress' as const),
		who,
		origin: fc.constantFrom('bounce' as const, 'complaint' as const),
	}),
	fc.record({ kind: fc.constant('erase' as const), who, isForgotten: fc.boolean() }),
	fc.record({ kind: fc.constant('wait' as const), hours: fc.constantFrom(1, 24, 80) }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

interface Life {
	address: string;
	/** Left, bounced, complained or was erased, and did not say yes since. */
	isOut: boolean;
	/** Said yes by a link, and did nothing since. */
	isIn: boolean;
	isErased: boolean;
}

let lives = 0;

async function live(steps: readonly Step[], desk: Desk, spoil: (people: People) => People) {
	const pair = [0, 1].map((): Life => {
		lives += 1;
		return { address: `l${lives}@example.net`, isOut: false, isIn: false, isErased: false };
	});
	const faultless: Step = {
		kind: 'import',
		whom: [0, 1],
		killAt: null,
		lost: null,
		isStale: false,
	};
	for (const [index, one] of [...steps, faultless].entries()) {
		await desk.pass(60_000);
		await act(one, pair, desk, spoil);
		for (const life of pair) {
			const told = `${JSON.stringify(life)} after ${JSON.stringify(steps.slice(0, index + 1))}`;
			if (life.isOut && isMailed(life.address, desk)) throw new Error(`revived: ${told}`);
			if (life.isIn && !isMailed(life.address, desk)) throw new Error(`lost: ${told}`);
			if (life.isErased && contactOf(life.address, desk)) throw new Error(`made anew: ${told}`);
		}
	}
	for (const { address, isOut } of pair) {
		if (!isOut && !isMailed(address, desk)) {
			throw new Error(`never taken: ${address} ${JSON.stringify(steps)}`);
		}
	}
}

async function act(one: Step, pair: Life[], desk: Desk, spoil: (people: People) => People) {
	const list = listOf(desk.ports);
	const now = Math.floor(desk.ports.now().getTime() / 1000);
	switch (one.kind) {
		case 'import':
			return bring(one, pair, desk, spoil);
		case 'wait':
			return desk.pass(one.hours * 3_600_000);
		default:
	}
	const life = pair[one.who];
	if (!life) throw new Error('There are two.');
	const contact = contactOf(life.address, desk);
	switch (one.kind) {
		case 'join': {
			const iat = now - one.linkHours * 3600;
			const asked = { address: life.address, topics: list.topics, iat, tokenId: `t${lives}` };
			const outcome = await join({ ...asked, wording: '2026-11', source: 'form' }, list);
			if (outcome.kind === 'in') Object.assign(life, { isIn: true, isOut: false });
			return;
		}
		case 'leave':
			// Only who got a letter has a link to leave by.
			if (!contact || !isMailed(life.address, desk)) return;
			Object.assign(life, { isIn: false, isOut: true });
			if (one.way === 'link') await leave(contact.id, false, list);
			else if (one.way === 'page-all') await leaveAll(contact.id, list);
			else {
				if (one.way === 'resend') contact.topics.set(desk.topicId, 'opt_out');
				else contact.unsubscribed = true;
				if (one.isHeard) await heardOfLeave(contact.id, now, list);
			}
			return;
		case 'suppress':
			suppress(life.address, one.origin, null, desk.sandbox.world);
			Object.assign(life, { isIn: false, isOut: true });
			return;
		case 'erase': {
			const people = openPeople({ key: 're_full', baseUrl: desk.sandbox.url }, stillPace);
			if (one.isForgotten) {
				// The last step of forgetting lets an old file bring somebody back, as it says.
				if (!contact || contact.unsubscribed) return;
				await forget(life.address, desk.topicId, now, people);
			} else {
				await keepOut(life.address, people);
				life.isErased = true;
			}
			Object.assign(life, { isIn: false, isOut: true });
			return;
		}
		default:
			return one satisfies never;
	}
}

async function bring(
	{ whom, killAt, lost, isStale }: Extract<Step, { kind: 'import' }>,
	pair: Life[],
	desk: Desk,
	spoil: (people: People) => People,
) {
	const rows = whom.map((index) => `${pair[index]?.address},2024-01-0${index + 1}`);
	const file = new TextEncoder().encode(`email,consent_at\n${rows.join('\n')}\n`);
	const real = openPeople({ key: 're_full', baseUrl: desk.sandbox.url }, stillPace);
	const people = spoil(mortal(real, killAt));
	const intake = {
		people,
		pace: stillPace,
		segmentId: desk.segmentId,
		topicId: desk.topicId,
		source: 'a file',
	};
	desk.sandbox.knobs.listDropsNewest = isStale ? 3 : 0;
	if (lost !== null) desk.sandbox.failNext('*', lost, { skip: 6 });
	try {
		const plan = await planIntake(readEntries(file, desk.ports.now()), intake);
		await takeAll(plan.todo, intake, () => {});
	} catch (error) {
		if (!(error instanceof Killed)) throw error;
	} finally {
		desk.sandbox.knobs.listDropsNewest = 0;
		desk.sandbox.world.faults.length = 0;
	}
}

/** People whose writes end the process at a chosen one, before or after it took effect. */
function mortal(people: People, killAt: { write: number; isDone: boolean } | null): People {
	let writes = 0;
	return new Proxy(people, {
		get(target, key, receiver) {
			const value: unknown = Reflect.get(target, key, receiver);
			if (!peopleWrites.some((name) => name === key) || typeof value !== 'function') return value;
			return async (...given: unknown[]) => {
				const isLast = killAt !== null && writes === killAt.write;
				writes += 1;
				if (isLast && !killAt.isDone) throw new Killed();
				const answer: unknown = await Reflect.apply(value, target, given);
				if (isLast) throw new Killed();
				return answer;
			};
		},
	});
}

const stillPace = { elapsed: () => 0, wait: async () => {} };

async function liveMany(count: number, spoil: (people: People) => People = (people) => people) {
	const desk = await aDesk();
	const steps = fc.array(step, { minLength: 1, maxLength: 9 });
	return fc.check(
		fc.asyncProperty(steps, async (taken) => {
			// Lists grow with every life; none of an earlier one matters.
			for (const [id, { email }] of desk.sandbox.state.contacts) {
				if (/^l\d+@/.test(email)) desk.sandbox.state.contacts.delete(id);
			}
			desk.sandbox.state.suppressions.clear();
			await live(taken, desk, spoil);
		}),
		{ numRuns: count, seed: 20_261_123 },
	);
}

test('2,000 orders: nobody who left is opted in again, nobody who said yes is lost', async () => {
	const { failed, numRuns, errorInstance, counterexample } = await liveMany(2_000);
	expect(failed, `${String(errorInstance)} ${JSON.stringify(counterexample)}`).toBe(false);
	expect(numRuns).toBe(2_000);
});

const found = { kind: 'ok', at: undefined } as const;

test.each<[string, (people: People) => People]>([
	[
		'who is there already',
		(people) => ({ ...people, find: async () => ({ ...found, value: undefined }) }),
	],
	[
		'who is suppressed',
		(people) => ({
			...people,
			isSuppressed: async () => ({ ...found, value: false }),
			listSuppressed: async () => ({ ...found, value: { items: [], hasMore: false } }),
		}),
	],
	[
		'that an import was complete',
		(people) => ({
			...people,
			segments: async () => ({ ...found, value: [] }),
			async find(address) {
				const outcome = await people.find(address);
				if (outcome.kind !== 'ok' || !outcome.value) return outcome;
				const { at, source } = outcome.value.consent;
				return { ...outcome, value: { ...outcome.value, consent: { at, source } } };
			},
		}),
	],
])('forgetting %s would be found', async (_what, spoil) => {
	expect(await liveMany(600, spoil)).toMatchObject({ failed: true });
});
