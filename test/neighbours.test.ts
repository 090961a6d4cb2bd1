/** Who names whom: the lists of every page equal what a plain search finds, and no page is an end. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { htmlToHast } from 'satteri';
import { beforeAll, describe, expect, test } from 'vitest';
import { find, openLibrary } from '#/library/entries.ts';
import { neighboursOf } from '#/library/neighbours.ts';
import { sampleShelf } from '#/library/sample.ts';
import { random } from '../scripts/bench/random.ts';
import type { Random } from '../scripts/bench/random.ts';
import { buildSite, copyContent, filesOf, root } from './site.ts';

const now = '2026-11-24T08:00:00Z';

describe('in 40 random folders', () => {
	test('the links back equal those found by looking at every entry for every other', async () => {
		const wrong: string[] = [];
		let links = 0;
		for (let seed = 0; seed < 40; seed += 1) {
			const folder = randomFolder(random(seed));
			const { library, entryOf } = await open(folder);
			for (const target of folder) {
				const entry = entryOf(target.ref);
				if (!entry) continue;
				const names = [target.ref, ...target.was.map((slug) => `${kindOf(target.ref)}/${slug}`)];
				const expected = folder
					.filter(({ ref, status }) => ref !== target.ref && status === 'ready')
					.filter((other) => targetsOf(other).some((ref) => names.includes(ref)))
					.map(({ ref }) => ref)
					.toSorted();
				const found = neighboursOf(library, entry).uses.map(({ ref }) => ref);
				links += expected.length;
				if (found.toSorted().join() !== expected.join()) {
					wrong.push(`${seed} ${target.ref}: ${found.join()} for ${expected.join()}`);
				}
			}
		}
		expect(wrong).toEqual([]);
		expect(links).toBeGreaterThan(2000);
	});

	test('what to read next is the editor’s choice, then who chose it, then shared words, then topic', async () => {
		const wrong: string[] = [];
		for (let seed = 100; seed < 140; seed += 1) {
			const folder = randomFolder(random(seed));
			const { library, entryOf } = await open(folder);
			const resolve = (ref: string) =>
				folder.find(
					(one) => one.ref === ref || one.was.some((slug) => `${kindOf(one.ref)}/${slug}` === ref),
				);
			for (const one of folder) {
				const entry = entryOf(one.ref);
				if (!entry) continue;
				const ready = folder.filter(({ ref, status }) => ref !== one.ref && status === 'ready');
				const chosen = one.related.flatMap((ref) => resolve(ref) ?? []);
				const back = ready.filter(({ related }) => related.some((ref) => resolve(ref) === one));
				const named = [...new Set([...chosen, ...back])].filter((other) => ready.includes(other));
				const near = ready
					.filter(({ topic }) => topic !== '' && topic === one.topic)
					.map((other) => ({
						other,
						shared: other.terms.filter((id) => one.terms.includes(id)).length,
					}))
					.toSorted((a, b) => b.shared - a.shared || a.other.ref.localeCompare(b.other.ref, 'en'))
					.map(({ other }) => other)
					.filter((other) => !named.includes(other));
				const expected = [...named, ...near.slice(0, Math.max(0, 4 - named.length))].map(
					({ ref }) => ref,
				);
				const found = neighboursOf(library, entry).related.map(({ ref }) => ref);
				// The order of those who chose it is the list's, which this test does not know.
				const order = (refs: string[]) => [
					...refs.slice(0, named.length).toSorted(),
					...refs.slice(named.length),
				];
				if (order(found).join() !== order(expected).join()) {
					wrong.push(`${seed} ${one.ref}: ${found.join()} for ${expected.join()}`);
				}
			}
		}
		expect(wrong).toEqual([]);
	});
});

describe('the built playbook', () => {
	let folder: string;
	let pages: Map<string, PageFacts>;

	beforeAll(async () => {
		folder = await buildSite('playbook', { TANDEM_NOW: now });
		// A frame that nobody reads, by which a script comes to its site, has no words.
		pages = new Map([...pagesOf(folder)].filter(([, { hasWords }]) => hasWords));
	});

	test('each page of an entry shows every entry whose file names it, and no other', () => {
		const files = contentFiles();
		const wrong: string[] = [];
		let links = 0;
		for (const { ref, path } of files) {
			const page = pages.get(path);
			if (!page) throw new Error(`${path} has no page.`);
			const referrers = files.filter((other) => other.ref !== ref && other.names.has(ref));
			links += referrers.length;
			for (const other of referrers) {
				if (!page.main.has(other.path)) wrong.push(`${path} does not show ${other.path}`);
			}
			for (const used of page.uses) {
				if (!referrers.some((other) => other.path === used)) wrong.push(`${path} invents ${used}`);
			}
		}
		expect(wrong).toEqual([]);
		expect(links).toBeGreaterThan(150);
	});

	test('an entry that an issue carried says in which, and whether it was sent', () => {
		const words = (path: string) => pages.get(path)?.usesText.replace(/\s+/g, ' ');
		expect(words('/tips/no-surprise-promos/')).toContain(
			'Sent in Issue #002: The offer nobody told sales about',
		);
		expect(words('/tips/meld-one-challenge/')).toContain('Carried by Issue #006:');
	});

	test('a part of a series leads to the others', () => {
		const series = readdirSync(join(root, 'content/issues'))
			.filter((name) => name.endsWith('.mdx'))
			.filter((name) => /^series:/m.test(readFileSync(join(root, 'content/issues', name), 'utf8')))
			.map((name) => `/issues/${name.slice(0, 3)}/`);
		expect(series.length).toBeGreaterThan(1);
		for (const path of series) {
			for (const other of series.filter((one) => one !== path)) {
				expect([...(pages.get(path)?.main ?? [])], path).toContain(other);
			}
		}
	});

	test('every play says how long it takes to do, and to read where there is something to read', () => {
		for (const { path, text } of contentFiles()) {
			const effort = /^effort: (\d+)$/m.exec(text)?.[1];
			if (effort === undefined) continue;
			const hasBody = (text.split(/^---$/m)[2] ?? '').trim() !== '';
			const html = readFileSync(join(folder, path, 'index.html'), 'utf8');
			const time = new RegExp(`${effort} min to do${hasBody ? ', \\d+ min to read' : ''}`).exec(
				html,
			);
			expect(time, path).not.toBeNull();
		}
	});

	test('no page is a dead end: each has a way on in its own text', () => {
		const ends = [...pages].flatMap(([path, { main }]) =>
			[...main].some((to) => to !== path && pages.has(to)) ? [] : [path],
		);
		expect(ends).toEqual([]);
		expect(pages.size).toBeGreaterThan(110);
	});

	test('every page is reached from home by links in texts alone, but the one for what is not there', () => {
		const reached = new Set(['/']);
		for (const path of reached) {
			for (const to of pages.get(path)?.all ?? []) if (pages.has(to)) reached.add(to);
		}
		expect([...pages.keys()].filter((path) => !reached.has(path))).toEqual(['/404.html']);
	});
});

test('a retired entry and an old address lead on too', async () => {
	const contentDir = copyContent();
	const { writeFileSync } = await import('node:fs');
	const file = join(contentDir, 'tips/two-horizons.mdx');
	const text = readFileSync(file, 'utf8');
	// Nothing may name what is retired: a new entry, and one with another name.
	writeFileSync(
		join(contentDir, 'tips/an-old-idea.mdx'),
		text
			.replace(/^status: ready$/m, 'status: retired\nreplacedBy: tip/two-horizons')
			.replace(/^(?:related|counter):.*$/gm, ''),
	);
	writeFileSync(file, text.replace(/^status: ready$/m, 'status: ready\nwas: [one-horizon]'));
	const pages = pagesOf(
		await buildSite('playbook', { TANDEM_NOW: now, TANDEM_CONTENT: contentDir }),
	);
	expect([...(pages.get('/tips/an-old-idea/')?.main ?? [])]).toContain('/tips/two-horizons/');
	expect([...(pages.get('/tips/one-horizon/')?.main ?? [])]).toEqual(['/tips/two-horizons/']);
});

/** Entries that name each other at random, also by earlier names and in several ways at once. */
function randomFolder({ next, one }: Random): RandomEntry[] {
	const refs = [
		...Array.from({ length: 12 }, (_, i) => `tip/t${i}`),
		...Array.from({ length: 5 }, (_, i) => `checklist/c${i}`),
		...Array.from({ length: 6 }, (_, i) => `term/w${i}`),
		...Array.from({ length: 3 }, (_, i) => `path/p${i}`),
	];
	const was = new Map(
		refs.map((ref) => [
			ref,
			!ref.startsWith('path/') && next() < 0.3 ? [`old-${ref.split('/')[1]}`] : [],
		]),
	);
	const named = (kinds: RegExp): string => {
		const ref = one(refs.filter((candidate) => kinds.test(candidate)));
		const old = was.get(ref)?.[0];
		return old && next() < 0.5 ? `${kindOf(ref)}/${old}` : ref;
	};
	const some = (most: number, make: () => string): string[] => [
		...new Set(Array.from({ length: Math.floor(next() * (most + 1)) }, make)),
	];
	return refs.map((ref) => {
		const kind = kindOf(ref);
		const isPlay = kind === 'tip' || kind === 'checklist';
		return {
			ref,
			was: was.get(ref) ?? [],
			status: kind === 'path' || next() < 0.8 ? 'ready' : one(['draft', 'retired']),
			topic: kind === 'path' ? '' : one(['planning', 'launch', 'people']),
			related: isPlay ? some(3, () => named(/^(?:tip|checklist|term)/)) : [],
			links: isPlay || kind === 'term' ? some(2, () => named(/^(?:tip|checklist|term)/)) : [],
			terms: isPlay
				? some(3, () => one(refs.filter((other) => other.startsWith('term/'))).slice(5))
				: [],
			steps:
				kind === 'path'
					? ['tip/t0', 'tip/t1', 'tip/t2', ...some(4, () => named(/^(?:tip|checklist|term)/))]
					: [],
		};
	});
}

