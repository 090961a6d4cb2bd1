/**
 * Splits a batch of pages, as a site's build rendered it.
 * @returns each page as it would have been rendered by itself
 * @throws Error for a text that is no batch, or whose pages have a script of Astro's: it would stand
 * in the first of them only
 */
export function splitBatch(html: string): SplitPage[] {
	const boundary = openingPattern.exec(html.slice(0, 200))?.groups?.['boundary'];
	if (boundary === undefined) throw new Error('A batch of pages does not open as one.');
	const head = html.slice(html.indexOf('>', html.indexOf(boundary)) + 1, html.indexOf('</head>'));
	const scripts = /^(?:<script\b[^>]*><\/script>)*/.exec(head)?.[0] ?? '';
	const styles = head.slice(scripts.length);
	const [, ...pages] = html.split(`<!--${boundary} `);
	if (pages.some((page) => /<script\b[^>]*\bsrc="\/_astro\//.test(page))) {
		throw new Error('A page of a batch has a script of its own. Put it into the batch’s opening.');
	}
	return pages.map((page) => {
		const end = page.indexOf('-->');
		// In a page by itself this is where Astro puts what belongs into its head, and where its slot is.
		const text = page
			.slice(end + '-->'.length)
			.trim()
			.replace(/\s*<\/head>/, (end) => scripts + end.replace('<', () => `${styles}<`));
		return { path: page.slice(0, end), html: doctype + text };
	});
}

/** True for a text that is a batch of pages. */
export function isBatch(html: string): boolean {
	return openingPattern.test(html.slice(0, 200));
}

// Astro writes it before a page, and no other page in it.
const doctype = '<!DOCTYPE html>';

const openingPattern =
	/^<!doctype html><html><head><meta name="tandem-batch" content="(?<boundary>[0-9a-f]+)"/i;

export interface SplitPage {
	/** `/tips/stick-test/`. */
	path: string;
	html: string;
}
