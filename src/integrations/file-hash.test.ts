import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { hashOf, writeHashed } from './file-hash.ts';

const folder = mkdtempSync(join(tmpdir(), 'tandem-hash-'));
afterAll(() => rmSync(folder, { recursive: true }));

test.for([0, 1, 27_000, 999_999, 1_000_000, 1_000_001, 5_000_000])(
	'a file of %i bytes has the hash of its bytes',
	(size) => {
		const bytes = Buffer.alloc(size, 'a page of the site ');
		writeFileSync(join(folder, 'page'), bytes);
		expect(hashOf(join(folder, 'page'))).toMatchObject({
			hash: createHash('sha256').update(bytes).digest('base64'),
			size,
		});
	},
);

test('a file that is written again has another', () => {
	const file = join(folder, 'again');
	const hashes = ['one', 'two', 'six'].map((text) => {
		writeFileSync(file, text);
		return hashOf(file).hash;
	});
	expect(new Set(hashes).size).toBe(3);
});

test('a file written with its hash has the one that reading gives, until it is written again', () => {
	const file = join(folder, 'written');
	writeHashed(file, Buffer.from('“one”'));
	const known = hashOf(file);
	copyFileSync(file, join(folder, 'copy'));
	expect(hashOf(join(folder, 'copy'))).toMatchObject({ hash: known.hash, size: known.size });
	writeFileSync(file, '“two”');
	expect(hashOf(file).hash).not.toBe(known.hash);
});
