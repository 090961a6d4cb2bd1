import type { BodyComponent, BodyElement, BodyNode } from '#/library/tree.ts';
import { componentFacts } from '#/library/vocabulary.ts';
import type { ComponentName } from '#/library/vocabulary.ts';
import type { Surroundings } from '#/web/body/surroundings.ts';
import { gradeNames } from '#/web/names.ts';
import { hung, linked, plain, quoted, stacked } from './plain.ts';

/**
 * A body as Markdown, from its tree: plain CommonMark and tables, no component of ours left in it.
 * @param around - as for the page, with absolute paths; `level` is that of the body's `###`
 * @throws Error for a node that no Markdown form is known for, so that nothing vanishes in silence
 */
export function bodyMarkdown(nodes: readonly BodyNode[], around: Surroundings): string {
	return blocks(nodes, around);
}

/** Blocks as they are; runs of words between them as paragraphs. */
function blocks(nodes: readonly BodyNode[], around: Surroundings): string {
	const parts: string[] = [];
	let run: BodyNode[] = [];
	const end = (): void => {
		parts.push(inlines(run, around));
		run = [];
	};
	for (const node of nodes) {
		if (isInline(node)) {
			run.push(node);
			continue;
		}
		end();
		// What is not inline is an element or a component.
		if (node.type !== 'text') parts.push(block(node, around));
	}
	end();
	return stacked(parts);
}

function block(node: BodyElement | BodyComponent, around: Surroundings): string {
	if (node.type === 'component') return forms[node.name](node, around);
	const inner = (): string => blocks(node.children, around);
	switch (node.tagName) {
		case 'p':
			return inlines(node.children, around);
		case 'h1':
		case 'h2':
		case 'h3':
		case 'h4':
		case 'h5':
		case 'h6': {
			const depth = Math.max(0, Number(node.tagName.slice(1)) - 3);
			return heading(Math.min(6, around.level + depth), inlines(node.children, around));
		}
		case 'ul':
			return items(node, around, () => '- ');
		case 'ol': {
			const start = Number(node.properties['start'] ?? 1);
			return items(node, around, (index) => `${start + index}. `);
		}
		case 'blockquote':
			return quoted(inner());
		case 'pre':
			return `\`\`\`\n${raw(node).trimEnd()}\n\`\`\``;
		case 'hr':
			return '---';
		case 'section':
			return inner();
		case 'table':
			return table(node, around);
		default:
			throw new Error(`Markdown has no form here for the block element "${node.tagName}".`);
	}
}

function inlines(nodes: readonly BodyNode[], around: Surroundings): string {
	return nodes
		.map((node) => inline(node, around))
		.join('')
		.trim();
}

function inline(node: BodyNode, around: Surroundings): string {
	if (node.type === 'text') return plain(node.value);
	if (node.type === 'component') return forms[node.name](node, around);
	const inner = (): string => node.children.map((child) => inline(child, around)).join('');
	switch (node.tagName) {
		case 'em':
			return `*${inner()}*`;
		case 'strong':
			return `**${inner()}**`;
		case 'del':
			return `~~${inner()}~~`;
		case 'code':
			return `\`${raw(node)}\``;
		case 'sup':
			return ` (${inner()})`;
		case 'br':
			return '\\\n';
		case 'img':
			return `[Picture: ${plain(String(node.properties['alt'] ?? ''))}]`;
		case 'input':
			return node.properties['checked'] ? '[x]' : '[ ]';
		case 'a': {
			const href = String(node.properties['href'] ?? '');
			return linked(inner(), /^https?:/.test(href) ? href : around.references[href]?.path);
		}
		default:
			throw new Error(`Markdown has no form here for the inline element "${node.tagName}".`);
	}
}

function items(list: BodyElement, around: Surroundings, mark: (index: number) => string): string {
	const rows = elements(list).map((item) => blocks(item.children, around));
	const isLoose = rows.some((row) => /\n\n(?![-\d])/.test(row));
	return rows.map((row, index) => hung(mark(index), row)).join(isLoose ? '\n\n' : '\n');
}

