import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatProblem } from '#/problem.ts';
import { parseBody } from './body.ts';
import type { BodyNode } from './tree.ts';
import { walk } from './tree.ts';
import { componentNames } from './vocabulary.ts';

const story = '<Story kind="illustrative" who="a firm" result="They ask." rule="Ask first.">';
const view = (title: string, text = 'One side.'): string =>
	`<View title="${title}">\n\n${text}\n\n</View>`;
const views = (...inner: string[]): string =>
	`<TwoViews question="Which?" verdict="Both.">\n\n${inner.join('\n\n')}\n\n</TwoViews>`;

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
	[
		'a component in a list',
		'- one\n\n  <Callout kind="note">\n\n  hi\n\n  </Callout>',
		'body/nesting :3:3 <Callout> stands inside a paragraph or a list. Put it on lines of its own with a blank line around it.',
	],
	[
		'a component in a story',
		story + '\n\n<Callout kind="note">\n\nhi\n\n</Callout>\n\n</Story>',
		'body/nesting :3:1 <Callout> stands inside <Story>. Move it out; <Story> may hold Term.',
	],
	[
		'a term in a callout',
		'<Callout kind="note">\n\nA <Term id="lead">lead</Term>.\n\n</Callout>',
		'body/nesting :3:3 <Term> stands inside <Callout>. Move it out; <Callout> may hold Markdown only.',
	],
	[
		'a view alone',
		view('A'),
		'body/nesting :1:1 <View> stands alone. Put exactly two <View> into a <TwoViews>.',
	],
	[
		'an announcement in a callout',
		'<Callout kind="note">\n\n<Announcement>\n\nhi\n\n</Announcement>\n\n</Callout>',
		'body/nesting :3:1 <Announcement> stands inside <Callout>. Move it out; <Callout> may hold Markdown only.',
	],
	[
		'one view',
		views(view('A')),
		'body/two-views :1:1 <TwoViews> holds 1 <View>. Give it exactly two <View> and nothing else.',
	],
	[
		'three views',
		views(view('A'), view('B'), view('C')),
		'body/two-views :1:1 <TwoViews> holds 3 <View>. Give it exactly two <View> and nothing else.',
	],
	[
		'words between two views',
		views(view('A'), 'And.', view('B')),
		'body/two-views :1:1 <TwoViews> holds 2 <View> and other text. Give it exactly two <View> and nothing else.',
	],
	[
		'a view over 60 words',
		views(view('A', 'word '.repeat(61)), view('B')),
		'body/view-words :3:1 The view has 61 words, at most 60. Cut 1.',
	],
	[
		'a figure without alt text',
		'<Figure src="./a.png" />',
		'body/figure-alt :1:1 The picture has no alt text. Add alt="what it shows, for someone who does not see it".',
	],
	[
		'a figure whose alt text is blank',
		'<Figure src="./a.png" alt=" " />',
		'body/figure-alt :1:1 The picture has no alt text. Add alt="what it shows, for someone who does not see it".',
	],
	[
		'a figure whose alt text is its file name',
		'<Figure src="./chart.png" alt="chart" />',
		'body/figure-alt :1:1 The alt text repeats the file name. Say what the picture shows, for someone who does not see it.',
	],
	[
		'a figure from elsewhere',
		'<Figure src="https://a.example/a.png" alt="Two people" />',
		'body/figure-src :1:1 "https://a.example/a.png" is not a picture beside this file. Put a PNG or JPEG beside the file and write src="./its-name.png".',
	],
	[
		'a figure from another folder',
		'<Figure src="../promos/a.png" alt="Two people" />',
		'body/figure-src :1:1 "../promos/a.png" is not a picture beside this file. Put a PNG or JPEG beside the file and write src="./its-name.png".',
	],
	[
		'a figure that is no PNG or JPEG',
		'<Figure src="./a.svg" alt="Two people" />',
		'body/figure-src :1:1 "./a.svg" is not a picture beside this file. Put a PNG or JPEG beside the file and write src="./its-name.png".',
	],
	[
		'a figure with a text inside',
		'<Figure src="./a.png" alt="Two people">x</Figure>',
		'body/children :1:1 <Figure> has a text inside. Close it at once: <Figure … />.',
	],
	[
		'a named story without consent',
		story.replace('>', ' name="Ada">') + '\n\nSo.\n\n</Story>',
		'body/consent :1:1 The story names Ada without consent. Ask, then add consent="yes"; or take the name out and describe the firm.',
	],
	[
		'a story without its kind, result and rule',
		'<Story who="a firm">\n\nSo.\n\n</Story>',
		'body/property :1:1 <Story> has no kind. Add kind="…".',
		'body/property :1:1 <Story> has no result. Add result="…".',
		'body/property :1:1 <Story> has no rule. Add rule="…".',
	],
	[
		'an empty story',
		story + '</Story>',
		'body/children :1:1 <Story> is empty. Write its text between the two tags.',
	],
	[
		'a quotation without a name',
		'<Quote>\n\nSo.\n\n</Quote>',
		'body/property :1:1 <Quote> has no by. Add by="…".',
	],
	[
		'a quotation from an address that is not https',
		'<Quote by="Ada" url="ftp://a.example">\n\nSo.\n\n</Quote>',
		'body/link-target :1:1 "ftp://a.example" is no https address. Give an https:// address.',
	],
	[
		'a kind of callout that is not known',
		'<Callout kind="warning">\n\nhi\n\n</Callout>',
		'body/property :1:1 kind="warning" of <Callout> is not known. Use "note" or "caution" or "example".',
	],
	[
		'a title that is too long',
		`<Callout kind="note" title="${'x'.repeat(61)}">\n\nhi\n\n</Callout>`,
		'body/property :1:1 title of <Callout> has 61 characters, at most 60. Cut 1.',
	],
	[
		'a property that is not known',
		'<Callout kind="note" colour="red">\n\nhi\n\n</Callout>',
		'body/property :1:1 colour is not a property of <Callout>. It has kind, title.',
	],
	[
		'a property that every object has',
		'<Callout kind="note" constructor="x">\n\nhi\n\n</Callout>',
		'body/property :1:1 constructor is not a property of <Callout>. It has kind, title.',
	],
	[
		'a term that holds more than words',
		'A <Term id="lead">*lead*</Term>.',
		'body/children :1:3 <Term> holds more than plain words. Write the word alone inside it.',
	],
	[
		'a component left open',
		'<Callout kind="note">\n\nhi',
		'body/syntax :1:1 The body cannot be read: Expected a closing tag for `<Callout>` (1:1). Close what is open, or write \\{ and &lt; for a brace or a bracket.',
	],
	[
		'a brace left open',
		'a { b',
		'body/syntax :1:3 The body cannot be read: Unexpected end of file in expression, expected a corresponding closing brace for `{`. Close what is open, or write \\{ and &lt; for a brace or a bracket.',
	],
	[
		'a bracket left open',
		'a <b c',
		'body/syntax :1:3 The body cannot be read: Unexpected character after `<`, expected a valid JSX tag (note: to create a link in MDX, use `[text](url)`). Close what is open, or write \\{ and &lt; for a brace or a bracket.',
	],
	[
		'an address in brackets',
		'<https://a.example/b>',
		'body/syntax :1:1 The body cannot be read: Unexpected character after `<`, expected a valid JSX tag (note: to create a link in MDX, use `[text](url)`). Close what is open, or write \\{ and &lt; for a brace or a bracket.',
	],
];

