import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { childEnvironment } from '#/environment.ts';

/** The project's root, whatever folder a command was typed in. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Runs a program of the project with Astro's telemetry off.
 * @param args - a file for Node and its arguments
 * @param env - added to the environment
 * @param cwd - absolute path of the folder it runs in
 */
export function startNode(
	args: readonly string[],
	env: Record<string, string>,
	cwd = root,
): ChildProcess {
	return spawn(process.execPath, args, {
		cwd,
		env: childEnvironment({ ASTRO_TELEMETRY_DISABLED: '1', ...oneArena, ...env }),
		stdio: ['inherit', 'pipe', 'pipe'],
	});
}

// A build has many threads. The C library would keep a heap for each, and what one has freed is of no
// use to another: 60 MB of 1,080 at 5,000 entries.
const oneArena = { MALLOC_ARENA_MAX: '1' };

/** The file that starts Astro's command line. */
export const astroBin = fileURLToPath(import.meta.resolve('astro/package.json')).replace(
	/package\.json$/,
	'bin/astro.mjs',
);

/**
 * Runs a program to its end, line by line.
 * @returns its exit code and everything it printed
 */
export async function runNode(
	args: readonly string[],
	env: Record<string, string>,
	onLine: (line: string) => void = () => {},
	cwd = root,
): Promise<{ code: number; output: string }> {
	const child = startNode(args, env, cwd);
	const lines: string[] = [];
	for (const stream of [child.stdout, child.stderr]) {
		if (!stream) continue;
		createInterface({ input: stream }).on('line', (line) => {
			lines.push(line);
			onLine(line);
		});
	}
	const code = await new Promise<number>((resolve, reject) => {
		child.once('error', reject);
		child.once('close', (status) => resolve(status ?? 1));
	});
	return { code, output: lines.join('\n') };
}
