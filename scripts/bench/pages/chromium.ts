import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { UserError } from '#/user-error.ts';
import { browserFlags } from '../../test/browser.ts';

/**
 * Starts Chromium without a window, with a profile of its own and no connections of its own, and
 * a port for Lighthouse to drive it by.
 * @param file - absolute path of the browser
 * @throws UserError where it does not start
 */
export async function startChromium(file: string): Promise<Chromium> {
	const profile = mkdtempSync(join(tmpdir(), 'tandem-chromium-'));
	const child = spawn(
		file,
		[
			'--headless=new',
			...browserFlags,
			`--user-data-dir=${profile}`,
			'--remote-debugging-port=0',
			'about:blank',
		],
		{ stdio: ['ignore', 'ignore', 'pipe'] },
	);
	const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
	const port = await new Promise<number>((resolve, reject) => {
		const refuse = (cause?: unknown): void =>
			reject(
				new UserError(
					`Chromium did not start from ${file}.`,
					'Name another with --chromium. No page was measured.',
					{ cause },
				),
			);
		child.once('error', refuse);
		child.once('close', refuse);
		createInterface({ input: child.stderr }).on('line', (line) => {
			const found = /^DevTools listening on ws:\/\/[^:]+:(\d+)\//.exec(line)?.[1];
			if (found !== undefined) resolve(Number(found));
		});
	});
	return {
		port,
		async close() {
			child.kill();
			await ended;
			rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
		},
	};
}

export interface Chromium {
	/** Of the DevTools protocol. */
	port: number;
	close(): Promise<void>;
}
