/** Every code a command can stop with: reached by a test, and explained in the operator's guide. */
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Provider } from '#/delivery/provider.ts';
import { planTime } from '#/delivery/schedule.ts';
import { stopCodes, stopKinds } from '#/delivery/stop.ts';
import type { StopCode } from '#/delivery/stop.ts';
import { sendTest, testKey, testMail, testRecipients } from '#/delivery/test-mail.ts';
import { dataOf } from './sandbox-lab.ts';
import { aJob, aMessage, aStage } from './sender-stage.ts';
import type { Stage } from './sender-stage.ts';

const root = join(import.meta.dirname, '..');
const edited = () => aMessage({ subject: 'Fewer surprise promos', contentHash: 'd'.repeat(64) });

/** Stops the sender in one way; each leaves readers with one copy at most. */
const sends: Partial<Record<StopCode, (stage: Stage) => ReturnType<Stage['run']>>> = {
	async 'audience-twice'(stage) {
		dataOf(await stage.resend.segments.create({ name: 'readers' }));
		return stage.run();
	},
	async sender(stage) {
		stage.sandbox.failNext('broadcasts.create', '403');
		return stage.run();
	},
	async rate(stage) {
		stage.sandbox.failNext('broadcasts.create', '429', { times: 10 });
		return stage.run();
	},
	async locked(stage) {
		stage.sandbox.failNext('broadcasts.create', '409-locked', { times: 10 });
		return stage.run();
	},
	async 'create-unclear'(stage) {
		stage.sandbox.failNext('broadcasts.create', 'before-commit', { times: 10 });
		return stage.run();
	},
	async 'update-unclear'(stage) {
		await stage.draft({ name: 'tandem:017#1 000000000000' });
		stage.sandbox.failNext('broadcasts.update', 'before-commit', { times: 10 });
		return stage.run();
	},
	async 'schedule-unclear'(stage) {
		stage.sandbox.failNext('broadcasts.send', 'before-commit', { times: 10 });
		return stage.run();
	},
	async 'scheduled-other'(stage) {
		await stage.run();
		await loseReceipts(stage);
		return stage.run(aJob(edited()));
	},
	async 'sent-other'(stage) {
		await stage.run();
		await stage.letTimePass();
		await loseReceipts(stage);
		return stage.run(aJob(edited()));
	},
	async 'two-live'(stage) {
		for (const hash of ['000000000000', '111111111111']) {
			const id = await stage.draft({ name: `tandem:017#1 ${hash}` });
			dataOf(await stage.resend.broadcasts.send(id, { scheduledAt: '2026-11-24T09:00:00Z' }));
		}
		return stage.run();
	},
	async 'receipt-site'(stage) {
		await stage.run();
		return stage.run(aJob(aMessage({ site: 'other' })));
	},
	async 'receipt-content'(stage) {
		await stage.run();
		return stage.run(aJob(edited()));
	},
	async 'receipt-plan'(stage) {
		const { provider } = stage.ports();
		const dying: Provider = {
			...provider,
			sendBroadcast: () => Promise.reject(new Error('killed')),
		};
		await expect(stage.run(aJob(), { provider: dying })).rejects.toThrow('killed');
		const planned = planTime('2026-11-25', '09:00', 'Europe/London', 'test');
		return stage.run(aJob(aMessage(), { planned }));
	},
	async 'list-torn'(stage) {
		const { provider } = stage.ports();
		await stage.draft();
		// More is promised for ever, and the same comes again.
		const torn: Provider = {
			...provider,
			async listBroadcasts() {
				const page = await provider.listBroadcasts();
				return page.kind === 'ok' ? { ...page, value: { ...page.value, hasMore: true } } : page;
			},
		};
		return stage.run(aJob(), { provider: torn });
	},
	async 'no-clock'(stage) {
		const { provider } = stage.ports();
		const timeless: Provider = {
			...provider,
			async listBroadcasts(after) {
				const page = await provider.listBroadcasts(after);
				return page.kind === 'ok' ? { ...page, at: undefined } : page;
			},
		};
		return stage.run(aJob(), { provider: timeless });
	},
	async 'draft-vanished'(stage) {
		await stage.draft();
		const { pause } = stage.ports();
		return stage.run(aJob(), {
			pause: async (reason) => {
				stage.sandbox.knobs.listDropsNewest = 1;
				await pause(reason);
			},
		});
	},
};

