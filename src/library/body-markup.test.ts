import { describe, expect, test } from 'vitest';
import { bodyFindings } from './sample.ts';

const refusals: [string, string, ...string[]][] = [
	[
		'an import',
		'import { x } from "y"\n\nhello',
		'body/import :1:1 "import { x } from "y"" is an import; bodies hold Markdown and components only. Take the line out. Components are there without it.',
	],
	[
		'an export',
		'hello\n\nexport const x = 1',
		'body/export :3:1 "export const x = 1" is an export; bodies hold Markdown and components only. Take the line out. Components are there without it.',
	],
	[
		'an expression in a line',
		'a {process.env.HOME} b',
		'body/expression :1:3 {process.env.HOME} is an expression; bodies hold Markdown and components only. Write the text, or \\{ for a brace.',
	],
	[
		'an expression on its own',
		'{process.exit(1)}',
		'body/expression :1:1 {process.exit(1)} is an expression; bodies hold Markdown and components only. Write the text, or \\{ for a brace.',
	],
	[
		'an expression in an attribute',
		'<Callout kind={process.env.HOME}>\n\nhi\n\n</Callout>',
		'body/attribute :1:1 kind of <Callout> is not a quoted text. Write kind="text".',
		'body/property :1:1 <Callout> has no kind. Add kind="…".',
	],
	[
		'a comment in an attribute',
		'<Callout kind={/* x */ "note"}>\n\nhi\n\n</Callout>',
		'body/attribute :1:1 kind of <Callout> is not a quoted text. Write kind="text".',
		'body/property :1:1 <Callout> has no kind. Add kind="…".',
	],
	[
		'a spread',
		'<Callout {...process.env} kind="note">\n\nhi\n\n</Callout>',
		'body/spread :1:1 <Callout> holds {...process.env}; attributes are quoted texts. Write each attribute as name="text".',
	],
	[
		'a bare attribute',
		'<Callout kind>\n\nhi\n\n</Callout>',
		'body/attribute :1:1 kind of <Callout> is not a quoted text. Write kind="text".',
		'body/property :1:1 <Callout> has no kind. Add kind="…".',
	],
	[
		'a script',
		'<script>alert(1)</script>',
		'body/script :1:1 <script> is raw HTML; bodies hold Markdown and components only. Write it in Markdown, or use a component.',
	],
	[
		'a script in a line',
		'hi <script>alert(1)</script>',
		'body/script :1:4 <script> is raw HTML; bodies hold Markdown and components only. Write it in Markdown, or use a component.',
	],
	[
		'an event handler',
		'<Figure src="./a.png" alt="Two people" onload="alert(1)" />',
		'body/handler :1:1 onload= on <Figure> is an event handler; nothing in a body runs. Take the attribute out.',
	],
	[
		'raw HTML',
		'<div class="x">hey</div>',
		'body/html :1:1 <div> is raw HTML; bodies hold Markdown and components only. Write it in Markdown, or use a component.',
	],
	[
		'raw HTML in a line',
		'a <b>bold</b> word',
		'body/html :1:3 <b> is raw HTML; bodies hold Markdown and components only. Write it in Markdown, or use a component.',
	],
	[
		'a style',
		'<style>p \\{ color: red \\}</style>',
		'body/html :1:1 <style> is raw HTML; bodies hold Markdown and components only. Write it in Markdown, or use a component.',
	],
	[
		'a fragment',
		'<>hi</>',
		'body/html :1:1 A fragment <> is raw HTML; bodies hold Markdown and components only. Write it in Markdown, or use a component.',
	],
	[
		'an HTML comment',
		'hi\n\n<!-- a note -->',
		'body/html :3:1 <!-- --> is an HTML comment, raw HTML. Take it out, or write {/* … */}.',
	],
	[
		'an unknown component',
		'<Video src="x" />',
		'body/component :1:1 <Video> is not a component. Use one of Callout, Story, Quote, Term, Pair, TwoViews, View, Announcement, Figure.',
	],
	[
		'a slip in the name of a component, with the nearest',
		'<Calout kind="note">\n\nhi\n\n</Calout>',
		'body/component :1:1 <Calout> is not a component. Did you mean <Callout>? Use one of Callout, Story, Quote, Term, Pair, TwoViews, View, Announcement, Figure.',
	],
	[
		'a member component',
		'<Callout.Title />',
		'body/component :1:1 <Callout.Title> is not a component. Use one of Callout, Story, Quote, Term, Pair, TwoViews, View, Announcement, Figure.',
	],
	[
		'a namespaced tag',
		'<svg:path />',
		'body/html :1:1 <svg:path> is raw HTML; bodies hold Markdown and components only. Write it in Markdown, or use a component.',
	],
	[
		'a block quote',
		'> They said so.',
		'body/blockquote :1:1 A block quote stands in a body. Use <Quote by="…"> so that readers see who said it.',
	],
	[
		'an image',
		'Look: ![two people](./a.png)',
		'body/image :1:7 A Markdown image stands in a body. Use <Figure src="./…" alt="…" />.',
	],
	[
		'a footnote',
		'Said[^1].\n\n[^1]: There.',
		'body/footnote :1:5 A footnote stands in a body. Use sources, or say it in the text.',
		'body/footnote :1:1 A footnote stands in a body. Use sources, or say it in the text.',
	],
	[
		'a code block',
		'```js\ncode\n```',
		'body/code-block :1:1 A code block stands in a body. Use a `code span` or a list.',
	],
	[
		'a level 1 heading',
		'# One',
		'body/heading :1:1 A level 1 heading stands in a body. Begin at ###; the page and the mail print the levels above.',
	],
	[
		'a level 1 heading, underlined',
		'One\n===',
		'body/heading :1:1 A level 1 heading stands in a body. Begin at ###; the page and the mail print the levels above.',
	],
	[
		'a level 2 heading',
		'## Two',
		'body/heading :1:1 A level 2 heading stands in a body. Begin at ###; the page and the mail print the levels above.',
	],
	[
		'a level 5 heading',
		'##### Five',
		'body/heading :1:1 A level 5 heading is too deep. Use ### or ####.',
	],
	[
		'a level 6 heading',
		'###### Six',
		'body/heading :1:1 A level 6 heading is too deep. Use ### or ####.',
	],
	[
		'a rule',
		'a\n\n***\n\nb',
		'body/rule-line :3:1 A horizontal rule stands in a body. Use a ### heading.',
	],
	[
		'struck-out text',
		'a ~~b~~',
		'body/deleted :1:3 Struck-out text stands in a body. Take it out.',
	],
	[
		'a task list',
		'- [x] done',
		'body/task :1:1 A task list stands in a body. Write a checklist, or a plain list.',
	],
	[
		'a table of four columns',
		'|a|b|c|d|\n|-|-|-|-|\n|1|2|3|4|',
		'body/table-width :1:1 The table has 4 columns, at most 3. Take a column out, or write a list.',
	],
	[
		'a link that says "here"',
		'Look [here](tip/x).',
		'body/link-text :1:6 "here" does not say where the link goes. Name the page it leads to.',
	],
	[
		'a link that says "click here"',
		'[Click here](https://a.example/b)',
		'body/link-text :1:1 "Click here" does not say where the link goes. Name the page it leads to.',
	],
	[
		'a link that says "link"',
		'[link](tip/x)',
		'body/link-text :1:1 "link" does not say where the link goes. Name the page it leads to.',
	],
	[
		'a link without words',
		'[](tip/x)',
		'body/link-text :1:1 The link to tip/x has no text. Name the page it leads to.',
	],
	[
		'a link to http',
		'[the page](http://a.example/b)',
		'body/link-target :1:1 "http://a.example/b" is not a target for a link. Use an https:// address, or kind/slug such as tip/no-surprise-promos.',
	],
	[
		'a link to a script',
		'[the page](javascript:alert(1))',
		'body/link-target :1:1 "javascript:alert(1)" is not a target for a link. Use an https:// address, or kind/slug such as tip/no-surprise-promos.',
	],
	[
		'a link to a mailbox',
		'[Ada](mailto:ada@a.example)',
		'body/link-target :1:1 "mailto:ada@a.example" is not a target for a link. Use an https:// address, or kind/slug such as tip/no-surprise-promos.',
	],
	[
		'a link to a page of its own',
		'[the page](/tips/x/)',
		'body/link-target :1:1 "/tips/x/" is not a target for a link. Use an https:// address, or kind/slug such as tip/no-surprise-promos.',
	],
	[
		'a link to a person or a promo',
		'[the offer](promo/winter)',
		'body/link-target :1:1 "promo/winter" is not a target for a link. Use an https:// address, or kind/slug such as tip/no-surprise-promos.',
	],
];

describe('refuses', () => {
	test.each(refusals)('%s', (_, source, ...lines) => {
		expect(bodyFindings(source)).toEqual(lines);
	});

	test('everything in a body in one go, each at its place', () => {
		const source = 'import a from "b"\n\n{one}\n\n# Two\n\n<Video />\n\n[here](tip/x)';
		expect(bodyFindings(source)).toMatchInlineSnapshot(`
			[
			  "body/import :1:1 "import a from "b"" is an import; bodies hold Markdown and components only. Take the line out. Components are there without it.",
			  "body/expression :3:1 {one} is an expression; bodies hold Markdown and components only. Write the text, or \\{ for a brace.",
			  "body/component :7:1 <Video> is not a component. Use one of Callout, Story, Quote, Term, Pair, TwoViews, View, Announcement, Figure.",
			  "body/heading :5:1 A level 1 heading stands in a body. Begin at ###; the page and the mail print the levels above.",
			  "body/link-text :9:1 "here" does not say where the link goes. Name the page it leads to.",
			]
		`);
	});
});
