/**
 * How well search finds what people mean, asked of the real page in a real browser: the very code
 * and index that staff use, over queries made from the content and over a list of one's own.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { environment } from '#/environment.ts';
import { UserError } from '#/user-error.ts';
import { astroBin, runNode } from '../astro.ts';
import { browserFlags } from '../test/browser.ts';
import { writeCorpus } from './corpus.ts';
import { generateQueries } from './query-sets.ts';
import type { QuerySet } from './query-sets.ts';
import { firstQuery, latency } from './search/asking.ts';
import { boundsOf } from './search/bounds.ts';
import { askGolden, readCatalogue, readList } from './search/golden.ts';
import { tableOf } from './search/report.ts';
import type { SetReport } from './search/report.ts';
import { serveSite } from './site-server.ts';

/**
 * Prints figures for each set of queries and holds them against goals P1 to P4. The exit code is 1
 * where one is missed.
 * @throws UserError where the site, the list or the browser cannot be had
 */
export async function search(words: string[]): Promise<void> {
	const { values } = parseArgs({
		args: words,
		options: {
			entries: { type: 'string' },
			queries: { type: 'string' },
			site: { type: 'string' },
			most: { type: 'string', default: '1500' },
			misses: { type: 'boolean', default: false },
			latency: { type: 'boolean', default: false },
			chromium: { type: 'string', default: '/usr/bin/chromium' },
		},
	});
	const scratch = mkdtempSync(join(tmpdir(), 'tandem-bench-'));
	try {
		const siteDir =
			values.site === undefined
				? await buildSite(
						scratch,
						values.entries === undefined ? undefined : numberOf('entries', values.entries),
					)
				: resolve(values.site);
		const list =
			values.queries === undefined
				? []
				: [await readList(values.queries, environment().contentDir)];
		const isKept = await measure({
			siteDir,
			list,
			most: numberOf('most', values.most),
			scratch,
			executablePath: values.chromium,
			hasMisses: values.misses,
			hasLatency: values.latency,
		});
		if (!isKept) process.exitCode = 1;
	} finally {
		rmSync(scratch, { recursive: true, force: true });
	}
}

function numberOf(flag: string, text: string): number {
	const number = Number(text);
	if (Number.isInteger(number) && number >= 20) return number;
	throw new UserError(`--${flag} is "${text}".`, 'Write a whole number, 20 or more.');
}

async function buildSite(scratch: string, entries: number | undefined): Promise<string> {
	console.error('Building the playbook …');
	const { contentDir } = environment();
	const content = join(scratch, 'content');
	if (entries !== undefined) {
		writeCorpus(content, entries, readFileSync(join(contentDir, 'settings.yaml'), 'utf8'));
	}
	const { code, output } = await runNode([astroBin, 'build'], {
		SITE: 'playbook',
		TANDEM_OUT: scratch,
		TANDEM_CACHE: join(scratch, 'cache'),
		...(entries !== undefined && { TANDEM_CONTENT: content }),
	});
	if (code !== 0) throw new UserError(output, 'The playbook was not built, so nothing was asked.');
	return join(scratch, 'playbook');
}

async function measure(order: Order): Promise<boolean> {
	const { catalogue, catalogueBytes } = readCatalogue(order.siteDir);
	const sets = [...order.list, ...generateQueries(catalogue, order.most)].filter(
		({ queries }) => queries.length > 0,
	);
	const server = await serveSite(order.siteDir);
	const browser = await chromium.launchPersistentContext(join(order.scratch, 'browser'), {
		executablePath: order.executablePath,
		args: browserFlags,
	});
	try {
		const page = await browser.newPage();
		const first = await firstQuery(page, `${server.origin}/search/`, 'lead');
		const golden = await askGolden(page, catalogue, sets, order.most, (line) =>
			console.error(line),
		);
		const bounds = boundsOf({ ...golden, catalogueBytes, requestsBefore: first.requestsBefore });
		console.log(`${golden.pages} pages`);
		for (const line of tableOf(golden.sets)) console.log(line);
		if (order.hasMisses) printMisses(golden.sets);
		console.log('');
		for (const { name, found, wanted, isKept } of bounds) {
			console.log(
				`${isKept ? 'kept  ' : 'MISSED'}  ${name.padEnd(42)}${found.padStart(10)}  ${wanted}`,
			);
		}
		console.log(
			`\nfirst query: ${(first.bytes / 1000).toFixed(1)} kB in ${first.requests} requests; catalogue ${(catalogueBytes / 1000).toFixed(1)} kB`,
		);
		if (order.hasLatency) {
			const asked = sets.flatMap(({ queries }) => queries.slice(0, 15).map(({ phrase }) => phrase));
			const { shown, whole } = await latency(page, asked);
			console.log(
				`${asked.length} queries at 4x CPU throttle, p50 / p95: first results ${spread(shown)}, whole answer ${spread(whole)}`,
			);
		}
		return bounds.every(({ isKept }) => isKept);
	} finally {
		await browser.close();
		await server.close();
	}
}

function printMisses(reports: readonly SetReport[]): void {
	for (const { name, misses, within } of reports) {
		if (misses.length === 0) continue;
		console.log(`\n${name}: ${misses.length} not among the first ${within}`);
		for (const miss of misses) console.log(`  ${miss}`);
	}
}

/** Middle and 95th percentile, in milliseconds. */
function spread(times: readonly number[]): string {
	const sorted = times.toSorted((a, b) => a - b);
	const at = (share: number): string =>
		(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0).toFixed(0);
	return `${at(0.5)} / ${at(0.95)} ms`;
}

interface Order {
	siteDir: string;
	/** A list of one's own, if there is one. */
	list: readonly QuerySet[];
	/** Of a set with more queries, so many are asked, chosen by lot. */
	most: number;
	scratch: string;
	executablePath: string;
	/** True names each miss. */
	hasMisses: boolean;
	/** True measures times too. */
	hasLatency: boolean;
}
