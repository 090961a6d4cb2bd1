/** The puzzle before a sign-up: who is asked, what counts, and the way of those without a script. */
import { solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/web/pbkdf2';
import { expect, test } from 'vitest';
import { aDesk, headingOf, isMailed, linkIn, mailsTo, usual } from './endpoints-lab.ts';

const ada = 'ada@example.com';
const own = { 'sec-fetch-site': 'same-origin' };
const sent = 'Check your inbox';

function asking(puzzle: 'off' | 'busy' | 'always', more: Partial<typeof usual> = {}) {
	const many = 1_000_000;
	const perClient = { minute: many, hour: many };
	return aDesk({ choices: { limits: { ...usual, perClient, puzzle, ...more } } });
}

type Desk = Awaited<ReturnType<typeof asking>>;

/** What a form that came back holds. */
function fieldsOf(page: string): { stamp: string; puzzle: string | undefined } {
	const puzzle = /data-puzzle="([^"]+)"/.exec(page)?.[1]?.replaceAll('&quot;', '"');
	return { stamp: /name="stamp" value="([^"]+)"/.exec(page)?.[1] ?? '', puzzle };
}

async function solve(puzzle: string | undefined): Promise<string> {
	const challenge = JSON.parse(puzzle ?? '');
	return btoa(
		JSON.stringify({ challenge, solution: await solveChallenge({ challenge, deriveKey }) }),
	);
}

function send(fields: Record<string, string>, desk: Desk): Promise<Response> {
	return desk.post('/subscribe', fields, own);
}

async function askedFor(email: string, desk: Desk) {
	const page = await (await desk.signUp(email)).text();
	expect(page).toContain('Many sign-ups come in at once');
	return fieldsOf(page);
}

test('off, nobody is asked, and what is sent for one is not looked at', async () => {
	const desk = await asking('off');
	expect(await headingOf(await desk.signUp(ada))).toBe(sent);
	const { stamp } = fieldsOf(await (await desk.ask('/subscribe')).text());
	await desk.pass(5_000);
	const answer = await send({ email: 'ben@example.org', stamp, altcha: 'nonsense' }, desk);
	expect(await headingOf(answer)).toBe(sent);
	expect(desk.sandbox.mails()).toHaveLength(2);
});

test('on, nothing is sent without it; solved, the mail goes out, and its link lets the person in', async () => {
	const desk = await asking('always');
	const { stamp, puzzle } = await askedFor(ada, desk);
	expect(desk.sandbox.mails()).toHaveLength(0);
	const answer = await send({ email: ada, stamp, altcha: await solve(puzzle) }, desk);
	expect(await headingOf(answer)).toBe(sent);
	const link = linkIn(mailsTo(ada, desk)[0]?.text ?? '', 'confirm');
	await desk.post('/confirm', { t: link?.token ?? '' });
	expect(isMailed(ada, desk)).toBe(true);
});

test('a solution that is wrong, replayed, expired or for another address is answered with a new puzzle', async () => {
	const desk = await asking('always');
	const { stamp, puzzle } = await askedFor(ada, desk);
	const altcha = await solve(puzzle);
	await desk.pass(5_000);
	for (const wrong of [altcha.slice(0, -8), `${altcha.slice(0, -8)}AAAAAAAA`, 'x', btoa('{}')]) {
		const page = await (await send({ email: ada, stamp, altcha: wrong }, desk)).text();
		expect(page).toContain('Many sign-ups come in at once');
		expect(fieldsOf(page).puzzle).not.toBe(puzzle);
	}
	for (const email of ['ben@example.org', 'ada@example.org']) {
		expect(await headingOf(await send({ email, stamp, altcha }, desk))).not.toBe(sent);
	}
	expect(desk.sandbox.mails()).toHaveLength(0);
	expect(await headingOf(await send({ email: ada, stamp, altcha }, desk))).toBe(sent);
	expect(await headingOf(await send({ email: ada, stamp, altcha }, desk))).not.toBe(sent);

	const late = await askedFor('ben@example.org', desk);
	const work = await solve(late.puzzle);
	await desk.pass(600_000);
	const answer = await send({ email: 'ben@example.org', stamp: late.stamp, altcha: work }, desk);
	// It has waited meanwhile, which is as good: only the solution had ended.
	expect(await headingOf(answer)).toBe(sent);
	expect(await desk.ports.puzzle.take(work, 'ben@example.org')).toBe(false);
});

