import { listAll } from '#/delivery/choice.ts';
import { attemptOf } from '#/delivery/attempt.ts';
import { statusOf } from '#/delivery/status.ts';
import { issueId } from '#/library/entry.ts';
import { UserError } from '#/user-error.ts';
import type { Command } from './command.ts';
import { openDestination, openLedger } from './destination.ts';
import { openIssues } from './edition.ts';

/** What is certain about an issue, or about each of them. */
export const status: Command = {
	usage: 'status [NNN] [--json]',
	summary: 'What is certain about an issue, and the one safe next step.',
	issue: 'optional',
	options: { json: { type: 'boolean' } },
	async run({ issue: wanted, values, environment }, print) {
		const destination = await openDestination(environment, print);
		const { provider, receiptsDir, now } = destination;
		const { issues, settings } = await openIssues({ environment, receiptsDir, now });
		const chosen = issues.filter(
			(issue) => wanted === undefined || issueId(issue.data.number) === wanted,
		);
		if (wanted !== undefined && chosen.length === 0) {
			throw new UserError(`There is no issue ${wanted}.`, 'Run "npm run newsletter -- list".');
		}
		const listing = await listAll(provider);
		const seen = [];
		for (const entry of chosen) {
			const issue = issueId(entry.data.number);
			const ledger = openLedger(entry.slug, settings, destination);
			const { attempt } = attemptOf(issue, undefined, await ledger.list());
			const reading = await ledger.read(issue, attempt);
			const status = statusOf({ site: settings.delivery.site, issue }, reading, listing);
			seen.push({ issue, title: entry.data.title, attempt, ...status });
		}
		if (values['json'] === true) {
			print.result(JSON.stringify({ now: listing.now.toISOString(), issues: seen }, null, '\t'));
		} else {
			for (const { issue, title, state, facts, next } of seen) {
				print.result(`${issue}  ${state.padEnd(9)}  ${title}`);
				if (wanted !== undefined) for (const fact of [...facts, next]) print.result(`     ${fact}`);
			}
		}
		print.progress(`By the provider's clock it is ${listing.now.toISOString()}.`);
		return seen.some(({ state }) => state === 'conflict' || state === 'lost') ? 6 : 0;
	},
};
