import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openContent } from '#/library/shelf.ts';
import type { Catalogue } from '#/web/search/catalogue.ts';
import { buildSearch } from './build.ts';
import type { SearchBuilt } from './build.ts';

let folder = '';

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'tandem-search-'));
});

afterEach(() => {
	rmSync(folder, { recursive: true, force: true });
});

test('writes an index and a catalogue of the pages that ask for it', async () => {
	write(
		'tips/no-surprise-promos',
		aBody('<h1>No promo without a briefing</h1><h2 id="aloud">Try it aloud</h2>'),
	);
	write('404', '<main>Nothing here</main>');
	expect(await build()).toEqual({ pageCount: 1, isKept: false });
	expect(existsSync(join(folder, 'site/pagefind/pagefind.js'))).toBe(true);
	const [page] = catalogue().pages;
	expect(page).toMatchObject({
		path: '/tips/no-surprise-promos/',
		title: 'No promo without a briefing',
		when: 'a promotion starts in the next two weeks',
		headings: [{ text: 'Try it aloud', id: 'aloud' }],
		filters: { kind: ['tip'] },
	});
});

test('keeps the index where only the furniture changed', async () => {
	write('a', aBody('<p>Warm by tonight</p>'));
	await build();
	const before = catalogue();
	rmSync(join(folder, 'site/pagefind'), { recursive: true });
	write('a', `${aBody('<p>Warm by tonight</p>')}<footer>Another day</footer>`);
	expect((await build()).isKept).toBe(true);
	expect(catalogue()).toEqual(before);
});

test.each([
	['a word', () => write('a', aBody('<p>Warm by noon</p>'))],
	['a filter', () => write('a', aBody('<p>Warm by tonight</p>', 'term'))],
	['an address', () => write('b', aBody('<p>Warm by tonight</p>'))],
])('indexes again where %s changed', async (_, change) => {
	write('a', aBody('<p>Warm by tonight</p>'));
	await build();
	change();
	expect((await build()).isKept).toBe(false);
});

test('refuses a site with a filter that would find nothing', async () => {
	write('a', aBody('<p>Warm</p>', 'tip, stage:decision'));
	await expect(build()).rejects.toThrow(
		'a/index.html data-pagefind-filter="kind:tip, stage:decision"',
	);
	expect(existsSync(join(folder, 'site/pagefind'))).toBe(false);
});

function aBody(text: string, kind = 'tip'): string {
	return `<main data-pagefind-body><span data-pagefind-filter="kind:${kind}"></span>${text}</main>`;
}

function write(path: string, body: string): void {
	const target = join(folder, 'site', path);
	mkdirSync(target, { recursive: true });
	writeFileSync(
		join(target, 'index.html'),
		`<!doctype html><html lang="en"><body>${body}</body></html>`,
	);
}

async function build(): Promise<SearchBuilt> {
	const { library } = await openContent({
		contentDir: new URL('../../../content', import.meta.url).pathname,
		audience: 'staff',
		now: new Date('2026-11-24T08:00:00Z'),
	});
	return buildSearch({
		siteDir: join(folder, 'site'),
		cacheDir: join(folder, 'cache'),
		library,
		log: () => {},
	});
}

function catalogue(): Catalogue {
	return JSON.parse(
		readFileSync(join(folder, 'site/pagefind/catalogue.json'), 'utf8'),
	) as Catalogue;
}
