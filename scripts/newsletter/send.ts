import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { fileLedger } from '#/delivery/ledger.ts';
import { everyPage } from '#/delivery/pages.ts';
import { formatInstant } from '#/delivery/schedule.ts';
import { sendIssue } from '#/delivery/send.ts';
import type { SendJob, SendOutcome } from '#/delivery/send.ts';
import { readValue, stopKinds } from '#/delivery/stop.ts';
import type { Environment } from '#/environment.ts';
import { UserError } from '#/user-error.ts';
import type { Call, Command, Print } from './command.ts';
import { openDestination } from './destination.ts';
import type { Destination } from './destination.ts';
import { compile } from './edition.ts';
import type { Edition } from './edition.ts';
import { formatProposal, propose, refuseProblems } from './proposal.ts';

/** Schedules an issue, once. */
export const send: Command = {
	usage: 'send <NNN> [--yes NNN] [--keep-clock]',
	summary: 'Schedules an issue, once. Run again, it goes on or says where it stands.',
	issue: 'required',
	options: { yes: { type: 'string' }, 'keep-clock': { type: 'boolean' } },
	async run({ issue = '', values, environment }, print) {
		const destination = await openDestination(environment, print);
		const { receiptsDir, now } = destination;
		const edition = await compile(issue, { environment, receiptsDir, now });
		const ledger = fileLedger(receiptsDir, edition.stem);
		// What has a receipt is judged by the receipt: it may be out, whatever a check says today.
		const reading = await ledger.read(edition.message.issue, 1);
		if (reading.kind === 'none') refuseProblems(edition);
		print.progress(formatProposal(await propose(edition, destination.provider)));
		await confirm(issue, values['yes'], print);

		const outcome = await sendIssue(jobOf(edition, environment), {
			provider: destination.provider,
			ledger,
			pause: destination.pause,
			tell: (step, text) => print.progress(`${step.padEnd(11)}${text}`),
		});
		const code = conclude(outcome, edition, destination, print);
		if (outcome.kind === 'scheduled' && values['keep-clock'] !== true) {
			await playForward(outcome, destination, print);
		}
		return code;
	},
};

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

function jobOf(edition: Edition, environment: Environment): SendJob {
	const { message, planned, settings } = edition;
	return {
		message,
		problems: [...edition.contentProblems, ...edition.mailProblems],
		planned,
		undoMinutes: settings.delivery.undoMinutes,
		audience: settings.delivery,
		attempt: 1,
		runner: environment.isCi ? 'ci' : 'person',
		tool: `tandem ${version()}`,
	};
}

function version(): string {
	// The file is our own, beside the scripts folder.
	const file = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
	return String((JSON.parse(file) as { version: unknown }).version);
}

function conclude(
	outcome: SendOutcome,
	{ message, settings }: Edition,
	destination: Destination,
	print: Print,
): number {
	const say = (at: Date) => formatInstant(at, settings.timeZone, settings.locale);
	const issue = `Issue ${message.issue}`;
	switch (outcome.kind) {
		case 'scheduled':
			print.result(
				`${issue} is scheduled for ${say(outcome.at)}, to up to ${outcome.readers} readers.`,
			);
			print.result(`Broadcast ${outcome.broadcast}.`);
			if (!destination.sandbox) {
				print.progress('Until then it can be taken back: cancel it in the dashboard of Resend.');
			}
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
			print.progress(outcome.message);
			if (outcome.hint) print.progress(outcome.hint);
			print.progress(outcome.state);
			return stopKinds[outcome.reason];
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
