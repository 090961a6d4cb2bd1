import { describe, expect, test } from 'vitest';
import { aLab, aMail, dataOf, HOUR, MINUTE, TUESDAY_NINE } from './sandbox-lab.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const TIME = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?\+00$/;

// Every method of the SDK that Tandem uses, over HTTP.
describe('broadcasts', () => {
	test('create and get return what was written', async () => {
		const { resend, draft, segmentId, topicId } = await aLab();
		const id = await draft({
			previewText: 'Before you launch',
			replyTo: ['editor@larkfield.example'],
		});
		expect(id).toMatch(UUID);
		expect(dataOf(await resend.broadcasts.get(id))).toEqual({
			object: 'broadcast',
			id,
			name: 'tandem:017#1 3f9a2c1b77de',
			segment_id: segmentId,
			audience_id: segmentId,
			topic_id: topicId,
			from: 'Common Ground <letter@news.larkfield.example>',
			subject: 'No surprise promos',
			reply_to: ['editor@larkfield.example'],
			preview_text: 'Before you launch',
			status: 'draft',
			created_at: expect.stringMatching(TIME),
			scheduled_at: null,
			sent_at: null,
			html: expect.stringContaining('{{{RESEND_UNSUBSCRIBE_URL}}}'),
			text: expect.stringContaining('{{{RESEND_UNSUBSCRIBE_URL}}}'),
		});
	});

	test('list gives the summary fields only, newest first, and pages by id', async () => {
		const { resend, draft } = await aLab();
		const ids = [await draft(), await draft(), await draft()].toReversed();
		const all = dataOf(await resend.broadcasts.list());
		expect(all.data.map(({ id }) => id)).toEqual(ids);
		expect(Object.keys(all.data[0] ?? {}).toSorted()).toEqual([
			'audience_id',
			'created_at',
			'id',
			'name',
			'scheduled_at',
			'segment_id',
			'sent_at',
			'status',
		]);
		const first = dataOf(await resend.broadcasts.list({ limit: 2 }));
		expect(first).toMatchObject({ has_more: true, data: [{ id: ids[0] }, { id: ids[1] }] });
		const second = dataOf(await resend.broadcasts.list({ limit: 2, after: ids[1] ?? '' }));
		expect(second).toMatchObject({ has_more: false, data: [{ id: ids[2] }] });
		const back = dataOf(await resend.broadcasts.list({ limit: 1, before: ids[2] ?? '' }));
		expect(back).toMatchObject({ has_more: true, data: [{ id: ids[1] }] });
	});

	test('update changes the given fields and no others', async () => {
		const { resend, draft } = await aLab();
		const id = await draft();
		dataOf(await resend.broadcasts.update(id, { name: 'renamed', replyTo: ['a@example.com'] }));
		expect(dataOf(await resend.broadcasts.get(id))).toMatchObject({
			name: 'renamed',
			reply_to: ['a@example.com'],
			subject: 'No surprise promos',
		});
	});

	test('send, cancel and remove move a draft to its schedule, back, and away', async () => {
		const { resend, draft, status } = await aLab();
		const id = await draft();
		dataOf(await resend.broadcasts.send(id, { scheduledAt: TUESDAY_NINE }));
		expect(await status(id)).toBe('scheduled');
		dataOf(await resend.broadcasts.cancel(id));
		expect(await status(id)).toBe('draft');
		expect(dataOf(await resend.broadcasts.remove(id))).toEqual({
			object: 'broadcast',
			id,
			deleted: true,
		});
		expect((await resend.broadcasts.get(id)).error).toEqual({
			statusCode: 404,
			name: 'not_found',
			message: 'Broadcast not found',
		});
	});

	test('recipients and clickedLinks tell what became of the copies', async () => {
		const { resend, sandbox, draft, reached } = await aLab();
		const id = await draft();
		dataOf(await resend.broadcasts.send(id, {}));
		await sandbox.clock.advance(MINUTE);
		const mail = sandbox.mails()[0];
		sandbox.report(mail?.id ?? '', 'clicked', 'https://news.larkfield.example/017/');
		sandbox.report(mail?.id ?? '', 'clicked', 'https://news.larkfield.example/017/');

		const sent = dataOf(await resend.broadcasts.recipients(id, { type: 'delivered', limit: 100 }));
		expect(sent.data.map(({ email }) => email).toSorted()).toEqual(reached.toSorted());
		const suppressed = dataOf(await resend.broadcasts.recipients(id, { type: 'suppressed' }));
		expect(suppressed.data).toEqual([
			{
				id: expect.stringMatching(UUID),
				contact_id: expect.stringMatching(UUID),
				email: 'old.address@example.com',
			},
		]);
		const clicked = dataOf(
			await resend.broadcasts.recipients(id, { type: 'clicked', email: mail?.to ?? '' }),
		);
		expect(clicked.data).toMatchObject([{ count: 2, clicked_links: [{ clicks: 2 }] }]);
		const links = dataOf(await resend.broadcasts.clickedLinks(id));
		expect(links.data).toMatchObject([
			{ url: 'https://news.larkfield.example/017/', clicks: 2, unique_clicks: 1 },
		]);
	});
});

