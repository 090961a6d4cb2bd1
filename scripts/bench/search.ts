/**
 * How well search finds what people mean, asked of the real page in a real browser: the very code
 * and index that staff use, over queries made from the content and over a list of one's own.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import type { Page } from 'playwright-core';
import { environment } from '#/environment.ts';
import { find, pathOf } from '#/library/entries.ts';
import { openContent } from '#/library/shelf.ts';
import { UserError } from '#/user-error.ts';
import { catalogueFile } from '#/web/search/catalogue.ts';
import type { Catalogue } from '#/web/search/catalogue.ts';
import type { TandemSearch } from '#/web/search/element.ts';
import { astroBin, runNode } from '../astro.ts';
import { generateQueries, nonsense, readQueries } from './query-sets.ts';
import type { QuerySet } from './query-sets.ts';
import { serveSite } from './site-server.ts';

/**
 * Prints a line of figures for each set of queries, then names each miss. The exit code is 1 where
 * the query list finds less than nine in ten among the first three.
 * @throws UserError where the site, the list or the browser cannot be had
 */
export async function search(words: string[]): Promise<void> {
	const { values } = parseArgs({
		args: words,
		options: {
			queries: { type: 'string' },
			site: { type: 'string' },
			chromium: { type: 'string', default: '/usr/bin/chromium' },
		},
	});
	const scratch = mkdtempSync(join(tmpdir(), 'tandem-bench-'));
	try {
		const siteDir = values.site === undefined ? await buildSite(scratch) : resolve(values.site);
		const catalogue = readCatalogue(siteDir);
		const list = values.queries === undefined ? [] : [await readList(values.queries)];
		const sets = [...list, ...generateQueries(catalogue)].filter(
			({ queries }) => queries.length > 0,
		);
		const asked = await askAll(siteDir, values.chromium, scratch, sets);
		print(catalogue, asked);
		const [first] = asked.sets;
		if (list.length > 0 && first && first.success3 < 0.9) process.exitCode = 1;
	} finally {
		rmSync(scratch, { recursive: true, force: true });
	}
}

async function buildSite(scratch: string): Promise<string> {
	console.error('Building the playbook …');
	const { code, output } = await runNode([astroBin, 'build'], {
		SITE: 'playbook',
		TANDEM_OUT: scratch,
		TANDEM_CACHE: join(scratch, 'cache'),
	});
	if (code !== 0) throw new UserError(output, 'The playbook was not built, so nothing was asked.');
	return join(scratch, 'playbook');
}

function readCatalogue(siteDir: string): Catalogue {
	try {
		// Our own build wrote it.
		return JSON.parse(readFileSync(join(siteDir, 'pagefind', catalogueFile), 'utf8')) as Catalogue;
	} catch (cause) {
		throw new UserError(
			`${siteDir} has no search index.`,
			'Name a folder with a built playbook, or leave --site out to build one.',
			{ cause },
		);
	}
}

async function readList(file: string): Promise<QuerySet> {
	const { contentDir, receiptsDir, now } = environment();
	const { library } = await openContent({ contentDir, receiptsDir, now, audience: 'staff' });
	let source: string;
	try {
		source = readFileSync(file, 'utf8');
	} catch (cause) {
		throw new UserError(`${file} cannot be read.`, 'Name a file of queries.', { cause });
	}
	return readQueries(source, file, (ref) => {
		if (ref === 'promo') return '/promos/';
		const entry = find(library, ref);
		// A page that is not there is never found: the line counts as a miss and is named.
		return (entry && pathOf(library, entry)) ?? `(no ${ref})`;
	});
}

async function askAll(
	siteDir: string,
	executablePath: string,
	scratch: string,
	sets: readonly QuerySet[],
): Promise<Asked> {
	const server = await serveSite(siteDir);
	const browser = await chromium.launchPersistentContext(join(scratch, 'browser'), {
		executablePath,
		args: browserFlags,
	});
	try {
		const page = await browser.newPage();
		const received: { path: string; bytes: Promise<number> }[] = [];
		page.on('requestfinished', (request) => {
			received.push({
				path: new URL(request.url()).pathname,
				bytes: request.sizes().then(({ responseBodySize }) => responseBodySize),
			});
		});
		await page.goto(`${server.origin}/search/`, { waitUntil: 'networkidle' });
		const before = received.length;
		await ask(page, [sets[0]?.queries[0]?.phrase ?? 'lead']);
		await page.waitForLoadState('networkidle');
		const used = received.slice(before);
		const sizes = await Promise.all(used.map(({ bytes }) => bytes));
		const reports: SetReport[] = [];
		for (const set of sets) {
			console.error(`Asking ${set.queries.length} queries: ${set.name} …`);
			reports.push(
				reportOn(
					set,
					await ask(
						page,
						set.queries.map(({ phrase }) => phrase),
					),
				),
			);
		}
		const strings = nonsense(100);
		const answers = await ask(page, strings);
		return {
			sets: reports,
			searchRequestsBefore: received
				.slice(0, before)
				.filter(({ path }) => path.startsWith('/pagefind/') || path.includes('engine')).length,
			firstBytes: sizes.reduce((sum, size) => sum + size, 0),
			firstRequests: used.length,
			falseMatches: strings.filter((_, index) => {
				const answer = answers[index];
				return answer && answer.paths.length > 0 && !answer.isGuess;
			}),
		};
	} finally {
		await browser.close();
		await server.close();
	}
}

