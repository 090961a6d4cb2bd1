/**
 * A copy of the project to build in: its code as it stands, the installed packages by a link. What
 * is changed there changes nothing here, and no other build can come between: Astro keeps parts of
 * a running build in the project's own folder.
 */
import { cpSync, existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../astro.ts';

/**
 * Copies the project.
 * @param folder - absolute path; made where it is missing
 */
export function openWorkshop(folder: string): Workshop {
	mkdirSync(folder, { recursive: true });
	for (const name of copied) {
		const source = join(root, name);
		if (existsSync(source)) cpSync(source, join(folder, name), { recursive: true });
	}
	return workshopIn(folder);
}

/** A folder with a project in it, ready to build: with the packages that are installed here. */
export function workshopIn(folder: string): Workshop {
	symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
	const outDir = join(folder, 'dist');
	const cacheDir = join(folder, '.cache');
	return {
		folder,
		outDir,
		cacheDir,
		empty() {
			// Astro keeps types and the parts of a running build in `.astro`.
			for (const dir of [outDir, cacheDir, join(folder, '.astro')]) {
				rmSync(dir, { recursive: true, force: true });
			}
		},
	};
}

const copied = [
	'src',
	'public',
	'astro.config.mjs',
	'package.json',
	'package-lock.json',
	'tsconfig.json',
];

export interface Workshop {
	/** Absolute path; builds run in it. */
	folder: string;
	outDir: string;
	cacheDir: string;
	/** Takes away what was built and kept, so that the next build is a first one. */
	empty(): void;
}
