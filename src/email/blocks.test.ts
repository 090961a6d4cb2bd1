import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BodyNode } from '#/library/tree.ts';
import { componentNames } from '#/library/vocabulary.ts';
import { passageHtml } from './blocks.ts';
import type { Passage } from './letter.ts';
import { passage, surroundings } from './sample.ts';

/** HTML without its inline styles, so that a snapshot shows what a reader's program is told. */
function bare(markdown: string, under = 3): string {
	return passageHtml(passage(markdown), under)
		.replace(/ class="[^"]*"/g, '')
		.replace(/ style="(?:[^"]*;)?text-align:(right|center)"/g, ' align=$1')
		.replace(/ style="[^"]*"/g, '');
}

function element(tagName: string): Passage {
	return {
		nodes: [{ type: 'element', tagName, properties: {}, children: [] }],
		surroundings,
	};
}

test('writes words, emphasis, code, deletions and line breaks', () => {
	expect(bare('A *b* **c** `d < e` ~~f~~ & g  \nh')).toMatchInlineSnapshot(`
		"<p>A <em>b</em> <strong>c</strong> <code>d &lt; e</code> <del>f</del> &amp; g<br>
		h</p>"
	`);
});

test('begins headings under the one above and leaves no level out', () => {
	const levels = (markdown: string, under: number): string[] =>
		[...bare(markdown, under).matchAll(/<(h\d)/g)].map(([, tag]) => tag ?? '');
	expect(levels('### a\n\n#### b\n\n### c', 3)).toEqual(['h4', 'h5', 'h4']);
	expect(levels('# a\n\n### b\n\n###### c\n\n## d', 1)).toEqual(['h2', 'h3', 'h4', 'h3']);
	expect(levels('#### a\n\n### b', 3)).toEqual(['h4', 'h4']);
});

test('writes nested lists, a start number, and loose items with paragraphs', () => {
	expect(bare('3. a\n   - b\n   - c\n4. d\n\n   e')).toMatchInlineSnapshot(`
		"<ol start="3">
		<li><p>a</p>
		<ul>
		<li>b</li>
		<li>c</li>
		</ul></li>
		<li><p>d</p>
		<p>e</p></li>
		</ol>"
	`);
});

test('writes tasks as text and keeps the list a list', () => {
	expect(bare('- [ ] a\n- [x] b')).toMatchInlineSnapshot(`
		"<ul role="list">
		<li>☐ a</li>
		<li>☑ b</li>
		</ul>"
	`);
});

test('marks the state of a loose task inside its paragraph', () => {
	expect(bare('- [x] a\n\n  b\n- [ ] c')).toContain('<li><p>☑ a</p>');
});

test('writes a table with headers for columns and rows, aligned as written', () => {
	expect(bare('| a | b |\n| --- | --: |\n| c | 1 |')).toMatchInlineSnapshot(`
		"<table border="0" cellpadding="0" cellspacing="0">
		<thead>
		<tr>
		<th scope="col">a</th>
		<th scope="col" align=right>b</th>
		</tr>
		</thead>
		<tbody>
		<tr>
		<th scope="row">c</th>
		<td align=right>1</td>
		</tr>
		</tbody>
		</table>"
	`);
});

test('breaks the words of a table only where they cannot stand side by side on a phone', () => {
	const style = (markdown: string): string =>
		passageHtml(passage(markdown), 3).split('\n')[0] ?? '';
	expect(style('| From one week | Mark |\n| - | - |\n| Past customers | A |')).toContain(
		'word-break:normal',
	);
	expect(style(`| a | b |\n| - | - |\n| ${'x'.repeat(40)} | A |`)).not.toContain('word-break');
});

test('writes a table of more than four columns as a list', () => {
	const html = bare('| a | b | c | d | e |\n| - | - | - | - | - |\n| 1 | 2 | 3 | 4 | 5 |');
	expect(html).not.toContain('<table');
	expect(html).toContain('<strong>e:</strong> 5');
});

test('writes code blocks, block quotes and rules', () => {
	expect(bare('> a\n\n```js\nif (a < b) {\n\n  c\n}\n```\n\n---')).toMatchInlineSnapshot(`
		"<blockquote>
		<p>a</p>
		</blockquote>
		<pre>if (a &lt; b) &#123;

		  c
		}</pre>
		<hr>"
	`);
});

test('links to known pages and https, and leaves the words of any other link', () => {
	expect(
		bare('[a](tip/known) [b](tip/unknown) [c](https://x.example/?a=1&b=2) [d](javascript:e)'),
	).toBe(
		'<p><a href="https://news.example/tips/known/">a</a> b <a href="https://x.example/?a=1&amp;b=2">c</a> d</p>',
	);
});

test('writes a picture with its words, its address and the size it is shown at', () => {
	expect(bare('<Figure src="./plan.png" alt="A &quot;plan&quot;" caption="Week 3" />'))
		.toMatchInlineSnapshot(`
		"<p><img src="https://news.example/mail/tips/plan.png" alt="A &quot;plan&quot;" width="536" height="300"></p>
		<p>Week 3</p>"
	`);
	const html = passageHtml(passage('<Figure src="./plan.png" alt="A plan" />'), 3);
	expect(html).toContain('display:block;width:100%;max-width:568px;height:auto');
});

