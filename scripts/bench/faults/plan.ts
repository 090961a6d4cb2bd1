/** What goes wrong in one trial, and when. Everything is data, so that a failing plan can shrink. */
import * as fc from 'fast-check';
import { faults } from '#/sandbox/fault.ts';
import type { FaultName } from '#/sandbox/fault.ts';
import { clauses } from '#/sandbox/knobs.ts';
import type { Clause } from '#/sandbox/knobs.ts';

/** Plans of every kind. Clause C01 is left to `withResends`. */
export function plans(): fc.Arbitrary<Plan> {
	return fc.record({
		ledger: fc.constantFrom<Plan['ledger'][]>('memory', 'file'),
		leadMinutes: fc.oneof(
			{ weight: 6, arbitrary: fc.constant(23 * 60) },
			{ weight: 3, arbitrary: fc.integer({ min: 60, max: 60 * 60 }) },
			{ weight: 2, arbitrary: fc.integer({ min: -30, max: 60 }) },
			{ weight: 1, arbitrary: fc.integer({ min: -350, max: -30 }) },
		),
		runs: fc.array(runs, { minLength: 1, maxLength: 4 }),
		later: fc.array(event, { maxLength: 3 }),
		lists: fc.record({
			lagMs: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 60_000 })),
			drops: fc.oneof(
				{ weight: 4, arbitrary: fc.constant(0) },
				{ weight: 1, arbitrary: fc.integer({ min: 1, max: 3 }) },
			),
		}),
		rateLimit: fc.oneof(
			{ weight: 5, arbitrary: fc.constant(null) },
			{ weight: 1, arbitrary: fc.constantFrom(1, 2, 5) },
		),
		quotaFromMs: fc.oneof(
			{ weight: 11, arbitrary: fc.constant(null) },
			{ weight: 1, arbitrary: fc.integer({ min: 0, max: 60_000 }) },
		),
		outage: fc.oneof(
			{ weight: 7, arbitrary: fc.constant(null) },
			{
				weight: 1,
				arbitrary: fc.record({
					name: fc.constantFrom<FaultName[]>('503', 'before-commit', 'html-502', 'bare-504'),
					fromMs: fc.integer({ min: 0, max: 60_000 }),
					ms: fc.integer({ min: 1000, max: 2_400_000 }),
				}),
			},
		),
		weatherMinutes: fc.integer({ min: 1, max: 90 }),
		others: fc.oneof(
			{ weight: 6, arbitrary: fc.constant(0) },
			{ weight: 1, arbitrary: fc.constantFrom(99, 100, 101, 230) },
		),
		clauses: fc.oneof(
			{ weight: 1, arbitrary: fc.constant<Clause[]>([]) },
			{ weight: 1, arbitrary: fc.subarray<Clause>(softClauses) },
		),
		isHtmlRewritten: rarely(40),
		latencies: fc.array(latency, { minLength: 1, maxLength: 12 }),
		hold: fc.oneof(
			{ weight: 7, arbitrary: fc.constant(null) },
			{
				weight: 1,
				arbitrary: fc.record({
					afterMs: fc.oneof(
						fc.integer({ min: 0, max: 40_000 }),
						fc.integer({ min: 0, max: 7_200_000 }),
					),
					isDelete: fc.boolean(),
					resumesAfterMs: fc.oneof(fc.constant(null), fc.integer({ min: 60_000, max: 3_600_000 })),
				}),
			},
		),
	});
}

/** The same plans with a provider that sends a second time when it is asked a second time (C01). */
export function withResends(): fc.Arbitrary<Plan> {
	return plans().map((plan) => ({ ...plan, clauses: ['C01', ...plan.clauses] }));
}

/** Every clause whose pessimistic value the protocol has to stand; the other two are drawn apart. */
const softClauses = clauses.filter((clause) => clause !== 'C01' && clause !== 'C10');

const latency = fc.oneof(
	{ weight: 3, arbitrary: fc.integer({ min: 0, max: 300 }) },
	{ weight: 2, arbitrary: fc.integer({ min: 0, max: 5000 }) },
	{ weight: 1, arbitrary: fc.integer({ min: 0, max: 14_000 }) },
);

const naps = fc.oneof(
	fc.integer({ min: 1000, max: 60_000 }),
	fc.integer({ min: 60_000, max: 1_800_000 }),
	fc.integer({ min: 1_800_000, max: 30 * 3_600_000 }),
);

const faultNames = (Object.keys(faults) as FaultName[]).filter((name) => name !== 'late');

/** The call an event waits for: its name, and how many of them pass before. */
const point = fc.oneof(
	{
		weight: 2,
		arbitrary: fc.record({ op: fc.constant('*'), skip: fc.integer({ min: 0, max: 16 }) }),
	},
	{
		weight: 5,
		arbitrary: fc.record({
			op: fc.constantFrom(
				'broadcasts.create',
				'broadcasts.send',
				'broadcasts.send',
				'broadcasts.get',
				'broadcasts.list',
				'broadcasts.update',
				'broadcasts.cancel',
				'contacts.list',
				'ledger.write',
			),
			skip: fc.integer({ min: 0, max: 3 }),
		}),
	},
	{
		weight: 1,
		arbitrary: fc.record({
			op: fc.constantFrom(
				'ledger.read',
				'ledger.list',
				'segments.list',
				'topics.list',
				'usage.get',
				'domains.list',
				'emails.metrics',
				'site.read',
				'pause',
			),
			skip: fc.integer({ min: 0, max: 2 }),
		}),
	},
);

