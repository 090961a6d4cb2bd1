/** The ways to have the playbook elsewhere, and that each says what the pages say. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { htmlToHast, markdownToHast } from 'satteri';
import { beforeAll, describe, expect, test } from 'vitest';
import { openContent } from '#/library/shelf.ts';
import { pathOf } from '#/library/entries.ts';
import type { Library } from '#/library/entries.ts';
import { buildSite, filesOf, root } from './site.ts';

const now = '2026-11-24T08:00:00Z';
const staff = 'https://playbook.larkfield.example';

let folder: string;
let library: Library;
let twins: Twin[];

beforeAll(async () => {
	folder = await buildSite('playbook', { TANDEM_NOW: now });
	const opened = await openContent({
		contentDir: join(root, 'content'),
		audience: 'staff',
		now: new Date(now),
	});
	({ library } = opened);
	twins = library.entries.map((entry) => {
		const path = pathOf(library, entry) ?? '';
		const markdown = read(`${path.slice(1, -1)}.md`);
		return { path, markdown, html: read(`${path.slice(1)}index.html`) };
	});
});

describe('the Markdown twin of each entry', () => {
	test('says all that the body of the page says, in its order', () => {
		const missing = twins.flatMap(({ path, markdown, html }) => {
			const said = wordsIn(markdownToHast(markdown)).join(' ');
			let from = 0;
			return textsIn(articleOf(html), isProse).flatMap((text) => {
				const at = said.indexOf(text, from);
				if (at < 0) return [`${path} ${text}`];
				from = at + text.length;
				return [];
			});
		});
		expect(missing).toEqual([]);
		expect(twins.length).toBeGreaterThan(60);
	});

	test('says nothing that the page does not say', () => {
		const added = twins.flatMap(({ path, markdown, html }) => {
			const shown = ` ${wordsIn(htmlToHast(html)).join(' ')} `;
			const body = markdown.slice(0, markdown.lastIndexOf('\n---\n'));
			return textsIn(markdownToHast(body), () => true)
				.filter((text) => !shown.includes(text) && !isFurniture(text))
				.map((text) => `${path} ${text}`);
		});
		expect(added).toEqual([]);
	});

	test('has each point of a checklist and each question of a set', () => {
		for (const entry of library.entries) {
			const texts =
				entry.kind === 'checklist'
					? entry.data.sections.flatMap(({ items }) => items.map(({ text }) => text))
					: entry.kind === 'questions'
						? entry.data.items.map(({ text }) => text)
						: [];
			const path = pathOf(library, entry) ?? '';
			const said = twins.find((twin) => twin.path === path)?.markdown ?? '';
			const words = wordsIn(markdownToHast(said)).join(' ');
			for (const text of texts) expect(words, path).toContain(normal(text));
		}
	});

	test('holds plain Markdown with absolute addresses, each of ours there', () => {
		const there = new Set(filesOf(folder).map((file) => `/${file.replace(/index\.html$/, '')}`));
		for (const { path, markdown } of twins) {
			expect(markdown, path).not.toMatch(/<\/?[A-Z]|className=|\bundefined\b|\[object/);
			const tree = markdownToHast(markdown);
			const links = [...attributes(tree, 'href'), ...attributes(tree, 'src')];
			expect(links.filter((link) => !/^(?:https:\/\/|mailto:)/.test(link))).toEqual([]);
			const ours = links.filter((link) => link.startsWith(`${staff}/`));
			expect(ours.length).toBeGreaterThan(0);
			const gone = ours.filter((link) => !there.has(new URL(link).pathname));
			expect(gone, path).toEqual([]);
		}
	});

	test('is named by its page, and by nobody for a page without one', () => {
		for (const { path, html } of twins) {
			expect(html).toContain(`type="text/markdown" href="${path.slice(0, -1)}.md"`);
			expect(html).toContain(`href="/take/?page=${path}"`);
		}
		expect(read('index.html')).not.toContain('text/markdown');
		expect(read('tips/index.html')).not.toContain('text/markdown');
	});
});

describe('llms.txt', () => {
	test('of the playbook names the twin of every finished entry, each there', () => {
		const text = read('llms.txt');
		const named = linksIn(text).map((link) => link.replace(staff, ''));
		expect(text).toMatch(/^# Larkfield Home Services: playbook\n\n> /);
		for (const link of named) expect(read(link.slice(1)).startsWith('# '), link).toBe(true);
		const ready = library.entries.filter(
			({ data }) => !('status' in data) || data.status === 'ready',
		);
		expect(named.length).toBe(ready.length);
	});

	test('of the public site names public pages only, each there', async () => {
		const site = await buildSite('newsletter', { TANDEM_NOW: now });
		const text = readFileSync(join(site, 'llms.txt'), 'utf8');
		const origin = 'https://news.larkfield.example';
		const links = linksIn(text);
		const pages = filesOf(site).map((file) => `${origin}/${file.replace(/index\.html$/, '')}`);
		expect(links.filter((link) => !pages.includes(link))).toEqual([]);
		expect(links).toContain(`${origin}/issues/004/`);
		expect(text).not.toContain('playbook.larkfield.example');
		const staffOnly = library.entries.flatMap(({ data }) =>
			'audience' in data && data.audience === 'staff' ? [`[${data.title}]`] : [],
		);
		expect(staffOnly.length).toBeGreaterThan(5);
		expect(staffOnly.filter((title) => text.includes(title))).toEqual([]);
	});
});

describe('the feeds of changes', () => {
	test('say the same, newest first, nothing of days to come', () => {
		const json = JSON.parse(read('feed.json')) as {
			feed_url: string;
			items: { id: string; title: string; date_modified: string }[];
		};
		const { feed } = parsed(read('atom.xml')) as {
			feed: { entry: { id: string; title: string; updated: string }[] };
		};
		expect(json.feed_url).toBe(`${staff}/feed.json`);
		expect(json.items.map(({ id, title, date_modified }) => [id, title, date_modified])).toEqual(
			feed.entry.map(({ id, title, updated }) => [id, title, updated]),
		);
		const days = json.items.map(({ date_modified }) => date_modified);
		expect(days).toEqual(days.toSorted().toReversed());
		expect(days.every((day) => day <= now)).toBe(true);
		expect(json.items.length).toBe(40);
		expect(new Set(json.items.map(({ id }) => id)).size).toBe(40);
		const pages = filesOf(folder).map((file) => `${staff}/${file.replace(/index\.html$/, '')}`);
		expect(json.items.filter(({ id }) => !pages.includes(id))).toEqual([]);
	});
});

test('the printed book holds every finished play and word once, with ids of its own', () => {
	const html = read('print/index.html');
	const shown = wordsIn(htmlToHast(html)).join(' ');
	for (const entry of library.entries) {
		if (!['tip', 'checklist', 'questions', 'term'].includes(entry.kind)) continue;
		if ('status' in entry.data && entry.data.status !== 'ready') continue;
		expect(html.split(` id="${entry.kind}-${entry.slug}"`).length, entry.ref).toBe(2);
		const prose = entry.body.prose.filter(({ isSentence }) => isSentence);
		for (const { text } of prose) expect(shown, entry.ref).toContain(normal(text));
	}
	const ids = [...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
	expect(ids.length).toBe(new Set(ids).size);
	const anchors = [...html.matchAll(/href="#([^"]*)"/g)].map(([, id]) => id);
	expect(anchors.filter((id) => !ids.includes(id))).toEqual([]);
});

function read(file: string): string {
	return readFileSync(join(folder, file), 'utf8');
}

function linksIn(text: string): string[] {
	return [...text.matchAll(/^- \[.*?\]\((.*?)\)/gm)].map(([, link]) => link ?? '');
}

/** The article of a page: what is between the masthead and the footer. */
function articleOf(html: string): Tree {
	return htmlToHast(/<article[\s\S]*<\/article>/.exec(html)?.[0] ?? '');
}