describe('the sender stops with', () => {
	test.each(Object.entries(sends))('%s', async (code, provoke) => {
		const stage = await aStage();
		const outcome = await provoke(stage);
		expect(outcome).toMatchObject({ kind: 'stopped', code });
		if (outcome.kind !== 'stopped') throw new Error(outcome.kind);
		expect(outcome.reason).toBe(stopCodes[outcome.code]);
		expect(outcome.hint).toMatch(/\w+.*[.:]/);
		expect(outcome.state).toMatch(/sent|twice/);
		await stage.letTimePass();
		// The two that a person made by hand are no work of the sender.
		const most = code === 'two-live' ? 2 : 1;
		expect(Math.max(0, ...stage.copies())).toBeLessThanOrEqual(most);
	});
});

describe('a test mail stops with', () => {
	const mail = () =>
		testMail(aMessage(), 'mira@larkfield.example', 'https://news.larkfield.example/');
	const now = new Date('2026-11-23T10:00:00Z');

	test('test-recipients', () => {
		expect(() => testRecipients(' , ', [])).toThrow(
			expect.objectContaining({ code: 'test-recipients' }),
		);
	});

	test('test-stranger', () => {
		expect(() => testRecipients('a@example.com', ['b@example.com'])).toThrow(
			expect.objectContaining({ code: 'test-stranger' }),
		);
	});

	test('test-placeholder', () => {
		const odd = aMessage({ text: 'Hello {{{FIRST_NAME|there}}}' });
		expect(() => testMail(odd, 'a@example.com', 'https://news.larkfield.example/')).toThrow(
			expect.objectContaining({ code: 'test-placeholder' }),
		);
	});

	test('test-key', async () => {
		const { provider } = (await aStage()).ports();
		const key = testKey('017', mail(), now);
		await sendTest(mail(), key, provider);
		await expect(sendTest({ ...mail(), subject: 'Other' }, key, provider)).rejects.toMatchObject({
			code: 'test-key',
		});
	});

	test('test-unclear', async () => {
		const stage = await aStage();
		stage.sandbox.failNext('emails.send', 'before-commit', { times: 10 });
		const { provider } = stage.ports();
		await expect(sendTest(mail(), testKey('017', mail(), now), provider)).rejects.toMatchObject({
			code: 'test-unclear',
		});
	});
});

test('every code is reached by a test, by its name', async () => {
	const texts = await Promise.all(
		[join(root, 'test'), join(root, 'src', 'delivery'), join(root, 'scripts', 'newsletter')].map(
			async (folder) => {
				const names = await readdir(folder, { recursive: true });
				const tests = names.filter((name) => name.endsWith('.test.ts'));
				return Promise.all(tests.map((name) => readFile(join(folder, name), 'utf8')));
			},
		),
	);
	const all = texts.flat().join('\n');
	const missing = Object.keys(stopCodes).filter(
		(code) => !all.includes(`'${code}'`) && !new RegExp(`async ${code}\\(`).test(all),
	);
	expect(missing).toEqual([]);
});

test('every code has its section in the guide, under its exit code, and there is no other', async () => {
	const guide = join(root, 'src/sites/playbook/pages/guide/when-sending-stops.mdx');
	const lines = (await readFile(guide, 'utf8')).split('\n');
	const found: [string, number][] = [];
	let exit = 0;
	for (const line of lines) {
		const group = /^## (\d+) — /.exec(line);
		if (group) exit = Number(group[1]);
		const section = /^### (.+)$/.exec(line);
		if (section?.[1]) found.push([section[1], exit]);
	}
	const wanted = Object.entries(stopCodes).map(([code, kind]): [string, number] => [
		code,
		stopKinds[kind],
	]);
	expect(new Map(found)).toEqual(new Map(wanted));
	expect(found).toHaveLength(wanted.length);
});

async function loseReceipts({ folder }: Stage): Promise<void> {
	for (const name of await readdir(folder)) await rm(join(folder, name));
}
