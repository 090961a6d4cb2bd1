/** What the benchmark of builds found out, and how it is printed. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Measured } from './measure.ts';

/** Puts the measurements of one contestant together with what it built. */
export function summarise(
	name: string,
	siteDir: string,
	measured: Record<State, Measured[]>,
): Summary {
	const pages = readdirSync(siteDir, { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.html'))
		.map((file) => statSync(join(siteDir, file)).size);
	const figures = (state: State): Figures => {
		const of = (values: (number | undefined)[]): number | undefined => {
			const known = values.filter((value) => value !== undefined);
			return known.length > 0 ? median(known) : undefined;
		};
		const seconds = measured[state].map((one) => one.seconds);
		return {
			seconds: median(seconds),
			fastest: Math.min(...seconds),
			cpuSeconds: of(measured[state].map((one) => one.cpuSeconds)),
			peakMb: of(measured[state].map((one) => one.peakMb)),
		};
	};
	return {
		name,
		hasSearch: existsSync(join(siteDir, 'pagefind')),
		pages: pages.length,
		bytesPerPage: Math.round(pages.reduce((sum, bytes) => sum + bytes, 0) / pages.length),
		medianPageBytes: median(pages),
		cold: figures('cold'),
		warm: figures('warm'),
		edit: figures('edit'),
	};
}

/** Prints a report: a line for each build, then the pages, then the ratios. */
export function print(report: Report): void {
	const { entries, runs, seed, date, machine, load, versions: used, contestants } = report;
	console.log(`\n${entries} entries, seed ${seed}, ${runs} runs, ${date}`);
	console.log(`${machine}; load ${load.map((value) => value.toFixed(1)).join(' before, ')} after`);
	console.log(
		Object.entries(used)
			.map(([name, version]) => `${name} ${version}`)
			.join(', '),
	);
	console.log(row(['', '', 'median s', 'min s', 'cpu s', 'peak MB']));
	for (const contestant of contestants) {
		for (const state of states) {
			const { seconds, fastest, cpuSeconds, peakMb } = contestant[state];
			console.log(
				row([
					contestant.name,
					stateNames[state],
					seconds.toFixed(1),
					fastest.toFixed(1),
					cpuSeconds?.toFixed(1) ?? '-',
					peakMb?.toFixed(0) ?? '-',
				]),
			);
		}
	}
	for (const { name, hasSearch, pages, bytesPerPage, medianPageBytes } of contestants) {
		console.log(
			`${name}: ${pages} pages, ${bytesPerPage} bytes a page, ${medianPageBytes} in the middle one${hasSearch ? ', with a search index' : ''}`,
		);
	}
	const [ours, rival] = contestants;
	if (!ours || !rival) return;
	for (const state of states) {
		const times = (a: number | undefined, b: number | undefined): string =>
			a === undefined || b === undefined ? '-' : (a / b).toFixed(2);
		console.log(
			`${rival.name} / ${ours.name}, ${stateNames[state]}: ${times(rival[state].seconds, ours[state].seconds)} (median), ${times(rival[state].fastest, ours[state].fastest)} (minimum), ${times(rival[state].cpuSeconds, ours[state].cpuSeconds)} (processor time)`,
		);
	}
}

function row([name = '', state = '', ...numbers]: readonly string[]): string {
	return [name.padEnd(20), state.padEnd(10), ...numbers.map((cell) => cell.padStart(9))].join('');
}

function median(values: readonly number[]): number {
	const sorted = values.toSorted((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	const upper = sorted[middle] ?? Number.NaN;
	return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

export const states = ['cold', 'warm', 'edit'] as const;
export const stateNames = { cold: 'first', warm: 'unchanged', edit: 'one edit' } as const;

export type State = (typeof states)[number];

interface Figures {
	/** The median on the clock. */
	seconds: number;
	fastest: number;
	cpuSeconds: number | undefined;
	peakMb: number | undefined;
}

interface Summary extends Record<State, Figures> {
	name: string;
	hasSearch: boolean;
	pages: number;
	bytesPerPage: number;
	medianPageBytes: number;
}

export interface Report {
	entries: number;
	runs: number;
	seed: number;
	/** Of the run, `2026-11-24`. */
	date: string;
	machine: string;
	/** Of the last minute, before and after. */
	load: number[];
	versions: Record<string, string>;
	contestants: Summary[];
}
