/** Reconciling, verifying and repairing, through the official SDK, against the sandbox. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Provider } from '#/delivery/provider.ts';
import type { Receipt } from '#/delivery/receipt.ts';
import { reconcileIssue } from '#/delivery/reconcile.ts';
import type { ReconcileOutcome } from '#/delivery/reconcile.ts';
import { repairIssue } from '#/delivery/repair.ts';
import type { RepairOutcome } from '#/delivery/repair.ts';
import { stopKinds } from '#/delivery/stop.ts';
import type { StopKind } from '#/delivery/stop.ts';
import { isVerifyDue, verifySent } from '#/delivery/verify-sent.ts';
import type { VerifyOutcome, VerifyPorts } from '#/delivery/verify-sent.ts';
import { faults } from '#/sandbox/fault.ts';
import type { FaultName } from '#/sandbox/fault.ts';
import type { Clause } from '#/sandbox/knobs.ts';
import type { SandboxOptions } from '#/sandbox/server.ts';
import { dataOf, HOUR, MINUTE, TUESDAY_NINE } from './sandbox-lab.ts';
import { aJob, aMessage, aStage, expectOneCopyEach, writes } from './sender-stage.ts';
import type { Stage } from './sender-stage.ts';

const issue = { site: 'tandem', issue: '017' };
const receiptFile = '017-no-surprise.receipt.json';

/** A stage on which issue 017 is scheduled for Tuesday at nine. */
async function scheduled(options: SandboxOptions = {}): Promise<{ stage: Stage; id: string }> {
	const stage = await aStage(options);
	const outcome = await stage.run();
	if (outcome.kind !== 'scheduled') throw new Error(JSON.stringify(outcome));
	return { stage, id: outcome.broadcast };
}

function reconcile(stage: Stage, change: { provider?: Provider } = {}): Promise<ReconcileOutcome> {
	return reconcileIssue(issue, { ...stage.ports(), ...change });
}

function repair(stage: Stage, message = aMessage()): Promise<RepairOutcome> {
	const { planned, undoMinutes, audience, runner, tool } = aJob(message);
	return repairIssue({ message, planned, undoMinutes, audience, runner, tool }, stage.ports());
}

async function receiptOf(stage: Stage): Promise<Receipt> {
	const reading = await stage.ledger.read('017', 1);
	if (reading.kind !== 'receipt') throw new Error(`The receipt is ${reading.kind}.`);
	return reading.receipt;
}

async function verify(stage: Stage, change: Partial<VerifyPorts> = {}): Promise<VerifyOutcome> {
	const { provider, pause, tell, wait } = stage.ports();
	return verifySent(await receiptOf(stage), { provider, pause, tell, wait, ...change });
}

function exitCode(outcome: { kind: string; reason?: StopKind }): number {
	return outcome.reason === undefined ? 0 : stopKinds[outcome.reason];
}

/** A second broadcast of the issue, as a run without a receipt would leave it. */
async function twinOf(stage: Stage, at?: string): Promise<string> {
	const twin = await stage.draft({ name: 'tandem:017#1 3f9a2c1b77de' });
	if (at !== undefined) dataOf(await stage.resend.broadcasts.send(twin, { scheduledAt: at }));
	return twin;
}

/** What was written after the issue was scheduled. */
function since(stage: Stage, count: number): string[] {
	return writes(stage).slice(count);
}

