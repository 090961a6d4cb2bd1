/** The sending protocol, through the official SDK, over HTTP, against the sandbox. */
import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fileLedger } from '#/delivery/ledger.ts';
import type { Ledger } from '#/delivery/ledger.ts';
import { payloadHash, payloadOf } from '#/delivery/message.ts';
import type { Provider } from '#/delivery/provider.ts';
import { planTime } from '#/delivery/schedule.ts';
import type { SendJob, SendPorts } from '#/delivery/send.ts';
import { stopKinds } from '#/delivery/stop.ts';
import { faults } from '#/sandbox/fault.ts';
import type { FaultName } from '#/sandbox/fault.ts';
import { HOUR, MINUTE } from './sandbox-lab.ts';
import { aJob, aMessage, address, aStage, expectOneCopyEach, writes } from './sender-stage.ts';
import type { Stage } from './sender-stage.ts';

describe('the straight path', () => {
	test('drafts, writes the receipt, schedules for the planned time, and mails everybody once', async () => {
		const stage = await aStage();
		const told: string[] = [];
		const outcome = await stage.run(aJob(), { tell: (step) => told.push(step) });
		expect(outcome).toMatchObject({
			kind: 'scheduled',
			at: new Date('2026-11-24T09:00:00Z'),
			// Eight will get it; the topic and the suppressions can only lower the count.
			readers: 10,
		});
		expect(told).toEqual([
			'audience',
			'scan',
			'page',
			'preflight',
			'draft',
			'settle',
			'receipt',
			'verify',
			'reserve',
		]);
		expect(writes(stage)).toEqual(['broadcasts.create', 'broadcasts.send']);
		expect(stage.mailsTo()).toEqual([]);
		await stage.letTimePass();
		expectOneCopyEach(stage);
	});

	test('never asks for anything to be sent at creation', async () => {
		const stage = await aStage();
		await stage.run();
		const create = stage.sandbox.journal().find(({ op }) => op === 'broadcasts.create');
		expect(create?.body).not.toHaveProperty('send');
		expect(create?.body).not.toHaveProperty('scheduled_at');
	});

	test('writes the receipt before it asks for the sending', async () => {
		const stage = await aStage();
		const { ledger } = stage;
		let sendsBefore: number | undefined;
		const watched: Ledger = {
			...ledger,
			write: (receipt) => {
				sendsBefore = writes(stage).filter((op) => op === 'broadcasts.send').length;
				return ledger.write(receipt);
			},
		};
		await stage.run(aJob(), { ledger: watched });
		expect(sendsBefore).toBe(0);
	});

	test('names the draft after site, issue, attempt and payload', async () => {
		const stage = await aStage();
		await stage.run();
		const hash = payloadHash(payloadOf(aMessage(), stage));
		const [broadcast] = stage.sandbox.state.broadcasts.values();
		expect(broadcast?.name).toBe(`tandem:017#1 ${hash.slice(0, 12)}`);
	});

	test('keeps a receipt that says all, and no address', async () => {
		const stage = await aStage();
		await stage.run();
		expect(await readdir(stage.folder)).toEqual(['017-no-surprise.receipt.json']);
		const text = await readFile(join(stage.folder, '017-no-surprise.receipt.json'), 'utf8');
		expect(text).not.toContain('@');
		const [broadcast] = stage.sandbox.state.broadcasts.values();
		expect(JSON.parse(text)).toEqual({
			v: 1,
			site: 'tandem',
			issue: '017',
			attempt: 1,
			broadcast: broadcast?.id,
			payloadHash: payloadHash(payloadOf(aMessage(), stage)),
			contentHash: 'c'.repeat(64),
			planned: {
				local: '2026-11-24T09:00',
				zone: 'Europe/London',
				utc: '2026-11-24T09:00:00Z',
				tz: 'test',
			},
			audience: { segment: stage.segmentId, topic: stage.topicId, upTo: 10 },
			chosenAt: expect.stringMatching(/^2026-11-23T10:00:\d\dZ$/),
			runner: 'person',
			tool: 'tandem test',
		});
	});

	test('sends at the earliest time that can be undone where the planned one has passed', async () => {
		const stage = await aStage({ now: new Date('2026-11-24T09:30:00Z') });
		const outcome = await stage.run();
		// The clock went on by the pause for settling.
		expect(outcome).toMatchObject({ kind: 'scheduled', at: new Date('2026-11-24T09:40:10Z') });
	});
});