describe('contacts', () => {
	test('create, get by id, by address and by encoded address', async () => {
		const { resend, segmentId, topicId } = await aLab();
		const { id } = dataOf(
			await resend.contacts.create({
				email: 'new+tag@example.com',
				segments: [{ id: segmentId }],
				topics: [{ id: topicId, subscription: 'opt_in' }],
			}),
		);
		for (const asked of [
			id,
			{ email: 'new+tag@example.com' },
			encodeURIComponent('new+tag@example.com'),
		]) {
			expect(dataOf(await resend.contacts.get(asked)).id).toBe(id);
		}
		expect(dataOf(await resend.contacts.get({ id }))).toEqual({
			object: 'contact',
			id,
			email: 'new+tag@example.com',
			created_at: expect.stringMatching(TIME),
			first_name: null,
			last_name: null,
			unsubscribed: false,
			properties: {},
		});
	});

	test('the SDK does not encode an address with a question mark, so it is not found', async () => {
		const { resend } = await aLab();
		dataOf(await resend.contacts.create({ email: 'a?b@example.com' }));
		expect((await resend.contacts.get({ email: 'a?b@example.com' })).error?.statusCode).toBe(404);
		dataOf(await resend.contacts.get(encodeURIComponent('a?b@example.com')));
	});

	test('properties are written plain and read as type and value', async () => {
		const { resend } = await aLab();
		dataOf(await resend.contactProperties.create({ key: 'nl_left_at', type: 'number' }));
		dataOf(await resend.contactProperties.create({ key: 'nl_consent_id', type: 'string' }));
		const email = 'amara.okafor@example.com';
		dataOf(
			await resend.contacts.update({ email, properties: { nl_left_at: 5, nl_consent_id: 'x' } }),
		);
		const { id, properties } = dataOf(await resend.contacts.get({ email }));
		expect(properties).toEqual({
			nl_left_at: { type: 'number', value: 5 },
			nl_consent_id: { type: 'string', value: 'x' },
		});
		dataOf(await resend.contacts.update({ id, properties: { nl_left_at: null } }));
		expect(dataOf(await resend.contacts.get(id)).properties).toEqual({
			nl_consent_id: { type: 'string', value: 'x' },
		});
		const wrong = await resend.contacts.update({ id, properties: { nl_left_at: 'soon' } });
		expect(wrong.error?.statusCode).toBe(422);
		const unknown = await resend.contacts.update({ id, properties: { nobody_made_this: 1 } });
		expect(unknown.error?.statusCode).toBe(422);
	});

	test('list goes over everyone, or over one segment, without properties', async () => {
		const { resend, segmentId } = await aLab();
		const all = dataOf(await resend.contacts.list());
		expect(all.data).toHaveLength(12);
		expect(all.data[0]).not.toHaveProperty('properties');
		expect(dataOf(await resend.contacts.list({ segmentId })).data).toHaveLength(11);
		const page = dataOf(await resend.contacts.list({ segmentId, limit: 4 }));
		expect([page.data.length, page.has_more]).toEqual([4, true]);
	});

	test('remove answers alike for a contact and for nobody', async () => {
		const { resend } = await aLab();
		const { id } = dataOf(await resend.contacts.get({ email: 'chloe@example.org' }));
		expect(dataOf(await resend.contacts.remove(id))).toEqual({
			object: 'contact',
			contact: id,
			deleted: true,
		});
		expect(dataOf(await resend.contacts.remove(id))).toMatchObject({ deleted: true });
		expect((await resend.contacts.get(id)).error?.message).toBe('Contact not found');
	});

	test('segments can be listed, joined and left', async () => {
		const { resend, segmentId } = await aLab();
		const { id: contactId } = dataOf(await resend.contacts.get({ email: 'kit.nowak@example.org' }));
		expect(dataOf(await resend.contacts.segments.list({ contactId })).data).toEqual([]);
		dataOf(await resend.contacts.segments.add({ contactId, segmentId }));
		expect(dataOf(await resend.contacts.segments.list({ contactId })).data).toMatchObject([
			{ id: segmentId, name: 'readers' },
		]);
		expect(dataOf(await resend.contacts.segments.remove({ contactId, segmentId })).deleted).toBe(
			true,
		);
		expect(dataOf(await resend.contacts.segments.list({ contactId })).data).toEqual([]);
		const nobody = await resend.contacts.segments.add({ contactId: 'nobody', segmentId });
		expect(nobody.error).toMatchObject({ statusCode: 404, message: 'Contact not found' });
	});

	test('topics show the default until a choice is made', async () => {
		const { resend, topicId } = await aLab();
		const { id } = dataOf(await resend.contacts.create({ email: 'fresh@example.com' }));
		expect(dataOf(await resend.contacts.topics.list({ id })).data).toEqual([
			{ id: topicId, name: 'Weekly', description: 'One mail a week.', subscription: 'opt_out' },
		]);
		dataOf(
			await resend.contacts.topics.update({
				id,
				topics: [{ id: topicId, subscription: 'opt_in' }],
			}),
		);
		expect(dataOf(await resend.contacts.topics.list({ id })).data[0]?.subscription).toBe('opt_in');
	});
});

