/**
 * The tree of a checked body: HTML elements as in hast, text, and the vocabulary's components as
 * nodes of their own. Nothing in it is code. The web, mail and text renderings all start here.
 */
import type { ComponentName } from './vocabulary.ts';

/** Calls `visit` for every node, parents first; returning `false` skips the node's children. */
export function walk(
	nodes: readonly BodyNode[],
	visit: (node: BodyNode, parents: readonly BodyNode[]) => boolean | undefined,
	parents: readonly BodyNode[] = [],
): void {
	for (const node of nodes) {
		if (visit(node, parents) === false || node.type === 'text') continue;
		walk(node.children, visit, [...parents, node]);
	}
}

/** The text below a node, pictures and components' own labels left out. */
export function textOf(nodes: readonly BodyNode[]): string {
	return nodes.map((node) => (node.type === 'text' ? node.value : textOf(node.children))).join('');
}

export type BodyNode = BodyElement | BodyComponent | BodyText;

export interface BodyElement {
	type: 'element';
	/** Lower case: p, em, strong, del, a, code, pre, ul, ol, li, h1-h6, blockquote, table..., hr, br, img, input, sup. */
	tagName: string;
	/** As in hast: `href`, `className`, `start`, `align`, `checked`, `disabled`, ... */
	properties: Record<string, string | number | boolean | null | (string | number)[] | undefined>;
	children: BodyNode[];
	position?: Place | undefined;
}

export interface BodyComponent {
	type: 'component';
	name: ComponentName;
	props: Record<string, string>;
	children: BodyNode[];
	position?: Place | undefined;
}

export interface BodyText {
	type: 'text';
	value: string;
	position?: Place | undefined;
}

/** Where a node starts in its file, 1-based. */
export interface Place {
	line: number;
	column: number;
}