describe('running it again', () => {
	test('answers "already scheduled" and changes nothing', async () => {
		const stage = await aStage();
		await stage.run();
		const before = writes(stage).length;
		expect(await stage.run()).toMatchObject({
			kind: 'already-scheduled',
			at: new Date('2026-11-24T09:00:00Z'),
		});
		expect(writes(stage)).toHaveLength(before);
	});

	test('answers "already sent" after the time, and mails nobody again', async () => {
		const stage = await aStage();
		await stage.run();
		await stage.letTimePass();
		const before = writes(stage).length;
		expect(await stage.run()).toMatchObject({ kind: 'already-sent' });
		expect(writes(stage)).toHaveLength(before);
		await stage.letTimePass();
		expectOneCopyEach(stage);
	});

	test.each(['scheduled', 'sent'])(
		'finds what is %s by its name where the receipt was lost',
		async (state) => {
			const stage = await aStage();
			await stage.run();
			if (state === 'sent') await stage.letTimePass();
			await rm(join(stage.folder, '017-no-surprise.receipt.json'));
			expect(await stage.run()).toMatchObject({ kind: `already-${state}` });
			expect(await stage.ledger.read('017', 1)).toMatchObject({ kind: 'receipt' });
			await stage.letTimePass();
			expectOneCopyEach(stage);
		},
	);

	test('stops where the receipt is for other content, and says which of the two changed', async () => {
		const stage = await aStage();
		await stage.run();
		const words = await stage.run(
			aJob(aMessage({ subject: 'Other', contentHash: 'd'.repeat(64) })),
		);
		expect(words).toMatchObject({ kind: 'stopped', reason: 'conflict' });
		expect(words).toHaveProperty('hint', expect.stringContaining('content changed'));
		const look = await stage.run(
			aJob(aMessage({ html: aMessage().html.replace('<p>', '<p class="x">') })),
		);
		expect(look).toHaveProperty('hint', expect.stringContaining('words are the same'));
		expect(stopKinds.conflict).toBe(6);
		await stage.letTimePass();
		expectOneCopyEach(stage);
	});

	test('stops where the day was moved after scheduling', async () => {
		const stage = await aStage();
		await stage.run();
		const moved = { ...aJob(), planned: planTime('2026-12-01', '09:00', 'Europe/London', 'test') };
		expect(await stage.run(moved)).toMatchObject({ kind: 'stopped', reason: 'conflict' });
	});
});

test('a day that was moved after the receipt stops before anything is scheduled', async () => {
	const stage = await aStage();
	stage.sandbox.failNext('broadcasts.send', '403');
	await stage.run();
	const sends = writes(stage).length;
	const moved = { ...aJob(), planned: planTime('2026-12-01', '09:00', 'Europe/London', 'test') };
	expect(await stage.run(moved)).toMatchObject({
		reason: 'conflict',
		message: expect.stringContaining('2026-12-01T09:00:00Z'),
	});
	expect(writes(stage)).toHaveLength(sends);
});

