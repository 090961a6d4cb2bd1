/**
 * What a page of each kind costs a reader: `npm run bench -- pages`. Both sites are built as they
 * are published, served in brotli, loaded in Chromium by Lighthouse, and then used as people do.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium as playwright } from 'playwright-core';
import { environment } from '#/environment.ts';
import { UserError } from '#/user-error.ts';
import { astroBin } from '../astro.ts';
import { browserFlags } from '../test/browser.ts';
import { measure } from './measure.ts';
import { examine } from './pages/examine.ts';
import { interactWith } from './pages/interactions.ts';
import { pageKinds } from './pages/kinds.ts';
import type { SiteName } from './pages/kinds.ts';
import { buildRivals, rivalNames, rivalPages } from './pages/rivals.ts';
import { printInteractions, printTable } from './pages/table.ts';
import type { InteractionRow, Row } from './pages/table.ts';
import { serveSite } from './site-server.ts';
import type { SiteServer } from './site-server.ts';
import { openWorkshop } from './workshop.ts';

/**
 * Measures a page of each kind and prints two tables: what it costs to load, and how soon it shows
 * what somebody did. It judges nothing; what loses points is named.
 * @throws UserError where a page, the browser or a rival cannot be had
 */
export async function pages(words: string[]): Promise<void> {
	const { values } = parseArgs({
		args: words,
		options: {
			runs: { type: 'string', default: '3' },
			only: { type: 'string', default: '' },
			dist: { type: 'string' },
			rivals: { type: 'boolean', default: false },
			inp: { type: 'boolean', default: false },
			chromium: { type: 'string', default: '/usr/bin/chromium' },
		},
	});
	const runs = Number(values.runs);
	if (!Number.isInteger(runs) || runs < 1) {
		throw new UserError(`--runs is "${values.runs}".`, 'Give a whole number of 1 or more.');
	}
	const only = values.only === '' ? undefined : values.only.split(',');
	const options = { runs, chromium: values.chromium, only };
	const scratch = mkdtempSync(join(tmpdir(), 'tandem-bench-'));
	try {
		const dist = values.dist === undefined ? await buildSites(scratch) : resolve(values.dist);
		if (!values.inp) await printLoading(dist, values.rivals, options);
		const interactions: InteractionRow[] = [];
		for (const site of siteNames) {
			interactions.push(...(await useSite(site, join(dist, site), options)));
		}
		printInteractions(interactions, runs);
	} finally {
		rmSync(scratch, { recursive: true, force: true });
	}
}

async function printLoading(dist: string, hasRivals: boolean, options: Options): Promise<void> {
	const rows: Row[] = [];
	for (const site of siteNames) {
		const skipped = site === 'playbook' ? ['is-crawlable'] : [];
		rows.push(...(await examineSite(site, join(dist, site), pageKinds[site], skipped, options)));
	}
	if (hasRivals) {
		const folders = await buildRivals();
		for (const rival of rivalNames) {
			rows.push(...(await examineSite(rival, folders[rival], rivalPages(rival), [], options)));
		}
	}
	printTable(rows, options.runs);
	console.log('');
}

async function buildSites(scratch: string): Promise<string> {
	const workshop = openWorkshop(join(scratch, 'tandem'));
	for (const site of siteNames) {
		console.error(`Building the ${site} …`);
		await measure(
			[astroBin, 'build'],
			{
				SITE: site,
				TANDEM_CONTENT: environment().contentDir,
				TANDEM_NOW: '2026-11-24T08:00:00Z',
				TANDEM_OUT: workshop.outDir,
				TANDEM_CACHE: workshop.cacheDir,
			},
			workshop.folder,
		);
	}
	return workshop.outDir;
}

async function examineSite(
	site: string,
	folder: string,
	kinds: readonly { kind: string; path: string }[],
	skipped: readonly string[],
	{ runs, chromium, only }: Options,
): Promise<Row[]> {
	const server = await serve(folder);
	const rows: Row[] = [];
	try {
		for (const { kind, path } of kinds) {
			if (only && !only.includes(kind)) continue;
			console.error(`${site}: ${kind}, ${path} …`);
			const skipAudits = [...skipped, ...(exceptions[kind] ?? [])];
			const figures = await examine(server.origin + path, { runs, chromium, skipAudits });
			rows.push({ site, kind, path, figures });
		}
	} finally {
		await server.close();
	}
	return rows;
}

async function useSite(
	site: SiteName,
	folder: string,
	{ runs, chromium, only }: Options,
): Promise<InteractionRow[]> {
	const server = await serve(folder);
	const browser = await playwright.launch({ executablePath: chromium, args: browserFlags });
	const rows: InteractionRow[] = [];
	try {
		for (const { kind, path } of pageKinds[site]) {
			if (only && !only.includes(kind)) continue;
			console.error(`${site}: using ${kind}, ${path} …`);
			const figures = await interactWith(browser, server.origin + path, kind, runs);
			rows.push({ site, kind, figures });
		}
	} finally {
		await browser.close();
		await server.close();
	}
	return rows;
}

function serve(folder: string): Promise<SiteServer> {
	if (existsSync(folder)) return serveSite(folder);
	throw new UserError(`There is no ${folder}.`, 'Build both sites first, or leave --dist out.');
}

const siteNames = ['playbook', 'newsletter'] as const satisfies readonly SiteName[];

/** Audits that a kind of page cannot pass because it does what it should. */
const exceptions: Record<string, readonly string[]> = {
	// No search engine is to keep it.
	'404': ['is-crawlable'],
	// Their policy lets them ask nothing of anybody, so Lighthouse cannot fetch robots.txt from them.
	answer: ['robots-txt'],
	compare: ['robots-txt'],
};

interface Options {
	runs: number;
	/** Absolute path of the browser. */
	chromium: string;
	/** The kinds that are measured; undefined for all. */
	only: readonly string[] | undefined;
}
