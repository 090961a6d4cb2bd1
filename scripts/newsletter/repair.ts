import { repairIssue } from '#/delivery/repair.ts';
import type { Command } from './command.ts';
import { openDestination, openLedger } from './destination.ts';
import { sayStopped } from './ending.ts';
import { openOutgoing } from './outgoing.ts';
import { runnerOf } from './runner.ts';
import { interruptible } from './signals.ts';

/** Writes a lost receipt again, or says why a person must decide. */
export const repair: Command = {
	usage: 'repair <NNN> [--from DIR]',
	summary: 'Puts the books right where only one answer is possible. Sends nothing.',
	issue: 'required',
	options: { from: { type: 'string' } },
	async run({ issue = '', values, environment }, print) {
		const destination = await openDestination(environment, print);
		const { receiptsDir, now } = destination;
		const from = typeof values['from'] === 'string' ? values['from'] : undefined;
		const outgoing = await openOutgoing(issue, from, { environment, receiptsDir, now });
		const { message, planned, settings, stem } = outgoing;
		const outcome = await interruptible(`repair ${issue}`, print, (guard) =>
			repairIssue(
				{
					message,
					planned,
					undoMinutes: settings.delivery.undoMinutes,
					audience: settings.delivery,
					...runnerOf(environment),
				},
				{
					provider: guard.provider(destination.provider),
					ledger: guard.ledger(openLedger(stem, settings, destination)),
					pause: guard.pause(destination.pause),
					tell: (step, text) => print.progress(`${step.padEnd(11)}${text}`),
				},
			),
		);
		if (outcome.kind === 'stopped') return sayStopped(outcome, print);
		print.result(`Issue ${issue}: ${outcome.text}`);
		print.progress(`Nothing was sent. Next: "${outcome.next}".`);
		return 0;
	},
};