test('writes footnotes with their numbers, without links that a mail cannot follow', () => {
	expect(bare('a[^x] b\n\n[^x]: c')).toMatchInlineSnapshot(`
		"<p>a<sup>1</sup> b</p>
		<h4>Footnotes</h4>
		<ol>
		<li><p>c</p></li>
		</ol>"
	`);
});

test('writes a callout and a story', () => {
	expect(
		bare(
			'<Callout kind="example" title="A line">\n\na\n\n</Callout>\n\n<Story kind="reported" who="a firm" result="r" rule="u">\n\nb\n\n</Story>',
		),
	).toMatchInlineSnapshot(`
		"<div>
		<p>Example: A line</p>
		<p>a</p>
		</div>
		<div>
		<p>Story (reported), a firm</p>
		<p>b</p>
		<p><strong>Result:</strong> r</p>
		<p><strong>Rule:</strong> u</p>
		</div>"
	`);
});

test('writes a quote with its source, and says so when nobody knows it', () => {
	expect(
		bare('<Quote by="Ann" source="Book" year="2013" url="https://x.example/b">\n\na\n\n</Quote>'),
	).toMatchInlineSnapshot(`
		"<blockquote>
		<p>a</p>
		<p><a href="https://x.example/b">Ann, Book, 2013</a></p>
		</blockquote>"
	`);
	expect(bare('<Quote by="unknown">\n\na\n\n</Quote>')).toContain('<p>source unknown</p>');
});

test('links a term whose page is public, and leaves another as words', () => {
	expect(bare('<Term id="lead">leads</Term> and <Term id="other">others</Term>')).toBe(
		'<p><a href="https://news.example/terms/lead/">leads</a> and others</p>',
	);
});

test('sets two terms side by side, with layout tables for classic Outlook only', () => {
	const html = bare('<Pair left="lead" right="other" />');
	expect(html).toMatchInlineSnapshot(`
		"<div><!--[if mso]><table role="presentation" width="536" cellpadding="0" cellspacing="0" border="0"><tr><td width="268" valign="top"><![endif]--><div>
		<div>
		<div>
		<p><a href="https://news.example/terms/lead/">Lead</a></p>
		<p><strong>Elsewhere:</strong> A metal.</p>
		<p><strong>Here:</strong> Somebody who asked.</p>
		</div>
		</div>
		</div><!--[if mso]></td><td width="268" valign="top"><![endif]--><div>
		<div>
		<div>
		<p>other</p>
		<p>What it means.</p>
		</div>
		</div>
		</div><!--[if mso]></td></tr></table><![endif]--></div>"
	`);
	expect(html.replace(/<!--\[if mso\]>.*?<!\[endif\]-->/g, '')).not.toContain('<t');
});

test('writes two views and what we do', () => {
	expect(
		bare(
			'<TwoViews question="Q?" verdict="V.">\n\n<View title="A" evidence="opinion">\n\na\n\n</View>\n\n<View title="B">\n\nb\n\n</View>\n\n</TwoViews>',
		),
	).toMatchInlineSnapshot(`
		"<p>Q?</p>
		<div>
		<p>View 1: A (opinion)</p>
		<p>a</p>
		</div>
		<div>
		<p>View 2: B</p>
		<p>b</p>
		</div>
		<p><strong>What we do:</strong> V.</p>"
	`);
});

test('holds no HTML that old mail programs drop, in any component', () => {
	const all = componentNames.map((name) => ({
		type: 'component' as const,
		name,
		props: { src: './a.png', alt: 'x' },
		children: [],
	}));
	const html = passageHtml({ nodes: all, surroundings }, 3);
	expect(html).not.toMatch(/<(?:figure|section|main|aside|article|header|footer|svg)\b| id=/);
});

test('throws on an element it does not know', () => {
	expect(() => passageHtml(element('video'), 3)).toThrow('video');
	expect(() => passageHtml(element('iframe'), 3)).toThrow('iframe');
});

test('no word, target or property of a body breaks out of its place', () => {
	const tags = (field: string): string[] =>
		[...nasty(field).matchAll(/<(?:!--.*?--|[^>]*)>/gs)].map(([tag]) =>
			tag.startsWith('<!--') ? tag : tag.replace(/="[^"]*"/g, '='),
		);
	const pieces = fc.constantFrom(
		'"',
		"'",
		'<',
		'>',
		'&',
		'{{{',
		'-->',
		'<b ',
		' on=',
		'`',
		'\n',
		'a',
	);
	fc.assert(
		fc.property(fc.array(pieces, { maxLength: 6 }), (parts) => {
			const field = `x${parts.join('')}x`;
			expect(tags(field)).toEqual(tags('x'));
			expect(nasty(field)).not.toContain('{{{');
		}),
	);
});

/** A body that holds a text in every place there is. */
function nasty(field: string): string {
	const props = Object.fromEntries(
		['kind', 'title', 'who', 'result', 'rule', 'by', 'source', 'year', 'question', 'verdict'].map(
			(prop) => [prop, field],
		),
	);
	const text: BodyNode = { type: 'text', value: field };
	const link: BodyNode = {
		type: 'element',
		tagName: 'a',
		properties: { href: `https://x.example/?q=${field}` },
		children: [text],
	};
	const nodes = componentNames.map((name): BodyNode => ({
		type: 'component',
		name,
		props: {
			...props,
			id: field,
			left: field,
			right: field,
			src: field,
			alt: field,
			caption: field,
		},
		children: [link],
	}));
	return passageHtml({ nodes, surroundings }, 3);
}
