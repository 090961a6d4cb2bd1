/**
 * What Tandem believes about Resend, one numbered clause each. The marks: `recorded` in live answers
 * of autumn 2025, `documented` by Resend, `assumed` until the live suite has seen it. An assumed
 * clause names its pessimistic value; where the sandbox can show that value, a second test proves it
 * does, so that the sending tests can run against it.
 * The file is long because it is one list, read from top to bottom.
 */
import { describe, expect, test } from 'vitest';
import { type Clause as PessimisticClause, clauses as pessimistic } from '#/sandbox/knobs.ts';
import { aLab, aMail, dataOf, HOUR, type Lab, MINUTE, TUESDAY_NINE } from './sandbox-lab.ts';

type Mark = 'recorded' | 'documented' | 'assumed' | `verified-live ${string}`;

interface Clause {
	id: string;
	mark: Mark;
	says: string;
	/** What may be true instead; required for assumed clauses. */
	instead?: string;
	holds: (lab: Lab) => Promise<void>;
	/** Proves that the sandbox shows the pessimistic value when asked. */
	fails?: (lab: Lab) => Promise<void>;
	/** Needs a clock that stands still. */
	frozen?: boolean;
}

const list: Clause[] = [
	{
		id: 'C01',
		mark: 'assumed',
		says: 'send on a scheduled, queued or sent broadcast is refused',
		instead: 'it sends again',
		async holds(lab) {
			const id = await lab.draft();
			await schedule(lab, id);
			expect((await lab.resend.broadcasts.send(id, {})).error?.statusCode).toBe(403);
			await lab.sandbox.clock.set(new Date(TUESDAY_NINE));
			expect((await lab.resend.broadcasts.send(id, {})).error?.statusCode).toBe(403);
			await lab.sandbox.clock.advance(HOUR);
			expect((await lab.resend.broadcasts.send(id, {})).error?.statusCode).toBe(403);
			expect(lab.sandbox.mails()).toHaveLength(8);
		},
		async fails(lab) {
			const id = await lab.draft();
			for (let count = 0; count < 2; count += 1) {
				dataOf(await lab.resend.broadcasts.send(id, {}));
				await lab.sandbox.clock.advance(MINUTE);
			}
			expect(lab.sandbox.mails()).toHaveLength(16);
		},
	},
	{
		id: 'C02',
		mark: 'assumed',
		says: 'after a scheduled send, get shows scheduled and scheduled_at at once',
		instead: 'it shows draft with a future scheduled_at',
		async holds(lab) {
			const id = await lab.draft();
			await schedule(lab, id);
			expect(await read(lab, id)).toMatchObject({
				status: 'scheduled',
				scheduled_at: '2026-11-24 09:00:00+00',
			});
		},
		async fails(lab) {
			const id = await lab.draft();
			await schedule(lab, id);
			expect(await read(lab, id)).toMatchObject({
				status: 'draft',
				scheduled_at: '2026-11-24 09:00:00+00',
			});
			await lab.sandbox.clock.advance(24 * HOUR);
			expect((await read(lab, id)).status).toBe('sent');
		},
	},
	{
		id: 'C03',
		mark: 'documented',
		says: 'cancel on a scheduled broadcast gives a draft, and nothing is sent',
		async holds(lab) {
			const id = await lab.draft();
			await schedule(lab, id);
			dataOf(await lab.resend.broadcasts.cancel(id));
			await lab.sandbox.clock.advance(48 * HOUR);
			expect(await read(lab, id)).toMatchObject({ status: 'draft', scheduled_at: null });
			expect(lab.sandbox.mails()).toHaveLength(0);
		},
	},
	{
		id: 'C04',
		mark: 'assumed',
		says: 'update works on a scheduled broadcast',
		instead: 'it is refused',
		async holds(lab) {
			const id = await lab.draft();
			await schedule(lab, id);
			dataOf(await lab.resend.broadcasts.update(id, { subject: 'Changed' }));
			await lab.sandbox.clock.advance(24 * HOUR);
			expect(lab.sandbox.mails()[0]?.email.subject).toBe('Changed');
		},
		async fails(lab) {
			const id = await lab.draft();
			await schedule(lab, id);
			expect((await lab.resend.broadcasts.update(id, { subject: 'x' })).error?.statusCode).toBe(
				403,
			);
		},
	},
	{
		id: 'C05',
		mark: 'assumed',
		says: 'a scheduledAt in the past is refused',
		instead: 'it sends at once',
		async holds(lab) {
			const id = await lab.draft();
			const { error } = await lab.resend.broadcasts.send(id, {
				scheduledAt: '2026-11-23T09:00:00Z',
			});
			expect(error?.statusCode).toBe(422);
			expect(lab.sandbox.mails()).toHaveLength(0);
		},
		async fails(lab) {
			const id = await lab.draft();
			dataOf(await lab.resend.broadcasts.send(id, { scheduledAt: '2026-11-23T09:00:00Z' }));
			await lab.sandbox.clock.advance(MINUTE);
			expect(lab.sandbox.mails()).toHaveLength(8);
		},
	},
	{
		id: 'C06',
		mark: 'assumed',
		says: 'a lead time of ten minutes is honoured',
		instead: 'a short lead is stretched to thirty minutes',
		async holds(lab) {
			const id = await lab.draft();
			await schedule(lab, id, '2026-11-23T10:10:30Z');
			expect((await read(lab, id)).scheduled_at).toBe('2026-11-23 10:10:30+00');
		},
		async fails(lab) {
			const id = await lab.draft();
			await schedule(lab, id, '2026-11-23T10:10:30Z');
			expect((await read(lab, id)).scheduled_at).toMatch(/^2026-11-23 10:30:0/);
		},
	},
	{
		id: 'C07',
		mark: 'assumed',
		says: 'list shows a new broadcast at once',
		instead: 'up to 60 s later',
		frozen: true,
		async holds(lab) {
			await lab.draft();
			expect(await listed(lab)).toHaveLength(1);
		},
		async fails(lab) {
			await lab.draft();
			await lab.sandbox.clock.advance(MINUTE - 1);
			expect(await listed(lab)).toHaveLength(0);
			await lab.sandbox.clock.advance(1);
			expect(await listed(lab)).toHaveLength(1);
		},
	},
	{
		id: 'C08',
		mark: 'documented',
		says: 'lists are newest first and stay stable while paging, although new ones arrive',
		async holds(lab) {
			const ids = [await lab.draft(), await lab.draft(), await lab.draft()];
			const first = dataOf(await lab.resend.broadcasts.list({ limit: 2 })).data.map(({ id }) => id);
			await lab.draft();
			const next = dataOf(await lab.resend.broadcasts.list({ limit: 2, after: first[1] ?? '' }));
			expect([...first, ...next.data.map(({ id }) => id)]).toEqual(ids.toReversed());
		},
	},
	{
		id: 'C09',
		mark: 'assumed',
		says: 'get is strongly consistent',
		instead: 'it lags up to 5 s',
		frozen: true,
		async holds(lab) {
			const id = await lab.draft();
			await schedule(lab, id);
			expect((await read(lab, id)).status).toBe('scheduled');
		},
		async fails(lab) {
			const id = await lab.draft();
			expect((await lab.resend.broadcasts.get(id)).error?.statusCode).toBe(404);
			await lab.sandbox.clock.advance(5_000);
			await schedule(lab, id);
			expect((await read(lab, id)).status).toBe('draft');
			await lab.sandbox.clock.advance(5_000);
			expect((await read(lab, id)).status).toBe('scheduled');
		},
	},
	{
		id: 'C10',
		mark: 'assumed',
		says: 'get returns the bytes of html and text that were written',
		instead: 'the HTML comes back rewritten, the text as it was',
		async holds(lab) {
			const parts = { html: '<p>a</p>\n <p>b</p>\r\n', text: ' a\r\nb\n' };
			expect(await read(lab, await lab.draft(parts))).toMatchObject(parts);
		},
		async fails(lab) {
			const parts = { html: '<p>a</p>\n <p>b</p>', text: ' a\r\nb\n' };
			expect(await read(lab, await lab.draft(parts))).toMatchObject({
				html: '<p>a</p><p>b</p>',
				text: parts.text,
			});
		},
	},
	{
		id: 'C11',
		mark: 'assumed',
		says: 'send on a removed id answers 404',
		instead: 'another refusal, never a send',
		async holds(lab) {
			expect((await sendRemoved(lab)).error?.statusCode).toBe(404);
		},
		async fails(lab) {
			expect((await sendRemoved(lab)).error?.statusCode).toBe(422);
			expect(lab.sandbox.mails()).toHaveLength(0);
		},
	},
	{
		id: 'C12',
		mark: 'assumed',
		says: 'a broadcast to nobody is sent with 0 mails',
		instead: 'send answers 422',
		async holds(lab) {
			const id = await lab.draft({ segmentId: await emptySegment(lab) });
			dataOf(await lab.resend.broadcasts.send(id, {}));
			await lab.sandbox.clock.advance(MINUTE);
			expect((await read(lab, id)).status).toBe('sent');
			expect(lab.sandbox.mails()).toHaveLength(0);
		},
		async fails(lab) {
			const id = await lab.draft({ segmentId: await emptySegment(lab) });
			expect((await lab.resend.broadcasts.send(id, {})).error?.statusCode).toBe(422);
			expect((await read(lab, id)).status).toBe('draft');
		},
	},
	{
		id: 'C13',
		mark: 'assumed',
		says: 'recipients are fixed when sending starts',
		instead: 'they are fixed when send is called',
		async holds(lab) {
			await leaveInsideWindow(lab);
			expect(lab.mailsTo()).not.toContain('chloe@example.org');
		},
		async fails(lab) {
			await leaveInsideWindow(lab);
			expect(lab.mailsTo()).toContain('chloe@example.org');
		},
	},
	{
		id: 'C14',
		mark: 'documented',
		says: 'the same key with another body answers 409 and sends nothing',
		async holds(lab) {
			dataOf(await lab.resend.emails.send(aMail(), { idempotencyKey: 'k' }));
			const { error } = await lab.resend.emails.send(aMail({ subject: 'x' }), {
				idempotencyKey: 'k',
			});
			expect(error).toMatchObject({ statusCode: 409, name: 'invalid_idempotent_request' });
			expect(lab.sandbox.mails()).toHaveLength(1);
		},
	},
	{
		id: 'C15',
		mark: 'assumed',
		says: 'idempotency keys live 24 hours and are shared by all API keys of a team',
		instead: 'each API key has its own',
		async holds(lab) {
			await sendWithTwoKeys(lab);
			expect(lab.sandbox.mails()).toHaveLength(1);
			await lab.sandbox.clock.advance(23 * HOUR);
			await sendWithTwoKeys(lab);
			expect(lab.sandbox.mails()).toHaveLength(1);
		},
		async fails(lab) {
			await sendWithTwoKeys(lab);
			expect(lab.sandbox.mails()).toHaveLength(2);
		},
	},
	{
		id: 'C16',
		mark: 'assumed',
		says: 'contacts.update leaves omitted fields alone',
		instead: 'it resets them',
		async holds(lab) {
			expect(await touchUnsubscribed(lab)).toMatchObject({ unsubscribed: true, first_name: 'Jon' });
		},
		async fails(lab) {
			expect(await touchUnsubscribed(lab)).toMatchObject({ unsubscribed: false, last_name: null });
		},
	},
	{
		id: 'C17',
		mark: 'assumed',
		says: 'contacts.create honours topics',
		instead: 'it ignores them',
		async holds(lab) {
			expect(await createOptedIn(lab)).toBe('opt_in');
		},
		async fails(lab) {
			expect(await createOptedIn(lab)).toBe('opt_out');
		},
	},
	{
		id: 'C18',
		mark: 'assumed',
		says: 'a broadcast with the unsubscribe placeholder carries the List-Unsubscribe pair and List-ID',
		instead: 'the pair is absent',
		async holds(lab) {
			expect(await listHeaders(lab)).toEqual([
				'List-ID',
				'List-Unsubscribe',
				'List-Unsubscribe-Post',
			]);
		},
		async fails(lab) {
			expect(await listHeaders(lab)).toEqual(['List-ID']);
		},
	},
	{
		id: 'C19',
		mark: 'assumed',
		says: 'broadcasts outlive 30 days',
		instead: 'they vanish from list and get',
		async holds(lab) {
			const id = await lab.draft();
			await lab.sandbox.clock.advance(31 * 24 * HOUR);
			expect((await read(lab, id)).status).toBe('draft');
		},
		async fails(lab) {
			const id = await lab.draft();
			await lab.sandbox.clock.advance(31 * 24 * HOUR);
			expect((await lab.resend.broadcasts.get(id)).error?.statusCode).toBe(404);
			expect(await listed(lab)).toHaveLength(0);
		},
	},
	{
		id: 'C20',
		mark: 'assumed',
		says: 'a broadcast does not count against the mail quota',
		instead: 'it stops in the middle, with a status nobody documents',
		async holds(lab) {
			lab.sandbox.knobs.quota.daily = 3;
			const id = await sentNow(lab);
			expect([(await read(lab, id)).status, lab.sandbox.mails().length]).toEqual(['sent', 8]);
		},
		async fails(lab) {
			lab.sandbox.knobs.quota.daily = 3;
			const id = await sentNow(lab);
			expect(await read(lab, id)).toMatchObject({ status: 'failed' });
			expect(lab.sandbox.mails()).toHaveLength(3);
		},
	},
	{
		id: 'C21',
		mark: 'assumed',
		says: "leaving on Resend's page fires contact.topics.updated",
		instead: 'no event',
		async holds(lab) {
			expect(await eventsOfPage(lab)).toEqual(['contact.topics.updated', 'contact.updated']);
		},
		async fails(lab) {
			expect(await eventsOfPage(lab)).toEqual([]);
		},
	},
	{
		id: 'C22',
		mark: 'assumed',
		says: 'writing only properties fires no contact.updated',
		instead: 'it fires one',
		async holds(lab) {
			expect(await eventsOfPropertyWrite(lab)).toEqual([]);
		},
		async fails(lab) {
			expect(await eventsOfPropertyWrite(lab)).toEqual(['contact.updated']);
		},
	},
	{
		id: 'C23',
		mark: 'assumed',
		says: 'suppressions.get of an unknown address answers 404',
		instead: 'another error, which says nothing either way',
		async holds(lab) {
			expect((await lab.resend.suppressions.get('nobody@example.com')).error?.statusCode).toBe(404);
		},
		async fails(lab) {
			expect((await lab.resend.suppressions.get('nobody@example.com')).error?.statusCode).toBe(422);
		},
	},
	{
		id: 'C24',
		mark: 'recorded',
		says: 'POST /contacts on a known address answers 201 with the same id',
		async holds(lab) {
			const first = await post(lab, '/contacts', { email: 'a@example.com' });
			const second = await post(lab, '/contacts', { email: 'A@example.com' });
			expect([first.status, second.status, second.body.id]).toEqual([201, 201, first.body.id]);
		},
	},
	{
		id: 'C25',
		mark: 'assumed',
		says: 'that upsert resets omitted fields: it brings back people who had left',
		instead: 'nothing worse is known; we never call it for a known address',
		async holds(lab) {
			const email = 'jonas.weber@example.org';
			dataOf(await lab.resend.contacts.create({ email }));
			expect(dataOf(await lab.resend.contacts.get({ email }))).toMatchObject({
				unsubscribed: false,
				first_name: null,
			});
		},
	},
	{
		id: 'C26',
		mark: 'assumed',
		says: 'joining a segment leaves unsubscribed as it is',
		instead: 'it re-subscribes; we read back after every write',
		async holds(lab) {
			const email = 'jonas.weber@example.org';
			dataOf(await lab.resend.contacts.segments.add({ email, segmentId: lab.segmentId }));
			expect(dataOf(await lab.resend.contacts.get({ email })).unsubscribed).toBe(true);
		},
	},
	{
		id: 'C27',
		mark: 'assumed',
		says: 'joining a segment with an unknown contact answers 404 and creates nobody',
		instead: 'it creates a contact; we look up first',
		async holds(lab) {
			const { error } = await lab.resend.contacts.segments.add({
				email: 'x@example.com',
				segmentId: lab.segmentId,
			});
			expect(error).toMatchObject({ statusCode: 404, message: 'Contact not found' });
			expect(lab.sandbox.state.contacts.size).toBe(12);
		},
	},
	{
		id: 'C28',
		mark: 'recorded',
		says: 'an unknown contact answers 404 "Contact not found"',
		async holds(lab) {
			const { error } = await lab.resend.contacts.get('00000000-0000-0000-0000-000000000000');
			expect(error).toEqual({ statusCode: 404, name: 'not_found', message: 'Contact not found' });
		},
	},
	{
		id: 'C29',
		mark: 'recorded',
		says: 'an unknown segment answers 404 "Audience not found"',
		async holds(lab) {
			const { error } = await lab.resend.segments.get('00000000-0000-0000-0000-000000000000');
			expect(error).toEqual({ statusCode: 404, name: 'not_found', message: 'Audience not found' });
		},
	},
	{
		id: 'C30',
		mark: 'recorded',
		says: 'deleting an absent contact, segment or topic answers 200 deleted: true',
		async holds(lab) {
			for (const path of ['contacts', 'segments', 'topics']) {
				const answer = await lab.resend.delete<{ deleted: boolean }>(`/${path}/nobody`);
				expect(dataOf(answer).deleted).toBe(true);
			}
		},
	},
	{
		id: 'C31',
		mark: 'recorded',
		says: 'a missing field answers 422 missing_required_field and names it',
		async holds(lab) {
			expect((await post(lab, '/contacts', {})).body).toEqual({
				statusCode: 422,
				name: 'missing_required_field',
				message: 'Missing `email` field.',
			});
		},
	},
	{
		id: 'C32',
		mark: 'recorded',
		says: 'timestamps have microseconds without trailing zeros and +00',
		async holds(lab) {
			const { created_at } = dataOf(await lab.resend.segments.get(lab.segmentId));
			expect(created_at).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{0,5}[1-9])?\+00$/);
			expect(Number.isNaN(Date.parse(created_at))).toBe(false);
		},
	},
	{
		id: 'C33',
		mark: 'recorded',
		says: 'every answer carries the ratelimit headers and their policy',
		async holds(lab) {
			const { headers } = await lab.resend.segments.list();
			expect(headers?.['ratelimit-policy']).toMatch(/^\d+;w=1$/);
			for (const name of ['limit', 'remaining', 'reset'])
				expect(headers?.[`ratelimit-${name}`]).toMatch(/^\d+$/);
		},
	},
	{
		id: 'C34',
		mark: 'recorded',
		says: 'contacts and contacts of a segment give everything without a limit',
		async holds(lab) {
			for (let n = 0; n < 30; n += 1)
				await lab.resend.contacts.create({ email: `p${n}@example.com` });
			const { data, has_more } = dataOf(await lab.resend.contacts.list());
			expect([data.length, has_more]).toEqual([42, false]);
		},
	},
	{
		id: 'C35',
		mark: 'recorded',
		says: 'properties of a contact read back as type and value',
		async holds(lab) {
			dataOf(await lab.resend.contactProperties.create({ key: 'n', type: 'number' }));
			const { id } = dataOf(
				await lab.resend.contacts.create({ email: 'x@example.com', properties: { n: 1 } }),
			);
			expect(dataOf(await lab.resend.contacts.get(id)).properties).toEqual({
				n: { type: 'number', value: 1 },
			});
		},
	},
	{
		id: 'C36',
		mark: 'documented',
		says: 'a page holds 1 to 100 entries',
		async holds(lab) {
			for (const limit of [0, 101]) {
				expect((await lab.resend.contacts.list({ limit })).error?.statusCode).toBe(422);
			}
			dataOf(await lab.resend.contacts.list({ limit: 100 }));
		},
	},
	{
		id: 'C37',
		mark: 'documented',
		says: 'emails, topics and recipients give 20 without a limit',
		async holds(lab) {
			for (let n = 0; n < 21; n += 1) {
				dataOf(await lab.resend.topics.create({ name: `t${n}`, defaultSubscription: 'opt_in' }));
			}
			expect(dataOf(await lab.resend.topics.list()).data).toHaveLength(20);
		},
	},
	{
		id: 'C38',
		mark: 'documented',
		says: 'broadcasts give everything without a limit',
		async holds(lab) {
			for (let n = 0; n < 25; n += 1) await lab.draft();
			expect(await listed(lab)).toHaveLength(25);
		},
	},
	{
		id: 'C39',
		mark: 'documented',
		says: 'cancel on draft or sent answers 403 with its sentence',
		async holds(lab) {
			const { error } = await lab.resend.broadcasts.cancel(await lab.draft());
			expect(error).toEqual({
				statusCode: 403,
				name: 'validation_error',
				message: 'Only queued or scheduled broadcasts can be canceled',
			});
		},
	},
	{
		id: 'C40',
		mark: 'documented',
		says: 'cancel while queued gives canceled; what went out stays out',
		async holds(lab) {
			lab.sandbox.knobs.queuedMs = 8 * MINUTE;
			const id = await lab.draft();
			dataOf(await lab.resend.broadcasts.send(id, {}));
			await lab.sandbox.clock.advance(2.5 * MINUTE);
			dataOf(await lab.resend.broadcasts.cancel(id));
			await lab.sandbox.clock.advance(HOUR);
			expect(await read(lab, id)).toMatchObject({ status: 'canceled' });
			expect(lab.sandbox.mails()).toHaveLength(2);
		},
	},
	{
		id: 'C41',
		mark: 'documented',
		says: 'a canceled broadcast can never be sent again',
		async holds(lab) {
			const id = await lab.draft();
			dataOf(await lab.resend.broadcasts.send(id, {}));
			dataOf(await lab.resend.broadcasts.cancel(id));
			expect((await lab.resend.broadcasts.send(id, {})).error?.statusCode).toBe(403);
		},
	},
	{
		id: 'C42',
		mark: 'documented',
		says: 'deleting a scheduled broadcast also cancels it',
		async holds(lab) {
			const id = await lab.draft();
			await schedule(lab, id);
			dataOf(await lab.resend.broadcasts.remove(id));
			await lab.sandbox.clock.advance(48 * HOUR);
			expect(lab.sandbox.mails()).toHaveLength(0);
		},
	},
	{
		id: 'C43',
		mark: 'documented',
		says: 'a sent broadcast can be renamed and nothing else',
		async holds(lab) {
			const id = await sentNow(lab);
			dataOf(await lab.resend.broadcasts.update(id, { name: 'new name' }));
			expect((await lab.resend.broadcasts.update(id, { text: 'x' })).error?.statusCode).toBe(403);
		},
	},
	{
		id: 'C44',
		mark: 'assumed',
		says: 'names are not unique: two creates give two broadcasts',
		instead: 'nothing worse: a unique name would help us',
		async holds(lab) {
			await lab.draft();
			await lab.draft();
			expect(new Set((await listed(lab)).map(({ name }) => name)).size).toBe(1);
			expect(await listed(lab)).toHaveLength(2);
		},
	},
	{
		id: 'C45',
		mark: 'documented',
		says: 'broadcasts have no idempotency key: the header changes nothing',
		async holds(lab) {
			const body = { segment_id: lab.segmentId, from: 'a@example.com', subject: 's', text: 't' };
			for (let count = 0; count < 2; count += 1) {
				expect((await post(lab, '/broadcasts', body, { 'idempotency-key': 'same' })).status).toBe(
					201,
				);
			}
			expect(await listed(lab)).toHaveLength(2);
		},
	},
	{
		id: 'C46',
		mark: 'documented',
		says: 'a topic filters only where the broadcast names it',
		async holds(lab) {
			await sentNow(lab, { topicId: null });
			expect(lab.mailsTo()).toContain('isla.munro@example.com');
		},
	},
	{
		id: 'C47',
		mark: 'documented',
		says: 'unsubscribed removes from every broadcast, with or without a topic',
		async holds(lab) {
			await sentNow(lab, { topicId: null });
			await sentNow(lab);
			expect(lab.mailsTo()).not.toContain('jonas.weber@example.org');
		},
	},
	{
		id: 'C48',
		mark: 'documented',
		says: 'suppression skips broadcasts and transactional mails alike, with an event',
		async holds(lab) {
			const id = await sentNow(lab);
			const skipped = dataOf(await lab.resend.broadcasts.recipients(id, { type: 'suppressed' }));
			expect(skipped.data.map(({ email }) => email)).toEqual(['old.address@example.com']);
			const mail = dataOf(await lab.resend.emails.send(aMail({ to: 'old.address@example.com' })));
			expect(dataOf(await lab.resend.emails.get(mail.id)).last_event).toBe('suppressed');
			expect(lab.mailsTo()).not.toContain('old.address@example.com');
		},
	},
	{
		id: 'C49',
		mark: 'documented',
		says: 'a bounce and a complaint put the address on the suppression list',
		async holds(lab) {
			dataOf(await lab.resend.emails.send(aMail()));
			lab.sandbox.report(lab.sandbox.mails()[0]?.id ?? '', 'bounced');
			expect(dataOf(await lab.resend.suppressions.get('amara.okafor@example.com')).origin).toBe(
				'bounce',
			);
		},
	},
	{
		id: 'C50',
		mark: 'documented',
		says: 'the test addresses bounce, complain and are suppressed, labelled or not, and use quota',
		async holds(lab) {
			const events: string[] = [];
			for (const to of [
				'delivered@resend.dev',
				'bounced+a@resend.dev',
				'complained+b@resend.dev',
				'suppressed@resend.dev',
			]) {
				const { id } = dataOf(await lab.resend.emails.send(aMail({ to })));
				events.push(dataOf(await lab.resend.emails.get(id)).last_event);
			}
			expect(events).toEqual(['delivered', 'bounced', 'complained', 'suppressed']);
			expect(dataOf(await lab.resend.usage.get()).emails.daily.used).toBe(4);
		},
	},
	{
		id: 'C51',
		mark: 'assumed',
		says: 'a test address never lands on the suppression list, so it bounces every time',
		instead: 'it is suppressed the second time; live tests use a new label each run',
		async holds(lab) {
			for (let count = 0; count < 2; count += 1) {
				const { id } = dataOf(await lab.resend.emails.send(aMail({ to: 'bounced@resend.dev' })));
				expect(dataOf(await lab.resend.emails.get(id)).last_event).toBe('bounced');
			}
		},
	},
	{
		id: 'C52',
		mark: 'documented',
		says: 'the pipe fallback of a placeholder wins over the fallback of the property',
		async holds(lab) {
			dataOf(
				await lab.resend.contactProperties.create({
					key: 'town',
					type: 'string',
					fallbackValue: 'own',
				}),
			);
			await sentNow(lab, { text: '{{{contact.town|pipe}}} {{{contact.town}}}' });
			expect((await shownTexts(lab))[0]).toBe('pipe own');
		},
	},
	{
		id: 'C53',
		mark: 'documented',
		says: 'RESEND_UNSUBSCRIBE_URL is unique for each recipient and broadcast',
		async holds(lab) {
			await sentNow(lab, { text: '{{{RESEND_UNSUBSCRIBE_URL}}}' });
			await sentNow(lab, { text: '{{{RESEND_UNSUBSCRIBE_URL}}}' });
			const links = await shownTexts(lab);
			expect([links.length, new Set(links).size]).toEqual([16, 16]);
		},
	},
	{
		id: 'C54',
		mark: 'documented',
		says: 'RESEND_UNSUBSCRIBE_URL is not filled in plain mails',
		async holds(lab) {
			dataOf(await lab.resend.emails.send(aMail({ text: '{{{RESEND_UNSUBSCRIBE_URL}}}' })));
			expect(await shownTexts(lab)).toEqual(['{{{RESEND_UNSUBSCRIBE_URL}}}']);
		},
	},
	{
		id: 'C55',
		mark: 'documented',
		says: 'Resend does not add the link by itself',
		async holds(lab) {
			await sentNow(lab, { html: '<p>x</p>', text: 'x' });
			expect((await shownTexts(lab))[0]).toBe('x');
			expect(lab.sandbox.mails()[0]?.email.headers).not.toHaveProperty('List-Unsubscribe');
		},
	},
	{
		id: 'C56',
		mark: 'documented',
		says: 'an omitted text part is derived from the HTML; an empty one stays away',
		async holds(lab) {
			await sentNow(lab, { html: '<p>Hello</p>', text: undefined as unknown as string });
			await sentNow(lab, { html: '<p>Hello</p>', text: '' });
			const texts = await shownTexts(lab);
			expect([texts[0], texts[8]]).toEqual(['Hello', '']);
		},
	},
	{
		id: 'C57',
		mark: 'documented',
		says: 'a topic has a default that cannot be changed, and is private unless asked',
		async holds(lab) {
			const { id } = dataOf(
				await lab.resend.topics.create({ name: 't', defaultSubscription: 'opt_out' }),
			);
			expect(dataOf(await lab.resend.topics.get(id))).toMatchObject({ visibility: 'private' });
			const changed = await lab.resend.patch(`/topics/${id}`, { default_subscription: 'opt_in' });
			expect(changed.error).not.toBeNull();
			expect(dataOf(await lab.resend.topics.get(id)).default_subscription).toBe('opt_out');
		},
	},
	{
		id: 'C58',
		mark: 'documented',
		says: 'property keys are letters, digits and underscores, at most 50, and case counts',
		async holds(lab) {
			const make = (key: string) => lab.resend.contactProperties.create({ key, type: 'string' });
			for (const key of ['a-b', 'a b', '', 'x'.repeat(51)]) {
				expect((await make(key)).error).toMatchObject({ statusCode: 422 });
			}
			for (const key of ['Town', 'town', 'x'.repeat(50)]) dataOf(await make(key));
		},
	},
	{
		id: 'C59',
		mark: 'documented',
		says: 'an idempotency key has 1 to 256 characters',
		async holds(lab) {
			const answer = await post(lab, '/emails', aMail(), { 'idempotency-key': 'k'.repeat(257) });
			expect([answer.status, answer.body.name]).toEqual([400, 'invalid_idempotency_key']);
			expect((await post(lab, '/emails', aMail(), { 'idempotency-key': '' })).status).toBe(400);
		},
	},
	{
		id: 'C60',
		mark: 'documented',
		says: 'a batch holds at most 100 mails, a mail at most 50 recipients',
		async holds(lab) {
			const many = (count: number) => Array.from({ length: count }, (_, n) => `r${n}@example.com`);
			expect(
				(await lab.resend.batch.send(many(101).map((to) => aMail({ to })))).error?.statusCode,
			).toBe(422);
			expect((await lab.resend.emails.send(aMail({ to: many(51) }))).error?.statusCode).toBe(422);
			dataOf(await lab.resend.batch.send(many(100).map((to) => aMail({ to }))));
			dataOf(await lab.resend.emails.send(aMail({ to: many(50) })));
		},
	},
	{
		id: 'C61',
		mark: 'documented',
		says: 'mails are scheduled at most 30 days ahead',
		async holds(lab) {
			const send = (scheduledAt: string) => lab.resend.emails.send(aMail({ scheduledAt }));
			expect((await send('2026-12-24T10:00:00Z')).error?.statusCode).toBe(422);
			dataOf(await send('2026-12-22T10:00:00Z'));
		},
	},
	{
		id: 'C62',
		mark: 'documented',
		says: 'over the contact quota people can be stored, and send answers 403',
		async holds(lab) {
			lab.sandbox.knobs.quota.contacts = 12;
			dataOf(await lab.resend.contacts.create({ email: 'one.more@example.com' }));
			expect((await lab.resend.broadcasts.send(await lab.draft(), {})).error).toMatchObject({
				statusCode: 403,
				message: expect.stringMatching(/^You have reached your contacts quota/),
			});
		},
	},
	{
		id: 'C63',
		mark: 'documented',
		says: 'over the limit a request answers 429 rate_limit_exceeded with retry-after',
		frozen: true,
		async holds(lab) {
			lab.sandbox.knobs.rateLimit = 1;
			await lab.resend.usage.get();
			const { error, headers } = await lab.resend.usage.get();
			expect([error?.name, headers?.['retry-after']]).toEqual(['rate_limit_exceeded', '1']);
		},
	},
	{
		id: 'C64',
		mark: 'documented',
		says: 'emails.metrics counts the last six days unless it is told a range',
		async holds(lab) {
			const id = await sentNow(lab);
			await lab.sandbox.clock.advance(7 * 24 * HOUR);
			const sent = async (range: object) =>
				dataOf(await lab.resend.emails.metrics({ broadcastId: [id], ...range })).totals.sent;
			expect(await sent({})).toBe(0);
			expect(await sent({ startDate: '2026-11-23', endDate: '2026-12-01' })).toBe(8);
		},
	},
	{
		id: 'C65',
		mark: 'assumed',
		says: 'one click on a mail with a topic leaves that topic, and nothing else',
		instead: 'it leaves everything; both count as out for us',
		async holds(lab) {
			await sentNow(lab);
			await pressLink(lab, { 'List-Unsubscribe': 'One-Click' });
			const email = lab.mailsTo()[0] ?? '';
			expect(dataOf(await lab.resend.contacts.get({ email })).unsubscribed).toBe(false);
			expect(dataOf(await lab.resend.contacts.topics.list({ email })).data[0]?.subscription).toBe(
				'opt_out',
			);
		},
	},
];

