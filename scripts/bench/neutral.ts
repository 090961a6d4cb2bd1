import { parseArgs } from 'node:util';
import { machinePace } from '#/delivery/pace.ts';
import { defaultChoices } from '#/endpoints/choices.ts';
import { suppress } from '#/sandbox/suppressions.ts';
import { openDesk } from './orders/desk.ts';
import type { Desk } from './orders/desk.ts';
import { random } from './random.ts';

/**
 * Times sign-ups of people in five states, in mixed order, and asks by Kruskal and Wallis whether
 * the state can be told by the time of its answer. The exit code is 1 where it can, p below 0.01, or
 * where two answers differ by a byte.
 */
export async function run(words: string[]): Promise<void> {
	const { values } = parseArgs({
		args: words,
		options: {
			requests: { type: 'string', default: '2000' },
			floor: { type: 'string', default: String(defaultChoices.floorMs) },
			together: { type: 'string', default: '20' },
		},
	});
	const floorMs = Number(values.floor);
	const pace = machinePace();
	const desk = await openDesk({ choices: { floorMs } });
	for (const state of states) await arrange(state, Number(values.requests), desk);
	Object.assign(desk.ports, { wait: (ms: number) => pace.wait(ms) });
	const times: Timed[] = [];
	const answers = new Set<string>();
	const queue = shuffled(Number(values.requests));
	async function work(): Promise<void> {
		for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
			const start = performance.now();
			const answer = await desk.signUp(`${next.state}${next.number}@example.org`);
			times.push({ state: next.state, ms: performance.now() - start });
			answers.add(JSON.stringify([answer.status, [...answer.headers], await answer.text()]));
		}
	}
	await Promise.all(Array.from({ length: Number(values.together) }, work));
	await desk.close();
	for (const state of states) console.log(`${state.padEnd(11)} median ${median(state, times)} ms`);
	const p = kruskalWallis(times);
	console.log(
		`${times.length} answers, ${answers.size} different, floor ${floorMs} ms, p = ${p.toFixed(4)}`,
	);
	if (p < 0.01 || answers.size !== 1) process.exitCode = 1;
}

async function arrange(state: State, count: number, desk: Desk): Promise<void> {
	const { contacts } = desk.ports;
	for (let number = 0; number < count; number += 1) {
		const address = `${state}${number}@example.org`;
		if (state === 'pending') await desk.signUp(address);
		if (state === 'bounced') suppress(address, 'bounce', null, desk.sandbox.world);
		if (state !== 'subscribed' && state !== 'left') continue;
		const made = await contacts.create(address, desk.segmentId);
		if (made.kind !== 'ok') throw new Error('Nobody could be made.');
		const choice = state === 'left' ? 'opt_out' : 'opt_in';
		await contacts.choose(made.value.id, new Map([[desk.topicId, choice]]));
	}
}

function shuffled(count: number): { state: State; number: number }[] {
	const dice = random(1);
	return states
		.flatMap((state) => Array.from({ length: count }, (_, number) => ({ state, number })))
		.map((one) => ({ one, order: dice.next() }))
		.toSorted((a, b) => a.order - b.order)
		.map(({ one }) => one);
}

function median(state: State, times: readonly Timed[]): string {
	const own = times.filter((one) => one.state === state).map(({ ms }) => ms);
	return (own.toSorted((a, b) => a - b)[Math.floor(own.length / 2)] ?? Number.NaN).toFixed(2);
}

/** How likely times as far apart are if the state makes no difference. Five groups: four degrees. */
function kruskalWallis(times: readonly Timed[]): number {
	const sorted = times.toSorted((a, b) => a.ms - b.ms);
	const sums = new Map<State, { ranks: number; count: number }>();
	sorted.forEach(({ state }, index) => {
		const { ranks, count } = sums.get(state) ?? { ranks: 0, count: 0 };
		sums.set(state, { ranks: ranks + index + 1, count: count + 1 });
	});
	const n = sorted.length;
	const spread = [...sums.values()].reduce((sum, { ranks, count }) => sum + ranks ** 2 / count, 0);
	const h = (12 / (n * (n + 1))) * spread - 3 * (n + 1);
	// The tail of the chi-squared distribution with four degrees of freedom.
	return Math.exp(-h / 2) * (1 + h / 2);
}

const states = ['new', 'pending', 'subscribed', 'left', 'bounced'] as const;

type State = (typeof states)[number];

interface Timed {
	state: State;
	ms: number;
}
