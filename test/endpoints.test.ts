/** Joining, choosing and leaving: the real app over the real SDK and the sandbox. */
import { describe, expect, test } from 'vitest';
import { wordingOf } from '#/delivery/wording.ts';
import {
	aDesk,
	askedFor,
	contactOf,
	headingOf,
	isMailed,
	joined,
	linkIn,
	mailsTo,
	usual,
} from './endpoints-lab.ts';

const ada = 'ada@example.com';
const hour = 3_600_000;
const day = 24 * hour;

describe('signing up', () => {
	test('stores nobody and sends one mail, whose button lets the person in with proof', async () => {
		const desk = await aDesk();
		const answer = await desk.signUp(ada);
		expect([answer.status, await headingOf(answer)]).toEqual([200, 'Check your inbox']);
		expect(contactOf(ada, desk)).toBeUndefined();

		const token = await askedFor(ada, desk);
		expect(mailsTo(ada, desk)).toHaveLength(1);
		const confirmed = await desk.post('/confirm', { t: token });
		expect([confirmed.status, await headingOf(confirmed)]).toEqual([200, 'You are in']);
		expect(isMailed(ada, desk)).toBe(true);
		expect(contactOf(ada, desk)?.properties).toEqual({
			nl_consent_at: Date.parse('2026-11-24T10:00:00Z') / 1000,
			nl_consent_window: Date.parse('2026-11-24T00:00:00Z') / 1000,
			nl_consent_id: token.slice(-43, -27),
			nl_consent_wording: '2026-11',
			nl_consent_source: 'form',
		});
	});

	test('a second try in one window sends nothing, in any spelling and by any door', async () => {
		const desk = await aDesk();
		const json = async (email: string) => {
			const { stamp } = (await (
				await desk.ask('/subscribe', { headers: { accept: 'application/json' } })
			).json()) as { stamp: string };
			await desk.pass(5_000);
			return desk.ask('/subscribe', {
				method: 'POST',
				body: JSON.stringify({ email, stamp, website: '', topics: [desk.topicId] }),
				headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
			});
		};
		for (const email of [ada, 'ADA@example.com', ' Ada@EXAMPLE.com ', 'ada@Example.com']) {
			expect((await desk.signUp(email)).status, email).toBe(200);
		}
		expect(await (await json('aDa@example.com')).json()).toEqual({ ok: true });
		expect(mailsTo(ada, desk)).toHaveLength(1);
		await desk.pass(day);
		await desk.signUp(ada);
		expect(mailsTo(ada, desk)).toHaveLength(2);
	});

	test('a shorter window sends again when it is over, and the page says when that is', async () => {
		const desk = await aDesk({ choices: { windowHours: 6 } });
		const page = await (await desk.signUp(ada)).text();
		expect(page).toContain('one such mail in 6 hours at most');
		await desk.pass(hour);
		await desk.signUp(ada);
		expect(mailsTo(ada, desk)).toHaveLength(1);
		await desk.pass(6 * hour);
		await desk.signUp(ada);
		expect(mailsTo(ada, desk)).toHaveLength(2);
	});

	test('tags that lead to one mailbox get three mails a day, and the same answer', async () => {
		const desk = await aDesk();
		const answers = new Set<string>();
		for (const tag of ['a', 'b', 'c', 'd', 'e']) {
			answers.add(await (await desk.signUp(`ada+${tag}@example.com`)).text());
		}
		expect(answers.size).toBe(1);
		expect(desk.sandbox.mails()).toHaveLength(3);
	});

	test('a form of another site is refused, and so is one that says nothing of where it is from', async () => {
		const desk = await aDesk();
		const fields = { email: ada, website: '' };
		const refused = [
			{ 'sec-fetch-site': 'cross-site' },
			{ 'sec-fetch-site': 'same-site' },
			{ origin: 'http://127.0.0.1:1.evil.example' },
			{ origin: 'null' },
			{},
		];
		for (const headers of refused) {
			expect((await desk.post('/subscribe', fields, headers)).status, JSON.stringify(headers)).toBe(
				403,
			);
		}
		const allowed = await desk.post('/subscribe', fields, { origin: 'http://127.0.0.1:1' });
		expect(allowed.status).toBe(200);
		expect(desk.sandbox.mails()).toHaveLength(0);
	});

	test('a form without a stamp, a quick one, an old one and a forged one come back with the address in them', async () => {
		const desk = await aDesk();
		const own = { 'sec-fetch-site': 'same-origin' };
		const first = await desk.post('/subscribe', { email: ada, website: '' }, own);
		const page = await first.text();
		expect(first.status).toBe(200);
		expect(page).toContain(`value="${ada}"`);
		const stamp = /name="stamp" value="([^"]+)"/.exec(page)?.[1] ?? '';
		const quick = await (await desk.post('/subscribe', { email: ada, stamp }, own)).text();
		expect(quick).toContain('That was quick');
		expect(quick).toContain(`value="${stamp}"`);
		await desk.pass(2 * hour);
		expect(await (await desk.post('/subscribe', { email: ada, stamp }, own)).text()).toContain(
			'open for a long time',
		);
		expect(
			await (await desk.post('/subscribe', { email: ada, stamp: 'v1.form' }, own)).text(),
		).toContain('open for a long time');
		expect(desk.sandbox.mails()).toHaveLength(0);
	});

	test('a filled trap is answered as ever and sends nothing', async () => {
		const desk = await aDesk();
		const usual = await (await desk.signUp('ben@example.org')).text();
		const page = await desk.ask('/subscribe');
		const stamp = /name="stamp" value="([^"]+)"/.exec(await page.text())?.[1] ?? '';
		await desk.pass(5_000);
		const trapped = await desk.post(
			'/subscribe',
			{ email: ada, stamp, website: 'https://spam.example' },
			{ 'sec-fetch-site': 'same-origin' },
		);
		expect(await trapped.text()).toBe(usual);
		expect(mailsTo(ada, desk)).toHaveLength(0);
	});

	test.each([
		'no address',
		'ada@',
		'@example.com',
		'ada@localhost',
		'ada@127.0.0.1',
		'ada@example.com, bob@example.com',
		'"ada"@example.com',
		'ada<ada@example.com>',
		'a/../b@example.com',
		'a?b@example.com',
		'a#b@example.com',
		'a%62@example.com',
		'ada@exa mple.com',
		'ada@example.com\r\nBcc: bob@example.com',
		'ada\u202e@example.com',
		'ada@example.com:8080',
		'ada@user@example.com',
		'{{{contact.email}}}@example.com',
		`${'a'.repeat(65)}@example.com`,
		`ada@${'a'.repeat(64)}.com`,
	])('%j is no address: 400, and nothing is sent', async (email) => {
		const desk = await aDesk();
		const answer = await desk.signUp(email);
		expect(answer.status).toBe(400);
		expect(desk.sandbox.mails()).toHaveLength(0);
	});

	test('a name of another script is written as DNS knows it', async () => {
		const desk = await aDesk();
		await desk.signUp('ada@bücher.example');
		expect(desk.sandbox.mails()[0]?.to).toBe('ada@xn--bcher-kva.example');
	});

	test('answers byte for byte the same to new, pending, subscribed, left and suppressed people', async () => {
		const desk = await aDesk();
		await askedFor('pending@example.org', desk);
		await joined('in@example.org', desk);
		const t = await joined('left@example.org', desk);
		await desk.post(`/unsubscribe?t=${t}`, { leave: '1' });
		const answers = new Set<string>();
		for (const email of [
			'new@example.org',
			'pending@example.org',
			'in@example.org',
			'left@example.org',
			'old.address@example.com',
		]) {
			const answer = await desk.signUp(email);
			answers.add(JSON.stringify([answer.status, [...answer.headers], await answer.text()]));
		}
		expect(answers.size).toBe(1);
	});

	test('says so when the provider is down, and loses nothing: the same form works a minute later', async () => {
		const desk = await aDesk();
		desk.sandbox.failNext('emails.send', '503', { times: 2 });
		const answer = await desk.signUp(ada);
		expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '60']);
		expect(await answer.text()).toContain('Nothing is lost');
		await askedFor(ada, desk);
		expect(mailsTo(ada, desk)).toHaveLength(1);
	});

	test('a lost answer is asked for again under the same name: one mail', async () => {
		const desk = await aDesk();
		desk.sandbox.failNext('emails.send', 'after-commit');
		expect((await desk.signUp(ada)).status).toBe(200);
		expect(mailsTo(ada, desk)).toHaveLength(1);
	});

	test('a provider that hangs is answered for within the time of a request', async () => {
		const desk = await aDesk({ choices: { requestMs: 200 } });
		desk.sandbox.failNext('emails.send', 'hang');
		const answer = await desk.signUp(ada);
		expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '60']);
	});

	test('too many from one client wait, and are told how long', async () => {
		const desk = await aDesk({
			choices: {
				limits: { ...usual, perClient: { minute: 2, hour: 20 }, entries: 100 },
			},
		});
		const from = (client: string) => desk.signUp(ada, { 'x-forwarded-for': client });
		expect((await from('203.0.113.9')).status).toBe(200);
		expect((await from('::ffff:203.0.113.9')).status).toBe(200);
		const third = await from('203.0.113.9');
		expect([third.status, third.headers.get('retry-after')]).toEqual([429, '60']);
		expect((await from('203.0.113.10')).status).toBe(200);
		expect((await from('2001:db8:1:2:3:4:5:6')).status).toBe(200);
		expect((await from('2001:db8:1:2::9')).status).toBe(200);
		expect((await from('2001:db8:1:2:ffff::')).status).toBe(429);
		await desk.pass(61_000);
		expect((await from('203.0.113.9')).status).toBe(200);
	});

	test('with no counter free nobody is let in', async () => {
		const desk = await aDesk({
			choices: {
				limits: { ...usual, perClient: { minute: 9, hour: 20 }, entries: 2 },
			},
		});
		expect((await desk.signUp(ada)).status).toBeGreaterThanOrEqual(429);
		expect(desk.sandbox.mails()).toHaveLength(0);
	});
});

