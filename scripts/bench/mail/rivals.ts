/** The other two renderers, installed once into the cache: they are no dependencies of the project. */
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { UserError } from '#/user-error.ts';
import { installedVersion } from '../installed.ts';

/**
 * Makes sure they are there.
 * @returns absolute path of the folder they are installed in
 * @throws UserError where npm cannot install them
 */
export async function ensureRivals(cacheDir: string): Promise<string> {
	const folder = join(cacheDir, 'bench/mail');
	if (
		Object.entries(wanted).every(([name, version]) => installedVersion(folder, name) === version)
	) {
		return folder;
	}
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
	const packages = Object.entries(wanted).map(([name, version]) => `${name}@${version}`);
	console.error(`Installing ${packages.join(', ')} into ${folder}, once …`);
	const code = await npm(
		['install', '--no-audit', '--no-fund', '--ignore-scripts', ...packages],
		folder,
	);
	if (code !== 0) {
		throw new UserError(
			'The other renderers could not be installed.',
			'See what npm says above. With --alone only our own figures are taken.',
		);
	}
	return folder;
}

/** A package of theirs, loaded. */
export async function loadRival<T>(folder: string, name: string): Promise<T> {
	const file = createRequire(join(folder, 'package.json')).resolve(name);
	// The caller knows what the package exports; its types are not installed.
	return (await import(pathToFileURL(file).href)) as T;
}

/** The versions compared with. */
export const wanted = {
	'react-email': '6.11.13',
	react: '19.2.0',
	'react-dom': '19.2.0',
	mjml: '5.4.1',
} as const;

function npm(args: string[], folder: string): Promise<number | null> {
	return new Promise((done, fail) => {
		const child = spawn('npm', args, { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] });
		child.once('error', fail);
		child.once('exit', done);
	});
}
