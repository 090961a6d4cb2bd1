/** Sending again after a hold: one broadcast, one copy, a receipt for each attempt. */
import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { dataOf } from './sandbox-lab.ts';
import { aJob, aMessage, aStage, expectOneCopyEach } from './sender-stage.ts';
import type { Stage } from './sender-stage.ts';

/** Sends, then stops it as a person would: back to a draft, marked. */
async function aHeldIssue(): Promise<{ stage: Stage; id: string }> {
	const stage = await aStage();
	const first = await stage.run();
	if (first.kind !== 'scheduled') throw new Error(`It is ${first.kind}.`);
	dataOf(await stage.resend.broadcasts.cancel(first.broadcast));
	await mark(stage, first.broadcast);
	return { stage, id: first.broadcast };
}

async function mark(stage: Stage, id: string): Promise<void> {
	const { name } = dataOf(await stage.resend.broadcasts.get(id));
	dataOf(await stage.resend.broadcasts.update(id, { name: name.replace(' ', '! ') }));
}

const edited = () => aMessage({ subject: 'Fewer surprise promos', contentHash: 'd'.repeat(64) });

describe('after a hold', () => {
	test('the same command stops, and names the one that goes on', async () => {
		const { stage } = await aHeldIssue();
		const outcome = await stage.run();
		expect(outcome).toMatchObject({ kind: 'stopped', code: 'held' });
		expect(outcome.kind === 'stopped' && outcome.hint).toContain('--attempt 2');
		await stage.letTimePass();
		expect(stage.sandbox.mails()).toEqual([]);
	});

	test('edited content goes out under the same broadcast, with a second receipt', async () => {
		const { stage, id } = await aHeldIssue();
		const outcome = await stage.run(aJob(edited(), { attempt: 2 }));
		expect(outcome).toMatchObject({ kind: 'scheduled', broadcast: id });
		expect((await readdir(stage.folder)).toSorted()).toEqual([
			'017-no-surprise.receipt.2.json',
			'017-no-surprise.receipt.json',
		]);
		await stage.letTimePass();
		expectOneCopyEach(stage);
		expect(stage.sandbox.mails()[0]?.email.subject).toBe('Fewer surprise promos');
	});

	test('the same content may be sent again, too', async () => {
		const { stage, id } = await aHeldIssue();
		const outcome = await stage.run(aJob(aMessage(), { attempt: 2 }));
		expect(outcome).toMatchObject({ kind: 'scheduled', broadcast: id });
		await stage.letTimePass();
		expectOneCopyEach(stage);
	});

	test('without --attempt the second one is gone on with', async () => {
		const { stage, id } = await aHeldIssue();
		await stage.run(aJob(edited(), { attempt: 2 }));
		expect(await stage.run(aJob(edited()))).toMatchObject({
			kind: 'already-scheduled',
			broadcast: id,
		});
		await stage.letTimePass();
		expect(await stage.run(aJob(edited()))).toMatchObject({ kind: 'already-sent', broadcast: id });
		expectOneCopyEach(stage);
	});

	test('a run of the first attempt that slept through it all sends nothing', async () => {
		const { stage } = await aHeldIssue();
		await stage.run(aJob(edited(), { attempt: 2 }));
		const asleep = await stage.run(aJob(aMessage(), { attempt: 1 }));
		expect(asleep).toMatchObject({ kind: 'stopped', code: 'attempt' });
		// Nor one that had read its receipt before the second attempt was made.
		const old = await stage.run(aJob(aMessage(), { attempt: 1 }), {
			ledger: { ...stage.ledger, list: async () => [] },
		});
		expect(old).toMatchObject({ kind: 'stopped', code: 'edited' });
		await stage.letTimePass();
		expectOneCopyEach(stage);
	});

	test('a crash between the update and the second receipt is gone on from', async () => {
		const { stage, id } = await aHeldIssue();
		const crashed = stage.run(aJob(edited(), { attempt: 2 }), {
			ledger: {
				...stage.ledger,
				write: () => Promise.reject(new Error('killed')),
			},
		});
		await expect(crashed).rejects.toThrow('killed');
		expect(await stage.run(aJob(edited(), { attempt: 2 }))).toMatchObject({
			kind: 'scheduled',
			broadcast: id,
		});
		await stage.letTimePass();
		expectOneCopyEach(stage);
	});

	test('a second receipt that was lost after scheduling is written again, and nothing is sent twice', async () => {
		const { stage, id } = await aHeldIssue();
		await stage.run(aJob(edited(), { attempt: 2 }));
		await rm(join(stage.folder, '017-no-surprise.receipt.2.json'));
		expect(await stage.run(aJob(edited(), { attempt: 2 }))).toMatchObject({
			kind: 'already-scheduled',
			broadcast: id,
		});
		await stage.letTimePass();
		expectOneCopyEach(stage);
	});

	test('held a second time, a third attempt goes on', async () => {
		const { stage, id } = await aHeldIssue();
		await stage.run(aJob(edited(), { attempt: 2 }));
		dataOf(await stage.resend.broadcasts.cancel(id));
		await mark(stage, id);
		expect(await stage.run(aJob(edited(), { attempt: 2 }))).toMatchObject({ code: 'held' });
		expect(await stage.run(aJob(aMessage(), { attempt: 3 }))).toMatchObject({
			kind: 'scheduled',
			broadcast: id,
		});
		await stage.letTimePass();
		expectOneCopyEach(stage);
	});
});

