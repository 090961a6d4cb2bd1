/** Programs of Debian that some tests and commands use: found, installed where that may be, or missed aloud. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';

/**
 * Says which of the programs are not on this machine, and what to do about it.
 * @returns undefined where all are there
 */
export function missingPrograms(programs: Programs): string | undefined {
	const missing = Object.entries(programs).filter(
		([program]) => programPath(program) === undefined,
	);
	if (missing.length === 0) return undefined;
	const names = missing.map(([program]) => program).join(', ');
	const packages = [...new Set(missing.map(([, name]) => name))].join(' ');
	return `Not on this machine: ${names}. Install with: apt-get install --no-install-recommends ${packages}`;
}

/**
 * As `missingPrograms`, but installs their packages first where it may: as root on a machine that
 * has `apt-get`. That takes up to ten minutes, and says so on stderr.
 */
export function ensurePrograms(programs: Programs): string | undefined {
	const missing = missingPrograms(programs);
	if (missing === undefined) return undefined;
	if (process.getuid?.() !== 0 || programPath('apt-get') === undefined) return missing;
	process.stderr.write(`${missing}\nInstalling now.\n`);
	const packages = [...new Set(Object.values(programs))];
	for (const args of [['update'], ['install', '-y', '--no-install-recommends', ...packages]]) {
		const { status, stderr } = spawnSync('apt-get', args, { encoding: 'utf8', timeout: 600_000 });
		if (status !== 0) return `${missing}\napt-get ${args[0]} failed: ${stderr.trim().slice(-500)}`;
	}
	return missingPrograms(programs);
}

/** Absolute path of a program, where Debian puts it. */
function programPath(program: string): string | undefined {
	return ['/usr/bin', '/usr/sbin', '/usr/local/bin']
		.map((folder) => join(folder, program))
		.find(isProgram);
}

function isProgram(path: string): boolean {
	try {
		accessSync(path, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}

/** Programs and the Debian package each comes with. */
export type Programs = Readonly<Record<string, string>>;