describe('reconciling', () => {
	test('finds what is scheduled as recorded, and changes nothing', async () => {
		const { stage, id } = await scheduled();
		const before = writes(stage).length;
		expect(await reconcile(stage)).toMatchObject({
			kind: 'reconciled',
			deeds: [],
			standing: { broadcast: id, status: 'scheduled', at: new Date(TUESDAY_NINE) },
		});
		expect(since(stage, before)).toEqual([]);
		await stage.letTimePass();
		expectOneCopyEach(stage);
	});

	test('cancels and removes a second one that is scheduled', async () => {
		const { stage } = await scheduled();
		const twin = await twinOf(stage, TUESDAY_NINE);
		expect(await reconcile(stage)).toMatchObject({
			deeds: [{ id: twin, did: 'cancelled', text: expect.stringContaining('and removed') }],
		});
		expect(stage.sandbox.state.broadcasts.has(twin)).toBe(false);
		await stage.letTimePass();
		expectOneCopyEach(stage);
	});

	test('removes younger drafts, and leaves older ones and those of other issues', async () => {
		const stage = await aStage();
		await stage.sandbox.clock.advance(2 * MINUTE);
		// A sender that does not see the older draft makes one of its own.
		stage.sandbox.knobs.listLagMs = MINUTE;
		const older = await twinOf(stage);
		expect(await stage.run()).toMatchObject({ kind: 'scheduled' });
		stage.sandbox.knobs.listLagMs = 0;
		const younger = await twinOf(stage);
		const other = await stage.draft({ name: 'tandem:018#1 3f9a2c1b77de' });
		expect(await reconcile(stage)).toMatchObject({
			kind: 'reconciled',
			deeds: [
				{ id: older, did: 'left' },
				{ id: younger, did: 'removed' },
			],
		});
		expect(stage.sandbox.state.broadcasts.has(other)).toBe(true);
		await stage.letTimePass();
		expectOneCopyEach(stage);
	});

	test('again finds nothing to do', async () => {
		const { stage } = await scheduled();
		await twinOf(stage, TUESDAY_NINE);
		await reconcile(stage);
		expect(await reconcile(stage)).toMatchObject({ kind: 'reconciled', deeds: [] });
	});

	test('row 16: cancels what is scheduled although it is held', async () => {
		const { stage, id } = await scheduled();
		const broadcast = stage.sandbox.state.broadcasts.get(id);
		if (broadcast) broadcast.name = broadcast.name.replace('#1', '#1!');
		expect(await reconcile(stage)).toMatchObject({
			kind: 'reconciled',
			deeds: [{ id, did: 'cancelled' }],
			standing: { status: 'draft' },
		});
		await stage.letTimePass();
		expect(stage.mailsTo()).toEqual([]);
	});

	test('row 16: enforces a hold though the receipt is torn, and says that it is', async () => {
		const { stage, id } = await scheduled();
		const broadcast = stage.sandbox.state.broadcasts.get(id);
		if (broadcast) broadcast.name = broadcast.name.replace('#1', '#1!');
		await writeFile(join(stage.folder, receiptFile), '');
		const outcome = await reconcile(stage);
		expect(outcome).toMatchObject({
			code: 'receipt-unreadable',
			state: expect.stringContaining('it is cancelled'),
		});
		await stage.letTimePass();
		expect(stage.mailsTo()).toEqual([]);
	});

	test.each(['queued', 'sent', 'canceled'] as const)(
		'sounds the alarm where a second one is %s, and cancels nothing of it',
		async (status) => {
			const { stage } = await scheduled({ knobs: { queuedMs: HOUR } });
			const twin = await twinOf(stage, '2026-11-23T11:00:00Z');
			await stage.sandbox.clock.set(new Date('2026-11-23T11:30:00Z'));
			if (status === 'sent') await stage.sandbox.clock.advance(HOUR);
			if (status === 'canceled') dataOf(await stage.resend.broadcasts.cancel(twin));
			const before = writes(stage).length;
			const outcome = await reconcile(stage);
			expect(outcome).toMatchObject({
				code: 'stray-out',
				message: expect.stringContaining(`is ${status}, and the receipt names another`),
			});
			expect(exitCode(outcome)).toBe(7);
			expect(since(stage, before)).toEqual([]);
		},
	);

	test.each(['before-commit', 'after-commit'] as const)(
		'asks again where the answer to a cancel was lost (%s), and sounds no alarm',
		async (fault) => {
			const { stage } = await scheduled();
			await twinOf(stage, TUESDAY_NINE);
			stage.sandbox.failNext('broadcasts.cancel', fault);
			expect(await reconcile(stage)).toMatchObject({
				kind: 'reconciled',
				deeds: [{ did: 'cancelled' }],
			});
		},
	);

	test('sounds the alarm where a cancel is refused, after it did what it could', async () => {
		const { stage } = await scheduled();
		const first = await twinOf(stage, TUESDAY_NINE);
		const second = await twinOf(stage, TUESDAY_NINE);
		stage.sandbox.failNext('broadcasts.cancel', '403', { times: 3 });
		expect(await reconcile(stage)).toMatchObject({
			code: 'stray-out',
			message: expect.stringContaining(first),
			state: expect.stringContaining(second),
		});
	});

	test('sounds the alarm where it went out although it was held', async () => {
		const { stage, id } = await scheduled();
		const broadcast = stage.sandbox.state.broadcasts.get(id);
		if (broadcast) broadcast.name = broadcast.name.replace('#1', '#1!');
		await stage.letTimePass();
		expect(await reconcile(stage)).toMatchObject({
			code: 'stray-out',
			message: expect.stringContaining('is held, and yet sent'),
		});
	});

	test('without a receipt never says which one is wrong', async () => {
		const stage = await aStage();
		expect(await reconcile(stage)).toMatchObject({ standing: { kind: 'none' } });
		const twin = await twinOf(stage, TUESDAY_NINE);
		const before = writes(stage).length;
		const outcome = await reconcile(stage);
		expect(outcome).toMatchObject({ code: 'stray', hint: expect.stringContaining('repair 017') });
		expect(exitCode(outcome)).toBe(6);
		expect(since(stage, before)).toEqual([]);
		expect(await stage.status(twin)).toBe('scheduled');
	});

	test('takes a later attempt whose receipt is elsewhere for no stray', async () => {
		const { stage, id } = await scheduled();
		dataOf(await stage.resend.broadcasts.remove(id));
		const later = await stage.draft({ name: 'tandem:017#2 3f9a2c1b77de' });
		dataOf(await stage.resend.broadcasts.send(later, { scheduledAt: TUESDAY_NINE }));
		expect(await reconcile(stage)).toMatchObject({ code: 'stray' });
		expect(await stage.status(later)).toBe('scheduled');
	});

	test('row 15: stops where the one of the receipt was renamed and is scheduled', async () => {
		const { stage, id } = await scheduled();
		const broadcast = stage.sandbox.state.broadcasts.get(id);
		if (broadcast) broadcast.name = 'Newsletter of the week';
		const outcome = await reconcile(stage);
		expect(outcome).toMatchObject({ code: 'edited', hint: expect.stringContaining('hold 017') });
		expect(exitCode(outcome)).toBe(6);
	});

	test('row 15: says that the one of the receipt is gone', async () => {
		const { stage, id } = await scheduled();
		dataOf(await stage.resend.broadcasts.remove(id));
		expect(await reconcile(stage)).toMatchObject({ standing: { kind: 'gone', broadcast: id } });
	});

	test('stops where it is scheduled for an earlier time than was planned', async () => {
		const { stage, id } = await scheduled();
		dataOf(await stage.resend.broadcasts.cancel(id));
		dataOf(await stage.resend.broadcasts.send(id, { scheduledAt: '2026-11-23T18:00:00Z' }));
		expect(await reconcile(stage)).toMatchObject({ code: 'other-time' });
	});

	const passing = (Object.keys(faults) as FaultName[]).filter(
		(name) => !['401', '403', '429-daily', '429-monthly', 'late'].includes(name),
	);
	test.each(['broadcasts.list', 'broadcasts.get', 'broadcasts.cancel', 'broadcasts.remove'])(
		'through any passing fault at %s ends with one copy each',
		async (op) => {
			for (const fault of passing) {
				const { stage } = await scheduled();
				await twinOf(stage, TUESDAY_NINE);
				stage.sandbox.failNext(op, fault);
				const first = await reconcile(stage);
				const last = first.kind === 'stopped' ? await reconcile(stage) : first;
				expect(`${fault}: ${last.kind}`).toBe(`${fault}: reconciled`);
				await stage.letTimePass();
				expectOneCopyEach(stage);
			}
		},
	);

	test.each<Clause>(['C02', 'C04', 'C07', 'C09'])(
		'under the pessimistic value of %s ends with one copy each',
		async (clause) => {
			const { stage } = await scheduled();
			await twinOf(stage, TUESDAY_NINE);
			await stage.sandbox.clock.advance(5 * MINUTE);
			stage.sandbox.knobs.pessimistic = [clause];
			expect(await reconcile(stage)).toMatchObject({ deeds: [{ did: 'cancelled' }] });
			await stage.letTimePass();
			expectOneCopyEach(stage);
		},
	);
});

