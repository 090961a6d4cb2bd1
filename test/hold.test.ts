/** Taking an issue back, through the official SDK, over HTTP, against the sandbox. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { holdIssue } from '#/delivery/hold.ts';
import type { HoldOutcome, HoldPorts } from '#/delivery/hold.ts';
import type { Provider } from '#/delivery/provider.ts';
import { reconcileIssue } from '#/delivery/reconcile.ts';
import { sendIssue } from '#/delivery/send.ts';
import { stopKinds } from '#/delivery/stop.ts';
import { faults } from '#/sandbox/fault.ts';
import type { FaultName } from '#/sandbox/fault.ts';
import type { Clause } from '#/sandbox/knobs.ts';
import type { SandboxOptions } from '#/sandbox/server.ts';
import { dataOf, HOUR, MINUTE } from './sandbox-lab.ts';
import { aJob, aMessage, aStage, expectOneCopyEach, writes } from './sender-stage.ts';
import type { Stage } from './sender-stage.ts';

const issue = { site: 'tandem', issue: '017' };

function hold(
	stage: Stage,
	{ isDelete = false, ...change }: Partial<HoldPorts> & { isDelete?: boolean } = {},
): Promise<HoldOutcome> {
	const { provider, ledger, pause, tell } = stage.ports();
	return holdIssue({ ...issue, isDelete }, { provider, ledger, pause, tell, ...change });
}

/** A stage on which issue 017 is scheduled for Tuesday at nine. */
async function scheduled(options: SandboxOptions = {}): Promise<{ stage: Stage; id: string }> {
	const stage = await aStage(options);
	const outcome = await stage.run();
	if (outcome.kind !== 'scheduled') throw new Error(JSON.stringify(outcome));
	return { stage, id: outcome.broadcast };
}

async function expectNobodyHasIt(stage: Stage): Promise<void> {
	await stage.letTimePass();
	expect(stage.mailsTo()).toEqual([]);
}

function exitCode(outcome: HoldOutcome): number {
	return outcome.kind === 'stopped' ? stopKinds[outcome.reason] : 0;
}

/** Writes since the issue was scheduled. */
function writesOf(stage: Stage): string[] {
	return writes(stage).filter((op) => !['broadcasts.create', 'broadcasts.send'].includes(op));
}

