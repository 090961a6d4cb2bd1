import { expect, test } from 'vitest';
import { callQueue, retryDelay } from './pace.ts';

/** A clock that moves only when somebody waits. */
function aPace() {
	let time = 0;
	const waits: number[] = [];
	return {
		waits,
		elapsed: () => time,
		wait: async (milliseconds: number) => {
			waits.push(milliseconds);
			time += milliseconds;
		},
	};
}

test('lets one call through at a time, each half a second after the last began', async () => {
	const pace = aPace();
	const queued = callQueue(500, pace);
	const starts: number[] = [];
	let inFlight = 0;
	await Promise.all(
		[1, 2, 3].map(() =>
			queued(async () => {
				expect(inFlight++).toBe(0);
				starts.push(pace.elapsed());
				await Promise.resolve();
				inFlight--;
			}),
		),
	);
	expect(starts).toEqual([0, 500, 1000]);
});

test('a call that fails does not hold up the next', async () => {
	const queued = callQueue(0, aPace());
	await expect(queued(async () => Promise.reject(new Error('no')))).rejects.toThrow('no');
	await expect(queued(async () => 'yes')).resolves.toBe('yes');
});

test.each([
	[{}, 0, 1000],
	[{}, 2, 4000],
	[{ 'retry-after': '3' }, 0, 3000],
	[
		{ 'retry-after': 'Mon, 23 Nov 2026 10:00:05 GMT', date: 'Mon, 23 Nov 2026 10:00:00 GMT' },
		0,
		5000,
	],
	[{ 'retry-after': 'soon' }, 1, 2000],
	[{ 'retry-after': '3600' }, 0, undefined],
])(
	'waits by the headers %j before repetition %i: %s',
	(headers: Record<string, string>, retry, expected) => {
		expect(retryDelay(headers, retry)).toBe(expected);
	},
);
