import { expect, test } from 'vitest';
import { compileIssue } from '#/email/compile.ts';
import { sample } from '#/email/sample.ts';
import { inScheme, withoutPictures, withPictures } from './appearance.ts';

test('answers the question for the scheme, and changes nothing else', () => {
	const { library, issue } = sample();
	const { html } = compileIssue(library, issue);
	const [light, dark] = [inScheme(html, 'light'), inScheme(html, 'dark')];
	expect(light).toContain('@media not all{\n.c-');
	expect(dark).toContain('@media all{\n.c-');
	for (const shown of [light, dark]) expect(shown).not.toMatch(/prefers-color-scheme|light dark/);
	const words = (text: string) => text.slice(text.indexOf('<body'));
	expect(words(dark)).toBe(words(html));
	expect(words(light)).toBe(words(html));
});

test('says so where a mail has no dark styles to switch on', () => {
	expect(() => inScheme('<p>Hello</p>', 'dark')).toThrow('does not hold');
});

test('puts the pictures of this machine in place, or none', () => {
	const html = '<img src="https://a.example/mail/a.png" alt="A &quot;plan&quot;">';
	expect(withPictures(html, (url) => url.replace('https://a.example/mail', '/pictures'))).toBe(
		'<img src="/pictures/a.png" alt="A &quot;plan&quot;">',
	);
	expect(withoutPictures(html)).toBe('<img src="data:," alt="A &quot;plan&quot;">');
});
