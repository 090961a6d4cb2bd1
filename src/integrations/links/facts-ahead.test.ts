import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { hashOf } from '#/integrations/file-hash.ts';
import { readFactsAhead } from './facts-ahead.ts';
import { keepFacts, noFacts } from './kept-facts.ts';
import type { ReadFacts } from './kept-facts.ts';

const origin = 'https://playbook.firm.example';
const site = mkdtempSync(join(tmpdir(), 'tandem-facts-'));
afterAll(() => rmSync(site, { recursive: true }));

test('what is read ahead is what is read at the end, and is not read again', async () => {
	const paths = Array.from({ length: 40 }, (_, number) => `/tips/tip-${number}/`);
	const ahead = await renderAll(paths);
	expect(ahead.files.size).toBe(paths.length);
	for (const path of paths) {
		const again = keepFacts(undefined, origin).read(...fileAt(path));
		const [file, hash] = fileAt(path);
		expect(again.references.length).toBeGreaterThan(0);
		expect(
			keepFacts(undefined, origin, ahead).read(file, hash, () => {
				throw new Error('It was read again.');
			}),
		).toEqual(again);
	}
});

test('a page that was changed since is read as it is now', async () => {
	const ahead = await renderAll(['/tips/changed/']);
	writeFileSync(join(site, 'tips/changed/index.html'), '<p id="new"><a href="/new/">New</a></p>');
	const facts = keepFacts(undefined, origin, ahead).read(...fileAt('/tips/changed/'));
	expect([...facts.ids]).toEqual(['new']);
	expect(facts.references.map(({ value }) => value)).toEqual(['/new/']);
});

test('a page that was never written is left for the end, as are all where nothing was rendered', async () => {
	const ahead = await renderAll(['/tips/there/'], ['/404/']);
	expect(ahead.files.size).toBe(1);
	expect(await readFactsAhead(origin, pathToFileURL(`${site}/`)).finish()).toEqual(noFacts);
});

/** Renders pages as Astro does, which writes each a moment after it was rendered. */
async function renderAll(
	written: readonly string[],
	lost: readonly string[] = [],
): Promise<ReadFacts> {
	const reading = readFactsAhead(origin, pathToFileURL(`${site}/`));
	const { render } = reading.listening({
		name: 'test',
		getStaticPaths: async () => [],
		render: async () => new Response('rendered'),
	});
	for (const path of [...lost, ...written]) {
		// Ours asks for no more of a route than what kind it is.
		const options = { routeData: { type: 'page' } } as unknown as Parameters<typeof render>[1];
		await render(new Request(origin + path), options);
		if (lost.includes(path)) continue;
		mkdirSync(join(site, path), { recursive: true });
		writeFileSync(
			join(site, path, 'index.html'),
			`<h1 id="top${path}">Tip</h1><a href="${path}next/">On from ${path}</a><a href="/tips/">All tips</a>`,
		);
	}
	return reading.finish();
}

function fileAt(path: string): [file: string, hash: string, text: () => string] {
	const file = join(site, path, 'index.html');
	return ['index.html', hashOf(file).hash, () => readFileSync(file, 'utf8')];
}