describe('after a crash', () => {
	class Crash extends Error {}

	/** A runner that dies before or after its nth call to the world. */
	function dying(ports: SendPorts, at: number, when: 'before' | 'after'): SendPorts {
		let calls = 0;
		const wrap = <T extends object>(port: T): T =>
			new Proxy(port, {
				get(target, key, receiver) {
					const value: unknown = Reflect.get(target, key, receiver);
					if (typeof value !== 'function') return value;
					return async (...args: unknown[]) => {
						calls++;
						if (calls === at && when === 'before') throw new Crash();
						const result: unknown = await Reflect.apply(value, target, args);
						if (calls === at) throw new Crash();
						return result;
					};
				},
			});
		return { ...ports, provider: wrap(ports.provider), ledger: wrap(ports.ledger) };
	}

	/** How many calls the straight path makes. */
	async function callsOf(): Promise<number> {
		for (let at = 1; ; at++) {
			const stage = await aStage();
			const outcome = await stage
				.run(aJob(), dying(stage.ports(), at, 'after'))
				.catch(() => undefined);
			if (outcome) return at - 1;
		}
	}

	test('after the draft was created, the next run adopts it', async () => {
		const stage = await aStage();
		const { provider } = stage.ports();
		const crashing: Provider = {
			...provider,
			createBroadcast: async (draft) => {
				await provider.createBroadcast(draft);
				throw new Crash();
			},
		};
		await expect(stage.run(aJob(), { provider: crashing })).rejects.toThrow(Crash);
		expect(await stage.run()).toMatchObject({ kind: 'scheduled' });
		expect(stage.sandbox.state.broadcasts.size).toBe(1);
	});

	test('row 1: at any call, before or after it, the next run ends with one copy each', async () => {
		const count = await callsOf();
		expect(count).toBeGreaterThan(10);
		for (let at = 1; at <= count; at++) {
			for (const when of ['before', 'after'] as const) {
				const stage = await aStage();
				await expect(stage.run(aJob(), dying(stage.ports(), at, when))).rejects.toThrow(Crash);
				expect((await stage.run()).kind).toMatch(/^(scheduled|already-scheduled)$/);
				await stage.letTimePass();
				expectOneCopyEach(stage);
				expect(await readdir(stage.folder)).toHaveLength(1);
			}
		}
	});

	test('a draft of an earlier version is brought up to date, not left beside a second one', async () => {
		const stage = await aStage();
		const ledger: Ledger = { ...stage.ledger, write: () => Promise.reject(new Crash()) };
		const older = aJob(aMessage({ subject: 'An earlier subject' }));
		await expect(stage.run(older, { ledger })).rejects.toThrow(Crash);
		expect(await stage.run()).toMatchObject({ kind: 'scheduled' });
		await stage.letTimePass();
		expectOneCopyEach(stage);
		const [broadcast] = stage.sandbox.state.broadcasts.values();
		expect(broadcast?.subject).toBe('No surprise promos');
	});
});

