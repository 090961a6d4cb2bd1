import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runGit } from '#/delivery/git.ts';

/** A bare repository with one commit, as a host of git keeps it. */
export async function makeRemote(room: string): Promise<Remote> {
	const path = join(room, 'remote.git');
	const desk = join(room, 'desk');
	await runGit(room, ['init', '--quiet', '--bare', '-b', 'main', path]);
	await runGit(room, ['clone', '--quiet', path, desk]);
	await mkdir(join(desk, 'content', 'issues'), { recursive: true });
	await writeFile(join(desk, 'content', 'issues', 'README.md'), 'Receipts lie beside issues.\n');
	await runGit(desk, ['add', '.']);
	const who = ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.com'];
	await runGit(desk, [...who, 'commit', '--quiet', '-m', 'Begin']);
	await runGit(desk, ['push', '--quiet', 'origin', 'HEAD:refs/heads/main']);
	const first = String(await runGit(path, ['rev-parse', 'main'])).trim();
	const folders: string[] = [];
	return {
		async checkout(name) {
			const folder = join(room, name);
			await runGit(room, ['clone', '--quiet', '--branch', 'main', path, folder]);
			folders.push(join(folder, 'content', 'issues'));
			return join(folder, 'content', 'issues');
		},
		async reset() {
			await runGit(path, ['update-ref', 'refs/heads/main', first]);
			for (const folder of folders) {
				for (const name of await readdir(folder)) {
					if (name !== 'README.md') await rm(join(folder, name));
				}
			}
		},
	};
}

export interface Remote {
	/** Clones it, and returns the absolute path of the clone's folder of issues. */
	checkout(name: string): Promise<string>;
	/** Takes every receipt away, on the remote and in the clones. */
	reset(): Promise<void>;
}
