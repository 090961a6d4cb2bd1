import { createInterface } from 'node:readline/promises';
import { attemptOf } from '#/delivery/attempt.ts';
import { shortHash } from '#/delivery/canonical.ts';
import { everyPage } from '#/delivery/pages.ts';
import { formatInstant } from '#/delivery/schedule.ts';
import { sendIssue } from '#/delivery/send.ts';
import type { SendJob, SendOutcome } from '#/delivery/send.ts';
import { readValue } from '#/delivery/stop.ts';
import type { Environment } from '#/environment.ts';
import { UserError } from '#/user-error.ts';
import type { Call, Command, Print } from './command.ts';
import { openDestination, openLedger, siteOf } from './destination.ts';
import type { Destination } from './destination.ts';
import { sayStopped } from './ending.ts';
import { openOutgoing, refuseProblems } from './outgoing.ts';
import type { Outgoing } from './outgoing.ts';
import { formatProposal, propose } from './proposal.ts';
import { runnerOf } from './runner.ts';
import { interruptible } from './signals.ts';

/** Schedules an issue, once. */
export const send: Command = {
	usage: 'send <NNN> [--yes NNN] [--from DIR] [--approve HASH] [--attempt N]',
	summary: 'Schedules an issue, once. Run again, it goes on or says where it stands.',
	issue: 'required',
	options: {
		yes: { type: 'string' },
		from: { type: 'string' },
		approve: { type: 'string' },
		attempt: { type: 'string' },
		late: { type: 'string' },
		audience: { type: 'string' },
		'health-ok': { type: 'boolean' },
		'links-ok': { type: 'boolean' },
		'wait-page': { type: 'string' },
		'keep-clock': { type: 'boolean' },
	},
	async run({ issue = '', values, environment }, print) {
		const destination = await openDestination(environment, print);
		const { receiptsDir, now } = destination;
		const from = text(values['from']);
		const outgoing = await openOutgoing(issue, from, { environment, receiptsDir, now });
		const job = jobOf(outgoing, values, environment);
		refuseUnapproved(from, job, issue);
		const ledger = openLedger(outgoing.stem, outgoing.settings, destination);
		// What has a receipt is judged by the receipt: it may be out, whatever a check says today.
		const { attempt } = attemptOf(issue, job.attempt, await ledger.list());
		if ((await ledger.read(issue, attempt)).kind === 'none') refuseProblems(outgoing);
		const proposal = await propose(outgoing, destination.provider, ledger);
		print.progress(formatProposal(proposal));
		await confirm(issue, values['yes'], print);

		// Who saw the plan and typed the issue approves these bytes, unless they named others.
		const approve = job.typed.approve ?? shortHash(proposal.payloadHash);
		const approved = { ...job, typed: { ...job.typed, approve } };
		const outcome = await interruptible(`send ${issue}`, print, (guard) =>
			sendIssue(approved, {
				provider: guard.provider(destination.provider),
				ledger: guard.ledger(ledger),
				pause: guard.pause(destination.pause),
				site: siteOf(outgoing.settings, destination),
				isSandbox: destination.sandbox !== undefined,
				now: destination.clock,
				waitPageMs: minutes(values['wait-page'], '--wait-page') * 60_000,
				wait: guard.wait(destination.wait),
				tell: (step, said) => print.progress(`${step.padEnd(11)}${said}`),
			}),
		);
		const code = conclude(outcome, outgoing, print);
		if (outcome.kind === 'scheduled' && values['keep-clock'] !== true) {
			await playForward(outcome, destination, print);
		}
		return code;
	},
};

/** Frozen bytes go out only where it is said which ones were approved. */
function refuseUnapproved(from: string | undefined, { typed }: SendJob, issue: string): void {
	if (from === undefined || typed.approve !== undefined) return;
	throw new UserError(
		'Frozen bytes were approved by somebody; it must be said which.',
		`Add --approve with the hash that "npm run newsletter -- plan ${issue} --from ${from}" shows. Nothing was sent.`,
	);
}

/**
 * Asks the person to type the issue.
 * @throws UserError where they do not, or where there is nobody to ask
 */
