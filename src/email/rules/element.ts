/** The HTML of a mail as a tree of plain elements, as a mail program reads it. */
import { htmlToHast } from 'satteri';
import type { HastNode } from 'satteri';
import { declarationsOf } from './stylesheet.ts';
import type { Declaration } from './stylesheet.ts';

/** Parses a document by the rules of HTML, whatever it holds. */
export function parseHtml(html: string): MailElement {
	const root: MailElement = {
		tag: '#document',
		attributes: new Map(),
		style: [],
		children: [],
		parent: undefined,
	};
	const tree = htmlToHast(html);
	if ('children' in tree) fill(root, tree.children);
	return root;
}

/** Every element below, in the order of the document; only those of the given tags, where given. */
export function elements(root: MailElement, ...tags: string[]): MailElement[] {
	return root.children.flatMap((child) => {
		if (!isElement(child)) return [];
		const below = elements(child, ...tags);
		return tags.length === 0 || tags.includes(child.tag) ? [child, ...below] : below;
	});
}

/** Every piece of text that a reader may see: none of the head, none that is hidden. */
export function visibleTexts(root: MailElement): MailText[] {
	return root.children.flatMap((child) => {
		if (!isElement(child)) return child.text.trim() === '' ? [] : [child];
		return unseen.has(child.tag) || isHidden(child) ? [] : visibleTexts(child);
	});
}

/** The text inside, as written, hidden or not. */
export function textOf(node: MailNode): string {
	return isElement(node) ? node.children.map(textOf).join('') : node.text;
}

/** What a reader reads inside, blanks joined. */
export function readableText(root: MailElement): string {
	return root.children.map(spoken).join('').replace(/\s+/g, ' ').trim();
}

/** The element itself or the nearest one around it that holds. */
export function closest(
	element: MailElement | undefined,
	holds: (element: MailElement) => boolean,
): MailElement | undefined {
	if (!element || holds(element)) return element;
	return closest(element.parent, holds);
}

/** True for an element taken out of view by its own style. */
export function isHidden(element: MailElement): boolean {
	return element.style.some(
		({ name, value }) =>
			(name === 'display' && value === 'none') || (name === 'visibility' && value === 'hidden'),
	);
}

export function isElement(node: MailNode): node is MailElement {
	return 'tag' in node;
}

/** Blocks end a word; inline elements do not. */
function spoken(node: MailNode): string {
	if (!isElement(node)) return node.text;
	if (unseen.has(node.tag) || isHidden(node)) return '';
	const inner =
		node.tag === 'img' ? (node.attributes.get('alt') ?? '') : node.children.map(spoken).join('');
	return inline.has(node.tag) ? inner : ` ${inner} `;
}

function fill(parent: MailElement, nodes: readonly unknown[]): void {
	for (const node of nodes) {
		// The parser gives hast, of which these are the nodes that say something.
		const given = node as HastNode;
		if (given.type === 'text') {
			parent.children.push({ text: given.value, parent });
		} else if (given.type === 'element') {
			const element: MailElement = {
				tag: given.tagName,
				attributes: new Map(Object.entries(given.properties).flatMap(attribute)),
				style: [],
				children: [],
				parent,
			};
			element.style = declarationsOf(element.attributes.get('style'));
			parent.children.push(element);
			fill(element, given.children);
		}
	}
}

/** `ariaLabel` and `className` of the tree are `aria-label` and `class` of the source. */
function attribute([name, value]: [string, Property]): [string, string][] {
	if (value === false || value === null || value === undefined) return [];
	const written = renamed[name] ?? name.replace(/^(aria|data)(?=[A-Z])/, '$1-');
	const text = Array.isArray(value) ? value.join(' ') : String(value);
	return [[written.toLowerCase(), value === true ? '' : text]];
}

const renamed: Record<string, string> = { className: 'class', httpEquiv: 'http-equiv' };
const unseen = new Set(['head', 'script', 'style', 'template', 'title']);
// A raised figure is a word of its own, so sup is not one of them.
const inline = new Set([
	'a',
	'abbr',
	'b',
	'code',
	'del',
	'em',
	'i',
	'mark',
	'small',
	'span',
	'strong',
	'u',
]);

export interface MailElement {
	/** Lower case. */
	tag: string;
	/** Names in lower case. */
	attributes: Map<string, string>;
	/** What its style attribute says, in order. */
	style: Declaration[];
	children: MailNode[];
	parent: MailElement | undefined;
}

export interface MailText {
	text: string;
	parent: MailElement;
}

export type MailNode = MailElement | MailText;

/** A value as hast holds it. */
type Property = string | number | boolean | (string | number)[] | null | undefined;
