import { expect, test } from 'vitest';
import { parseConsentDate } from './consent-date.ts';

const now = new Date('2026-11-23T10:00:00Z');

test.each([
	['2024-05-31', '2024-05-31T00:00:00Z'],
	['2024-05-31 10:20', '2024-05-31T10:20:00Z'],
	['2016-04-18 13:51:14', '2016-04-18T13:51:14Z'],
	['2024-01-15T10:00:00.000Z', '2024-01-15T10:00:00Z'],
	['2024-05-31T10:20:30+02:00', '2024-05-31T08:20:30Z'],
	['2024-05-31 10:20:30.123456+00', undefined],
	['2021-07-11 12:34:56.789 +0000 UTC', '2021-07-11T12:34:56Z'],
	['2021-07-11 12:34:56 +0530 +0530', '2021-07-11T07:04:56Z'],
	[' 2026-11-23T10:00:00Z ', '2026-11-23T10:00:00Z'],
])('reads %j', (text, instant) => {
	const expected = instant === undefined ? 'unclear-date' : Date.parse(instant) / 1000;
	expect(parseConsentDate(text, now)).toBe(expected);
});

test.each([
	['', 'no-date'],
	['  ', 'no-date'],
	['31/05/2024', 'unclear-date'],
	['05-31-2024', 'unclear-date'],
	['2024-02-30', 'unclear-date'],
	['2024-13-01', 'unclear-date'],
	['2024-05-31T25:00', 'unclear-date'],
	['1717142400', 'unclear-date'],
	['yes', 'unclear-date'],
	['1970-01-01', 'unclear-date'],
	['2026-11-23T10:00:01Z', 'future-date'],
	['2027-01-01', 'future-date'],
])('never guesses at %j', (text, fault) => {
	expect(parseConsentDate(text, now)).toBe(fault);
});
