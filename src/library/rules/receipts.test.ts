import { expect, test } from 'vitest';
import { found, sampleReceipt } from '#/library/sample.ts';

test('reports a receipt that cannot be read, or has a name of its own', async () => {
	const good = { 'issues/001-ask-first.receipt.json': sampleReceipt() };
	const bad = {
		'issues/001-ask-first.receipt.json': '{',
		'issues/ask.receipt.json': sampleReceipt(),
	};
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
	const bad = { 'issues/009-gone.receipt.json': sampleReceipt({ issue: '009' }) };
	expect(await found('receipt/orphan', good)).toEqual([]);
	expect(await found('receipt/orphan', bad)).toMatchInlineSnapshot(`
		[
		  "error issues/009-gone.receipt.json:1:1 issue 009 is not there. A sent issue keeps its file: restore it from git.",
		]
	`);
});

test('reports an issue renamed after sending', async () => {
	const good = { 'issues/001-ask-first.receipt.json': sampleReceipt() };
	const bad = { 'issues/001-ask-us.receipt.json': sampleReceipt() };
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
		'issues/001-ask-first.receipt.json': sampleReceipt(),
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
		'issues/001-ask-first.receipt.json': sampleReceipt(),
		'tip/two': {},
		'issue/002-ask-again': {
			number: 2,
			title: 'Ask again',
			subject: 'Ask it again',
			tip: 'tip/two',
			sendOn: '2026-12-08',
		},
		'issues/002-ask-again.receipt.json': sampleReceipt({ issue: '002', broadcast: 'broadcast-2' }),
	};
	const bad = {
		'issues/001-ask-first.receipt.json': sampleReceipt(),
		'tip/two': {},
		'issue/002-ask-again': {
			number: 2,
			title: 'Ask again',
			subject: 'Ask it again',
			tip: 'tip/two',
			sendOn: '2026-12-08',
		},
		'issues/002-ask-again.receipt.json': sampleReceipt({ issue: '002' }),
	};
	expect(await found('receipt/twice', good)).toEqual([]);
	expect(await found('receipt/twice', bad)).toMatchInlineSnapshot(`
		[
		  "error issues/002-ask-again.receipt.json:1:1 names the same broadcast as 001-ask-first.receipt.json. One of the two was copied: restore both from git.",
		]
	`);
});
