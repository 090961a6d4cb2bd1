import { holdIssue } from '#/delivery/hold.ts';
import type { HeldBroadcast } from '#/delivery/hold.ts';
import { readSettings } from '#/settings.ts';
import type { Command } from './command.ts';
import { openDestination, openLedger } from './destination.ts';
import { sayStopped } from './ending.ts';
import { interruptible } from './signals.ts';

/**
 * Takes an issue back. It reads the settings and nothing else of the content, so that an issue that
 * cannot be compiled any more can still be stopped.
 */
export const hold: Command = {
	usage: 'hold <NNN> [--delete]',
	summary: 'Takes an issue back before it goes out, and proves it.',
	issue: 'required',
	options: { delete: { type: 'boolean' } },
	async run({ issue = '', values, environment }, print) {
		const destination = await openDestination(environment, print);
		const settings = readSettings(environment.contentDir);
		const isDelete = values['delete'] === true;
		const outcome = await interruptible(`hold ${issue}`, print, (guard) =>
			holdIssue(
				{ site: settings.delivery.site, issue, isDelete },
				{
					provider: guard.provider(destination.provider),
					ledger: openLedger(issue, settings, destination),
					pause: guard.pause(destination.pause),
					tell: (step, text) => print.progress(`${step.padEnd(11)}${text}`),
				},
			),
		);
		if (outcome.kind === 'stopped') return sayStopped(outcome, print);
		for (const broadcast of outcome.broadcasts) print.result(proof(issue, broadcast));
		// Without a receipt a draft is marked, though removal was asked for.
		const isGone = outcome.broadcasts.every(({ kind }) => kind === 'removed');
		print.progress(
			isGone
				? `Nothing of it can go out any more. To send it later: "npm run newsletter -- send ${issue} --attempt <next>".`
				: `Let "npm run newsletter -- verify ${issue} --phase reconcile" run once more before its time: it takes back what a sender that is still running may reserve.`,
		);
		return 0;
	},
};

function proof(issue: string, broadcast: HeldBroadcast): string {
	if (broadcast.kind === 'removed') {
		return `Issue ${issue}: removed, nothing sent. Broadcast ${broadcast.id} is gone.`;
	}
	const already = broadcast.isAlready ? ' (it was held before)' : '';
	return `Issue ${issue}: draft, marked, nothing sent${already}. Broadcast ${broadcast.id} is called ${broadcast.name}.`;
}
