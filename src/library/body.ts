/**
 * Bodies are data. An MDX body is parsed to a tree and checked against what the content model
 * allows; nothing in it is ever compiled or run. What is not allowed is a problem with its place.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mdxToHast } from 'satteri';
import type { HastNode } from 'satteri';
import type { Problem } from '#/problem.ts';
import { unpack } from './body-pack.ts';
import { checkBody } from './body-rules.ts';
import { bodyOf } from './document.ts';
import type { Entry } from './entry.ts';
import { left } from './handover.ts';
import { textOf, walk } from './tree.ts';
import type { BodyElement, BodyNode, Place } from './tree.ts';
import { nearest } from './nearest.ts';
import { componentFacts, componentNames, isComponentName } from './vocabulary.ts';

/**
 * Reads the checked tree of an entry's body from its file, or takes it from the reading of the same
 * build.
 * @param contentDir - absolute path of the content folder
 * @throws Error where the file no longer holds what the library was opened with
 */
export function readBody(contentDir: string, entry: Entry): BodyNode[] {
	if (!entry.body.isPresent) return [];
	const kept = unpack(left('bodies') ?? [], entry.digest);
	if (kept) return kept;
	const source = readFileSync(join(contentDir, entry.file), 'utf8');
	return parseBody(bodyOf(source)).nodes;
}

/**
 * Parses a body and lists what the content model does not allow in it.
 * @param source - the text below the frontmatter
 * @param place - the file's name and the number of lines above the body, for messages
 */
export function parseBody(
	source: string,
	place: { file: string; bodyLine: number } = { file: '', bodyLine: 0 },
): ParsedBody {
	const problems: Problem[] = [];
	const report = (at: Place, rule: string, message: string, fix: string): void => {
		problems.push({
			file: place.file,
			line: at.line + place.bodyLine,
			column: at.column,
			rule: `body/${rule}`,
			level: 'error',
			field: 'body',
			message,
			fix,
		});
	};
	let root: HastNode;
	try {
		// The frontmatter is off already: a second one would be dropped without a word.
		// Sätteri 0.10.5 ends the whole process on an import or export whose last line, without a line
		// end, is a backslash. A line end of our own keeps every place where it was.
		root = mdxToHast(`${source}\n`, { features: { frontmatter: false } });
	} catch (cause) {
		const { at, message } = syntaxError(cause, place.bodyLine);
		if (source.split('\n')[at.line - 1]?.startsWith('<!--', at.column - 1)) {
			report(
				at,
				'html',
				'<!-- --> is an HTML comment, raw HTML.',
				'Take it out, or write {/* … */}.',
			);
		} else {
			report(
				at,
				'syntax',
				message,
				'Close what is open, or write \\{ and &lt; for a brace or a bracket.',
			);
		}
		return { nodes: [], problems };
	}
	const nodes = 'children' in root ? paragraphs(convertAll(root.children, report, 0)) : [];
	checkBody(nodes, report);
	nameHeadings(nodes);
	return { nodes, problems };
}

/** No text needs more levels; a thousand of them would exhaust the stack of whatever walks the tree. */
const deepest = 40;

function convertAll(children: readonly unknown[], report: Report, depth: number): BodyNode[] {
	return children.flatMap((child) => {
		// Sätteri's trees are hast plus the MDX nodes that its type HastNode lists.
		const node = convert(child as HastNode, report, depth);
		return node ? [node] : [];
	});
}

function convert(node: HastNode, report: Report, depth: number): BodyNode | undefined {
	const position = placeOf(node);
	if (depth > deepest) {
		report(
			position,
			'depth',
			`The text is nested more than ${deepest} levels deep.`,
			'Flatten it.',
		);
		return undefined;
	}
	switch (node.type) {
		case 'text':
			return { type: 'text', value: node.value, position };
		case 'element':
			return {
				type: 'element',
				tagName: node.tagName,
				properties: { ...node.properties },
				children: convertAll(node.children, report, depth + 1),
				position,
			};
		case 'mdxJsxFlowElement':
		case 'mdxJsxTextElement':
			return convertJsx(node, position, report, depth);
		case 'mdxjsEsm': {
			const word = /^\s*export\b/.test(node.value) ? 'export' : 'import';
			report(
				position,
				word,
				`"${excerpt(node.value)}" is an ${word}; bodies hold Markdown and components only.`,
				'Take the line out. Components are there without it.',
			);
			return undefined;
		}
		case 'mdxFlowExpression':
		case 'mdxTextExpression':
			if (isComment(node.value)) return undefined;
			report(
				position,
				'expression',
				`{${excerpt(node.value)}} is an expression; bodies hold Markdown and components only.`,
				'Write the text, or \\{ for a brace.',
			);
			return undefined;
		case 'raw':
		case 'comment':
		case 'doctype':
			report(
				position,
				'html',
				'This is raw HTML; bodies hold Markdown and components only.',
				'Write it in Markdown, or use a component.',
			);
			return undefined;
		default:
			throw new Error(`A body holds a node of an unknown type: ${node.type}.`);
	}
}

