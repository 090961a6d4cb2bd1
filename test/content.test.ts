/** The content that comes with the project is whole, and is what the plan says. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { issueWords } from '#/library/issue-words.ts';
import { refsOf } from '#/library/entries.ts';
import { kinds } from '#/library/kinds.ts';
import type { Kind } from '#/library/kinds.ts';
import { readShelf } from '#/library/shelf.ts';
import { formatProblem } from '#/problem.ts';
import { root } from './site.ts';

const contentDir = join(root, 'content');
const shelf = await readShelf({
	contentDir,
	audience: 'staff',
	now: new Date('2026-11-24T08:00:00Z'),
});

describe('the content of the project', () => {
	test('has no error', () => {
		expect(shelf.problems.filter(({ level }) => level === 'error').map(formatProblem)).toEqual([]);
	});

	test('has every kind of entry, and nothing that is a draft', () => {
		const count = (kind: Kind): number =>
			shelf.entries.filter((entry) => entry.kind === kind).length;
		for (const kind of Object.keys(kinds)) expect(count(kind as Kind), kind).toBeGreaterThan(0);
		const drafts = shelf.entries.filter(({ data }) => 'status' in data && data.status === 'draft');
		expect(drafts.map(({ ref }) => ref)).toEqual([]);
	});

	test.each(shelf.entries.flatMap((entry) => (entry.kind === 'issue' ? [entry] : [])))(
		'keeps $slug within two minutes',
		(issue) => {
			const { total, parts } = issueWords({ contentDir, byRef: refsOf(shelf.entries) }, issue);
			expect(total, JSON.stringify(parts)).toBeLessThanOrEqual(475);
			expect(total).toBeGreaterThan(150);
		},
	);

	test('gives every word that teams misunderstand a term or an alias', () => {
		const names = shelf.entries.flatMap((entry) =>
			entry.kind === 'term'
				? [entry.data.title, ...entry.data.aliases].map((name) => name.toLowerCase())
				: [],
		);
		expect(names).toEqual(expect.arrayContaining(['lead', 'mql', 'sql', 'hand-off', 'pipeline']));
	});
});

const planFile = resolve(root, '../shared/content/plan.json');
const plan: Record<string, { slug?: string; file?: string }[]> = existsSync(planFile)
	? JSON.parse(readFileSync(planFile, 'utf8'))
	: {};
if (!existsSync(planFile))
	console.warn('SKIPPED: the plan of the content (plan.json) is not here.');

describe.skipIf(!existsSync(planFile))('the plan of the content', () => {
	const folders = [
		'tips',
		'checklists',
		'questions',
		'terms',
		'issues',
		'people',
		'promos',
		'paths',
	];

	test.each(folders)('has a file for each of its %s', (folder) => {
		const planned = (plan[folder] ?? []).map((row) =>
			(row.file ?? row.slug ?? '').replace(/\.mdx$/, ''),
		);
		expect(planned.length).toBeGreaterThan(0);
		const there = shelf.entries.flatMap((entry) =>
			kinds[entry.kind].folder === folder ? [entry.slug] : [],
		);
		expect(planned.filter((slug) => !there.includes(slug))).toEqual([]);
	});
});
