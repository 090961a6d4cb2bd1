/**
 * What a build costs, beside what Astro's own way costs on the same files: `npm run bench -- build`.
 * The two are built in turn, so that whatever else the machine does meets both.
 */
import { appendFileSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { environment } from '#/environment.ts';
import { UserError } from '#/user-error.ts';
import { astroBin, root } from '../astro.ts';
import { writeCorpus } from './corpus.ts';
import { measure } from './measure.ts';
import type { Measured } from './measure.ts';
import { openRival } from './rival.ts';
import { openWorkshop } from './workshop.ts';
import type { Workshop } from './workshop.ts';

/**
 * Builds made-up corpora and prints what each build took: a first build, one with nothing changed,
 * one with the body of one tip changed. It judges nothing: times are not for tests.
 * @throws UserError for a number that is none
 */
export async function build(words: string[]): Promise<void> {
	const { values } = parseArgs({
		args: words,
		options: {
			entries: { type: 'string', default: '1000' },
			runs: { type: 'string', default: '3' },
			seed: { type: 'string', default: '1' },
			json: { type: 'boolean', default: false },
		},
	});
	const runs = whole('--runs', values.runs);
	const seed = whole('--seed', values.seed);
	const reports: Report[] = [];
	for (const count of values.entries.split(',').map((text) => whole('--entries', text))) {
		reports.push(await benchmark(count, runs, seed));
	}
	if (values.json) console.log(JSON.stringify(reports, null, '\t'));
	else for (const report of reports) print(report);
}

async function benchmark(entries: number, runs: number, seed: number): Promise<Report> {
	const scratch = mkdtempSync(join(tmpdir(), 'tandem-bench-'));
	try {
		const contentDir = join(scratch, 'content');
		const settings = readFileSync(join(environment().contentDir, 'settings.yaml'), 'utf8');
		const corpus = writeCorpus(contentDir, entries, settings, seed);
		const tip = corpus.files.find((file) => file.startsWith('tips/'));
		if (tip === undefined) throw new UserError('A corpus without a tip cannot be measured.', 'Ask for one entry or more.');
		const contestants = contestantsIn(scratch, contentDir);
		const loadBefore = loadavg()[0] ?? 0;
		for (let run = 1; run <= runs; run++) {
			for (const contestant of contestants) {
				await measureStates(contestant, join(contentDir, tip), `${entries} entries, run ${run} of ${runs}`);
			}
		}
		return {
			entries,
			runs,
			seed,
			date: new Date().toISOString().slice(0, 10),
			machine: `${cpus()[0]?.model.trim() ?? 'unknown'}, ${availableParallelism()} cores`,
			load: [loadBefore, loadavg()[0] ?? 0],
			versions: versions(),
			contestants: contestants.map(summarise),
		};
	} finally {
		rmSync(scratch, { recursive: true, force: true });
	}
}

function contestantsIn(scratch: string, contentDir: string): Contestant[] {
	const env = { TANDEM_CONTENT: contentDir, TANDEM_NOW: '2026-11-24T08:00:00Z', SITE: 'playbook' };
	const ours = (name: string, added: Record<string, string>): Contestant => {
		const workshop = openWorkshop(join(scratch, name.replaceAll(' ', '-')));
		const own = { TANDEM_OUT: workshop.outDir, TANDEM_CACHE: workshop.cacheDir };
		return { name, workshop, env: { ...env, ...own, ...added }, measured: emptyStates() };
	};
	return [
		ours('tandem', { TANDEM_SEARCH: 'off' }),
		{
			name: 'astro mdx',
			workshop: openRival(join(scratch, 'rival'), contentDir),
			env: {},
			measured: emptyStates(),
		},
		ours('tandem with search', {}),
	];
}

async function measureStates(contestant: Contestant, tip: string, label: string): Promise<void> {
	const { name, workshop, env, measured } = contestant;
	const before = readFileSync(tip, 'utf8');
	workshop.empty();
	try {
		for (const state of states) {
			if (state === 'edit') appendFileSync(tip, `\nOne more line, written by ${name.split(' ')[0]}.\n`);
			const result = await measure([astroBin, 'build'], env, workshop.folder);
			measured[state].push(result);
			console.error(`${label}: ${name}, ${stateNames[state]}: ${result.seconds.toFixed(1)} s`);
		}
	} finally {
		writeFileSync(tip, before);
	}
}

function summarise({ name, workshop, measured }: Contestant): Summary {
	const site = existsSync(join(workshop.outDir, 'playbook'))
		? join(workshop.outDir, 'playbook')
		: workshop.outDir;
	const pages = readdirSync(site, { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.html'))
		.map((file) => statSync(join(site, file)).size);
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
		hasSearch: existsSync(join(site, 'pagefind')),
		pages: pages.length,
		bytesPerPage: Math.round(pages.reduce((sum, bytes) => sum + bytes, 0) / pages.length),
		medianPageBytes: median(pages),
		cold: figures('cold'),
		warm: figures('warm'),
		edit: figures('edit'),
	};
}

function print(report: Report): void {
	const { entries, runs, seed, date, machine, load, versions: used, contestants } = report;
	console.log(`\n${entries} entries, seed ${seed}, ${runs} runs, ${date}`);
	console.log(`${machine}; load ${load.map((value) => value.toFixed(1)).join(' before, ')} after`);
	console.log(Object.entries(used).map(([name, version]) => `${name} ${version}`).join(', '));
	console.log(row(['', '', 'median s', 'min s', 'cpu s', 'peak MB']));
	for (const contestant of contestants) {
		for (const state of states) {
			const { seconds, fastest, cpuSeconds, peakMb } = contestant[state];
			console.log(
				row([contestant.name, stateNames[state], seconds.toFixed(1), fastest.toFixed(1), cpuSeconds?.toFixed(1) ?? '-', peakMb?.toFixed(0) ?? '-']),
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

function versions(): Record<string, string> {
	const named = ['astro', '@astrojs/mdx', 'satteri', 'pagefind'].map((name) => {
		const manifest = join(root, 'node_modules', name, 'package.json');
		// A package's manifest has a version.
		const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
		return [name, version] as const;
	});
	return { node: process.versions.node, ...Object.fromEntries(named) };
}

function whole(flag: string, text: string): number {
	const number = Number(text);
	if (Number.isInteger(number) && number >= 1) return number;
	throw new UserError(`${flag} is "${text}".`, 'Give a whole number of 1 or more. Nothing was built.');
}

function median(values: readonly number[]): number {
	const sorted = values.toSorted((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	const upper = sorted[middle] ?? Number.NaN;
	return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

function emptyStates(): Record<State, Measured[]> {
	return { cold: [], warm: [], edit: [] };
}

const states = ['cold', 'warm', 'edit'] as const;
const stateNames = { cold: 'first', warm: 'unchanged', edit: 'one edit' } as const;

type State = (typeof states)[number];

interface Contestant {
	name: string;
	workshop: Workshop;
	env: Record<string, string>;
	measured: Record<State, Measured[]>;
}

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

interface Report {
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
