/** What one page costs a reader, and what Lighthouse says of it. */
import lighthouse from 'lighthouse';
import type { Result } from 'lighthouse';
import { startChromium } from './chromium.ts';

/**
 * Loads a page in a browser without a cache as often as asked, as Lighthouse has a phone load it
 * (its defaults: slow 4G and a four times slower processor, both simulated).
 * @returns the median of each figure
 * @throws Error where Lighthouse cannot load the page
 */
export async function examine(url: string, options: Examination): Promise<PageFigures> {
	const runs: RunFigures[] = [];
	const browser = await startChromium(options.chromium);
	try {
		for (let run = 0; run < options.runs; run++) {
			const result = await lighthouse(url, {
				port: browser.port,
				onlyCategories: [...categories],
				skipAudits: [...options.skipAudits],
				logLevel: 'silent',
			});
			if (!result || result.lhr.runtimeError) {
				throw new Error(
					`${url} was not loaded: ${result?.lhr.runtimeError?.message ?? 'no result'}`,
				);
			}
			runs.push(figuresOf(result.lhr));
		}
	} finally {
		await browser.close();
	}
	const of = (read: (run: RunFigures) => number): number => median(runs.map(read));
	return {
		requests: of(({ requests }) => requests),
		bytes: {
			html: of(({ bytes }) => bytes.html),
			css: of(({ bytes }) => bytes.css),
			js: of(({ bytes }) => bytes.js),
			other: of(({ bytes }) => bytes.other),
		},
		cls: of(({ cls }) => cls),
		fcp: of(({ fcp }) => fcp),
		lcp: of(({ lcp }) => lcp),
		tbt: of(({ tbt }) => tbt),
		benchmark: of(({ benchmark }) => benchmark),
		scores: categories.map((_, index) => of(({ scores }) => scores[index] ?? 0)),
		// A fault that every run found is the page's; one of a single run may be the machine's.
		faults: [...new Set(runs.flatMap(({ faults }) => faults))].filter((fault) =>
			runs.every(({ faults }) => faults.includes(fault)),
		),
	};
}

export const categories = ['performance', 'accessibility', 'best-practices', 'seo'] as const;

function figuresOf({ audits, categories: scored, environment }: Result): RunFigures {
	const requests = requestsIn(audits['network-requests']?.details);
	const sum = (...types: string[]): number =>
		requests
			.filter(({ resourceType }) => types.includes(resourceType ?? ''))
			.reduce((total, { transferSize }) => total + (transferSize ?? 0), 0);
	const value = (id: string): number => audits[id]?.numericValue ?? NaN;
	const all = requests.reduce((total, { transferSize }) => total + (transferSize ?? 0), 0);
	const [html, css, js] = [sum('Document'), sum('Stylesheet'), sum('Script')];
	return {
		requests: requests.length,
		bytes: { html, css, js, other: all - html - css - js },
		cls: value('cumulative-layout-shift'),
		fcp: value('first-contentful-paint'),
		lcp: value('largest-contentful-paint'),
		tbt: value('total-blocking-time'),
		benchmark: environment.benchmarkIndex,
		scores: categories.map((id) => Math.round(100 * (scored[id]?.score ?? 0))),
		faults: categories.flatMap((id) =>
			(scored[id]?.auditRefs ?? [])
				.filter(({ id: audit, weight }) => weight > 0 && (audits[audit]?.score ?? 1) < 0.9)
				.map(({ id: audit }) => audit),
		),
	};
}

/** Of the page itself: the icon that a browser asks for, whenever it likes, is not counted. */
function requestsIn(details: unknown): NetworkRequest[] {
	// The audit lists its requests in a table of this form.
	const { items = [] } = (details ?? {}) as { items?: NetworkRequest[] };
	return items.filter(({ url }) => !/\/favicon\.\w+$/.test(url) && !url.startsWith('data:'));
}

function median(values: readonly number[]): number {
	return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? NaN;
}

interface NetworkRequest {
	url: string;
	resourceType?: string;
	/** Bytes on the wire, headers included. */
	transferSize?: number;
}

export interface Examination {
	runs: number;
	/** Absolute path of the browser. */
	chromium: string;
	/** Audits that make no sense of this page, and are said to be left out. */
	skipAudits: readonly string[];
}

interface RunFigures {
	requests: number;
	/** On the wire, headers included. */
	bytes: { html: number; css: number; js: number; other: number };
	cls: number;
	/** Milliseconds. */
	fcp: number;
	/** Milliseconds. */
	lcp: number;
	/** Milliseconds. */
	tbt: number;
	/** Lighthouse's own measure of the machine: about 1,500 to 2,000 for a desktop computer. */
	benchmark: number;
	/** 0 to 100, in the order of `categories`. */
	scores: number[];
	/** Ids of audits that lost points. */
	faults: string[];
}

export type PageFigures = RunFigures;
