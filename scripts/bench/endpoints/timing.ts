import { machinePace } from '#/delivery/pace.ts';
import { openGate } from '#/delivery/gate.ts';
import { openContacts } from '#/delivery/resend-contacts.ts';
import { random } from '../random.ts';
import { formOf, openClient, quantile, together } from './client.ts';
import type { Finding } from './finding.ts';
import { control, stampOf } from './stage.ts';
import type { Stage } from './stage.ts';

/**
 * Signs up people in five states over HTTP, in mixed order, and asks two questions by shuffling the
 * labels: do the states' times differ in rank (Kruskal and Wallis), and does any state's distribution
 * differ from the others' (Kolmogorov and Smirnov)? p is the part of the shuffles as far apart.
 */
export async function timing(
	stage: Stage,
	{ each, connections, shuffles }: { each: number; connections: number; shuffles: number },
): Promise<Finding[]> {
	const client = openClient(stage.server, connections);
	const stamp = await stampOf(stage);
	const signUp = (email: string) => client.ask('/subscribe', formOf({ email, stamp }, '192.0.2.1'));
	for (const state of states) await arrange(state, each, stage, signUp);

	const dice = random(1);
	const order = states
		.flatMap((state) => Array.from({ length: each }, (_, number) => ({ state, number })))
		.map((one) => ({ one, place: dice.next() }))
		.toSorted((a, b) => a.place - b.place)
		.map(({ one }) => one);
	const times: Timed[] = [];
	const answers = new Set<string>();
	await together(order, connections, async ({ state, number }) => {
		const { status, headers, text, ms } = await signUp(addressOf(state, number));
		times.push({ state: states.indexOf(state), ms });
		answers.add([status, ...headers.filter((_, at) => !isDate(headers, at)), text].join('\n'));
	});
	client.close();

	const labels = times.toSorted((a, b) => a.ms - b.ms).map(({ state }) => state);
	const shuffled = [...labels];
	const seen = { ranks: rankSpread(labels), shape: widestGap(labels) };
	const asFar = { ranks: 0, shape: 0 };
	for (let round = 0; round < shuffles; round += 1) {
		shuffle(shuffled, dice.next);
		if (rankSpread(shuffled) >= seen.ranks) asFar.ranks += 1;
		if (widestGap(shuffled) >= seen.shape) asFar.shape += 1;
	}
	const p = (count: number): number => (count + 1) / (shuffles + 1);
	const medians = states.map((state, index) => {
		const own = times.filter((one) => one.state === index).map(({ ms }) => ms);
		return `${state} ${quantile(own, 0.5).toFixed(1)}`;
	});
	return [
		{
			isGood: answers.size === 1,
			text: `${times.length} answers in five states, different by a byte (Date apart): ${answers.size}`,
		},
		{
			// Two questions at once: half the level for each.
			isGood: p(asFar.ranks) > 0.005 && p(asFar.shape) > 0.005,
			text: `medians in ms: ${medians.join(', ')}; ${shuffles} shuffles: ranks p = ${p(asFar.ranks).toFixed(4)}, shape p = ${p(asFar.shape).toFixed(4)}`,
		},
	];
}

async function arrange(
	state: State,
	count: number,
	stage: Stage,
	signUp: (email: string) => Promise<unknown>,
): Promise<void> {
	const contacts = openContacts(
		{ key: 're_sandbox', baseUrl: stage.sandbox },
		openGate(0, 2_000, machinePace()),
	);
	const people = Array.from({ length: count }, (_, number) => addressOf(state, number));
	if (state === 'bounced') {
		for (let at = 0; at < people.length; at += 100) {
			const answer = await fetch(`${stage.sandbox}/suppressions/batch/add`, {
				method: 'POST',
				headers: { authorization: 'Bearer re_sandbox' },
				body: JSON.stringify({ emails: people.slice(at, at + 100) }),
			});
			if (!answer.ok) throw new Error('Nobody could be put on the list of bounces.');
		}
	}
	await together(people, 20, async (email) => {
		if (state === 'pending') await signUp(email);
		if (state !== 'subscribed' && state !== 'left') return;
		const made = await contacts.create(email, stage.segmentId);
		if (made.kind !== 'ok') throw new Error('Nobody could be made.');
		const choice = state === 'left' ? 'opt_out' : 'opt_in';
		await contacts.choose(made.value.id, new Map([[stage.topicId, choice]]));
	});
	await control(stage, '');
}

/** All of one length, so that no answer or mail is longer for its state. */
function addressOf(state: State, number: number): string {
	return `${state.padEnd(10, 'x')}${String(number).padStart(6, '0')}@example.org`;
}

function isDate(headers: readonly string[], at: number): boolean {
	return headers[at - (at % 2)]?.toLowerCase() === 'date';
}

/** Labels in the order of their times: how far the mean ranks of the states lie apart. */
function rankSpread(labels: readonly number[]): number {
	const sums = Array<number>(states.length).fill(0);
	const counts = Array<number>(states.length).fill(0);
	labels.forEach((label, rank) => {
		sums[label] = (sums[label] ?? 0) + rank;
		counts[label] = (counts[label] ?? 0) + 1;
	});
	return sums.reduce((all, sum, label) => all + sum ** 2 / (counts[label] ?? 1), 0);
}

/** The widest gap between one state's distribution and that of the others. */
function widestGap(labels: readonly number[]): number {
	const each = labels.length / states.length;
	const seen = Array<number>(states.length).fill(0);
	let widest = 0;
	labels.forEach((label, index) => {
		seen[label] = (seen[label] ?? 0) + 1;
		const others = index + 1 - (seen[label] ?? 0);
		const gap = Math.abs((seen[label] ?? 0) / each - others / (labels.length - each));
		widest = Math.max(widest, gap);
	});
	return widest;
}

function shuffle(labels: number[], next: () => number): void {
	for (let last = labels.length - 1; last > 0; last -= 1) {
		const other = Math.floor(next() * (last + 1));
		// Both places lie within the list.
		[labels[last], labels[other]] = [labels[other] as number, labels[last] as number];
	}
}

const states = ['new', 'pending', 'subscribed', 'left', 'bounced'] as const;

type State = (typeof states)[number];

interface Timed {
	/** Its place among the states. */
	state: number;
	ms: number;
}