describe('a fault at the provider', () => {
	test('after the draft was created, with the answer lost: it is found and adopted', async () => {
		const stage = await aStage();
		stage.sandbox.failNext('broadcasts.create', 'after-commit');
		expect(await stage.run()).toMatchObject({ kind: 'scheduled' });
		expect(stage.sandbox.state.broadcasts.size).toBe(1);
	});

	test('after the sending was reserved, with the answer lost: it is read back, not repeated', async () => {
		const stage = await aStage();
		stage.sandbox.failNext('broadcasts.send', 'after-commit');
		expect(await stage.run()).toMatchObject({ kind: 'scheduled' });
		expect(writes(stage).filter((op) => op === 'broadcasts.send')).toHaveLength(1);
	});

	// Faults that pass; those that refuse for good are tested below.
	const passing = (Object.keys(faults) as FaultName[]).filter(
		(name) =>
			!['401', '403', '429-daily', '429-monthly', 'hang', 'hang-after-commit'].includes(name),
	);
	const ops = ['segments.list', 'topics.list', 'broadcasts.list', 'contacts.list'].concat([
		'broadcasts.create',
		'broadcasts.get',
		'broadcasts.send',
	]);

	test.each(ops)('of any passing kind at %s ends with one copy each', async (op) => {
		for (const fault of passing) {
			const stage = await aStage();
			stage.sandbox.failNext(op, fault);
			const first = await stage.run();
			const last = first.kind === 'stopped' ? await stage.run() : first;
			expect(`${fault}: ${last.kind}`).toMatch(/: (scheduled|already-scheduled)$/);
			await stage.letTimePass();
			expectOneCopyEach(stage);
		}
	});

	test.each(['broadcasts.create', 'broadcasts.send'])(
		'that leaves %s hanging is read back',
		async (op) => {
			const stage = await aStage();
			stage.sandbox.failNext(op, 'hang-after-commit');
			expect(await stage.run()).toMatchObject({ kind: 'scheduled' });
			await stage.letTimePass();
			expectOneCopyEach(stage);
		},
	);

	test.each<[FaultName, number]>([
		['401', 3],
		['403', 3],
		['429-daily', 3],
		['429-monthly', 3],
	])('that refuses with %s stops with exit code %i and sends nothing', async (fault, code) => {
		for (const op of ['broadcasts.list', 'broadcasts.create', 'broadcasts.send']) {
			const stage = await aStage();
			stage.sandbox.failNext(op, fault);
			const outcome = await stage.run();
			expect(outcome).toMatchObject({
				kind: 'stopped',
				state: expect.stringContaining('Nothing was sent'),
			});
			expect(outcome.kind === 'stopped' && stopKinds[outcome.reason]).toBe(code);
			await stage.letTimePass();
			expect(stage.mailsTo()).toEqual([]);
		}
	});

	test('that never ends stops as temporary before a write, as unclear after it', async () => {
		const before = await aStage();
		before.sandbox.failNext('broadcasts.list', '500-before', { times: 99 });
		expect(await before.run()).toMatchObject({ reason: 'temporary', state: 'Nothing was sent.' });

		const after = await aStage();
		after.sandbox.failNext('broadcasts.send', 'after-commit');
		after.sandbox.failNext('broadcasts.get', '500-before', { times: 99, skip: 1 });
		expect(await after.run()).toMatchObject({
			reason: 'unclear',
			state: expect.stringContaining('may or may not'),
		});
		after.sandbox.world.faults.length = 0;
		expect(await after.run()).toMatchObject({ kind: 'already-scheduled' });
	});

	test('on a later page of the list stops, for the issue may stand on it', async () => {
		const stage = await aStage();
		await stage.run();
		for (let index = 0; index < 120; index++) await stage.draft({ name: `other ${index}` });
		await rm(join(stage.folder, '017-no-surprise.receipt.json'));
		stage.sandbox.failNext('broadcasts.list', '500-before', { skip: 1, times: 99 });
		expect(await stage.run()).toMatchObject({ kind: 'stopped', reason: 'temporary' });
		stage.sandbox.world.faults.length = 0;
		expect(await stage.run()).toMatchObject({ kind: 'already-scheduled' });
	});
});

describe('two senders', () => {
	test('at the same moment agree on one broadcast', async () => {
		for (let round = 0; round < 5; round++) {
			const stage = await aStage();
			const outcomes = await Promise.all([stage.run(), stage.run(), stage.run()]);
			const ids = outcomes.map((outcome) => 'broadcast' in outcome && outcome.broadcast);
			expect(new Set(ids).size).toBe(1);
			await stage.letTimePass();
			expectOneCopyEach(stage);
		}
	});

	/** A stage whose lists are a minute old; the readers were there before that. */
	async function staleStage(): Promise<Stage> {
		const stage = await aStage();
		await stage.sandbox.clock.advance(2 * MINUTE);
		stage.sandbox.knobs.listLagMs = MINUTE;
		return stage;
	}

	test('agree also where the list shows nothing new for a minute', async () => {
		const stage = await staleStage();
		expect(await stage.run()).toMatchObject({ kind: 'scheduled' });
		expect(await stage.run()).toMatchObject({ kind: 'already-scheduled' });
		const [third, fourth] = await Promise.all([stage.run(), stage.run()]);
		expect([third.kind, fourth.kind]).toEqual(['already-scheduled', 'already-scheduled']);
		await stage.letTimePass();
		expectOneCopyEach(stage);
	});

	test('at the same moment agree where neither sees the other’s draft', async () => {
		const stage = await staleStage();
		const outcomes = await Promise.all([stage.run(), stage.run(), stage.run()]);
		expect(
			new Set(outcomes.map((outcome) => 'broadcast' in outcome && outcome.broadcast)).size,
		).toBe(1);
		await stage.letTimePass();
		expectOneCopyEach(stage);
	});

	test('keep to the receipt where an older draft turns up later', async () => {
		const stage = await staleStage();
		const older = await stage.draft({ name: 'tandem:017#1 000000000000' });
		stage.sandbox.failNext('broadcasts.send', '403');
		expect(await stage.run()).toMatchObject({ kind: 'stopped', reason: 'provider-refused' });
		await stage.sandbox.clock.advance(2 * MINUTE);
		const outcome = await stage.run();
		expect(outcome).toMatchObject({ kind: 'scheduled' });
		expect(outcome).not.toHaveProperty('broadcast', older);
		await stage.letTimePass();
		expectOneCopyEach(stage);
	});
});

