/**
 * When an issue goes out: a local day and time in a zone, made into one instant. A time that the
 * clocks skip becomes the first instant after the gap; a time that comes twice, the first of the two.
 */
const dayMs = 86_400_000;
const minuteMs = 60_000;

/** How long after its planned time an issue may still be sent: 6 hours. */
const latestDelayMs = 6 * 60 * minuteMs;

/** How far ahead the provider is trusted to keep a reservation: 30 days. */
const longestLeadMs = 30 * dayMs;

/**
 * The plan of a day and time in a zone.
 * @param day - `2026-11-24`
 * @param time - `09:00`
 * @param zone - an IANA zone
 * @param tz - the version of the zone database that was used: `process.versions.tz`
 */
export function planTime(day: string, time: string, zone: string, tz: string): Planned {
	const local = `${day}T${time}`;
	return { local, zone, utc: isoSeconds(localToInstant(local, zone)), tz };
}

/**
 * The instant of a local time in a zone.
 * @param local - `2026-11-24T09:00`
 * @throws RangeError for a string that is no local time or a zone that is none
 */
export function localToInstant(local: string, zone: string): Date {
	return zoneClock(zone)(local);
}

/**
 * `localToInstant` for many times of one zone: reading a zone's rules takes longer than using them.
 * @throws RangeError for a zone that is none; what it returns does so for what is no local time
 */
export function zoneClock(zone: string): (local: string) => Date {
	const offsetAt = offsets(zone);
	return (local) => {
		const wall = wallClock(local);
		const before = offsetAt(wall - dayMs);
		const after = offsetAt(wall + dayMs);
		const hits = [...new Set([before, after])]
			.map((offset) => wall - offset)
			.filter((instant) => offsetAt(instant) + instant === wall)
			.toSorted((a, b) => a - b);
		const first = hits[0];
		return new Date(first ?? endOfGap(wall, before, after, offsetAt));
	};
}

/**
 * The instant to reserve: the planned one, or the earliest that still leaves time to undo.
 * @param undoMinutes - minutes between reserving and sending
 */
export function sendTime(planned: Date, now: Date, undoMinutes: number): Date {
	return new Date(Math.max(planned.getTime(), now.getTime() + undoMinutes * minuteMs));
}

/** True where even the earliest possible time is more than six hours after the plan. */
export function isTooLate(planned: Date, now: Date, undoMinutes: number): boolean {
	return now.getTime() + undoMinutes * minuteMs > planned.getTime() + latestDelayMs;
}

/** True where the plan lies further ahead than a reservation is kept. */
export function isTooEarly(planned: Date, now: Date): boolean {
	return planned.getTime() - now.getTime() > longestLeadMs;
}

/** True where a reserved instant is one this plan can have led to. */
export function isWithinPlan(reserved: Date, planned: Date, undoMinutes: number): boolean {
	const delay = reserved.getTime() - planned.getTime();
	return delay >= 0 && delay <= latestDelayMs + undoMinutes * minuteMs;
}

/** `2026-11-24T08:00:00Z`: whole seconds, UTC. */
export function isoSeconds(instant: Date): string {
	return `${instant.toISOString().slice(0, 19)}Z`;
}

/** `Tuesday 24 November 2026 at 09:00 GMT` in a zone, for people. */
export function formatInstant(instant: Date, zone: string, locale: string): string {
	return new Intl.DateTimeFormat(locale, {
		timeZone: zone,
		weekday: 'long',
		day: 'numeric',
		month: 'long',
		year: 'numeric',
		hour: '2-digit',
		minute: '2-digit',
		hourCycle: 'h23',
		timeZoneName: 'short',
	}).format(instant);
}

function wallClock(local: string): number {
	const parts = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})$/.exec(local)?.slice(1).map(Number);
	const [year = Number.NaN, month = 0, day = 0, hour = 0, minute = 0] = parts ?? [];
	const wall = Date.UTC(year, month - 1, day, hour, minute);
	if (Number.isNaN(wall) || new Date(wall).toISOString().slice(0, 16) !== local) {
		throw new RangeError(`"${local}" is no local time such as 2026-11-24T09:00.`);
	}
	return wall;
}

/** The zone's offset from UTC at an instant, both in milliseconds. */
function offsets(zone: string): (instant: number) => number {
	const format = new Intl.DateTimeFormat('en-US-u-ca-iso8601-nu-latn', {
		timeZone: zone,
		hourCycle: 'h23',
		year: 'numeric',
		month: '2-digit',
		day: '2-digit',
		hour: '2-digit',
		minute: '2-digit',
		second: '2-digit',
	});
	return (instant) => {
		const parts = new Map(format.formatToParts(instant).map((part) => [part.type, part.value]));
		const read = (type: Intl.DateTimeFormatPartTypes) => Number(parts.get(type));
		const shown = Date.UTC(
			read('year'),
			read('month') - 1,
			read('day'),
			read('hour'),
			read('minute'),
			read('second'),
		);
		return shown - Math.floor(instant / 1000) * 1000;
	};
}

/** Halves the span around a gap until the first second after it is found. */
function endOfGap(
	wall: number,
	before: number,
	after: number,
	offsetAt: (instant: number) => number,
): number {
	let low = wall - Math.max(before, after);
	let high = wall - Math.min(before, after);
	const start = offsetAt(low);
	while (high - low > 1000) {
		const middle = Math.floor((low + high) / 2000) * 1000;
		if (offsetAt(middle) === start) low = middle;
		else high = middle;
	}
	return high;
}

/** What a plan and a receipt say about time. */
export interface Planned {
	/** `2026-11-24T09:00` */
	local: string;
	/** IANA zone the local time is meant in. */
	zone: string;
	/** `2026-11-24T08:00:00Z` */
	utc: string;
	/** Version of the zone database the instant was worked out with. */
	tz: string;
}
