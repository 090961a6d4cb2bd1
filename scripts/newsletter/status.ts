import { listAll } from '#/delivery/choice.ts';
import { fileLedger } from '#/delivery/ledger.ts';
import { statusOf } from '#/delivery/status.ts';
import { issueId } from '#/library/entry.ts';
import { UserError } from '#/user-error.ts';
import type { Command } from './command.ts';
import { openDestination } from './destination.ts';
import { openIssues } from './edition.ts';

/** What is certain about an issue, or about each of them. */
export const status: Command = {
	usage: 'status [NNN]',
	summary: 'What is certain about an issue, and the one safe next step.',
	issue: 'optional',
	options: {},
	async run({ issue: wanted, environment }, print) {
		const { provider, receiptsDir, now } = await openDestination(environment, print);
		const { issues, settings } = await openIssues({ environment, receiptsDir, now });
		const chosen = issues.filter(
			(issue) => wanted === undefined || issueId(issue.data.number) === wanted,
		);
		if (wanted !== undefined && chosen.length === 0) {
			throw new UserError(`There is no issue ${wanted}.`, 'Run "npm run newsletter -- list".');
		}
		const listing = await listAll(provider);
		let isCertain = true;
		for (const entry of chosen) {
			const issue = issueId(entry.data.number);
			const reading = await fileLedger(receiptsDir, entry.slug).read(issue, 1);
			const { state, facts, next } = statusOf(
				{ site: settings.delivery.site, issue },
				reading,
				listing,
			);
			print.result(`${issue}  ${state.padEnd(9)}  ${entry.data.title}`);
			if (wanted !== undefined) for (const fact of [...facts, next]) print.result(`     ${fact}`);
			if (state === 'conflict' || state === 'lost') isCertain = false;
		}
		print.progress(`By the provider's clock it is ${listing.now.toISOString()}.`);
		return isCertain ? 0 : 6;
	},
};