test.each(list)('$id ($mark) $says', async ({ holds, frozen }) => {
	await expect(holds(await aLab(clock(frozen)))).resolves.toBeUndefined();
});

test.each(list.filter(({ fails }) => fails !== undefined))(
	'$id pessimistic: $instead',
	async ({ id, fails, frozen }) => {
		// The last test proves that every clause with `fails` is one the sandbox knows.
		const knobs = { pessimistic: [id as PessimisticClause] };
		await expect(fails?.(await aLab({ ...clock(frozen), knobs }))).resolves.toBeUndefined();
	},
);

describe('the clauses', () => {
	test('are numbered without gaps, and there are at least 60', () => {
		expect(list.map(({ id }) => id)).toEqual(
			list.map((_, index) => `C${String(index + 1).padStart(2, '0')}`),
		);
		expect(list.length).toBeGreaterThanOrEqual(60);
	});

	test('name a pessimistic value wherever they are assumed', () => {
		expect(list.filter(({ mark, instead }) => mark === 'assumed' && !instead)).toEqual([]);
	});

	test('have a proof for every pessimistic value the sandbox offers', () => {
		expect(list.filter(({ fails }) => fails !== undefined).map(({ id }) => id)).toEqual([
			...pessimistic,
		]);
	});
});

function clock(frozen = false) {
	return frozen ? { clock: { now: () => new Date(0) } } : {};
}

