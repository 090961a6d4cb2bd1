import type { FaultName } from '#/sandbox/fault.ts';
import { formOf, openClient, quantile, tally, together } from './client.ts';
import type { Client } from './client.ts';
import type { Finding } from './finding.ts';
import { control, mailsOf, stampOf } from './stage.ts';
import type { Stage } from './stage.ts';

/**
 * The provider is down for a while, then comes and goes for half as long: it refuses, breaks off,
 * hangs, answers with another's page, or does what it was asked and does not say so. Meanwhile people
 * join, confirm and leave.
 */
export async function outage(stage: Stage, { seconds }: { seconds: number }): Promise<Finding[]> {
	const client = openClient(stage.server, 256);
	const stamp = await stampOf(stage);
	const signUp = (email: string) => client.ask('/subscribe', formOf({ email, stamp }, '192.0.2.1'));
	const waiting = await asked(40, 'waiting', stage, signUp);
	const readers = await asked(40, 'reader', stage, signUp);
	for (const { token } of readers) await client.ask('/confirm', formOf({ t: token }, '192.0.2.1'));
	const ways = await waysOut(readers, stage);

	const joining = new Map<string, Try>();
	const confirming = new Map<string, Try>();
	const leaving = new Map<string, Try>();
	const started = performance.now();
	const elapsed = () => (performance.now() - started) / 1000;
	const isBad = () => elapsed() < seconds * 1.5;
	const oneClick = (path: string) =>
		client.ask(path, {
			method: 'POST',
			body: 'List-Unsubscribe=One-Click',
			headers: { 'content-type': 'application/x-www-form-urlencoded' },
		});
	function* ticks(): Generator<number> {
		for (let n = 0; isBad(); n += 1) yield n;
	}
	async function weather(): Promise<void> {
		while (elapsed() < seconds) {
			for (const [fault, times] of faults) await plan(stage, fault, times);
			await pause(200);
		}
		await control(stage, '/faults', { method: 'DELETE' });
		for (let turn = 0; isBad(); turn += 1) {
			await plan(stage, faults[turn % faults.length]?.[0] ?? '503', 4);
			await pause(200);
		}
	}
	const gapMs = (seconds * 1_500 * 2) / waiting.length;
	await Promise.all([
		weather(),
		together(ticks(), 10, async (n) => {
			const email = `down${n}@d${n % 100}.example.com`;
			await attempt(joining, email, () => signUp(email));
			await pause(200);
		}),
		together(waiting, 2, async ({ email, token }) => {
			await attempt(confirming, email, () =>
				client.ask('/confirm', formOf({ t: token }, '192.0.2.1')),
			);
			await pause(gapMs);
		}),
		together(ways, 2, async ({ email, path }) => {
			await attempt(leaving, email, () => oneClick(path));
			await pause(gapMs);
		}),
	]);
	await control(stage, '/faults', { method: 'DELETE' });

	const during = {
		joining: statusesOf(joining),
		confirming: statusesOf(confirming),
		leaving: statusesOf(leaving),
	};
	const all = [...joining.values(), ...confirming.values(), ...leaving.values()];
	const lost = lostAmong(joining, await mailsOf(stage));
	// Everybody whose answer was that it is unclear does the same again, as the page says.
	await together(again(joining), 64, (email) => attempt(joining, email, () => signUp(email)));
	for (const { email, token } of waiting)
		await attempt(confirming, email, () =>
			client.ask('/confirm', formOf({ t: token }, '192.0.2.1')),
		);
	for (const { email, path } of ways) await attempt(leaving, email, () => oneClick(path));
	const mails = await mailsOf(stage);
	const twice = [...joining.keys()].filter(
		(email) => mails.filter(({ to }) => to === email).length !== 1,
	);
	const isIn = await standings(stage);
	client.close();
	const unclear = all.filter(({ first }) => first.status === 503);
	return [
		{
			isGood: during.joining.every((status) => status === 200 || status === 503),
			text: `provider down for ${seconds} s, flapping for ${seconds / 2} s more: sign-ups ${tally(during.joining)}; confirms ${tally(during.confirming)}; one-click leaves ${tally(during.leaving)}; longest answer ${quantile(
				all.map(({ first }) => first.ms),
				1,
			).toFixed(0)} ms`,
		},
		{
			isGood: unclear.every(({ first }) => first.hasRetry && first.isClear),
			text: `answers of 503 that say what to do and when (Retry-After): ${unclear.filter(({ first }) => first.hasRetry && first.isClear).length} of ${unclear.length}`,
		},
		{ isGood: lost.length === 0, text: `sign-ups answered 200 without a mail: ${lost.length}` },
		{
			isGood: twice.length === 0,
			text: `after doing it again, of ${joining.size} people not with exactly one mail: ${twice.length}`,
		},
		{
			isGood: waiting.every(({ email }) => isIn.get(email) === true),
			text: `of ${waiting.length} who confirmed, in: ${waiting.filter(({ email }) => isIn.get(email)).length}`,
		},
		{
			isGood: ways.every(({ email }) => isIn.get(email) === false),
			text: `of ${ways.length} who left, out: ${ways.filter(({ email }) => isIn.get(email) === false).length}`,
		},
	];
}

