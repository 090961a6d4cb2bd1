/** `npm run bench -- faults`: many plans of what goes wrong, over the real sender and the real SDK. */
import { parseArgs } from 'node:util';
import { UserError } from '#/user-error.ts';
import type { Sender } from './machine.ts';
import { naiveSenders } from './naive.ts';
import { plans, withResends } from './plan.ts';
import { expose, prove } from './prove.ts';
import type { Failure } from './prove.ts';
import { tandem } from './sender.ts';
import { openStage } from './stage.ts';
import type { Stage } from './stage.ts';
import { formatTally, neverHit, openTally } from './tally.ts';

/**
 * Plays the plans and prints what came of them. The exit code is 1 for any copy too many or too few,
 * any end without a name, any fault that never hit, too many that needed a person, and any naive
 * sender that passes.
 * @throws UserError for a sender or a number that is none
 */
export async function run(words: string[]): Promise<void> {
	const { values } = parseArgs({
		args: words,
		options: {
			plans: { type: 'string', default: '10000' },
			seed: { type: 'string', default: '1' },
			sender: { type: 'string', default: 'tandem' },
			path: { type: 'string' },
		},
	});
	const count = whole(values.plans, '--plans', 1);
	const seed = whole(values.seed, '--seed', 0);
	const stage = await openStage();
	try {
		if (values.sender === 'tandem') await proveTandem({ seed, count, path: values.path }, stage);
		else await exposeOne(values.sender, { seed, count: Math.min(count, 300) }, stage);
	} finally {
		await stage.close();
	}
}

async function proveTandem({ seed, count, path }: Order, stage: Stage): Promise<void> {
	const start = performance.now();
	const tally = openTally();
	const failures: Failure[] = [];
	for (let round = 0; tally.plans < count; round++) {
		const order = { seed: seed + round, count: Math.min(chunk, count - tally.plans), path };
		const failure = await prove({ plans: plans(), sender: tandem, stage, tally }, order);
		if (failure) {
			failures.push(failure);
			report(failure, order.count);
		}
		const perSecond = tally.plans / ((performance.now() - start) / 1000);
		console.error(`${tally.plans} plans, ${perSecond.toFixed(1)} a second`);
		if (path !== undefined) break;
	}
	const seconds = (performance.now() - start) / 1000;
	for (const line of formatTally(tally)) console.log(line);
	console.log(
		`${tally.plans} plans from seed ${seed} in ${seconds.toFixed(0)} s, ${(tally.plans / seconds).toFixed(1)} a second`,
	);
	let isBad = tally.failed > 0;
	const missed = count < chunk * 2 ? [] : neverHit(tally);
	if (missed.length > 0) console.log(`never happened: ${missed.join(', ')}`);
	isBad ||= missed.length > 0 || tally.alone < tally.transient * leastAlone;

	if (path === undefined) {
		await measureResends(seed, Math.ceil(count / 10), stage);
		for (const sender of naiveSenders) {
			const found = await exposeNaive(sender, { seed, count: Math.min(count, 300) }, stage);
			isBad ||= found === 0;
		}
	}
	if (isBad) process.exitCode = 1;
	console.log(`plans with anything wrong: ${tally.failed}`);
	console.log(`duplicates: ${tally.duplicates}`);
	console.log(`lost: ${tally.lost}`);
}

/** A provider that sends what it sent before when asked again is outside the promise: only measured. */
async function measureResends(seed: number, count: number, stage: Stage): Promise<void> {
	const tally = openTally();
	await expose({ plans: withResends(), sender: tandem, stage, tally }, { seed, count });
	console.log(
		`beside the claim, a provider that sends again when asked again (C01): ${tally.duplicates} readers with two copies in ${count} plans`,
	);
}

async function exposeOne(name: string, order: Order, stage: Stage): Promise<void> {
	const sender = naiveSenders.find((one) => one.name === name);
	if (!sender) {
		const known = naiveSenders.map((one) => one.name).join(', ');
		throw new UserError(`There is no sender "${name}".`, `Name one of tandem, ${known}.`);
	}
	if ((await exposeNaive(sender, order, stage)) === 0) process.exitCode = 1;
}

/** How many readers a sender mails twice; at least one, or the harness cannot find anything. */
async function exposeNaive(sender: Sender, { seed, count }: Order, stage: Stage): Promise<number> {
	const tally = openTally();
	await expose({ plans: plans(), sender, stage, tally }, { seed, count });
	console.log(
		`${sender.name}: duplicates in ${tally.twice} of ${count} plans, ${tally.duplicates} readers with two copies or more`,
	);
	return tally.duplicates;
}

function report({ seed, path, shrinks, plan, reason }: Failure, count: number): void {
	console.log(`a plan failed; made smaller ${shrinks} times:`);
	console.log(JSON.stringify(plan));
	console.log(reason);
	console.log(`again: npm run bench -- faults --plans ${count} --seed ${seed} --path ${path}\n`);
}

function whole(text: string, flag: string, least: number): number {
	const value = Number(text);
	if (/^\d{1,9}$/.test(text) && value >= least) return value;
	throw new UserError(`${flag} is "${text}".`, `Give a whole number of ${least} or more.`);
}

/** The share of plans with passing faults that must end without a person. */
const leastAlone = 0.999;

/** Plans played under one seed: a failure ends the rest of them, not the rest of all. */
const chunk = 250;

interface Order {
	seed: number;
	count: number;
	path?: string | undefined;
}