test('segments can be created, read, listed, renamed and removed', async () => {
	const { resend } = await aLab();
	const { id } = dataOf(await resend.segments.create({ name: 'canary' }));
	expect(dataOf(await resend.segments.get(id)).name).toBe('canary');
	expect(dataOf(await resend.segments.list()).data.map(({ name }) => name)).toEqual([
		'canary',
		'readers',
	]);
	dataOf(await resend.segments.update(id, { name: 'editors' }));
	dataOf(await resend.segments.remove(id));
	expect((await resend.segments.get(id)).error?.message).toBe('Audience not found');
});

test('topics keep visibility, which the SDK passes on although its type lacks it', async () => {
	const { resend } = await aLab();
	const payload = {
		name: 'Letters',
		defaultSubscription: 'opt_out' as const,
		visibility: 'public',
	};
	const { id } = dataOf(await resend.topics.create(payload));
	expect(dataOf(await resend.topics.get(id))).toMatchObject({
		default_subscription: 'opt_out',
		visibility: 'public',
	});
	const quiet = dataOf(
		await resend.topics.create({ name: 'Quiet', defaultSubscription: 'opt_in' }),
	);
	expect(dataOf(await resend.topics.get(quiet.id))).toMatchObject({ visibility: 'private' });
	expect(dataOf(await resend.topics.list()).data).toHaveLength(3);
	expect(dataOf(await resend.get<{ has_more: boolean }>('/topics?limit=2')).has_more).toBe(true);
	const long = await resend.topics.create({ name: 'x'.repeat(51), defaultSubscription: 'opt_in' });
	expect(long.error?.statusCode).toBe(422);
});

