/** What a number of trials came to. */
import { clauses } from '#/sandbox/knobs.ts';
import { faults } from '#/sandbox/fault.ts';
import type { Trial } from './trial.ts';
import type { Verdict } from './judge.ts';

export function openTally(): Tally {
	return {
		plans: 0,
		runs: 0,
		duplicates: 0,
		lost: 0,
		failed: 0,
		twice: 0,
		transient: 0,
		alone: 0,
		ends: new Map(),
		stops: new Map(),
		hits: new Map(),
	};
}

/** Adds a trial that came to an end. */
export function addTrial(tally: Tally, trial: Trial, verdict: Verdict): void {
	tally.plans += 1;
	tally.runs += trial.runs.length;
	tally.duplicates += verdict.duplicates;
	tally.lost += verdict.lost;
	if (verdict.problems.length > 0) tally.failed += 1;
	if (verdict.duplicates > 0) tally.twice += 1;
	if (verdict.isTransient) {
		tally.transient += 1;
		if (verdict.isAlone) tally.alone += 1;
	}
	bump(tally.ends, verdict.end);
	for (const { end, by } of trial.runs) {
		const what = by === 'reconcile' ? 'reconcile: ' : '';
		bump(tally.stops, what + (end.kind === 'stopped' ? end.code : end.kind));
	}
	for (const [what, times] of trial.hits) bump(tally.hits, what, times);
	for (const clause of trial.plan.clauses) bump(tally.hits, `clause ${clause}`);
	if (trial.plan.isHtmlRewritten) bump(tally.hits, 'clause C10');
	if (trial.hold) bump(tally.hits, `hold: ${trial.hold.code}`);
}

/** The tables, for people. */
export function formatTally(tally: Tally): string[] {
	const { transient, alone } = tally;
	const share = transient === 0 ? 100 : (100 * alone) / transient;
	return [
		`how ${tally.plans} plans ended`,
		...table(tally.ends),
		'',
		`how ${tally.runs} runs in them ended`,
		...table(tally.stops),
		'',
		'how often each thing happened',
		...table(tally.hits),
		'',
		`finished without a person: ${alone} of ${transient} plans whose faults pass by themselves (${share.toFixed(2)} %)`,
	];
}

/** What never happened although plans can hold it: a fault that never hits proves nothing. */
export function neverHit({ hits }: Tally): string[] {
	return expected.filter((what) => !hits.has(what));
}

function bump(map: Map<string, number>, key: string, by = 1): void {
	map.set(key, (map.get(key) ?? 0) + by);
}

function table(map: Map<string, number>): string[] {
	return [...map]
		.toSorted((a, b) => b[1] - a[1])
		.map(([what, times]) => `${String(times).padStart(9)}  ${what}`);
}

const expected = [
	...Object.keys(faults)
		.filter((name) => name !== 'late')
		.map((name) => `fault ${name}`),
	'crash before the effect',
	'crash after the effect',
	'executed late',
	'crash, executed late',
	'paused',
	'paused for hours',
	"provider's clock back",
	"provider's clock ahead",
	"runner's clock moved",
	'ledger: crash',
	'ledger: fault',
	'site: fault',
	'stale list',
	'list without the newest',
	'over 100 broadcasts',
	'a later page fails',
	'rate limit',
	'contacts quota',
	'outage',
	'hold',
	'reconcile',
	...clauses.filter((clause) => clause !== 'C01').map((clause) => `clause ${clause}`),
];

export interface Tally {
	plans: number;
	/** Runs of the sender in all of them. */
	runs: number;
	/** Readers with two copies or more. */
	duplicates: number;
	/** Readers who should have the issue, and have nothing. */
	lost: number;
	/** Plans with anything wrong. */
	failed: number;
	/** Plans with readers who have it twice. */
	twice: number;
	/** Plans whose faults pass by themselves, and how many of those ended without a person. */
	transient: number;
	alone: number;
	ends: Map<string, number>;
	stops: Map<string, number>;
	hits: Map<string, number>;
}
