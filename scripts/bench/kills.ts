/**
 * Kills a sender by SIGKILL, again and again: real processes, the real SDK over HTTP, a sandbox in a
 * process of its own. Whatever is left is picked up by a fresh process; then the copies are counted.
 */
import { parseArgs } from 'node:util';
import { UserError } from '#/user-error.ts';
import { countOf } from './kills/count.ts';
import { openCast } from './kills/cast.ts';
import { naiveOps } from './kills/naive.ts';
import { labelOf, requestsOf, stepAt, stepsOf } from './kills/step.ts';
import { rehearse } from './kills/rehearsal.ts';
import { openTrials } from './kills/trial.ts';
import type { Task, TrialResult } from './kills/trial.ts';
import { random } from './random.ts';

/**
 * Prints how often each step was hit, and what readers got.
 * @throws UserError where a reader got two copies or none, a trial ended otherwise than by being
 * done, a step was never hit, or a naive sender came out of it as well
 */
export async function run(words: string[]): Promise<void> {
	const { values } = parseArgs({
		args: words,
		options: {
			trials: { type: 'string', default: '1000' },
			seed: { type: 'string', default: '1' },
			jobs: { type: 'string', default: '2' },
		},
	});
	const options = { seed: countOf('seed', values.seed), jobs: countOf('jobs', values.jobs) };
	const trials = countOf('trials', values.trials);
	const begun = performance.now();
	const report = await killSenders({ ...options, task: 'send', trials });
	const seconds = (performance.now() - begun) / 1000;
	const naive = await killSenders({ ...options, task: 'naive', trials: 60 });

	for (const [label, hits] of report.hits) console.log(`${String(hits).padStart(6)}  ${label}`);
	for (const result of report.failures) console.log(storyOf(result));
	console.log(`seconds a kill: ${(seconds / Math.max(1, report.kills)).toFixed(2)}`);
	console.log(`the naive sender, 60 trials: duplicates: ${naive.duplicates}, lost: ${naive.lost}`);
	console.log(`trials: ${report.trials}`);
	console.log(`unfinished: ${report.unfinished}`);
	console.log(`strangers: ${report.strangers}`);
	console.log(`kills: ${report.kills}`);
	console.log(`duplicates: ${report.duplicates}`);
	console.log(`lost: ${report.lost}`);

	if (report.failures.length > 0) {
		throw new UserError(`${report.failures.length} trials went wrong; they are told above.`);
	}
	const missed = [...report.hits].filter(([, hits]) => hits === 0).map(([label]) => label);
	if (missed.length > 0)
		throw new UserError(`Never hit: ${missed.join('; ')}.`, 'Ask for more trials.');
	if (naive.duplicates === 0) {
		throw new UserError('The naive sender mailed nobody twice, so these trials prove nothing.');
	}
}

/** Plays trials until so many of them have seen their sender killed. */
export async function killSenders({ task, trials, seed, jobs }: KillOptions): Promise<KillReport> {
	const shuffle = (round: number) => random(seed * 7_919 + round);
	const results: TrialResult[] = [];
	let labels: string[] = [];
	let turn = 0;
	let hit = 0;

	async function work(): Promise<void> {
		const cast = await openCast(2);
		try {
			const rehearsal = await rehearse(cast);
			// A naive sender has no ledger to die at, and makes two requests.
			const steps = task === 'send' ? stepsOf(rehearsal.ops) : requestsOf(naiveOps);
			labels = [...new Set(steps.map(labelOf))];
			const { play } = openTrials(cast, task, rehearsal);
			while (hit < trials && turn < trials * 2) {
				const number = turn++;
				const result = await play(number, stepAt(number, steps, shuffle), steps, seed);
				if (result.kills.length > 0) hit++;
				results.push(result);
			}
		} finally {
			await cast.close();
		}
	}

	await Promise.all(Array.from({ length: jobs }, work));
	return reportOf(results, labels);
}

/** What happened in a trial, in one paragraph. */
export function storyOf({ number, listLagMs, copies, story }: TrialResult): string {
	const counts = `duplicates ${copies.duplicates}, lost ${copies.lost}, strangers ${copies.strangers}`;
	return `trial ${number} (lists ${listLagMs} ms behind): ${counts}\n  ${story.join('\n  ')}`;
}

function reportOf(results: readonly TrialResult[], labels: readonly string[]): KillReport {
	const kills = results.flatMap((result) => result.kills.map(labelOf));
	const sum = (of: (result: TrialResult) => number) =>
		results.reduce((total, result) => total + of(result), 0);
	return {
		trials: results.length,
		kills: kills.length,
		hits: new Map(labels.map((label) => [label, kills.filter((kill) => kill === label).length])),
		unfinished: results.filter(({ isFinished }) => !isFinished).length,
		duplicates: sum(({ copies }) => copies.duplicates),
		lost: sum(({ copies }) => copies.lost),
		strangers: sum(({ copies }) => copies.strangers),
		failures: results.filter(
			({ isFinished, copies }) =>
				!isFinished || copies.duplicates + copies.lost + copies.strangers > 0,
		),
	};
}

export interface KillOptions {
	/** The real sender, or one that is known to be wrong. */
	task: Task;
	/** Trials in which the sender is really killed. */
	trials: number;
	seed: number;
	/** How many are played at a time, each with a sandbox of its own. */
	jobs: number;
}

export interface KillReport {
	trials: number;
	/** Processes that ended by SIGKILL. */
	kills: number;
	/** Kills of each step. */
	hits: ReadonlyMap<string, number>;
	/** Trials in which no run said that the issue is scheduled or sent. */
	unfinished: number;
	duplicates: number;
	lost: number;
	strangers: number;
	/** Trials in which anything went wrong. */
	failures: TrialResult[];
}
