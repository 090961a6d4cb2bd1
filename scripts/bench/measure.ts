import { readFileSync, readdirSync } from 'node:fs';
import { startNode } from '../astro.ts';

/**
 * Runs a program to its end and measures it, with every process it starts: seconds on the clock,
 * seconds of processor time, and the highest sum of resident memory seen in samples a tenth of a
 * second apart. Pages that processes share are counted in each of them. Memory and processor time
 * are read from /proc; where there is none, they are undefined.
 * @throws Error with what the program printed, where it fails
 */
export async function measure(
	args: readonly string[],
	env: Record<string, string>,
	cwd: string,
): Promise<Measured> {
	const started = performance.now();
	const child = startNode(args, env, cwd);
	const chunks: Buffer[] = [];
	for (const stream of [child.stdout, child.stderr]) {
		stream?.on('data', (chunk: Buffer) => chunks.push(chunk));
	}
	const watch = watchTree(child.pid ?? 0);
	const code = await new Promise<number>((resolve, reject) => {
		child.once('error', reject);
		child.once('close', (status) => resolve(status ?? 1));
	});
	const seconds = (performance.now() - started) / 1000;
	const seen = watch.stop();
	const output = Buffer.concat(chunks).toString('utf8');
	if (code !== 0) throw new Error(`A measured program failed:\n${output}`);
	return { seconds, ...seen, output };
}

function watchTree(pid: number): { stop(): Pick<Measured, 'cpuSeconds' | 'peakMb'> } {
	let peak = 0;
	const ticks = new Map<number, number>();
	const timer = setInterval(() => {
		let sum = 0;
		for (const sample of sampleTree(pid)) {
			sum += sample.bytes;
			ticks.set(sample.pid, sample.ticks);
		}
		peak = Math.max(peak, sum);
	}, 100);
	return {
		stop() {
			clearInterval(timer);
			if (peak === 0) return { cpuSeconds: undefined, peakMb: undefined };
			const spent = [...ticks.values()].reduce((sum, count) => sum + count, 0);
			return { cpuSeconds: spent / ticksPerSecond, peakMb: peak / 1_000_000 };
		},
	};
}

/** In which Linux tells processor time, whatever its own clock does. */
const ticksPerSecond = 100;

function sampleTree(pid: number): Sample[] {
	const samples: Sample[] = [];
	const waiting = [pid];
	for (const next of waiting) {
		try {
			// The name of a program stands in brackets and may hold blanks; the numbers follow it.
			const stat = readFileSync(`/proc/${next}/stat`, 'utf8');
			const numbers = stat
				.slice(stat.lastIndexOf(')') + 2)
				.split(' ')
				.map(Number);
			samples.push({
				pid: next,
				ticks: (numbers[11] ?? 0) + (numbers[12] ?? 0),
				bytes: residentBytes(next),
			});
			for (const task of readdirSync(`/proc/${next}/task`)) {
				const children = readFileSync(`/proc/${next}/task/${task}/children`, 'utf8');
				waiting.push(...children.split(' ').filter(Boolean).map(Number));
			}
		} catch {
			// It ended while we looked.
		}
	}
	return samples;
}

function residentBytes(pid: number): number {
	const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
	return Number(kibibytes ?? 0) * 1024;
}

interface Sample {
	pid: number;
	ticks: number;
	bytes: number;
}

export interface Measured {
	/** On the clock. */
	seconds: number;
	/** Of all processors together, kernel time included. */
	cpuSeconds: number | undefined;
	/** Megabytes of 1,000,000 bytes. */
	peakMb: number | undefined;
	/** Everything it printed. */
	output: string;
}
