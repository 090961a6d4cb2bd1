/**
 * Shows links and pictures of the given public origins with their local origins, and lets links open
 * in a new tab. Only for the frame of the inbox: text and source stay as they were sent.
 */
export function localLinks(markup: string, hosts: Readonly<Record<string, string>>): string {
	const mapped = markup.replace(
		/\b(href|src)=(["'])(https?:\/\/[^"']*)\2/gi,
		(whole, name: string, quote: string, url: string) => {
			const entry = Object.entries(hosts).find(([origin]) => isBelow(url, origin));
			if (entry === undefined) return whole;
			const [origin, local] = entry;
			return `${name}=${quote}${local}${url.slice(origin.length)}${quote}`;
		},
	);
	const base = '<base target="_blank">';
	return /<head[^>]*>/i.test(mapped)
		? mapped.replace(/<head[^>]*>/i, (head) => head + base)
		: base + mapped;
}

function isBelow(url: string, origin: string): boolean {
	const next = url.charAt(origin.length);
	return url.startsWith(origin) && (next === '' || '/?#'.includes(next));
}