async function confirm(issue: string, yes: Call['values'][string], print: Print): Promise<void> {
	if (typeof yes === 'string') {
		if (yes === issue) return;
		throw new UserError(`--yes names ${yes}, the command ${issue}.`, 'Nothing was sent.');
	}
	if (!process.stdin.isTTY) {
		throw new UserError(
			'There is no terminal to ask at.',
			`To go ahead without being asked, add --yes ${issue}. Nothing was sent.`,
		);
	}
	const typed = await ask(`Type ${issue} to schedule it: `);
	if (typed.trim() !== issue) {
		throw new UserError(`"${typed.trim()}" is not ${issue}.`, 'Nothing was sent.');
	}
	print.progress('');
}

/** What the person answers; nothing where they leave with Ctrl-C or Ctrl-D. */
async function ask(question: string): Promise<string> {
	const terminal = createInterface({ input: process.stdin, output: process.stderr });
	try {
		return await new Promise((resolve) => {
			terminal.once('close', () => resolve(''));
			terminal.question(question).then(resolve, () => resolve(''));
		});
	} finally {
		terminal.close();
	}
}

function jobOf(outgoing: Outgoing, values: Call['values'], environment: Environment): SendJob {
	const { message, planned, problems, settings } = outgoing;
	const { delivery, sites } = settings;
	return {
		message,
		problems,
		planned,
		tz: process.versions['tz'] ?? 'unknown',
		undoMinutes: delivery.undoMinutes,
		audience: delivery,
		audienceCap: delivery.audienceCap,
		headersSeen: delivery.headersSeen,
		attempt: whole(values['attempt'], '--attempt'),
		page: { issue: `${sites.public}/issues/${message.issue}/`, feed: `${sites.public}/feed.json` },
		typed: {
			approve: text(values['approve']),
			late: text(values['late']),
			audience: whole(values['audience'], '--audience'),
			isHealthOk: values['health-ok'] === true,
			isLinksOk: values['links-ok'] === true,
		},
		...runnerOf(environment),
	};
}

function text(value: Call['values'][string]): string | undefined {
	return typeof value === 'string' ? value : undefined;
}

function whole(value: Call['values'][string], flag: string): number | undefined {
	if (typeof value !== 'string') return undefined;
	if (/^[1-9]\d{0,8}$/.test(value)) return Number(value);
	throw new UserError(`${flag} is "${value}".`, 'Give a whole number. Nothing was sent.');
}

function minutes(value: Call['values'][string], flag: string): number {
	if (typeof value !== 'string') return 0;
	const count = Number(/^(\d{1,3})m$/.exec(value)?.[1]);
	if (count > 0) return count;
	throw new UserError(`${flag} is "${value}".`, `Give minutes: ${flag} 20m. Nothing was sent.`);
}

function conclude(outcome: SendOutcome, { message, settings }: Outgoing, print: Print): number {
	const say = (at: Date) => formatInstant(at, settings.timeZone, settings.locale);
	const issue = `Issue ${message.issue}`;
	switch (outcome.kind) {
		case 'scheduled':
			print.result(
				`${issue} is scheduled for ${say(outcome.at)}, to up to ${outcome.readers} readers.`,
			);
			print.result(`Broadcast ${outcome.broadcast}.`);
			print.result(`Undo until then: npm run newsletter -- hold ${message.issue}`);
			return 0;
		case 'already-scheduled':
			print.result(`${issue} is already scheduled for ${say(outcome.at)}. Nothing more was done.`);
			print.result(`Broadcast ${outcome.broadcast}.`);
			return 0;
		case 'already-sent': {
			const when = outcome.at ? ` (${say(outcome.at)})` : '';
			print.result(`${issue} is already sent${when}. Nothing was sent again.`);
			print.result(`Broadcast ${outcome.broadcast}.`);
			return 0;
		}
		case 'stopped':
			return sayStopped(outcome, print);
	}
}

/** In the sandbox nobody waits for Tuesday: its clock moves on, and the mails are there to read. */
async function playForward(
	{ at, broadcast }: Extract<SendOutcome, { kind: 'scheduled' }>,
	{ sandbox, provider }: Destination,
	print: Print,
): Promise<void> {
	if (!sandbox) return;
	try {
		await sandbox.moveTo(new Date(at.getTime() + 60_000));
		const { status } = readValue(await provider.getBroadcast(broadcast), 'read the broadcast');
		const { items } = await everyPage(
			(after) => provider.listRecipients(broadcast, 'delivered', after),
			'count the mails',
		);
		print.progress("The sandbox's clock was moved one minute past that (--keep-clock leaves it).");
		print.result(`It is ${status}: ${items.length} mails. Read them at ${sandbox.url}`);
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		print.progress(`It is scheduled, but the sandbox's clock could not be moved: ${reason}`);
	}
}