describe('what a person did at the provider', () => {
	/** A stage whose run stopped after the receipt, with its broadcast. */
	async function chosen() {
		const stage = await aStage();
		stage.sandbox.failNext('broadcasts.send', '403');
		await stage.run();
		const [broadcast] = stage.sandbox.state.broadcasts.values();
		if (!broadcast) throw new Error('The run made no draft.');
		return { stage, broadcast };
	}

	test('an edited draft is not sent, and the message names what differs', async () => {
		const { stage, broadcast } = await chosen();
		await stage.resend.broadcasts.update(broadcast.id, {
			subject: 'Edited',
			previewText: 'Edited',
		});
		expect(await stage.run()).toMatchObject({
			reason: 'conflict',
			message: expect.stringContaining('subject, preview text'),
		});
		await stage.letTimePass();
		expect(stage.mailsTo()).toEqual([]);
	});

	test('a deleted draft is not made again', async () => {
		const { stage, broadcast } = await chosen();
		await stage.resend.broadcasts.remove(broadcast.id);
		expect(await stage.run()).toMatchObject({ reason: 'conflict' });
		expect(stage.sandbox.state.broadcasts.size).toBe(0);
	});

	test('a held draft stays held', async () => {
		const { stage, broadcast } = await chosen();
		await stage.resend.broadcasts.update(broadcast.id, {
			name: broadcast.name.replace('#1', '#1!'),
		});
		expect(await stage.run()).toMatchObject({ reason: 'refused' });
		await stage.letTimePass();
		expect(stage.mailsTo()).toEqual([]);
	});

	test('a hold that arrives while the sending is reserved takes it back', async () => {
		const { stage, broadcast } = await chosen();
		const { provider } = stage.ports();
		const raced: Provider = {
			...provider,
			sendBroadcast: async (id, at) => {
				const answer = await provider.sendBroadcast(id, at);
				broadcast.name = broadcast.name.replace('#1', '#1!');
				return answer;
			},
		};
		expect(await stage.run(aJob(), { provider: raced })).toMatchObject({ reason: 'refused' });
		expect(await stage.status(broadcast.id)).toBe('draft');
		await stage.letTimePass();
		expect(stage.mailsTo()).toEqual([]);
	});

	test('a second broadcast of the issue that is scheduled stops everything', async () => {
		const { stage, broadcast } = await chosen();
		const twin = await stage.draft({ name: broadcast.name });
		await stage.resend.broadcasts.send(twin, { scheduledAt: '2026-11-24T09:00:00Z' });
		expect(await stage.run()).toMatchObject({ reason: 'conflict' });
		await stage.letTimePass();
		expect(Math.max(...stage.copies())).toBe(1);
	});

	test('a broadcast stopped while it went out is never sent again', async () => {
		const stage = await aStage();
		await stage.run();
		const [broadcast] = stage.sandbox.state.broadcasts.values();
		if (broadcast) broadcast.status = 'canceled';
		expect(await stage.run()).toMatchObject({ reason: 'refused' });
		await rm(join(stage.folder, '017-no-surprise.receipt.json'));
		expect(await stage.run()).toMatchObject({ reason: 'refused' });
	});
});