async function schedule(lab: Lab, id: string, scheduledAt = TUESDAY_NINE): Promise<void> {
	dataOf(await lab.resend.broadcasts.send(id, { scheduledAt }));
}

async function read(lab: Lab, id: string) {
	return dataOf(await lab.resend.broadcasts.get(id));
}

async function listed(lab: Lab) {
	return dataOf(await lab.resend.broadcasts.list()).data;
}

/** Sends a broadcast and lets it go out. */
async function sentNow(lab: Lab, changes: Parameters<Lab['draft']>[0] = {}): Promise<string> {
	const id = await lab.draft(changes);
	dataOf(await lab.resend.broadcasts.send(id, {}));
	await lab.sandbox.clock.advance(MINUTE);
	return id;
}

async function sendRemoved(lab: Lab) {
	const id = await lab.draft();
	dataOf(await lab.resend.broadcasts.remove(id));
	return lab.resend.broadcasts.send(id, {});
}

async function emptySegment(lab: Lab): Promise<string> {
	return dataOf(await lab.resend.segments.create({ name: 'nobody' })).id;
}

async function leaveInsideWindow(lab: Lab): Promise<void> {
	await schedule(lab, await lab.draft());
	dataOf(await lab.resend.contacts.update({ email: 'chloe@example.org', unsubscribed: true }));
	await lab.sandbox.clock.advance(48 * HOUR);
}