describe('refuses', () => {
	test.each(refusals)('%s', (_, source, ...lines) => {
		expect(said(source)).toEqual(lines);
	});

	test('everything in a body in one go, each at its place', () => {
		const source = 'import a from "b"\n\n{one}\n\n# Two\n\n<Video />\n\n[here](tip/x)';
		expect(said(source)).toMatchInlineSnapshot(`
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

describe('allows', () => {
	test.each([
		['paragraphs, emphasis and code spans', 'We *ask* and **listen** to `code`.'],
		['lists in lists', '- one\n  1. two\n- three'],
		[
			'links to addresses and to entries',
			'See [the study](https://a.example/b) and [the list](checklist/x).',
		],
		['headings of level 3 and 4', '### Three\n\n#### Four'],
		['tables of three columns', '|a|b|c|\n|-|-|-|\n|1|2|3|'],
		['an escaped brace and a lone bracket', 'a \\{b\\} and 2 < 3'],
		['a callout', '<Callout kind="note" title="Mind">\n\nText.\n\n</Callout>'],
		['a story with a term', `${story}\n\nA <Term id="lead">lead</Term>.\n\n</Story>`],
		[
			'a named story with consent',
			story.replace('>', ' name="Ada" consent="yes">') + '\n\nSo.\n\n</Story>',
		],
		[
			'a quotation',
			'<Quote by="unknown" source="A book" url="https://a.example" year="2006">\n\nIt said.\n\n</Quote>',
		],
		['a pair', '<Pair left="push" right="pull" />'],
		['two views with a term', views(view('A', 'A <Term id="lead">lead</Term>.'), view('B'))],
		['a figure', '<Figure src="./a.png" alt="Two people" caption="At a table" />'],
		[
			'an announcement with other components',
			`<Announcement>\n\nNews.\n\n<Callout kind="note">\n\nMind.\n\n</Callout>\n\n</Announcement>`,
		],
	])('%s', (_, source) => {
		expect(said(source)).toEqual([]);
	});
});

describe('parseBody', () => {
	test('gives places in the file, not in the body', () => {
		const { problems } = parseBody('ok\n\n  {bad}', { file: 'tips/a.mdx', bodyLine: 20 });
		expect(problems[0]).toMatchObject({ file: 'tips/a.mdx', line: 23, column: 3, field: 'body' });
	});

	test('gives the place of what was left open in the file too', () => {
		expect(said(`${story}\n\nSo.`, 20)).toMatchInlineSnapshot(`
			[
			  "body/syntax :21:1 The body cannot be read: Expected a closing tag for \`<Story>\` (21:1). Close what is open, or write \\{ and &lt; for a brace or a bracket.",
			]
		`);
	});

	test('drops comments, so that no output can hold one', () => {
		const source = 'a {/* SECRET */} b\n\n{/* SECRET\n*/ /* SECRET */}\n\nc';
		const { nodes, problems } = parseBody(source);
		expect(problems).toEqual([]);
		expect(JSON.stringify(nodes)).not.toContain('SECRET');
		expect(JSON.stringify(nodes)).toContain('"c"');
	});

	test('takes no expression that only looks like a comment', () => {
		for (const source of [
			'{/* a */ x}',
			'{x /* a */}',
			'{/* a */ f() /* b */}',
			'{// a\n}',
			'{}',
		]) {
			expect(said(source), source).toHaveLength(1);
		}
	});

	test('runs nothing and keeps nothing of what it refuses', () => {
		const source = [
			'{globalThis.tandemRan = true}',
			'export const a = (globalThis.tandemRan = true)',
			'<Callout kind={globalThis.tandemRan = true}>\n\nHi.\n\n</Callout>',
			'<script>globalThis.tandemRan = true</script>',
		].join('\n\n');
		const { nodes, problems } = parseBody(source);
		expect(problems.map(({ rule }) => rule)).toEqual(
			expect.arrayContaining(['body/expression', 'body/export', 'body/attribute', 'body/script']),
		);
		expect(JSON.stringify(nodes)).not.toContain('tandemRan');
		expect(Reflect.get(globalThis, 'tandemRan')).toBeUndefined();
	});

	test('puts loose words of a component into a paragraph', () => {
		expect(outline(parseBody('<Callout kind="note">One line</Callout>').nodes)).toBe(
			'Callout(p("One line"))',
		);
		expect(outline(parseBody('<Term id="lead">leads</Term>').nodes)).toBe('p(Term("leads"))');
	});

	test('keeps the words around an inline component in order', () => {
		expect(outline(parseBody('A <Term id="lead">lead</Term> is **new**.').nodes)).toBe(
			'p("A ",Term("lead")," is ",strong("new"),".")',
		);
	});

	test('gives headings ids of their own', () => {
		const { nodes } = parseBody('### Do it\n\n### Do it\n\n### Où va-t-on ?\n\n### …');
		const ids = nodes.flatMap((node) => (node.type === 'element' ? [node.properties['id']] : []));
		expect(ids.filter(Boolean)).toEqual(['do-it', 'do-it-2', 'ou-va-t-on', 'section']);
	});

	test('shows a second frontmatter as what it is, and drops no text', () => {
		const { nodes, problems } = parseBody('---\nsecret: words\n---\n\nhey');
		expect(problems.map(({ rule }) => rule)).toContain('body/rule-line');
		expect(JSON.stringify(nodes)).toContain('secret: words');
	});

	test('refuses a text nested beyond reading, without exhausting the stack', () => {
		for (const opening of ['> ', '- ', '<Callout kind="note">\n\n']) {
			const { problems } = parseBody(`${opening.repeat(5000)}x`);
			expect(problems.length, opening).toBeGreaterThan(0);
		}
	});

	test.each(['export x\\', 'import x = 1>/\\', 'a\n\nexport*/}export\\'])(
		'survives a statement that ends in a backslash: %s',
		(source) => {
			expect(parseBody(source).problems.length).toBeGreaterThan(0);
		},
	);

	test('names a comment that the parser took for words, and lets code show one', () => {
		const rules = (source: string): string[] => parseBody(source).problems.map(({ rule }) => rule);
		expect(rules('``a`b`` {/* secret */} `c`')).toEqual(['body/comment']);
		expect(rules('Write `{/* note */}` for a comment.')).toEqual([]);
		expect(rules('Words {/* note */} go on.')).toEqual([]);
	});

	test('never throws, and builds only known nodes, whatever is typed', () => {
		const piece = fc.oneof(
			{ weight: 6, arbitrary: fc.constantFrom(...pieces) },
			{ weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
		);
		const text = fc.array(piece, { maxLength: 30 }).map((parts) => parts.join(''));
		let trees = 0;
		fc.assert(
			fc.property(text, (source) => {
				const { nodes, problems } = parseBody(source, { file: 'a.mdx', bodyLine: 3 });
				if (nodes.length > 0) trees++;
				expect(strange(nodes)).toEqual([]);
				for (const { line, column, message, fix } of problems) {
					expect(line).toBeGreaterThan(3);
					expect(column).toBeGreaterThan(0);
					expect(message).not.toBe('');
					expect(fix).not.toBe('');
				}
			}),
			{ numRuns: 2000 },
		);
		// A property over refused texts alone would prove nothing.
		expect(trees).toBeGreaterThan(300);
	});

	test('finds nothing to refuse only where the tree is within the content model', () => {
		const tags = 'p em strong a ul ol li h3 h4 table thead tbody tr th td code br'.split(' ');
		const text = fc
			.array(fc.constantFrom(...pieces), { maxLength: 8 })
			.map((parts) => parts.join(''));
		const seen = new Set<string>();
		fc.assert(
			fc.property(text, (source) => {
				const { nodes, problems } = parseBody(source);
				if (problems.length > 0) return;
				walk(nodes, (node) => {
					if (node.type === 'element') seen.add(node.tagName);
					return undefined;
				});
			}),
			{ numRuns: 2000 },
		);
		expect(seen.size).toBeGreaterThan(4);
		expect([...seen].filter((tag) => !tags.includes(tag))).toEqual([]);
	});
});

const pieces = [
	'\n',
	'\n\n',
	' ',
	'word',
	'- ',
	'1. ',
	'> ',
	'# ',
	'### ',
	'|',
	'\n|-|-|\n',
	'```\n',
	'`',
	'*',
	'**',
	'_',
	'~~',

	'[',
	'](',
	')',
	'](tip/x)',
	'https://a.example',
	'![',
	'[^1]',
	'\n[^1]: ',
	'---\n',
	'***\n',
	'\\',
	'&lt;',
	'<',
	'>',
	'</',
	'/>',

	'{',
	'}',
	'{/*',
	'*/}',
	'{...x}',
	'import a from "b"\n',
	'export const a = 1\n',
	'<!--',
	'-->',
	'<>',
	'</>',
	'<a.b />',

	'<Callout kind="note">\n\n',
	'\n\n</Callout>',
	'<Term id="lead">',
	'</Term>',
	'<Pair left="a" right="b" />',

	'<View title="x">',
	'</View>',
	'<TwoViews question="q" verdict="v">',
	'</TwoViews>',
	'<Announcement>',
	'</Announcement>',

	'<script>',
	'</script>',
	'<div onload="x">',
	'</div>',
	' constructor="x"',
	' __proto__="x"',
	'\t',
	'\r\n',
	'\u0000',
	'\u2028',
	'🎉',
];

/** The nodes that no renderer knows. */
function strange(nodes: readonly BodyNode[]): BodyNode[] {
	const found: BodyNode[] = [];
	walk(nodes, (node) => {
		const isKnown =
			node.type === 'component'
				? componentNames.includes(node.name) &&
					Object.values(node.props).every((value) => typeof value === 'string')
				: node.type === 'element' || node.type === 'text';
		if (!isKnown) found.push(node);
		return undefined;
	});
	return found;
}

/** What is reported of a body, as printed, without the file. */
function said(source: string, bodyLine = 0): string[] {
	return parseBody(source, { file: '', bodyLine }).problems.map(
		(problem) => `${problem.rule} ${formatProblem(problem).replace(/ body:/, '')}`,
	);
}

function outline(nodes: readonly BodyNode[]): string {
	return nodes
		.map((node) => {
			if (node.type === 'text') return JSON.stringify(node.value);
			return `${node.type === 'element' ? node.tagName : node.name}(${outline(node.children)})`;
		})
		.join(',');
}
