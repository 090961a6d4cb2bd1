import { expect, test } from 'vitest';
import { found, words } from '#/library/sample.ts';

test('asks a figure for its source, in fields and in the body', async () => {
	const good = {
		'tip/ask': {
			pull: 'It saves 30% of the time.',
			sources: [{ title: 'A survey of 200 firms', by: 'Hart', year: 2020 }],
		},
		'term/lead': { general: 'One of 40 names on a list of people.' },
	};
	const bad = {
		'tip/ask': {
			pull: 'It saves 30% of the time.',
			body: `${words(80)}\n\nIt costs £40 or 3 times as much.`,
		},
		'term/lead': { general: 'One of 40 per cent of the names on a list.' },
		'issue/001-ask-first': { body: 'A miss costs 40 EUR or 2x more.' },
	};
	expect(await found('claim/figure', good)).toEqual([]);
	expect(await found('claim/figure', bad)).toMatchInlineSnapshot(`
		[
		  "error issues/001-ask-first.mdx:15:1 body: "40 EUR" has no source. Add sources, or remove the figure.",
		  "error terms/lead.mdx:9:1 general: "40 per cent" has no source. Add sources, or remove the figure.",
		  "error tips/ask.mdx:15:1 pull: "30%" has no source. Add sources, or remove the figure.",
		  "error tips/ask.mdx:20:1 body: "£40" has no source. Add sources, or remove the figure.",
		]
	`);
});

test('warns of a figure without a source in a draft', async () => {
	const good = {};
	const bad = {
		'tip/ask': { status: 'draft', pull: 'It saves 30% of the time.' },
		'issue/001-ask-first': { status: 'draft' },
	};
	expect(await found('claim/figure', good)).toEqual([]);
	expect(await found('claim/figure', bad)).toMatchInlineSnapshot(`
		[
		  "warn tips/ask.mdx:15:1 pull: "30%" has no source. Add sources, or remove the figure.",
		]
	`);
});

test('refuses a figure that has no method, source or not', async () => {
	const good = {
		'tip/ask': {
			sources: [{ title: 'A survey of 200 firms', by: 'Hart', year: 2020 }],
			pull: 'Firms earn 18% more.',
		},
	};
	const bad = {
		'tip/ask': {
			sources: [{ title: 'A survey of 200 firms', by: 'Hart', year: 2020 }],
			pull: 'Firms earn 208% more.',
			action: 'Ask about 60-70% of it.',
			body: `${words(80)}\n\nIt costs $1 trillion a year.\n\nThen 79% of leads never convert.\n\nSo 100 times more likely.`,
		},
	};
	expect(await found('claim/never-cite', good)).toEqual([]);
	expect(await found('claim/never-cite', bad)).toMatchInlineSnapshot(`
		[
		  "error tips/ask.mdx:13:1 action: "60-70%" is met often and has no traceable method. Say "estimates", and give no figure.",
		  "error tips/ask.mdx:19:1 pull: "208%" is met often and has no traceable method. Take it out. Your own numbers persuade more.",
		  "error tips/ask.mdx:24:1 body: "$1 trillion" is met often and has no traceable method. Price one miss of your own instead.",
		  "error tips/ask.mdx:26:1 body: "79% of leads never convert" is met often and has no traceable method. Take it out. Your own numbers persuade more.",
		  "error tips/ask.mdx:28:1 body: "100 times more likely" is met often and has no traceable method. Cite Oldroyd and others 2011, web leads, instead.",
		]
	`);
});

test('asks an acronym for a term, also in the plural', async () => {
	const good = {
		'tip/ask': { pull: 'Score each SQL in the UK and count MQLs.' },
		'term/mql': { title: 'MQL' },
		'term/sql': { title: 'Accepted', aliases: ['SQL'] },
	};
	const bad = { 'tip/ask': { pull: 'Score each BANT and count MQLs.' } };
	expect(await found('claim/acronym', good)).toEqual([]);
	expect(await found('claim/acronym', bad)).toMatchInlineSnapshot(`
		[
		  "error tips/ask.mdx:15:1 pull: acronym "BANT" is not in the glossary. Add a term or alias, or write it out.",
		  "error tips/ask.mdx:15:1 pull: acronym "MQL" is not in the glossary. Add a term or alias, or write it out.",
		]
	`);
});
