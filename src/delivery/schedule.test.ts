import { describe, expect, test } from 'vitest';
import {
	formatInstant,
	isTooEarly,
	isTooLate,
	isWithinPlan,
	localToInstant,
	planTime,
	sendTime,
} from './schedule.ts';

describe('localToInstant', () => {
	test.each([
		['2026-11-24T09:00', 'Europe/Berlin', '2026-11-24T08:00:00.000Z'],
		['2026-07-14T09:00', 'Europe/London', '2026-07-14T08:00:00.000Z'],
		['2026-11-24T09:00', 'Asia/Kathmandu', '2026-11-24T03:15:00.000Z'],
		['2026-11-24T09:00', 'UTC', '2026-11-24T09:00:00.000Z'],
	])('%s in %s', (local, zone, utc) => {
		expect(localToInstant(local, zone).toISOString()).toBe(utc);
	});

	test.each([
		['2026-03-29T01:30', 'Europe/London', '2026-03-29T01:00:00.000Z'],
		['2026-03-08T02:30', 'America/New_York', '2026-03-08T07:00:00.000Z'],
		['2026-10-04T02:15', 'Australia/Lord_Howe', '2026-10-03T15:30:00.000Z'],
		['2011-12-30T09:00', 'Pacific/Apia', '2011-12-30T10:00:00.000Z'],
	])('a time the clocks skip becomes the first instant after: %s in %s', (local, zone, utc) => {
		expect(localToInstant(local, zone).toISOString()).toBe(utc);
	});

	test.each([
		['2026-10-25T01:30', 'Europe/London', '2026-10-25T00:30:00.000Z'],
		['2026-11-01T01:30', 'America/New_York', '2026-11-01T05:30:00.000Z'],
		['2026-04-05T01:45', 'Australia/Lord_Howe', '2026-04-04T14:45:00.000Z'],
	])('a time that comes twice is the first of the two: %s in %s', (local, zone, utc) => {
		expect(localToInstant(local, zone).toISOString()).toBe(utc);
	});

	test.each(['2026-02-30T09:00', '2026-11-24', '2026-11-24T24:00', 'soon'])(
		'refuses %s',
		(local) => {
			expect(() => localToInstant(local, 'UTC')).toThrow(RangeError);
		},
	);
});

test('a plan names the local time, the zone, the instant and the zone data it came from', () => {
	expect(planTime('2026-11-24', '09:00', 'Europe/Berlin', '2026c')).toEqual({
		local: '2026-11-24T09:00',
		zone: 'Europe/Berlin',
		utc: '2026-11-24T08:00:00Z',
		tz: '2026c',
	});
});

const planned = new Date('2026-11-24T08:00:00Z');

test('sends at the planned time, or later where there would be no time to undo', () => {
	expect(sendTime(planned, new Date('2026-11-23T08:00:00Z'), 10)).toEqual(planned);
	expect(sendTime(planned, new Date('2026-11-24T07:55:00Z'), 10)).toEqual(
		new Date('2026-11-24T08:05:00Z'),
	);
});

test('is too late once the earliest time is over six hours after the plan', () => {
	expect(isTooLate(planned, new Date('2026-11-24T13:50:00Z'), 10)).toBe(false);
	expect(isTooLate(planned, new Date('2026-11-24T13:50:01Z'), 10)).toBe(true);
});

test('is too early over 30 days before the plan', () => {
	expect(isTooEarly(planned, new Date('2026-10-25T08:00:00Z'))).toBe(false);
	expect(isTooEarly(planned, new Date('2026-10-25T07:59:59Z'))).toBe(true);
});

test('a reservation before the plan, or long after it, is not this plan', () => {
	expect(isWithinPlan(new Date('2026-11-24T07:59:59Z'), planned, 10)).toBe(false);
	expect(isWithinPlan(planned, planned, 10)).toBe(true);
	expect(isWithinPlan(new Date('2026-11-24T14:10:00Z'), planned, 10)).toBe(true);
	expect(isWithinPlan(new Date('2026-11-24T14:10:01Z'), planned, 10)).toBe(false);
});

test('an instant is written in words in the zone of the site', () => {
	expect(formatInstant(planned, 'Europe/Berlin', 'en-GB')).toBe(
		'Tuesday, 24 November 2026 at 09:00 CET',
	);
});
