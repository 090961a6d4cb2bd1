import { basename } from 'node:path';
import { percent } from '#/delivery/counts.ts';
import { listAll } from '#/delivery/choice.ts';
import type { Ledger } from '#/delivery/ledger.ts';
import type { Receipt } from '#/delivery/receipt.ts';
import { keepReport, readReports } from '#/delivery/report-file.ts';
import type { Report } from '#/delivery/report-file.ts';
import { isReportDue, reportBefore, takeReport } from '#/delivery/report.ts';
import { formatInstant } from '#/delivery/schedule.ts';
import { stopKinds } from '#/delivery/stop.ts';
import { readSettings } from '#/settings.ts';
import type { Settings } from '#/settings.ts';
import { UserError } from '#/user-error.ts';
import type { Command, Print } from './command.ts';
import { openDestination, openLedger } from './destination.ts';
import type { Destination } from './destination.ts';
import { codeLine, sayStopped, worst } from './ending.ts';

/** What became of an issue, in numbers: no address, no name. */
export const report: Command = {
	usage: 'report [NNN] [--due] [--json]',
	summary: 'Sent, delivered, bounced, left: the numbers of an issue, beside the last one.',
	issue: 'optional',
	options: { due: { type: 'boolean' }, json: { type: 'boolean' } },
	async run({ issue, values, environment }, print) {
		if ((values['due'] === true) === (issue !== undefined)) {
			throw new UserError('Which issue?', 'Name one, or all that are due with --due.');
		}
		const destination = await openDestination(environment, print);
		const settings = readSettings(environment.contentDir);
		const ledger = openLedger(issue ?? 'all', settings, destination);
		const { reports, unreadable } = await readReports(destination.receiptsDir);
		for (const file of unreadable) print.progress(`${file} is no valid report; it is left out.`);
		const known = await receiptsHere(ledger, settings);
		const chosen =
			issue === undefined
				? await due(known, reports, destination)
				: known.filter(({ receipt }) => receipt.issue === issue);
		if (issue !== undefined && chosen.length === 0) {
			print.progress(`Issue ${issue} has no receipt: it was not sent. There is nothing to report.`);
			print.progress(`Next: "npm run newsletter -- status ${issue}".`);
			return 0;
		}
		if (chosen.length === 0) print.progress('No report is due. Nothing is to be done.');
		const codes: number[] = [];
		for (const { receipt, stem } of chosen) {
			const desk = { destination, settings, reports, print, isJson: values['json'] === true };
			codes.push(await one(receipt, stem, desk));
		}
		return worst(codes);
	},
};

async function one(receipt: Receipt, stem: string, desk: Desk): Promise<number> {
	const { destination, settings, print } = desk;
	const outcome = await takeReport(receipt, {
		provider: destination.provider,
		pause: destination.pause,
		tell: (step, text) => print.progress(`${step.padEnd(11)}${text}`),
	});
	if (outcome.kind === 'stopped') return sayStopped(outcome, print);
	if (outcome.kind === 'not-out') {
		print.progress(
			`Issue ${receipt.issue} is ${outcome.status}, not out: there is nothing to report.`,
		);
		print.progress(`Next: "npm run newsletter -- status ${receipt.issue}".`);
		return 0;
	}
	const file = await keepReport(destination.receiptsDir, stem, outcome.report);
	const before = reportBefore(outcome.report, desk.reports);
	if (desk.isJson) {
		print.result(
			JSON.stringify(
				{ report: outcome.report, before: before ?? null, alarms: outcome.alarms },
				null,
				'\t',
			),
		);
	} else print.result(table(outcome.report, before, settings));
	print.progress(`Kept in ${file}. The provider's numbers are up to 15 minutes old.`);
	for (const alarm of outcome.alarms) print.progress(alarm);
	if (outcome.alarms.length === 0) return 0;
	print.progress('Look at the broadcast in the dashboard of Resend before the next issue.');
	print.progress(codeLine('numbers'));
	return stopKinds.wrong;
}

/** The standing receipt of each issue, with the name its files begin with. */
async function receiptsHere(ledger: Ledger, settings: Settings): Promise<Here[]> {
	const newest = new Map<string, Here>();
	for (const reading of await ledger.list()) {
		if (reading.kind !== 'receipt' || reading.receipt.site !== settings.delivery.site) continue;
		const { receipt, file } = reading;
		const stem = basename(file).replace(/\.receipt(\.\d+)?\.json$/, '');
		const before = newest.get(receipt.issue);
		if (!before || before.receipt.attempt < receipt.attempt) {
			newest.set(receipt.issue, { receipt, stem });
		}
	}
	return [...newest.values()];
}

async function due(known: Here[], reports: Report[], { provider }: Destination): Promise<Here[]> {
	if (known.length === 0) return [];
	const { now } = await listAll(provider);
	return known.filter(({ receipt }) =>
		isReportDue(
			receipt,
			reports.find(({ site, issue }) => site === receipt.site && issue === receipt.issue),
			now,
		),
	);
}

function table(now: Report, before: Report | undefined, settings: Settings): string {
	const rows: [string, keyof Counts, keyof Counts | undefined][] = [
		['sent', 'sent', 'upTo'],
		['delivered', 'delivered', 'sent'],
		['bounced', 'bounced', 'sent'],
		['suppressed', 'suppressed', undefined],
		['complained', 'complained', 'delivered'],
		['left', 'left', 'delivered'],
	];
	const cell = (report: Report, name: keyof Counts, of: keyof Counts | undefined) => {
		const whole = of === undefined ? 0 : report[of];
		return `${report[name]}${whole > 0 ? ` (${percent(report[name] / whole)})` : ''}`;
	};
	const when = formatInstant(new Date(now.sentAt), settings.timeZone, settings.locale);
	const head = `Issue ${now.issue}, ${now.status} on ${when}, to up to ${now.upTo} readers.`;
	const against = before ? `issue ${before.issue}` : 'no issue before';
	return [
		head,
		`${''.padEnd(12)}${`issue ${now.issue}`.padEnd(18)}${against}`,
		...rows.map(([label, name, of]) =>
			`${label.padEnd(12)}${cell(now, name, of).padEnd(18)}${before ? cell(before, name, of) : ''}`.trimEnd(),
		),
	].join('\n');
}

type Counts = Pick<
	Report,
	'upTo' | 'sent' | 'delivered' | 'bounced' | 'suppressed' | 'complained' | 'left'
>;

interface Here {
	receipt: Receipt;
	stem: string;
}

interface Desk {
	destination: Destination;
	settings: Settings;
	reports: Report[];
	print: Print;
	isJson: boolean;
}