describe('confirming', () => {
	test('looking at the page changes nothing, however often and by whatever method', async () => {
		const desk = await aDesk();
		const token = await askedFor(ada, desk);
		const before = JSON.stringify([...desk.sandbox.state.contacts]);
		const calls = desk.sandbox.journal().length;
		for (const method of ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'PATCH']) {
			const answer = await desk.ask(`/confirm?t=${token}`, {
				method,
				headers: { purpose: 'prefetch' },
			});
			const isLook = method === 'GET' || method === 'HEAD';
			expect([answer.status, answer.headers.get('allow')], method).toEqual(
				isLook ? [200, null] : [405, 'GET, HEAD, POST'],
			);
		}
		expect(JSON.stringify([...desk.sandbox.state.contacts])).toBe(before);
		expect(desk.sandbox.journal()).toHaveLength(calls);
	});

	test('pressing again says so, and writes nothing', async () => {
		const desk = await aDesk();
		const token = await askedFor(ada, desk);
		await desk.post('/confirm', { t: token });
		await desk.pass(hour);
		const before = JSON.stringify(contactOf(ada, desk));
		expect(await headingOf(await desk.post('/confirm', { t: token }))).toBe('You are already in');
		expect(JSON.stringify(contactOf(ada, desk))).toBe(before);
		expect(mailsTo(ada, desk).filter(({ subject }) => subject.startsWith('Welcome'))).toHaveLength(
			1,
		);
	});

	test('forged, expired and misused links get one and the same page', async () => {
		const desk = await aDesk();
		const token = await askedFor(ada, desk);
		const unsub = await joined('ben@example.org', desk);
		await desk.pass(4 * day);
		const pages = new Set<string>();
		for (const t of [token, `${token}x`, token.slice(0, -1), unsub, '', 'v1.confirm.k1.0.0.x.y']) {
			for (const answer of [
				await desk.post('/confirm', { t }),
				await desk.ask(`/confirm?t=${t}`),
			]) {
				expect(answer.status).toBe(400);
				pages.add(await answer.text());
			}
		}
		expect(pages.size).toBe(1);
	});

	test('the words on the page are those of the version that is kept, also where a token names none we know', async () => {
		const desk = await aDesk();
		const { settings, tokens } = desk.ports;
		const facts = { e: ada, n: settings.delivery.site, t: [desk.topicId], w: '1999-01' };
		const iat = Date.parse('2026-11-24T00:00:00Z') / 1000;
		const t = await tokens.mint('confirm', facts, { iat, exp: iat + 72 * 3600 });
		const page = await (await desk.ask(`/confirm?t=${t}`)).text();
		await desk.post('/confirm', { t });
		const kept = String(contactOf(ada, desk)?.properties['nl_consent_wording']);
		expect(kept).not.toBe('1999-01');
		expect(page).toContain(wordingOf(kept)?.consent);
	});

	test('a link lives to the end of its window and two days more', async () => {
		const desk = await aDesk();
		const token = await askedFor(ada, desk);
		await desk.pass(14 * hour + 48 * hour - 1_000);
		expect((await desk.ask(`/confirm?t=${token}`)).status).toBe(200);
		await desk.pass(1_000);
		expect((await desk.ask(`/confirm?t=${token}`)).status).toBe(400);
	});

	test('somebody the provider no longer reaches is told to write', async () => {
		const desk = await aDesk();
		const token = await askedFor(ada, desk);
		const mail = desk.sandbox.mails().find(({ to }) => to === ada);
		desk.sandbox.report(mail?.id ?? '', 'complained');
		const answer = await desk.post('/confirm', { t: token });
		expect([answer.status, await headingOf(answer)]).toEqual([200, 'We cannot reach this address']);
		expect(contactOf(ada, desk)).toBeUndefined();
	});

	test.each([1, 2, 3, 4, 5, 6, 7, 8])(
		'cut off at any of its calls (%i), the same link still finishes the job',
		async (call) => {
			for (const fault of ['before-commit', 'after-commit'] as const) {
				const desk = await aDesk();
				const token = await askedFor(ada, desk);
				desk.sandbox.failNext('*', fault, { skip: call - 1 });
				const first = await desk.post('/confirm', { t: token });
				desk.sandbox.world.faults.length = 0;
				expect([200, 503]).toContain(first.status);
				const second = await desk.post('/confirm', { t: token });
				expect(second.status).toBe(200);
				expect(isMailed(ada, desk)).toBe(true);
				expect(contactOf(ada, desk)?.properties).toHaveProperty(
					'nl_consent_id',
					token.slice(-43, -27),
				);
			}
		},
	);

	test('keeps the name and the other choices of a person who is there already', async () => {
		const desk = await aDesk();
		const kit = 'kit.nowak@example.org';
		const contact = contactOf(kit, desk);
		contact?.topics.set(desk.topicId, 'opt_out');
		contact?.topics.set('another', 'opt_in');
		expect(await headingOf(await desk.post('/confirm', { t: await askedFor(kit, desk) }))).toBe(
			'You are in',
		);
		expect(isMailed(kit, desk)).toBe(true);
		expect(contact).toMatchObject({ first_name: 'Kit', last_name: 'Nowak' });
		expect(contact?.topics.get('another')).toBe('opt_in');
	});
});

