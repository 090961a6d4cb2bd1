/**
 * Local times in every zone beside Python's zoneinfo. This is a part of what `npm run bench -- zones`
 * compares: the same zones, fewer weeks.
 */
import { describe, expect, test } from 'vitest';
import { environment } from '#/environment.ts';
import { compareZones, formatComparison, missingPython } from '../scripts/bench/zones.ts';

const missing = missingPython();
if (missing !== undefined) console.warn(`SKIPPED outside CI: zones beside Python. ${missing}`);

test.runIf(environment().isCi)('Python is there in CI', () => {
	expect(missing).toBeUndefined();
});

describe.skipIf(missing !== undefined)('A local time in a zone', () => {
	test('is the instant that Python finds, in every zone, on days of change too', async () => {
		const result = await compareZones({ seed: 2026, weeks: 16, turns: 4 });
		console.log(formatComparison(result).join('\n'));
		expect(result.wrong).toEqual([]);
		expect(result.unlisted, 'add a reason to scripts/bench/zones.ts').toEqual([]);
		// Newer systems keep old names such as Asia/Calcutta in a package of their own, tzdata-legacy.
		const absent = environment().isCi ? result.missing : [];
		expect(absent, 'install tzdata-legacy').toEqual([]);
		expect(result.zones).toBeGreaterThan(400);
		expect(result.compared).toBeGreaterThan(50_000);
		// With one law on both sides nothing may be skipped.
		expect(result.ours === result.theirs ? result.skipped : []).toEqual([]);
	});
});
