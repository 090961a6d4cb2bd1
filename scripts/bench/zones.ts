/**
 * Local times of every zone made into instants, by us and by Python's zoneinfo. Ten years of weeks,
 * and every half hour of the days on which clocks change.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { zoneClock } from '#/delivery/schedule.ts';
import { UserError } from '#/user-error.ts';
import { root } from '../astro.ts';
import { ensurePrograms } from '../debian.ts';
import { random } from './random.ts';
import { reasonsBetween } from './zone-laws.ts';

/**
 * Compares all there is and prints the counts. The exit code is 1 where one instant differs.
 * @throws UserError where there is no Python
 */
export async function zones(words: string[]): Promise<void> {
	parseArgs({ args: words, options: {} });
	const missing = missingPython();
	if (missing !== undefined) throw new UserError(missing, 'Nothing was compared.');
	const started = performance.now();
	const result = await compareZones('all');
	for (const line of formatComparison(result)) console.log(line);
	console.log(`${((performance.now() - started) / 1000).toFixed(0)} s`);
	if (result.wrong.length > 0 || result.unlisted.length > 0) process.exitCode = 1;
}

/** Makes sure of Python. Returns what is missing. */
export function missingPython(): string | undefined {
	return ensurePrograms({ python3: 'python3' });
}

/**
 * Compares instants, all of them or a part picked by a seed.
 * @param part - `all`, or a seed and how many weeks and days of change each zone gets
 */
export async function compareZones(part: 'all' | Part): Promise<Comparison> {
	const theirs = await ask<{ tz: string; turns: Record<string, string[]> }>({
		ask: 'zones',
		span: [firstDay, dayAfter(firstDay, weeks * 7)],
	});
	const names = Object.keys(theirs.turns).filter(isKnownHere);
	const locals: Record<string, string[]> = {};
	const from = random(part === 'all' ? 0 : part.seed);
	for (const name of names) {
		const all = Array.from({ length: weeks }, (_, week) => week);
		const turns = theirs.turns[name] ?? [];
		const chosen = part === 'all' ? all : pick(part.weeks, all, from);
		const changes = part === 'all' ? turns : pick(part.turns, turns, from);
		locals[name] = [...chosen.flatMap(timesOfWeek), ...changes.flatMap(halfHours)];
	}
	const instants = await ask<Record<string, number[]>>({ ask: 'instants', locals });
	const differing = differences(locals, instants);
	const { unequal, wrong } = await judge(differing);
	const reasonFor = reasonsBetween(theirs.tz, ourTz());
	return {
		ours: ourTz(),
		theirs: theirs.tz,
		zones: names.length,
		missing: Intl.supportedValuesOf('timeZone').filter((name) => !(name in locals)),
		compared: Object.values(locals).reduce((sum, times) => sum + times.length, 0),
		wrong,
		skipped: [...unequal].flatMap(([zone, count]) => {
			const reason = reasonFor(zone);
			return reason === undefined ? [] : [{ zone, count, reason }];
		}),
		unlisted: [...unequal.keys()].filter((zone) => reasonFor(zone) === undefined),
	};
}

/** The comparison in lines, for people. */
export function formatComparison(result: Comparison): string[] {
	const skippedTimes = result.skipped.reduce((sum, { count }) => sum + count, 0);
	return [
		`zone database: ${result.ours} here, ${result.theirs} in Python`,
		`${result.zones} zones, ${result.compared.toLocaleString('en-GB')} local times; ` +
			`equal: ${(result.compared - skippedTimes - result.wrong.length).toLocaleString('en-GB')}; ` +
			`skipped, as the law differs: ${skippedTimes} in ${result.skipped.length} zones; ` +
			`different: ${result.wrong.length}`,
		...result.skipped.map(({ zone, count, reason }) => `  skipped ${zone} (${count}): ${reason}`),
		...result.unlisted.map((zone) => `  ${zone}: the databases differ, and no reason is listed`),
		...result.missing.map((zone) => `  ${zone}: Python does not know it`),
		...result.wrong.slice(0, 20).map((line) => `  ${line}`),
	];
}

const firstDay = '2024-01-01';
const weeks = 521;

/** Tuesday at nine, and Sunday night, when most clocks change. The first day is a Monday. */
function timesOfWeek(week: number): string[] {
	const tuesday = dayAfter(firstDay, week * 7 + 1);
	const sunday = dayAfter(firstDay, week * 7 + 6);
	return [`${tuesday}T09:00`, `${sunday}T01:30`, `${sunday}T02:30`, `${sunday}T00:30`];
}

