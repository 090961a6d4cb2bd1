import type { Element, ElementContent } from 'hast';
import type { BodyElement, BodyNode } from '#/library/tree.ts';
import { element } from './element.ts';

/** The parts of a table: its head names the columns, the first cell of each row names the row. */
export function rows(
	table: BodyElement,
	content: (cell: BodyElement) => ElementContent[],
): Element[] {
	return elements(table.children).map((part) =>
		element(
			part.tagName,
			{},
			elements(part.children).map((row) =>
				element(
					'tr',
					{},
					elements(row.children).map((cell, column) => {
						const inside = content(cell);
						const isHead = part.tagName === 'thead';
						// An empty heading names nothing, and a screen reader would announce it all the same.
						if (inside.length === 0 || (!isHead && column > 0)) return element('td', {}, inside);
						return element('th', { scope: isHead ? 'col' : 'row' }, inside);
					}),
				),
			),
		),
	);
}

function elements(nodes: readonly BodyNode[]): BodyElement[] {
	return nodes.filter((node) => node.type === 'element');
}
