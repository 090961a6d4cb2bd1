/** The public site as it is built: what is there, what is not, and that nothing in it is broken. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { compileIssue } from '#/email/compile.ts';
import { ready, summaryOf } from '#/library/entries.ts';
import type { Library } from '#/library/entries.ts';
import { issueId } from '#/library/entry.ts';
import { openContent } from '#/library/shelf.ts';
import { buildSite, copyContent, filesOf, root } from './site.ts';

const now = '2026-11-24T08:00:00Z';
const nextWeek = '2026-12-01T08:00:00Z';
const contentDir = join(root, 'content');

let folder: string;
let files: string[];
let pages: string[];
let library: Library;

beforeAll(async () => {
	folder = await buildSite('newsletter', { TANDEM_NOW: now });
	files = filesOf(folder);
	pages = files.filter((file) => file.endsWith('.html'));
	({ library } = await openContent({ contentDir, audience: 'public', now: new Date(now) }));
});

describe('what is there', () => {
	test('the issues whose day has come have a page, and no others', () => {
		expect(issuesIn(files)).toEqual(['001', '002', '003', '004', '005']);
		for (const file of files.filter(isText)) {
			expect(read(folder, file), file).not.toContain('/issues/006/');
			expect(read(folder, file), file).not.toContain('A team with no department');
		}
	});

	test('a week later there is one more, and what it carries', async () => {
		const later = filesOf(await buildSite('newsletter', { TANDEM_NOW: nextWeek }));
		const added = later.filter((file) => !files.includes(file));
		expect(issuesIn(later)).toEqual(['001', '002', '003', '004', '005', '006']);
		expect(added).toEqual([
			'checklists/win-loss-review/index.html',
			'issues/006/index.html',
			'terms/challenge-team/index.html',
			'tips/meld-one-challenge/index.html',
		]);
		expect(files.filter((file) => !later.includes(file))).toEqual([]);
	});

	test('each item the gate lets through has its page, and its list names it', () => {
		for (const kind of ['tip', 'checklist', 'questions', 'term'] as const) {
			const list = { tip: 'tips', checklist: 'checklists', questions: 'questions', term: 'terms' }[
				kind
			];
			const slugs = ready(library, kind).map(({ slug }) => slug);
			const built = pages
				.filter((page) => page.startsWith(`${list}/`) && page !== `${list}/index.html`)
				.filter((page) => !isTool(page))
				.map((page) => page.split('/')[1]);
			expect(built).toEqual(slugs.toSorted());
			for (const slug of slugs) {
				expect(read(folder, `${list}/index.html`)).toContain(`href="/${list}/${slug}/"`);
			}
		}
	});

	test('nothing that only staff may know is in any file', async () => {
		const staff = await openContent({ contentDir, audience: 'staff', now: new Date(now) });
		const shown = new Set(library.entries.map(({ ref }) => ref));
		const secrets = staff.library.entries.flatMap((entry) => [
			...(shown.has(entry.ref) ? [] : [summaryOf(entry)]),
			...(entry.kind === 'term' && entry.data.ours ? [entry.data.ours] : []),
			...(entry.kind === 'person' && entry.data.email ? [entry.data.email] : []),
			...('find' in entry.data ? entry.data.find.filter((phrase) => phrase.length > 25) : []),
			...('reviewed' in entry.data && entry.data.reviewed ? [entry.data.reviewed] : []),
		]);
		expect(secrets.length).toBeGreaterThan(100);
		const found = files.filter(isText).flatMap((file) => {
			const text = unescapeHtml(read(folder, file));
			return secrets
				.filter((secret) => text.includes(secret))
				.map((secret) => `${file}: ${secret}`);
		});
		expect(found).toEqual([]);
	});
});

describe('every page', () => {
	test('has one h1, a title of its own, a language and a description', () => {
		const titles = new Map<string, string>();
		for (const page of pages) {
			const html = read(folder, page);
			expect(html.match(/<h1[\s>]/g), page).toHaveLength(1);
			expect(html, page).toMatch(/<html[^>]* lang="en-GB"/);
			expect(html, page).toMatch(/<meta name="description" content="[^"]{10,}"/);
			const title = /<title>([^<]+)<\/title>/.exec(html)?.[1] ?? '';
			expect(title.length, page).toBeGreaterThan(5);
			expect(titles.get(title), `${page} has the title of another page: ${title}`).toBeUndefined();
			titles.set(title, page);
		}
	});

	test('leads nowhere that is not there', () => {
		const broken = pages.flatMap((page) =>
			linksOf(read(folder, page))
				.filter((link) => !leadsSomewhere(folder, page, link))
				.map((link) => `${page}: ${link}`),
		);
		expect(broken).toEqual([]);
	});

	test('has no two elements of one id', () => {
		for (const page of pages) {
			const ids = idsOf(read(folder, page));
			expect(ids, page).toEqual([...new Set(ids)]);
		}
	});

	test('names its one address, or asks not to be listed', () => {
		const canonical = /<link rel="canonical" href="([^"]+)"/;
		for (const page of pages.filter((name) => name !== '404.html')) {
			expect(canonical.exec(read(folder, page))?.[1], page).toBe(
				`https://news.larkfield.example/${page.replace(/index\.html$/, '')}`,
			);
		}
		expect(read(folder, '404.html')).toContain('<meta name="robots" content="noindex"');
	});

	test('names the three feeds', () => {
		for (const page of pages) {
			for (const feed of ['/rss.xml', '/atom.xml', '/feed.json']) {
				expect(read(folder, page), page).toMatch(
					new RegExp(`<link rel="alternate"[^>]* href="${feed}"`),
				);
			}
		}
	});

	test('runs no script and loads nothing from another host', () => {
		// The two pages of a question set are programs that run in the browser; nothing else is.
		const own = /^_astro\/(?:Answer|Compare|Cards|parts?|round-link|screen)\b.*\.js$/;
		const code = files.filter((file) => /\.(?:m?js|css|map|woff2?)$/.test(file));
		expect(code.filter((file) => !own.test(file))).toEqual([]);
		for (const page of pages.filter((name) => !isTool(name))) {
			const html = read(folder, page);
			const scripts = html.match(/<script(?![^>]*type="application\/ld\+json")/g) ?? [];
			expect(scripts, page).toEqual([]);
			expect(html, page).not.toMatch(/\son[a-z]+="/);
			expect(html, page).not.toMatch(/\b(?:src|srcset)="https?:/);
			expect(html, page).not.toMatch(/<link[^>]+rel="(?:stylesheet|preconnect|preload)"/);
		}
	});

	test('weighs at most 10 kB', () => {
		for (const page of pages) {
			const bytes = brotliCompressSync(readFileSync(join(folder, page))).length;
			expect(bytes, page).toBeLessThanOrEqual(10_000);
		}
	});

	test('offers no form that would fail', () => {
		for (const page of pages.filter((name) => !isTool(name))) {
			const html = read(folder, page);
			for (const form of html.match(/<form[\s\S]*?<\/form>/g) ?? []) {
				expect(form, page).toMatch(/^<form action="\/subscribe" method="post"/);
				expect(form, page).toMatch(/<fieldset disabled/);
				expect(form, page).toMatch(/<p hidden aria-hidden="true"[\s\S]*name="website"/);
				expect(html, page).toMatch(
					/opens soon\. Until then write to <a href="mailto:editor@larkfield\.example/,
				);
			}
		}
		expect(read(folder, 'index.html')).toContain('action="/subscribe"');
	});
});

test('with the endpoints beside it, every form is open and says what comes', async () => {
	const open = await buildSite('newsletter', { TANDEM_NOW: now, TANDEM_SUBSCRIBE: 'on' });
	const html = read(open, 'index.html');
	expect(html).toContain('action="/subscribe"');
	expect(html).not.toMatch(/<fieldset disabled|opens soon/);
	expect(html).toContain('You confirm by mail first');
});

test('no file says undefined, [object Object] or localhost', () => {
	for (const file of files.filter(isText)) {
		expect(read(folder, file), file).not.toMatch(
			/\bundefined\b|\[object Object\]|localhost|127\.0\.0\.1/,
		);
	}
});

describe('the page of an issue', () => {
	test('carries the number and the content hash of its mail', () => {
		const issues = ready(library, 'issue');
		expect(issues).toHaveLength(5);
		for (const issue of issues) {
			const id = issueId(issue.data.number);
			const html = read(folder, `issues/${id}/index.html`);
			const hash = compileIssue(library, issue).contentHash.slice(0, 12);
			expect(html).toContain(`<meta name="newsletter-issue" content="${id}"`);
			expect(html).toContain(`<meta name="newsletter-content" content="${hash}"`);
		}
	});

	test('keeps the hash it had on the day it was sent', async () => {
		for (const issue of ready(library, 'issue')) {
			const then = new Date(`${issue.data.sendOn}T08:00:00Z`);
			const opened = await openContent({ contentDir, audience: 'public', now: then });
			const [sent] = ready(opened.library, 'issue').filter(({ ref }) => ref === issue.ref);
			if (!sent) throw new Error(`${issue.ref} is not public on its own day.`);
			expect(compileIssue(library, issue).contentHash).toBe(
				compileIssue(opened.library, sent).contentHash,
			);
		}
	});

	test('has the anchor that the mail leads to', () => {
		for (const issue of ready(library, 'issue')) {
			const { html } = compileIssue(library, issue);
			const id = issueId(issue.data.number);
			expect(html).toContain(`https://news.larkfield.example/issues/${id}/#tip`);
			expect(idsOf(read(folder, `issues/${id}/index.html`))).toContain('tip');
		}
	});

	test('tells search engines when and by whom it was written', () => {
		const html = read(folder, 'issues/005/index.html');
		const json = /<script type="application\/ld\+json">([\s\S]*?)<\/script>/.exec(html)?.[1] ?? '';
		expect(JSON.parse(json)).toMatchObject({
			'@type': 'Article',
			headline: 'Whose number is it?',
			url: 'https://news.larkfield.example/issues/005/',
			datePublished: '2026-11-24T09:00:00.000Z',
			author: { '@type': 'Person', name: 'Mira Holt' },
		});
		expect(html).toContain(
			'<meta property="og:url" content="https://news.larkfield.example/issues/005/"',
		);
	});

	test('leads to the issue before and after it', () => {
		expect(read(folder, 'issues/003/index.html')).toMatch(/href="\/issues\/002\/" rel="prev"/);
		expect(read(folder, 'issues/003/index.html')).toMatch(/href="\/issues\/004\/" rel="next"/);
		expect(read(folder, 'issues/005/index.html')).not.toMatch(/rel="next"/);
	});

	test('can be answered under its number', () => {
		expect(read(folder, 'issues/005/index.html')).toContain(
			`href="mailto:editor@larkfield.example?subject=${encodeURIComponent('[#005] Whose number is it?')}"`,
		);
	});
});

describe('after changes to what was sent', () => {
	let changed: string;
	let content: string;

	beforeAll(async () => {
		content = copyContent();
		edit(
			'tips/read-their-scoreboard.mdx',
			(text) =>
				`${text.replace('status: ready', 'status: ready\nwas: [the-other-scoreboard]')}\n\n<Figure src="./scoreboard.jpg" alt="Two scoreboards side by side." />\n`,
		);
		edit('tips/stick-test.mdx', (text) =>
			text.replace('status: ready', 'status: retired\nreplacedBy: tip/no-surprise-promos'),
		);
		for (const file of filesOf(content).filter((name) =>
			/^(?!issues\/).*\.(?:mdx|yaml)$/.test(name),
		)) {
			edit(file, (text) => text.replaceAll('tip/stick-test', 'tip/no-surprise-promos'));
		}
		edit('issues/004-two-strokes-one-engine.mdx', (text) =>
			text.replace(
				'status: ready',
				`status: ready\ncorrected:\n  - { on: 2026-11-20, note: The name of one team was wrong., hash: "sha256:${'0'.repeat(64)}" }`,
			),
		);
		await sharp({ create: { width: 2000, height: 900, channels: 3, background: '#0f5c5c' } })
			.withExif({
				IFD0: { Copyright: 'CANARY-IN-THE-CAMERA' },
				IFD3: { GPSLatitude: '51/1 30/1 0/1' },
			})
			.jpeg()
			.toFile(join(content, 'tips/scoreboard.jpg'));
		changed = await buildSite('newsletter', { TANDEM_NOW: now, TANDEM_CONTENT: content });
	});

	function edit(file: string, change: (text: string) => string): void {
		const path = join(content, file);
		writeFileSync(path, change(readFileSync(path, 'utf8')));
	}

	test('a retired tip loses its page, its text stays in the issue', () => {
		expect(existsSync(join(changed, 'tips/stick-test/index.html'))).toBe(false);
		const html = read(changed, 'issues/001/index.html');
		expect(html).toContain('So ask people who bought in the last three months.');
		expect(idsOf(html)).toContain('tip');
		const list = read(changed, 'tips/index.html');
		expect(list).not.toContain('Does your promise stick?');
	});

	test('a correction shows with its day', () => {
		const html = read(changed, 'issues/004/index.html');
		expect(html).toMatch(
			/Corrected on 20 November 2026:<\/span>\s*The name of one team was wrong\./,
		);
		expect(html).toContain(
			'<meta property="article:modified_time" content="2026-11-20T09:00:00.000Z"',
		);
	});

	test('an earlier address leads to the present one and is not listed', () => {
		const html = read(changed, 'tips/the-other-scoreboard/index.html');
		expect(html).toContain('content="0; url=/tips/read-their-scoreboard/"');
		expect(html).toContain(
			'rel="canonical" href="https://news.larkfield.example/tips/read-their-scoreboard/"',
		);
		expect(read(changed, 'sitemap-0.xml')).not.toContain('the-other-scoreboard');
	});

	test('a picture lies where the mail looks for it, small enough and without its metadata', async () => {
		const mail = readFileSync(join(dirname(changed), 'outbox/005/message.html'), 'utf8');
		const address = /src="https:\/\/news\.larkfield\.example(\/mail\/[^"]+)"/.exec(mail)?.[1];
		expect(address).toBe('/mail/tips/scoreboard.jpg');
		const bytes = readFileSync(join(changed, address ?? ''));
		const { width, exif, icc, xmp } = await sharp(bytes).metadata();
		expect({ width, exif, icc, xmp }).toEqual({ width: 1136 });
		for (const file of filesOf(changed).filter((name) => /\.(?:jpe?g|png)$/.test(name))) {
			expect(readFileSync(join(changed, file)).includes('CANARY'), file).toBe(false);
		}
	});

	test('nothing leads nowhere', () => {
		const broken = filesOf(changed)
			.filter((file) => file.endsWith('.html'))
			.flatMap((page) =>
				linksOf(read(changed, page))
					.filter((link) => !leadsSomewhere(changed, page, link))
					.map((link) => `${page}: ${link}`),
			);
		expect(broken).toEqual([]);
	});
});

/** The answering, comparing and card pages of a question set. */
function isTool(page: string): boolean {
	return /^questions\/[^/]+\/(?:answer|compare|cards)\//.test(page);
}

