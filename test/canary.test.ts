/** Nothing that the public may not know is in any public file; and this test would see it there. */
import { execFile } from 'node:child_process';
import {
	cpSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { childEnvironment } from '#/environment.ts';
import { readShelf } from '#/library/shelf.ts';
import { canaryContent, canaryNow, reviewDay } from './canary-content.ts';
import { canariesIn } from './canary-search.ts';
import { buildSite, filesOf, root } from './site.ts';

let content: Awaited<ReturnType<typeof canaryContent>>;
const scratch = mkdtempSync(join(tmpdir(), 'canary-'));

beforeAll(async () => {
	content = await canaryContent();
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe('the canary folder', () => {
	test('holds without an error, so that nothing is missed for being broken', async () => {
		const { problems } = await readShelf({
			contentDir: content.folder,
			audience: 'staff',
			now: new Date(canaryNow),
		});
		expect(
			problems.filter(({ level, rule }) => level === 'error' || rule.startsWith('fields/')),
		).toEqual([]);
		expect(problems.filter(({ rule }) => rule.startsWith('reference/'))).toEqual([]);
	});

	test('has a canary of its own in hundreds of places, each in its files', () => {
		expect(content.places.size).toBeGreaterThan(300);
		expect(missing(canariesIn(content.folder))).toEqual([]);
	});
});

test('the search sees what is packed or in a name', () => {
	const folder = join(scratch, 'search');
	const write = (file: string, bytes: string | Uint8Array): void => {
		mkdirSync(dirname(join(folder, file)), { recursive: true });
		writeFileSync(join(folder, file), bytes);
	};
	write('a.gz', gzipSync('zq0001qz'));
	write('a.br', brotliCompressSync('zq0002qz'));
	write('a.z', deflateSync('zq0003qz'));
	write('zq0004qz/zq0005qz.txt', '');
	write('exif.jpg', Buffer.from('\u0000zq0006qz', 'utf16le'));
	write('page.html', '<p title="ZQ0007QZ">');
	const found = [...canariesIn(folder).keys()].toSorted();
	expect(found).toEqual([1, 2, 3, 4, 5, 6, 7].map((n) => `zq000${n}qz`));
});

describe('the public build', () => {
	let site: string;

	beforeAll(async () => {
		site = await buildSite('newsletter', { TANDEM_CONTENT: content.folder, TANDEM_NOW: canaryNow });
	});

	test('holds the due issue and what it carries, so that there is something to search', () => {
		const page = readFileSync(join(site, 'issues/007/index.html'), 'utf8');
		expect(page).toContain('Carry one question to a rep this week.');
		const mail = readFileSync(join(site, '../outbox/007/message.html'), 'utf8');
		expect(mail.replace(/\s+/g, ' ')).toContain('Carry one question to a rep this week.');
		expect(
			filesOf(site).filter((file) => /carried\.(?:png|jpg)$/.test(file)).length,
		).toBeGreaterThan(1);
	});

	test.each(['the site', 'the outbox'])('has no canary in any file of %s', (part) => {
		const folder = part === 'the site' ? site : join(site, '../outbox');
		expect(filesOf(folder).length).toBeGreaterThan(5);
		expect(named(canariesIn(folder))).toEqual([]);
	});

	test('shows no review date of a public entry', () => {
		const dates = new RegExp(`${reviewDay}|17(?:th)? Feb(?:ruary)? 2025`, 'i');
		for (const folder of [site, join(site, '../outbox')]) {
			const showing = filesOf(folder).filter((file) =>
				dates.test(readFileSync(join(folder, file), 'latin1')),
			);
			expect(showing).toEqual([]);
		}
	});
});

describe('the same build with the door taken out', () => {
	let out: string;

	beforeAll(async () => {
		out = await buildWithDoor(openDoor);
	});

	test('leaks from every kind of entry, and the search sees it', () => {
		const found = new Map([
			...canariesIn(join(out, 'newsletter')),
			...canariesIn(join(out, 'outbox')),
		]);
		expect(found.size).toBeGreaterThan(250);
		const leaked = new Set(
			[...found.keys()].map((canary) => groupOf(content.places.get(canary) ?? '')),
		);
		expect([...leaked].toSorted()).toEqual([
			'draft',
			'not due',
			'path',
			'retired',
			'staff',
			'unnamed person',
		]);
		// No public page asks for these, door or no door: they have no route there, are dropped by the
		// parser, or are taken out of pictures. Their proof is the clean build above, and unit tests.
		const unseen = new Set(
			missing(found).map((place) => place.replace(/^(?:staff|draft|not due|retired) /, '')),
		);
		expect([...unseen].toSorted()).toMatchInlineSnapshot(`
			[
			  "assessment find",
			  "assessment frontmatter comment",
			  "carried body comment",
			  "carried frontmatter comment",
			  "carried issue comment",
			  "carried issue frontmatter comment",
			  "carried photograph metadata",
			  "carried picture metadata",
			  "carried term comment",
			  "carried term frontmatter comment",
			  "carried term own rule",
			  "checklist find",
			  "checklist frontmatter comment",
			  "issue body comment",
			  "issue file name",
			  "issue frontmatter comment",
			  "named person email",
			  "other term frontmatter comment",
			  "other term own rule",
			  "path comment",
			  "path file name",
			  "path for whom",
			  "promo code",
			  "promo comment",
			  "promo file name",
			  "promo limits",
			  "promo link",
			  "promo offer",
			  "promo sentence",
			  "promo title",
			  "promo where",
			  "promo who",
			  "quiz find",
			  "quiz frontmatter comment",
			  "term frontmatter comment",
			  "term own rule",
			  "tip body comment",
			  "tip find",
			  "tip frontmatter comment",
			  "tip photograph metadata",
			  "tip picture metadata",
			  "unnamed person comment",
			  "unnamed person email",
			  "unnamed person file name",
			  "unnamed person photo alt",
			  "unnamed person photo metadata",
			  "unnamed person sign-off",
			]
		`);
	});
});

/** A door that lets everything in and calls it finished; the real one is `src/library/audience.ts`. */
const openDoor = `
export function admit(entries) {
	return entries.map((entry) =>
		'status' in entry.data ? { ...entry, data: { ...entry.data, status: 'ready', audience: 'public' } } : entry,
	);
}
export function carriedBy(issue) {
	return [issue.data.tip, ...issue.data.terms, ...issue.data.also];
}
`;

const groups =
	/^(?:staff|draft|not due|retired|carried|unnamed person|named person|promo|path)(?= )/;

function groupOf(place: string): string {
	return groups.exec(place)?.[0] ?? place;
}

/** Builds the public site from a copy of the code in which the door is the given code. */
async function buildWithDoor(door: string): Promise<string> {
	const copy = join(scratch, 'copy');
	for (const part of ['src', 'public', 'astro.config.mjs', 'package.json', 'tsconfig.json']) {
		cpSync(join(root, part), join(copy, part), { recursive: true });
	}
	symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
	writeFileSync(join(copy, 'src/library/audience.ts'), door);
	const out = join(copy, 'dist');
	const env = childEnvironment({
		NODE_ENV: 'production',
		ASTRO_TELEMETRY_DISABLED: '1',
		SITE: 'newsletter',
		TANDEM_CONTENT: content.folder,
		TANDEM_NOW: canaryNow,
		TANDEM_OUT: out,
		TANDEM_CACHE: join(copy, '.cache'),
	});
	const astro = join(root, 'node_modules/astro/bin/astro.mjs');
	await promisify(execFile)(process.execPath, [astro, 'build'], {
		cwd: copy,
		env,
		maxBuffer: 64 * 1024 * 1024,
	});
	return out;
}

/** The places whose canaries were found, with the files. */
function named(found: ReadonlyMap<string, readonly string[]>): string[] {
	return [...found].map(([canary, files]) => `${content.places.get(canary)}: ${files.join(', ')}`);
}

/** The places whose canaries were not found. */
function missing(found: ReadonlyMap<string, unknown>): string[] {
	return [...content.places].flatMap(([canary, place]) => (found.has(canary) ? [] : [place]));
}
