import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, addMonths, dayOf, daysBetween, formatDay, isDay, weekdayOf } from './day.ts';

const days = fc.integer({ min: 0, max: 40_000 }).map((n) => addDays('2000-01-01', n));

describe('dayOf', () => {
	test.each([
		['2026-11-24T23:30:00Z', 'Europe/London', '2026-11-24'],
		['2026-11-24T23:30:00Z', 'Europe/Berlin', '2026-11-25'],
		['2026-11-24T00:30:00Z', 'America/New_York', '2026-11-23'],
		['2026-11-24T10:30:00Z', 'Pacific/Kiritimati', '2026-11-25'],
		['2026-06-30T23:30:00Z', 'Europe/London', '2026-07-01'],
		['2026-10-25T00:30:00Z', 'Europe/London', '2026-10-25'],
		['2026-10-24T23:30:00Z', 'Europe/London', '2026-10-25'],
		['2026-12-31T23:59:59Z', 'UTC', '2026-12-31'],
	])('%s in %s is %s', (instant, zone, day) => {
		expect(dayOf(new Date(instant), zone)).toBe(day);
	});
});

describe('addMonths', () => {
	test.each([
		['2026-01-31', 1, '2026-02-28'],
		['2028-01-31', 1, '2028-02-29'],
		['2026-08-31', 6, '2027-02-28'],
		['2026-10-31', 12, '2027-10-31'],
		['2028-02-29', 12, '2029-02-28'],
		['2026-12-15', 1, '2027-01-15'],
		['2026-03-31', -1, '2026-02-28'],
		['2026-05-31', 1, '2026-06-30'],
	])('%s and %i is %s', (day, count, expected) => {
		expect(addMonths(day, count)).toBe(expected);
	});

	test('always lands in the month that many later', () => {
		fc.assert(
			fc.property(days, fc.integer({ min: 0, max: 48 }), (day, count) => {
				const month = (text: string): number =>
					Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7));
				expect(month(addMonths(day, count))).toBe(month(day) + count);
			}),
		);
	});
});

describe('addDays and daysBetween', () => {
	test('undo each other, over leap years and clock changes', () => {
		fc.assert(
			fc.property(days, fc.integer({ min: -800, max: 800 }), (day, count) => {
				expect(daysBetween(day, addDays(day, count))).toBe(count);
				expect(isDay(addDays(day, count))).toBe(true);
			}),
		);
	});

	test('sort as their days do', () => {
		fc.assert(
			fc.property(days, days, (a, b) => {
				expect(Math.sign(daysBetween(a, b))).toBe(a < b ? 1 : a > b ? -1 : 0);
			}),
		);
	});
});

describe('isDay', () => {
	test.each([
		'2026-02-30',
		'2026-13-01',
		'2026-2-3',
		'26-02-03',
		'2026-02-03T00:00',
		'',
		'today',
		'2027-02-29',
	])('%s is none', (text) => {
		expect(isDay(text)).toBe(false);
	});

	test('2028-02-29 is one', () => {
		expect(isDay('2028-02-29')).toBe(true);
	});
});

test('a day is written in words, the same in every zone', () => {
	expect(formatDay('2026-11-24', 'en-GB')).toBe('24 November 2026');
	expect(formatDay('2026-11-24', 'en-GB', 'full')).toMatch(/^Tuesday,? 24 November 2026$/);
	expect(formatDay('2026-11-24', 'en-GB', 'medium')).toBe('24 Nov 2026');
	expect(formatDay('2026-11-24', 'de-DE')).toBe('24. November 2026');
});

test('a day knows its weekday', () => {
	const names = [...Array(7).keys()].map((n) => weekdayOf(addDays('2026-11-23', n)));
	expect(names.join(' ')).toBe('monday tuesday wednesday thursday friday saturday sunday');
});
