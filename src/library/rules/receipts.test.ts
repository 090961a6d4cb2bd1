import { expect, test } from 'vitest';
import { sampleProblems } from '#/library/sample.ts';
import type { SampleFiles } from '#/library/sample.ts';
import { formatProblem } from '#/problem.ts';

test('reports a receipt that cannot be read, or has a name of its own', async () => {
	const good = { 'issues/001-ask-first.receipt.json': receipt() };
	const bad = { 'issues/001-ask-first.receipt.json': '{', 'issues/ask.receipt.json': receipt() };
	expect(await found('receipt/unreadable', good)).toEqual([]);
	expect(await found('receipt/unreadable', bad)).toMatchInlineSnapshot(`
		[
		  "error issues/001-ask-first.receipt.json:1:1 is no valid receipt. Nobody edits receipts: restore it from git. Nothing is sent until then.",
		  "error issues/ask.receipt.json:1:1 is no valid receipt. Nobody edits receipts: restore it from git. Nothing is sent until then.",
		]
	`);
});

test('reports a receipt without its issue', async () => {
	const good = {};
	const bad = { 'issues/009-gone.receipt.json': receipt({ issue: '009' }) };
	expect(await found('receipt/orphan', good)).toEqual([]);
	expect(await found('receipt/orphan', bad)).toMatchInlineSnapshot(`
		[
		  "error issues/009-gone.receipt.json:1:1 issue 009 is not there. A sent issue keeps its file: restore it from git.",
		]
	`);
});

test('reports an issue renamed after sending', async () => {
	const good = { 'issues/001-ask-first.receipt.json': receipt() };
	const bad = { 'issues/001-ask-us.receipt.json': receipt() };
	expect(await found('receipt/renamed', good)).toEqual([]);
	expect(await found('receipt/renamed', bad)).toMatchInlineSnapshot(`
		[
		  "error issues/001-ask-us.receipt.json:1:1 the issue is called 001-ask-first. A sent issue keeps its file name: rename it back to 001-ask-us.mdx.",
		]
	`);
});

test('reports a sent issue that is a draft', async () => {
	const good = {};
	const bad = {
		'issue/001-ask-first': { status: 'draft' },
		'issues/001-ask-first.receipt.json': receipt(),
	};
	expect(await found('receipt/draft', good)).toEqual([]);
	expect(await found('receipt/draft', bad)).toMatchInlineSnapshot(`
		[
		  "error issues/001-ask-first.receipt.json:1:1 the issue is a draft. Set status: ready in issues/001-ask-first.mdx.",
		]
	`);
});

test('reports a broadcast that two receipts name', async () => {
	const good = {
		'issues/001-ask-first.receipt.json': receipt(),
		'tip/two': {},
		'issue/002-ask-again': {
			number: 2,
			title: 'Ask again',
			subject: 'Ask it again',
			tip: 'tip/two',
			sendOn: '2026-12-08',
		},
		'issues/002-ask-again.receipt.json': receipt({ issue: '002', broadcast: 'broadcast-2' }),
	};
	const bad = {
		'issues/001-ask-first.receipt.json': receipt(),
		'tip/two': {},
		'issue/002-ask-again': {
			number: 2,
			title: 'Ask again',
			subject: 'Ask it again',
			tip: 'tip/two',
			sendOn: '2026-12-08',
		},
		'issues/002-ask-again.receipt.json': receipt({ issue: '002' }),
	};
	expect(await found('receipt/twice', good)).toEqual([]);
	expect(await found('receipt/twice', bad)).toMatchInlineSnapshot(`
		[
		  "error issues/002-ask-again.receipt.json:1:1 names the same broadcast as 001-ask-first.receipt.json. One of the two was copied: restore both from git.",
		]
	`);
});

function receipt(given: Record<string, unknown> = {}): string {
	return JSON.stringify({
		issue: '001',
		attempt: 1,
		broadcast: 'broadcast-1',
		contentHash: 'a'.repeat(64),
		planned: { utc: '2026-11-17T09:00:00Z' },
		audience: { upTo: 412 },
		...given,
	});
}

/** What the check finds under a rule in a valid folder with these files replaced, as printed. */
async function found(
	rule: string,
	files: SampleFiles,
	options: Parameters<typeof sampleProblems>[2] = {},
): Promise<string[]> {
	const problems = await sampleProblems(rule, { ...valid, ...files }, options);
	return problems.map((problem) => `${problem.level} ${formatProblem(problem)}`);
}

const valid: SampleFiles = {
	'tip/ask': {},
	'checklist/meeting': {},
	'questions/talk': {},
	'term/lead': {},
	'issue/001-ask-first': {},
	'promo/winter': {},
	'path/first': {},
};
