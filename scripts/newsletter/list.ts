import { formatInstant } from '#/delivery/schedule.ts';
import { issueId } from '#/library/entry.ts';
import { issueState } from '#/library/receipts.ts';
import type { Command } from './command.ts';
import { findDestination } from './destination.ts';
import { openIssues, plannedOf } from './edition.ts';

/** Every issue with its time and state, by the content folder and its receipts alone. */
export const list: Command = {
	usage: 'list',
	summary: 'Every issue: number, title, time, state, receipt.',
	issue: 'none',
	options: {},
	async run({ environment }, print) {
		const destination = await findDestination(environment);
		if (destination) print.progress(destination.title);
		const now = destination?.now ?? environment.now;
		const receiptsDir = destination?.receiptsDir ?? environment.receiptsDir;
		const { issues, settings, library } = await openIssues({ environment, receiptsDir, now });
		const rows = issues.map((issue) => {
			const id = issueId(issue.data.number);
			const receipt = library.receipts.get(id);
			const planned = new Date(plannedOf(issue, settings).utc);
			const state = issueState(issue.data, receipt, { today: library.today, now });
			return [
				id,
				issue.data.title,
				formatInstant(planned, settings.timeZone, settings.locale),
				state,
				receipt?.broadcast ?? '',
			];
		});
		print.result(columns(rows));
		print.progress(`${rows.length} issues in ${environment.contentDir}.`);
		return 0;
	},
};

function columns(rows: string[][]): string {
	const widths = rows[0]?.map((_cell, index) =>
		Math.max(...rows.map((row) => row[index]?.length ?? 0)),
	);
	return rows
		.map((row) =>
			row
				.map((cell, index) => cell.padEnd(widths?.[index] ?? 0))
				.join('  ')
				.trimEnd(),
		)
		.join('\n');
}