describe('row 16: a hold', () => {
	test('after the reservation makes it a marked draft, and nothing goes out', async () => {
		const { stage, id } = await scheduled();
		const before = dataOf(await stage.resend.broadcasts.get(id));
		const outcome = await hold(stage);
		const name = before.name.replace('#1', '#1!');
		expect(outcome).toEqual({
			kind: 'held',
			broadcasts: [{ kind: 'held', id, name, was: 'scheduled', isAlready: false }],
		});
		// Nothing but the mark and the time changed, and nothing but the name went over the wire.
		const after = dataOf(await stage.resend.broadcasts.get(id));
		expect(after).toEqual({ ...before, name, status: 'draft', scheduled_at: null });
		const update = stage.sandbox.journal().find(({ op }) => op === 'broadcasts.update');
		expect(update?.body).toEqual({ name });
		expect(writesOf(stage)).toEqual(['broadcasts.cancel', 'broadcasts.update']);
		expect(await stage.run()).toMatchObject({ kind: 'stopped', code: 'held' });
		await expectNobodyHasIt(stage);
	});

	test('before the reservation marks the draft', async () => {
		const stage = await aStage();
		stage.sandbox.failNext('broadcasts.send', '403');
		await stage.run();
		expect(await hold(stage)).toMatchObject({ kind: 'held', broadcasts: [{ was: 'draft' }] });
		expect(await stage.run()).toMatchObject({ code: 'held' });
		await expectNobodyHasIt(stage);
	});

	test.each(['before', 'after'] as const)(
		'that comes just %s a sender reserves makes that sender take it back',
		async (when) => {
			const stage = await aStage();
			const { provider } = stage.ports();
			let held: HoldOutcome | undefined;
			const racing: Provider = {
				...provider,
				sendBroadcast: async (id, at) => {
					if (when === 'before') held = await hold(stage);
					const answer = await provider.sendBroadcast(id, at);
					if (when === 'after') held = await hold(stage);
					return answer;
				},
			};
			expect(await stage.run(aJob(), { provider: racing })).toMatchObject({ code: 'held' });
			expect(held).toMatchObject({ kind: 'held' });
			await expectNobodyHasIt(stage);
		},
	);

	test('holds although the sender dies right after it reserved: reconciling takes it back', async () => {
		class Crash extends Error {}
		const stage = await aStage();
		const { provider, ledger, pause, tell } = stage.ports();
		const dying: Provider = {
			...provider,
			sendBroadcast: async (id, at) => {
				await hold(stage);
				await provider.sendBroadcast(id, at);
				throw new Crash();
			},
		};
		await expect(stage.run(aJob(), { provider: dying })).rejects.toThrow(Crash);
		const [broadcast] = stage.sandbox.state.broadcasts.values();
		expect(broadcast).toMatchObject({ status: 'scheduled' });
		expect(broadcast?.name).toContain('#1!');
		const outcome = await reconcileIssue(issue, { provider, ledger, pause, tell });
		expect(outcome).toMatchObject({ kind: 'reconciled', deeds: [{ did: 'cancelled' }] });
		await expectNobodyHasIt(stage);
	});

	test('with --delete stops also a sender that wakes up when its time is past', async () => {
		const stage = await aStage({ knobs: { pessimistic: ['C05'] } });
		const { provider } = stage.ports();
		const sleeping: Provider = {
			...provider,
			sendBroadcast: async (id, at) => {
				expect(await hold(stage, { isDelete: true })).toMatchObject({
					kind: 'held',
					broadcasts: [{ kind: 'removed', id, was: 'draft' }],
				});
				await stage.sandbox.clock.advance(30 * HOUR);
				return provider.sendBroadcast(id, at);
			},
		};
		expect(await stage.run(aJob(), { provider: sleeping })).toMatchObject({ code: 'gone' });
		await expectNobodyHasIt(stage);
	});

	test('with --delete removes what is scheduled', async () => {
		const { stage, id } = await scheduled();
		expect(await hold(stage, { isDelete: true })).toEqual({
			kind: 'held',
			broadcasts: [{ kind: 'removed', id, was: 'scheduled' }],
		});
		expect(stage.sandbox.state.broadcasts.size).toBe(0);
		expect(await hold(stage, { isDelete: true })).toMatchObject({ code: 'nothing-to-hold' });
		await expectNobodyHasIt(stage);
	});

	test('holds every broadcast of the issue, whoever made it', async () => {
		const { stage, id } = await scheduled();
		const twin = await stage.draft({ name: 'tandem:017#1 3f9a2c1b77de' });
		dataOf(await stage.resend.broadcasts.send(twin, { scheduledAt: '2026-11-24T09:00:00Z' }));
		const other = await stage.draft({ name: 'tandem:018#1 3f9a2c1b77de' });
		const outcome = await hold(stage);
		expect(outcome).toMatchObject({ kind: 'held' });
		const held = outcome.kind === 'held' ? outcome.broadcasts.map((one) => one.id) : [];
		expect(held.toSorted()).toEqual([id, twin].toSorted());
		expect(stage.sandbox.state.broadcasts.get(other)?.name).toBe('tandem:018#1 3f9a2c1b77de');
		await expectNobodyHasIt(stage);
	});

	test('finds a draft that a sender makes while it looks', async () => {
		const stage = await aStage();
		const { provider } = stage.ports();
		let lists = 0;
		const slow: Provider = {
			...provider,
			listBroadcasts: async (after) => {
				const answer = await provider.listBroadcasts(after);
				if (++lists === 1) await stage.draft();
				return answer;
			},
		};
		expect(await hold(stage, { provider: slow })).toMatchObject({ kind: 'held' });
	});

	test('again says that it was held, and writes nothing', async () => {
		const { stage } = await scheduled();
		await hold(stage);
		const before = writes(stage).length;
		expect(await hold(stage)).toMatchObject({ kind: 'held', broadcasts: [{ isAlready: true }] });
		expect(writes(stage)).toHaveLength(before);
	});

	test('is undone by a second attempt, under the same broadcast', async () => {
		const { stage, id } = await scheduled();
		await hold(stage);
		const edited = aMessage({ subject: 'Fewer surprises', contentHash: 'd'.repeat(64) });
		const again = await stage.run(aJob(edited, { attempt: 2 }));
		expect(again).toMatchObject({ kind: 'scheduled', broadcast: id });
		expect(await hold(stage)).toMatchObject({ kind: 'held', broadcasts: [{ id }] });
		const [broadcast] = stage.sandbox.state.broadcasts.values();
		expect(broadcast?.name).toMatch(/^tandem:017#2! /);
		await expectNobodyHasIt(stage);
	});
});

describe('row 17: while mail goes out', () => {
	async function goingOut() {
		const { stage, id } = await scheduled({ knobs: { queuedMs: HOUR } });
		await stage.sandbox.clock.set(new Date('2026-11-24T09:10:00Z'));
		expect(await stage.status(id)).toBe('queued');
		return { stage, id };
	}

	test.each([false, true])('a hold cancels nothing, and says so (delete: %s)', async (isDelete) => {
		const { stage } = await goingOut();
		const outcome = await hold(stage, { isDelete });
		expect(outcome).toMatchObject({
			code: 'hold-late',
			message: expect.stringContaining('going out at this moment'),
			hint: expect.stringContaining('burn'),
		});
		expect(exitCode(outcome)).toBe(7);
		expect(writesOf(stage)).toEqual([]);
		await stage.letTimePass();
		expectOneCopyEach(stage);
	});

	test('what a person cancelled then is burnt, and never sent again', async () => {
		const { stage, id } = await goingOut();
		const some = stage.mailsTo().length;
		dataOf(await stage.resend.broadcasts.cancel(id));
		expect(await stage.run()).toMatchObject({ kind: 'stopped', code: 'burnt' });
		expect(await stage.run(aJob(aMessage(), { attempt: 2 }))).toMatchObject({ code: 'burnt' });
		const outcome = await hold(stage);
		expect(outcome).toMatchObject({ message: expect.stringContaining('some readers have it') });
		expect(exitCode(outcome)).toBe(7);
		await stage.letTimePass();
		expect(stage.mailsTo()).toHaveLength(some);
	});

	test('what else is scheduled of the issue is held all the same', async () => {
		const { stage } = await goingOut();
		const twin = await stage.draft();
		dataOf(await stage.resend.broadcasts.send(twin, { scheduledAt: '2026-11-25T09:00:00Z' }));
		const outcome = await hold(stage);
		expect(outcome).toMatchObject({
			code: 'hold-late',
			state: expect.stringContaining(`${twin} was scheduled; it is a draft again, marked`),
		});
		await stage.letTimePass();
		expectOneCopyEach(stage);
	});

	test('after it is out, a hold says so', async () => {
		const { stage } = await scheduled();
		await stage.letTimePass();
		const outcome = await hold(stage);
		expect(outcome).toMatchObject({
			code: 'hold-late',
			message: expect.stringContaining('already out'),
			state: 'Nothing is proven to be held.',
		});
		expect(writesOf(stage)).toEqual([]);
	});
});

describe('row 15: what a person did at the provider', () => {
	test('a renamed broadcast is held by the receipt, under its own name', async () => {
		const { stage, id } = await scheduled();
		const broadcast = stage.sandbox.state.broadcasts.get(id);
		const name = broadcast?.name.replace('#1', '#1!');
		if (broadcast) broadcast.name = 'Newsletter of the week';
		expect(await hold(stage)).toMatchObject({ kind: 'held', broadcasts: [{ id, name }] });
		await expectNobodyHasIt(stage);
	});

	test('a deleted broadcast leaves nothing to hold', async () => {
		const { stage, id } = await scheduled();
		dataOf(await stage.resend.broadcasts.remove(id));
		const outcome = await hold(stage);
		expect(outcome).toMatchObject({
			code: 'nothing-to-hold',
			message: expect.stringContaining(id),
		});
		expect(exitCode(outcome)).toBe(4);
	});

	test('what they cancelled gets its mark, so that it stays cancelled', async () => {
		const { stage, id } = await scheduled();
		dataOf(await stage.resend.broadcasts.cancel(id));
		expect(await hold(stage)).toMatchObject({ kind: 'held', broadcasts: [{ was: 'draft' }] });
		expect(await stage.run()).toMatchObject({ code: 'held' });
	});
});

describe('nothing can be proven where', () => {
	test('there is no broadcast: nothing to hold', async () => {
		const stage = await aStage();
		const outcome = await hold(stage);
		expect(outcome).toMatchObject({
			code: 'nothing-to-hold',
			state: 'Nothing is proven to be held.',
		});
		expect(writes(stage)).toEqual([]);
	});

	test('a receipt cannot be read: what is listed is held, and the doubt is said', async () => {
		const { stage, id } = await scheduled();
		await writeFile(join(stage.folder, '017-no-surprise.receipt.json'), '{"v":1');
		const outcome = await hold(stage);
		expect(outcome).toMatchObject({
			code: 'hold-unclear',
			message: expect.stringContaining('017-no-surprise.receipt.json'),
			state: expect.stringContaining(`${id} was scheduled; it is a draft again, marked`),
		});
		expect(exitCode(outcome)).toBe(5);
		await expectNobodyHasIt(stage);
	});

	test('the list cannot be read: what the receipt names is held, and the doubt is said', async () => {
		const { stage, id } = await scheduled();
		stage.sandbox.failNext('broadcasts.list', '500-before', { times: 99 });
		const outcome = await hold(stage);
		expect(outcome).toMatchObject({
			code: 'hold-unclear',
			state: expect.stringContaining(`${id} was scheduled; it is a draft again, marked`),
		});
		await expectNobodyHasIt(stage);
	});

	test('neither list nor receipt can be read: it stops before it does anything', async () => {
		const stage = await aStage();
		stage.sandbox.failNext('broadcasts.list', '500-before', { times: 99 });
		expect(await hold(stage)).toMatchObject({
			code: 'unreachable',
			state: 'Nothing is proven to be held.',
		});
	});

	test.each(['broadcasts.cancel', 'broadcasts.update'])(
		'the provider refuses %s every time: it says what stands, and when it goes out',
		async (op) => {
			const { stage } = await scheduled();
			stage.sandbox.failNext(op, '403', { times: 99 });
			const outcome = await hold(stage);
			expect(outcome).toMatchObject({
				code: 'hold-unclear',
				message: expect.stringContaining(
					op === 'broadcasts.cancel' ? '2026-11-24T09:00:00Z' : 'the mark cannot be seen',
				),
				hint: expect.stringContaining('dashboard'),
			});
		},
	);

	test('it is in a state that nobody knows', async () => {
		const { stage, id } = await scheduled();
		const broadcast = stage.sandbox.state.broadcasts.get(id);
		if (broadcast) broadcast.status = 'failed';
		const outcome = await hold(stage);
		expect(outcome).toMatchObject({ code: 'state-unknown' });
		expect(exitCode(outcome)).toBe(6);
	});
});

describe('a fault at the provider', () => {
	const passing = (Object.keys(faults) as FaultName[]).filter(
		(name) => !['401', '403', '429-daily', '429-monthly'].includes(name),
	);

	test.each(['broadcasts.list', 'broadcasts.get', 'broadcasts.cancel', 'broadcasts.update'])(
		'of any passing kind at %s ends held',
		async (op) => {
			for (const fault of passing) {
				const { stage } = await scheduled();
				stage.sandbox.failNext(op, fault);
				const first = await hold(stage);
				// A list that was lost once leaves a doubt, which the second run takes away.
				const last = first.kind === 'stopped' ? await hold(stage) : first;
				expect(`${fault}: ${last.kind}`).toBe(`${fault}: held`);
				await expectNobodyHasIt(stage);
			}
		},
	);

	test.each(['broadcasts.remove', 'broadcasts.get'])(
		'of any passing kind at %s ends removed',
		async (op) => {
			for (const fault of passing) {
				const { stage } = await scheduled();
				stage.sandbox.failNext(op, fault);
				const outcome = await hold(stage, { isDelete: true });
				expect(`${fault}: ${outcome.kind}`).toBe(`${fault}: held`);
				expect(stage.sandbox.state.broadcasts.size).toBe(0);
			}
		},
	);

	test('a cancel that takes effect only minutes later is waited out or said', async () => {
		const { stage } = await scheduled();
		stage.sandbox.failNext('broadcasts.cancel', 'late', { times: 2 });
		expect(await hold(stage)).toMatchObject({ kind: 'held' });
		await stage.sandbox.clock.advance(6 * MINUTE);
		expect(await hold(stage)).toMatchObject({ kind: 'held' });
		await expectNobodyHasIt(stage);
	});
});

describe('under the pessimistic value of', () => {
	const all: Clause[] = ['C02', 'C04', 'C05', 'C06', 'C07', 'C09', 'C11', 'C13'];

	test.each<[string, Clause[]]>([
		...all.map((clause): [string, Clause[]] => [clause, [clause]]),
		['C10', ['C10']],
		['all of them', all],
	])('%s a hold still holds', async (_name, pessimistic) => {
		for (const isDelete of [false, true]) {
			const stage = await aStage();
			await stage.sandbox.clock.advance(2 * MINUTE);
			stage.sandbox.knobs.pessimistic = pessimistic.filter((clause) => clause !== 'C10');
			expect(await stage.run()).toMatchObject({ kind: 'scheduled' });
			const [broadcast] = stage.sandbox.state.broadcasts.values();
			const html = broadcast?.html;
			stage.sandbox.knobs.pessimistic = pessimistic;
			expect(await hold(stage, { isDelete })).toMatchObject({ kind: 'held' });
			// What reads rewrite must not be written back.
			expect(broadcast?.html).toBe(html);
			await expectNobodyHasIt(stage);
		}
	});
});

test('a signal between two calls leaves what is held held, and says what is not', async () => {
	const { stage } = await scheduled();
	const { provider } = stage.ports();
	const { Stop } = await import('#/delivery/stop.ts');
	const leaving: Provider = {
		...provider,
		updateBroadcast: () => Promise.reject(new Stop('interrupted', 'Stopped by SIGINT.')),
	};
	const outcome = await hold(stage, { provider: leaving });
	expect(outcome).toMatchObject({ code: 'interrupted', state: 'Nothing is proven to be held.' });
	expect(await hold(stage)).toMatchObject({ kind: 'held' });
	expect(await sendIssue(aJob(), stage.ports())).toMatchObject({ kind: 'stopped' });
	await expectNobodyHasIt(stage);
});
