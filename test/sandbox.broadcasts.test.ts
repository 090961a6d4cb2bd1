import { describe, expect, test } from 'vitest';
import { aLab, dataOf, HOUR, MINUTE, TUESDAY_NINE } from './sandbox-lab.ts';

const TOO_LATE = 'Only queued or scheduled broadcasts can be canceled';

describe('life cycle by the clock', () => {
	test('a scheduled broadcast waits, is queued, and is sent', async () => {
		const { resend, sandbox, draft, status, reached, mailsTo } = await aLab({
			knobs: { queuedMs: 10 * MINUTE },
		});
		const id = await draft();
		dataOf(await resend.broadcasts.send(id, { scheduledAt: TUESDAY_NINE }));
		expect(dataOf(await resend.broadcasts.get(id)).scheduled_at).toBe('2026-11-24 09:00:00+00');

		await sandbox.clock.set(new Date('2026-11-24T08:59:00Z'));
		expect([await status(id), sandbox.mails().length]).toEqual(['scheduled', 0]);
		await sandbox.clock.set(new Date('2026-11-24T09:01:00Z'));
		expect(await status(id)).toBe('queued');
		await sandbox.clock.set(new Date('2026-11-24T09:30:00Z'));
		expect(await status(id)).toBe('sent');
		expect(mailsTo().toSorted()).toEqual(reached.toSorted());
		expect(dataOf(await resend.broadcasts.get(id)).sent_at).toMatch(/^2026-11-24 09:10:0/);
	});

	test('a jump over several sends keeps each at its own time', async () => {
		const { resend, sandbox, draft } = await aLab({ knobs: { queuedMs: 0 } });
		for (const scheduledAt of ['2026-11-25T09:00:00Z', '2026-11-24T09:00:00Z']) {
			dataOf(await resend.broadcasts.send(await draft({ name: scheduledAt }), { scheduledAt }));
		}
		await sandbox.clock.advance(30 * 24 * HOUR);
		const times = sandbox.mails().map(({ at }) => new Date(at).toISOString());
		expect([...new Set(times)]).toEqual(['2026-11-24T09:00:00.000Z', '2026-11-25T09:00:00.000Z']);
	});

	test('goes out while nobody asks, as real time passes', async () => {
		const { resend, sandbox, draft } = await aLab({ knobs: { queuedMs: 0 } });
		const scheduledAt = new Date(sandbox.clock.now().getTime() + 300).toISOString();
		dataOf(await resend.broadcasts.send(await draft(), { scheduledAt }));
		expect(sandbox.mails()).toHaveLength(0);
		await expect.poll(() => sandbox.mails().length, { timeout: 5_000 }).toBe(8);
	});

	test('cancel takes a schedule back, and nothing goes out', async () => {
		const { resend, sandbox, draft, status } = await aLab();
		const id = await draft();
		dataOf(await resend.broadcasts.send(id, { scheduledAt: TUESDAY_NINE }));
		dataOf(await resend.broadcasts.cancel(id));
		await sandbox.clock.advance(48 * HOUR);
		expect([await status(id), sandbox.mails().length]).toEqual(['draft', 0]);
		dataOf(await resend.broadcasts.send(id, {}));
		await sandbox.clock.advance(MINUTE);
		expect(sandbox.mails()).toHaveLength(8);
	});

	test('cancel while queued stops the rest for ever; what went out stays out', async () => {
		const { resend, sandbox, draft, status } = await aLab({ knobs: { queuedMs: 9 * MINUTE } });
		const id = await draft();
		dataOf(await resend.broadcasts.send(id, {}));
		await sandbox.clock.advance(4 * MINUTE);
		const out = sandbox.mails().length;
		expect(out).toBeGreaterThan(0);
		expect(out).toBeLessThan(8);
		dataOf(await resend.broadcasts.cancel(id));
		await sandbox.clock.advance(HOUR);
		expect([await status(id), sandbox.mails().length]).toEqual(['canceled', out]);
		for (const attempt of [
			await resend.broadcasts.send(id, {}),
			await resend.broadcasts.cancel(id),
			await resend.broadcasts.update(id, { name: 'x' }),
			await resend.broadcasts.remove(id),
		]) {
			expect(attempt.error).toMatchObject({ statusCode: 403, name: 'validation_error' });
		}
	});

	test('a draft and a sent broadcast cannot be cancelled', async () => {
		const { resend, sandbox, draft } = await aLab();
		const id = await draft();
		const refusal = { statusCode: 403, name: 'validation_error', message: TOO_LATE };
		expect((await resend.broadcasts.cancel(id)).error).toEqual(refusal);
		dataOf(await resend.broadcasts.send(id, {}));
		await sandbox.clock.advance(MINUTE);
		expect((await resend.broadcasts.cancel(id)).error).toEqual(refusal);
	});

	test('a sent broadcast can only be renamed', async () => {
		const { resend, sandbox, draft } = await aLab();
		const id = await draft();
		dataOf(await resend.broadcasts.send(id, {}));
		await sandbox.clock.advance(MINUTE);
		dataOf(await resend.broadcasts.update(id, { name: 'renamed in the dashboard' }));
		expect((await resend.broadcasts.update(id, { subject: 'x' })).error?.statusCode).toBe(403);
		expect((await resend.broadcasts.remove(id)).error?.statusCode).toBe(403);
		expect((await resend.broadcasts.send(id, {})).error?.statusCode).toBe(403);
		expect(sandbox.mails()).toHaveLength(8);
	});

	test('deleting a scheduled broadcast also cancels it', async () => {
		const { resend, sandbox, draft } = await aLab();
		const id = await draft();
		dataOf(await resend.broadcasts.send(id, { scheduledAt: TUESDAY_NINE }));
		dataOf(await resend.broadcasts.remove(id));
		await sandbox.clock.advance(48 * HOUR);
		expect(sandbox.mails()).toHaveLength(0);
	});

	test('create with send goes out at once, or at its time', async () => {
		const { resend, sandbox, draft, status } = await aLab();
		const now = await draft({ send: true });
		const later = await draft({ send: true, scheduledAt: TUESDAY_NINE });
		await sandbox.clock.advance(MINUTE);
		expect([await status(now), await status(later)]).toEqual(['sent', 'scheduled']);
		// The SDK's types forbid it; a careless caller in JavaScript does it all the same.
		const bare = { scheduledAt: TUESDAY_NINE } as Record<string, string>;
		await expect(draft(bare)).rejects.toThrow('scheduled_at');
		expect(dataOf(await resend.broadcasts.list()).data).toHaveLength(2);
	});

	test('a refused schedule leaves the draft as it was, and a refused create leaves nothing', async () => {
		const { resend, draft, status } = await aLab();
		const id = await draft();
		for (const scheduledAt of ['2026-11-22T09:00:00Z', 'next Tuesday', '2027-11-24T09:00:00Z']) {
			expect((await resend.broadcasts.send(id, { scheduledAt })).error?.statusCode).toBe(422);
			await expect(draft({ send: true, scheduledAt })).rejects.toThrow('"statusCode":422');
		}
		expect(await status(id)).toBe('draft');
		expect(dataOf(await resend.broadcasts.list()).data).toHaveLength(1);
	});
});