describe('nothing is created where', () => {
	const refused = { kind: 'stopped', reason: 'refused', state: 'Nothing was sent.', writes: [] };

	/** What a run that must not write anything did. */
	async function refusalOf(stage: Stage, job: SendJob) {
		const outcome = await stage.run(job);
		return { ...outcome, writes: writes(stage) };
	}

	test('the segment holds nobody', async () => {
		const stage = await aStage();
		for (const contact of stage.sandbox.state.contacts.values()) contact.unsubscribed = true;
		expect(await refusalOf(stage, aJob())).toMatchObject(refused);
	});

	test.each(['segment', 'topic'])(
		'the %s of the settings is not there, or there twice',
		async (what) => {
			const stage = await aStage();
			const job = aJob();
			expect(
				await refusalOf(stage, { ...job, audience: { ...job.audience, [what]: 'other' } }),
			).toMatchObject(refused);
			const all = what === 'segment' ? stage.sandbox.state.segments : stage.sandbox.state.topics;
			const [one] = all.values();
			// Both maps hold objects of their own kind; the copy is one of them with another id.
			(all as Map<string, typeof one>).set('twin', { ...one, id: 'twin' } as typeof one);
			expect(await refusalOf(stage, job)).toMatchObject(refused);
		},
	);

	test('the topic counts people in who never asked', async () => {
		const stage = await aStage();
		for (const topic of stage.sandbox.state.topics.values()) topic.default_subscription = 'opt_in';
		expect(await refusalOf(stage, aJob())).toMatchObject(refused);
	});

	test('the message has an error', async () => {
		const stage = await aStage();
		const text = `Hello\n${address}`;
		expect(await refusalOf(stage, aJob(aMessage({ text })))).toMatchObject(refused);
	});

	test('it is over six hours late by the provider’s clock', async () => {
		const stage = await aStage({ now: new Date('2026-11-24T14:51:00Z') });
		expect(await refusalOf(stage, aJob())).toMatchObject(refused);
	});

	test('a runner that slept past the deadline wakes up', async () => {
		const stage = await aStage();
		const { provider, ledger } = stage.ports();
		const sleepy: Ledger = {
			...ledger,
			write: async (receipt) => {
				await stage.sandbox.clock.advance(30 * HOUR);
				return ledger.write(receipt);
			},
		};
		expect(await stage.run(aJob(), { provider, ledger: sleepy })).toMatchObject({
			reason: 'refused',
		});
		expect(writes(stage)).toEqual(['broadcasts.create']);
	});
});

describe('no receipt, no send:', () => {
	test.each(['', '{"v":1', '{}'])(
		'a receipt file that holds "%s" stops everything',
		async (text) => {
			const stage = await aStage();
			await writeFile(join(stage.folder, '017-no-surprise.receipt.json'), text);
			expect(await stage.run()).toMatchObject({ reason: 'conflict' });
			expect(writes(stage)).toEqual([]);
		},
	);

	test('a folder that cannot be written leaves a draft, and nothing more', async () => {
		const stage = await aStage();
		await writeFile(join(stage.folder, 'file'), '');
		const ledger = fileLedger(join(stage.folder, 'file', 'below'), '017-no-surprise');
		expect(await stage.run(aJob(), { ledger })).toMatchObject({ reason: 'temporary' });
		expect(writes(stage)).not.toContain('broadcasts.send');
	});
});

test('counts readers over all pages', async () => {
	const stage = await aStage();
	const [one] = stage.sandbox.state.contacts.values();
	if (!one) throw new Error('The lab seeds readers.');
	for (let index = 0; index < 250; index++) {
		stage.sandbox.state.contacts.set(`c${index}`, {
			...one,
			id: `c${index}`,
			email: `r${index}@example.com`,
		});
	}
	expect(await stage.run()).toMatchObject({ kind: 'scheduled', readers: 260 });
});
