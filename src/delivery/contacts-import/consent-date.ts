/**
 * Reads when somebody agreed: a day, or a time with or without its zone, which is UTC where none is
 * named. Days in another order than 2024-05-31 are not guessed at.
 * @returns Unix seconds, or what is wrong with it
 */
export function parseConsentDate(text: string, now: Date): number | DateFault {
	const trimmed = text.trim();
	if (trimmed === '') return 'no-date';
	const match = form.exec(trimmed);
	if (!match) return 'unclear-date';
	const { day = '', time, zone } = match.groups ?? {};
	const seconds = /^\d\d:\d\d$/.test(time ?? '') ? `${time}:00` : time;
	const instant = Date.parse(`${day}T${seconds ?? '00:00:00'}${offsetOf(zone)}`);
	if (Number.isNaN(instant) || !isDay(day)) return 'unclear-date';
	if (instant > now.getTime()) return 'future-date';
	return instant < oldest ? 'unclear-date' : Math.floor(instant / 1000);
}

function offsetOf(zone: string | undefined): string {
	if (zone === undefined || /^(?:Z|UTC|GMT)$/i.test(zone)) return 'Z';
	return `${zone.slice(0, 3)}:${zone.replace(':', '').slice(3)}`;
}

/** Reading turns 31 June into 1 July. */
function isDay(day: string): boolean {
	const time = Date.parse(`${day}T00:00:00Z`);
	return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
}

/** Besides ISO 8601, what Go writes: `2024-05-31 10:20:30.5 +0200 CEST`. */
const form =
	/^(?<day>\d{4}-\d\d-\d\d)(?:[T ](?<time>\d\d:\d\d(?::\d\d)?)(?:\.\d{1,9})?(?:\s?(?<zone>Z|UTC|GMT|[+-]\d\d:?\d\d)(?: [A-Z]{2,5}| [+-]\d{4})?)?)?$/i;

const oldest = Date.UTC(1995, 0, 1);

/** `no-date` is missing, `unclear-date` cannot be read, `future-date` has not come. */
export type DateFault = 'no-date' | 'unclear-date' | 'future-date';
