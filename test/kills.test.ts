/** A hundred senders killed by SIGKILL; `npm run bench -- kills` kills a thousand. */
import { expect, test } from 'vitest';
import { killSenders, storyOf } from '../scripts/bench/kills.ts';

const options = { seed: 4, jobs: 2 };

test(
	'whoever is killed at whatever step, every reader gets one copy',
	{ timeout: 900_000 },
	async () => {
		const report = await killSenders({ ...options, task: 'send', trials: 100 });
		expect(report.failures.map(storyOf)).toEqual([]);
		expect(report.kills).toBeGreaterThanOrEqual(100);
		expect([...report.hits].filter(([, hits]) => hits === 0)).toEqual([]);
		const { duplicates, lost, strangers, unfinished } = report;
		expect({ duplicates, lost, strangers, unfinished }).toEqual({
			duplicates: 0,
			lost: 0,
			strangers: 0,
			unfinished: 0,
		});
	},
);

test('a naive sender that is killed mails somebody twice', { timeout: 300_000 }, async () => {
	const report = await killSenders({ ...options, task: 'naive', trials: 20 });
	expect(report.duplicates).toBeGreaterThan(0);
});
