/**
 * A large audience: the real `send` and `verify`, as processes of their own, against a sandbox with
 * so many contacts. Counts their calls, and measures their time and memory.
 */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { seedReaders } from '#/sandbox/readers.ts';
import { startSandbox } from '#/sandbox/server.ts';
import type { Sandbox } from '#/sandbox/server.ts';
import type { Contact } from '#/sandbox/state.ts';
import { stored } from '#/sandbox/world.ts';
import { readSettings } from '#/settings.ts';
import { UserError } from '#/user-error.ts';
import { root, startNode } from '../astro.ts';

/**
 * Prints the figures of one send. The exit code is 1 where it took more than 20 calls, or did not
 * reach everybody once.
 * @throws UserError where the number of contacts is none
 */
export async function audience(words: string[]): Promise<void> {
	const { values } = parseArgs({
		args: words,
		options: { contacts: { type: 'string', default: '100000' } },
	});
	const contacts = Number(values.contacts);
	if (!Number.isInteger(contacts) || contacts < 1) {
		throw new UserError(`--contacts is "${values.contacts}".`, 'Give a number: --contacts 100000');
	}
	const scratch = mkdtempSync(join(tmpdir(), 'tandem-audience-'));
	const sandbox = await startSandbox({
		now: new Date('2026-11-23T10:00:00Z'),
		senders: ['news.larkfield.example'],
		knobs: { quota: { daily: null, monthly: 10_000_000, contacts: null } },
	});
	try {
		cpSync(join(root, 'content'), join(scratch, 'content'), { recursive: true });
		const seeded = seed(sandbox, contacts, join(scratch, 'content'));
		console.log(
			`${seeded.members.toLocaleString('en-GB')} contacts in the segment who may get it; ` +
				`${seeded.reached.toLocaleString('en-GB')} want the topic and are not suppressed`,
		);
		await timeWholeList(seeded.segmentId, sandbox);
		const env = {
			TANDEM_CONTENT: join(scratch, 'content'),
			TANDEM_CACHE: join(scratch, 'cache'),
			TANDEM_RECEIPTS: join(scratch, 'receipts'),
			TANDEM_SANDBOX_URL: sandbox.url,
			RESEND_API_KEY: '',
		};
		const whole = ['--audience', `${seeded.members}`];
		const sent = await type(
			['send', '005', '--yes', '005', '--keep-clock', ...whole],
			env,
			sandbox,
		);
		const again = await type(['send', '005', '--yes', '005', '--keep-clock'], env, sandbox);

		const started = performance.now();
		await sandbox.clock.set(new Date('2026-11-24T09:05:00Z'));
		const playedSeconds = (performance.now() - started) / 1000;
		const verified = await type(['verify', '005', '--phase', 'sent'], env, sandbox);
		const reported = await type(['report', '005'], env, sandbox);

		console.log(row(['command', 'calls', 'writes', 's', 'peak MB']));
		const runs = { send: sent, 'send again': again, verify: verified, report: reported };
		for (const [name, run] of Object.entries(runs)) {
			console.log(
				row([name, `${run.calls}`, `${run.writes}`, run.seconds.toFixed(1), run.peakMb.toFixed(0)]),
			);
		}
		const mails = sandbox.mails();
		const different = new Set(mails.map(({ to }) => to)).size;
		console.log(
			`${mails.length.toLocaleString('en-GB')} mails to ${different.toLocaleString('en-GB')} ` +
				`addresses; the sandbox took ${playedSeconds.toFixed(1)} s to send them`,
		);
		const isOnce = mails.length === seeded.reached && different === seeded.reached;
		if (!isOnce || sent.calls > 20) process.exitCode = 1;
	} finally {
		await sandbox.close();
		rmSync(scratch, { recursive: true, force: true });
	}
}

/**
 * Fills the account up to so many contacts in the segment. Of what is added, one in fifty left
 * everything and one in fifty left the topic.
 * @returns how many may get a mail, and how many get this one
 */
function seed(sandbox: Sandbox, contacts: number, content: string) {
	const { segmentId, topicId, reached } = seedReaders(sandbox, readSettings(content).delivery);
	const { world, state } = sandbox;
	let more = reached.length;
	for (let at = state.contacts.size; at < contacts; at++) {
		const isGone = at % 50 === 0;
		const isOut = at % 50 === 25;
		const contact: Contact = {
			...stored(world),
			email: `reader.${at}@example.com`,
			first_name: at % 2 === 0 ? `Reader ${at}` : null,
			last_name: null,
			unsubscribed: isGone,
			properties: {},
			segments: new Set([segmentId]),
			topics: new Map([[topicId, isOut ? 'opt_out' : 'opt_in']]),
		};
		state.contacts.set(contact.id, contact);
		if (!isGone && !isOut) more += 1;
	}
	const members = state.contacts
		.values()
		.filter(({ segments, unsubscribed }) => segments.has(segmentId) && !unsubscribed)
		.toArray();
	return { segmentId, members: members.length, reached: more };
}

/** The one call that grows with the audience, on its own: the sender gives up on it after 15 seconds. */
async function timeWholeList(segmentId: string, sandbox: Sandbox): Promise<void> {
	const started = performance.now();
	const response = await fetch(`${sandbox.url}/segments/${segmentId}/contacts`, {
		headers: { authorization: 'Bearer re_bench' },
	});
	const bytes = (await response.arrayBuffer()).byteLength;
	const seconds = (performance.now() - started) / 1000;
	console.log(
		`the whole list in one answer: ${(bytes / 1_000_000).toFixed(1)} MB in ${seconds.toFixed(2)} s`,
	);
}

/** Runs a command as a person would, and measures it. */
async function type(
	words: string[],
	env: Record<string, string>,
	sandbox: Sandbox,
): Promise<Measured> {
	const before = sandbox.journal().length;
	const started = performance.now();
	// The system itself keeps the highest resident memory of a process; it is asked at the end.
	const asked = `process.on('exit', () => console.error('peak ' + process.resourceUsage().maxRSS))`;
	const child = startNode(
		['--import', `data:text/javascript,${encodeURIComponent(asked)}`, program, ...words],
		env,
	);
	const chunks: Buffer[] = [];
	for (const stream of [child.stdout, child.stderr]) {
		stream?.on('data', (chunk: Buffer) => chunks.push(chunk));
	}
	const code = await new Promise<number | null>((done, fail) => {
		child.once('error', fail);
		child.once('close', done);
	});
	const seconds = (performance.now() - started) / 1000;
	const output = Buffer.concat(chunks).toString('utf8');
	if (code !== 0) throw new Error(`"${words.join(' ')}" ended with ${code}:\n${output}`);
	const calls = sandbox.journal().slice(before);
	return {
		calls: calls.length,
		writes: calls.filter(({ method }) => method !== 'GET').length,
		seconds,
		peakMb: Number(/^peak (\d+)$/m.exec(output)?.[1]) / 1024,
	};
}

const program = join(root, 'scripts/newsletter.ts');

function row(cells: readonly string[]): string {
	return cells.map((cell, at) => (at === 0 ? cell.padEnd(12) : cell.padStart(8))).join(' ');
}

interface Measured {
	/** Requests to the provider's API. */
	calls: number;
	/** Those among them that may change something. */
	writes: number;
	/** From start to end of the process. */
	seconds: number;
	/** Highest resident memory, in megabytes of 1,048,576 bytes. */
	peakMb: number;
}
