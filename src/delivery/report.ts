import { parseTimestamp } from './broadcast.ts';
import { alarmsOf, countCopies, spanOf } from './counts.ts';
import { readBroadcast } from './reading.ts';
import type { Found, ReadingPorts } from './reading.ts';
import type { Receipt } from './receipt.ts';
import type { Report } from './report-file.ts';
import { isoSeconds } from './schedule.ts';
import { Stop } from './stop.ts';
import { stoppedBy } from './stopped.ts';
import type { Stopped } from './stopped.ts';

/** Takes the numbers of an issue that is out. Reads only; nothing in them names a person. */
export async function takeReport(receipt: Receipt, ports: ReadingPorts): Promise<ReportOutcome> {
	try {
		const reading = await readBroadcast(receipt.broadcast, ports);
		if (reading.kind === 'gone') throw gone(receipt);
		const { status } = reading.broadcast;
		if (reading.class !== 'sent' && reading.class !== 'burnt') return { kind: 'not-out', status };
		const report = await reportOf(receipt, reading, ports);
		const alarms = alarmsOf({ ...report, unsubscribed: report.left }, report.upTo);
		return { kind: 'report', report, alarms };
	} catch (error) {
		if (!(error instanceof Stop)) throw error;
		return stoppedBy(error, 'Nothing was changed by this command.');
	}
}

/** The last report of another issue that went out before this one. */
export function reportBefore(report: Report, reports: readonly Report[]): Report | undefined {
	return reports.findLast(
		({ site, issue, sentAt }) =>
			site === report.site && issue !== report.issue && sentAt < report.sentAt,
	);
}

/**
 * True where an hourly job should take a report: half an hour, a day and a week after the time. Six
 * hours late is still in time; after that only the next of the three is due, so that a job which
 * keeps no reports does not take one for ever.
 */
export function isReportDue(receipt: Receipt, report: Report | undefined, now: Date): boolean {
	const planned = Date.parse(receipt.planned.utc);
	const passed = milestones
		.map((minutes) => planned + minutes * 60_000)
		.filter((at) => at <= now.getTime());
	const last = passed.at(-1);
	if (last === undefined || now.getTime() - last > latestMs) return false;
	return report?.broadcast !== receipt.broadcast || Date.parse(report.takenAt) < last;
}

/** How late an hourly job may come: CI is known to. */
const latestMs = 6 * 3_600_000;

async function reportOf(receipt: Receipt, found: Found, ports: ReadingPorts): Promise<Report> {
	const { broadcast, at, now } = found;
	const span = spanOf(receipt.planned.utc, now);
	const counts = await countCopies(receipt.broadcast, span, 'whole', ports.provider);
	const sentAt = broadcast.sentAt && parseTimestamp(broadcast.sentAt)?.date;
	return {
		v: 1,
		site: receipt.site,
		issue: receipt.issue,
		attempt: receipt.attempt,
		broadcast: receipt.broadcast,
		status: broadcast.status,
		sentAt: sentAt || at ? isoSeconds(sentAt || at || now) : receipt.planned.utc,
		takenAt: isoSeconds(now),
		upTo: receipt.audience.upTo,
		sent: counts.sent,
		delivered: counts.delivered,
		bounced: counts.bounced,
		complained: counts.complained,
		suppressed: counts.suppressed,
		left: counts.unsubscribed,
	};
}

function gone(receipt: Receipt): Stop {
	return new Stop(
		'gone',
		`The receipt names broadcast ${receipt.broadcast}, and the provider has none of that id.`,
		`Run "npm run newsletter -- status ${receipt.issue}".`,
	);
}

/** Minutes after the planned time. */
const milestones = [30, 24 * 60, 7 * 24 * 60];

export type ReportOutcome =
	| { kind: 'report'; report: Report; alarms: string[] }
	| { kind: 'not-out'; status: string }
	| Stopped;
