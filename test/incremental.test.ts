/**
 * A build that keeps what it may must give the very bytes of one that keeps nothing. Each step
 * changes one thing, builds again over what is kept, builds the same state from nothing in another
 * folder, and compares all files. The steps follow one another, as they do in an editor's week.
 */
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { astroBin, runNode } from '../scripts/astro.ts';
import { openWorkshop } from '../scripts/bench/workshop.ts';
import type { Workshop } from '../scripts/bench/workshop.ts';
import {
	changeSettings,
	edit,
	editFile,
	remove,
	writeContent,
	writeEntry,
	writePicture,
	writeReceipt,
} from './incremental-content.ts';

const scratch = mkdtempSync(join(tmpdir(), 'tandem-incremental-'));
const contentDir = join(scratch, 'content');
const kept = openWorkshop(join(scratch, 'kept'));
const clean = openWorkshop(join(scratch, 'clean'));
const both = ['playbook', 'newsletter'] as const;
let now = '2026-11-24T08:00:00Z';

beforeAll(async () => {
	await writeContent(contentDir);
	for (const site of both) await mustBuild(kept, site);
});

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

test('renders no entry anew where nothing changed', async () => {
	expect(await rebuild('playbook')).toEqual([]);
	expect(await rebuild('newsletter')).toEqual([]);
});

test('renders an entry and the issue that carries it anew after a change in its body', async () => {
	edit(contentDir, 'tip/ask', 'Ask what they heard.', 'Ask what they saw.');
	expect(await rebuild('playbook')).toEqual([
		'issues/001/index.html',
		'print/index.html',
		'tips/ask/index.html',
	]);
	expect(await rebuild('newsletter')).toEqual(['issues/001/index.html', 'tips/ask/index.html']);
});

