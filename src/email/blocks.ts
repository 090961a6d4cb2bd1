/** A body as mail HTML: real elements, each with its style inline, headings without a gap. */
import { textOf } from '#/library/tree.ts';
import type { BodyElement, BodyNode } from '#/library/tree.ts';
import { componentHtml } from './components.ts';
import { escapeText } from './escape.ts';
import { flow, isBlank, isNoteJump, isNoteReturn, itemsOf, tableOf } from './flow.ts';
import { link, picture } from './html-context.ts';
import type { HeadingLevel, HtmlContext } from './html-context.ts';
import type { Passage } from './letter.ts';
import { look } from './tokens.ts';
import type { StyleName } from './tokens.ts';

/**
 * A passage as HTML.
 * @param under - level of the heading it stands under; its own headings go one deeper
 * @param paragraph - style of its paragraphs
 * @throws Error for a node it does not know: nothing vanishes silently
 */
export function passageHtml(passage: Passage, under: number, paragraph: StyleName = 'p'): string {
	const { surroundings } = passage;
	return blocks(passage.nodes, {
		surroundings,
		levelOf: headingLevels(under),
		paragraph,
		blocks,
		inlines,
	});
}

/** Blocks, one a line. */
function blocks(nodes: readonly BodyNode[], context: HtmlContext): string {
	return flow(nodes)
		.map((part) =>
			part.kind === 'line' ? paragraph(part.nodes, context) : block(part.node, context),
		)
		.filter((html) => html !== '')
		.join('\n');
}

/** Words and inline elements. */
function inlines(nodes: readonly BodyNode[], context: HtmlContext): string {
	return nodes.map((node) => inline(node, context)).join('');
}

function block(node: BodyNode, context: HtmlContext): string {
	if (node.type === 'text') return paragraph([node], context);
	if (node.type === 'component') return componentHtml(node, context);
	switch (node.tagName) {
		case 'p':
			return paragraph(node.children, context);
		case 'h1':
		case 'h2':
		case 'h3':
		case 'h4':
		case 'h5':
		case 'h6': {
			const level = context.levelOf(Number(node.tagName.slice(1)));
			const tag = `h${level}` as const;
			return `<${tag}${look(tag)}>${inlines(node.children, context)}</${tag}>`;
		}
		case 'ul':
		case 'ol':
			return list(node, context);
		case 'blockquote':
			return `<blockquote${look('blockquote')}>\n${blocks(node.children, context)}\n</blockquote>`;
		case 'pre':
			return `<pre${look('pre')}>${escapeText(rawText(node)).replace(/\n$/, '')}</pre>`;
		case 'hr':
			return `<hr${look('hr')}>`;
		case 'table':
			return table(node, context);
		case 'section':
			return blocks(node.children, context);
		default:
			throw new Error(`A mail has no form for the block element "${node.tagName}".`);
	}
}

function inline(node: BodyNode, context: HtmlContext): string {
	if (node.type === 'text') return escapeText(node.value);
	if (node.type === 'component') return componentHtml(node, context);
	const inner = (): string => inlines(node.children, context);
	switch (node.tagName) {
		case 'em':
		case 'strong':
		case 'del':
		case 'sup':
		case 'code':
			return `<${node.tagName}${look(node.tagName)}>${inner()}</${node.tagName}>`;
		case 'a':
			if (isNoteReturn(node)) return '';
			if (isNoteJump(node)) return inner();
			return link(context.surroundings.href(String(node.properties['href'] ?? '')), inner());
		case 'br':
			return '<br>';
		case 'img':
			return picture(
				String(node.properties['src'] ?? ''),
				String(node.properties['alt'] ?? ''),
				context,
			);
		case 'input':
			return node.properties['checked'] === true ? '☑' : '☐';
		default:
			throw new Error(`A mail has no form for the inline element "${node.tagName}".`);
	}
}

function paragraph(nodes: readonly BodyNode[], context: HtmlContext): string {
	const html = inlines(nodes, context).trim();
	return html === '' ? '' : `<p${look(context.paragraph)}>${html}</p>`;
}

function list(node: BodyElement, context: HtmlContext): string {
	const tag = node.tagName === 'ol' ? 'ol' : 'ul';
	const items = itemsOf(node);
	const hasTasks =
		tag === 'ul' && items.length > 0 && items.every((item) => item.isDone !== undefined);
	const start = Number(node.properties['start'] ?? 1);
	// WebKit forgets that a list without markers is a list, unless it is told.
	const role = hasTasks ? ' role="list"' : '';
	const from = tag === 'ol' && Number.isInteger(start) && start !== 1 ? ` start="${start}"` : '';
	const rows = items.map((item) => {
		const mark = item.isDone === undefined ? '' : item.isDone ? '☑ ' : '☐ ';
		return `<li${look('li')}>${itemHtml(item.children, mark, context)}</li>`;
	});
	return `<${tag}${role}${from}${look(hasTasks ? 'tasks' : 'list')}>\n${rows.join('\n')}\n</${tag}>`;
}