/** Blocks of the body itself, without the tooltips in it. */
function isProse(node: Tree): boolean {
	return classesOf(node).includes('prose');
}

/** Words of ours around an entry's own, which a page says otherwise or by its looks. */
function isFurniture(text: string): boolean {
	return /^(?:the idea|\w+(?: \w+)? \d+ min to do.*|open after .*|page https .*)$/.test(text);
}

/** The texts of the lowest blocks below what is chosen, each as words between blanks. */
function textsIn(node: Tree, isChosen: (node: Tree) => boolean, isInside = false): string[] {
	if (isHidden(node)) return [];
	const here = isInside || isChosen(node);
	const children = node.children ?? [];
	const isLowest = !children.some(hasBlock);
	if (here && isLowest && node.type === 'element') {
		const text = wordsIn(node).join(' ');
		return text === '' ? [] : [text];
	}
	return children.flatMap((child) => textsIn(child, isChosen, here));
}

function hasBlock(node: Tree): boolean {
	if (node.type !== 'element') return false;
	return !inline.has(node.tagName ?? '') || (node.children ?? []).some(hasBlock);
}

function wordsIn(tree: Tree): string[] {
	return normal(textOf(tree)).split(' ');
}

function normal(text: string): string {
	return [...text.matchAll(/[\p{L}\p{N}]+/gu)].map(([word]) => word.toLowerCase()).join(' ');
}

function textOf(node: Tree): string {
	if (node.type === 'text') return node.value ?? '';
	if (isHidden(node)) return '';
	if (node.tagName === 'img') return ` ${attributes(node, 'alt').join(' ')} `;
	const inner = (node.children ?? []).map(textOf).join('');
	return inline.has(node.tagName ?? '') ? inner : ` ${inner} `;
}

function isHidden(node: Tree): boolean {
	if (['script', 'style', 'head'].includes(node.tagName ?? '')) return true;
	return node.properties?.['role'] === 'tooltip';
}

function classesOf(node: Tree): string[] {
	const names = node.properties?.['className'];
	return Array.isArray(names) ? names.map(String) : [];
}

function attributes(node: Tree, name: string): string[] {
	const own = node.properties?.[name];
	return [
		...(typeof own === 'string' ? [own] : []),
		...(node.children ?? []).flatMap((child) => attributes(child, name)),
	];
}

/** Reads XML; fails where it is not well formed. */
function parsed(xml: string): unknown {
	const valid = fastXml.XMLValidator.validate(xml);
	if (valid !== true) throw new Error(`Not well formed: ${JSON.stringify(valid)}`);
	return new fastXml.XMLParser({ parseTagValue: false }).parse(xml);
}

// The parser that @astrojs/rss itself uses.
const fastXml = createRequire(createRequire(import.meta.url).resolve('@astrojs/rss'))(
	'fast-xml-parser',
) as FastXml;

const inline = new Set([
	'a',
	'em',
	'strong',
	'del',
	'code',
	'span',
	'dfn',
	'cite',
	'time',
	'br',
	'input',
]);

interface Twin {
	path: string;
	markdown: string;
	html: string;
}

/** As much of hast as is looked at here. */
interface Tree {
	type: string;
	value?: string | undefined;
	tagName?: string | undefined;
	properties?: Record<string, unknown> | undefined;
	children?: readonly Tree[] | undefined;
}

interface FastXml {
	XMLValidator: { validate(xml: string): true | { err: unknown } };
	XMLParser: new (options: object) => { parse(xml: string): unknown };
}