function convertJsx(
	node: JsxNode,
	position: Place,
	report: Report,
	depth: number,
): BodyNode | undefined {
	const name = node.name ?? '';
	const props: Record<string, string> = {};
	for (const attribute of node.attributes) {
		if (attribute.type !== 'mdxJsxAttribute') {
			report(
				position,
				'spread',
				`<${name}> holds {${excerpt(attribute.value)}}; attributes are quoted texts.`,
				'Write each attribute as name="text".',
			);
		} else if (/^on[a-z]/i.test(attribute.name)) {
			report(
				position,
				'handler',
				`${attribute.name}= on <${name}> is an event handler; nothing in a body runs.`,
				'Take the attribute out.',
			);
		} else if (typeof attribute.value !== 'string') {
			report(
				position,
				'attribute',
				`${attribute.name} of <${name}> is not a quoted text.`,
				`Write ${attribute.name}="text".`,
			);
		} else {
			props[attribute.name] = attribute.value;
		}
	}
	const children = convertAll(node.children, report, depth + 1);
	if (!isComponentName(name)) {
		reportUnknown(name, position, report);
		return undefined;
	}
	const isBlock = componentFacts(name).level === 'block';
	return {
		type: 'component',
		name,
		props,
		children: isBlock ? paragraphs(children) : children,
		position,
	};
}

/**
 * Puts loose words and inline components into paragraphs: a paragraph made only of components
 * reaches us without its `p`, and so does the text of `<Callout>one line</Callout>`.
 */
function paragraphs(nodes: readonly BodyNode[]): BodyNode[] {
	const result: BodyNode[] = [];
	let open: BodyElement | undefined;
	for (const node of nodes) {
		if (isInline(node)) {
			if (!open) {
				if (node.type === 'text' && node.value.trim() === '') continue;
				open = {
					type: 'element',
					tagName: 'p',
					properties: {},
					children: [],
					position: node.position,
				};
				result.push(open);
			}
			open.children.push(node);
		} else {
			open = undefined;
			result.push(node);
		}
	}
	return result;
}

function isInline(node: BodyNode): boolean {
	if (node.type === 'text') return true;
	if (node.type === 'component') return componentFacts(node.name).level === 'inline';
	return ['em', 'strong', 'a', 'code', 'br', 'del', 'img', 'sup', 'input'].includes(node.tagName);
}

/** Gives each heading an id from its words, unique in the body, so that a link can lead to it. */
function nameHeadings(nodes: readonly BodyNode[]): void {
	const taken = new Set<string>();
	walk(nodes, (node) => {
		if (node.type !== 'element' || !/^h[1-6]$/.test(node.tagName)) return undefined;
		const stem = slugOf(textOf(node.children)) || 'section';
		let id = stem;
		for (let n = 2; taken.has(id); n++) id = `${stem}-${n}`;
		taken.add(id);
		node.properties['id'] = id;
		return false;
	});
}

function slugOf(text: string): string {
	return text
		.normalize('NFD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]+/gu, '-')
		.replace(/^-|-$/g, '');
}

function reportUnknown(name: string, position: Place, report: Report): void {
	if (/^[A-Z]/.test(name) || name.includes('.')) {
		const near = nearest(name, componentNames);
		report(
			position,
			'component',
			`<${name}> is not a component.`,
			`${near ? `Did you mean <${near}>? ` : ''}Use one of ${componentNames.join(', ')}.`,
		);
		return;
	}
	report(
		position,
		name === 'script' ? 'script' : 'html',
		name === ''
			? 'A fragment <> is raw HTML; bodies hold Markdown and components only.'
			: `<${name}> is raw HTML; bodies hold Markdown and components only.`,
		'Write it in Markdown, or use a component.',
	);
}

/** A pure comment runs nothing and shows nowhere: it is dropped here, so that no output can hold it. */
function isComment(expression: string): boolean {
	return /^\s*(?:\/\*(?:(?!\*\/)[\s\S])*\*\/\s*)+$/.test(expression);
}

function placeOf(node: HastNode): Place {
	const start = 'position' in node ? node.position?.start : undefined;
	return { line: start?.line ?? 1, column: start?.column ?? 1 };
}

/** Sätteri's errors read `3:1: Expected a closing tag for <Story> (3:1) (mdx-jsx:…)`. */
function syntaxError(cause: unknown, bodyLine: number): { at: Place; message: string } {
	const text = cause instanceof Error ? cause.message : String(cause);
	const match = /^(?<line>\d+):(?<column>\d+): (?<message>[\s\S]*?)(?: \([a-z-]+:[a-z-]+\))?$/.exec(
		text,
	);
	return {
		at: {
			line: Number(match?.groups?.['line'] ?? 1),
			column: Number(match?.groups?.['column'] ?? 1),
		},
		message: `The body cannot be read: ${match?.groups?.['message'] ?? text}.`
			.replace(/\.\.$/, '.')
			.replace(/\((\d+):(\d+)\)/g, (_, line, column) => `(${Number(line) + bodyLine}:${column})`),
	};
}

function excerpt(text: string): string {
	const line = text.trim().replace(/\s+/g, ' ');
	return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}

export interface ParsedBody {
	nodes: BodyNode[];
	/** Lines are lines of the file. All are errors. */
	problems: Problem[];
}

/** Takes one finding; the place is one in the body. */
export type Report = (at: Place, rule: string, message: string, fix: string) => void;

type JsxNode = Extract<HastNode, { type: 'mdxJsxFlowElement' | 'mdxJsxTextElement' }>;