function halfHours(day: string): string[] {
	return Array.from({ length: 48 }, (_, half) => {
		const hour = String(Math.floor(half / 2)).padStart(2, '0');
		return `${day}T${hour}:${half % 2 === 0 ? '00' : '30'}`;
	});
}

function dayAfter(day: string, days: number): string {
	const date = new Date(`${day}T00:00:00Z`);
	date.setUTCDate(date.getUTCDate() + days);
	return date.toISOString().slice(0, 10);
}

function pick<T>(count: number, list: readonly T[], from: { one<U>(of: readonly U[]): U }): T[] {
	return list.length === 0 ? [] : Array.from({ length: count }, () => from.one(list));
}

function isKnownHere(zone: string): boolean {
	try {
		return new Intl.DateTimeFormat('en', { timeZone: zone }).format(0) !== '';
	} catch {
		// Python also lists names that are no zones of people, such as `localtime`.
		return false;
	}
}

function differences(
	locals: Record<string, string[]>,
	instants: Record<string, number[]>,
): Difference[] {
	return Object.entries(locals).flatMap(([zone, times]) => {
		const clock = zoneClock(zone);
		return times.flatMap((local, at) => {
			const here = clock(local).getTime() / 1000;
			const there = instants[zone]?.[at] ?? Number.NaN;
			return here === there ? [] : [{ zone, local, here, there }];
		});
	});
}

/**
 * Tells a difference of law from a fault of ours: only where the two databases give other offsets
 * at the very instants in question is it the law. Those offsets come from Intl and from Python, not
 * from the code under test.
 */
async function judge(
	found: readonly Difference[],
): Promise<{ unequal: Map<string, number>; wrong: string[] }> {
	const around = ({ here, there }: Difference) => [here - 1, here, there - 1, there];
	const instants: Record<string, number[]> = {};
	for (const difference of found) (instants[difference.zone] ??= []).push(...around(difference));
	const offsets = await ask<Record<string, number[]>>({ ask: 'offsets', instants });
	const unequal = new Map<string, number>();
	const wrong: string[] = [];
	for (const difference of found) {
		const { zone, local, here, there } = difference;
		const theirs = offsets[zone]?.splice(0, 4) ?? [];
		const isLaw = around(difference).some((at, index) => offsetHere(at, zone) !== theirs[index]);
		if (isLaw) unequal.set(zone, (unequal.get(zone) ?? 0) + 1);
		else wrong.push(`${zone} ${local}: ${said(here)}, Python says ${said(there)}`);
	}
	return { unequal, wrong };
}

function offsetHere(seconds: number, zone: string): number {
	const name = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' })
		.formatToParts(seconds * 1000)
		.find(({ type }) => type === 'timeZoneName')?.value;
	const match = /^GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(name ?? '');
	if (!match) throw new Error(`"${name}" is no offset.`);
	const [, sign, hours = 0, minutes = 0, rest = 0] = match;
	const size = Number(hours) * 3600 + Number(minutes) * 60 + Number(rest);
	return sign === '-' ? -size : size;
}

function said(seconds: number): string {
	return Number.isNaN(seconds) ? 'nothing' : new Date(seconds * 1000).toISOString();
}

function ourTz(): string {
	return process.versions['tz'] ?? 'unknown';
}

/** Asks the oracle, in one process for all zones. */
function ask<T>(question: object): Promise<T> {
	return new Promise((done, fail) => {
		const child = spawn('python3', [join(root, 'scripts/bench/zones.py')], {
			env: { PATH: '/usr/bin:/bin' },
			stdio: ['pipe', 'pipe', 'inherit'],
		});
		const chunks: Buffer[] = [];
		child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
		child.once('error', fail);
		child.once('close', (code) => {
			if (code !== 0) fail(new Error(`The oracle failed (${code}).`));
			// Our own script wrote it.
			else done(JSON.parse(Buffer.concat(chunks).toString('utf8')) as T);
		});
		child.stdin.end(JSON.stringify(question));
	});
}

export interface Part {
	seed: number;
	/** Weeks of each zone. */
	weeks: number;
	/** Days on which clocks change, of each zone that has them. */
	turns: number;
}

export interface Comparison {
	/** Versions of the zone database. */
	ours: string;
	theirs: string;
	/** Zones both know, under all their names. */
	zones: number;
	/** Zones that only the runtime knows. */
	missing: string[];
	/** Local times. */
	compared: number;
	/** Differences that no difference of law explains. */
	wrong: string[];
	skipped: { zone: string; count: number; reason: string }[];
	/** Zones whose law differs between the databases for no listed reason. */
	unlisted: string[];
}

interface Difference {
	zone: string;
	local: string;
	/** Seconds since 1970. */
	here: number;
	there: number;
}
