/** What a page costs a reader before they ask for anything: bytes, requests, scripts, fonts. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pageKinds } from '../scripts/bench/pages/kinds.ts';
import type { PageKind } from '../scripts/bench/pages/kinds.ts';
import { serveFolder } from '../scripts/start/static.ts';
import type { StaticSite } from '../scripts/start/static.ts';
import { launchBrowser, noBrowser } from './browser.ts';
import { buildSite, filesOf } from './site.ts';

if (noBrowser) console.warn(noBrowser);

const sites = ['playbook', 'newsletter'] as const;

describe.skipIf(noBrowser).each(sites)('%s', (site) => {
	let browser: Browser;
	let served: StaticSite;
	let folder: string;

	beforeAll(async () => {
		folder = await buildSite(site, {
			TANDEM_NOW: '2026-11-24T08:00:00Z',
			TANDEM_SUBSCRIBE: 'on',
		});
		[browser, served] = await Promise.all([launchBrowser(), serveFolder(folder, 0, 'port')]);
	});
	afterAll(async () => {
		await browser?.close();
		await served?.close();
	});

	const kinds: readonly PageKind[] = pageKinds[site];

	test.each(kinds.filter(({ isInteractive }) => !isInteractive))(
		'$kind, $path: at most 10 kB, 2 requests beside pictures, no script, no font',
		async ({ path }) => {
			const { requests, scriptCount } = await loaded(path);
			const own = requests.filter(({ type }) => type !== 'image');
			expect(bytesOf(path)).toBeLessThanOrEqual(10_240);
			expect(own.length, namesOf(own)).toBeLessThanOrEqual(2);
			expect(requests.filter(({ type }) => type === 'script' || type === 'font')).toEqual([]);
			expect(scriptCount).toBe(0);
		},
	);

	test.each(kinds.filter(({ isInteractive }) => isInteractive))(
		'$kind, $path: at most its share, 8 requests, no font',
		async ({ kind, path }) => {
			const { requests } = await loaded(path);
			const scripts = requests.filter(({ type }) => type === 'script');
			const bytes = bytesOf(path) + scripts.reduce((sum, { name }) => sum + bytesOf(name), 0);
			expect(bytes).toBeLessThanOrEqual(kind === 'compare' ? sealedBytes : 18_432);
			expect(requests.length, namesOf(requests)).toBeLessThanOrEqual(8);
			expect(requests.filter(({ type }) => type === 'font')).toEqual([]);
		},
	);

	test('every page is as light as those of its kind', () => {
		const heavy = filesOf(folder)
			.filter((file) => file.endsWith('.html'))
			.flatMap((file) => {
				const html = readFileSync(join(folder, file), 'utf8');
				const bytes = brotliCompressSync(html).length;
				const scripts = html.match(codeScript) ?? [];
				const mayRun = interactive.test(file);
				return [
					...(bytes > 10_240 && file !== wholeBook ? [`${file}: ${bytes} bytes`] : []),
					...(scripts.length > 0 && !mayRun ? [`${file}: ${scripts.join(' ')}`] : []),
					...(/@font-face|fonts\.g/.test(html) ? [`${file}: a font`] : []),
				];
			});
		expect(heavy).toEqual([]);
	});

	async function loaded(path: string): Promise<{ requests: Request[]; scriptCount: number }> {
		const page = await browser.newPage();
		const requests: Request[] = [];
		page.on('request', (request) => {
			requests.push({ name: new URL(request.url()).pathname, type: request.resourceType() });
		});
		await page.goto(served.url + path, { waitUntil: 'networkidle' });
		const scriptCount = await page
			.locator('script:not([type="application/ld+json"]):not([type="speculationrules"])')
			.count();
		await page.close();
		return { requests, scriptCount };
	}

	/** Of a file of the site in brotli, as a host sends it. */
	function bytesOf(path: string): number {
		return brotliCompressSync(
			readFileSync(join(folder, path.endsWith('/') ? `${path}index.html` : path)),
		).length;
	}
});

/**
 * A page that may ask nothing of anybody brings all it may ever need at once: a module fetched when
 * somebody presses a button would be a request after the load.
 */
const sealedBytes = 23_552;

/** Where a page is allowed a script of its own. */
const interactive =
	/^(?:questions\/[^/]+\/(?:answer|compare|cards)|checklists\/[^/]+|search|take)\//;

/** The one page that holds all entries: made for paper, and nothing else leads to it by itself. */
const wholeBook = 'print/index.html';

/** Scripts that run; facts for search engines and rules for the browser do not. */
const codeScript = /<script\b(?![^>]*type="(?:application\/ld\+json|speculationrules)")[^>]*>/g;

function namesOf(requests: readonly Request[]): string {
	return requests.map(({ name }) => name).join(' ');
}

interface Request {
	name: string;
	/** As the browser names it: document, script, image, font. */
	type: string;
}
