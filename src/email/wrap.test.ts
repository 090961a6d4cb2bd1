import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { columns, indent, wrap } from './wrap.ts';

test('breaks between words and keeps line breaks', () => {
	expect(wrap('one two three\nfour', 8)).toBe('one two\nthree\nfour');
});

test('never breaks an address, and breaks another long word where it must', () => {
	const address = `https://example.com/${'a'.repeat(40)}`;
	expect(wrap(`see ${address} now`, 12)).toBe(`see\n${address}\nnow`);
	expect(wrap('abcdefghij', 4)).toBe('abcd\nefgh\nij');
});

test('indents the first line and the others, and leaves blank lines blank', () => {
	expect(indent('a\n\nb', '- ', '  ')).toBe('- a\n\n  b');
});

test('no line is wider than asked, and no character is lost', () => {
	fc.assert(
		fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 30 })), (words) => {
			const text = words.map((word) => word.replace(/\s/gu, '')).join(' ');
			fc.pre(!/https?:|mailto:|\{\{\{/.test(text));
			const wrapped = wrap(text, 20);
			for (const line of wrapped.split('\n')) expect(columns(line)).toBeLessThanOrEqual(20);
			expect(wrapped.replace(/[ \n\t]/g, '')).toBe(text.replace(/[ \n\t]/g, ''));
		}),
	);
});
