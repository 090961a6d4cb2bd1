/**
 * Holds a file of test vectors against the alignment check:
 * `node scripts/alignment.ts <vectors.json>`. Exit code 0 if all hold, 1 if not, 2 for wrong usage.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { UserError } from '#/user-error.ts';
import { checkVectors } from './alignment/vectors.ts';
import type { Checked } from './alignment/vectors.ts';
import { report } from './run.ts';

try {
	const { positionals } = parseArgs({ allowPositionals: true });
	const [file] = positionals;
	if (file === undefined || positionals.length > 1) {
		console.error('node scripts/alignment.ts <vectors.json>');
		process.exitCode = 2;
	} else {
		print(checkVectors(text(file), `${import.meta.dirname}/../content/questions`));
	}
} catch (error) {
	report(error);
}

function print({ groups, unchecked }: Checked): void {
	for (const field of unchecked) console.error(`Not checked, because nothing knows it: ${field}`);
	const width = Math.max(...groups.map(({ name }) => name.length));
	let cases = 0;
	let failed = 0;
	for (const { name, cases: count, failures } of groups) {
		console.log(`${name.padEnd(width)}  ${count - failures.length} of ${count} hold`);
		for (const failure of failures) console.error(`  ${failure}`);
		cases += count;
		failed += failures.length;
	}
	console.log(`${'total'.padEnd(width)}  ${cases - failed} of ${cases} hold`);
	if (failed > 0 || cases === 0) process.exitCode = 1;
}

function text(file: string): string {
	try {
		return readFileSync(file, 'utf8');
	} catch (error) {
		throw new UserError(`${file} cannot be read.`, undefined, { cause: error });
	}
}
