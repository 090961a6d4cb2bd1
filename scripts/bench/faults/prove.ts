/** Plays seeded plans until one fails, and makes that one as small as it goes. */
import * as fc from 'fast-check';
import { judge } from './judge.ts';
import type { Sender } from './machine.ts';
import type { Plan } from './plan.ts';
import type { Stage } from './stage.ts';
import { addTrial } from './tally.ts';
import type { Tally } from './tally.ts';
import { playTrial } from './trial.ts';

/**
 * Plays plans against a sender that must pass them all.
 * @param path - replays one plan, as a failure names it
 * @returns the failure, shrunk; undefined where there is none
 */
export async function prove(
	{ plans, sender, stage, tally }: Proof,
	{ seed, count, path }: { seed: number; count: number; path?: string | undefined },
): Promise<Failure | undefined> {
	let isShrinking = false;
	let smaller = 0;
	const property = fc.asyncProperty(plans, async (plan) => {
		// Small enough to read is small enough; each step of making it smaller plays a plan.
		if (isShrinking && ++smaller > longestShrink) return;
		const trial = await playTrial(plan, sender, stage);
		const verdict = judge(trial);
		if (!isShrinking) addTrial(tally, trial, verdict);
		if (verdict.problems.length === 0) return;
		isShrinking = true;
		const story = trial.runs.map(
			({ by, at, end }) =>
				`${new Date(at).toISOString()} ${by}: ${end.kind === 'stopped' ? end.code : end.kind}`,
		);
		throw new Error([...verdict.problems, ...story].join('\n'));
	});
	const details = await fc.check(property, {
		seed,
		numRuns: count,
		...(path !== undefined && { path }),
	});
	if (!details.failed) return undefined;
	const { counterexample, counterexamplePath, errorInstance, numShrinks } = details;
	// What threw instead of ending was not counted above.
	if (!isShrinking) tally.failed += 1;
	return {
		seed,
		path: counterexamplePath ?? '',
		shrinks: numShrinks,
		plan: counterexample?.[0],
		reason: errorInstance instanceof Error ? (errorInstance.stack ?? '') : String(errorInstance),
	};
}

/** Plays plans against a sender that must fail, and counts. */
export async function expose(
	{ plans, sender, stage, tally }: Proof,
	{ seed, count }: { seed: number; count: number },
): Promise<void> {
	for (const plan of fc.sample(plans, { seed, numRuns: count })) {
		const trial = await playTrial(plan, sender, stage);
		addTrial(tally, trial, judge(trial));
	}
}

const longestShrink = 400;

export interface Proof {
	plans: fc.Arbitrary<Plan>;
	sender: Sender;
	stage: Stage;
	tally: Tally;
}

export interface Failure {
	seed: number;
	/** What fast-check wants to be told to play this plan again. */
	path: string;
	shrinks: number;
	plan: Plan | undefined;
	reason: string;
}