describe('verifying that it was sent', () => {
	test('before its time says when it goes out', async () => {
		const { stage } = await scheduled();
		expect(await verify(stage)).toEqual({
			kind: 'early',
			at: new Date(TUESDAY_NINE),
			isScheduled: true,
		});
	});

	test('waits while it goes out, and counts', async () => {
		const { stage } = await scheduled({ knobs: { queuedMs: 5 * MINUTE } });
		await stage.sandbox.clock.set(new Date(TUESDAY_NINE));
		const waits: number[] = [];
		const outcome = await verify(stage, {
			wait: async (milliseconds) => {
				waits.push(milliseconds);
				await stage.sandbox.clock.advance(milliseconds);
			},
		});
		expect(outcome).toMatchObject({ kind: 'sent', counts: { sent: 8, delivered: 8 } });
		expect(new Set(waits)).toEqual(new Set([MINUTE]));
		expect(waits.length).toBeGreaterThan(2);
	});

	test('gives up half an hour after its time', async () => {
		const { stage } = await scheduled({ knobs: { queuedMs: 5 * HOUR } });
		await stage.sandbox.clock.set(new Date(TUESDAY_NINE));
		const outcome = await verify(stage);
		expect(outcome).toMatchObject({
			code: 'not-sent',
			message: expect.stringContaining('is queued'),
		});
		expect(exitCode(outcome)).toBe(7);
		expect(stage.sandbox.clock.now().getTime()).toBeLessThan(
			Date.parse(TUESDAY_NINE) + 33 * MINUTE,
		);
	});

	test('ends also where the provider’s clock stands still', async () => {
		const still = new Date('2026-11-24T09:00:00Z');
		const { stage } = await scheduled();
		await stage.sandbox.clock.set(still);
		const { provider } = stage.ports();
		let reads = 0;
		const frozen: Provider = {
			...provider,
			getBroadcast: async (id) => {
				reads++;
				const answer = await provider.getBroadcast(id);
				if (answer.kind !== 'ok') return answer;
				return { ...answer, at: still, value: { ...answer.value, status: 'queued' } };
			},
		};
		const outcome = await verify(stage, { provider: frozen, wait: () => Promise.resolve() });
		expect(outcome).toMatchObject({ code: 'not-sent' });
		expect(reads).toBeLessThan(40);
	});

	test('that was chosen and never scheduled says so at once when its time is past', async () => {
		const stage = await aStage();
		stage.sandbox.failNext('broadcasts.send', '403');
		await stage.run();
		expect(await verify(stage)).toMatchObject({ kind: 'early', isScheduled: false });
		await stage.sandbox.clock.set(new Date('2026-11-24T09:01:00Z'));
		const outcome = await verify(stage);
		expect(outcome).toMatchObject({
			code: 'not-sent',
			hint: expect.stringContaining('Nobody has it'),
		});
		// The advice holds: it is in time still.
		expect(await stage.run()).toMatchObject({ kind: 'scheduled' });
		await stage.letTimePass();
		expectOneCopyEach(stage);
		expect(await verify(stage)).toMatchObject({ kind: 'sent' });
	});

	test('that is held is no alarm', async () => {
		const { stage, id } = await scheduled();
		dataOf(await stage.resend.broadcasts.cancel(id));
		const broadcast = stage.sandbox.state.broadcasts.get(id);
		if (broadcast) broadcast.name = broadcast.name.replace('#1', '#1!');
		await stage.letTimePass();
		expect(await verify(stage)).toEqual({ kind: 'held' });
	});

	test('row 17: that was stopped halfway is an alarm', async () => {
		const { stage, id } = await scheduled({ knobs: { queuedMs: HOUR } });
		await stage.sandbox.clock.set(new Date('2026-11-24T09:30:00Z'));
		dataOf(await stage.resend.broadcasts.cancel(id));
		expect(await verify(stage)).toMatchObject({
			code: 'not-sent',
			message: expect.stringContaining('some readers have it, some never will'),
		});
	});

	test('row 15: that was deleted is a matter for a person', async () => {
		const { stage, id } = await scheduled();
		dataOf(await stage.resend.broadcasts.remove(id));
		const outcome = await verify(stage);
		expect(outcome).toMatchObject({ code: 'gone' });
		expect(exitCode(outcome)).toBe(6);
	});

	test('that ended in an unknown state is a matter for a person', async () => {
		const { stage, id } = await scheduled();
		const broadcast = stage.sandbox.state.broadcasts.get(id);
		if (broadcast) broadcast.status = 'failed';
		expect(await verify(stage)).toMatchObject({ code: 'state-unknown' });
	});

	test('bears with a provider that does not answer, and gives up in the end', async () => {
		const { stage } = await scheduled();
		await stage.letTimePass();
		stage.sandbox.failNext('broadcasts.get', '500-before', { times: 9 });
		expect(await verify(stage)).toMatchObject({ kind: 'sent' });
		stage.sandbox.failNext('broadcasts.get', '500-before', { times: 9999 });
		const outcome = await verify(stage);
		expect(outcome).toMatchObject({ code: 'verify-unclear' });
		expect(exitCode(outcome)).toBe(5);
	});

	test('a job that runs every hour looks for a week', async () => {
		const { stage } = await scheduled();
		const receipt = await receiptOf(stage);
		const at = (day: string) => isVerifyDue(receipt, new Date(`2026-${day}T09:00:00Z`));
		expect([at('11-20'), at('11-24'), at('12-01'), at('12-02')]).toEqual([true, true, true, false]);
	});
});

