import { sendTest, testKey, testMail, testRecipients } from '#/delivery/test-mail.ts';
import { formatProblem } from '#/problem.ts';
import { UserError } from '#/user-error.ts';
import { Stop, stopKinds } from '#/delivery/stop.ts';
import type { Command } from './command.ts';
import { openDestination } from './destination.ts';
import { compile } from './edition.ts';
import { refuseProblems } from './proposal.ts';

/** An issue as a mail to a few people of the firm, before it goes to readers. Writes no receipt. */
export const test: Command = {
	usage: 'test <NNN> --to A,B',
	summary: 'Mails an issue to listed people of the firm, marked as a test.',
	issue: 'required',
	options: { to: { type: 'string' } },
	async run({ issue = '', values, environment }, print) {
		const { provider, receiptsDir, now } = await openDestination(environment, print);
		const edition = await compile(issue, { environment, receiptsDir, now });
		const { message, settings } = edition;
		const asked = typeof values['to'] === 'string' ? values['to'] : '';
		const people = testRecipients(asked, settings.delivery.testRecipients);
		refuseProblems(edition);
		for (const problem of [...edition.contentProblems, ...edition.mailProblems]) {
			print.progress(`${problem.level}: ${formatProblem(problem)}`);
		}
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
	},
};

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
