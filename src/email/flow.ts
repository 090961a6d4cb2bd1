import { textOf } from '#/library/tree.ts';
import type { BodyElement, BodyNode } from '#/library/tree.ts';
import { componentFacts } from '#/library/vocabulary.ts';

/**
 * Sorts the children of a block: runs of words and inline elements come as one `line` each, blocks
 * as they are. Blank text between blocks is dropped.
 */
export function flow(nodes: readonly BodyNode[]): Flow[] {
	const result: Flow[] = [];
	let open: BodyNode[] | undefined;
	for (const node of nodes) {
		if (!isInline(node)) {
			open = undefined;
			result.push({ kind: 'block', node });
		} else if (open) {
			open.push(node);
		} else if (node.type !== 'text' || node.value.trim() !== '') {
			open = [node];
			result.push({ kind: 'line', nodes: open });
		}
	}
	return result;
}

/** The items of a list, with the state of those that are tasks. */
export function itemsOf(list: BodyElement): ListItem[] {
	return elements(list, 'li').map((item) => {
		const first = item.children.find((child) => child.type !== 'text' || child.value.trim() !== '');
		// A loose item holds its box inside its first paragraph.
		const holder = first?.type === 'element' && first.tagName === 'p' ? first : item;
		const box = holder.children.find((child) => child.type !== 'text' || child.value.trim() !== '');
		if (box?.type !== 'element' || box.tagName !== 'input') return { children: item.children };
		const rest = { ...holder, children: holder.children.filter((child) => child !== box) };
		return {
			isDone: box.properties['checked'] === true || box.properties['checked'] === '',
			children:
				holder === item
					? rest.children
					: item.children.map((child) => (child === holder ? rest : child)),
		};
	});
}

/** A table's header cells, rows and alignments. A table without a header row has no `head`. */
export function tableOf(table: BodyElement): Table {
	const rows = (section: BodyElement): BodyElement[] => elements(section, 'tr');
	const [head] = elements(table, 'thead').flatMap(rows);
	const body = [...elements(table, 'tbody').flatMap(rows), ...rows(table)];
	const all = head ? [head, ...body] : body;
	const width = Math.max(0, ...all.map((row) => cells(row).length));
	const first = all[0] ? cells(all[0]) : [];
	return {
		head: head && padded(head, width),
		rows: body.map((row) => padded(row, width)),
		aligns: Array.from({ length: width }, (_, column) => alignOf(first[column])),
	};
}

/**
 * True for the parser's own links between a footnote and its mark. They jump within a page; a mail
 * has no place to jump to.
 */
export function isNoteJump(link: BodyElement): boolean {
	return 'dataFootnoteRef' in link.properties || isNoteReturn(link);
}

/** True for the arrow that leads from a footnote back to its mark. */
export function isNoteReturn(link: BodyElement): boolean {
	return 'dataFootnoteBackref' in link.properties;
}

/** True where nothing of it would be read. */
export function isBlank(nodes: readonly BodyNode[]): boolean {
	return textOf(nodes).trim() === '';
}

function isInline(node: BodyNode): boolean {
	if (node.type === 'text') return true;
	if (node.type === 'component') return componentFacts(node.name).level === 'inline';
	return inline.has(node.tagName);
}

function elements(parent: BodyElement, tagName: string): BodyElement[] {
	return parent.children.filter(
		(child): child is BodyElement => child.type === 'element' && child.tagName === tagName,
	);
}

function cells(row: BodyElement): BodyElement[] {
	return row.children.filter(
		(child): child is BodyElement =>
			child.type === 'element' && (child.tagName === 'td' || child.tagName === 'th'),
	);
}

function padded(row: BodyElement, width: number): BodyNode[][] {
	const found = cells(row);
	return Array.from({ length: width }, (_, column) => found[column]?.children ?? []);
}

function alignOf(cell: BodyElement | undefined): Align {
	const said = `${String(cell?.properties['align'] ?? '')} ${String(cell?.properties['style'] ?? '')}`;
	if (/\bright\b/.test(said)) return 'right';
	return /\bcenter\b/.test(said) ? 'center' : 'left';
}

const inline = new Set(['a', 'em', 'strong', 'del', 'code', 'sup', 'br', 'img', 'input']);

export type Flow = { kind: 'line'; nodes: BodyNode[] } | { kind: 'block'; node: BodyNode };

export interface ListItem {
	/** Set for a task. */
	isDone?: boolean;
	children: BodyNode[];
}

export interface Table {
	head: BodyNode[][] | undefined;
	rows: BodyNode[][][];
	/** One for each column. */
	aligns: Align[];
}

export type Align = 'left' | 'center' | 'right';
