import { hash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { hashOf } from '#/integrations/file-hash.ts';
import { splitBatch } from '#/web/batch/split.ts';
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
		// Of two attributes with one name, browsers take the first.
		expect([...again.ids]).toEqual([`top${path}`, 'a']);
		expect(again.references.map(({ at, words }) => `${at} ${words}`)).toEqual([
			`<a href> On from ${path}`,
			'<a href> All tips',
			'<a href> Every one',
			'<form action> ',
		]);
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

test('a batch is read as soon as all of it is written, and not before', async () => {
	const file = join(site, 'tips/~1/index.html');
	const boundary = '0123456789abcdef';
	const pages = Array.from(
		{ length: 60 },
		(_, number) =>
			`<!--${boundary} /tips/late-${number}/--><html><head></head><body><a href="/tips/${number}/">On</a></body></html> `,
	);
	const batch = `<!DOCTYPE html><html><head><meta name="tandem-batch" content="${boundary}"></head></html> ${pages.join('')}`;
	const written: (() => void)[] = [
		() => mkdirSync(dirname(file), { recursive: true }),
		() => writeFileSync(file, ''),
		() => writeFileSync(file, batch.slice(0, batch.length / 2)),
		() => writeFileSync(file, batch),
	];
	const reading = readFactsAhead(origin, pathToFileURL(`${site}/`));
	await render(reading, '/tips/~1/');
	for (let number = 0; number < 40; number++) {
		await render(reading, `/tips/never-${number}/`);
		if (number % 10 === 9) written.shift()?.();
		await new Promise((resolve) => setTimeout(resolve, 15));
	}
	const { files } = await reading.finish();
	expect(files.size).toBe(pages.length);
	for (const { html } of splitBatch(Buffer.from(batch))) {
		expect(files.has(`.html${hash('sha256', html, 'base64')}`)).toBe(true);
	}
});

/** Renders pages as Astro does, which writes each a moment after it was rendered. */
async function renderAll(
	written: readonly string[],
	lost: readonly string[] = [],
): Promise<ReadFacts> {
	const reading = readFactsAhead(origin, pathToFileURL(`${site}/`));
	for (const path of [...lost, ...written]) {
		await render(reading, path);
		if (lost.includes(path)) continue;
		mkdirSync(join(site, path), { recursive: true });
		writeFileSync(
			join(site, path, 'index.html'),
			`<h1 id="top${path}">Tip</h1><a href="${path}next/">On from ${path}</a><a href="/tips/">All tips</a><a href="/tips/" id="a" id="b">Every one</a><form action="/tips/"></form>`,
		);
	}
	return reading.finish();
}

async function render(reading: ReturnType<typeof readFactsAhead>, path: string): Promise<void> {
	const renderer = reading.listening({
		name: 'test',
		getStaticPaths: async () => [],
		render: async () => new Response('rendered'),
	});
	// Ours asks for no more of a route than what kind it is.
	const options = { routeData: { type: 'page' } } as unknown as Parameters<
		typeof renderer.render
	>[1];
	await renderer.render(new Request(origin + path), options);
}

function fileAt(path: string): [file: string, hash: string, text: () => string] {
	const file = join(site, path, 'index.html');
	return ['index.html', hashOf(file).hash, () => readFileSync(file, 'utf8')];
}
