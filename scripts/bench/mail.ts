/**
 * What a letter weighs and what it takes to make one, beside react-email and MJML on the same
 * content. The contestants take turns, so that whatever else the machine does meets all of them.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { compileIssue } from '#/email/compile.ts';
import { letterHtml } from '#/email/html.ts';
import { letterOf } from '#/email/letter.ts';
import type { Letter } from '#/email/letter.ts';
import { letterText } from '#/email/text.ts';
import { environment } from '#/environment.ts';
import { all } from '#/library/entries.ts';
import { issueId } from '#/library/entry.ts';
import { openShelf, readShelf } from '#/library/shelf.ts';
import { UserError } from '#/user-error.ts';
import { root, runNode } from '../astro.ts';
import { articleOf } from './mail/article.ts';
import type { Content } from './mail/article.ts';
import { openMjml } from './mail/mjml.ts';
import { openReactEmail } from './mail/react-email.ts';
import { ensureRivals, wanted } from './mail/rivals.ts';

/**
 * Prints sizes and times. It judges the sizes alone: over 90 KB the exit code is 1.
 * @throws UserError where no issue is ready, or the other renderers cannot be installed
 */
export async function mail(words: string[]): Promise<void> {
	const { values } = parseArgs({
		args: words,
		options: {
			runs: { type: 'string', default: '200' },
			alone: { type: 'boolean', default: false },
			inside: { type: 'boolean', default: false },
		},
	});
	if (!values.inside) {
		// React is several times slower unless it is told when it is loaded that this is no development.
		const args = [join(root, 'scripts/bench.ts'), 'mail', ...words, '--inside'];
		const { code } = await runNode(args, { NODE_ENV: 'production' }, (line) => console.log(line));
		process.exitCode = code;
		return;
	}
	const runs = Number(values.runs);
	if (!Number.isInteger(runs) || runs < 3) {
		throw new UserError(`--runs is "${values.runs}".`, 'Give a whole number of 3 or more.');
	}
	const samples = await samplesOf();
	if (samples.length === 0) throw new UserError('No issue is ready.', 'Set one to status: ready.');
	printSizes(samples);

	const folder = values.alone ? undefined : await ensureRivals(environment().cacheDir);
	const contestants = await contestantsIn(folder);
	for (const contestant of contestants) await refuseLosses(contestant, samples);
	const before = loadavg()[0] ?? 0;
	const times = await race(contestants, samples, runs);
	const cold = coldTimes(folder, samples);
	printTimes(contestants, times, cold);
	const machine = `${cpus()[0]?.model.trim() ?? 'unknown'}, ${availableParallelism()} cores`;
	console.log(
		`\n${new Date().toISOString().slice(0, 10)}, ${runs} runs of ${samples.length} issues`,
	);
	console.log(
		`${machine}; load ${before.toFixed(1)} before, ${(loadavg()[0] ?? 0).toFixed(1)} after`,
	);
	console.log(
		`node ${process.versions.node}, satteri ${ownVersion('satteri')}, ${JSON.stringify(wanted)}`,
	);
}

async function samplesOf(): Promise<Sample[]> {
	const { contentDir, now } = environment();
	const shelf = await readShelf({ contentDir, audience: 'public', now });
	return shelf.entries.flatMap((entry): Sample[] => {
		if (entry.kind !== 'issue' || entry.data.status !== 'ready') return [];
		const day = new Date(`${entry.data.sendOn}T12:00:00Z`);
		const { library } = openShelf(shelf, { contentDir, audience: 'public', now: day });
		const issue = all(library, 'issue').find(({ slug }) => slug === entry.slug);
		if (!issue) throw new UserError(`${entry.file} is not public on its own day.`);
		const { html, bytes, subject, preheader } = compileIssue(library, issue);
		const { locale } = library.settings;
		return [
			{
				id: issueId(issue.data.number),
				bytes,
				letter: letterOf(library, issue),
				content: { subject, preheader, locale, article: articleOf(html) },
				compile: () => compileIssue(library, issue),
			},
		];
	});
}

function printSizes(samples: readonly Sample[]): void {
	console.log('issue   HTML bytes   text bytes   (warning at 60 KB, error at 90 KB)');
	for (const { id, bytes } of samples) {
		const mark = bytes.html > 90_000 ? '  TOO BIG' : bytes.html > 60_000 ? '  large' : '';
		if (bytes.html > 90_000) process.exitCode = 1;
		console.log(
			`${id}   ${String(bytes.html).padStart(10)}   ${String(bytes.text).padStart(10)}${mark}`,
		);
	}
}

async function contestantsIn(folder: string | undefined): Promise<Contestant[]> {
	const ours: Contestant[] = [
		{ name: 'tandem, HTML', run: ({ letter }) => letterHtml(letter) },
		{ name: 'tandem, HTML and text', run: ({ letter }) => letterHtml(letter) + letterText(letter) },
		{ name: 'tandem, from the files', run: ({ compile }) => compile().html },
	];
	if (folder === undefined) return ours;
	const react = await openReactEmail(folder);
	const mjml = await openMjml(folder);
	return [
		...ours,
		{ name: 'react-email, HTML', run: ({ content }) => react.html(content) },
		{
			name: 'react-email, HTML and text',
			run: async ({ content }) => {
				const html = await react.html(content);
				return html + react.text(html);
			},
		},
		{ name: 'mjml, HTML', run: ({ content }) => mjml(content) },
	];
}

