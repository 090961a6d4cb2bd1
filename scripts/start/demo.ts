import { mkdirSync, rmSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { styleText } from 'node:util';
import { formatDay } from '#/day.ts';
import { localToInstant } from '#/delivery/schedule.ts';
import type { Environment } from '#/environment.ts';
import { isReady, issueId } from '#/library/entry.ts';
import type { EntryOf } from '#/library/entry.ts';
import { readShelf } from '#/library/shelf.ts';
import type { Shelf } from '#/library/shelf.ts';
import { seedReaders } from '#/sandbox/readers.ts';
import { startSandbox } from '#/sandbox/server.ts';
import type { Sandbox } from '#/sandbox/server.ts';
import type { Settings } from '#/settings.ts';
import { UserError } from '#/user-error.ts';
import { root, runNode } from '../astro.ts';
import { buildSites } from '../sites.ts';
import { startServer } from '../serve/server.ts';
import type { App } from '../serve/server.ts';
import { demoEndpoints } from './endpoints.ts';
import { serveFolder } from './static.ts';

/**
 * Starts the demo: sends the past issues in the sandbox, builds both sites on the demo's clock,
 * and serves everything on loopback.
 * @throws UserError where a port is taken or the content does not build; nothing stays running
 */
export async function startDemo(environment: Environment, ports: DemoPorts): Promise<Demo> {
	const { contentDir, cacheDir } = environment;
	const shelf = await readShelf({ contentDir, audience: 'staff', now: environment.now });
	const plan = planDemo(shelf, environment.now);
	const folder = join(cacheDir, 'demo');
	const receipts = join(folder, 'receipts');
	rmSync(receipts, { recursive: true, force: true });
	mkdirSync(receipts, { recursive: true });
	const env = {
		TANDEM_CONTENT: contentDir,
		TANDEM_CACHE: join(folder, 'cache'),
		TANDEM_OUT: join(folder, 'dist'),
		TANDEM_RECEIPTS: receipts,
		TANDEM_NOW: plan.now.toISOString(),
		TANDEM_SUBSCRIBE: 'on',
	};
	const closers: (() => Promise<void>)[] = [];
	const close = async (): Promise<void> => {
		for (const closer of closers.toReversed()) await closer();
		closers.length = 0;
	};
	try {
		// Ports first: whoever has a port taken should not wait for a build to hear of it.
		const playbook = await serveFolder(
			join(env.TANDEM_OUT, 'playbook'),
			ports.playbook,
			'playbook-port',
		);
		closers.push(() => playbook.close());
		let endpoints: App | undefined;
		const folderOfLetter = join(env.TANDEM_OUT, 'newsletter');
		const newsletter = await startServer(
			{
				fetch: (request, host) =>
					endpoints?.fetch(request, host) ?? new Response('Not yet.\n', { status: 503 }),
			},
			{ port: ports.newsletter, host: '127.0.0.1', folder: folderOfLetter, isDemo: true },
		);
		closers.push(() => newsletter.close(0));
		const sandbox = await startInbox(shelf.settings, ports.inbox, plan, {
			playbook: playbook.url,
			newsletter: newsletter.url,
		});
		closers.push(() => sandbox.close());

		const state = join(folder, 'sandbox.json');
		const facts = { url: sandbox.url, receipts, content: contentDir };
		writeFileSync(state, JSON.stringify(facts));
		closers.push(async () => rmSync(state, { force: true }));

		endpoints = await demoEndpoints(sandbox, shelf.settings, newsletter.url, folderOfLetter);

		await replayPast(plan, sandbox, env);
		await sandbox.clock.set(plan.now);
		await buildSites(env);
		// From here on a send looks whether the issue's page is there.
		writeFileSync(state, JSON.stringify({ ...facts, site: newsletter.url }));
		closers.push(rebuildOnReceipt(receipts, env));
		return { welcome: welcome(shelf.settings, plan, { playbook, newsletter, sandbox }), close };
	} catch (error) {
		await close();
		throw error;
	}
}

/** The past to replay, and the morning to stand at: that of the first ready issue without a receipt. */
function planDemo(shelf: Shelf, now: Date): DemoPlan {
	const issues = shelf.entries
		.filter((entry): entry is EntryOf<'issue'> => entry.kind === 'issue' && isReady(entry))
		.toSorted((a, b) => a.data.sendOn.localeCompare(b.data.sendOn));
	const isSent = (issue: EntryOf<'issue'>): boolean =>
		shelf.receipts.receipts.has(issueId(issue.data.number));
	const next = issues.find((issue) => !isSent(issue));
	const past = issues.filter(
		(issue) => isSent(issue) && (!next || issue.data.sendOn < next.data.sendOn),
	);
	const { timeZone } = shelf.settings;
	const morning = (day: string): Date => localToInstant(`${day}T07:30`, timeZone);
	return {
		past: past.map((issue) => ({
			id: issueId(issue.data.number),
			morning: morning(issue.data.sendOn),
		})),
		next: next && { id: issueId(next.data.number), title: next.data.title, day: next.data.sendOn },
		now: next ? morning(next.data.sendOn) : now,
	};
}

async function startInbox(
	settings: Settings,
	port: number,
	plan: DemoPlan,
	local: { playbook: string; newsletter: string },
): Promise<Sandbox> {
	const sandbox = await startSandbox({
		port,
		seed: 1,
		now: plan.past[0]?.morning ?? plan.now,
		senders: [settings.from.address.split('@').at(-1) ?? ''],
		hosts: {
			[settings.sites.public]: local.newsletter,
			[settings.sites.staff]: local.playbook,
		},
	});
	seedReaders(sandbox, { segment: settings.delivery.segment, topic: settings.delivery.topic });
	return sandbox;
}

/** Sends the past issues with the command an operator would use, each on its own morning. */
async function replayPast(
	plan: DemoPlan,
	sandbox: Sandbox,
	env: Record<string, string>,
): Promise<void> {
	for (const { id, morning } of plan.past) {
		console.error(`inbox: sending issue ${id} of the past`);
		await sandbox.clock.set(morning);
		const { code, output } = await runNode(
			[join(root, 'scripts/newsletter.ts'), 'send', id, '--yes', id],
			{ ...env, TANDEM_SANDBOX_URL: sandbox.url, RESEND_API_KEY: '' },
		);
		if (code !== 0) {
			throw new UserError(
				`Issue ${id} could not be sent in the sandbox:\n${output}`,
				'Correct what it says. The demo was not started.',
			);
		}
	}
}

/** After a send the sites say so: a new receipt builds them again. */
function rebuildOnReceipt(receipts: string, env: Record<string, string>): () => Promise<void> {
	let timer: NodeJS.Timeout | undefined;
	let building: Promise<void> = Promise.resolve();
	const watcher = watch(receipts, (_, name) => {
		if (!name?.endsWith('.receipt.json')) return;
		clearTimeout(timer);
		timer = setTimeout(() => {
			console.error('A receipt was written: the sites are built again.');
			// The send has moved the demo's clock past the planned time; the sites follow it.
			const now = new Date(new Date(env['TANDEM_NOW'] ?? 0).getTime() + 4 * 3_600_000);
			building = building
				.then(() => buildSites({ ...env, TANDEM_NOW: now.toISOString() }))
				.catch((error: unknown) => console.error(error));
		}, 1_000);
	});
	return async () => {
		clearTimeout(timer);
		watcher.close();
		await building;
	};
}

function welcome(
	settings: Settings,
	plan: DemoPlan,
	urls: { playbook: { url: string }; newsletter: { url: string }; sandbox: { url: string } },
): string {
	const strong = (text: string): string => styleText('bold', text);
	const clock = new Intl.DateTimeFormat(settings.locale, {
		dateStyle: 'full',
		timeStyle: 'short',
		timeZone: settings.timeZone,
	}).format(plan.now);
	const tries = [
		`Search the playbook for "bad review after a call", or for what bothers you.`,
		'Subscribe on the newsletter, confirm in the inbox, and leave by the link of the welcome mail.',
		...(plan.next
			? [
					`Send issue #${plan.next.id}, "${plan.next.title}" (${formatDay(plan.next.day, settings.locale)}), in another terminal:`,
					`  ${strong(`npm run newsletter -- send ${plan.next.id}`)}`,
					'then read it in the inbox, as each reader got it.',
				]
			: ['Every issue is sent. Start the next: npm run content -- new issue']),
	];
	return [
		'',
		`${strong('Playbook')}    ${urls.playbook.url}   for staff; open this first`,
		`${strong('Newsletter')}  ${urls.newsletter.url}   for the public`,
		`${strong('Inbox')}       ${urls.sandbox.url}   what the sandbox delivered; no mail leaves this machine`,
		'',
		`The demo's clock stands at ${clock} (${settings.timeZone}).`,
		'',
		'Try:',
		...tries.map((line) => `  ${line}`),
		'',
		'Ctrl-C ends all of it.',
	].join('\n');
}

export interface DemoPorts {
	playbook: number;
	newsletter: number;
	inbox: number;
}

export interface Demo {
	/** What to print once everything is there. */
	welcome: string;
	close(): Promise<void>;
}

interface DemoPlan {
	/** Sent issues, oldest first, each with the morning it is sent on. */
	past: { id: string; morning: Date }[];
	/** The issue to send in the demo. */
	next: { id: string; title: string; day: string } | undefined;
	/** What the demo takes for now. */
	now: Date;
}
