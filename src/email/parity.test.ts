/** The two renderings say the same words: nothing is told only to those who see HTML, or only to the others. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BodyNode } from '#/library/tree.ts';
import { passageHtml } from './blocks.ts';
import { openNotes } from './notes.ts';
import { passageText } from './plain-blocks.ts';
import { surroundings } from './sample.ts';

test('HTML and text hold the same words in the same order', () => {
	fc.assert(
		fc.property(trees(false), (nodes) => {
			expect(textWords(nodes)).toEqual(htmlWords(nodes));
		}),
		{ numRuns: 400 },
	);
});

test('tables too hold the same words, however wide they are', () => {
	fc.assert(
		fc.property(trees(true), (nodes) => {
			expect(new Set(textWords(nodes))).toEqual(new Set(htmlWords(nodes)));
		}),
		{ numRuns: 400 },
	);
});

test('no line of the text is wider than 72 columns', () => {
	fc.assert(
		fc.property(trees(true), (nodes) => {
			const text = passageText({ nodes, surroundings }, openNotes(), 72);
			for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(72);
		}),
		{ numRuns: 200 },
	);
});

function htmlWords(nodes: BodyNode[]): string[] {
	const html = passageHtml({ nodes, surroundings }, 3)
		.replace(/<!--.*?-->/g, ' ')
		.replace(/<img[^>]* alt="([^"]*)"[^>]*>/g, ' Picture $1 ')
		.replace(/<\/?(?:em|strong|a|code|del|sup)\b[^>]*>/g, '')
		.replace(/<[^>]*>/g, ' ');
	return words(html);
}

function textWords(nodes: BodyNode[]): string[] {
	return words(passageText({ nodes, surroundings }, openNotes(), 72).replace(/ \[\d+\]/g, ''));
}

/** Letters only: list numbers are the browser's in HTML. */
function words(text: string): string[] {
	return [...text.toLowerCase().matchAll(/\p{L}+/gu)].map(([word]) => word);
}

function trees(hasTables: boolean): fc.Arbitrary<BodyNode[]> {
	const word = fc.stringMatching(/^[a-zäé]{1,12}$/);
	const phrase = fc.array(word, { minLength: 1, maxLength: 12 }).map((some) => some.join(' '));
	const text = phrase.map((value): BodyNode => ({ type: 'text', value }));
	const el = (
		tagName: string,
		children: BodyNode[],
		properties: Record<string, string | number | boolean> = {},
	): BodyNode => ({ type: 'element', tagName, properties, children });
	const component = (
		name: Extract<BodyNode, { type: 'component' }>['name'],
		props: Record<string, string>,
		children: BodyNode[] = [],
	): BodyNode => ({ type: 'component', name, props, children });
	const blank: BodyNode = { type: 'text', value: '\n' };
	const inline = fc.oneof(
		text,
		fc
			.constantFrom('em', 'strong', 'del', 'code', 'sup')
			.chain((tag) => text.map((t) => el(tag, [t]))),
		text.map((t) => el('a', [t], { href: 'https://x.example/a' })),
		text.map((t) => el('a', [t], { href: 'tip/unknown' })),
		text.map((t) => component('Term', { id: 'lead' }, [t])),
		phrase.map((alt) => el('img', [], { src: './a.png', alt })),
		fc.constant(el('br', [])),
	);
	const line = fc
		.array(inline, { minLength: 1, maxLength: 5 })
		.map((nodes) => nodes.flatMap((node): BodyNode[] => [node, { type: 'text', value: ' ' }]));
	const paragraph = line.map((nodes) => el('p', nodes));
	const { blocks } = fc.letrec<{ block: BodyNode; blocks: BodyNode[] }>((tie) => ({
		blocks: fc
			.array(tie('block'), { minLength: 1, maxLength: 4 })
			.map((nodes) => nodes.flatMap((node) => [node, blank])),
		block: fc.oneof(
			{ maxDepth: 3, depthIdentifier: 'block' },
			paragraph,
			line.map((nodes) => el('h3', nodes)),
			text.map((t) => el('pre', [el('code', [t])])),
			fc.constant(el('hr', [])),
			phrase.map((alt) => component('Figure', { src: './a.png', alt, caption: alt })),
			fc.constant(component('Pair', { left: 'lead', right: 'other' })),
			...(hasTables ? [table(line, el)] : []),
			fc
				.tuple(
					fc.constantFrom('ul', 'ol'),
					fc.array(fc.tuple(line, tie('blocks')), { minLength: 1, maxLength: 3 }),
					fc.boolean(),
				)
				.map(([tag, items, isLoose]) =>
					el(
						tag,
						items.map(([first, more]) =>
							el('li', [...(isLoose ? [el('p', first)] : first), blank, ...more]),
						),
					),
				),
			tie('blocks').map((nodes) => el('blockquote', nodes)),
			fc
				.tuple(phrase, tie('blocks'))
				.map(([title, nodes]) => component('Callout', { kind: 'note', title }, nodes)),
			fc
				.tuple(phrase, phrase, tie('blocks'))
				.map(([who, rule, nodes]) =>
					component('Story', { kind: 'reported', who, result: rule, rule }, nodes),
				),
			fc.tuple(phrase, tie('blocks')).map(([by, nodes]) => component('Quote', { by }, nodes)),
			fc
				.tuple(phrase, tie('blocks'), tie('blocks'))
				.map(([title, one, two]) =>
					component('TwoViews', { question: title, verdict: title }, [
						component('View', { title }, one),
						component('View', { title, evidence: 'opinion' }, two),
					]),
				),
		),
	}));
	return blocks;
}

function table(
	line: fc.Arbitrary<BodyNode[]>,
	el: (tagName: string, children: BodyNode[]) => BodyNode,
): fc.Arbitrary<BodyNode> {
	return fc
		.integer({ min: 1, max: 6 })
		.chain((width) =>
			fc.array(fc.array(line, { minLength: width, maxLength: width }), {
				minLength: 2,
				maxLength: 4,
			}),
		)
		.map(([head = [], ...rows]) =>
			el('table', [
				el('thead', [
					el(
						'tr',
						head.map((cell) => el('th', cell)),
					),
				]),
				el(
					'tbody',
					rows.map((row) =>
						el(
							'tr',
							row.map((cell) => el('td', cell)),
						),
					),
				),
			]),
		);
}
