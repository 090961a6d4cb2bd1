import { expect, test } from 'vitest';
import { found } from '#/library/sample.ts';

test('warns of a pause that names no moment', async () => {
	for (const pause of ['Before new ads', 'Day one, day five', 'At the start', 'On Mondays']) {
		expect(await found('checklist/pause', { 'checklist/meeting': { pause } }), pause).toEqual([]);
	}
	const bad = { 'checklist/meeting': { pause: 'The weekly meeting' } };
	expect(await found('checklist/pause', bad)).toMatchInlineSnapshot(`
		[
		  "warn checklists/meeting.mdx:14:1 pause: "The weekly meeting" names no moment. Say when to stop: before, after, when, each time, on which day.",
		]
	`);
});

test('warns of fewer than five points, and of more than nine', async () => {
	expect(await found('checklist/length', listOf(5))).toEqual([]);
	expect(await found('checklist/length', listOf(5, 4))).toEqual([]);
	expect(await found('checklist/length', listOf(4))).toMatchInlineSnapshot(`
		[
		  "warn checklists/meeting.mdx:15:1 sections: 4 points; people go through 5 to 9 at one pause. Add what skilled people miss, or make a tip of it.",
		]
	`);
	expect(await found('checklist/length', listOf(5, 5))).toMatchInlineSnapshot(`
		[
		  "warn checklists/meeting.mdx:15:1 sections: 10 points; people go through 5 to 9 at one pause. Keep what skilled people miss, or make two lists, each with its own pause.",
		]
	`);
});

test('warns of a list that takes more than 90 seconds to read aloud', async () => {
	const text = (words: number) => 'a '.repeat(words).trim();
	expect(await found('checklist/aloud', listOf(9, 0, text(25)))).toEqual([]);
	expect(await found('checklist/aloud', listOf(9, 0, text(26)))).toMatchInlineSnapshot(`
		[
		  "warn checklists/meeting.mdx:15:1 sections: 234 words take more than 90 seconds to read aloud. Cut 9 or more.",
		]
	`);
});

test('warns of a point that cannot be seen to be done', async () => {
	const point = (text: string) => pointOf(text);
	expect(await found('checklist/vague', point('Dates agreed, and the sum is ensured'))).toEqual([]);
	expect(await found('checklist/vague', point('Make sure the dates are agreed')))
		.toMatchInlineSnapshot(`
		[
		  "warn checklists/meeting.mdx:25:9 sections.0.items.2.text: "Make sure" cannot be seen to be done. Say what is there when it is done: "Dates agreed", not "Check the dates properly".",
		]
	`);
	for (const text of ['Brief sales as needed', 'Check the price properly', 'Names, dates etc']) {
		expect(await found('checklist/vague', point(text)), text).toHaveLength(1);
	}
});

test('warns of a point that holds two things', async () => {
	for (const text of ['Start and end date agreed', 'One promise, said by a buyer']) {
		expect(await found('checklist/one-thing', pointOf(text)), text).toEqual([]);
	}
	const bad = pointOf('Write the card and then brief sales');
	expect(await found('checklist/one-thing', bad)).toMatchInlineSnapshot(`
		[
		  "warn checklists/meeting.mdx:25:9 sections.0.items.2.text: holds two things, and one box cannot say which of them is done. Make two points of it, or keep the one that people miss.",
		]
	`);
	for (const text of ['Write the card; brief sales', 'Write the card. Brief sales']) {
		expect(await found('checklist/one-thing', pointOf(text)), text).toHaveLength(1);
	}
});

test('warns of a point over 16 words', async () => {
	expect(await found('checklist/point', pointOf('so '.repeat(16).trim()))).toEqual([]);
	expect(await found('checklist/point', pointOf('so '.repeat(17).trim()))).toMatchInlineSnapshot(`
		[
		  "warn checklists/meeting.mdx:25:9 sections.0.items.2.text: 17 words, at most 16. Cut it to what is read aloud in one breath.",
		]
	`);
});

test('finds a list without a mode or a pause before any of this', async () => {
	for (const field of ['mode', 'pause']) {
		const problems = await found('fields/missing', { 'checklist/meeting': { [field]: undefined } });
		expect(problems.join('\n'), field).toContain(`${field}: `);
	}
});

/** A list with one point that says this. */
function pointOf(text: string) {
	const list = listOf(5);
	list['checklist/meeting'].sections[0]!.items[2]!.text = text;
	return list;
}

function listOf(first: number, second = 0, text = 'The dates are agreed') {
	const section = (title: string, count: number) => ({
		title,
		items: Array.from({ length: count }, (_, n) => ({ id: `${title}-${n}`, text, who: 'both' })),
	});
	const sections = [section('one', first), section('two', second)];
	return { 'checklist/meeting': { sections: sections.filter(({ items }) => items.length > 0) } };
}
