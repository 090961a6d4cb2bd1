/** Spin, the model checker: makes a searcher of docs/protocol/send.pml and lets it look everywhere. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../astro.ts';
import { ensurePrograms } from '../debian.ts';

/**
 * Makes sure of Spin and a C compiler, installing them where that may be.
 * @returns what is missing and how to get it; undefined where all is there
 */
export function missingSpin(): string | undefined {
	// The C library's headers bring no program; gencat comes with them.
	return ensurePrograms({ spin: 'spin', gcc: 'gcc', gencat: 'libc6-dev' });
}

/**
 * Searches every state of the protocol's model under some settings, exactly: states are compressed
 * without loss, none is left out. Stops at the first broken promise.
 * @param settings - what differs from the model's defaults, `{ RUNNERS: 3, STALE: 1 }`
 * @param isShort - true where making a fast searcher would take longer than searching
 * @throws Error where the search did not come to its end
 */
export async function search(settings: Record<string, number>, isShort = false): Promise<Search> {
	const folder = mkdtempSync(join(tmpdir(), 'tandem-model-'));
	try {
		const flags = Object.entries(settings).map(([name, value]) => `-D${name}=${value}`);
		await run('spin', ['-a', ...flags, join(root, 'docs/protocol/send.pml')], folder);
		const limits = ['-DSAFETY', '-DCOLLAPSE', '-DMEMLIM=12000'];
		await run('gcc', [isShort ? '-O0' : '-O2', '-w', ...limits, '-o', 'pan', 'pan.c'], folder);
		const started = performance.now();
		const report = await run(join(folder, 'pan'), ['-m1000000'], folder);
		return { ...read(report), seconds: (performance.now() - started) / 1000 };
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

function read(report: string): Omit<Search, 'seconds'> {
	const figure = (pattern: RegExp) => Number(pattern.exec(report)?.[1] ?? Number.NaN);
	const states = figure(/([\d.e+]+) states, stored/);
	const errors = figure(/errors: (\d+)/);
	const memoryMb = figure(/([\d.]+)\s+total actual memory usage/);
	const violated = /assertion violated (.*) \(at depth/.exec(report)?.[1];
	const isWhole = !report.includes('Search not completed') && !/max search depth/.test(report);
	if (Number.isNaN(states) || Number.isNaN(errors) || (errors === 0 && !isWhole)) {
		throw new Error(`The search did not come to its end:\n${report}`);
	}
	return { states, errors, memoryMb, found: errors === 0 ? 'holds' : breachOf(violated) };
}

/** Which promise an assertion of the model stands for. */
function breachOf(assertion: string | undefined): Finding {
	if (assertion?.includes('isHeld')) return 'sent although held';
	if (assertion?.includes('isMailed||')) return 'lost';
	if (assertion?.includes('isMailed')) return 'sent twice';
	// A deadlock, or a bound of the model that was too small: a fault of the model itself.
	return 'model broken';
}

function run(program: string, args: readonly string[], cwd: string): Promise<string> {
	return new Promise((done, fail) => {
		const child = spawn(program, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
		const chunks: Buffer[] = [];
		for (const stream of [child.stdout, child.stderr]) {
			stream.on('data', (chunk: Buffer) => chunks.push(chunk));
		}
		child.once('error', fail);
		child.once('close', (code) => {
			const output = Buffer.concat(chunks).toString('utf8');
			if (code === 0) done(output);
			else fail(new Error(`${program} ${args.join(' ')} failed (${code}):\n${output}`));
		});
	});
}

export type Finding = 'holds' | 'sent twice' | 'lost' | 'sent although held' | 'model broken';

export interface Search {
	found: Finding;
	/** Different states that were seen, each once. */
	states: number;
	errors: number;
	/** Megabytes of 1,048,576 bytes, as Spin counts. */
	memoryMb: number;
	/** Of the search alone, without making the searcher. */
	seconds: number;
}