/** A renderer that leaves words out is not compared with. */
async function refuseLosses(contestant: Contestant, samples: readonly Sample[]): Promise<void> {
	for (const sample of samples) {
		const found = new Set(wordsOf(await contestant.run(sample)));
		const lost = wordsOf(letterHtml(sample.letter)).filter((word) => !found.has(word));
		if (lost.length > 0) throw new Error(`${contestant.name} loses ${lost.slice(0, 9).join(' ')}.`);
	}
}

function wordsOf(html: string): string[] {
	const text = html
		.replaceAll(/<(style|head)\b[^]*?<\/\1>|<!--[^]*?-->|<div[^>]*display:none[^]*?<\/div>/g, ' ')
		.replaceAll(/<[^>]*>/g, ' ');
	return [...text.matchAll(/\p{L}{2,}/gu)].map(([word]) => word.toLowerCase());
}

async function race(
	contestants: readonly Contestant[],
	samples: readonly Sample[],
	runs: number,
): Promise<Map<Contestant, Timing>> {
	const times = new Map(contestants.map((one) => [one, { all: [] as number[], bytes: 0 }]));
	// The first tenth warms every contestant up and does not count.
	const warmUp = Math.ceil(runs / 10);
	for (let run = -warmUp; run < runs; run++) {
		if (run % 50 === 0) console.error(`Run ${run} of ${runs}`);
		for (const sample of samples) {
			for (const contestant of contestants) {
				const start = performance.now();
				const output = await contestant.run(sample);
				const time = performance.now() - start;
				const timing = times.get(contestant);
				if (!timing || run < 0) continue;
				timing.all.push(time);
				if (run === 0) timing.bytes += Buffer.byteLength(output);
			}
		}
	}
	return times;
}

/** Milliseconds to load a renderer and make one letter, each in five processes of its own. */
function coldTimes(folder: string | undefined, samples: readonly Sample[]): Record<string, number> {
	const scratch = mkdtempSync(join(tmpdir(), 'tandem-bench-'));
	try {
		const file = join(scratch, 'content.json');
		writeFileSync(file, JSON.stringify(samples[0]?.content));
		const names = folder === undefined ? ['tandem'] : ['tandem', 'react-email', 'mjml'];
		return Object.fromEntries(
			names.map((name) => {
				console.error(`Cold start of ${name}`);
				const times = Array.from({ length: 5 }, () =>
					Number(
						execFileSync(
							process.execPath,
							[fileURLToPath(import.meta.resolve('./mail/cold.ts')), name, folder ?? '', file],
							{ encoding: 'utf8', timeout: 60_000, cwd: root },
						),
					),
				);
				return [name, median(times)];
			}),
		);
	} finally {
		rmSync(scratch, { recursive: true, force: true });
	}
}

function printTimes(
	contestants: readonly Contestant[],
	times: ReadonlyMap<Contestant, Timing>,
	cold: Record<string, number>,
): void {
	const warm = (name: string): number =>
		median(contestants.flatMap((one) => (one.name === name ? (times.get(one)?.all ?? []) : [])));
	console.log(
		`\n${'warm'.padEnd(28)}${'median ms'.padStart(10)}${'minimum'.padStart(10)}${'bytes'.padStart(10)}`,
	);
	for (const contestant of contestants) {
		const { all: list, bytes } = times.get(contestant) ?? { all: [], bytes: 0 };
		const cells = [median(list).toFixed(2), Math.min(...list).toFixed(2), String(bytes)];
		console.log(contestant.name.padEnd(28) + cells.map((cell) => cell.padStart(10)).join(''));
	}
	console.log('\ncold: loading it and the first letter');
	for (const [name, ms] of Object.entries(cold))
		console.log(`${name.padEnd(28)}${ms.toFixed(0).padStart(10)}`);
	if (!('mjml' in cold)) return;
	const ratio = (one: number, other: number): string => `${(one / other).toFixed(1)} times`;
	const ours = warm('tandem, HTML');
	const both = warm('tandem, HTML and text');
	console.log(`\nreact-email / tandem, HTML: ${ratio(warm('react-email, HTML'), ours)}`);
	console.log(
		`react-email / tandem, HTML and text: ${ratio(warm('react-email, HTML and text'), both)}`,
	);
	console.log(`mjml / tandem, HTML: ${ratio(warm('mjml, HTML'), ours)}`);
	for (const name of ['react-email', 'mjml']) {
		console.log(
			`${name} / tandem, cold: ${ratio(cold[name] ?? Number.NaN, cold['tandem'] ?? Number.NaN)}`,
		);
	}
}

function ownVersion(name: string): string {
	const manifest = readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8');
	// A package's manifest has a version.
	return (JSON.parse(manifest) as { version: string }).version;
}

function median(values: readonly number[]): number {
	const sorted = values.toSorted((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	const upper = sorted[middle] ?? Number.NaN;
	return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

interface Sample {
	id: string;
	bytes: { html: number; text: number };
	/** Looked up, for our renderer. */
	letter: Letter;
	/** The same, for the others. */
	content: Content;
	/** From its files to the message. */
	compile(): { html: string };
}

interface Contestant {
	name: string;
	/** Makes one letter. */
	run(sample: Sample): string | Promise<string>;
}

interface Timing {
	/** Milliseconds of every run. */
	all: number[];
	/** Of all issues together. */
	bytes: number;
}
