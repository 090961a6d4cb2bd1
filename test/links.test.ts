/** No link of a built site leads nowhere, and a build in which one does fails. */
import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { links, readSite, requireWhole } from '#/integrations/links.ts';
import { findBreaks } from '#/integrations/links/breaks.ts';
import type { Break, SiteFacts } from '#/integrations/links/breaks.ts';
import { keepFacts } from '#/integrations/links/kept-facts.ts';
import { readFacts } from '#/integrations/links/references.ts';
import type { FileFacts } from '#/integrations/links/references.ts';
import { random } from '../scripts/bench/random.ts';
import { breakers, harmless } from './link-breaks.ts';
import type { Breaker, Broken } from './link-breaks.ts';
import { buildSite, copyContent, filesOf } from './site.ts';

const now = '2026-11-24T08:00:00Z';
const times = 200;
const contentDir = copyContent();
const scratch = mkdtempSync(join(tmpdir(), 'tandem-links-'));

// One entry is renamed, one is a draft, and a picture stands in a public tip.
const renamed = join(contentDir, 'tips/tell-sales-first.mdx');
renameSync(join(contentDir, 'tips/no-surprise-promos.mdx'), renamed);
change(renamed, /^status: ready$/m, 'status: ready\nwas: [no-surprise-promos]');
const pictured = join(contentDir, 'tips/read-their-scoreboard.mdx');
change(
	pictured,
	/$/,
	'\n<Figure src="./play-from-one-score.png" alt="Two lines of one score" />\n',
);
writeFileSync(
	join(contentDir, 'tips/raw-idea.mdx'),
	readFileSync(join(contentDir, 'tips/stick-test.mdx'), 'utf8').replace(
		'status: ready',
		'status: draft',
	),
);

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe.each([
	['playbook', 'https://playbook.larkfield.example'],
	['newsletter', 'https://news.larkfield.example'],
] as const)('%s', (name, origin) => {
	const site: SiteFacts = {
		origin,
		served: new Set(name === 'newsletter' ? ['/subscribe'] : []),
		why: () => undefined,
	};
	let folder: string;
	let texts: Map<string, string>;
	let facts: Map<string, FileFacts>;

	beforeAll(async () => {
		folder = await buildSite(name, { TANDEM_NOW: now, TANDEM_CONTENT: contentDir });
		texts = new Map(
			filesOf(folder).map((file) => [
				file,
				/\.(?:html|xml|json|txt|md)$/.test(file) ? readFileSync(join(folder, file), 'utf8') : '',
			]),
		);
		facts = readSite(folder, keepFacts(undefined, origin));
	});

	test('is whole', () => {
		const references = [...facts.values()].flatMap((one) => one.references);
		expect(references.length).toBeGreaterThan(1000);
		expect(findBreaks(facts, site)).toEqual([]);
	});

	test(`of ${times} breaks, each is found where it is, and nothing else`, () => {
		const used = new Map<string, number>();
		const wrong: string[] = [];
		for (const { kind, broken } of plays(breakers)) {
			used.set(kind, (used.get(kind) ?? 0) + 1);
			const found = breaksAfter(broken);
			const files = new Set(found.map(({ file }) => file));
			const missed = [...broken.files].filter((file) => !files.has(file));
			const invented = [...files].filter((file) => !broken.files.has(file));
			if (broken.files.size === 0 || missed.length + invented.length > 0) {
				wrong.push(`${kind}: missed ${missed.join(' ')}; invented ${invented.join(' ')}`);
			}
			for (const { what, fix } of found) {
				if (!what.endsWith('.') || !fix.endsWith('.')) wrong.push(`${kind}: "${what}" "${fix}"`);
			}
		}
		expect(wrong).toEqual([]);
		expect([...used.values()].reduce((sum, count) => sum + count, 0)).toBe(times);
		expect(used.size).toBeGreaterThan(name === 'playbook' ? 38 : 44);
	});

	test(`of ${times} changes that break nothing, none is reported`, () => {
		const wrong = plays(harmless).flatMap(({ kind, broken }) =>
			breaksAfter(broken).map(
				({ file, reference, what }) => `${kind}: ${file} ${reference.value} ${what}`,
			),
		);
		expect(wrong).toEqual([]);
	});

	test('an entry that was renamed is found at its earlier address', () => {
		const page = texts.get('tips/no-surprise-promos/index.html') ?? '';
		expect(page).toMatch(
			/<meta http-equiv="refresh" content="0; ?url=\/tips\/tell-sales-first\/">/,
		);
		expect(page).toContain(`<link rel="canonical" href="${origin}/tips/tell-sales-first/">`);
		expect(page).toContain('<a href="/tips/tell-sales-first/">');
		// Entries still name it as they did; their links go straight to the new address.
		const naming = (path: string) =>
			[...texts].filter(([, text]) => text.includes(`href="${path}"`)).map(([file]) => file);
		expect(naming('/tips/no-surprise-promos/')).toEqual([]);
		expect(naming('/tips/tell-sales-first/').length).toBeGreaterThan(2);
	});

	/** Two hundred changes, each kind in turn, made by a seed of their own. */
	function plays(of: Record<string, Breaker>): { kind: string; broken: Broken }[] {
		const kinds = Object.entries(of);
		const made: { kind: string; broken: Broken }[] = [];
		for (let turn = 0; made.length < times; turn += 1) {
			const [kind, breaker] = kinds[turn % kinds.length] ?? [];
			const broken = breaker?.(texts, random(turn), origin);
			if (kind && broken) made.push({ kind, broken });
		}
		return made;
	}

	function breaksAfter({ changes }: Broken): Break[] {
		const after = new Map(facts);
		for (const [file, text] of changes) {
			if (text === undefined) after.delete(file);
			else after.set(file, readFacts(file, text, origin));
		}
		return findBreaks(after, site);
	}
});

