import { describe, expect, test } from 'vitest';
import type { Metrics } from '#/delivery/provider.ts';
import { Stop } from '#/delivery/stop.ts';
import type { Account } from './account.ts';
import type { GuardFacts } from './facts.ts';
import { refuseHealth } from './health.ts';

function judge(metrics: Partial<Metrics> | undefined, isHealthOk = false) {
	const told: string[] = [];
	const none = { sent: 0, delivered: 0, bounced: 0, complained: 0, suppressed: 0, unsubscribed: 0 };
	// The guard reads nothing else.
	const facts = { typed: { isHealthOk } } as GuardFacts;
	const last = { issue: '016', metrics: metrics && { ...none, ...metrics } };
	try {
		refuseHealth(facts, { last } as Account, { tell: (_step, text) => told.push(text) });
		return { stopped: undefined, told };
	} catch (error) {
		if (!(error instanceof Stop)) throw error;
		return { stopped: error.message, told };
	}
}

describe('bounces', () => {
	test.each([
		[199, false, 0],
		[200, false, 1],
		[399, false, 1],
		[400, true, 1],
	])('%i of 10,000: stopped %s, warnings %i', (bounced, isStopped, warnings) => {
		const { stopped, told } = judge({ sent: 10_000, delivered: 10_000 - bounced, bounced });
		expect(stopped !== undefined).toBe(isStopped);
		expect(told).toHaveLength(warnings);
	});
});

describe('complaints', () => {
	test.each([
		[4, false, 0],
		[5, false, 1],
		[7, false, 1],
		[8, true, 1],
	])('%i of 10,000: stopped %s, warnings %i', (complained, isStopped, warnings) => {
		const { stopped, told } = judge({ sent: 10_000, delivered: 10_000, complained });
		expect(stopped !== undefined).toBe(isStopped);
		expect(told).toHaveLength(warnings);
	});

	test('count among what arrived, and say how many they were', () => {
		expect(judge({ sent: 20, delivered: 10, complained: 1 }).stopped).toBe(
			"1 of 10 copies of issue 016 drew a complaint: 10 %; the provider's limit is 0.08 %.",
		);
	});
});

test('both reasons are named', () => {
	const { stopped } = judge({ sent: 100, delivered: 90, bounced: 10, complained: 1 });
	expect(stopped?.split('\n')).toHaveLength(2);
});

test('--health-ok goes on, and the numbers are still said', () => {
	const { stopped, told } = judge({ sent: 100, delivered: 90, bounced: 10 }, true);
	expect(stopped).toBe(undefined);
	expect(told).toHaveLength(1);
});

test.each([undefined, { sent: 0 }])('no numbers (%o) are said, not refused', (metrics) => {
	expect(judge(metrics)).toEqual({
		stopped: undefined,
		told: ['no numbers of issue 016: not judged'],
	});
});
