import { describe, expect, test } from 'vitest';
import { bodyFindings } from './sample.ts';

const story = '<Story kind="illustrative" who="a firm" result="They ask." rule="Ask first.">';
const view = (title: string, text = 'One side.'): string =>
	`<View title="${title}">\n\n${text}\n\n</View>`;
const views = (...inner: string[]): string =>
	`<TwoViews question="Which?" verdict="Both.">\n\n${inner.join('\n\n')}\n\n</TwoViews>`;

const refusals: [string, string, ...string[]][] = [
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
		expect(bodyFindings(source)).toEqual(lines);
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
		expect(bodyFindings(source)).toEqual([]);
	});
});