describe('leaving', () => {
	test('takes effect at once, and the page offers a way back that works once', async () => {
		const desk = await aDesk();
		const token = await joined(ada, desk);
		const page = await (await desk.post(`/unsubscribe?t=${token}`, { leave: '1' })).text();
		expect(page).toContain('You are off the list');
		expect(isMailed(ada, desk)).toBe(false);
		const undo = /name="t" value="([^"]+)"/.exec(page)?.[1] ?? '';
		await desk.pass(60_000);
		expect(await headingOf(await desk.post('/preferences', { t: undo, return: '1' }))).toBe(
			'You are back',
		);
		expect(isMailed(ada, desk)).toBe(true);
		await desk.pass(60_000);
		await desk.post(`/unsubscribe?t=${token}`, { 'List-Unsubscribe': 'One-Click' });
		expect(await headingOf(await desk.post('/preferences', { t: undo, return: '1' }))).toBe(
			'You left this letter',
		);
		expect(isMailed(ada, desk)).toBe(false);
	});

	test('the way back says so where the provider no longer reaches the person', async () => {
		const desk = await aDesk();
		const token = await joined(ada, desk);
		const page = await (await desk.post(`/unsubscribe?t=${token}`, { leave: '1' })).text();
		const undo = /name="t"\s+value="([^"]+)"/.exec(page)?.[1] ?? '';
		expect(await headingOf(await desk.post('/preferences', { t: undo, return: '1' }))).toBe(
			'You are back',
		);
		desk.sandbox.report(desk.sandbox.mails()[0]?.id ?? '', 'complained');
		const again = await desk.post('/preferences', { t: undo, return: '1' });
		expect(await headingOf(again)).toBe('We cannot reach this address');
	});

	test('the way back ends after an hour', async () => {
		const desk = await aDesk();
		const page = await (
			await desk.post(`/unsubscribe?t=${await joined(ada, desk)}`, { leave: '1' })
		).text();
		const undo = /name="t" value="([^"]+)"/.exec(page)?.[1] ?? '';
		await desk.pass(hour);
		expect((await desk.post('/preferences', { t: undo, return: '1' })).status).toBe(400);
	});

	test('whoever holds the link of a forwarded mail cannot bring back someone who left', async () => {
		const desk = await aDesk();
		const token = await joined(ada, desk);
		await desk.post(`/unsubscribe?t=${token}`, { 'List-Unsubscribe': 'One-Click' });
		await desk.pass(30 * day);
		const page = await (await desk.post(`/unsubscribe?t=${token}`, { leave: '1' })).text();
		expect(page).toContain('You are off the list');
		expect(page).not.toContain('name="t"');
		for (const field of ['return', 'leave'])
			expect((await desk.post('/preferences', { t: token, [field]: '1' })).status).toBe(400);
	});

	test('an old unused link brings nobody back; a new one from the next day does', async () => {
		const desk = await aDesk();
		const token = await joined(ada, desk);
		await desk.pass(day);
		const unused = await askedFor(ada, desk);
		await desk.post(`/unsubscribe?t=${token}`, { 'List-Unsubscribe': 'One-Click' });
		expect(await headingOf(await desk.post('/confirm', { t: unused }))).toBe(
			'You left this letter',
		);
		expect(isMailed(ada, desk)).toBe(false);
		await desk.pass(day);
		expect(await headingOf(await desk.post('/confirm', { t: await askedFor(ada, desk) }))).toBe(
			'You are in',
		);
		expect(isMailed(ada, desk)).toBe(true);
	});

	test('leaving on the provider’s page is heard of, and its echo writes nothing', async () => {
		const desk = await aDesk({ sandbox: { knobs: { pessimistic: ['C22'], webhookCopies: 2 } } });
		await joined(ada, desk);
		await desk.sandbox.idle();
		await desk.pass(hour);
		const contact = contactOf(ada, desk);
		await desk.ports.contacts.choose(contact?.id ?? '', new Map([[desk.topicId, 'opt_out']]));
		await desk.sandbox.idle();
		expect(contact?.properties['nl_left_at']).toBe(Date.parse('2026-11-24T11:00:00Z') / 1000);
		const writes = desk.sandbox.journal().filter(({ op }) => op === 'contacts.update').length;
		await desk.pass(10_000);
		await desk.sandbox.idle();
		expect(desk.sandbox.journal().filter(({ op }) => op === 'contacts.update')).toHaveLength(
			writes,
		);
	});

	test('a provider that does not take it gets another try: 503, never 200 and forget', async () => {
		const desk = await aDesk();
		const token = await joined(ada, desk);
		desk.sandbox.failNext('contacts.topics.update', '503');
		const answer = await desk.post(`/unsubscribe?t=${token}`, { 'List-Unsubscribe': 'One-Click' });
		expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '60']);
		expect(isMailed(ada, desk)).toBe(true);
	});

	test('is done although its time could not be noted', async () => {
		const desk = await aDesk();
		const token = await joined(ada, desk);
		desk.sandbox.failNext('contacts.get', '503');
		const answer = await desk.post(`/unsubscribe?t=${token}`, { 'List-Unsubscribe': 'One-Click' });
		expect(answer.status).toBe(200);
		expect(isMailed(ada, desk)).toBe(false);
	});

	test('somebody who was erased is off the list too', async () => {
		const desk = await aDesk();
		const token = await joined(ada, desk);
		desk.sandbox.state.contacts.delete(contactOf(ada, desk)?.id ?? '');
		expect((await desk.post(`/unsubscribe?t=${token}`, { leave: '1' })).status).toBe(200);
		expect(contactOf(ada, desk)).toBeUndefined();
	});
});

