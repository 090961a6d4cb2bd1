/** The Chromium that browser tests drive, and axe in it. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { browserFlags } from '../scripts/test/browser.ts';

/** Where Chromium is: what `npm test` found or installed, else Debian's place. */
const browserPath = process.env['TANDEM_BROWSER'] ?? '/usr/bin/chromium';

/**
 * Why browser tests cannot run here, or undefined where they can. `npm test` installs a browser
 * first; in CI a missing one is a failure, so there the tests run and say so.
 */
export const noBrowser: string | undefined =
	existsSync(browserPath) || process.env['CI']
		? undefined
		: `There is no Chromium at ${browserPath}: browser tests are skipped.`;

/** Starts Chromium with a fresh profile and no connections of its own. */
export function launchBrowser(): Promise<Browser> {
	return chromium.launch({ executablePath: browserPath, args: browserFlags });
}

/** What axe finds wrong on a page, as lines a person can act on. */
export async function violationsOf(page: Page, options: RunOptions = {}): Promise<string[]> {
	await page.evaluate(axeSource);
	const results = await page.evaluate(
		// axe was put into the page the line before.
		(given) => (window as unknown as AxeWindow).axe.run(document, given),
		options,
	);
	return results.violations.flatMap(({ id, nodes }) =>
		nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary ?? ''}`),
	);
}

const axeSource = readFileSync(
	createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
	'utf8',
);

interface AxeWindow {
	axe: { run(context: Document, options: RunOptions): Promise<AxeResults> };
}
