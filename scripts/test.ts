/**
 * `npm test`: everything. Makes sure of a browser first; without one the browser tests are skipped
 * with a loud reason, and in CI they fail. Ends with one line `N passed, N failed, N skipped`.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { styleText } from 'node:util';
import { environment } from '#/environment.ts';
import { runNode, root } from './astro.ts';
import { ensureBrowser } from './test/browser.ts';

const { isCi } = environment();
const browser = await ensureBrowser();
if (browser.kind === 'missing') {
	console.error(styleText(isCi ? 'red' : 'yellow', browser.reason));
	if (!isCi) console.error('The browser tests are skipped.');
}

const folder = mkdtempSync(join(tmpdir(), 'tandem-test-'));
const report = join(folder, 'report.json');
try {
	const { code } = await runNode(
		[
			join(root, 'node_modules/vitest/vitest.mjs'),
			'run',
			'--reporter=default',
			'--reporter=json',
			`--outputFile.json=${report}`,
			...(browser.kind === 'missing' && !isCi ? ['--project', 'unit', '--project', 'site'] : []),
			...process.argv.slice(2),
		],
		browser.kind === 'found' ? { TANDEM_BROWSER: browser.path } : {},
		(line) => console.log(line),
	);
	const totals = readTotals(report);
	if (code !== 0 || totals.failed > 0) process.exitCode = 1;
	// A run that breaks before its tests has failed too, whatever it counted.
	const failed = code !== 0 ? Math.max(1, totals.failed) : totals.failed;
	console.log(`${totals.passed} passed, ${failed} failed, ${totals.skipped} skipped`);
} finally {
	rmSync(folder, { recursive: true, force: true });
}

function readTotals(file: string): { passed: number; failed: number; skipped: number } {
	try {
		// Vitest writes this file in Jest's form.
		const totals = JSON.parse(readFileSync(file, 'utf8')) as Record<string, number>;
		return {
			passed: totals['numPassedTests'] ?? 0,
			failed: totals['numFailedTests'] ?? 0,
			skipped: (totals['numPendingTests'] ?? 0) + (totals['numTodoTests'] ?? 0),
		};
	} catch {
		return { passed: 0, failed: 1, skipped: 0 };
	}
}
