/**
 * A mail as one kind of reader sees it. A browser shows what its own reader asked for, light or
 * dark; so the one media query that asks is answered beforehand, and nothing else is changed.
 */

/** The mail with our own dark styles on, or off. */
export function inScheme(html: string, scheme: 'light' | 'dark'): string {
	const query = scheme === 'dark' ? '@media all{' : '@media not all{';
	return swap(
		swap(html, /@media \(prefers-color-scheme:dark\)\{/g, query),
		/(?<=content="|color-schemes?:)light dark(?=[";}])/g,
		scheme,
	);
}

/** The mail with its pictures where this machine has them. */
export function withPictures(html: string, pictureAt: (url: string) => string): string {
	return html.replace(
		/(<img src=")([^"]*)"/g,
		(_whole, start: string, url: string) => `${start}${pictureAt(url)}"`,
	);
}

/** The mail with every picture blocked: their words stand in their places. */
export function withoutPictures(html: string): string {
	return withPictures(html, () => 'data:,');
}

/** The mail with links that open beside it, so that following one does not lose the preview. */
export function withLinksApart(html: string): string {
	return swap(html, /<head>/, '<head><base target="_blank">');
}

/** A preview that silently shows something else than asked for would be worse than none. */
function swap(html: string, pattern: RegExp, by: string): string {
	const swapped = html.replace(pattern, by);
	if (swapped === html) throw new Error(`The mail does not hold ${pattern.source}.`);
	return swapped;
}
