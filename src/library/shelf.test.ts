import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { formatProblem } from '#/problem.ts';
import { UserError } from '#/user-error.ts';
import {
	sampleFile,
	sampleFolder,
	sampleNow,
	sampleReceipt,
	sampleShelf,
	temporaryFolder,
} from './sample.ts';
import { openContent, readShelf } from './shelf.ts';
import type { Shelf } from './shelf.ts';

const files = {
	'tip/ask': { body: 'Short. See [it](tip/other).' },
	'tip/other': {},
	'term/lead': {},
	'person/ben': {},
};

describe('a cache', () => {
	let contentDir: string;
	let cacheDir: string;
	const read = (): Promise<Shelf> =>
		readShelf({ contentDir, cacheDir, audience: 'staff', now: sampleNow });

	beforeEach(() => {
		contentDir = sampleFolder(files);
		cacheDir = join(temporaryFolder(), 'deep', 'down');
	});

	test('spares unchanged files, and tells the same of them', async () => {
		const first = await read();
		const second = await read();
		expect([first.readCount, second.readCount]).toEqual([5, 0]);
		expect(JSON.stringify(second.entries)).toBe(JSON.stringify(first.entries));
		expect(JSON.stringify(second.problems)).toBe(JSON.stringify(first.problems));
		expect(second.problems.map(({ rule }) => rule)).toContain('entry/words');
	});

	test('does not spare a changed file, not even one changed back in time', async () => {
		await read();
		const file = join(contentDir, 'terms/lead.mdx');
		const before = readFileSync(file);
		writeFileSync(file, sampleFile('term/lead', { title: 'Deal' }));
		const changed = await read();
		expect(changed.readCount).toBe(1);
		expect(changed.entries.find(({ ref }) => ref === 'term/lead')?.data).toMatchObject({
			title: 'Deal',
		});
		writeFileSync(file, before);
		expect((await read()).readCount).toBe(1);
	});

	test('forgets a removed file, and finds a new one', async () => {
		await read();
		rmSync(join(contentDir, 'tips/other.mdx'));
		const removed = await read();
		expect(removed.readCount).toBe(0);
		expect(removed.entries.map(({ ref }) => ref)).not.toContain('tip/other');
		expect(removed.problems.map(({ rule }) => rule)).toContain('reference/missing');
		expect(readFileSync(join(cacheDir, 'shelf.json'), 'utf8')).not.toContain('tips/other.mdx"');
		writeFileSync(join(contentDir, 'people/cy.yaml'), sampleFile('person/cy'));
		expect((await read()).readCount).toBe(1);
	});

	test('is dropped whole when the code that reads has changed', async () => {
		await read();
		const file = join(cacheDir, 'shelf.json');
		const cache = JSON.parse(readFileSync(file, 'utf8'));
		writeFileSync(file, JSON.stringify({ ...cache, fingerprint: 'of other code' }));
		expect((await read()).readCount).toBe(5);
	});

	test('that is damaged is as good as none', async () => {
		await read();
		writeFileSync(join(cacheDir, 'shelf.json'), '{"fingerprint"');
		expect((await read()).readCount).toBe(5);
	});

	test('is one file, whoever wrote it last', async () => {
		await Promise.all([read(), read(), read()]);
		expect(readdirSync(cacheDir)).toEqual(['shelf.json']);
	});

	test('keeps nothing that depends on the day', async () => {
		writeFileSync(
			join(contentDir, 'terms/lead.mdx'),
			sampleFile('term/lead', { reviewed: '2026-11-24' }),
		);
		const on = async (now: string): Promise<string[]> => {
			const shelf = await readShelf({
				contentDir,
				cacheDir,
				audience: 'staff',
				now: new Date(now),
			});
			return shelf.problems.map(({ rule }) => rule);
		};
		expect(await on('2026-11-23T12:00:00Z')).toContain('entry/reviewed');
		expect(await on('2026-11-24T12:00:00Z')).not.toContain('entry/reviewed');
	});
});