describe('preferences', () => {
	async function prefsOf(
		address: string,
		desk: Awaited<ReturnType<typeof aDesk>>,
	): Promise<string> {
		const page = await desk.post('/confirm', { t: await askedFor(address, desk) });
		return /preferences\?t=([\w.-]+)/.exec(await page.text())?.[1] ?? '';
	}

	test('shows, saves and shows again what somebody gets', async () => {
		const desk = await aDesk();
		const t = await prefsOf(ada, desk);
		const page = await (await desk.ask(`/preferences?t=${t}`)).text();
		expect(page).toMatch(/name="topics"\s+value="[^"]+"\s+checked/);
		const saved = await (await desk.post('/preferences', { t, topics: desk.topicId })).text();
		expect(saved).toContain('Saved.');
		expect(isMailed(ada, desk)).toBe(true);
	});

	test('choosing nothing is leaving; leaving everything ends all mail', async () => {
		const desk = await aDesk();
		const t = await prefsOf(ada, desk);
		expect(await headingOf(await desk.post('/preferences', { t }))).toBe('You are off the list');
		expect(isMailed(ada, desk)).toBe(false);
		const other = await prefsOf('ben@example.org', desk);
		expect(await headingOf(await desk.post('/preferences', { t: other, leave: '1' }))).toBe(
			'You are off the list',
		);
		expect(contactOf('ben@example.org', desk)?.unsubscribed).toBe(true);
	});

	test('ends after an hour', async () => {
		const desk = await aDesk();
		const t = await prefsOf(ada, desk);
		await desk.pass(hour);
		expect((await desk.ask(`/preferences?t=${t}`)).status).toBe(400);
		expect((await desk.post('/preferences', { t, leave: '1' })).status).toBe(400);
		expect(isMailed(ada, desk)).toBe(true);
	});
});