function targetsOf({ related, links, terms, steps }: RandomEntry): string[] {
	return [...related, ...links, ...steps, ...terms.map((slug) => `term/${slug}`)];
}

async function open(folder: readonly RandomEntry[]) {
	const files = Object.fromEntries(
		folder.map(({ ref, was, status, topic, related, links, terms, steps }) => {
			const body = [
				...links.map((link, i) => `A [way to go ${i}](${link}).`),
				...terms.map((id) => `A <Term id="${id}">word</Term>.`),
			].join('\n\n');
			if (kindOf(ref) === 'path') return [ref, { steps: [...new Set(steps)] }];
			const own = kindOf(ref) === 'term' ? {} : { related };
			return [ref, { status, topic, was, body: body || 'Nothing.', ...own }];
		}),
	);
	const { entries, settings, contentDir } = await sampleShelf(files);
	const admitted = entries.filter(({ data }) => !('status' in data) || data.status !== 'draft');
	const library = openLibrary({
		audience: 'staff',
		today: '2026-11-24',
		settings,
		contentDir,
		entries: admitted,
		receipts: new Map(),
	});
	return {
		library,
		entryOf: (ref: string) => (find(library, ref)?.ref === ref ? find(library, ref) : undefined),
	};
}

/** The finished files of the content, and the references that a plain search finds in each. */
function contentFiles() {
	const kinds = {
		tips: 'tip',
		checklists: 'checklist',
		questions: 'questions',
		terms: 'term',
		issues: 'issue',
		paths: 'path',
		promos: 'promo',
	};
	return Object.entries(kinds).flatMap(([name, kind]) =>
		readdirSync(join(root, 'content', name))
			.filter((file) => /^[a-z\d].*\.(?:mdx|yaml)$/.test(file))
			.flatMap((file) => {
				const text = readFileSync(join(root, 'content', name, file), 'utf8');
				if (/^status: (?:draft|retired)$/m.test(text)) return [];
				const slug = file.replace(/\.\w+$/, '');
				const refs = text.matchAll(
					/(?<![\w/.-])(?:tip|checklist|questions|term|issue|path|promo)\/[a-z\d-]+/g,
				);
				const terms = text.matchAll(/<Term id="([^"]+)"|<Pair left="([^"]+)" right="([^"]+)"/g);
				const names = new Set([
					...[...refs].map(([ref]) => ref),
					...[...terms].flatMap(([, ...ids]) => ids.flatMap((id) => (id ? [`term/${id}`] : []))),
				]);
				const page = kind === 'issue' ? slug.slice(0, 3) : slug;
				return [{ ref: `${kind}/${slug}`, path: `/${name}/${page}/`, names, text }];
			}),
	);
}