describe('readShelf', () => {
	test('is sparing only where a cache folder is given', async () => {
		const contentDir = sampleFolder(files);
		const options = { contentDir, audience: 'staff', now: sampleNow } as const;
		await readShelf(options);
		expect((await readShelf(options)).readCount).toBe(5);
	});

	test('reports files that nobody would read', async () => {
		const { problems } = await sampleShelf({
			'tips/Big Idea.mdx': sampleFile('tip/ask'),
			[`tips/${'a'.repeat(61)}.mdx`]: sampleFile('tip/ask'),
			'tips/idea.md': 'words',
			'people/ada.yml': 'name: Ada',
			'promos/winter.mdx': 'words',
			'tipps/idea.mdx': sampleFile('tip/ask'),
			'notes.txt': 'words',
			'README.md': 'words',
			'tips/_draft.mdx': 'no frontmatter',
			'tips/.hidden.mdx': 'no frontmatter',
			'_old/idea.mdx': 'no frontmatter',
			'tips/idea.png': 'a picture',
		});
		const strays = problems.filter(({ rule }) => rule.startsWith('file/'));
		expect(strays.map((problem) => `${problem.level} ${formatProblem(problem)}`))
			.toMatchInlineSnapshot(`
			[
			  "warn notes.txt:1:1 is not read; it is no folder of the content model. The folders are tips, checklists, questions, terms, issues, people, promos, paths. Move it away, or put _ before its name.",
			  "error people/ada.yml:1:1 A person is a .yaml file; this one is not read. Rename it to end in .yaml, or move it away.",
			  "error promos/winter.mdx:1:1 A promo is a .yaml file; this one is not read. Rename it to end in .yaml, or move it away.",
			  "warn tipps:1:1 is not read; it is no folder of the content model. Did you mean tips? Rename it.",
			  "error tips/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.mdx:1:1 The file name "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.mdx" is not kebab-case of at most 60 characters. Rename it to lower-case letters, digits and single hyphens, ending in .mdx.",
			  "error tips/Big Idea.mdx:1:1 The file name "Big Idea.mdx" is not kebab-case of at most 60 characters. Rename it to lower-case letters, digits and single hyphens, ending in .mdx.",
			  "error tips/idea.md:1:1 A tip is a .mdx file; this one is not read. Rename it to end in .mdx, or move it away.",
			]
		`);
	});

	test('turns errors of a draft into warnings, and of no other', async () => {
		const { problems } = await sampleShelf({
			'tip/ask': { status: 'draft', body: '> Quoted.', topic: 'lists' },
			'tip/other': { body: '> Quoted.', topic: 'lists' },
		});
		const levels = (file: string): string[] =>
			problems
				.filter((problem) => problem.file === file)
				.map(({ rule, level }) => `${rule} ${level}`);
		expect(levels('tips/ask.mdx')).toEqual(['fields/value warn', 'body/blockquote warn']);
		expect(levels('tips/other.mdx')).toEqual(['fields/value error', 'body/blockquote error']);
	});

	test('lists problems by file and place, the same in each run', async () => {
		const given = { ...files, 'tip/bad': { topic: 'x', function: 'y', body: '> a\n\n# b' } };
		const contentDir = sampleFolder(given);
		const options = { contentDir, audience: 'staff', now: sampleNow } as const;
		const one = (await readShelf(options)).problems.map(formatProblem);
		expect((await readShelf(options)).problems.map(formatProblem)).toEqual(one);
		expect(
			one.filter((line) => line.startsWith('tips/bad')).map((line) => line.split(':')[1]),
		).toEqual(['9', '10', '17', '19']);
	});

	test('blames a broken entry, not the entries that name it', async () => {
		const { problems } = await sampleShelf({
			'tip/ask': { related: ['tip/broken', 'tip/gone'] },
			'tip/broken': { topic: 'lists' },
		});
		const missing = problems.filter(({ rule }) => rule === 'reference/missing');
		expect(missing.map(({ message }) => message)).toEqual(['tip/gone does not exist.']);
	});

	test('throws where there are no settings', async () => {
		const contentDir = temporaryFolder();
		await expect(readShelf({ contentDir, audience: 'staff', now: sampleNow })).rejects.toThrow(
			UserError,
		);
	});
});

describe('openContent', () => {
	test('tells the public library nothing of receipts', async () => {
		const contentDir = sampleFolder({
			'tip/ask': {},
			'issue/001-ask-first': { sendOn: '2026-11-17' },
			'issues/001-ask-first.receipt.json': sampleReceipt(),
		});
		const options = { contentDir, now: sampleNow };
		const staff = await openContent({ ...options, audience: 'staff' });
		const open = await openContent({ ...options, audience: 'public' });
		expect(staff.library.receipts.size).toBe(1);
		expect(open.library.receipts.size).toBe(0);
	});

	test('takes the day from the zone of the firm', async () => {
		const contentDir = sampleFolder();
		const now = new Date('2026-11-24T23:30:00Z');
		expect((await openContent({ contentDir, now, audience: 'staff' })).library.today).toBe(
			'2026-11-24',
		);
		const settings = join(contentDir, 'settings.yaml');
		writeFileSync(
			settings,
			readFileSync(settings, 'utf8').replace('Europe/London', 'Europe/Berlin'),
		);
		expect((await openContent({ contentDir, now, audience: 'staff' })).library.today).toBe(
			'2026-11-25',
		);
	});
});
