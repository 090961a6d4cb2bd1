import type { Browser } from 'playwright-core';
import { UserError } from '#/user-error.ts';
import { browserFlags, findBrowser } from '../test/browser.ts';

/**
 * Starts Chromium without connections of its own, and closes it whatever comes.
 * @param purpose - what it is for, after "and": `a preview is pictured in it`
 * @throws UserError where this machine has none, or the project was installed without its tools
 */
export async function withChromium<T>(
	purpose: string,
	use: (browser: Browser) => Promise<T>,
): Promise<T> {
	const executablePath = findBrowser();
	if (executablePath === undefined) {
		throw new UserError(
			`There is no Chromium, and ${purpose}.`,
			'Install it (Debian: apt-get install chromium); "npm test" does so where it may. Nothing was written.',
		);
	}
	// Only developers have it: the sending job installs no development tools.
	const { chromium } = await import('playwright-core').catch((cause: unknown) => {
		throw new UserError(
			`playwright-core is not installed, and ${purpose}.`,
			'Run npm ci without --omit=dev. Nothing was written.',
			{ cause },
		);
	});
	const browser = await chromium.launch({ executablePath, args: browserFlags });
	try {
		return await use(browser);
	} finally {
		await browser.close();
	}
}
