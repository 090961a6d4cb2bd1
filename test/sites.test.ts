/** What `npm run build` does to sites that are being served: nothing, until the new ones are whole. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sampleFile } from '#/library/sample.ts';
import { buildSites } from '../scripts/sites.ts';
import { copyContent, filesOf, root } from './site.ts';

const pages = [
	'playbook/index.html',
	'newsletter/index.html',
	'newsletter/terms/closed-loop/index.html',
];
let folder: string;
let out: string;
let content: string;

beforeAll(async () => {
	mkdirSync(join(root, '.cache'), { recursive: true });
	folder = mkdtempSync(join(root, '.cache', 'tandem-'));
	out = join(folder, 'dist');
	content = copyContent();
	await build();
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('puts the new sites in the place of the old without a moment between', async () => {
	writeFileSync(join(content, 'tips/brand-new.mdx'), sampleFile('tip/brand-new', {}));
	writeFileSync(join(content, 'people/ada.yaml'), sampleFile('person/ada', {}));
	const missing: string[] = [];
	let looks = 0;
	const look = setInterval(() => {
		looks += 1;
		missing.push(...pages.filter((page) => pageAt(page) === undefined));
	}, 2);
	await build();
	clearInterval(look);
	expect(looks).toBeGreaterThan(100);
	expect(missing).toEqual([]);
	expect(pageAt('playbook/tips/brand-new/index.html')).toContain('<h1');
	expect(leftOver()).toEqual([]);
});

test('leaves what stands as it is where the content has an error', async () => {
	const before = filesOf(out);
	writeFileSync(join(content, 'tips/brand-new.mdx'), 'no frontmatter');
	await expect(build()).rejects.toMatchObject({
		message: expect.stringContaining('tips/brand-new.mdx:1:1'),
		hint: expect.stringContaining('What was built before is as it was.'),
	});
	expect(filesOf(out)).toEqual(before);
	expect(pageAt('playbook/tips/brand-new/index.html')).toContain('<h1');
	expect(leftOver()).toEqual([]);
});

function build(): Promise<void> {
	return buildSites({
		TANDEM_CONTENT: content,
		TANDEM_OUT: out,
		TANDEM_CACHE: join(folder, 'cache'),
		TANDEM_NOW: '2026-11-24T08:00:00Z',
	});
}

function pageAt(page: string): string | undefined {
	try {
		return readFileSync(join(out, page), 'utf8');
	} catch {
		return undefined;
	}
}

function leftOver(): string[] {
	return filesOf(out).filter((file) => file.startsWith('.next'));
}