test('the welcome mail can be left by one click of a mailbox, straight from its headers', async () => {
	const desk = await aDesk();
	await joined(ada, desk);
	const { headers } = mailsTo(ada, desk).find(({ subject }) => subject.startsWith('Welcome')) ?? {};
	expect(headers?.['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click');
	const uri = /^<([^>]+)>$/.exec(headers?.['List-Unsubscribe'] ?? '')?.[1] ?? '';
	expect(linkIn(uri, 'unsubscribe')?.url).toBe(uri);
	const answer = await desk.ask(uri, { method: 'POST', body: 'List-Unsubscribe=One-Click' });
	// A text without a type of its own is text/plain.
	expect(answer.status).toBe(415);
	await desk.post(uri, { 'List-Unsubscribe': 'One-Click' });
	expect(isMailed(ada, desk)).toBe(false);
});

test('a report of the provider needs a signature, and a secret to hold it against', async () => {
	const desk = await aDesk();
	const body = JSON.stringify({
		type: 'contact.updated',
		created_at: '2026-11-24T10:00:00Z',
		data: {},
	});
	const headers = {
		'svix-id': 'msg_1',
		'svix-timestamp': String(Math.floor(Date.now() / 1000)),
		'svix-signature': 'v1,AAAA',
	};
	expect((await desk.ask('/webhook/resend', { method: 'POST', body, headers })).status).toBe(400);
	expect(
		(await desk.ask('/webhook/resend', { method: 'POST', body: 'x'.repeat(20_000) })).status,
	).toBe(413);
	const deaf = await aDesk({ ports: { notices: undefined } });
	expect((await deaf.ask('/webhook/resend', { method: 'POST', body, headers })).status).toBe(503);
});

test('trouble is told to the people behind the letter once a day for each kind, without a name', async () => {
	const desk = await aDesk();
	for (const name of ['a', 'b']) {
		await desk.signUp(`${name}@example.org`);
		const mail = desk.sandbox.mails().find(({ to }) => to === `${name}@example.org`);
		desk.sandbox.report(mail?.id ?? '', 'complained');
		await desk.sandbox.idle();
	}
	const alerts = mailsTo('editor@larkfield.example', desk);
	expect(alerts.map(({ headers }) => headers)).toEqual([
		{ 'Auto-Submitted': 'auto-generated' },
		{ 'Auto-Submitted': 'auto-generated' },
	]);
	expect(JSON.stringify(alerts.map(({ text, html }) => [text, html]))).not.toContain('example.org');
});

test('a path decides the same in any spelling', async () => {
	const desk = await aDesk();
	const token = await askedFor(ada, desk);
	for (const path of [
		'/confirm',
		'/confirm/',
		'/Confirm',
		'//confirm',
		'/%63onfirm',
		'/%2563onfirm/',
		'/CONFIRM//',
	]) {
		expect((await desk.ask(`${path}?t=${token}`)).status, path).toBe(200);
		expect((await desk.ask(`${path}?t=x`)).status, path).toBe(400);
	}
	for (const path of ['/Subscribe', '/subscribe/', '/%73ubscribe']) {
		expect((await desk.post(path, { email: ada })).status, path).toBe(403);
	}
	expect((await desk.ask('/admin')).status).toBe(404);
});

test('10,000 scanner hits on every link of every mail change nothing', async () => {
	const desk = await aDesk();
	const confirm = await askedFor(ada, desk);
	const unsub = await joined('ben@example.org', desk);
	const page = await desk.post('/confirm', { t: await askedFor('carla@example.org', desk) });
	const prefs = /preferences\?t=([\w.-]+)/.exec(await page.text())?.[1] ?? '';
	await desk.sandbox.idle();
	const state = () => {
		const { contacts, suppressions, mails } = desk.sandbox.state;
		return JSON.stringify([[...contacts], [...suppressions], mails.length]);
	};
	const before = state();
	const links = [
		`/confirm?t=${confirm}`,
		`/unsubscribe?t=${unsub}`,
		`/preferences?t=${prefs}`,
		'/subscribe',
	];
	const visits: RequestInit[] = [
		{ method: 'GET' },
		{ method: 'HEAD' },
		{ method: 'OPTIONS' },
		{ method: 'GET', headers: { purpose: 'prefetch', 'sec-purpose': 'prefetch;prerender' } },
		{ method: 'GET', headers: { range: 'bytes=0-0', 'if-none-match': '*' } },
	];
	for (let hit = 0; hit < 10_000; hit += 1) {
		const { status } = await desk.ask(links[hit % links.length] ?? '', visits[hit % visits.length]);
		if (status !== 200 && status !== 405) throw new Error(`A visit was answered ${status}.`);
	}
	expect(state()).toBe(before);
	expect(
		desk.sandbox.journal().some(({ method, number }) => method !== 'GET' && number > 100),
	).toBe(false);
});

test('every answer carries the headers that keep it out of caches, frames and indexes', async () => {
	const desk = await aDesk();
	for (const [path, method] of [
		['/subscribe', 'GET'],
		['/confirm?t=x', 'GET'],
		['/confirm', 'PUT'],
		['/nowhere', 'GET'],
		['/webhook/resend', 'POST'],
	]) {
		const { headers } = await desk.ask(path ?? '', { method: method ?? 'GET' });
		expect(headers.get('cache-control'), path).toBe('no-store');
		expect(headers.get('content-security-policy'), path).toContain("default-src 'none'");
		expect(headers.get('content-security-policy'), path).toContain("frame-ancestors 'none'");
		expect(headers.get('referrer-policy'), path).toBe('strict-origin');
		expect(headers.get('x-content-type-options'), path).toBe('nosniff');
		expect(headers.get('set-cookie'), path).toBeNull();
	}
});

test('no line of the log holds an address, a token or what was typed', async () => {
	const desk = await aDesk();
	const token = await joined('canary-7f3a@example.com', desk);
	await desk.ask('/canary-7f3a@example.com');
	await desk.ask('/confirm/canary-7f3a@example.com?t=canary-7f3a');
	desk.sandbox.failNext('*', '503', { times: 9 });
	await desk.signUp('canary-7f3a@example.com');
	await desk.post(`/unsubscribe?t=${token}`, { leave: '1' });
	await desk.post('/confirm', { t: token });
	const log = JSON.stringify(desk.log);
	expect(desk.log.length).toBeGreaterThan(6);
	expect(log).not.toMatch(/canary|example\.com|v1\./);
});
