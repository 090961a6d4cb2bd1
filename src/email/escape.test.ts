import { expect, test } from 'vitest';
import { escapeAttribute, escapeText, plainText } from './escape.ts';

test('writes markup characters and braces as references', () => {
	expect(escapeText('a < b & c > {{{x}}}')).toBe('a &lt; b &amp; c &gt; &#123;&#123;&#123;x}}}');
	expect(escapeAttribute(`"'\n<`)).toBe('&quot;&#39; &lt;');
});

test('takes out what hides or turns the words after it', () => {
	const tricky = 'a\u202Eb\u200Bc\u0000d\u00ADe\uFEFF\u0001';
	expect(escapeText(tricky)).toBe('abcde');
	expect(plainText(tricky)).toBe('abcde');
});

test('keeps two braces apart in plain text', () => {
	expect(plainText('{{{contact.email}}}')).toBe('{ { {contact.email}}}');
});

test('keeps accents, joined emoji and other scripts', () => {
	expect(plainText('Zoë 👩‍👧 Αθήνα')).toBe('Zoë 👩‍👧 Αθήνα');
});
