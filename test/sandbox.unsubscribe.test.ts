import { expect, test } from 'vitest';
import { aLab, dataOf, type Lab, MINUTE } from './sandbox-lab.ts';

test('the link of each reader is their own, and looking at it changes nothing', async () => {
	const lab = await aLab();
	const links = await sentLinks(lab);
	expect(new Set(links.values()).size).toBe(8);
	for (const link of links.values()) {
		for (const method of ['GET', 'HEAD']) expect((await fetch(link, { method })).status).toBe(200);
	}
	const page = await (await fetch(links.get('chloe@example.org') ?? '')).text();
	expect(page).toContain('chloe@example.org');
	expect(page).toContain('Weekly');
	await send(lab);
	expect(lab.sandbox.mails()).toHaveLength(16);
});

test.each([
	['urlencoded', () => new URLSearchParams({ 'List-Unsubscribe': 'One-Click' })],
	[
		'multipart',
		() => {
			const form = new FormData();
			form.append('List-Unsubscribe', 'One-Click');
			return form;
		},
	],
])('one click, %s, takes the reader off the topic without a redirect', async (_kind, body) => {
	const lab = await aLab();
	const link = (await sentLinks(lab)).get('chloe@example.org') ?? '';
	const answer = await fetch(link, { method: 'POST', body: body(), redirect: 'manual' });
	expect(answer.status).toBe(200);
	const again = await fetch(link, { method: 'POST', body: body(), redirect: 'manual' });
	expect(again.status).toBe(200);
	const topics = dataOf(await lab.resend.contacts.topics.list({ email: 'chloe@example.org' }));
	expect(topics.data[0]?.subscription).toBe('opt_out');
	await send(lab);
	expect(lab.sandbox.mails()).toHaveLength(15);
});

test('without a topic, one click takes the reader off everything', async () => {
	const lab = await aLab();
	const link = (await sentLinks(lab, { topicId: null })).get('chloe@example.org') ?? '';
	await fetch(link, {
		method: 'POST',
		body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
	});
	expect(dataOf(await lab.resend.contacts.get({ email: 'chloe@example.org' })).unsubscribed).toBe(
		true,
	);
});

test('the page turns topics off and on, and everything off', async () => {
	const lab = await aLab();
	const link = (await sentLinks(lab)).get('chloe@example.org') ?? '';
	const press = (fields: Record<string, string>) =>
		fetch(link, { method: 'POST', body: new URLSearchParams(fields) });
	const state = async () => {
		const email = 'chloe@example.org';
		const { unsubscribed } = dataOf(await lab.resend.contacts.get({ email }));
		const topics = dataOf(await lab.resend.contacts.topics.list({ email }));
		return [unsubscribed, topics.data[0]?.subscription];
	};
	await press({ action: 'save' });
	expect(await state()).toEqual([false, 'opt_out']);
	await press({ action: 'save', topic: lab.topicId });
	expect(await state()).toEqual([false, 'opt_in']);
	await press({ action: 'leave' });
	expect(await state()).toEqual([true, 'opt_in']);
	const left = dataOf(
		await lab.resend.broadcasts.recipients(lab.sandbox.state.broadcasts.keys().next().value ?? '', {
			type: 'unsubscribed',
		}),
	);
	expect(left.data.map(({ email }) => email)).toEqual(['chloe@example.org']);
});

test('a private topic is offered only to people who are in it', async () => {
	const lab = await aLab();
	const secret = dataOf(
		await lab.resend.topics.create({ name: 'Editors only', defaultSubscription: 'opt_out' }),
	);
	const links = await sentLinks(lab);
	const email = 'ben.whitlock@example.com';
	dataOf(
		await lab.resend.contacts.topics.update({
			email,
			topics: [{ id: secret.id, subscription: 'opt_in' }],
		}),
	);
	expect(await (await fetch(links.get(email) ?? '')).text()).toContain('Editors only');
	expect(await (await fetch(links.get('chloe@example.org') ?? '')).text()).not.toContain(
		'Editors only',
	);
});

test('a forged link answers 404 and changes nothing', async () => {
	const { sandbox } = await aLab();
	const forged = `${sandbox.url}/unsubscribe/${'A'.repeat(43)}`;
	expect((await fetch(forged)).status).toBe(404);
	const body = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' });
	expect((await fetch(forged, { method: 'POST', body })).status).toBe(404);
});

test('a plain mail keeps the placeholder as it is', async () => {
	const { resend, sandbox } = await aLab();
	dataOf(
		await resend.emails.send({
			from: 'a@news.larkfield.example',
			to: 'b@example.com',
			subject: 's',
			text: '{{{RESEND_UNSUBSCRIBE_URL}}}',
		}),
	);
	const source = await (
		await fetch(`${sandbox.url}/_sandbox/mails/${sandbox.mails()[0]?.id}.eml`)
	).text();
	expect(source).toContain('{{{RESEND_UNSUBSCRIBE_URL}}}');
	expect(source).not.toMatch(/^List-/m);
});

async function send(lab: Lab, changes: { topicId?: null } = {}): Promise<void> {
	dataOf(await lab.resend.broadcasts.send(await lab.draft(changes), {}));
	await lab.sandbox.clock.advance(MINUTE);
}

/** Sends a broadcast and returns each reader's List-Unsubscribe address. */
async function sentLinks(lab: Lab, changes: { topicId?: null } = {}): Promise<Map<string, string>> {
	await send(lab, changes);
	return new Map(
		lab.sandbox
			.mails()
			.map(({ to, email }) => [to, email.headers['List-Unsubscribe']?.slice(1, -1) ?? '']),
	);
}
