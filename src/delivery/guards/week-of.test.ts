import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isoSeconds } from '#/delivery/schedule.ts';
import { isoWeek } from './iso-week.ts';
import { weekOf } from './week.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const zones = ['Europe/London', 'Pacific/Kiritimati', 'America/Los_Angeles', 'Asia/Kathmandu'];

describe('weekOf', () => {
	test('agrees with the ISO week, year and all, for any instant and zone', () => {
		const instant = fc.integer({ min: Date.UTC(1960, 0), max: Date.UTC(2100, 0) });
		fc.assert(
			fc.property(
				instant,
				fc.integer({ min: -8, max: 8 }),
				fc.constantFrom(...zones),
				(a, n, zone) => {
					const b = a + n * dayMs + (n * hourMs) / 3;
					const isSame = weekOf(new Date(a), zone) === weekOf(new Date(b), zone);
					expect(isSame).toBe(isoWeek(new Date(a), zone) === isoWeek(new Date(b), zone));
				},
			),
			{ numRuns: 2_000 },
		);
	});

	test('is named by its Monday', () => {
		expect(weekOf(new Date('2026-11-29T23:59:59Z'), 'UTC')).toBe('2026-11-23');
		expect(isoSeconds(new Date('2026-11-23T00:00:00Z'))).toContain(
			weekOf(new Date('2026-11-23T12:00:00Z'), 'UTC'),
		);
	});
});
