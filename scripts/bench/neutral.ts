import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Finding } from './endpoints/finding.ts';
import { openStage } from './endpoints/stage.ts';
import { timing } from './endpoints/timing.ts';
import { twins } from './endpoints/twin.ts';
import type { Twin } from './endpoints/twin.ts';

/**
 * Asks over HTTP whether an answer tells if an address is new, asked for, in, out or bounced: by its
 * bytes, or by its time. Then asks the same of two servers that do tell. The exit code is 1 where ours
 * does, or where a twin's telling goes unnoticed.
 */
export async function run(words: string[]): Promise<void> {
	const { values } = parseArgs({
		args: words,
		options: {
			each: { type: 'string', default: '2000' },
			twin: { type: 'string', default: '400' },
		},
	});
	const outDir = mkdtempSync(join(tmpdir(), 'tandem-neutral-'));
	mkdirSync(join(outDir, 'newsletter'));
	writeFileSync(join(outDir, 'newsletter/index.html'), '<!doctype html><title>Home</title>');

	async function measured(each: number, twin?: Twin): Promise<Finding[]> {
		const stage = await openStage(outDir, 'lifted', twin);
		try {
			return await timing(stage, { each, connections: 20, shuffles: 2_000 });
		} finally {
			await stage.close();
		}
	}

	try {
		console.log('ours');
		for (const { isGood, text } of await measured(Number(values.each))) {
			console.log(`${isGood ? '  ok  ' : '  NOT '}${text}`);
			if (!isGood) process.exitCode = 1;
		}
		// The names of a record are its keys.
		for (const twin of Object.keys(twins) as Twin[]) {
			const findings = await measured(Number(values.twin), twin);
			const isNoticed = findings.some(({ isGood }) => !isGood);
			console.log(`a twin that tells by its ${twin}: ${isNoticed ? 'noticed' : 'NOT noticed'}`);
			for (const { isGood, text } of findings)
				console.log(`  ${isGood ? 'same' : 'TELLS'} ${text}`);
			if (!isNoticed) process.exitCode = 1;
		}
	} finally {
		rmSync(outDir, { recursive: true });
	}
}
