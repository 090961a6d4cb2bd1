/**
 * The web form of a body: the checked tree in, HTML out. Plain functions on plain data, so that a
 * page, a test and a feed get the same bytes.
 */
import type { ElementContent } from 'hast';
import { toHtml } from 'hast-util-to-html';
import type { BodyComponent, BodyElement, BodyNode } from '#/library/tree.ts';
import type { ComponentName } from '#/library/vocabulary.ts';
import { announcement } from './body/announcement.ts';
import { callout } from './body/callout.ts';
import { element } from './body/element.ts';
import { figure } from './body/figure.ts';
import { link } from './body/link.ts';
import { pair } from './body/pair.ts';
import { quote } from './body/quote.ts';
import { story } from './body/story.ts';
import type { Surroundings } from './body/surroundings.ts';
import { rows } from './body/table.ts';
import { term } from './body/term.ts';
import { twoViews, view } from './body/two-views.ts';

/**
 * Writes a body as HTML. Words and properties are escaped; nothing an editor writes becomes markup.
 * @throws Error for a node that no web form is known for, so that nothing vanishes in silence
 */
export function renderBody(nodes: readonly BodyNode[], around: Surroundings): string {
	return toHtml(convertAll(nodes, around));
}

/** Every component of the vocabulary in its web form; one without is a type error here. */
const forms: Record<ComponentName, Form> = {
	Callout: callout,
	Story: story,
	Quote: quote,
	Term: term,
	Pair: pair,
	TwoViews: twoViews,
	View: view,
	Announcement: announcement,
	Figure: figure,
};

function convertAll(nodes: readonly BodyNode[], around: Surroundings): ElementContent[] {
	return nodes.map((node) => convert(node, around));
}

function convert(node: BodyNode, around: Surroundings): ElementContent {
	switch (node.type) {
		case 'text':
			return { type: 'text', value: node.value };
		case 'component':
			return forms[node.name](node, around, convertAll(node.children, around));
		case 'element':
			return convertElement(node, around);
		default:
			throw new Error(`A body holds a node that the web has no form for: ${JSON.stringify(node)}.`);
	}
}

/**
 * Writes one element. The content model allows editors fewer than stand here (`body-rules.ts` refuses
 * the others); a body that reaches this point loses no word all the same.
 */
function convertElement(node: BodyElement, around: Surroundings): ElementContent {
	if (node.tagName === 'table') {
		return element(
			'table',
			{},
			rows(node, (cell) => convertAll(cell.children, around)),
		);
	}
	const children = convertAll(node.children, around);
	switch (node.tagName) {
		case 'p':
		case 'em':
		case 'strong':
		case 'code':
		case 'ul':
		case 'li':
		case 'br':
		case 'del':
		case 'blockquote':
		case 'pre':
		case 'hr':
		case 'sup':
		case 'section':
			return element(node.tagName, {}, children);
		case 'input':
			return { type: 'text', value: node.properties['checked'] ? '☑' : '☐' };
		case 'img':
			return { type: 'text', value: `[Picture: ${String(node.properties['alt'] ?? '')}]` };
		case 'ol':
			return element(
				'ol',
				{
					start: node.properties['start'] === 1 ? undefined : Number(node.properties['start'] ?? 1),
				},
				children,
			);
		case 'h1':
		case 'h2':
		case 'h3':
		case 'h4':
		case 'h5':
		case 'h6': {
			// Editors begin at level 3; what stands above or below it keeps its place in the page.
			const depth = Math.max(0, Number(node.tagName.slice(1)) - 3);
			const level = Math.min(6, around.level + depth);
			const id = `${around.prefix}${String(node.properties['id'] ?? '')}`;
			return element(`h${level}`, { id }, children);
		}
		case 'a':
			return link(String(node.properties['href'] ?? ''), around, children);
		default:
			throw new Error(`A body holds an element that the web has no form for: ${node.tagName}.`);
	}
}

/** Writes one component; its children are already written. */
type Form = (
	component: BodyComponent,
	around: Surroundings,
	children: ElementContent[],
) => ElementContent;
