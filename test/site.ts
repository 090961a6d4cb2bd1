/** Real builds of the sites, into folders that vanish when the test file that asked for them ends. */
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { afterAll } from 'vitest';

/** The repository's root. */
export const root = resolve(import.meta.dirname, '..');

/**
 * Builds a site as `astro build` does, in a process of its own.
 * @param env - what differs from a fresh clone: `TANDEM_NOW`, `TANDEM_CONTENT`
 * @returns absolute path of the site's folder; the outbox of a newsletter lies beside it
 * @throws Error holding the build's output where it fails
 */
export function buildSite(
	site: 'playbook' | 'newsletter',
	env: Record<string, string> = {},
): Promise<string> {
	const key = JSON.stringify([site, env]);
	const known = builds.get(key);
	if (known) return known;
	const built = build(site, env);
	builds.set(key, built);
	return built;
}

/** A copy of the repository's content to change; absolute path. */
export function copyContent(): string {
	const folder = temporaryFolder(tmpdir());
	cpSync(join(root, 'content'), folder, { recursive: true });
	return folder;
}

/** Every file below a folder, as paths with forward slashes from it, sorted. */
export function filesOf(folder: string): string[] {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((file) => file.isFile())
		.map((file) => relative(folder, join(file.parentPath, file.name)).replaceAll('\\', '/'))
		.toSorted();
}

function build(site: string, env: Record<string, string>): Promise<string> {
	// Astro keeps its working files beside an output inside the repository, but in one shared place
	// for any other: two builds at once would then take each other's files away.
	const folder = temporaryFolder(join(root, '.cache'));
	const out = join(folder, 'dist');
	return new Promise((done, fail) => {
		execFile(
			process.execPath,
			[astro, 'build'],
			{
				cwd: root,
				maxBuffer: 64 * 1024 * 1024,
				env: {
					...clean(process.env),
					NODE_ENV: 'production',
					ASTRO_TELEMETRY_DISABLED: '1',
					SITE: site,
					TANDEM_OUT: out,
					TANDEM_CACHE: join(folder, 'cache'),
					...env,
				},
			},
			(error, stdout, stderr) => {
				if (error)
					fail(new Error(`The build of ${site} failed.\n${stdout}\n${stderr}`, { cause: error }));
				else done(join(out, site));
			},
		);
	});
}

/** The environment without what this run or its caller set for itself. */
function clean(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
	return Object.fromEntries(
		Object.entries(env).filter(
			([name]) => !/^(?:TANDEM_|RESEND_|VITEST|SITE$|NODE_ENV$)/.test(name),
		),
	);
}

function temporaryFolder(parent: string): string {
	mkdirSync(parent, { recursive: true });
	const folder = mkdtempSync(join(parent, 'tandem-'));
	folders.push(folder);
	return folder;
}

// The package's own manifest is what it exports; the command lies beside it.
const manifest = createRequire(import.meta.url).resolve('astro/package.json');
const astro = join(dirname(manifest), 'bin', 'astro.mjs');
const builds = new Map<string, Promise<string>>();
const folders: string[] = [];

afterAll(() => {
	for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});
