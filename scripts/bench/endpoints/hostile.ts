import { solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/web/pbkdf2';
import { parseAddress } from '#/delivery/address.ts';
import { random } from '../random.ts';
import { formOf, openClient, quantile, tally, together } from './client.ts';
import type { Asked } from './client.ts';
import type { Finding } from './finding.ts';
import { mailsOf, stampOf } from './stage.ts';
import type { Stage } from './stage.ts';

/**
 * Somebody who wants to fill other people's mailboxes: many sign-ups for a thousand victims from ten
 * thousand addresses, by form and by JSON, in many spellings. One in a hundred is a person who means it.
 */
export async function hostile(
	stage: Stage,
	{ signUps, victims, connections }: { signUps: number; victims: number; connections: number },
): Promise<Finding[]> {
	const client = openClient(stage.server, connections);
	const dice = random(1);
	const stamp = await stampOf(stage);
	const statuses: (number | 'puzzle')[] = [];
	const honest: (number | string)[] = [];
	const pages = new Set<string>();
	const puzzles = new Set<string>();
	const times: number[] = [];
	// What a server takes once it is warm is not what it loses: growth is counted from half-way on.
	const rss = stage.rss();
	const highest = { early: rss, late: 0 };
	const watch = setInterval(() => {
		const half = times.length < signUps / 2 ? 'early' : 'late';
		highest[half] = Math.max(highest[half], stage.rss());
	}, 250);
	const started = performance.now();
	await together(Array.from({ length: signUps }).keys(), connections, async (n) => {
		const isHonest = n % 100 === 0;
		const client4 = isHonest
			? `192.0.${Math.floor(n / 25_600)}.${Math.floor(n / 100) % 256}`
			: `10.0.${Math.floor(dice.next() * 40)}.${Math.floor(dice.next() * 250)}`;
		const email = isHonest
			? `person${n}@home${n}.example.net`
			: spelling(Math.floor(dice.next() * victims), dice.next());
		const asked =
			dice.next() < 0.3 ? jsonOf(email, stamp, client4) : formOf({ email, stamp }, client4);
		const { status, text, ms } = await client.ask('/subscribe', asked);
		times.push(ms);
		if (isHonest) {
			// Only a person's browser does the work that it is set.
			const isAsked = isPuzzle(text);
			const last = isAsked
				? await client.ask('/subscribe', await solved(email, text, client4))
				: { status, text };
			honest.push(isPuzzle(last.text) ? 'asked again' : isAsked ? `${last.status} solved` : status);
		} else statuses.push(isPuzzle(text) ? 'puzzle' : status);
		if (status === 200) (isPuzzle(text) ? puzzles : pages).add(plain(text));
	});
	clearInterval(watch);
	const took = (performance.now() - started) / 1000;
	client.close();

	const mails = await mailsOf(stage);
	const perWindow = counted(mails, ({ to, at }) => `${to.toLowerCase()} ${at.slice(0, 10)}`);
	const perMailbox = counted(
		mails,
		({ to, at }) => `${parseAddress(to)?.mailbox} ${at.slice(0, 10)}`,
	);
	const mostPerWindow = Math.max(0, ...perWindow.values());
	const victimMails = mails.filter(({ to }) => to.includes('victim')).length;
	return [
		{
			isGood: mostPerWindow <= 1,
			text: `${signUps} hostile sign-ups in ${took.toFixed(0)} s (${(signUps / took).toFixed(0)}/s, p99 ${quantile(times, 0.99).toFixed(0)} ms): at most ${mostPerWindow} confirm mail per address and window, ${Math.max(0, ...perMailbox.values())} per mailbox; ${victimMails} mails for ${victims} victims`,
		},
		// One page for browsers, one line for scripts.
		{ isGood: pages.size <= 2, text: `different answers of 200, form and JSON: ${pages.size}` },
		{
			isGood: puzzles.size <= 2,
			text: `different answers with a puzzle, form and JSON, but for what was typed and drawn: ${puzzles.size}`,
		},
		{
			isGood: statuses.every((status) => status === 'puzzle' || [200, 429, 503].includes(status)),
			text: `answers: ${tally(statuses)}`,
		},
		{ isGood: true, text: `people who meant it, a hundredth of all: ${tally(honest)}` },
		{
			isGood: highest.late - highest.early < 64,
			text: `server ${rss.toFixed(0)} MB before, at most ${highest.early.toFixed(0)} MB in the first half and ${highest.late.toFixed(0)} MB in the second, ${stage.rss().toFixed(0)} MB after`,
		},
	];
}

function isPuzzle(text: string): boolean {
	return text.includes('data-puzzle="') || text.includes('"reason":"puzzle"');
}

/** An answer without what was typed, and without what is drawn for each. */
function plain(text: string): string {
	return text
		.replace(/(name="stamp" value=|data-puzzle=|name="email"\s+value=)"[^"]*"/g, '$1""')
		.replace(/"stamp":"[^"]*"/, '"stamp":""')
		.replace(/"puzzle":\{.*\}(?=\}$)/, '"puzzle":{}');
}

async function solved(email: string, text: string, from: string): Promise<Asked> {
	const isJson = text.startsWith('{');
	const given = /data-puzzle="([^"]*)"/.exec(text)?.[1]?.replaceAll('&quot;', '"') ?? '{}';
	const challenge = isJson ? JSON.parse(text).puzzle : JSON.parse(given);
	const stamp = isJson
		? JSON.parse(text).stamp
		: (/name="stamp" value="([^"]*)"/.exec(text)?.[1] ?? '');
	const solution = await solveChallenge({ challenge, deriveKey });
	const altcha = btoa(JSON.stringify({ challenge, solution }));
	return formOf({ email, stamp, altcha }, from);
}

/** One victim's address as an attacker may spell it. */
function spelling(victim: number, luck: number): string {
	if (luck < 0.4) return `victim${victim}@mail${victim % 50}.example.org`;
	if (luck < 0.6) return `VICTIM${victim}@Mail${victim % 50}.Example.ORG`;
	if (luck < 0.7) return `  Victim${victim}@mail${victim % 50}.example.org `;
	return `victim${victim}+${Math.floor(luck * 1000)}@mail${victim % 50}.example.org`;
}

function jsonOf(email: string, stamp: string, from: string): Asked {
	return {
		method: 'POST',
		body: JSON.stringify({ email, stamp }),
		headers: {
			'content-type': 'application/json',
			'sec-fetch-site': 'same-origin',
			'x-forwarded-for': from,
		},
	};
}

function counted<T>(things: readonly T[], keyOf: (thing: T) => string): Map<string, number> {
	const counts = new Map<string, number>();
	for (const thing of things) counts.set(keyOf(thing), (counts.get(keyOf(thing)) ?? 0) + 1);
	return counts;
}
