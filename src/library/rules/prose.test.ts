import { expect, test } from 'vitest';
import { found, words } from '#/library/sample.ts';

test('warns of a sentence over 30 words', async () => {
	const good = { 'tip/ask': { body: `We ${'really '.repeat(28)}ask. ${words(80)}` } };
	const bad = { 'tip/ask': { body: `We ${'really '.repeat(30)}ask. ${words(80)}` } };
	expect(await found('prose/long-sentence', good)).toEqual([]);
	expect(await found('prose/long-sentence', bad)).toMatchInlineSnapshot(`
		[
		  "warn tips/ask.mdx:17:1 body: a sentence of 32 words, at most 30: "We really really really really really really reall…". Make two of it.",
		]
	`);
});

test('warns of sentences over 18 words on average', async () => {
	const good = { 'tip/ask': { body: `We ${'now '.repeat(15)}ask. `.repeat(5) } };
	const bad = { 'tip/ask': { body: `We ${'now '.repeat(19)}ask. `.repeat(5) } };
	expect(await found('prose/average-sentence', good)).toEqual([]);
	expect(await found('prose/average-sentence', bad)).toMatchInlineSnapshot(`
		[
		  "warn tips/ask.mdx:17:1 body: sentences have 21.0 words on average, at most 18. Shorten the longest ones.",
		]
	`);
});

test('warns of a paragraph of more than 3 sentences in an issue only', async () => {
	const good = { 'issue/001-ask-first': { body: 'We ask. They say. We hear.' } };
	const bad = { 'issue/001-ask-first': { body: 'We ask. They say. We hear. We do.' } };
	expect(await found('prose/long-paragraph', good)).toEqual([]);
	expect(await found('prose/long-paragraph', bad)).toMatchInlineSnapshot(`
		[
		  "warn issues/001-ask-first.mdx:15:1 body: a paragraph of 4 sentences, at most 3 in an issue. Break it.",
		]
	`);
});

test('warns of a tip above grade 8 and fails one above 11', async () => {
	const good = {
		'term/lead': { body: 'Departmental miscommunication complicates responsibilities.' },
	};
	const bad = {
		'tip/ask': { body: 'Marketing people write the offer and sales people answer it. '.repeat(9) },
		'tip/hard': {
			body: 'Departmental miscommunication complicates organisational revenue responsibilities considerably. '.repeat(
				12,
			),
		},
	};
	expect(await found('prose/grade', good)).toEqual([]);
	expect(await found('prose/grade', bad)).toMatchInlineSnapshot(`
		[
		  "warn tips/ask.mdx:17:1 body: Flesch-Kincaid grade 8.4, at most 8 (11 fails). Use shorter words and sentences.",
		  "error tips/hard.mdx:17:1 body: Flesch-Kincaid grade 42.8, at most 8 (11 fails). Use shorter words and sentences.",
		]
	`);
});

test('warns of words that a spinner makes', async () => {
	const good = {};
	const bad = {
		'tip/ask': { body: `${words(80)} They area unit here with an Associate in Nursing ad.` },
	};
	expect(await found('prose/spun', good)).toEqual([]);
	expect(await found('prose/spun', bad)).toMatchInlineSnapshot(`
		[
		  "warn tips/ask.mdx:17:1 body: "area unit" looks like a spun synonym. Write the plain word.",
		  "warn tips/ask.mdx:17:1 body: "Associate in Nursing" looks like a spun synonym. Write the plain word.",
		]
	`);
});

test('warns of the other spelling, and knows words both use', async () => {
	const good = { 'tip/ask': { pull: 'The colour of the check at the centre.' } };
	const bad = { 'tip/ask': { pull: 'The color at the center of it.' } };
	expect(await found('prose/spelling', good)).toEqual([]);
	expect(await found('prose/spelling', bad)).toMatchInlineSnapshot(`
		[
		  "warn tips/ask.mdx:15:1 pull: "color" is not en-GB. Write "colour".",
		  "warn tips/ask.mdx:15:1 pull: "center" is not en-GB. Write "centre".",
		]
	`);
});

test('follows the spelling of the settings', async () => {
	const good = {};
	const bad = { 'tip/ask': { pull: 'The colour of it.' } };
	expect(await found('prose/spelling', good, { settings: { spelling: 'en-US' } })).toEqual([]);
	expect(await found('prose/spelling', bad, { settings: { spelling: 'en-US' } }))
		.toMatchInlineSnapshot(`
		[
		  "warn tips/ask.mdx:15:1 pull: "colour" is not en-US. Write "color".",
		]
	`);
});