test('contact properties can be created and listed; key and type stay', async () => {
	const { resend } = await aLab();
	const { id } = dataOf(
		await resend.contactProperties.create({
			key: 'town',
			type: 'string',
			fallbackValue: 'your town',
		}),
	);
	expect(dataOf(await resend.contactProperties.list()).data).toMatchObject([
		{ id, key: 'town', type: 'string', fallbackValue: 'your town' },
	]);
	const again = await resend.contactProperties.create({ key: 'town', type: 'string' });
	expect(again.error?.statusCode).toBe(422);
	const bad = await resend.contactProperties.create({ key: 'home-town', type: 'string' });
	expect(bad.error?.statusCode).toBe(422);
	expect((await resend.patch(`/contact-properties/${id}`, { key: 'city' })).error?.statusCode).toBe(
		422,
	);
});

describe('emails', () => {
	test('send, get and list', async () => {
		const { resend } = await aLab();
		const { id } = dataOf(await resend.emails.send(aMail()));
		expect(dataOf(await resend.emails.get(id))).toMatchObject({
			object: 'email',
			id,
			to: ['amara.okafor@example.com'],
			last_event: 'delivered',
			created_at: expect.stringMatching(TIME),
			message_id: expect.stringMatching(/^<.+@.+>$/),
		});
		const listed = dataOf(await resend.emails.list());
		expect(listed).toMatchObject({ object: 'list', has_more: false, data: [{ id }] });
		expect(listed.data[0]).not.toHaveProperty('html');
	});

	test('lists 20 without a limit', async () => {
		const { resend } = await aLab();
		dataOf(await resend.batch.send(Array.from({ length: 21 }, () => aMail())));
		const listed = dataOf(await resend.emails.list());
		expect([listed.data.length, listed.has_more]).toEqual([20, true]);
	});

	test('a scheduled mail leaves at its time, and can be moved or cancelled before', async () => {
		const { resend, sandbox } = await aLab();
		const send = async () =>
			dataOf(await resend.emails.send(aMail({ scheduledAt: '2026-11-23T12:00:00Z' }))).id;
		const [kept, moved, stopped] = [await send(), await send(), await send()];
		dataOf(await resend.emails.update({ id: moved, scheduledAt: '2026-11-25T12:00:00Z' }));
		dataOf(await resend.emails.cancel(stopped));
		await sandbox.clock.advance(3 * HOUR);
		expect(sandbox.mails().map(({ email }) => email.id)).toEqual([kept]);
		expect(dataOf(await resend.emails.get(stopped)).last_event).toBe('canceled');
		expect(dataOf(await resend.emails.get(moved)).last_event).toBe('scheduled');
		expect((await resend.emails.cancel(kept)).error?.statusCode).toBe(403);
	});

	test('a bad batch is refused whole', async () => {
		const { resend, sandbox } = await aLab();
		const { error } = await resend.batch.send([aMail(), aMail({ to: 'nobody' })]);
		expect(error).toMatchObject({ statusCode: 422, name: 'validation_error' });
		expect(sandbox.mails()).toHaveLength(0);
	});

	test.each([
		['from', { from: undefined }, 'missing_required_field'],
		['to', { to: undefined }, 'missing_required_field'],
		['subject', { subject: undefined }, 'missing_required_field'],
		['content', { html: undefined, text: undefined }, 'missing_required_field'],
		['address', { to: 'not an address' }, 'validation_error'],
		[
			'51 recipients',
			{ to: Array.from({ length: 51 }, (_, n) => `r${n}@example.com`) },
			'validation_error',
		],
		[
			'line break in the sender',
			{ from: 'A\r\nBcc: x@example.com <a@example.com>' },
			'validation_error',
		],
	])('refuses a mail with a wrong %s', async (_what, changes, name) => {
		const { resend, sandbox } = await aLab();
		const { error } = await resend.emails.send(aMail(changes));
		expect(error).toMatchObject({ statusCode: 422, name });
		expect(sandbox.mails()).toHaveLength(0);
	});

	test('metrics count one broadcast in a range', async () => {
		const { resend, sandbox, draft, segmentId, topicId } = await aLab();
		for (const email of ['bounced+1@resend.dev', 'complained+1@resend.dev']) {
			dataOf(
				await resend.contacts.create({
					email,
					segments: [{ id: segmentId }],
					topics: [{ id: topicId, subscription: 'opt_in' }],
				}),
			);
		}
		const id = await draft();
		dataOf(await resend.broadcasts.send(id, {}));
		await sandbox.clock.advance(MINUTE);
		dataOf(await resend.emails.send(aMail()));
		const range = { startDate: '2026-11-23', endDate: '2026-11-30' };
		const { totals } = dataOf(await resend.emails.metrics({ broadcastId: [id], ...range }));
		expect(totals).toMatchObject({
			sent: 10,
			delivered: 9,
			bounced: 1,
			complained: 1,
			suppressed: 1,
		});
		const later = { startDate: '2026-11-29', endDate: '2026-11-30' };
		expect(dataOf(await resend.emails.metrics({ broadcastId: [id], ...later })).totals.sent).toBe(
			0,
		);
	});
});

