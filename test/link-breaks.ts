/**
 * Ways to break a built site, as a slip in the code or in the content would. Each changes some files
 * and says, by plain search in their text, which files then hold a broken link. Nothing here knows
 * how the check finds them.
 */
import { dirname } from 'node:path';
import type { Random } from '../scripts/bench/random.ts';

/**
 * Breaks one thing.
 * @param site - every file of the site with its text; empty for pictures and other bytes
 * @returns undefined where this site has nothing of the kind
 */
export type Breaker = (
	site: ReadonlyMap<string, string>,
	dice: Random,
	origin: string,
) => Broken | undefined;

export const breakers: Record<string, Breaker> = {
	'a page is gone': (site, dice, origin) => {
		const page = dice.one(linkedPages(site));
		return remove(site, page, pathOf(page), origin);
	},
	'a page is gone that only a feed, a map or data names': (site, dice, origin) => {
		const named = linkedPages(site).filter((page) =>
			[...site].some(
				([file, text]) => !file.endsWith('.html') && names(file, text, pathOf(page), origin),
			),
		);
		if (named.length === 0) return undefined;
		const page = dice.one(named);
		return remove(site, page, pathOf(page), origin);
	},
	'the folder of a page has a capital': (site, dice, origin) => {
		const page = dice.one(
			linkedPages(site).filter((file) => /\/[a-z][^/]*\/index\.html$/.test(file)),
		);
		const renamed = page.replace(
			/\/([a-z])([^/]*\/index\.html)$/,
			(_, first: string, rest: string) => `/${first.toUpperCase()}${rest}`,
		);
		const broken = remove(site, page, pathOf(page), origin);
		const text = site.get(page) ?? '';
		broken.changes.set(renamed, text);
		if (names(page, text, pathOf(page), origin)) broken.files.add(renamed);
		return broken;
	},
	'an anchor has another name': (site, dice) => {
		const linked = htmlOf(site).flatMap((file) => {
			const text = site.get(file) ?? '';
			return [...text.matchAll(/ href="#([^"]+)"/g)].map(([, id = '']) => ({ file, id }));
		});
		const { file, id } = dice.one(linked);
		const text = site.get(file) ?? '';
		const from = text.includes(`id="${id}"`) ? `id="${id}"` : `id='${id}'`;
		return edit(file, text.replace(from, `id="${id}-2"`));
	},
	'a link has a letter too many': changeLink((path, dice) => slip(path, dice)),
	'a link has a capital': changeLink((path) =>
		path.replace(
			/\/([a-z])([^/]*\/)$/,
			(_, first: string, rest: string) => `/${first.toUpperCase()}${rest}`,
		),
	),
	'a link has lost its last slash': changeLink((path) => path.slice(0, -1)),
	'a link names the file': changeLink((path) => `${path}index.html`),
	'a link leads to a draft': changeLink(() => '/tips/raw-idea/'),
	'a link leads to an anchor that is not there': changeLink((path) => `${path}#no-such-place`),
	'a link has a stray percent sign': changeLink((path) => `${path}50%-off/`),
	'a link begins with two slashes': changeLink((path) => `/${path}`),
	'a link is empty': changeLink(() => ''),
	'a link leads to its own top': changeLink(() => '#'),
	'a link is relative to the wrong folder': changeLink((path) => `here${path}`),
	'a link leads to the machine of its writer': changeLink((path) => `http://localhost:4321${path}`),
	'a link leads to this site under another scheme': changeLink(
		(path, _dice, origin) => origin.replace('https:', 'http:') + path,
	),
	'a link is an old address': changeLink(() => '/blog/2019/hello/'),
	'a canonical address is wrong': changeAddress(/<link rel="canonical" href="[^"]+\/(?=")/g, 'x/'),
	'a shared address is wrong': changeAddress(
		/<meta property="og:url" content="[^"]+\/(?=")/g,
		'x/',
	),
	'an icon has another name': changeAddress(/<link rel="icon" href="\/favicon(?=\.svg")/g, '-2'),
	'a feed that a page offers has another name': changeAddress(
		/<link rel="alternate"[^>]* href="\/[a-z]+(?=\.)/g,
		'2',
	),
	'a form goes nowhere': changeAddress(/<form[^>]* action="\/[a-z]+(?=[/"])/g, 'x'),
	'a page that moved leads nowhere': changeAddress(
		/<meta http-equiv="refresh" content="0; ?url=\/[^"]+(?=\/")/g,
		'x',
	),
	'a page that moved leads to itself': (site, dice) => {
		const moved = htmlOf(site).filter((file) => /http-equiv="refresh"/.test(site.get(file) ?? ''));
		if (moved.length === 0) return undefined;
		const file = dice.one(moved);
		const text = site.get(file) ?? '';
		return edit(file, text.replace(/content="0; ?url=[^"]+"/, `content="0;url=${pathOf(file)}"`));
	},
	'a script is gone': removeFile(/<script[^>]* src="(?<path>[^"]+)"/g),
	'a picture is gone': removeFile(/<img[^>]* src="(?<path>\/[^"]+)"/g),
	'the narrow copy of a picture is gone': removeFile(/srcset="(?<path>\/\S+)/g),
	'a picture has a capital': changeAddress(/<img[^>]* src="\/pictures(?=\/)/g, 'A'),
	'a picture is a page': replaceIn(/(<img[^>]* src=")[^"]+(?=")/g, '$1/tips/'),
	'a picture has no address': replaceIn(/(<img[^>]* src=")[^"]+(?=")/g, '$1'),
	'a srcset names another file': replaceIn(/(srcset="\/[^"\s]*)\.png /g, '$1.webp '),
	'a srcset has a bare number': replaceIn(/(srcset="\S+ \d+)w/g, '$1'),
	'a srcset has a word for a size': replaceIn(/(srcset="\S+ )\d+w/g, '$1wide'),
	'a srcset has one size twice': replaceIn(/(srcset="\S+ )\d+(?=w, \S+ (\d+)w")/g, '$1$2'),
	'a srcset mixes widths and densities': replaceIn(/(srcset="\S+ )\d+w/g, '$12x'),
	'a srcset is empty': replaceIn(/(srcset=")[^"]+/g, '$1 '),
	'a style asks for a picture that is not there': replaceIn(
		/(<style[^>]*>)/g,
		'$1.x{background:url(/pictures/gone.png)}',
	),
	'a heading that names a section has another id': replaceIn(
		/(aria-labelledby="[^"\s]+)(?=")/g,
		'$1-2',
	),
	'a label belongs to nothing': replaceIn(/(<label[^>]* for="[^"]+)(?=")/g, '$1-2'),
	'a note has another id': replaceIn(/( aria-describedby="[^"\s]+)(?=")/g, '$1-2'),
	'a word shows a note that is not there': replaceIn(/( interestfor="[^"]+)(?=")/g, '$1-2'),
	'a button opens nothing': replaceIn(
		/(<body[^>]*>)/g,
		'$1<button popovertarget="nothing">Open</button>',
	),
	'two elements have one id': replaceIn(/(<main[^>]*>)/g, '$1<p id="main">Twice.</p>'),
	'a script is handed a wrong address': replaceIn(
		/(data-set="[^"]*https:\/\/[^"&]+)(?=\/&)/g,
		'$1x',
	),
	'an entry of a feed leads nowhere': changeOther(
		/^(?:atom|rss)\.xml$/,
		/(?<=<link>|<id>|href=")https:\/\/[^<"]+\/issues\/\d+(?=\/)/g,
		'0',
	),
	'a link within the text of a feed leads nowhere': changeOther(
		/^(?:atom|rss)\.xml$/,
		/href=&quot;https:\/\/[^&]+(?=\/&quot;)/g,
		'x',
	),
	'a link within the text of a feed is not whole': (site, dice) => {
		const feeds = [...site.keys()].filter((file) => /^(?:atom|rss)\.xml$/.test(file));
		if (feeds.length === 0) return undefined;
		const file = dice.one(feeds);
		return edit(
			file,
			replaceOne(
				site.get(file) ?? '',
				/href=&quot;https:\/\/[^/]+(?=\/[^&]+&quot;)/g,
				dice,
				() => 'href=&quot;',
			),
		);
	},
	'an item of the JSON feed leads nowhere': changeOther(
		/^feed\.json$/,
		/"url":"https:\/\/[^"]+\/issues\/\d+(?=\/)/g,
		'0',
	),
	'a link within the JSON feed leads nowhere': changeOther(
		/^feed\.json$/,
		/href=\\"https:\/\/[^"\\]+(?=\/\\")/g,
		'x',
	),
	'the site map names a page that is not there': changeOther(
		/^sitemap-\d+\.xml$/,
		/<loc>https:\/\/[^<]+[a-z\d](?=\/<)/g,
		'x',
	),
	'robots.txt names another site map': changeOther(/^robots\.txt$/, /sitemap-index(?=\.xml)/g, '2'),
	'the catalogue of the search names a page that is not there': changeOther(
		/catalogue\.json$/,
		/"path":"\/[^"]+(?=\/")/g,
		'x',
	),
};

/** Changes that break nothing. */
export const harmless: Record<string, Breaker> = {
	'a link has a question': changeLink((path) => `${path}?from=here&amp;to=there`),
	'a link is written with escapes': changeLink((path) =>
		path.replace(/[a-z](?=[^a-z]*$)/, (letter) => `%${letter.charCodeAt(0).toString(16)}`),
	),
	'a link is whole': changeLink((path, _dice, origin) => origin + path),
	'a link is whole, its host in capitals': changeLink(
		(path, _dice, origin) => origin.toUpperCase() + path,
	),
	'a link goes by way of another folder': changeLink((path) => `/tips/..${path}`),
	'a link has spaces around it': changeLink((path) => ` ${path}\n`),
	'a link leads to the main part': changeLink((path) => `${path}#main`),
	'a link leads to the top': changeLink((path) => `${path}#top`),
	'a link leads to words of a page': changeLink((path) => `${path}#:~:text=main`),
	'a link leads to another site': changeLink(() => 'https://example.com/Gone'),
	'a link opens the mail program': changeLink(() => 'mailto:somebody@example.com?subject=A%20word'),
	'a link calls': changeLink(() => 'tel:+441632960000'),
	'a link in a comment leads nowhere': replaceIn(
		/(<main[^>]*>)/g,
		'$1<!-- <a href="/gone/">x</a> -->',
	),
	'a text shows the source of a link': replaceIn(
		/(<main[^>]*>)/g,
		'$1<pre>&lt;a href="/gone/"&gt;</pre>',
	),
	'a template names an id that its script makes': replaceIn(
		/(<main[^>]*>)/g,
		'$1<template><p id="main" aria-describedby="later"></p></template>',
	),
	'a picture lies in the page': replaceIn(
		/(<main[^>]*>)/g,
		'$1<img alt="" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">',
	),
	'a script holds the source of a page': replaceIn(
		/(<main[^>]*>)/g,
		'$1<script type="text/plain"><a href="/gone/"></a></script>',
	),
	'a picture has one size only': replaceIn(/srcset="(\S+) \d+w, [^"]+"/g, 'srcset="$1"'),
};

/** What a change did: new texts, `undefined` where a file is gone, and the files that are broken by it. */
export interface Broken {
	changes: Map<string, string | undefined>;
	files: Set<string>;
}

/** The path of the page that a file is. */
function pathOf(file: string): string {
	return `/${file.replace(/index\.html$/, '')}`;
}

function htmlOf(site: ReadonlyMap<string, string>): string[] {
	return [...site.keys()].filter((file) => file.endsWith('.html'));
}

/** Pages that another page links to. */
function linkedPages(site: ReadonlyMap<string, string>): string[] {
	const linked = new Set(
		[...site].flatMap(([file, text]) =>
			file.endsWith('.html')
				? [...text.matchAll(/<a [^>]*href="(\/[^"#?]*)/g)].flatMap(([, path = '']) =>
						path === pathOf(file) ? [] : [path],
					)
				: [],
		),
	);
	return htmlOf(site).filter((file) => file !== 'index.html' && linked.has(pathOf(file)));
}

/** Whether a file names a path as an address: within quotes, or whole in a file that is no page. */
function names(file: string, text: string, path: string, origin: string): boolean {
	const escaped = path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
	const own = origin.replaceAll('.', '\\.');
	const start = file.endsWith('.html') ? `(?:"|&quot;|url=)(?:${own})?` : `(?:"|${own})`;
	return new RegExp(`${start}${escaped}(?=["#?<&)>\\s\\\\]|$)`).test(text);
}

function remove(
	site: ReadonlyMap<string, string>,
	gone: string,
	path: string,
	origin: string,
): Broken {
	const files = [...site].flatMap(([file, text]) =>
		file !== gone && names(file, text, path, origin) ? [file] : [],
	);
	return { changes: new Map([[gone, undefined]]), files: new Set(files) };
}

/** Takes away a file that pages show or run; feeds may name it too. */
function removeFile(pattern: RegExp): Breaker {
	return (site, dice, origin) => {
		const paths = htmlOf(site).flatMap((file) =>
			[...(site.get(file) ?? '').matchAll(pattern)].flatMap(({ groups }) => groups?.['path'] ?? []),
		);
		if (paths.length === 0) return undefined;
		const path = dice.one(paths);
		const within = new RegExp(`["\\s]${path.replaceAll('.', '\\.')}["\\s]`);
		const files = [...site].flatMap(([file, text]) =>
			(
				file.endsWith('.html')
					? within.test(text)
					: text.includes(origin + path) || text.includes(`"${path}"`)
			)
				? [file]
				: [],
		);
		return { changes: new Map([[path.slice(1), undefined]]), files: new Set(files) };
	};
}

/** Changes one link between two pages. */
function changeLink(change: (path: string, dice: Random, origin: string) => string): Breaker {
	return (site, dice, origin) => {
		const file = dice.one(
			htmlOf(site).filter((page) => /<a [^>]*href="\/[a-z\d-]+\/[a-z]/.test(site.get(page) ?? '')),
		);
		const text = site.get(file) ?? '';
		const pattern = /(?<=<a [^>]*href=")\/[a-z\d-]+\/[a-z][^"#?]*\/(?=")/g;
		return edit(
			file,
			replaceOne(text, pattern, dice, (path) => change(path, dice, origin)),
		);
	};
}

/** Adds some letters to an address in one page. */
function changeAddress(pattern: RegExp, added: string): Breaker {
	return replaceIn(pattern, (found) => found + added);
}

/** Replaces one place in one page; a text may name what the pattern caught, `$1`. */
function replaceIn(pattern: RegExp, by: string | ((found: string) => string)): Breaker {
	return (site, dice) => {
		const files = htmlOf(site).filter((file) =>
			new RegExp(pattern.source).test(site.get(file) ?? ''),
		);
		if (files.length === 0) return undefined;
		const file = dice.one(files);
		const text = site.get(file) ?? '';
		const place = dice.one([...text.matchAll(pattern)]);
		const [found] = place;
		const made =
			typeof by === 'string'
				? by.replace(/\$(\d)/g, (_, number: string) => place[Number(number)] ?? '')
				: by(found);
		return edit(file, text.slice(0, place.index) + made + text.slice(place.index + found.length));
	};
}

/** Adds some letters in one file that is no page. */
function changeOther(name: RegExp, pattern: RegExp, added: string): Breaker {
	return (site, dice) => {
		const files = [...site.keys()].filter((file) => name.test(file));
		if (files.length === 0) return undefined;
		const file = dice.one(files);
		return edit(
			file,
			replaceOne(site.get(file) ?? '', pattern, dice, (found) => found + added),
		);
	};
}

function replaceOne(
	text: string,
	pattern: RegExp,
	dice: Random,
	change: (found: string) => string,
): string {
	const places = [...text.matchAll(pattern)];
	if (places.length === 0) throw new Error(`Nothing to change by ${pattern.source}.`);
	const place = dice.one(places);
	return text.slice(0, place.index) + change(place[0]) + text.slice(place.index + place[0].length);
}

function edit(file: string, text: string): Broken {
	return { changes: new Map([[file, text]]), files: new Set([file]) };
}

/** A slip of the finger in the last part of a path. */
function slip(path: string, dice: Random): string {
	const start = dirname(path).length + 1;
	const at = start + Math.floor(dice.next() * (path.length - start - 1));
	return `${path.slice(0, at)}${dice.one(['q', 'x', 'z'])}${path.slice(at)}`;
}
