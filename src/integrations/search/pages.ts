import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { siteFiles } from '#/integrations/site-files.ts';

/** The pages of a built site that ask to be searched, in the order of their files. */
export function readPages(siteDir: string): BuiltPage[] {
	return siteFiles(siteDir)
		.filter((file) => file.endsWith('.html'))
		.flatMap((file) => {
			const body = indexedPart(readFileSync(join(siteDir, file), 'utf8'));
			return body === '' ? [] : [{ file, body }];
		});
}

/**
 * A hash over everything that decides the index: addresses, indexed words, what the pages say to
 * Pagefind, Pagefind's version and the code that makes the catalogue.
 * @param besides - what else decides it
 */
export function digestOfPages(pages: readonly BuiltPage[], besides: string): string {
	const hash = createHash('sha256').update(makers()).update(besides);
	for (const { file, body } of pages) {
		const facts = body.match(/\sdata-pagefind-[a-z-]+(?:="[^"]*")?|<h[1-6]\b[^>]*>/g) ?? [];
		const words = body.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
		hash.update(JSON.stringify([file, facts, words]));
	}
	return hash.digest('hex');
}

/** The element that carries `data-pagefind-body`, whole; empty where there is none. */
function indexedPart(html: string): string {
	const open = /<(?<tag>[a-z][a-z0-9-]*)\b[^>]*\sdata-pagefind-body\b[^>]*>/.exec(html);
	const tag = open?.groups?.['tag'];
	if (!open || tag === undefined) return '';
	let depth = 0;
	for (const match of html.slice(open.index).matchAll(new RegExp(`<(/?)${tag}\\b[^>]*>`, 'g'))) {
		depth += match[1] === '/' ? -1 : 1;
		if (depth === 0) return html.slice(open.index, open.index + match.index + match[0].length);
	}
	return html.slice(open.index);
}

/** What makes the index and the catalogue: a change in it is a change in both. */
function makers(): string {
	const here = fileURLToPath(new URL('.', import.meta.url));
	const files = readdirSync(here)
		.filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
		.toSorted()
		.map((name) => join(here, name));
	for (const shared of [
		'#/web/search/catalogue.ts',
		'#/web/search/facets.ts',
		'#/web/search/words.ts',
	]) {
		files.push(fileURLToPath(import.meta.resolve(shared)));
	}
	files.push(
		fileURLToPath(import.meta.resolve('pagefind')).replace(/lib.index\.js$/, 'package.json'),
	);
	return files.map((file) => readFileSync(file, 'utf8')).join('\n');
}

export interface BuiltPage {
	/** Path below the site's folder, with forward slashes. */
	file: string;
	/** The HTML that Pagefind indexes. */
	body: string;
}