async function sendWithTwoKeys(lab: Lab): Promise<void> {
	for (const key of ['re_one', 're_two']) {
		const headers = { 'idempotency-key': 'k', authorization: `Bearer ${key}` };
		expect((await post(lab, '/emails', aMail(), headers)).status).toBe(200);
	}
}

async function touchUnsubscribed(lab: Lab) {
	const email = 'jonas.weber@example.org';
	dataOf(await lab.resend.contacts.update({ email, firstName: 'Jon' }));
	return dataOf(await lab.resend.contacts.get({ email }));
}

async function createOptedIn(lab: Lab) {
	const topics = [{ id: lab.topicId, subscription: 'opt_in' as const }];
	const { id } = dataOf(await lab.resend.contacts.create({ email: 'x@example.com', topics }));
	return dataOf(await lab.resend.contacts.topics.list({ id })).data[0]?.subscription;
}

async function listHeaders(lab: Lab): Promise<string[]> {
	await sentNow(lab);
	const mail = lab.sandbox.mails()[0];
	const response = await fetch(`${lab.sandbox.url}/_sandbox/mails/${mail?.id}.eml`);
	return [...(await response.text()).matchAll(/^(List-[\w-]+):/gm)]
		.map(([, name]) => name ?? '')
		.toSorted();
}

