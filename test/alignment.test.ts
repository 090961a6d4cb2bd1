/** What the built sites hold for the alignment check: which pages are sealed, what leaks, what it weighs. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildSite, copyContent, filesOf } from './site.ts';

const now = '2026-11-24T08:00:00Z';
let staff: string;
let reader: string;

beforeAll(async () => {
	const content = copyContent();
	// A rule in a public set, and a firm with colours of its own.
	const set = join(content, 'questions', 'same-word.mdx');
	const source = readFileSync(set, 'utf8');
	writeFileSync(set, source.replace('play: term/lead\n', 'play: term/lead\n    agreed: list\n'));
	const settings = join(content, 'settings.yaml');
	writeFileSync(settings, readFileSync(settings, 'utf8').replace("'#0f5c5c'", "'#3a3f8f'"));
	const env = { TANDEM_NOW: now, TANDEM_CONTENT: content };
	staff = await buildSite('playbook', { ...env, TANDEM_SEARCH: 'off' });
	reader = await buildSite('newsletter', env);
});

test('every set that two teams compare has both pages, on both sites; a set to talk about has cards', () => {
	expect(pagesOf(staff)).toEqual([
		'activity-or-result/cards',
		'alignment-check/answer',
		'alignment-check/compare',
		'leader-check/answer',
		'leader-check/compare',
		'promo-retro/cards',
		'push-pull/answer',
		'push-pull/compare',
		'same-word/answer',
		'same-word/compare',
	]);
	expect(pagesOf(reader)).toEqual([
		'push-pull/answer',
		'push-pull/compare',
		'same-word/answer',
		'same-word/compare',
	]);
});

describe('the policy', () => {
	test('stands in exactly the pages that answers pass through, before all it holds good for', () => {
		for (const site of [staff, reader]) {
			const html = filesOf(site).filter((name) => name.endsWith('.html'));
			const sealed = html.filter((name) => policyOf(read(site, name)) !== undefined);
			expect(sealed).toEqual(
				html.filter((name) => /^questions\/[^/]+\/(?:answer|compare)\/index\.html$/.test(name)),
			);
			for (const name of sealed) {
				const page = read(site, name);
				const at = page.indexOf('http-equiv');
				for (const tag of ['<style', '<script', '<link', '<img']) {
					const first = page.indexOf(tag);
					expect(first === -1 || first > at, `${name} ${tag}`).toBe(true);
				}
				expect(page).not.toContain('tandem-sealed');
			}
		}
	});

	test('forbids every connection, form, frame and foreign part', () => {
		const policy = policyOf(read(staff, 'questions/alignment-check/compare/index.html')) ?? '';
		const rules = Object.fromEntries(
			policy.split('; ').map((part) => {
				const [name = '', ...values] = part.split(' ');
				return [name, values.filter((value) => !value.startsWith("'sha256-"))];
			}),
		);
		expect(rules).toEqual({
			'default-src': ["'none'"],
			'connect-src': ["'none'"],
			'script-src': ["'self'"],
			'style-src': ["'self'", "'unsafe-hashes'"],
			'font-src': ["'self'"],
			'img-src': ["'self'", 'data:'],
			'form-action': ["'none'"],
			'base-uri': ["'none'"],
		});
	});

	test('knows each inline style by its hash, also the colours of the firm', () => {
		const page = read(reader, 'questions/push-pull/answer/index.html');
		const inline = [
			...[...page.matchAll(/<style[^>]*>([\s\S]*?)<\/style>/g)].map(([, css = '']) => css),
			...[...page.matchAll(/ style="([^"]*)"/g)].map(([, css = '']) => css),
		];
		expect(inline.join('\n')).toContain('#3a3f8f');
		for (const css of inline) {
			expect(policyOf(page)).toContain(createHash('sha256').update(css).digest('base64'));
		}
		expect(page).not.toMatch(/\son[a-z]+="/);
	});

	test('leaves no search, no way to a second page in advance and no form that is sent', () => {
		for (const name of ['answer', 'compare']) {
			const page = read(staff, `questions/alignment-check/${name}/index.html`);
			expect(page).not.toMatch(
				/role="search"|<search|speculationrules|rel="(?:prefetch|preload|prerender)|action="/,
			);
		}
	});
});

test("the firm's own rule is on the staff's comparing page, and nowhere on the public site or in an answer form", () => {
	const data = (site: string, name: string): string =>
		/data-set="([^"]*)"/.exec(read(site, name))?.[1] ?? '';
	expect(data(staff, 'questions/same-word/compare/index.html')).toContain('&quot;agreed&quot;');
	for (const page of ['answer', 'compare']) {
		expect(data(reader, `questions/same-word/${page}/index.html`)).not.toContain(
			'&quot;agreed&quot;:',
		);
		expect(data(reader, `questions/same-word/${page}/index.html`)).not.toContain('playbook.');
	}
	expect(data(staff, 'questions/same-word/answer/index.html')).not.toContain('&quot;agreed&quot;:');
});

test('a public page links no play that the public site has not', () => {
	const page = read(reader, 'questions/push-pull/compare/index.html');
	const paths = [
		...page.matchAll(/href&quot;:&quot;https:\/\/news\.larkfield\.example([^&]+)&quot;/g),
	];
	expect(paths.length).toBeGreaterThan(0);
	for (const [, path = ''] of paths)
		expect(existsSync(join(reader, path, 'index.html')), path).toBe(true);
});

test.each(['answer', 'compare', 'cards'])('the script of %s is at most 18 KB, brotli', (kind) => {
	for (const site of [staff, reader]) {
		for (const name of pagesOf(site).filter((page) => page.endsWith(kind))) {
			const scripts = scriptsOf(site, `questions/${name}/index.html`);
			const bytes = scripts.reduce(
				(sum, script) => sum + brotliCompressSync(readFileSync(join(site, script))).length,
				0,
			);
			expect(scripts.length).toBeGreaterThan(0);
			expect(bytes, `${name}: ${bytes}`).toBeLessThanOrEqual(18_432);
		}
	}
});

test('the page of a set leads to them, and stays without script', () => {
	const page = read(staff, 'questions/alignment-check/index.html');
	expect(page).toContain('href="/questions/alignment-check/answer/"');
	expect(page).toContain('href="/questions/alignment-check/compare/"');
	expect(page).not.toContain('<script');
	expect(read(staff, 'questions/promo-retro/index.html')).toContain(
		'href="/questions/promo-retro/cards/"',
	);
});

test('an issue leads to the public answering page of its set, in the mail and on the web, without an answer', () => {
	const address = 'https://news.larkfield.example/questions/push-pull/answer/';
	for (const name of ['message.html', 'message.txt']) {
		const mail = readFileSync(join(reader, '..', 'outbox', '004', name), 'utf8');
		expect(mail).toContain(address);
		expect(mail).not.toMatch(/\/(?:answer|compare)\/[?#]/);
	}
	expect(read(reader, 'issues/004/index.html')).toContain('href="/questions/push-pull/answer/"');
});

function pagesOf(site: string): string[] {
	return filesOf(join(site, 'questions')).flatMap((name) => {
		const page = /^([^/]+\/[^/]+)\/index\.html$/.exec(name)?.[1];
		return page === undefined ? [] : [page];
	});
}

/** The scripts a page loads and all that they import, as paths in the site. */
function scriptsOf(site: string, page: string): string[] {
	const found = new Set<string>();
	const add = (name: string): void => {
		if (found.has(name)) return;
		found.add(name);
		const source = readFileSync(join(site, name), 'utf8');
		for (const [, other] of source.matchAll(/["'`]\.\/([\w.-]+\.js)["'`]/g)) add(`_astro/${other}`);
	};
	for (const [, name] of read(site, page).matchAll(/<script[^>]*\ssrc="\/([^"]+)"/g))
		add(name ?? '');
	expect(
		[...found].every((name) => readdirSync(join(site, '_astro')).includes(name.slice(7))),
	).toBe(true);
	return [...found];
}

function policyOf(html: string): string | undefined {
	return /<meta http-equiv="content-security-policy" content="([^"]+)">/.exec(html)?.[1];
}

function read(site: string, name: string): string {
	return readFileSync(join(site, name), 'utf8');
}
