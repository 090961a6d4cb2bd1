import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { machinePace } from '#/delivery/pace.ts';
import { choicesOf } from '#/endpoints/choices.ts';
import { mintStamp } from '#/endpoints/stamp.ts';
import { readSettings } from '#/settings.ts';
import { root } from '../astro.ts';
import { startServer } from '../serve/server.ts';
import { openDesk } from './orders/desk.ts';
import { random } from './random.ts';

/**
 * Floods the real server with sign-ups of a few victims from many clients, in many spellings, and
 * counts what reached each victim. The exit code is 1 where anybody got more than one mail, or a
 * server's fault was answered.
 */
export async function run(words: string[]): Promise<void> {
	const { values } = parseArgs({
		args: words,
		options: {
			posts: { type: 'string', default: '100000' },
			victims: { type: 'string', default: '1000' },
			clients: { type: 'string', default: '10000' },
			together: { type: 'string', default: '50' },
			// With the limits, most of a flood is turned away; without, the provider's keys alone hold.
			limits: { type: 'boolean', default: false },
		},
	});
	const folder = mkdtempSync(join(tmpdir(), 'tandem-flood-'));
	const settings = readSettings(join(root, 'content'));
	const desk = await openDesk({
		...(values.limits && { choices: { limits: choicesOf(settings).limits, floorMs: 0 } }),
		ports: { wait: (ms) => machinePace().wait(ms), now: () => new Date() },
		now: new Date(),
	});
	const server = await startServer(desk.app, { port: 0, host: '127.0.0.1', folder });
	const dice = random(1);
	const stamp = await mintStamp({ ...desk.ports, now: () => new Date(Date.now() - 10_000) });
	const before = process.memoryUsage().rss;
	const statuses = new Map<number, number>();
	const times: number[] = [];
	let left = Number(values.posts);
	async function work(): Promise<void> {
		while (left > 0) {
			left -= 1;
			const victim = `victim${Math.floor(dice.next() * Number(values.victims))}@example.org`;
			const client = Math.floor(dice.next() * Number(values.clients));
			const start = performance.now();
			const answer = await fetch(`${server.url}/subscribe`, {
				method: 'POST',
				body: new URLSearchParams({ email: dice.one(spellings)(victim), stamp, website: '' }),
				headers: {
					'sec-fetch-site': 'same-origin',
					'x-forwarded-for': `10.${client >> 16}.${(client >> 8) & 255}.${client & 255}`,
				},
			});
			await answer.arrayBuffer();
			times.push(performance.now() - start);
			statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
		}
	}
	const start = performance.now();
	await Promise.all(Array.from({ length: Number(values.together) }, work));
	const seconds = (performance.now() - start) / 1000;
	const mails = new Map<string, number>();
	for (const { to } of desk.sandbox.mails()) {
		mails.set(to.toLowerCase(), (mails.get(to.toLowerCase()) ?? 0) + 1);
	}
	const grown = (process.memoryUsage().rss - before) / 1024 / 1024;
	await server.close(0);
	await desk.close();
	rmSync(folder, { recursive: true });
	const most = Math.max(0, ...mails.values());
	const p99 = times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? 0;
	console.log(
		`answers ${[...statuses].map(([status, count]) => `${status}: ${count}`).join(', ')}`,
	);
	console.log(
		`${times.length} posts in ${seconds.toFixed(0)} s, ${(times.length / seconds).toFixed(0)} a second, p99 ${p99.toFixed(0)} ms`,
	);
	console.log(
		`${mails.size} victims got mail, at most ${most} each; server, sandbox and flood grew by ${grown.toFixed(0)} MB`,
	);
	if (most > 1 || [...statuses.keys()].some((status) => status === 500)) process.exitCode = 1;
}

const spellings: readonly ((address: string) => string)[] = [
	(address) => address,
	(address) => address.toUpperCase(),
	(address) => ` ${address} `,
	(address) => address.replace('v', 'V'),
	(address) => address.replace('@example', '@EXAMPLE'),
];