function read(site: string, file: string): string {
	return readFileSync(join(site, file), 'utf8');
}

function isText(file: string): boolean {
	return /\.(?:html|xml|json|txt|svg)$/.test(file);
}

function issuesIn(names: readonly string[]): string[] {
	return names.flatMap((name) => /^issues\/(\d+)\/index\.html$/.exec(name)?.[1] ?? []);
}

function idsOf(html: string): string[] {
	return [...html.matchAll(/\sid="([^"]+)"/g)].map((match) => match[1] ?? '');
}

function linksOf(html: string): string[] {
	const plain = [...html.matchAll(/\s(?:href|src|action)="([^"]*)"/g)].map(
		(match) => match[1] ?? '',
	);
	const sets = [...html.matchAll(/\ssrcset="([^"]*)"/g)].flatMap((match) =>
		(match[1] ?? '').split(',').map((part) => part.trim().split(' ')[0] ?? ''),
	);
	const refresh = [...html.matchAll(/content="0; url=([^"]+)"/g)].map((match) => match[1] ?? '');
	return [...plain, ...sets, ...refresh].map(unescapeHtml);
}

function leadsSomewhere(site: string, page: string, link: string): boolean {
	// The icon of a page that may load nothing lies in the page.
	if (link.startsWith('data:image/svg+xml')) return true;
	if (link === '') return false;
	const url = new URL(link, `https://news.larkfield.example/${page.replace(/index\.html$/, '')}`);
	if (url.protocol === 'mailto:')
		return /^(?:[^@?]+@[^@?]+)?(?:\?|$)/.test(url.pathname + url.search);
	if (url.host !== 'news.larkfield.example') return url.protocol === 'https:';
	// The one address that another process answers.
	if (url.pathname === '/subscribe') return true;
	const file = decodeURIComponent(url.pathname).replace(/\/$/, '/index.html').slice(1);
	if (page === '404.html' && url.pathname === '/404.html') return true;
	if (!existsSync(join(site, file))) return false;
	return url.hash === '' || idsOf(read(site, file)).includes(decodeURIComponent(url.hash.slice(1)));
}

function unescapeHtml(text: string): string {
	return text
		.replaceAll('&quot;', '"')
		.replaceAll('&#34;', '"')
		.replaceAll('&#39;', "'")
		.replaceAll('&#x27;', "'")
		.replaceAll('&#x22;', '"')
		.replaceAll('&lt;', '<')
		.replaceAll('&#x3C;', '<')
		.replaceAll('&gt;', '>')
		.replaceAll('&#x26;', '&')
		.replaceAll('&#38;', '&')
		.replaceAll('&amp;', '&');
}