async function eventsOfPage(lab: Lab): Promise<string[]> {
	await watch(lab);
	await sentNow(lab);
	await pressLink(lab, { action: 'save' });
	await pressLink(lab, { action: 'leave' });
	return lab.sandbox.state.notices.map(({ type }) => type);
}

async function eventsOfPropertyWrite(lab: Lab): Promise<string[]> {
	dataOf(await lab.resend.contactProperties.create({ key: 'nl_left_at', type: 'number' }));
	await watch(lab);
	dataOf(
		await lab.resend.contacts.update({ email: 'chloe@example.org', properties: { nl_left_at: 1 } }),
	);
	return lab.sandbox.state.notices.map(({ type }) => type);
}

/** A webhook that is never reached: only what would be sent counts here. */
async function watch(lab: Lab): Promise<void> {
	dataOf(
		await lab.resend.webhooks.create({
			endpoint: 'https://news.larkfield.example/webhook/resend',
			events: ['contact.updated', 'contact.topics.updated'],
		}),
	);
}

async function pressLink(lab: Lab, fields: Record<string, string>): Promise<void> {
	const link = lab.sandbox.mails()[0]?.email.headers['List-Unsubscribe']?.slice(1, -1) ?? '';
	const answer = await fetch(link, { method: 'POST', body: new URLSearchParams(fields) });
	expect(answer.status).toBe(200);
}

async function shownTexts(lab: Lab): Promise<string[]> {
	const response = await fetch(`${lab.sandbox.url}/_sandbox/mails`);
	const mails: { text: string }[] = await response.json();
	return mails.map(({ text }) => text);
}

async function post(lab: Lab, path: string, body: unknown, headers: Record<string, string> = {}) {
	const response = await fetch(`${lab.sandbox.url}${path}`, {
		method: 'POST',
		headers: {
			authorization: 'Bearer re_test_key',
			'content-type': 'application/json',
			...headers,
		},
		body: JSON.stringify(body),
	});
	return { status: response.status, body: await response.json() };
}
