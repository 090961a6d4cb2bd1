import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { fingerprint } from './fingerprint.ts';
import { temporaryFolder } from './sample.ts';

const source = resolve(import.meta.dirname);

test('is the same for the same code', () => {
	expect(fingerprint()).toBe(fingerprint());
	expect(fingerprint()).toMatch(/^[0-9a-f]{16}$/);
});

test('changes with a schema, a rule or a file’s name, and not with a test', () => {
	const { folder, print } = copy();
	const first = print();
	writeFileSync(join(folder, 'new.test.ts'), '');
	expect(print()).toBe(first);
	appendFileSync(join(folder, 'schema/tip.ts'), '\n');
	const second = print();
	expect(second).not.toBe(first);
	appendFileSync(join(folder, 'rules/claims.ts'), '\n');
	const third = print();
	expect(third).not.toBe(second);
	renameSync(join(folder, 'words.ts'), join(folder, 'word.ts'));
	expect(print()).not.toBe(third);
});

test('changes with the version of the parser', () => {
	const { folder, print } = copy();
	const first = print();
	const parser = join(folder, 'node_modules/satteri/package.json');
	cpSync(resolve('node_modules/satteri/package.json'), parser);
	writeFileSync(join(folder, 'node_modules/satteri/index.js'), '');
	writeFileSync(parser, '{ "name": "satteri", "version": "99.0.0", "main": "./dist/index.js" }');
	cpSync(
		resolve('node_modules/satteri/dist/index.js'),
		join(folder, 'node_modules/satteri/dist/index.js'),
	);
	expect(print()).not.toBe(first);
});

/** A copy of this folder, and the fingerprint that its own code takes of it. */
function copy(): { folder: string; print: () => string } {
	const root = temporaryFolder();
	const folder = join(root, 'library');
	cpSync(source, folder, { recursive: true });
	symlinkSync(resolve('node_modules'), join(root, 'node_modules'));
	const code = `import { fingerprint } from ${JSON.stringify(join(folder, 'fingerprint.ts'))}; console.log(fingerprint());`;
	const print = (): string =>
		execFileSync(process.execPath, ['--input-type=module', '-e', code], {
			encoding: 'utf8',
		}).trim();
	return { folder, print };
}