describe('row 28: the numbers are wrong where', () => {
	test('no mail was counted, long after it should have been', async () => {
		const { stage } = await scheduled();
		for (const contact of stage.sandbox.state.contacts.values()) contact.unsubscribed = true;
		await stage.sandbox.clock.set(new Date('2026-11-24T09:01:00Z'));
		const outcome = await verify(stage);
		expect(outcome).toMatchObject({ code: 'numbers', message: expect.stringContaining('no mail') });
		expect(exitCode(outcome)).toBe(7);
		// The provider's numbers are 15 minutes old, so that no mail is believed only then.
		expect(stage.sandbox.clock.now().getTime()).toBeGreaterThan(
			Date.parse(TUESDAY_NINE) + 15 * MINUTE,
		);
	});

	test('more went out than the receipt allows for', async () => {
		const { stage } = await scheduled();
		const [one] = stage.sandbox.state.contacts.values();
		if (!one) throw new Error('The lab seeds readers.');
		for (let index = 0; index < 5; index++) {
			const contact = { ...one, id: `c${index}`, email: `r${index}@example.com` };
			stage.sandbox.state.contacts.set(contact.id, contact);
		}
		await stage.letTimePass();
		expect(await verify(stage)).toMatchObject({
			code: 'numbers',
			message: '13 mails went out, and the receipt expects 10 at most.',
		});
	});

	test.each([
		['bounced', '12.5 % bounced'],
		['complained', '12.5 % complained'],
	])('too many %s', async (fate, words) => {
		const { stage } = await scheduled();
		const [one] = [...stage.sandbox.state.contacts.values()];
		if (one) one.email = `${fate}@resend.dev`;
		await stage.letTimePass();
		expect(await verify(stage)).toMatchObject({
			code: 'numbers',
			message: expect.stringContaining(words),
			state: expect.stringContaining('is out'),
		});
	});
});