describe('recipients', () => {
	test('the topic filters only where one is set', async () => {
		const { resend, sandbox, draft, mailsTo } = await aLab();
		dataOf(await resend.broadcasts.send(await draft({ topicId: null }), {}));
		await sandbox.clock.advance(MINUTE);
		// One more than with the topic: the reader who left it. Never the one who left everything.
		expect(mailsTo()).toContain('isla.munro@example.com');
		expect(mailsTo()).not.toContain('jonas.weber@example.org');
		expect(mailsTo()).toHaveLength(9);
	});

	test('the default of the topic holds for people without a choice', async () => {
		const { resend, sandbox, draft, segmentId, mailsTo } = await aLab();
		const open = dataOf(
			await resend.topics.create({ name: 'Open', defaultSubscription: 'opt_in' }),
		);
		dataOf(
			await resend.contacts.create({ email: 'silent@example.com', segments: [{ id: segmentId }] }),
		);
		dataOf(await resend.broadcasts.send(await draft(), {}));
		await sandbox.clock.advance(MINUTE);
		expect(mailsTo()).not.toContain('silent@example.com');
		dataOf(await resend.broadcasts.send(await draft({ topicId: open.id }), {}));
		await sandbox.clock.advance(MINUTE);
		expect(mailsTo()).toContain('silent@example.com');
	});

	test('people who join or leave before the start count, after it they do not', async () => {
		const { resend, sandbox, draft, segmentId, topicId, mailsTo } = await aLab({
			knobs: { queuedMs: 10 * MINUTE },
		});
		const join = async (email: string) =>
			dataOf(
				await resend.contacts.create({
					email,
					segments: [{ id: segmentId }],
					topics: [{ id: topicId, subscription: 'opt_in' }],
				}),
			);
		const leave = async (email: string) =>
			dataOf(await resend.contacts.update({ email, unsubscribed: true }));
		dataOf(await resend.broadcasts.send(await draft(), { scheduledAt: TUESDAY_NINE }));
		await join('early@example.com');
		await leave('amara.okafor@example.com');
		await sandbox.clock.set(new Date(TUESDAY_NINE));
		await join('late@example.com');
		await leave('harish.patel@example.com');
		await sandbox.clock.advance(HOUR);
		expect(mailsTo()).toContain('early@example.com');
		expect(mailsTo()).not.toContain('amara.okafor@example.com');
		expect(mailsTo()).not.toContain('late@example.com');
		expect(mailsTo()).toContain('harish.patel@example.com');
	});

	test('over the contact quota a send is refused', async () => {
		const { resend, sandbox, draft, status } = await aLab();
		sandbox.knobs.quota.contacts = 11;
		const id = await draft();
		expect((await resend.broadcasts.send(id, {})).error).toMatchObject({
			statusCode: 403,
			message: expect.stringContaining('You have reached your contacts quota'),
		});
		expect(await status(id)).toBe('draft');
	});
});

