import { execFile } from 'node:child_process';
import { childEnvironment } from '#/environment.ts';

/**
 * Runs git with these arguments, without a shell, and gives what it printed. It asks nobody for a
 * password, runs no hook and signs nothing, and is ended after a minute: a receipt must not wait on
 * somebody's desk.
 * @param folder - absolute path of the folder to run in
 * @throws GitError with git's own last words where it fails, or is not installed
 */
export async function runGit(
	folder: string,
	args: readonly string[],
	{ input = '', variables = {} }: GitOptions = {},
): Promise<Buffer> {
	return new Promise((resolve, reject) => {
		const child = execFile(
			'git',
			[...quiet.flatMap((setting) => ['-c', setting]), ...args],
			{
				cwd: folder,
				env: environmentOf(variables),
				encoding: 'buffer',
				timeout: 60_000,
				maxBuffer: 64 * 1024 * 1024,
				windowsHide: true,
			},
			(error, stdout, stderr) => {
				if (error) reject(new GitError(reasonOf(error, String(stderr)), { cause: error }));
				else resolve(stdout);
			},
		);
		// A git that ended before it read its input has said why on stderr.
		child.stdin?.on('error', () => {});
		child.stdin?.end(input);
	});
}

/** Git refused, failed, or is not there. The message is for the person at the keyboard. */
export class GitError extends Error {
	override name = 'GitError';
}

/** Git is told by its arguments where to work, never by what an outer git left in the environment. */
function environmentOf(variables: Record<string, string>): Record<string, string | undefined> {
	const inherited = childEnvironment({
		LC_ALL: 'C',
		GIT_TERMINAL_PROMPT: '0',
		GIT_LITERAL_PATHSPECS: '1',
		GIT_NO_REPLACE_OBJECTS: '1',
	});
	return {
		...Object.fromEntries(Object.entries(inherited).filter(([name]) => !places.has(name))),
		...variables,
	};
}

function reasonOf(error: Error, stderr: string): string {
	if ('code' in error && error.code === 'ENOENT')
		return 'the program git was not found; install it';
	if ('killed' in error && error.killed === true) return 'git gave no answer for a minute';
	const lines = stderr
		.split('\n')
		.map((line) => line.trim())
		.filter((line) => line !== '' && !line.startsWith('hint:'));
	const said = lines.slice(-4).join(' ') || error.message.split('\n')[0] || 'git failed';
	// An address may carry a token.
	return said.replaceAll(/\/\/[^/@\s]+@/g, '//');
}

/** Over whatever a person has configured for their own work. */
const quiet = [
	'core.hooksPath=/dev/null',
	'core.fsmonitor=false',
	'core.splitIndex=false',
	'core.sparseCheckout=false',
	'core.quotePath=false',
	'commit.gpgSign=false',
	'push.gpgSign=false',
	'push.followTags=false',
	'submodule.recurse=false',
	'gc.auto=0',
	'maintenance.auto=false',
];

const places = new Set([
	'GIT_DIR',
	'GIT_COMMON_DIR',
	'GIT_WORK_TREE',
	'GIT_INDEX_FILE',
	'GIT_OBJECT_DIRECTORY',
	'GIT_ALTERNATE_OBJECT_DIRECTORIES',
	'GIT_NAMESPACE',
	'GIT_PREFIX',
	'GIT_SHALLOW_FILE',
]);

export interface GitOptions {
	/** What git reads from its standard input. */
	input?: string;
	/** Added to the environment. */
	variables?: Record<string, string>;
}