const browserFlags = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	'--no-first-run',
];

async function ask(page: Page, phrases: readonly string[]): Promise<PageAnswer[]> {
	return page.evaluate(async (asked) => {
		await customElements.whenDefined('tandem-search');
		// The search page holds exactly this element.
		const element = document.querySelector('tandem-search') as TandemSearch;
		const answers: PageAnswer[] = [];
		for (const phrase of asked) {
			const { results, isGuess } = await element.ask(phrase);
			answers.push({ paths: results.slice(0, 10).map(({ page: found }) => found.path), isGuess });
		}
		return answers;
	}, phrases);
}

function reportOn(set: QuerySet, answers: readonly PageAnswer[]): SetReport {
	const places = set.queries.map(({ wanted }, index) => {
		const place = answers[index]?.paths.findIndex((path) => wanted.includes(path)) ?? -1;
		return place < 0 ? Infinity : place + 1;
	});
	const share = (holds: (place: number, index: number) => boolean): number =>
		places.filter(holds).length / places.length;
	return {
		set,
		success1: share((place) => place === 1),
		success3: share((place) => place <= 3),
		success5: share((place) => place <= 5),
		reciprocal: places.reduce((sum, place) => sum + 1 / place, 0) / places.length,
		empty: share((_, index) => answers[index]?.paths.length === 0),
		misses: set.queries.flatMap(({ phrase, label }, index) => {
			const place = places[index] ?? Infinity;
			if (place <= set.within) return [];
			const first = answers[index]?.paths.slice(0, 3).join(' ') || 'nothing';
			return [
				`${phrase}\t${label}\t${place === Infinity ? 'not in ten' : `place ${place}`}\t${first}`,
			];
		}),
	};
}

function print(catalogue: Catalogue, asked: Asked): void {
	console.log(`${catalogue.pages.length} pages`);
	console.log(row(['queries', 'n', '@1 %', '@3 %', '@5 %', 'MRR', 'empty %']));
	for (const { set, success1, success3, success5, reciprocal, empty } of asked.sets) {
		const shares = [success1, success3, success5].map((value) => (100 * value).toFixed(1));
		console.log(
			row([
				set.name,
				`${set.queries.length}`,
				...shares,
				reciprocal.toFixed(3),
				(100 * empty).toFixed(1),
			]),
		);
	}
	for (const { set, misses } of asked.sets) {
		if (misses.length === 0) continue;
		console.log(`\n${set.name}: ${misses.length} not among the first ${set.within}`);
		for (const miss of misses) console.log(`  ${miss}`);
	}
	console.log(`\nnonsense shown as a match: ${asked.falseMatches.length} of 100`);
	for (const phrase of asked.falseMatches) console.log(`  ${phrase}`);
	console.log(`before intent: ${asked.searchRequestsBefore} requests for search`);
	console.log(
		`first query: ${(asked.firstBytes / 1000).toFixed(1)} kB in ${asked.firstRequests} requests`,
	);
}

function row(cells: readonly string[]): string {
	return cells.map((cell, index) => (index === 0 ? cell.padEnd(18) : cell.padStart(8))).join('');
}

interface PageAnswer {
	paths: string[];
	isGuess: boolean;
}

interface SetReport {
	set: QuerySet;
	success1: number;
	success3: number;
	success5: number;
	/** Mean reciprocal rank. */
	reciprocal: number;
	/** Share of queries without any result. */
	empty: number;
	misses: string[];
}

interface Asked {
	sets: SetReport[];
	searchRequestsBefore: number;
	firstBytes: number;
	firstRequests: number;
	/** Strings without meaning for which a page was shown as a match. */
	falseMatches: string[];
}
