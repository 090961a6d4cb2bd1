/**
 * Breaks long lines of HTML where a blank already stands between words, since a mail's source may
 * not hold lines of more than 998 bytes. Tags, `pre` and the head are left as they are.
 */
export function foldHtml(html: string): string {
	const start = html.indexOf('<body');
	let column = 0;
	let isPre = false;
	const body = html.slice(start).replace(/<[^>]*>|\s+|[^\s<]+/g, (token) => {
		if (/^<pre[\s>]/.test(token)) isPre = true;
		if (token === '</pre>') isPre = false;
		const isBlank = /^[ \t]+$/.test(token);
		const folded = isBlank && !isPre && column > foldAfter ? '\n' : token;
		const lineEnd = folded.lastIndexOf('\n');
		column = lineEnd < 0 ? column + folded.length : folded.length - lineEnd - 1;
		return folded;
	});
	return html.slice(0, start) + body;
}

/** Characters. The longest tag follows without a break, so that this leaves room for it. */
const foldAfter = 120;
