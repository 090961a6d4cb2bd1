/** The fault plans of `npm run bench -- faults`, in short: the same harness, fewer plans. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Sender } from '../scripts/bench/faults/machine.ts';
import { naiveSenders } from '../scripts/bench/faults/naive.ts';
import { plans } from '../scripts/bench/faults/plan.ts';
import { expose, prove } from '../scripts/bench/faults/prove.ts';
import { tandem } from '../scripts/bench/faults/sender.ts';
import { openStage } from '../scripts/bench/faults/stage.ts';
import type { Stage } from '../scripts/bench/faults/stage.ts';
import { openTally } from '../scripts/bench/faults/tally.ts';

const seed = 1;
const minutes = 60_000;

let stage: Stage;
beforeAll(async () => {
	stage = await openStage();
});
afterAll(() => stage.close());

test(
	'in 300 plans of what goes wrong nobody has the issue twice, nobody goes without, and every end has a name',
	async () => {
		const tally = openTally();
		const failure = await prove(
			{ plans: plans(), sender: tandem, stage, tally },
			{ seed, count: 300 },
		);
		expect(failure && `${failure.reason}\n${JSON.stringify(failure.plan)}`).toBeUndefined();
		expect(tally).toMatchObject({ plans: 300, duplicates: 0, lost: 0, failed: 0 });
		expect(tally.transient).toBeGreaterThan(100);
		expect(tally.alone).toBe(tally.transient);
	},
	10 * minutes,
);

describe('the harness finds', () => {
	test.each(naiveSenders.map((sender) => [sender.name, sender] as const))(
		'readers with two copies from the sender %s',
		async (_name, sender) => {
			const tally = openTally();
			await expose({ plans: plans(), sender, stage, tally }, { seed, count: 100 });
			expect(tally.duplicates).toBeGreaterThan(0);
		},
		5 * minutes,
	);

	test('readers without a copy from a sender that only says it is done', async () => {
		const tally = openTally();
		const idle: Sender = { name: 'idle', hasReconcile: true, run: async () => ({ kind: 'done' }) };
		const failure = await prove({ plans: plans(), sender: idle, stage, tally }, { seed, count: 5 });
		expect(failure?.reason).toContain('8 readers have nothing; the sender last said "done"');
		expect(tally.lost).toBe(8);
	});

	test('readers without a copy from a sender that stops for no reason of the plan', async () => {
		const tally = openTally();
		const timid: Sender = {
			name: 'timid',
			hasReconcile: true,
			run: async () => ({ kind: 'stopped', code: 'unreachable', reason: 'temporary' }),
		};
		const failure = await prove(
			{ plans: plans(), sender: timid, stage, tally },
			{ seed, count: 5 },
		);
		expect(failure?.reason).toContain('the sender last said "unreachable"');
	});

	test('an end without a name, and makes its plan smaller', async () => {
		const tally = openTally();
		const clumsy: Sender = {
			name: 'clumsy',
			hasReconcile: true,
			async run(machine) {
				const end = await tandem.run(machine);
				if (machine.elapsed() > 30_000) throw new Error('I had not thought of that.');
				return end;
			},
		};
		const failure = await prove(
			{ plans: plans(), sender: clumsy, stage, tally },
			{ seed, count: 5 },
		);
		expect(failure?.reason).toContain('I had not thought of that.');
		expect(failure?.plan?.runs).toHaveLength(1);
		expect(tally.failed).toBe(1);
	});
});

test('a plan is played the same way each time', async () => {
	const play = async () => {
		const tally = openTally();
		await expose({ plans: plans(), sender: tandem, stage, tally }, { seed: 2, count: 15 });
		return tally;
	};
	expect(await play()).toEqual(await play());
});
