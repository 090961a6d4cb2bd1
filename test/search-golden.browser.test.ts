/** Search finds what our own content says people type: goals P1 to P4, none of them by a clock. */
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generateQueries } from '../scripts/bench/query-sets.ts';
import { firstQuery } from '../scripts/bench/search/asking.ts';
import { boundsOf } from '../scripts/bench/search/bounds.ts';
import { askGolden, readCatalogue, readList } from '../scripts/bench/search/golden.ts';
import { serveFolder } from '../scripts/start/static.ts';
import type { StaticSite } from '../scripts/start/static.ts';
import { launchBrowser, noBrowser } from './browser.ts';
import { buildSite, root } from './site.ts';

if (noBrowser) console.warn(noBrowser);

describe.skipIf(noBrowser)('golden queries', () => {
	let folder: string;
	let browser: Browser;
	let served: StaticSite;
	let page: Page;

	beforeAll(async () => {
		folder = await buildSite('playbook', { TANDEM_NOW: '2026-11-24T08:00:00Z' });
		[browser, served] = await Promise.all([launchBrowser(), serveFolder(folder, 0, 'port')]);
		page = await browser.newPage();
	});
	afterAll(async () => {
		await browser?.close();
		await served?.close();
	});

	test('keep every bound on our own content', async () => {
		const { catalogue, catalogueBytes } = readCatalogue(folder);
		const list = await readList(
			join(root, 'test/fixtures/search-queries.tsv'),
			join(root, 'content'),
		);
		const sets = [list, ...generateQueries(catalogue)];
		const { requestsBefore } = await firstQuery(page, `${served.url}/search/`, 'lead');
		const golden = await askGolden(page, catalogue, sets, 400, () => {});
		const bounds = boundsOf({ ...golden, catalogueBytes, requestsBefore });
		const misses = golden.sets.flatMap(({ name, misses: of }) =>
			of.map((one) => `${name}: ${one}`),
		);
		expect(
			bounds.filter(({ isKept }) => !isKept),
			misses.join('\n'),
		).toEqual([]);
		// None of the sets ran empty, so that no bound was left out.
		expect(golden.sets.map(({ asked }) => asked > 20)).toEqual(golden.sets.map(() => true));
		expect(bounds.length).toBe(16);
	});
});
