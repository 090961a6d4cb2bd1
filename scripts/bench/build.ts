/**
 * What a build costs, beside what Astro's own way costs on the same files: `npm run bench -- build`.
 * The two are built in turn, so that whatever else the machine does meets both.
 */
import {
	appendFileSync,
	existsSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { environment } from '#/environment.ts';
import { UserError } from '#/user-error.ts';
import { astroBin, root } from '../astro.ts';
import { print, stateNames, states, summarise } from './build-report.ts';
import type { Report, State } from './build-report.ts';
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
		if (tip === undefined)
			throw new UserError(
				'A corpus without a tip cannot be measured.',
				'Ask for one entry or more.',
			);
		const contestants = contestantsIn(scratch, contentDir);
		const loadBefore = loadavg()[0] ?? 0;
		for (let run = 1; run <= runs; run++) {
			for (const contestant of contestants) {
				await measureStates(
					contestant,
					join(contentDir, tip),
					`${entries} entries, run ${run} of ${runs}`,
				);
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
			contestants: contestants.map(({ name, workshop, measured }) =>
				summarise(name, siteIn(workshop), measured),
			),
		};
	} finally {
		rmSync(scratch, { recursive: true, force: true });
	}
}

function contestantsIn(scratch: string, contentDir: string): Contestant[] {
	const env = { TANDEM_CONTENT: contentDir, TANDEM_NOW: '2026-11-24T08:00:00Z', SITE: 'playbook' };
	const ours = (name: string, added: Record<string, string>): Contestant => {
		const workshop = openWorkshop(join(scratch, name.replaceAll(' ', '-')));
		const own = {
			TANDEM_OUT: workshop.outDir,
			TANDEM_CACHE: workshop.cacheDir,
			TANDEM_RECEIPTS: '',
		};
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
			if (state === 'edit')
				appendFileSync(tip, `\nOne more line, written by ${name.split(' ')[0]}.\n`);
			const result = await measure([astroBin, 'build'], env, workshop.folder);
			measured[state].push(result);
			console.error(`${label}: ${name}, ${stateNames[state]}: ${result.seconds.toFixed(1)} s`);
		}
	} finally {
		writeFileSync(tip, before);
	}
}

function siteIn({ outDir }: Workshop): string {
	const playbook = join(outDir, 'playbook');
	return existsSync(playbook) ? playbook : outDir;
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
	throw new UserError(
		`${flag} is "${text}".`,
		'Give a whole number of 1 or more. Nothing was built.',
	);
}

function emptyStates(): Record<State, Measured[]> {
	return { cold: [], warm: [], edit: [] };
}

interface Contestant {
	name: string;
	workshop: Workshop;
	env: Record<string, string>;
	measured: Record<State, Measured[]>;
}