function pagesOf(folder: string): Map<string, PageFacts> {
	return new Map(
		filesOf(folder)
			.filter((file) => file.endsWith('.html'))
			.map((file) => {
				const tree: Node = htmlToHast(readFileSync(join(folder, file), 'utf8'));
				const main = nodesOf(tree).find(({ tagName }) => tagName === 'main');
				const uses = nodesOf(main).find(({ properties }) =>
					String(properties?.['className']).includes('uses'),
				);
				const body = nodesOf(tree).find(({ tagName }) => tagName === 'body');
				return [
					`/${file.replace(/index\.html$/, '')}`,
					{
						all: linksOf(tree),
						main: linksOf(main),
						uses: linksOf(uses),
						usesText: textOf(uses),
						hasWords: textOf(body).trim() !== '',
					},
				];
			}),
	);
}

function linksOf(node: Node | undefined): Set<string> {
	return new Set(
		nodesOf(node).flatMap(({ tagName, properties }) => {
			const href = tagName === 'a' ? properties?.['href'] : undefined;
			return typeof href === 'string' && href.startsWith('/') ? [href.replace(/[?#].*$/, '')] : [];
		}),
	);
}

function nodesOf(node: Node | undefined): Node[] {
	return node ? [node, ...(node.children ?? []).flatMap(nodesOf)] : [];
}

function textOf(node: Node | undefined): string {
	return nodesOf(node)
		.map(({ value }) => value ?? '')
		.join('');
}

function kindOf(ref: string): string {
	return ref.split('/')[0] ?? '';
}

interface RandomEntry {
	ref: string;
	was: string[];
	status: string;
	topic: string;
	related: string[];
	links: string[];
	terms: string[];
	steps: string[];
}

interface PageFacts {
	/** Paths that the whole page links to. */
	all: Set<string>;
	/** Paths that its main part links to. */
	main: Set<string>;
	/** Paths under "Where it is used". */
	uses: Set<string>;
	usesText: string;
	hasWords: boolean;
}

interface Node {
	type: string;
	tagName?: string;
	value?: string;
	properties?: Record<string, unknown>;
	children?: Node[];
}
