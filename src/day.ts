/**
 * Days. A content date is a day such as `2026-11-24`, kept and compared as that string; a day has
 * no zone. Which day it is *now* depends on the firm's zone, and is asked here once.
 */

/** The day it is at an instant in an IANA zone. */
export function dayOf(instant: Date, timeZone: string): Day {
	// The Swedish locale writes dates as YYYY-MM-DD.
	return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(instant);
}

/** Writes a day in words: `24 November 2026`, or `Tuesday 24 November 2026` with its weekday. */
export function formatDay(
	day: Day,
	locale: string,
	style: 'long' | 'full' | 'medium' = 'long',
): string {
	const key = `${locale} ${style}`;
	let writer = writers.get(key);
	if (!writer) {
		const formatter = new Intl.DateTimeFormat(locale, { dateStyle: style, timeZone: 'UTC' });
		writer = { formatter, written: new Map() };
		writers.set(key, writer);
	}
	let text = writer.written.get(day);
	if (text === undefined) {
		text = writer.formatter.format(utc(day));
		writer.written.set(day, text);
	}
	return text;
}

// Making a formatter takes a hundred times as long as using it, and every page writes a few days:
// on thousands of pages the same ones.
const writers = new Map<string, { formatter: Intl.DateTimeFormat; written: Map<Day, string> }>();

/** The weekday of a day, in English and lower case: `tuesday`. */
export function weekdayOf(day: Day): string {
	return new Intl.DateTimeFormat('en-GB', { weekday: 'long', timeZone: 'UTC' })
		.format(utc(day))
		.toLowerCase();
}

/** The day `count` days later, or earlier where `count` is negative. */
export function addDays(day: Day, count: number): Day {
	const date = utc(day);
	date.setUTCDate(date.getUTCDate() + count);
	return date.toISOString().slice(0, 10);
}

/** The day `count` months later; the 31st becomes the last day of a shorter month. */
export function addMonths(day: Day, count: number): Day {
	const date = utc(day);
	const wanted = date.getUTCDate();
	date.setUTCDate(1);
	date.setUTCMonth(date.getUTCMonth() + count);
	const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
	date.setUTCDate(Math.min(wanted, last));
	return date.toISOString().slice(0, 10);
}

/** Whole days from one day to another; negative where `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
	return Math.round((utc(to).getTime() - utc(from).getTime()) / 86_400_000);
}

/** True for a string that is a real day of the calendar, `2026-02-30` is none. */
export function isDay(text: string): boolean {
	return /^\d{4}-\d{2}-\d{2}$/.test(text) && utc(text).toISOString().slice(0, 10) === text;
}

function utc(day: Day): Date {
	const date = new Date(`${day}T00:00:00Z`);
	return Number.isNaN(date.getTime()) ? new Date(0) : date;
}

/** `YYYY-MM-DD`. Strings of this form sort by time. */
export type Day = string;
