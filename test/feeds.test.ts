/** The three feeds, the site map and robots.txt, read as their readers do. */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildSite, copyContent, filesOf } from './site.ts';

const now = '2026-11-24T08:00:00Z';
const site = 'https://news.larkfield.example';
const newestFirst = ['005', '004', '003', '002', '001'].map((id) => `${site}/issues/${id}/`);

let folder: string;
let rss: Item[];
let atom: Item[];
let json: Item[];

beforeAll(async () => {
	folder = await buildSite('newsletter', { TANDEM_NOW: now });
	rss = rssItems(read(folder, 'rss.xml'));
	atom = atomItems(read(folder, 'atom.xml'));
	json = jsonItems(read(folder, 'feed.json'));
});

describe('each feed', () => {
	test('holds the issues whose day has come, newest first, under the address of each', () => {
		for (const items of [rss, atom, json]) {
			expect(items.map(({ id }) => id)).toEqual(newestFirst);
			expect(items.map(({ url }) => url)).toEqual(newestFirst);
		}
	});

	test('dates an issue by the instant it is sent', () => {
		for (const items of [rss, atom, json]) {
			expect(items.map(({ published }) => published.toISOString())).toEqual([
				'2026-11-24T09:00:00.000Z',
				'2026-11-17T09:00:00.000Z',
				'2026-11-10T09:00:00.000Z',
				'2026-11-03T09:00:00.000Z',
				'2026-10-27T09:00:00.000Z',
			]);
		}
	});

	test('says the same of an issue as the others', () => {
		expect(atom).toEqual(rss);
		expect(json).toEqual(rss);
		expect(rss[0]).toMatchObject({
			title: 'Issue #005: Whose number is it?',
			summary: 'Metrics seen by both teams, and a meeting that ends in decisions.',
			author: 'Mira Holt',
		});
	});

	test('carries an issue whole', () => {
		const content = rss[0]?.content ?? '';
		for (const words of [
			'Somebody you work with has a number on their mind',
			'Ask a colleague on the other team which number they lose sleep over',
			'All the open chances of a sale',
			'Two good numbers can spoil each other.',
			'What could my team stop doing that would help?',
			'Our own weekly list is linked below',
			'Run the 30-minute weekly',
			'What would both teams put on line one?',
		]) {
			expect(content).toContain(words);
		}
	});

	test('holds absolute addresses only, each of ours there', () => {
		const links = rss.flatMap(({ content }) =>
			[...content.matchAll(/\s(?:href|src)="([^"]*)"/g)].map((match) => match[1] ?? ''),
		);
		expect(links.filter((link) => !link.startsWith('https://'))).toEqual([]);
		const ours = links.filter((link) => link.startsWith(`${site}/`));
		const there = filesOf(folder).map((file) => `${site}/${file.replace(/index\.html$/, '')}`);
		expect(ours.length).toBeGreaterThan(10);
		expect(ours.filter((link) => !there.includes(link))).toEqual([]);
	});

	test('holds no tooltip, script, style or handler', () => {
		for (const { content } of rss) {
			expect(content).not.toMatch(
				/tooltip|popover|interestfor|<script|<style|\son[a-z]+=|\sstyle=/,
			);
		}
	});
});

test('the feeds say where they are and what they are', () => {
	expect(read(folder, 'rss.xml')).toContain(
		`rel="self" type="application/rss+xml" href="${site}/rss.xml"`,
	);
	expect(read(folder, 'atom.xml')).toContain(
		`rel="self" type="application/atom+xml" href="${site}/atom.xml"`,
	);
	expect(JSON.parse(read(folder, 'feed.json'))).toMatchObject({
		version: 'https://jsonfeed.org/version/1.1',
		title: 'Common Ground',
		feed_url: `${site}/feed.json`,
		home_page_url: `${site}/`,
		language: 'en-GB',
	});
});

