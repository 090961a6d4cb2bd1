import { expect, test } from 'vitest';
import { found } from '#/library/sample.ts';

test('keeps a name to one term', async () => {
	const good = { 'term/lead': { aliases: ['enquiry'] }, 'term/other': { title: 'Prospect' } };
	const bad = {
		'term/lead': { aliases: ['Prospect', 'enquiry', 'Lead'] },
		'term/other': { title: 'Prospect', aliases: ['Enquiry'] },
	};
	expect(await found('term/alias', good)).toEqual([]);
	expect(await found('term/alias', bad)).toMatchInlineSnapshot(`
		[
		  "error terms/lead.mdx:10:5 aliases.0: "Prospect" is also a name of terms/other.mdx. Keep it at one of the two.",
		  "error terms/lead.mdx:12:5 aliases.2: "Lead" is also a name of terms/lead.mdx. Keep it at one of the two.",
		  "error terms/other.mdx:10:5 aliases.0: "Enquiry" is also a name of terms/lead.mdx. Keep it at one of the two.",
		]
	`);
});

test('keeps a title to one term', async () => {
	const good = { 'term/other': { title: 'Prospect' } };
	const bad = { 'term/other': { title: 'lead' } };
	expect(await found('term/title', good)).toEqual([]);
	expect(await found('term/title', bad)).toMatchInlineSnapshot(`
		[
		  "error terms/other.mdx:2:1 title: "lead" is also the title of terms/lead.mdx. Make one term of the two, or say which sense each has.",
		]
	`);
});

test('asks both terms of a pair to point at each other', async () => {
	const good = {
		'term/lead': { pair: 'term/older' },
		'term/other': { title: 'Other', pair: 'term/lead', was: ['older'] },
	};
	const bad = { 'term/lead': { pair: 'term/other' }, 'term/other': { title: 'Other' } };
	expect(await found('term/pair', good)).toEqual([]);
	expect(await found('term/pair', bad)).toMatchInlineSnapshot(`
		[
		  "error terms/lead.mdx:9:1 pair: term/other does not point back. Add pair: term/lead in terms/other.mdx.",
		]
	`);
});

test('refuses a meaning that uses its own word', async () => {
	const good = { 'term/lead': { short: 'A name on a list that leads us.' } };
	const bad = { 'term/lead': { short: 'A lead is a name on a list.' } };
	expect(await found('term/circular', good)).toEqual([]);
	expect(await found('term/circular', bad)).toMatchInlineSnapshot(`
		[
		  "error terms/lead.mdx:7:1 short: uses the word "Lead" itself. Say it in other words.",
		]
	`);
});

test('asks a local term for the rule of the firm, or null', async () => {
	const good = { 'term/lead': { local: true, ours: null } };
	const bad = { 'term/lead': { local: true } };
	expect(await found('term/ours', good)).toEqual([]);
	expect(await found('term/ours', bad)).toMatchInlineSnapshot(`
		[
		  "error terms/lead.mdx:9:1 local: the firm writes its own rule, but ours is missing. Add ours: a rule a stranger could apply, or ours: null until it is agreed.",
		]
	`);
});

test('asks both tips of a counter-view to name each other', async () => {
	const good = { 'tip/ask': { counter: 'tip/other' }, 'tip/other': { counter: 'tip/ask' } };
	const bad = { 'tip/ask': { counter: 'tip/other' }, 'tip/other': {} };
	expect(await found('tip/counter', good)).toEqual([]);
	expect(await found('tip/counter', bad)).toMatchInlineSnapshot(`
		[
		  "error tips/ask.mdx:15:1 counter: tip/other does not name this tip as its counter. Add counter: tip/ask in tips/other.mdx.",
		]
	`);
});
