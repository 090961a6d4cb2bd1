import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';

/**
 * Finds Chromium, or installs Debian's where this may: as root on a machine that has `apt-get`.
 * @returns its path, or why there is none and what to do
 */
export async function ensureBrowser(): Promise<Browser> {
	const known = findBrowser();
	if (known) return { kind: 'found', path: known };
	const isRoot = process.getuid?.() === 0;
	if (!isRoot || spawnSync('apt-get', ['--version']).status !== 0) {
		return {
			kind: 'missing',
			reason:
				'There is no Chromium. Install it (Debian: apt-get install chromium) and run the tests again.',
		};
	}
	console.error('There is no Chromium: installing it.');
	for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']]) {
		const { status, stderr } = spawnSync('apt-get', args, { encoding: 'utf8', timeout: 600_000 });
		if (status === 0) continue;
		return { kind: 'missing', reason: `apt-get ${args[0]} failed: ${stderr.trim().slice(-500)}` };
	}
	const installed = findBrowser();
	return installed
		? { kind: 'found', path: installed }
		: { kind: 'missing', reason: 'Chromium was installed, but is not where it belongs.' };
}

/** The path of a Chromium on this machine. */
export function findBrowser(): string | undefined {
	return ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
		(path) => {
			try {
				accessSync(path, constants.X_OK);
				return true;
			} catch {
				return false;
			}
		},
	);
}

/** What Chromium is started with everywhere: no sandbox of its own in containers, no calls home. */
export const browserFlags = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	'--no-first-run',
];

type Browser = { kind: 'found'; path: string } | { kind: 'missing'; reason: string };
