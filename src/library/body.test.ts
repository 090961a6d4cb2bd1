import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseBody } from './body.ts';
import { bodyFindings } from './sample.ts';
import type { BodyNode } from './tree.ts';
import { walk } from './tree.ts';
import { componentNames } from './vocabulary.ts';

const story = '<Story kind="illustrative" who="a firm" result="They ask." rule="Ask first.">';

describe('parseBody', () => {
	test('gives places in the file, not in the body', () => {
		const { problems } = parseBody('ok\n\n  {bad}', { file: 'tips/a.mdx', bodyLine: 20 });
		expect(problems[0]).toMatchObject({ file: 'tips/a.mdx', line: 23, column: 3, field: 'body' });
	});

	test('gives the place of what was left open in the file too', () => {
		expect(bodyFindings(`${story}\n\nSo.`, 20)).toMatchInlineSnapshot(`
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
			expect(bodyFindings(source), source).toHaveLength(1);
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

function outline(nodes: readonly BodyNode[]): string {
	return nodes
		.map((node) => {
			if (node.type === 'text') return JSON.stringify(node.value);
			return `${node.type === 'element' ? node.tagName : node.name}(${outline(node.children)})`;
		})
		.join(',');
}
