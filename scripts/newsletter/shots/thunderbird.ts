/** Thunderbird on a screen nobody sees: it opens one message, and its window is photographed. */
import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Programs } from '../../debian.ts';
import { profileSettings } from './profile.ts';
import type { View } from './profile.ts';

/** What it takes, by the Debian package each program comes with. */
export const thunderbirdPrograms: Programs = {
	thunderbird: 'thunderbird',
	Xvfb: 'xvfb',
	xdotool: 'xdotool',
	import: 'imagemagick',
};

/** Runs `use` with a hidden screen; all that was started on it is ended, whatever comes. */
export async function withScreen<T>(use: (screen: Screen) => Promise<T>): Promise<T> {
	const folder = await mkdtemp(join(tmpdir(), 'tandem-shots-'));
	// The server finds a free number by itself and says which on its third channel.
	const server = spawn(
		'Xvfb',
		['-displayfd', '3', '-screen', '0', `${size.width}x${size.height}x24`, '-nolisten', 'tcp'],
		{ stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
	);
	try {
		return await use({ display: `:${await displayOf(server)}`, folder });
	} finally {
		await end(server);
		await rm(folder, { recursive: true, force: true });
	}
}

/**
 * Photographs a message as Thunderbird shows it, top to bottom as far as the window goes.
 * @param raw - the whole message
 * @param subject - what the window is named after
 * @returns a PNG
 * @throws Error where no window shows within a minute
 */
export async function photograph(
	{ display, folder }: Screen,
	view: View,
	raw: string,
	subject: string,
): Promise<Buffer> {
	const profile = await mkdtemp(join(folder, 'profile-'));
	const file = join(profile, 'letter.eml');
	await writeFile(file, raw);
	await writeFile(join(profile, 'user.js'), profileSettings(view));
	const client = spawn('thunderbird', ['--profile', profile, '--no-remote', '-file', file], {
		// The command is a script that starts the program: both end as one group.
		detached: true,
		stdio: 'ignore',
		env: {
			PATH: '/usr/local/bin:/usr/bin:/bin',
			HOME: profile,
			DISPLAY: display,
			LANG: 'en_GB.UTF-8',
			MOZ_CRASHREPORTER_DISABLE: '1',
			...(view === 'dark' ? { GTK_THEME: 'Adwaita:dark' } : {}),
		},
	});
	try {
		const window = await windowOf(display, subject, client);
		await run('xdotool', ['windowmove', window, '0', '0'], display);
		await run('xdotool', ['windowsize', window, String(size.width), String(size.height)], display);
		return await settledPicture(display, profile);
	} finally {
		await end(client);
	}
}

async function displayOf(server: ChildProcess): Promise<string> {
	const channel = server.stdio[3];
	if (!channel || !('setEncoding' in channel)) throw new Error('Xvfb has no third channel.');
	channel.setEncoding('utf8');
	return new Promise((done, fail) => {
		const timer = setTimeout(() => fail(new Error('Xvfb did not start within 15 s.')), 15_000);
		server.once('error', fail);
		server.once('exit', (code) => fail(new Error(`Xvfb ended at once, with code ${code}.`)));
		channel.once('data', (text: string) => {
			clearTimeout(timer);
			done(text.trim());
		});
	});
}

async function windowOf(display: string, subject: string, client: ChildProcess): Promise<string> {
	const name = subject.replaceAll(/[^\w ]/g, '.');
	for (const until = Date.now() + 60_000; Date.now() < until; await pause(500)) {
		if (client.exitCode !== null) throw new Error(`Thunderbird ended, code ${client.exitCode}.`);
		const found = await run('xdotool', ['search', '--onlyvisible', '--name', name], display).catch(
			() => '',
		);
		const window = found.trim().split('\n').at(-1);
		if (window) return window;
	}
	throw new Error(`Thunderbird showed no window "${subject}" within a minute.`);
}

/** Waits until two pictures in a row are the same, for at most half a minute. */
async function settledPicture(display: string, folder: string): Promise<Buffer> {
	const file = join(folder, 'shot.png');
	let before = '';
	for (const until = Date.now() + 30_000; ; await pause(1500)) {
		await run('import', ['-window', 'root', '-silent', file], display);
		const picture = await readFile(file);
		const digest = createHash('sha256').update(picture).digest('hex');
		if (digest === before || Date.now() > until) return picture;
		before = digest;
	}
}

function run(program: string, args: string[], display: string): Promise<string> {
	return new Promise((done, fail) => {
		execFile(
			program,
			args,
			{ timeout: 30_000, env: { PATH: '/usr/local/bin:/usr/bin:/bin', DISPLAY: display } },
			(error, stdout) => {
				if (error) fail(error);
				else done(stdout);
			},
		);
	});
}

/** Ends a process, and its group where it leads one; by force after five seconds. */
async function end(child: ChildProcess): Promise<void> {
	const { pid } = child;
	if (pid === undefined) return;
	for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
		signalGroup(pid, signal);
		for (let turn = 0; turn < 20 && isAlive(pid); turn++) await pause(250);
		if (!isAlive(pid)) return;
	}
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
	for (const id of [-pid, pid]) {
		try {
			process.kill(id, signal);
			return;
		} catch {
			// No such group: the process alone is signalled next.
		}
	}
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}

/** Pixels. As high as a letter is in one piece, or nearly. */
const size = { width: 900, height: 5400 };

export interface Screen {
	/** `:77` */
	display: string;
	/** Absolute path of a folder that goes with the screen. */
	folder: string;
}
