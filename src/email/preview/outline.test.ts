import { expect, test } from 'vitest';
import { outlineOf } from './outline.ts';

test('names headings, links and pictures in the order of the document, hidden ones left out', () => {
	const html = `<!doctype html><html><head><title>No</title></head><body>
		<div style="display:none">Hidden <a href="https://a.example/x">No</a></div>
		<h1>One</h1><p>Text with <a href="https://a.example/y">a <em>link</em></a>.</p>
		<h2><a href="https://a.example/z">Two</a></h2><img src="a.png" alt="A plan"></body></html>`;
	expect(outlineOf(html)).toEqual([
		{ kind: 'heading', level: 1, words: 'One' },
		{ kind: 'link', words: 'a link', href: 'https://a.example/y' },
		{ kind: 'heading', level: 2, words: 'Two' },
		{ kind: 'link', words: 'Two', href: 'https://a.example/z' },
		{ kind: 'picture', words: 'A plan' },
	]);
});
