import { formatInstant } from '#/delivery/schedule.ts';
import { issueId } from '#/library/entry.ts';
import { issueState } from '#/library/receipts.ts';
import type { Command } from './command.ts';
import { findDestination } from './destination.ts';
import { openIssues, plannedOf } from './edition.ts';

/** Every issue with its time and state, by the content folder and its receipts alone. */
export const list: Command = {
	usage: 'list [--json]',
	summary: 'Every issue: number, title, time, state, receipt.',
	issue: 'none',
	options: { json: { type: 'boolean' } },
	async run({ values, environment }, print) {
		const destination = await findDestination(environment);
		if (destination) print.progress(destination.title);
		const now = destination?.now ?? environment.now;
		const receiptsDir = destination?.receiptsDir ?? environment.receiptsDir;
		const { issues, settings, library } = await openIssues({ environment, receiptsDir, now });
		const rows = issues.map((issue) => {
			const id = issueId(issue.data.number);
			const receipt = library.receipts.get(id);
			return {
				issue: id,
				title: issue.data.title,
				planned: plannedOf(issue, settings),
				state: issueState(issue.data, receipt, { today: library.today, now }),
				upTo: receipt?.upTo ?? null,
				broadcast: receipt?.broadcast ?? null,
			};
		});
		if (values['json'] === true) print.result(JSON.stringify(rows, null, '\t'));
		else {
			const cells = rows.map((row) => [
				row.issue,
				row.title,
				formatInstant(new Date(row.planned.utc), settings.timeZone, settings.locale),
				row.state,
				row.upTo === null ? '' : `up to ${row.upTo}`,
				row.broadcast ?? '',
			]);
			print.result(columns(cells));
		}
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
