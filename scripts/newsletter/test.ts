import { sendCanary } from '#/delivery/canary.ts';
import type { CanaryOutcome } from '#/delivery/canary.ts';
import { formatInstant } from '#/delivery/schedule.ts';
import { Stop, stopKinds } from '#/delivery/stop.ts';
import { sendTest, testKey, testMail, testRecipients } from '#/delivery/test-mail.ts';
import { formatProblem } from '#/problem.ts';
import { UserError } from '#/user-error.ts';
import type { Call, Command, Print } from './command.ts';
import { openDestination } from './destination.ts';
import type { Destination } from './destination.ts';
import { compile } from './edition.ts';
import type { Edition } from './edition.ts';
import { sayStopped } from './ending.ts';
import { outgoingOf, refuseProblems } from './outgoing.ts';
import { canarySegmentOf } from './setup.ts';
import { interruptible } from './signals.ts';

/** An issue as a mail to a few people of the firm, before it goes to readers. Writes no receipt. */
export const test: Command = {
	usage: 'test <NNN> --to A,B | --canary',
	summary: 'Mails an issue to listed people of the firm; --canary as a real broadcast.',
	issue: 'required',
	options: {
		to: { type: 'string' },
		canary: { type: 'boolean' },
		'keep-clock': { type: 'boolean' },
	},
	async run({ issue = '', values, environment }, print) {
		const isCanary = values['canary'] === true;
		if (isCanary && values['to'] !== undefined) {
			throw new UserError(
				'A canary goes to its segment, not to addresses.',
				'Leave out --to, or --canary. Nothing was sent.',
			);
		}
		const destination = await openDestination(environment, print);
		const { receiptsDir, now } = destination;
		const edition = await compile(issue, { environment, receiptsDir, now });
		const asked = typeof values['to'] === 'string' ? values['to'] : '';
		const { testRecipients: allowed } = edition.settings.delivery;
		const people = isCanary ? [] : testRecipients(asked, allowed);
		refuseProblems(outgoingOf(edition));
		for (const problem of [...edition.contentProblems, ...edition.mailProblems]) {
			print.progress(`${problem.level}: ${formatProblem(problem)}`);
		}
		return isCanary
			? canary(edition, values, destination, print)
			: mailTo(people, edition, destination, print);
	},
};

async function mailTo(
	people: readonly string[],
	{ message, settings }: Edition,
	{ provider, now }: Destination,
	print: Print,
): Promise<number> {
	const mails = people.map((to) => testMail(message, to, `${settings.sites.public}/about/`));
	for (const [index, mail] of mails.entries()) {
		try {
			const id = await sendTest(mail, testKey(message.issue, mail, now), provider);
			print.result(`${id}  ${mail.to}`);
		} catch (error) {
			if (!(error instanceof UserError)) throw error;
			return conclude(error, index, people, print.progress);
		}
	}
	print.progress(
		`${people.length === 1 ? 'One test mail' : `${people.length} test mails`}: "${mails[0]?.subject}". No receipt was written; no reader got it.`,
	);
	return 0;
}

async function canary(
	{ message, settings }: Edition,
	values: Call['values'],
	destination: Destination,
	print: Print,
): Promise<number> {
	const { delivery } = settings;
	const next = `test ${message.issue} --canary`;
	const outcome = await interruptible(next, print, (guard) =>
		sendCanary(
			{ message, audience: delivery, canarySegment: canarySegmentOf(delivery) },
			{
				provider: guard.provider(destination.provider),
				pause: guard.pause(destination.pause),
				tell: (step, text) => print.progress(`${step.padEnd(11)}${text}`),
			},
		),
	);
	if (outcome.kind === 'stopped') return sayStopped(outcome, print);
	print.result(sentence(outcome, (at) => formatInstant(at, settings.timeZone, settings.locale)));
	if (outcome.kind === 'scheduled' && destination.sandbox && values['keep-clock'] !== true) {
		await destination.sandbox.moveTo(new Date(outcome.at.getTime() + 60_000));
		print.progress(
			`The sandbox's clock was moved one minute past that. Read it at ${destination.sandbox.url}`,
		);
	}
	print.progress(
		delivery.headersSeen === undefined
			? 'Open the raw source of what arrives: it must carry List-Unsubscribe and List-Unsubscribe-Post, both named in the h= of a DKIM signature. Then record the day as delivery.headersSeen in settings.yaml.'
			: 'No receipt was written; no reader got it.',
	);
	return 0;
}

function sentence(
	outcome: Exclude<CanaryOutcome, { kind: 'stopped' }>,
	say: (at: Date) => string,
): string {
	switch (outcome.kind) {
		case 'scheduled':
			return `The canary ${outcome.broadcast} goes out on ${say(outcome.at)}, to up to ${outcome.editors} editors.`;
		case 'already-scheduled':
			return `The canary ${outcome.broadcast} is already scheduled${outcome.at ? ` for ${say(outcome.at)}` : ''}. Nothing more was done.`;
		case 'already-sent':
			return `The canary ${outcome.broadcast} of these very bytes is already out. Nothing was sent again.`;
	}
}

/** Says what stopped, and who has a test mail by then. */
function conclude(
	error: UserError,
	sent: number,
	people: readonly string[],
	say: (line: string) => void,
): number {
	say(error.message);
	if (error.hint) say(error.hint);
	const rest = people.slice(sent + 1);
	say(
		[
			sent === 0
				? 'No other test mail was sent.'
				: `Sent before: ${people.slice(0, sent).join(', ')}.`,
			...(rest.length > 0 ? [`Not tried: ${rest.join(', ')}.`] : []),
			'No reader got it.',
		].join(' '),
	);
	return error instanceof Stop ? stopKinds[error.kind] : 2;
}
