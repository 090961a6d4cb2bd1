/** A body as plain text: what the mail shows without pictures, colours or markup. */
import type { BodyElement, BodyNode } from '#/library/tree.ts';
import { plainText } from './escape.ts';
import { flow, isNoteJump, isNoteReturn, itemsOf, tableOf } from './flow.ts';
import type { Align } from './flow.ts';
import type { Passage } from './letter.ts';
import { marked } from './notes.ts';
import type { Notes } from './notes.ts';
import { componentBlock, componentText } from './plain-components.ts';
import type { PlainContext } from './plain-context.ts';
import { columns, indent, wrap } from './wrap.ts';

/**
 * A passage as plain text.
 * @throws Error for a node it does not know: nothing vanishes silently
 */
export function passageText(passage: Passage, notes: Notes, width: number): string {
	const { nodes, surroundings } = passage;
	return blocks(nodes, { surroundings, notes, width, blocks, inlines });
}

/** Blocks with a blank line between them. */
function blocks(nodes: readonly BodyNode[], context: PlainContext): string {
	return flow(nodes)
		.map((part) =>
			part.kind === 'line' ? paragraph(part.nodes, context) : block(part.node, context),
		)
		.filter((text) => text.trim() !== '')
		.join('\n\n');
}

/** Words and inline elements on one line; a hard break is a line break. */
function inlines(nodes: readonly BodyNode[], context: PlainContext): string {
	return nodes
		.map((node) => inline(node, context))
		.join('')
		.replace(/[ \t\n]+/g, ' ')
		.replace(new RegExp(` ?${hardBreak} ?`, 'g'), '\n')
		.trim();
}

function block(node: BodyNode, context: PlainContext): string {
	if (node.type === 'text') return paragraph([node], context);
	if (node.type === 'component') return componentBlock(node, context);
	switch (node.tagName) {
		case 'p':
		case 'h1':
		case 'h2':
		case 'h3':
		case 'h4':
		case 'h5':
		case 'h6':
			return paragraph(node.children, context);
		case 'ul':
		case 'ol':
			return list(node, context);
		case 'blockquote':
			return indent(blocks(node.children, narrower(context, 2)), '> ');
		case 'pre':
			return codeText(node, context);
		case 'hr':
			return '* * *';
		case 'table':
			return table(node, context);
		case 'section':
			return blocks(node.children, context);
		default:
			throw new Error(`A plain text has no form for the block element "${node.tagName}".`);
	}
}

function inline(node: BodyNode, context: PlainContext): string {
	if (node.type === 'text') return plainText(node.value);
	if (node.type === 'component') return componentText(node, context);
	const inner = (): string => node.children.map((child) => inline(child, context)).join('');
	switch (node.tagName) {
		case 'em':
		case 'strong':
		case 'code':
			return inner();
		case 'sup':
			return ` (${inner()})`;
		case 'del':
			return `~~${inner()}~~`;
		case 'a': {
			if (isNoteReturn(node)) return '';
			if (isNoteJump(node)) return inner();
			const href = context.surroundings.href(String(node.properties['href'] ?? ''));
			return marked(inner(), href, context.notes);
		}
		case 'br':
			return hardBreak;
		case 'img':
			return `[Picture: ${plainText(String(node.properties['alt'] ?? ''))}]`;
		case 'input':
			return node.properties['checked'] === true ? '[x]' : '[ ]';
		default:
			throw new Error(`A plain text has no form for the inline element "${node.tagName}".`);
	}
}

function paragraph(nodes: readonly BodyNode[], context: PlainContext): string {
	return wrap(inlines(nodes, context), context.width);
}

