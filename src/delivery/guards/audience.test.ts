import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Account } from './account.ts';
import { isWithinBand, refuseAudienceCap } from './audience.ts';
import type { GuardFacts } from './facts.ts';

const count = fc.integer({ min: 1, max: 10_000_000 });

test('an audience is within the band exactly from seven tenths to thirteen tenths of the last', () => {
	const near = fc.tuple(count, fc.double({ min: 0.5, max: 1.5, noNaN: true }));
	fc.assert(
		fc.property(near, ([last, factor]) => {
			const readers = Math.round(last * factor);
			const [now, then] = [BigInt(readers), BigInt(last)];
			expect(isWithinBand(readers, last)).toBe(now * 10n >= then * 7n && now * 10n <= then * 13n);
		}),
		{ numRuns: 2_000 },
	);
});

test('the edges belong to the band', () => {
	expect([69, 70, 130, 131].map((readers) => isWithinBand(readers, 100))).toEqual([
		false,
		true,
		true,
		false,
	]);
});

test('the cap yields to the exact number and to no other', () => {
	const pass = (audience: number | undefined, readers: number) => () =>
		// The guard reads nothing else.
		refuseAudienceCap(
			{ audienceCap: 10, typed: { audience } } as GuardFacts,
			{ readers } as Account,
		);
	expect(pass(undefined, 10)).not.toThrow();
	expect(pass(undefined, 11)).toThrow('holds 11 readers');
	expect(pass(12, 11)).toThrow('holds 11 readers');
	expect(pass(11, 11)).not.toThrow();
});