/** Loose words of an item stand in it directly; its paragraphs and lists keep their elements. */
function itemHtml(children: readonly BodyNode[], mark: string, context: HtmlContext): string {
	const parts = flow(children);
	let before = mark;
	const html = parts.map((part) => {
		if (part.kind === 'line') {
			const line = before + inlines(part.nodes, context).trim();
			before = '';
			return line;
		}
		if (before !== '' && part.node.type === 'element' && part.node.tagName === 'p') {
			const marked: BodyNode = { type: 'text', value: before };
			before = '';
			return paragraph([marked, ...trimStart(part.node.children)], context);
		}
		return block(part.node, context);
	});
	return before + html.filter((line) => line !== '').join('\n');
}

function trimStart(nodes: readonly BodyNode[]): BodyNode[] {
	const [first, ...rest] = nodes;
	if (first?.type !== 'text') return [...nodes];
	return [{ ...first, value: first.value.trimStart() }, ...rest];
}

function table(node: BodyElement, context: HtmlContext): string {
	const { head, rows, aligns } = tableOf(node);
	const wrapping = fitsPhone(head ? [head, ...rows] : rows) ? 'word-break:normal' : '';
	if (aligns.length > maxColumns) return records(head, rows, context);
	const cell = (
		tag: 'td' | 'th',
		style: StyleName,
		scope: string,
		children: BodyNode[],
		column: number,
	): string =>
		`<${tag}${scope}${look(style, `text-align:${aligns[column] ?? 'left'}`)}>${inlines(children, context).trim()}</${tag}>`;
	const headRow = head?.map((children, column) =>
		isBlank(children)
			? cell('td', 'th', '', children, column)
			: cell('th', 'th', ' scope="col"', children, column),
	);
	const bodyRows = rows.map((row) =>
		row.map((children, column) =>
			column === 0 && !isBlank(children)
				? cell('th', 'rowHead', ' scope="row"', children, column)
				: cell('td', 'td', '', children, column),
		),
	);
	const tr = (cells: string[]): string => `<tr>\n${cells.join('\n')}\n</tr>`;
	return [
		`<table border="0" cellpadding="0" cellspacing="0"${look('table', wrapping)}>`,
		...(headRow ? [`<thead>\n${tr(headRow)}\n</thead>`] : []),
		...(bodyRows.length > 0 ? [`<tbody>\n${bodyRows.map(tr).join('\n')}\n</tbody>`] : []),
		'</table>',
	].join('\n');
}

/** True where the longest words of all columns stand side by side on the narrowest phone. */
function fitsPhone(rows: readonly BodyNode[][][]): boolean {
	const longest: number[] = [];
	for (const row of rows) {
		row.forEach((cell, column) => {
			const words = textOf(cell).split(/\s+/);
			longest[column] = Math.max(longest[column] ?? 0, ...words.map((word) => word.length));
		});
	}
	const width = longest.reduce((sum, letters) => sum + letters * letterWidth + cellGap, 0);
	return width <= phoneWidth;
}

/** A table too wide for a phone, as a list: each row under its first cell. */
function records(
	head: BodyNode[][] | undefined,
	rows: BodyNode[][][],
	context: HtmlContext,
): string {
	const items = rows.map((row) => {
		const lines = row.map((children, column) => {
			const name = inlines(head?.[column] ?? [], context).trim();
			const value = inlines(children, context).trim();
			const label = name === '' ? '' : `<strong${look('strong')}>${name}:</strong> `;
			return `<p${look('tight')}>${label}${value}</p>`;
		});
		return `<li${look('li')}>\n${lines.join('\n')}\n</li>`;
	});
	return `<ul${look('list')}>\n${items.join('\n')}\n</ul>`;
}

/** Maps the levels an editor used to levels without a gap below `under`. */
function headingLevels(under: number): (written: number) => HeadingLevel {
	const open: number[] = [];
	return (written) => {
		while (open.length > 0 && (open.at(-1) ?? 0) >= written) open.pop();
		open.push(written);
		// Clamped to the six levels there are.
		return Math.min(6, Math.max(2, under + open.length)) as HeadingLevel;
	};
}

function rawText(node: BodyElement): string {
	return node.children
		.map((child) =>
			child.type === 'text' ? child.value : child.type === 'element' ? rawText(child) : '',
		)
		.join('');
}

const maxColumns = 4;
/** Inner width of the letter on a phone of 320 px, an average letter and the room after a cell, in px. */
const phoneWidth = 280;
const letterWidth = 9;
const cellGap = 12;