describe('the step of a build', () => {
	const origin = 'https://playbook.larkfield.example';
	const options = { contentDir, audience: 'staff', now: new Date(now) } as const;
	const cacheDir = join(scratch, 'cache');
	let folder: string;

	beforeAll(async () => {
		folder = join(scratch, 'site');
		cpSync(await buildSite('playbook', { TANDEM_NOW: now, TANDEM_CONTENT: contentDir }), folder, {
			recursive: true,
		});
	});

	test('is the last of both builds', async () => {
		const { default: config } = await import('../astro.config.mjs');
		expect(config.integrations?.at(-1)).toMatchObject({ name: 'tandem-links' });
	});

	test('says of a whole site how much of it leads somewhere', async () => {
		expect(await run()).toMatch(/^\d{4,} links, anchors and pictures lead somewhere$/);
	});

	test('keeps what files refer to, and takes it for the same text and the same site only', () => {
		const fresh = readSite(folder, keepFacts(undefined, origin));
		expect(readSite(folder, keepFacts(cacheDir, origin))).toEqual(fresh);
		const kept = join(cacheDir, 'links.json');
		writeFileSync(kept, readFileSync(kept, 'utf8').replaceAll('"/tips/"', '"/spoilt/"'));
		expect(readSite(folder, keepFacts(cacheDir, origin))).not.toEqual(fresh);
		const elsewhere = 'https://elsewhere.example';
		expect(readSite(folder, keepFacts(cacheDir, elsewhere))).toEqual(
			readSite(folder, keepFacts(undefined, elsewhere)),
		);
		writeFileSync(kept, 'cut sho');
		expect(readSite(folder, keepFacts(cacheDir, origin))).toEqual(fresh);
	});

	test('fails with the page, what is broken and what to do, one line for each mistake', async () => {
		const path = join(folder, 'tips/stick-test/index.html');
		const page = readFileSync(path, 'utf8');
		writeFileSync(
			path,
			page
				.replace(
					'</main>',
					'<a href="/tips/raw-idea/">An idea</a><a href="/Terms/mql/">MQL</a></main>',
				)
				.replace('id="main"', 'id="text"'),
		);
		rmSync(join(folder, 'pictures/568/tips/play-from-one-score.png'));
		await expect(run()).rejects.toThrowErrorMatchingInlineSnapshot(`
			[UserError: The site has 4 broken links:
			issues/005/index.html (and offline.json, print/index.html, tips/play-from-one-score/index.html and 1 more) <img srcset>: "/pictures/568/tips/play-from-one-score.png": there is no such file on this site. Nearest: /pictures/tips/play-from-one-score.png.
			tips/stick-test/index.html <a href> “Skip to the text”: "#main": no element of the page has the id "main". Correct it, or take it out.
			tips/stick-test/index.html <a href> “An idea”: "/tips/raw-idea/": tips/raw-idea.mdx is not ready, so it has no page. Finish it and set status: ready, or take the link out.
			tips/stick-test/index.html <a href> “MQL”: "/Terms/mql/": its letters have the wrong case. Write /terms/mql/.]
		`);
	});

	/** What it logs. */
	async function run(): Promise<string> {
		const lines: string[] = [];
		const { hooks } = links(options);
		// The two hooks read no more of what Astro hands them than this.
		const given = {
			config: { site: origin, cacheDir: pathToFileURL(`${cacheDir}/`) },
			dir: pathToFileURL(`${folder}/`),
			logger: { info: (line: string) => lines.push(line) },
		} as never;
		await hooks['astro:config:done']?.(given);
		await hooks['astro:build:done']?.(given);
		return lines.join('\n');
	}
});

describe('a site', () => {
	const site: SiteFacts = { origin: 'https://a.example', served: new Set(), why: () => undefined };
	const built = (pages: Record<string, string>) =>
		new Map(
			Object.entries(pages).map(([file, html]) => [file, readFacts(file, html, site.origin)]),
		);

	test('without a break passes', () => {
		const whole = built({ 'index.html': '<a href="/b/#x">x</a>', 'b/index.html': '<p id="x">' });
		expect(() => requireWhole(whole, site)).not.toThrow();
	});

	test('is told once of a mistake that many pages make', () => {
		const link = '<a href="/gone/">x</a>';
		const pages = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => [`${name}/index.html`, link]);
		expect(() => requireWhole(built(Object.fromEntries(pages)), site)).toThrow(
			'The site has 1 broken link:\na/index.html (and b/index.html, c/index.html, d/index.html and 2 more) <a href> “x”: "/gone/": there is no such page on this site. Correct it, or take it out.',
		);
	});
});

function change(file: string, from: RegExp, to: string): void {
	const text = readFileSync(file, 'utf8');
	if (!from.test(text)) throw new Error(`${file} has no ${from.source}.`);
	writeFileSync(file, text.replace(from, to));
}