function pause(ms: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, ms));
}

async function plan(stage: Stage, fault: FaultName, times: number): Promise<void> {
	await control(stage, '/faults', {
		method: 'POST',
		body: JSON.stringify({ op: '*', fault, times }),
	});
}

async function asked(
	count: number,
	name: string,
	stage: Stage,
	signUp: (email: string) => Promise<unknown>,
): Promise<{ email: string; token: string }[]> {
	const people = Array.from({ length: count }, (_, n) => `${name}${n}@d${n}.example.com`);
	await together(people, 20, async (email) => {
		await signUp(email);
	});
	const mails = await mailsOf(stage);
	return people.map((email) => {
		const text = mails.find(({ to }) => to === email)?.text ?? '';
		return { email, token: /\/confirm\?t=([\w.-]+)/.exec(text)?.[1] ?? '' };
	});
}

async function waysOut(readers: readonly { email: string }[], stage: Stage) {
	const mails = await mailsOf(stage);
	return readers.map(({ email }) => {
		const welcome = mails.findLast(({ to }) => to === email);
		const path = /(\/unsubscribe\?t=[^>]+)>/.exec(welcome?.headers['List-Unsubscribe'] ?? '')?.[1];
		return { email, path: path ?? '' };
	});
}

async function attempt(
	tries: Map<string, Try>,
	email: string,
	ask: () => ReturnType<Client['ask']>,
): Promise<void> {
	const { status, headers, text, ms } = await ask();
	const seen = {
		status,
		ms,
		hasRetry: headers.some((name) => name.toLowerCase() === 'retry-after'),
		isClear: text.includes('do the same again'),
	};
	tries.set(email, { first: tries.get(email)?.first ?? seen, last: seen });
}

function statusesOf(tries: ReadonlyMap<string, Try>): number[] {
	return [...tries.values()].map(({ first }) => first.status);
}

function again(tries: ReadonlyMap<string, Try>): string[] {
	return [...tries].filter(([, { last }]) => last.status !== 200).map(([email]) => email);
}

function lostAmong(tries: ReadonlyMap<string, Try>, mails: readonly { to: string }[]): string[] {
	const reached = new Set(mails.map(({ to }) => to));
	return [...tries]
		.filter(([email, { first }]) => first.status === 200 && !reached.has(email))
		.map(([email]) => email);
}

/** Who gets the next issue, as the inbox page of the sandbox shows it. */
async function standings(stage: Stage): Promise<Map<string, boolean>> {
	const page = await (await fetch(`${stage.sandbox}/inbox/contacts`)).text();
	return new Map(
		page
			.split('<li class="card person">')
			.slice(1)
			.map((card) => [
				/<h2>([^<]*)<\/h2>/.exec(card)?.[1] ?? '',
				!card.includes('>unsubscribed<') && card.includes('>in: '),
			]),
	);
}

const faults: readonly [FaultName, number][] = [
	['503', 9],
	['before-commit', 7],
	['after-commit', 7],
	['html-502', 5],
	['500-after', 5],
	['hang', 2],
	['truncated-200', 3],
	['429', 4],
];

interface Try {
	first: Seen;
	last: Seen;
}

interface Seen {
	status: number;
	ms: number;
	hasRetry: boolean;
	isClear: boolean;
}