test('a correction changes the date of change, and nothing else makes an issue new', async () => {
	const content = copyContent();
	const file = join(content, 'issues/004-two-strokes-one-engine.mdx');
	const hash = `sha256:${'0'.repeat(64)}`;
	writeFileSync(
		file,
		readFileSync(file, 'utf8')
			.replace('title: Two strokes, one engine', 'title: Two strokes & <one> engine')
			.replace(
				'status: ready',
				`status: ready\ncorrected:\n  - { on: 2026-11-20, note: A word was wrong., hash: "${hash}" }`,
			),
	);
	const settings = join(content, 'settings.yaml');
	writeFileSync(
		settings,
		readFileSync(settings, 'utf8').replace('Europe/London', 'America/New_York'),
	);
	const changed = await buildSite('newsletter', {
		TANDEM_NOW: '2026-11-24T12:00:00Z',
		TANDEM_CONTENT: content,
	});
	const items = [
		rssItems(read(changed, 'rss.xml')),
		atomItems(read(changed, 'atom.xml')),
		jsonItems(read(changed, 'feed.json')),
	];
	for (const [, item] of items) {
		expect(item).toMatchObject({
			id: newestFirst[1],
			title: 'Issue #004: Two strokes & <one> engine',
			published: new Date('2026-11-17T14:00:00Z'),
		});
	}
	expect(read(changed, 'atom.xml')).toContain('<updated>2026-11-20T14:00:00.000Z</updated>');
	expect(JSON.parse(read(changed, 'feed.json'))).toMatchObject({
		items: { 1: { date_modified: '2026-11-20T14:00:00.000Z' } },
	});
});

test('the site map names each listed page once, with the day an issue last changed', () => {
	const index = parsed(read(folder, 'sitemap-index.xml'));
	expect(index).toMatchObject({ sitemapindex: { sitemap: { loc: `${site}/sitemap-0.xml` } } });
	const map = read(folder, 'sitemap-0.xml');
	parsed(map);
	const addresses = [...map.matchAll(/<loc>([^<]+)<\/loc>/g)].map((match) => match[1] ?? '');
	const pages = filesOf(folder)
		.filter((file) => file.endsWith('index.html'))
		.map((file) => `${site}/${file.replace(/index\.html$/, '')}`);
	expect(addresses.toSorted()).toEqual(pages.toSorted());
	expect(map).toMatch(/issues\/003\/<\/loc><lastmod>2026-11-10/);
});

test('robots.txt names the site map', () => {
	expect(read(folder, 'robots.txt')).toBe(
		`User-agent: *\nAllow: /\n\nSitemap: ${site}/sitemap-index.xml\n`,
	);
});

function read(built: string, file: string): string {
	return readFileSync(join(built, file), 'utf8');
}

function rssItems(xml: string): Item[] {
	const { rss } = parsed(xml) as unknown as {
		rss: { channel: { item: Record<string, string>[] } };
	};
	return rss.channel.item.map((item) => ({
		id: (item['guid'] as unknown as { '#text': string })['#text'],
		url: item['link'] ?? '',
		title: item['title'] ?? '',
		summary: item['description'] ?? '',
		author: item['dc:creator'] ?? '',
		published: new Date(item['pubDate'] ?? ''),
		content: item['content:encoded'] ?? '',
	}));
}

function atomItems(xml: string): Item[] {
	const { feed } = parsed(xml) as unknown as {
		feed: {
			entry: (Record<string, string> & {
				link: { '@_href': string };
				author: { name: string };
				content: { '#text': string };
			})[];
		};
	};
	return feed.entry.map((entry) => ({
		id: entry['id'] ?? '',
		url: entry.link['@_href'],
		title: entry['title'] ?? '',
		summary: entry['summary'] ?? '',
		author: entry.author.name,
		published: new Date(entry['published'] ?? ''),
		content: entry.content['#text'],
	}));
}

function jsonItems(text: string): Item[] {
	const { items } = JSON.parse(text) as {
		items: (Record<string, string> & { authors: { name: string }[] })[];
	};
	return items.map((item) => ({
		id: item['id'] ?? '',
		url: item['url'] ?? '',
		title: item['title'] ?? '',
		summary: item['summary'] ?? '',
		author: item.authors[0]?.name ?? '',
		published: new Date(item['date_published'] ?? ''),
		content: item['content_html'] ?? '',
	}));
}

/** Reads XML; fails where it is not well formed. */
function parsed(xml: string): Record<string, unknown> {
	const valid = fastXml.XMLValidator.validate(xml);
	if (valid !== true) throw new Error(`Not well formed: ${JSON.stringify(valid)}`);
	return new fastXml.XMLParser({ ignoreAttributes: false, parseTagValue: false }).parse(xml);
}

// The parser that @astrojs/rss itself uses.
const fastXml = createRequire(createRequire(import.meta.url).resolve('@astrojs/rss'))(
	'fast-xml-parser',
) as FastXml;

interface FastXml {
	XMLValidator: { validate(xml: string): true | { err: unknown } };
	XMLParser: new (options: object) => { parse(xml: string): Record<string, unknown> };
}

interface Item {
	id: string;
	url: string;
	title: string;
	summary: string;
	author: string;
	published: Date;
	content: string;
}