const mishap: fc.Arbitrary<Mishap> = fc.oneof(
	{
		weight: 4,
		arbitrary: fc.record({ kind: fc.constant('fault'), name: fc.constantFrom(...faultNames) }),
	},
	{
		weight: 2,
		arbitrary: fc.record({
			kind: fc.constant('crash'),
			when: fc.constantFrom('before', 'after'),
		}),
	},
	{
		weight: 1,
		arbitrary: fc.record({
			kind: fc.constantFrom('late', 'crash-late'),
			ms: fc.integer({ min: 1000, max: 20_000_000 }),
		}),
	},
	{
		weight: 1,
		arbitrary: fc.record({
			kind: fc.constant('nap'),
			when: fc.constantFrom('before', 'after'),
			ms: naps,
		}),
	},
	{
		weight: 1,
		arbitrary: fc.record({
			kind: fc.constantFrom('jump', 'skew'),
			ms: fc.oneof(
				{ weight: 2, arbitrary: fc.integer({ min: -240_000, max: 240_000 }) },
				{ weight: 1, arbitrary: fc.integer({ min: -3_600_000, max: 3_600_000 }) },
			),
		}),
	},
);

const event: fc.Arbitrary<PlannedEvent> = fc
	.tuple(
		point,
		mishap,
		fc.oneof(
			{ weight: 3, arbitrary: fc.constant(1) },
			{ weight: 1, arbitrary: fc.integer({ min: 2, max: 6 }) },
		),
	)
	.map(([{ op, skip }, what, times]) => ({ op, skip, times, what }));

const runs: fc.Arbitrary<PlannedRun> = fc.record({
	runner: fc.nat({ max: 2 }),
	afterMs: fc.oneof(
		fc.constant(0),
		fc.integer({ min: 0, max: 20_000 }),
		fc.integer({ min: 0, max: 600_000 }),
	),
	hasOldText: rarely(25),
	events: fc.array(event, { maxLength: 4 }),
});

/** True once in so many. */
function rarely(often: number): fc.Arbitrary<boolean> {
	return fc.oneof(
		{ weight: often - 1, arbitrary: fc.constant(false) },
		{ weight: 1, arbitrary: fc.constant(true) },
	);
}

export interface Plan {
	ledger: 'memory' | 'file';
	/** Minutes from the first run to the planned time; negative where it has passed. */
	leadMinutes: number;
	/** What people and CI start. Runs of one runner follow each other; runners overlap. */
	runs: PlannedRun[];
	/** What hits the runs that cron adds afterwards. */
	later: PlannedEvent[];
	/** How stale every list is, while the weather lasts. */
	lists: { lagMs: number; drops: number };
	/** Requests a second, while the weather lasts. */
	rateLimit: number | null;
	/** From when on the account holds too many contacts, until a person raises the plan. */
	quotaFromMs: number | null;
	/** A span in which no request gets through. */
	outage: { name: FaultName; fromMs: number; ms: number } | null;
	weatherMinutes: number;
	/** Broadcasts of others, made before. */
	others: number;
	/** Clauses that show their pessimistic value. */
	clauses: Clause[];
	/** Clause C10: the provider gives other HTML back than it got. */
	isHtmlRewritten: boolean;
	/** Milliseconds each step takes, again and again from the start. */
	latencies: number[];
	/** A person stops the issue. */
	hold: {
		afterMs: number;
		isDelete: boolean;
		/** When it is sent after all, edited, as the next attempt. */
		resumesAfterMs: number | null;
	} | null;
}

interface PlannedRun {
	runner: number;
	/** Since the start, or since the runner's last run. */
	afterMs: number;
	/** It was compiled before the last change of the text. */
	hasOldText: boolean;
	events: PlannedEvent[];
}

/** Something that happens at a call of a run. */
export interface PlannedEvent {
	/** The SDK's name of the call, `*` for any of them, or a step on this side: `ledger.write`. */
	op: string;
	/** Matching calls that pass before. */
	skip: number;
	/** Matching calls it hits. */
	times: number;
	what: Mishap;
}

/**
 * - `fault`: a fault of the sandbox
 * - `crash`: the runner's process ends, before or after the effect of the call
 * - `late`: no answer; the call takes effect after so many milliseconds
 * - `crash-late`: the process ends, and the call it made takes effect so much later
 * - `nap`: the process stands still, before the call leaves or before its answer arrives
 * - `jump`: the provider's clock moves
 * - `skew`: the runner's own clock moves
 */
export type Mishap =
	| { kind: 'fault'; name: FaultName }
	| { kind: 'crash'; when: 'before' | 'after' }
	| { kind: 'late' | 'crash-late'; ms: number }
	| { kind: 'nap'; when: 'before' | 'after'; ms: number }
	| { kind: 'jump' | 'skew'; ms: number };