describe('serves no stale page after a change of', () => {
	test('a title that other entries link to', async () => {
		edit(contentDir, 'tip/ask', 'Ask before you plan', 'Ask well before you plan');
		const rendered = await rebuild('playbook');
		expect(rendered).toContain('issues/001/index.html');
		expect(rendered).toContain('paths/first-days/index.html');
		expect(rendered).toContain('people/ben/index.html');
		expect(rendered).toContain('tips/second/index.html');
		expect(rendered).not.toContain('promos/winter/index.html');
		await rebuild('newsletter');
	});

	test('the meaning of a term that a body names', async () => {
		edit(contentDir, 'term/lead', 'Somebody who asked us', 'Anybody who asked us');
		const rendered = await rebuild('playbook');
		expect(rendered).toContain('tips/ask/index.html');
		expect(rendered).not.toContain('promos/winter/index.html');
	});

	test('the body of a checklist', async () => {
		edit(contentDir, 'checklist/meeting', 'Each Monday at nine', 'Each Monday at ten');
		expect(await rebuild('playbook')).toEqual([
			'checklists/meeting/index.html',
			'checklists/meeting/run/index.html',
			'print/index.html',
		]);
	});

	test('a person', async () => {
		edit(contentDir, 'person/ben', 'Ben Lowe', 'Ben Rowe');
		expect(await rebuild('playbook')).toContain('tips/ask/index.html');
		await rebuild('newsletter');
	});

	test('the author of an entry', async () => {
		edit(contentDir, 'tip/ask', 'person/ben', 'person/ada');
		const rendered = await rebuild('playbook');
		expect(rendered).toContain('people/ben/index.html');
		expect(rendered).toContain('people/ada/index.html');
	});

	test('a promo', async () => {
		edit(contentDir, 'promo/winter', 'starts: 2026-12-01', 'starts: 2026-11-30');
		expect(await rebuild('playbook')).toEqual([
			// The facilitator's view of each list shows what customers see this week.
			'checklists/ask-the-open-lead-before-noon-15/run/index.html',
			'checklists/meeting/run/index.html',
			'checklists/test-the-open-lead-before-noon-14/run/index.html',
			'promos/winter/index.html',
		]);
	});

	test('the bytes of a picture', async () => {
		await writePicture(contentDir, 700);
		const rendered = await rebuild('playbook');
		expect(rendered).toContain('tips/ask/index.html');
		expect(rendered).toContain('pictures/tips/plan.png');
		await rebuild('newsletter');
	});

	test('the name of the firm', async () => {
		changeSettings(contentDir, { firm: 'Another Firm' });
		expect(await rebuild('playbook')).toContain('tips/ask/index.html');
	});

	test('which entries the public may see', async () => {
		changeSettings(contentDir, { openArchive: true });
		expect(await rebuild('newsletter')).toContain('tips/second/index.html');
	});

	test('a token of the style sheets', async () => {
		for (const { folder } of [kept, clean]) {
			writeFileSync(
				join(folder, 'src/web/styles/tokens.css'),
				`${readFileSync(join(folder, 'src/web/styles/tokens.css'), 'utf8')}\n:root { --radius: 9px; }\n`,
			);
		}
		expect(await rebuild('playbook')).toContain('tips/ask/index.html');
	});

	test('the layout', async () => {
		for (const { folder } of [kept, clean]) {
			editFile(join(folder, 'src/web/Page.astro'), 'Skip to the text', 'Skip to the words');
		}
		expect(await rebuild('playbook')).toContain('tips/ask/index.html');
	});

	test('how the configuration has scripts put together', async () => {
		for (const { folder } of [kept, clean]) {
			editFile(join(folder, 'astro.config.mjs'), 'download|', '');
		}
		expect(await rebuild('playbook')).toContain('checklists/meeting/index.html');
	});

	test('the form of a component in bodies', async () => {
		for (const { folder } of [kept, clean]) {
			editFile(join(folder, 'src/web/body/callout.ts'), "example: 'Example'", "example: 'Say'");
		}
		expect(await rebuild('playbook')).toContain('tips/ask/index.html');
	});

	test('how pictures are written', async () => {
		for (const { folder } of [kept, clean]) {
			editFile(join(folder, 'src/web/picture.ts'), 'compressionLevel: 9', 'compressionLevel: 0');
		}
		expect(await rebuild('playbook')).toContain('pictures/tips/plan.png');
	});

	test('how entries are read', async () => {
		for (const { folder } of [kept, clean]) {
			editFile(
				join(folder, 'src/library/words.ts'),
				'Math.ceil(words / rate)',
				'Math.ceil(words / rate) + 1',
			);
		}
		expect(await rebuild('playbook')).toContain('tips/ask/index.html');
	});

	test('the day', async () => {
		now = '2026-11-25T08:00:00Z';
		await rebuild('playbook');
		now = '2026-12-01T10:00:00Z';
		expect(await rebuild('newsletter')).toContain('issues/002/index.html');
		now = '2027-12-29T08:00:00Z';
		await rebuild('playbook');
	});

	test('the receipts there are', async () => {
		writeReceipt(contentDir, '001-ask-first');
		expect(await rebuild('playbook')).toContain('tips/ask/index.html');
	});

	test('the hour, once an issue is scheduled', async () => {
		now = '2026-11-10T08:59:00Z';
		await mustBuild(kept, 'playbook');
		now = '2026-11-10T09:01:00Z';
		expect(await rebuild('playbook')).toEqual(['issues/001/index.html']);
	});

	test('the entries there are: one more, which names others', async () => {
		writeEntry(contentDir, 'tip/third', { title: 'Ask a third time', related: ['tip/ask'] });
		const rendered = await rebuild('playbook');
		expect(rendered).toContain('tips/ask/index.html');
		expect(rendered).toContain('tips/third/index.html');
	});

	test('the entries there are: one less', async () => {
		remove(contentDir, 'tip/third');
		expect(await rebuild('playbook')).toContain('tips/ask/index.html');
		await rebuild('newsletter');
	});

	test('the name of a file, with the earlier one under `was`', async () => {
		remove(contentDir, 'checklist/meeting');
		writeEntry(contentDir, 'checklist/weekly-meeting', { was: ['meeting'] });
		expect(await rebuild('playbook')).toContain('tips/ask/index.html');
		await rebuild('newsletter');
	});

	test('whether an entry still holds', async () => {
		writeEntry(contentDir, 'tip/second', { title: 'Ask once more', related: ['tip/ask'] });
		edit(contentDir, 'term/enquiry', 'status: ready', 'status: retired');
		edit(contentDir, 'term/enquiry', 'pair: term/lead\n', '');
		edit(contentDir, 'term/lead', 'pair: term/enquiry\n', '');
		edit(contentDir, 'tip/ask', '<Pair left="lead" right="enquiry" />\n\n', '');
		expect(await rebuild('playbook')).toContain('terms/lead/index.html');
	});
});

test('serves no page of a build that broke off, once its change is taken back', async () => {
	const broken = join(kept.folder, 'src/sites/playbook/pages/zz.astro');
	edit(contentDir, 'tip/ask', 'Open [the', 'Skip [the');
	writeFileSync(broken, "---\nthrow new Error('This page cannot be rendered.');\n---\n");
	expect((await build(kept, 'playbook')).code).not.toBe(0);
	rmSync(broken);
	edit(contentDir, 'tip/ask', 'Skip [the', 'Open [the');
	await rebuild('playbook');
});

