import { categories } from './examine.ts';
import type { PageFigures } from './examine.ts';
import type { InteractionFigures } from './interactions.ts';

/** Prints the figures as a Markdown table, ready for docs/benchmarks.md, then what loses points. */
export function printTable(rows: readonly Row[], runs: number): void {
	const cells = [
		[
			'site',
			'page',
			'requests',
			'kB',
			'HTML',
			'CSS',
			'JS',
			'CLS',
			'FCP s',
			'LCP s',
			'TBT ms',
			categories.map((name) => initials[name]).join(' / '),
		],
		Array.from({ length: 12 }, () => '---'),
		...rows.map(({ site, kind, figures }) => {
			const { html, css, js, other } = figures.bytes;
			return [
				site,
				kind,
				String(figures.requests),
				kilobytes(html + css + js + other),
				kilobytes(html),
				kilobytes(css),
				kilobytes(js),
				figures.cls === 0 ? '0' : figures.cls.toFixed(3),
				(figures.fcp / 1000).toFixed(2),
				(figures.lcp / 1000).toFixed(2),
				figures.tbt.toFixed(0),
				figures.scores.join(' / '),
			];
		}),
	];
	for (const row of cells) console.log(`| ${row.join(' | ')} |`);
	console.log(`\nMedian of ${runs}. kB: 1,000 bytes on the wire, in brotli, headers included.`);
	const benchmarks = rows.map(({ figures }) => figures.benchmark);
	console.log(
		`Lighthouse's measure of this machine: ${Math.min(...benchmarks)} to ${Math.max(...benchmarks)}.`,
	);
	for (const { site, kind, path, figures } of rows) {
		if (figures.faults.length === 0) continue;
		console.log(`${site}, ${kind} (${path}) loses points by ${figures.faults.join(', ')}`);
	}
}

/** Prints how soon pages show what somebody did, as a Markdown table. */
export function printInteractions(rows: readonly InteractionRow[], runs: number): void {
	const cells = [
		['site', 'page', 'steps', 'INP ms', 'slowest step'],
		Array.from({ length: 5 }, () => '---'),
		...rows.map(({ site, kind, figures: { steps, ms, slowest } }) => [
			site,
			kind,
			String(steps),
			ms === 0 ? 'under 16' : String(ms),
			slowest,
		]),
	];
	for (const row of cells) console.log(`| ${row.join(' | ')} |`);
	console.log(`\nINP: the slowest step, at 4x CPU throttle, in steps of 8 ms. Median of ${runs}.`);
}

function kilobytes(bytes: number): string {
	return (bytes / 1000).toFixed(1);
}

const initials: Record<(typeof categories)[number], string> = {
	performance: 'performance',
	accessibility: 'accessibility',
	'best-practices': 'best practices',
	seo: 'SEO',
};

export interface Row {
	site: string;
	kind: string;
	path: string;
	figures: PageFigures;
}

export interface InteractionRow {
	site: string;
	kind: string;
	figures: InteractionFigures;
}
