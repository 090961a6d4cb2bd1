import { expect, test } from 'vitest';
import { alarmsOf, percent, ratesOf } from './counts.ts';
import type { Metrics } from './provider.ts';

function counts(change: Partial<Metrics> = {}): Metrics {
	const none = { bounced: 0, complained: 0, suppressed: 0, unsubscribed: 0 };
	return { sent: 10_000, delivered: 10_000, ...none, ...change };
}

test.each([
	['sent', counts(), 10_000, []],
	['sent to fewer', counts(), 12_000, []],
	['399 of 10,000 bounced', counts({ bounced: 399 }), 10_000, []],
	['400 of 10,000 bounced', counts({ bounced: 400 }), 10_000, ['4 % bounced']],
	['7 of 10,000 complained', counts({ complained: 7 }), 10_000, []],
	['8 of 10,000 complained', counts({ complained: 8 }), 10_000, ['0.08 % complained']],
	['one mail too many', counts(), 9_999, ['9999 at most']],
	['no mail', counts({ sent: 0, delivered: 0 }), 10, ['counts no mail']],
])('%s: the alarms are right', (_what, given, upTo, words) => {
	const alarms = alarmsOf(given, upTo);
	expect(alarms).toEqual(words.map((word) => expect.stringContaining(word)));
});

test('a rate of nothing is none', () => {
	expect(ratesOf(counts({ sent: 0, delivered: 0 }))).toEqual({ bounced: 0, complained: 0 });
	expect(percent(0.04)).toBe('4 %');
	expect(percent(1 / 3)).toBe('33.33 %');
});
