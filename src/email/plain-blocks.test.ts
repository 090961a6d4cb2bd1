import { expect, test } from 'vitest';
import type { Passage } from './letter.ts';
import { openNotes } from './notes.ts';
import { passageText } from './plain-blocks.ts';
import { passage, surroundings } from './sample.ts';

function plain(markdown: string, width = 72): string {
	return passageText(passage(markdown), openNotes(), width);
}

function element(tagName: string): Passage {
	return {
		nodes: [{ type: 'element', tagName, properties: {}, children: [] }],
		surroundings,
	};
}

test('writes words without markup, and a hard break as a line break', () => {
	expect(plain('A *b* **c** `d < e` ~~f~~ & g  \nh')).toBe('A b c d < e ~~f~~ & g\nh');
});

test('numbers links by address and lists them in that order', () => {
	const notes = openNotes();
	const text = passageText(
		passage('[a](tip/known) [b](https://x.example/) [c](tip/known) [d](tip/unknown)'),
		notes,
		72,
	);
	expect(text).toBe('a [1] b [2] c [1] d');
	expect(notes.list()).toEqual(['[1] https://news.example/tips/known/', '[2] https://x.example/']);
});

test('names an address shown as itself by its number alone', () => {
	expect(plain('[https://x.example/a](https://x.example/a)')).toBe('[1]');
});

test('writes nested, numbered and task lists', () => {
	expect(plain('3. a\n   - b\n   - c\n4. d\n\n   e')).toMatchInlineSnapshot(`
		"3. a

		   - b
		   - c

		4. d

		   e"
	`);
	expect(plain('- [ ] a\n- [x] b')).toBe('- [ ] a\n- [x] b');
});

test('aligns the columns of a table', () => {
	expect(plain('| Name | Sum |\n| --- | --: |\n| Ann | 1 |\n| Bo | 10 |')).toMatchInlineSnapshot(`
		"Name  Sum
		----  ---
		Ann     1
		Bo     10"
	`);
});

test('writes a table that is too wide as records', () => {
	expect(plain('| Name | What |\n| --- | --- |\n| Ann | one two three four |', 20))
		.toMatchInlineSnapshot(`
		"Name: Ann
		What: one two
		  three four"
	`);
});

test('writes code as it stands, quotes with a mark, and rules', () => {
	expect(plain('> a\n> b\n\n```\nif (a)\n\n  b\n```\n\n---')).toMatchInlineSnapshot(`
		"> a b

		    if (a)

		      b

		* * *"
	`);
});

test('writes footnotes with their numbers set apart from words and links', () => {
	expect(plain('a[^x] b\n\n[^x]: c')).toBe('a (1) b\n\nFootnotes\n\n1. c');
});

test('writes a callout, a story and a quote', () => {
	expect(
		plain(
			'<Callout kind="note" title="A: line">\n\na\n\n</Callout>\n\n<Story kind="illustrative" who="a firm" result="r" rule="u">\n\nb\n\n</Story>\n\n<Quote by="Ann" source="Book" url="https://x.example/">\n\nc\n\n</Quote>',
		),
	).toMatchInlineSnapshot(`
		"NOTE: A: line
		  a

		Story (illustrative), a firm
		  b

		  Result: r
		  Rule: u

		"c"
		- Ann, Book [1]"
	`);
	expect(plain('<Quote by="unknown">\n\na\n\n</Quote>')).toBe('"a"\n- source unknown');
});

test('writes two views, a pair and a picture', () => {
	expect(
		plain(
			'<TwoViews question="Q?" verdict="V.">\n\n<View title="A" evidence="opinion">\n\na\n\n</View>\n\n<View title="B">\n\nb\n\n</View>\n\n</TwoViews>\n\n<Pair left="lead" right="other" />\n\n<Figure src="./a.png" alt="A plan" caption="Week 3" />',
		),
	).toMatchInlineSnapshot(`
		"Q?

		View 1: A (opinion)
		  a

		View 2: B
		  b

		What we do: V.

		Lead [1]
		Elsewhere: A metal.
		Here: Somebody who asked.

		other
		What it means.

		[Picture: A plan]
		Week 3"
	`);
});

test('throws on an element it does not know', () => {
	expect(() => passageText(element('video'), openNotes(), 72)).toThrow('video');
});