test('suppressions can be added, read by id or address, listed by origin and removed', async () => {
	const { resend } = await aLab();
	const { id } = dataOf(await resend.suppressions.add({ email: 'gone+x@example.com' }));
	expect(dataOf(await resend.suppressions.get('gone+x@example.com'))).toMatchObject({
		id,
		origin: 'manual',
	});
	expect(dataOf(await resend.suppressions.list({ origin: 'bounce' })).data).toMatchObject([
		{ email: 'old.address@example.com' },
	]);
	dataOf(await resend.suppressions.remove(id));
	expect((await resend.suppressions.get('gone+x@example.com')).error?.statusCode).toBe(404);
});

test('domains show what a doctor needs: status, records, tracking', async () => {
	const { resend } = await aLab({ senders: ['news.larkfield.example'] });
	const listed = dataOf(await resend.domains.list());
	expect(listed.data).toMatchObject([
		{
			name: 'news.larkfield.example',
			status: 'verified',
			open_tracking: false,
			click_tracking: false,
		},
	]);
	const domain = dataOf(await resend.domains.get(listed.data[0]?.id ?? ''));
	expect(domain.records.map(({ record, status }) => [record, status])).toEqual([
		['SPF', 'verified'],
		['SPF', 'verified'],
		['DKIM', 'verified'],
	]);
	const other = await resend.emails.send(aMail({ from: 'a@elsewhere.example' }));
	expect(other.error).toMatchObject({ statusCode: 403, name: 'validation_error' });
});

test('usage counts transactional mails, not broadcasts', async () => {
	const { resend, sandbox, draft } = await aLab({
		knobs: { quota: { daily: 2, monthly: 100, contacts: 1000 } },
	});
	dataOf(await resend.broadcasts.send(await draft(), {}));
	await sandbox.clock.advance(MINUTE);
	dataOf(await resend.emails.send(aMail()));
	expect(dataOf(await resend.usage.get())).toMatchObject({
		emails: { daily: { used: 1, limit: 2 }, monthly: { used: 1, limit: 100 } },
		contacts: { used: 12, limit: 1000 },
		broadcasts: { used: 1, limit: null },
	});
	const answer = await resend.emails.send(aMail());
	expect(answer.headers?.['x-resend-daily-quota']).toBe('2');
	expect((await resend.emails.send(aMail())).error?.name).toBe('daily_quota_exceeded');
	await sandbox.clock.advance(24 * HOUR);
	dataOf(await resend.emails.send(aMail()));
});