describe('a second attempt is refused where', () => {
	test('there was no first', async () => {
		const stage = await aStage();
		expect(await stage.run(aJob(aMessage(), { attempt: 2 }))).toMatchObject({ code: 'attempt' });
	});

	test('one would be skipped', async () => {
		const { stage } = await aHeldIssue();
		expect(await stage.run(aJob(edited(), { attempt: 3 }))).toMatchObject({ code: 'attempt' });
	});

	test('the first is still scheduled', async () => {
		const stage = await aStage();
		await stage.run();
		expect(await stage.run(aJob(edited(), { attempt: 2 }))).toMatchObject({ code: 'not-held' });
	});

	test('the first is a draft that nobody held', async () => {
		const stage = await aStage();
		const first = await stage.run();
		if (first.kind !== 'scheduled') throw new Error(first.kind);
		dataOf(await stage.resend.broadcasts.cancel(first.broadcast));
		expect(await stage.run(aJob(edited(), { attempt: 2 }))).toMatchObject({ code: 'not-held' });
	});

	test('the first is out', async () => {
		const stage = await aStage();
		await stage.run();
		await stage.letTimePass();
		expect(await stage.run(aJob(edited(), { attempt: 2 }))).toMatchObject({ kind: 'stopped' });
		expectOneCopyEach(stage);
	});
});

test('row 15: a broadcast deleted at the provider is replaced by a second attempt only', async () => {
	const stage = await aStage();
	const first = await stage.run();
	if (first.kind !== 'scheduled') throw new Error(first.kind);
	dataOf(await stage.resend.broadcasts.remove(first.broadcast));
	expect(await stage.run()).toMatchObject({ kind: 'stopped', code: 'gone' });
	const second = await stage.run(aJob(aMessage(), { attempt: 2 }));
	expect(second).toMatchObject({ kind: 'scheduled' });
	expect(second.kind === 'scheduled' && second.broadcast).not.toBe(first.broadcast);
	await stage.letTimePass();
	expectOneCopyEach(stage);
});

test('a receipt of the issue that cannot be read stops every attempt', async () => {
	const { stage } = await aHeldIssue();
	await writeFile(join(stage.folder, '017-no-surprise.receipt.2.json'), '{');
	expect(await stage.run(aJob(edited(), { attempt: 2 }))).toMatchObject({
		code: 'receipt-unreadable',
	});
	expect(await readFile(join(stage.folder, '017-no-surprise.receipt.2.json'), 'utf8')).toBe('{');
});