describe('pages that are rendered in batches', () => {
	const inBatches = (folder: string): void =>
		editFile(
			join(folder, 'src/web/batch/batches.ts'),
			'const worthwhile = 200',
			'const worthwhile = 0',
		);

	test('are those that are rendered by themselves, byte for byte', async () => {
		inBatches(kept.folder);
		const rendered = await rebuild('playbook');
		expect(rendered).toContain('tips/~0/index.html');
		expect(rendered).not.toContain('tips/ask/index.html');
		inBatches(clean.folder);
	});

	test('are rendered anew where one of them changes, and no others', async () => {
		expect(await rebuild('playbook')).toEqual([]);
		edit(contentDir, 'tip/ask', 'Open [the', 'Find [the');
		expect(await rebuild('playbook')).toEqual([
			'issues/001/index.html',
			'print/index.html',
			'tips/~0/index.html',
		]);
	});

	test('are never stale after a change of a title, a term, the layout, or which entries there are', async () => {
		const renewed = async (): Promise<void> => {
			expect(await rebuild('playbook')).toContain('tips/~0/index.html');
		};
		edit(contentDir, 'tip/ask', 'Ask well before', 'Ask long before');
		await renewed();
		edit(contentDir, 'term/lead', 'Anybody who asked us', 'A person who asked us');
		await renewed();
		for (const { folder } of [kept, clean]) {
			editFile(join(folder, 'src/web/Page.astro'), 'Skip to the words', 'Skip the bar');
		}
		await renewed();
		writeEntry(contentDir, 'tip/third', { title: 'Ask a third time', related: ['tip/ask'] });
		await renewed();
		remove(contentDir, 'tip/third');
		await renewed();
	});
});

/**
 * Builds what there is over what is kept and from nothing, and compares the two.
 * @returns the pages with a key that were rendered anew, sorted
 */
async function rebuild(site: Site): Promise<string[]> {
	const before = renderTimes(site);
	clean.empty();
	await Promise.all([mustBuild(kept, site), mustBuild(clean, site)]);
	const wanted = contentsOf(join(clean.outDir, site));
	const found = contentsOf(join(kept.outDir, site));
	expect([...found.keys()]).toEqual([...wanted.keys()]);
	const stale = [...wanted].filter(([file, bytes]) => found.get(file)?.equals(bytes) === false);
	expect(stale.map(([file]) => file)).toEqual([]);
	return [...renderTimes(site)]
		.filter(([file, time]) => before.get(file) !== time)
		.map(([file]) => file)
		.toSorted();
}

async function mustBuild(workshop: Workshop, site: Site): Promise<void> {
	const { code, output } = await build(workshop, site);
	if (code !== 0) throw new Error(`The build of ${site} failed.\n${output}`);
}

function build(workshop: Workshop, site: Site): Promise<{ code: number; output: string }> {
	const env = {
		SITE: site,
		TANDEM_CONTENT: contentDir,
		TANDEM_OUT: workshop.outDir,
		TANDEM_CACHE: workshop.cacheDir,
		TANDEM_NOW: now,
		TANDEM_RECEIPTS: '',
		NODE_ENV: 'production',
		VITEST: '',
	};
	return runNode([astroBin, 'build'], env, () => {}, workshop.folder);
}

/** When each page that Astro may keep was last rendered: it is written anew then, and only then. */
function renderTimes(site: Site): Map<string, number> {
	const folder = join(kept.cacheDir, site, 'dist');
	return new Map(filesOf(folder).map((file) => [file, statSync(join(folder, file)).mtimeMs]));
}

/**
 * All files of a site. Pagefind names and packs parts of its index differently each time, even
 * for the same pages; what it knows of each page and our own catalogue are always the same.
 */
function contentsOf(folder: string): Map<string, Buffer> {
	const files = filesOf(folder).filter(
		(file) =>
			!file.startsWith('pagefind/') || /^pagefind\/(?:catalogue\.json|fragment\/)/.test(file),
	);
	return new Map(files.map((file) => [file, readFileSync(join(folder, file))]));
}

function filesOf(folder: string): string[] {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((file) => file.isFile())
		.map((file) => relative(folder, join(file.parentPath, file.name)).replaceAll('\\', '/'))
		.toSorted();
}

type Site = (typeof both)[number];