function table(node: BodyElement, around: Surroundings): string {
	const rows = elements(node)
		.flatMap((part) => (part.tagName === 'tr' ? [part] : elements(part)))
		.map((row) =>
			elements(row).map((cell) => inlines(cell.children, around).replaceAll('\\\n', ' ')),
		);
	const [head = [], ...rest] = rows;
	const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
	return [line(head), line(head.map(() => '---')), ...rest.map(line)].join('\n');
}

/** Every component of the vocabulary in Markdown; one without a form is a type error here. */
const forms: Record<ComponentName, (node: BodyComponent, around: Surroundings) => string> = {
	Callout({ props, children }, around) {
		const kind = calloutNames[props['kind'] ?? 'note'] ?? 'Note';
		const title = props['title'] ? `${kind}: ${plain(props['title'])}` : kind;
		return quoted(stacked([`**${title}**`, blocks(children, around)]));
	},
	Story({ props, children }, around) {
		const kind = props['kind'] === 'reported' ? 'Reported' : 'Illustrative';
		const who = [props['name'], props['who']].filter(Boolean).join(', ');
		return quoted(
			stacked([
				`**${kind} story:** ${plain(who)}`,
				blocks(children, around),
				`**Result:** ${plain(props['result'] ?? '')}`,
				`**Rule:** ${plain(props['rule'] ?? '')}`,
			]),
		);
	},
	Quote({ props, children }, around) {
		const { by = '', source, url, year } = props;
		const who = by === 'unknown' ? 'Source unknown' : plain(by);
		const work = source && linked(`*${plain(source)}*`, url);
		return quoted(
			stacked([blocks(children, around), [who, work, year].filter(Boolean).join(', ')]),
		);
	},
	Term({ props, children }, around) {
		return linked(inlines(children, around), around.references[`term/${props['id'] ?? ''}`]?.path);
	},
	Pair({ props }, around) {
		return [props['left'], props['right']]
			.flatMap((slug) => around.references[`term/${slug ?? ''}`] ?? [])
			.map(({ title, path, general, short }) =>
				hung(
					'- ',
					[
						`**${linked(plain(title), path)}**`,
						...[general, short].flatMap((text) => (text ? [plain(text)] : [])),
					].join('\\\n'),
				),
			)
			.join('\n');
	},
	TwoViews({ props, children }, around) {
		return stacked([
			heading(around.level, plain(props['question'] ?? '')),
			blocks(children, around),
			`**What we do:** ${plain(props['verdict'] ?? '')}`,
		]);
	},
	View({ props, children }, around) {
		const { title = '', evidence } = props;
		const grade = Object.entries(gradeNames).find(([name]) => name === evidence)?.[1] ?? evidence;
		return stacked([
			heading(around.level + 1, plain(title)),
			blocks(children, around),
			grade && `Rests on: ${plain(grade.toLowerCase())}`,
		]);
	},
	Announcement({ children }, around) {
		return blocks(children, around);
	},
	Figure({ props }, around) {
		const { src = '', alt = '', caption } = props;
		const picture = around.pictures[src];
		return stacked([
			picture ? `!${linked(plain(alt), picture.src)}` : `Picture not here: ${plain(alt)}`,
			caption && `*${plain(caption)}*`,
		]);
	},
};

const calloutNames: Record<string, string> = {
	note: 'Note',
	caution: 'Caution',
	example: 'Example',
};

function heading(level: number, words: string): string {
	return `${'#'.repeat(level)} ${words}`;
}

function raw(node: BodyElement): string {
	return node.children
		.map((child) =>
			child.type === 'text' ? child.value : child.type === 'element' ? raw(child) : '',
		)
		.join('');
}

function elements(parent: BodyElement): BodyElement[] {
	return parent.children.filter((child) => child.type === 'element');
}

function isInline(node: BodyNode): boolean {
	if (node.type === 'text') return true;
	if (node.type === 'component') return componentFacts(node.name).level === 'inline';
	return inlineTags.has(node.tagName);
}

const inlineTags = new Set(['a', 'em', 'strong', 'del', 'code', 'sup', 'br', 'img', 'input']);