describe('a delivered copy', () => {
	test('has its placeholders filled for its reader', async () => {
		const { resend, sandbox, draft } = await aLab();
		dataOf(
			await resend.contactProperties.create({ key: 'town', type: 'string', fallbackValue: 'own' }),
		);
		dataOf(
			await resend.contacts.update({
				email: 'ben.whitlock@example.com',
				properties: { town: 'Leeds' },
			}),
		);
		const text = [
			'{{{contact.first_name|there}}}',
			'{{{contact.last_name}}}',
			'{{{contact.email}}}',
			'{{{contact.town|pipe}}}',
			'{{{contact.town}}}',
			'{{{FIRST_NAME|old}}}',
			'{{{nobody|x}}}',
		].join(' / ');
		dataOf(
			await resend.broadcasts.send(
				await draft({ text, subject: 'For {{{contact.first_name|you}}}' }),
				{},
			),
		);
		await sandbox.clock.advance(MINUTE);
		const shown = await (await fetch(`${sandbox.url}/_sandbox/mails`)).json();
		const byAddress = (to: string) => shown.find((mail: { to: string }) => mail.to === to);
		expect(byAddress('ben.whitlock@example.com')).toMatchObject({
			subject: 'For Ben',
			text: 'Ben / Whitlock / ben.whitlock@example.com / Leeds / Leeds / Ben / {{{nobody|x}}}',
		});
		expect(byAddress('d.ferreira@example.com')).toMatchObject({
			subject: 'For you',
			text: 'there /  / d.ferreira@example.com / pipe / own / old / {{{nobody|x}}}',
		});
	});

	test('has a text part of its own, a derived one, or none', async () => {
		const { resend, sandbox, draft } = await aLab();
		const html = '<p>One &amp; two</p><p><a href="https://x.example/">Three</a></p>';
		for (const text of ['Own', undefined, '']) {
			const changes = { html, text } as { html: string; text: string };
			dataOf(await resend.broadcasts.send(await draft(changes), {}));
			await sandbox.clock.advance(MINUTE);
		}
		const shown: { text: string | null }[] = await (
			await fetch(`${sandbox.url}/_sandbox/mails`)
		).json();
		expect([0, 8, 16].map((index) => shown[index]?.text)).toEqual([
			'Own',
			'One & two\nThree https://x.example/',
			'',
		]);
	});
});