test('without a script a person waits a minute, once for each mail; pressing early does not start it anew', async () => {
	const desk = await asking('always', { perHourWaited: 2 });
	const { stamp } = await askedFor(ada, desk);
	await desk.pass(40_000);
	const early = await (await send({ email: ada, stamp }, desk)).text();
	expect(early).toContain('wait a minute');
	expect(fieldsOf(early).stamp).toBe(stamp);
	await desk.pass(20_000);
	// The minute is bound to the address that was typed.
	const other = await (await send({ email: 'ben@example.org', stamp }, desk)).text();
	expect(other).toContain('wait a minute');
	expect(fieldsOf(other).stamp).not.toBe(stamp);
	expect(desk.sandbox.mails()).toHaveLength(0);
	expect(await headingOf(await send({ email: ada, stamp }, desk))).toBe(sent);
	expect(mailsTo(ada, desk)).toHaveLength(1);
	const again = await (await send({ email: ada, stamp }, desk)).text();
	expect(again).toContain('wait a minute');
	expect(fieldsOf(again).stamp).not.toBe(stamp);
});

test('a stamp of an open form is not one of somebody who waited', async () => {
	const desk = await asking('always');
	const { stamp } = fieldsOf(await (await desk.ask('/subscribe')).text());
	await desk.pass(600_000);
	expect(await headingOf(await send({ email: ada, stamp }, desk))).not.toBe(sent);
	expect(desk.sandbox.mails()).toHaveLength(0);
});

test('by JSON the same is asked, and the same counts', async () => {
	const desk = await asking('always');
	const json = async (body: object) => {
		const headers = { ...own, 'content-type': 'application/json' };
		const answer = await desk.ask('/subscribe', {
			method: 'POST',
			body: JSON.stringify(body),
			headers,
		});
		// Ours, as the test below reads it.
		return (await answer.json()) as { ok: boolean; reason?: string; stamp: string; puzzle: object };
	};
	const first = await json({ email: ada });
	expect(first).toMatchObject({ ok: false, reason: 'stamp' });
	await desk.pass(5_000);
	const asked = await json({ email: ada, stamp: first.stamp });
	expect(asked).toMatchObject({ ok: false, reason: 'puzzle' });
	const altcha = await solve(JSON.stringify(asked.puzzle));
	expect(await json({ email: ada, stamp: asked.stamp, altcha })).toEqual({ ok: true });
	expect(mailsTo(ada, desk)).toHaveLength(1);
});

test('the answers stay the same for everybody, with it as without', async () => {
	const desk = await asking('always');
	const answers = new Set<string>();
	for (const email of ['new@example.org', 'old.address@example.com', 'kit.nowak@example.org']) {
		const { stamp, puzzle } = await askedFor(email, desk);
		const answer = await send({ email, stamp, altcha: await solve(puzzle) }, desk);
		answers.add(JSON.stringify([answer.status, [...answer.headers], await answer.text()]));
	}
	expect(answers.size).toBe(1);
});