describe('row 20: repairing', () => {
	test.each(['scheduled', 'sent'])('writes the lost receipt of what is %s again', async (state) => {
		const { stage, id } = await scheduled();
		const before: unknown = JSON.parse(await readFile(join(stage.folder, receiptFile), 'utf8'));
		if (state === 'sent') await stage.letTimePass();
		await rm(join(stage.folder, receiptFile));
		const count = writes(stage).length;
		expect(await repair(stage)).toMatchObject({
			kind: 'repaired',
			text: expect.stringContaining(id),
		});
		const after: unknown = JSON.parse(await readFile(join(stage.folder, receiptFile), 'utf8'));
		expect(after).toEqual({ ...Object(before), chosenAt: expect.any(String) });
		// Nothing was asked of the provider but to be read.
		expect(since(stage, count)).toEqual([]);
		expect(await stage.run()).toMatchObject({ kind: `already-${state}` });
		await stage.letTimePass();
		expectOneCopyEach(stage);
		expect(await repair(stage)).toMatchObject({ kind: 'sound' });
	});

	test('writes the lost receipt of a second attempt again', async () => {
		const { stage, id } = await scheduled();
		dataOf(await stage.resend.broadcasts.cancel(id));
		const broadcast = stage.sandbox.state.broadcasts.get(id);
		if (broadcast) broadcast.name = broadcast.name.replace('#1', '#1!');
		const edited = aMessage({ subject: 'Fewer surprises', contentHash: 'd'.repeat(64) });
		await stage.run(aJob(edited, { attempt: 2 }));
		await rm(join(stage.folder, '017-no-surprise.receipt.2.json'));
		expect(await repair(stage, edited)).toMatchObject({ kind: 'repaired' });
		expect(await stage.ledger.read('017', 2)).toMatchObject({ receipt: { broadcast: id } });
	});

	test('writes the lost receipt of an attempt that took a new broadcast', async () => {
		const { stage, id } = await scheduled();
		dataOf(await stage.resend.broadcasts.remove(id));
		const edited = aMessage({ subject: 'Fewer surprises', contentHash: 'd'.repeat(64) });
		const again = await stage.run(aJob(edited, { attempt: 2 }));
		expect(again).toMatchObject({ kind: 'scheduled' });
		await rm(join(stage.folder, '017-no-surprise.receipt.2.json'));
		expect(await reconcile(stage)).toMatchObject({ code: 'stray' });
		expect(await repair(stage, edited)).toMatchObject({ kind: 'repaired' });
		expect(await reconcile(stage)).toMatchObject({ kind: 'reconciled', deeds: [] });
	});

	test('gives a sent broadcast its name back', async () => {
		const { stage, id } = await scheduled();
		await stage.letTimePass();
		const broadcast = stage.sandbox.state.broadcasts.get(id);
		const name = broadcast?.name;
		if (broadcast) broadcast.name = 'Newsletter of the week';
		expect(await repair(stage)).toMatchObject({ kind: 'repaired' });
		expect(broadcast?.name).toBe(name);
	});

	test('finds nothing to repair before anything is chosen', async () => {
		const stage = await aStage();
		expect(await repair(stage)).toMatchObject({
			kind: 'sound',
			next: expect.stringMatching(/send/),
		});
	});

	test.each<[string, (stage: Stage, id: string) => Promise<unknown>, string]>([
		[
			'a receipt is torn',
			(stage) => writeFile(join(stage.folder, receiptFile), '{"v":'),
			'git restore',
		],
		['a second one is scheduled', (stage) => twinOf(stage, TUESDAY_NINE), '--phase reconcile'],
		[
			'the receipt is lost and a second one is scheduled',
			async (stage) => {
				await rm(join(stage.folder, receiptFile));
				await twinOf(stage, TUESDAY_NINE);
			},
			'dashboard',
		],
		[
			'the broadcast was removed',
			async (stage, id) => dataOf(await stage.resend.broadcasts.remove(id)),
			'--attempt 2',
		],
		[
			'what is scheduled was renamed',
			async (stage, id) => {
				const broadcast = stage.sandbox.state.broadcasts.get(id);
				if (broadcast) broadcast.name = 'Newsletter of the week';
			},
			'hold 017',
		],
		[
			'its name is that of other content',
			async (stage, id) => {
				const broadcast = stage.sandbox.state.broadcasts.get(id);
				if (broadcast) broadcast.name = 'tandem:017#1 000000000000';
			},
			'A person must decide',
		],
		[
			'it was scheduled for another time',
			async (stage, id) => {
				await rm(join(stage.folder, receiptFile));
				dataOf(await stage.resend.broadcasts.cancel(id));
				const scheduledAt = '2026-11-25T09:00:00Z';
				dataOf(await stage.resend.broadcasts.send(id, { scheduledAt }));
			},
			'Put sendOn back',
		],
		[
			'it was edited at the provider',
			async (stage, id) => {
				await rm(join(stage.folder, receiptFile));
				dataOf(await stage.resend.broadcasts.update(id, { subject: 'Edited' }));
			},
			'hold 017',
		],
		[
			'it is scheduled although it is held',
			async (stage, id) => {
				await rm(join(stage.folder, receiptFile));
				const broadcast = stage.sandbox.state.broadcasts.get(id);
				if (broadcast) broadcast.name = broadcast.name.replace('#1', '#1!');
			},
			'--phase reconcile',
		],
	])('refuses where %s, and says what to do', async (_what, damage, words) => {
		const { stage, id } = await scheduled();
		await damage(stage, id);
		const count = writes(stage).length;
		const outcome = await repair(stage);
		expect(outcome).toMatchObject({ code: 'repair-refused', hint: expect.stringContaining(words) });
		expect(exitCode(outcome)).toBe(4);
		expect(since(stage, count)).toEqual([]);
	});

	test('refuses where the content changed since, and names both', async () => {
		const { stage } = await scheduled();
		await rm(join(stage.folder, receiptFile));
		const other = aMessage({ subject: 'Other', contentHash: 'd'.repeat(64) });
		expect(await repair(stage, other)).toMatchObject({
			code: 'repair-refused',
			hint: expect.stringContaining('Put the content'),
		});
		expect(await stage.ledger.read('017', 1)).toEqual({ kind: 'none' });
	});
});
