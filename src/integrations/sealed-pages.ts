/**
 * Seals the pages that people's answers pass through: a page that carries the mark gets a content
 * security policy under which it can ask nothing of anybody. A static site has no headers of its
 * own, so the policy stands in the page, before all it holds good for. Its inline parts are known
 * only when the page is written, hence here.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';

/** The integration. A page asks for it by `<meta name="tandem-sealed" />` in its head. */
export function sealedPages(): AstroIntegration {
	return {
		name: 'tandem-sealed-pages',
		hooks: {
			'astro:build:done': async ({ dir, logger }) => {
				const folder = fileURLToPath(dir);
				const sets = await readdir(join(folder, 'questions')).catch(() => []);
				const pages = sets
					.flatMap((set) => sealable.map((name) => join('questions', set, name, 'index.html')))
					.filter((name) => existsSync(join(folder, name)));
				const icon = await readFile(join(folder, 'favicon.svg'), 'base64');
				await Promise.all(
					pages.map(async (name) => {
						const file = join(folder, name);
						const html = await readFile(file, 'utf8');
						await writeFile(file, sealed(html, `data:image/svg+xml;base64,${icon}`));
					}),
				);
				logger.info(`${pages.length} pages sealed`);
			},
		},
	};
}

/**
 * A page with its policy in place of the mark. A page that has one already is sealed afresh.
 * @param icon - the page's icon as a `data:` address: browsers ask for one whenever they like
 * @throws Error for a page with neither mark nor policy
 */
function sealed(html: string, icon: string): string {
	const open = html
		.replace(policyPattern, '')
		.replace(mark, '')
		.replace(/(<link rel="icon" href=")[^"]*(")/, (_, start, end) => `${start}${icon}${end}`);
	if (!policyPattern.test(html) && !mark.test(html)) {
		throw new Error('A page to seal has neither the mark nor a policy.');
	}
	const styles = [...open.matchAll(/<style\b[^>]*>([\s\S]*?)<\/style>/g)].map(
		([, css = '']) => css,
	);
	const attributes = [...open.matchAll(/\sstyle="([^"]*)"/g)].map(([, css = '']) => plain(css));
	const scripts = [...open.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/g)].flatMap(
		([, attributes = '', code = '']) => (/\ssrc=/.test(attributes) ? [] : [code]),
	);
	const hashes = (parts: readonly string[]): string[] => [...new Set(parts.map(hash))];
	const policy = [
		"default-src 'none'",
		"connect-src 'none'",
		['script-src', "'self'", ...hashes(scripts)].join(' '),
		[
			'style-src',
			"'self'",
			...hashes([...styles, ...attributes]),
			// Without this word a hash does not hold for an attribute.
			...(attributes.length > 0 ? ["'unsafe-hashes'"] : []),
		].join(' '),
		"font-src 'self'",
		"img-src 'self' data:",
		"form-action 'none'",
		"base-uri 'none'",
	].join('; ');
	const meta = `<meta http-equiv="content-security-policy" content="${policy}">`;
	return open.replace(/<meta charset="utf-8"[^>]*>/i, (charset) => charset + meta);
}

function hash(part: string): string {
	return `'sha256-${createHash('sha256').update(part).digest('base64')}'`;
}

function plain(attribute: string): string {
	return attribute
		.replaceAll('&quot;', '"')
		.replaceAll('&#34;', '"')
		.replaceAll('&#39;', "'")
		.replaceAll('&lt;', '<')
		.replaceAll('&gt;', '>')
		.replaceAll('&amp;', '&');
}

/** The pages of a question set that answers pass through. */
const sealable = ['answer', 'compare'];

const mark = /<meta name="tandem-sealed"[^>]*>/;

const policyPattern = /<meta http-equiv="content-security-policy"[^>]*>/;
