import { listAll } from '#/delivery/choice.ts';
import type { Ledger } from '#/delivery/ledger.ts';
import type { Receipt } from '#/delivery/receipt.ts';
import { receiptsOf, standingReceipts } from '#/delivery/receipts.ts';
import { reconcileIssue } from '#/delivery/reconcile.ts';
import type { ReconcileOutcome, Standing } from '#/delivery/reconcile.ts';
import { formatInstant } from '#/delivery/schedule.ts';
import { isVerifyDue, verifySent } from '#/delivery/verify-sent.ts';
import type { VerifyOutcome } from '#/delivery/verify-sent.ts';
import { readSettings } from '#/settings.ts';
import type { Settings } from '#/settings.ts';
import { UserError } from '#/user-error.ts';
import type { Call, Command, Print } from './command.ts';
import { openDestination, openLedger } from './destination.ts';
import type { Destination } from './destination.ts';
import { sayStopped, worst } from './ending.ts';
import { interruptible } from './signals.ts';
import type { Guard } from './signals.ts';

/** Whether an issue goes out as recorded, and whether it went out. */
export const verify: Command = {
	usage: 'verify [NNN] [--phase reconcile|sent] [--due] [--json]',
	summary: 'Cancels what must not go out, and waits until the issue is out.',
	issue: 'optional',
	options: {
		phase: { type: 'string' },
		due: { type: 'boolean' },
		json: { type: 'boolean' },
	},
	async run({ issue, values, environment }, print) {
		const phases = phasesOf(values['phase']);
		const isDue = values['due'] === true;
		if (isDue === (issue !== undefined)) {
			throw new UserError('Which issue?', 'Name one, or all that are due with --due.');
		}
		const destination = await openDestination(environment, print);
		const settings = readSettings(environment.contentDir);
		const ledger = openLedger(issue ?? 'all', settings, destination);
		const issues = issue === undefined ? await dueIssues(ledger, settings, destination) : [issue];
		if (issues.length === 0) print.progress('No issue is due. Nothing is to be done.');
		const seen: Seen[] = [];
		await interruptible(commandOf(issue, values), print, async (guard) => {
			for (const one of issues) {
				const result = await look(one, phases, { settings, ledger, destination, guard, print });
				seen.push(result);
				if (values['json'] !== true)
					for (const line of linesOf(result, settings)) print.result(line);
				if (isInterrupted(result)) break;
			}
		});
		if (values['json'] === true) print.result(JSON.stringify(seen, null, '\t'));
		const codes = seen.flatMap(({ reconciled, sent }) =>
			[reconciled, sent].map((outcome) =>
				outcome?.kind === 'stopped' ? sayStopped(outcome, print) : 0,
			),
		);
		for (const one of seen) print.progress(nextOf(one));
		return worst(codes);
	},
};

function phasesOf(asked: Call['values'][string]): readonly Phase[] {
	if (typeof asked !== 'string') return ['reconcile', 'sent'];
	if (asked === 'reconcile' || asked === 'sent') return [asked];
	throw new UserError(`There is no phase "${asked}".`, 'There are: reconcile, sent.');
}

async function dueIssues(
	ledger: Ledger,
	settings: Settings,
	{ provider }: Destination,
): Promise<string[]> {
	const receipts = standingReceipts(await ledger.list(), settings.delivery.site);
	if (receipts.length === 0) return [];
	const { now } = await listAll(provider);
	return receipts.filter((receipt) => isVerifyDue(receipt, now)).map(({ issue }) => issue);
}

async function look(issue: string, phases: readonly Phase[], desk: Desk): Promise<Seen> {
	const { settings, ledger, destination, guard, print } = desk;
	const name = { site: settings.delivery.site, issue };
	const ports = {
		provider: guard.provider(destination.provider),
		ledger,
		pause: guard.pause(destination.pause),
		wait: guard.wait(destination.wait),
		tell: (step: string, text: string) => print.progress(`${step.padEnd(11)}${text}`),
	};
	const reconciled = phases.includes('reconcile') ? await reconcileIssue(name, ports) : undefined;
	const receipt = receiptsOf(await ledger.list(), name).last;
	const seen: Seen = { issue, receipt, reconciled, sent: undefined };
	if (!phases.includes('sent') || !receipt || isInterrupted(seen)) return seen;
	return { ...seen, sent: await verifySent(receipt, ports) };
}

/** True where a signal came: nothing more is begun then. */
function isInterrupted({ reconciled, sent }: Seen): boolean {
	return [reconciled, sent].some(
		(outcome) => outcome?.kind === 'stopped' && outcome.code === 'interrupted',
	);
}

function linesOf({ issue, receipt, reconciled, sent }: Seen, settings: Settings): string[] {
	const lines: string[] = [];
	const say = (at: Date) => formatInstant(at, settings.timeZone, settings.locale);
	if (reconciled?.kind === 'reconciled') {
		for (const { id, name, text } of reconciled.deeds) lines.push(`${id} (${name}) ${text}.`);
		lines.push(`Issue ${issue}: ${standingLine(reconciled.standing, say)}`);
	}
	if (!receipt) lines.push(`Issue ${issue} has no receipt: it was never chosen to be sent.`);
	switch (sent?.kind) {
		case 'sent': {
			const { counts } = sent;
			lines.push(
				`Issue ${issue} went out on ${say(sent.at)}: ${counts.sent} mails, ${counts.delivered} delivered, ${counts.bounced} bounced, ${counts.complained} complaints.`,
			);
			break;
		}
		case 'early':
			lines.push(
				sent.isScheduled
					? `Issue ${issue} goes out on ${say(sent.at)}. It is not its time yet.`
					: `Issue ${issue} is due on ${say(sent.at)}, and is a draft: nothing is scheduled.`,
			);
			break;
		case 'held':
			lines.push(`Issue ${issue} is held: nothing goes out.`);
			break;
		case 'stopped':
		case undefined:
			break;
	}
	return lines;
}

function standingLine(standing: Standing, say: (at: Date) => string): string {
	switch (standing.kind) {
		case 'none':
			return 'nothing is scheduled, and there is no receipt.';
		case 'gone':
			return `the receipt names ${standing.broadcast}, which the provider does not have any more.`;
		case 'there': {
			const when = standing.at && standing.status === 'scheduled' ? ` for ${say(standing.at)}` : '';
			return `${standing.broadcast} is ${standing.status}${when}: ${standing.name}. Nothing else of it goes out.`;
		}
	}
}

function nextOf({ issue, sent, reconciled }: Seen): string {
	const run = (command: string) => `Next: "npm run newsletter -- ${command}".`;
	if (sent?.kind === 'sent') return run(`report ${issue}`);
	if (sent?.kind === 'stopped' || reconciled?.kind === 'stopped') return run(`status ${issue}`);
	if (sent?.kind === 'early' && sent.isScheduled) return run(`verify ${issue}`);
	return run(`status ${issue}`);
}

function commandOf(issue: string | undefined, values: Call['values']): string {
	const phase = typeof values['phase'] === 'string' ? ` --phase ${values['phase']}` : '';
	return `verify ${issue ?? '--due'}${phase}`;
}

type Phase = 'reconcile' | 'sent';

interface Desk {
	settings: Settings;
	ledger: Ledger;
	destination: Destination;
	guard: Guard;
	print: Print;
}

/** What was found about one issue. */
interface Seen {
	issue: string;
	receipt: Receipt | undefined;
	reconciled: ReconcileOutcome | undefined;
	sent: VerifyOutcome | undefined;
}
