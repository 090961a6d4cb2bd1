import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { siteFiles } from './site-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'tandem-files-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('all files of a site are found, however deep, in one order; no folders, and nothing behind a link', () => {
	mkdirSync(join(folder, 'tips/ask'), { recursive: true });
	mkdirSync(join(folder, 'empty'));
	for (const name of ['tips/ask/index.html', 'tips/ask.md', 'index.html', '404.html']) {
		writeFileSync(join(folder, name), '');
	}
	symlinkSync(join(folder, 'tips'), join(folder, 'linked'));
	expect(siteFiles(folder)).toEqual([
		'404.html',
		'index.html',
		'tips/ask.md',
		'tips/ask/index.html',
	]);
});