test('under an attack people still get in: solved up to a second cap, by waiting up to a third, each told to the log once', async () => {
	const desk = await asking('busy', { perHour: 3, perHourSolved: 2, perHourWaited: 1 });
	for (let n = 0; n < 3; n += 1) {
		expect(await headingOf(await desk.signUp(`bot${n}@gmail.com`))).toBe(sent);
	}
	expect(desk.log.filter(({ event }) => event === 'alert')).toEqual([]);
	const people = ['a', 'b', 'c', 'd', 'e'].map((name) => `${name}@example.org`);
	const forms = [];
	for (const email of people) forms.push({ email, ...(await askedFor(email, desk)) });
	for (const [at, { email, stamp, puzzle }] of forms.slice(0, 3).entries()) {
		const answer = await send({ email, stamp, altcha: await solve(puzzle) }, desk);
		expect(await headingOf(answer)).toBe(at < 2 ? sent : 'Too many sign-ups at once');
		expect(answer.status).toBe(at < 2 ? 200 : 503);
	}
	await desk.pass(60_000);
	for (const [at, { email, stamp }] of forms.slice(3).entries()) {
		const answer = await send({ email, stamp }, desk);
		expect(await headingOf(answer)).toBe(at < 1 ? sent : 'Too many sign-ups at once');
	}
	expect(desk.sandbox.mails()).toHaveLength(6);
	expect(desk.log.filter(({ event }) => event === 'alert').map(({ what }) => what)).toEqual([
		'3 sign-ups in an hour: all others get the puzzle',
		'2 more sign-ups in an hour with the puzzle solved: others are turned away',
		'1 sign-ups in an hour by waiting: without a script nobody gets in',
	]);
	expect(JSON.stringify(desk.log)).not.toMatch(/@|example|v1\./);
	await desk.pass(3_600_000);
	expect(await headingOf(await desk.signUp('calm@example.org'))).toBe(sent);
});

test('who solves nothing uses up nobody’s share: neither the second cap nor that of a domain', async () => {
	const desk = await asking('busy', { perHour: 1, perHourSolved: 1, perDomainHour: 2 });
	await desk.signUp('bot@gmail.com');
	for (let n = 0; n < 20; n += 1) await askedFor(`bot${n}@firm.example`, desk);
	const { stamp, puzzle } = await askedFor('ada@firm.example', desk);
	const answer = await send(
		{ email: 'ada@firm.example', stamp, altcha: await solve(puzzle) },
		desk,
	);
	expect(await headingOf(answer)).toBe(sent);
});

test('the script is on the page that comes back only, and there its policy lets it run and no more', async () => {
	const desk = await asking('always');
	const policyOf = (answer: Response) => answer.headers.get('content-security-policy') ?? '';
	const first = await desk.ask('/subscribe');
	expect(await first.clone().text()).not.toContain('<script');
	expect(policyOf(first)).not.toContain('script-src');
	const back = await desk.signUp(ada);
	expect((await back.clone().text()).match(/<script[^>]*>/g)).toEqual([
		'<script src="/subscribe/form.js" defer>',
	]);
	expect(policyOf(back)).toContain("default-src 'none'");
	expect(policyOf(back).match(/script-src [^;]*/g)).toEqual(["script-src 'self'"]);
	const script = await desk.ask('/subscribe/form.js');
	expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
	expect(await script.text()).not.toMatch(/import\(|eval|innerHTML|fetch/);
	// After two rounds without success the person is asked, so that no browser sends for ever.
	const { stamp } = fieldsOf(await back.text());
	await desk.pass(5_000);
	const last = await (await send({ email: ada, stamp, auto: '2' }, desk)).text();
	expect(last).not.toContain('<script');
	expect(last).toContain('wait a minute');
});

test('a form that comes back keeps what was chosen, for nobody looks at it again', async () => {
	const desk = await asking('off');
	const { topics } = desk.ports.audience;
	Object.assign(desk.ports.audience, { topics: [...topics, { id: 'other', name: 'Another' }] });
	const checked = async (fields: Record<string, string>) => {
		const page = await (await send({ email: ada, ...fields }, desk)).text();
		return [...page.matchAll(/value="([^"]+)"\s+checked/g)].map(([, id]) => id);
	};
	expect(await checked({ topics: 'other' })).toEqual(['other']);
	expect(await checked({})).toEqual([desk.topicId, 'other']);
});

test('what fell into the trap is not sent by itself', async () => {
	const desk = await asking('off');
	const page = await (await send({ email: ada, website: 'https://spam.example' }, desk)).text();
	expect(page).not.toContain('<script');
	expect(await (await send({ email: ada }, desk)).text()).toContain('<script');
});