function list(node: BodyElement, context: PlainContext): string {
	const start = Number(node.properties['start'] ?? 1);
	const items = itemsOf(node);
	const isLoose = items.some(({ children }) =>
		children.some((child) => child.type === 'element' && child.tagName === 'p'),
	);
	const rows = items.map((item, index) => {
		const number = Number.isInteger(start) ? start + index : 1 + index;
		const bullet = node.tagName === 'ol' ? `${number}. ` : '- ';
		const box = item.isDone === undefined ? '' : item.isDone ? '[x] ' : '[ ] ';
		const mark = bullet + box;
		const inner = narrower(context, columns(mark));
		const parts = flow(item.children)
			.map((part) =>
				part.kind === 'line' ? paragraph(part.nodes, inner) : block(part.node, inner),
			)
			.filter((text) => text !== '');
		return indent(parts.join(isLoose ? '\n\n' : '\n'), mark, ' '.repeat(columns(mark)));
	});
	return rows.join(isLoose ? '\n\n' : '\n');
}

function table(node: BodyElement, context: PlainContext): string {
	const { head, rows, aligns } = tableOf(node);
	const text = (cell: BodyNode[]): string => inlines(cell, context).replaceAll('\n', ' ');
	const names = head?.map(text);
	const cells = rows.map((row) => row.map(text));
	const widths = aligns.map((_, column) =>
		Math.max(3, ...[...(names ? [names] : []), ...cells].map((row) => columns(row[column] ?? ''))),
	);
	const total = widths.reduce((sum, width) => sum + width, 0) + gap.length * (widths.length - 1);
	if (total > context.width) return records(names, cells, context);
	const line = (row: string[]): string =>
		row
			.map((cell, column) => padded(cell, widths[column] ?? 0, aligns[column] ?? 'left'))
			.join(gap)
			.trimEnd();
	const rule = widths.map((width) => '-'.repeat(width)).join(gap);
	return [...(names ? [line(names), rule] : []), ...cells.map(line)].join('\n');
}

/** A table too wide for the page: each row as lines of `column: cell`. */
function records(names: string[] | undefined, rows: string[][], context: PlainContext): string {
	return rows
		.map((row) =>
			row
				.map((cell, column) => {
					const name = names?.[column] ?? '';
					const inner = wrap(name === '' ? cell : `${name}: ${cell}`, context.width - 2);
					return indent(inner, '', '  ');
				})
				.join('\n'),
		)
		.join('\n\n');
}

function padded(cell: string, width: number, align: Align): string {
	const room = Math.max(0, width - columns(cell));
	const before = align === 'right' ? room : align === 'center' ? Math.floor(room / 2) : 0;
	return ' '.repeat(before) + cell + ' '.repeat(room - before);
}

function codeText(node: BodyElement, context: PlainContext): string {
	const width = context.width - 4;
	const lines = plainText(rawText(node))
		.replace(/\n+$/, '')
		.replaceAll('\t', '  ')
		.split('\n')
		.flatMap((line) => (columns(line) <= width ? [line] : chunks(line, width)));
	return indent(lines.join('\n'), '    ');
}

/** Breaks a line of code after a blank, or within a word that is wider than the page. */
function chunks(line: string, width: number): string[] {
	const characters = Array.from(line);
	const pieces: string[] = [];
	while (characters.length > width) {
		const blank = characters.slice(0, width + 1).lastIndexOf(' ');
		const isIndent = characters.slice(0, blank).every((character) => character === ' ');
		pieces.push(
			characters
				.splice(0, isIndent ? width : blank + 1)
				.join('')
				.trimEnd(),
		);
	}
	return [...pieces, characters.join('')];
}

function rawText(node: BodyElement): string {
	return node.children
		.map((child) =>
			child.type === 'text' ? child.value : child.type === 'element' ? rawText(child) : '',
		)
		.join('');
}

function narrower(context: PlainContext, by: number): PlainContext {
	return { ...context, width: Math.max(minWidth, context.width - by) };
}

/** Stands for a hard break until blanks are joined; `plainText` lets no control character through. */
const hardBreak = '\u0001';
const gap = '  ';
const minWidth = 20;
