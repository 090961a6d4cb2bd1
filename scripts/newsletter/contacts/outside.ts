import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import type { Environment } from '#/environment.ts';
import { UserError } from '#/user-error.ts';

/**
 * The absolute path of a file that may hold addresses, wherever links lead.
 * @throws UserError for a path inside any git work tree, this program, or what it builds from and to
 */
export function pathOutside(typed: string, environment: Environment): string {
	const path = truePath(typed);
	const own = [
		resolve(import.meta.dirname, '../../..'),
		environment.contentDir,
		environment.outDir,
		environment.cacheDir,
	].map(truePath);
	if (own.some((folder) => path.startsWith(folder + sep)) || isInGit(path)) {
		throw new UserError(
			'That file would lie inside a git work tree, or among what is built.',
			'Addresses never go there. Name a file in a folder of your own. Nothing was written.',
		);
	}
	return path;
}

/** True where git may one day commit a file. */
export function isInGit(path: string): boolean {
	for (let folder = dirname(truePath(path)); ; folder = dirname(folder)) {
		if (existsSync(join(folder, '.git'))) return true;
		if (folder === dirname(folder)) return false;
	}
}

/** Resolves the links of whatever part of a path is there. */
function truePath(path: string): string {
	const whole = resolve(path);
	try {
		return realpathSync(whole);
	} catch {
		const above = dirname(whole);
		return above === whole ? whole : join(truePath(above), basename(whole));
	}
}
