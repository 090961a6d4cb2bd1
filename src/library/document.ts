import { LineCounter, isAlias, isMap, isScalar, parseDocument, visit } from 'yaml';
import type { Document } from 'yaml';
import { readPlainYaml } from './plain-yaml.ts';

/**
 * Splits a file into its YAML and its body, and remembers where each field stands.
 * @param source - the whole text of an `.mdx` or `.yaml` file
 * @param extension - `.yaml` files are frontmatter from the first to the last line
 */
export function readDocument(source: string, extension: 'mdx' | 'yaml'): FileDocument {
	const text = normalized(source);
	if (extension === 'yaml') return withYaml(text, 1, '', 0);
	const match = frontmatter.exec(text);
	if (!match) {
		return {
			...withYaml('', 1, text, 0),
			error: {
				line: 1,
				column: 1,
				message: 'The file does not open with frontmatter.',
				fix: 'Put the fields between two lines of "---" at the top.',
			},
		};
	}
	const head = match[0];
	return withYaml(
		match.groups?.['yaml'] ?? '',
		2,
		text.slice(head.length),
		head.split('\n').length - 1,
	);
}

/** The text below a file's YAML, where only that is asked for. */
export function bodyOf(source: string): string {
	const text = normalized(source);
	return text.slice(frontmatter.exec(text)?.[0].length ?? 0);
}

const frontmatter = /^---[ \t]*\n(?<yaml>(?:[\s\S]*?\n)??)---[ \t]*(?:\n|$)/;

function normalized(source: string): string {
	return source.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
}

function withYaml(yaml: string, firstLine: number, body: string, bodyLine: number): FileDocument {
	// Places are asked for where something is wrong, and of most files never.
	let parsed: Located | undefined;
	const located = (): Located => (parsed ??= locate(yaml, firstLine));
	const plain = readPlainYaml(yaml);
	return {
		...(plain === undefined ? located().found : { data: plain, error: undefined }),
		body,
		bodyLine,
		placeOf: (path) => located().placeOf(path),
	};
}

/** Reads YAML, with the place of everything in it. */
function locate(yaml: string, firstLine: number): Located {
	const lines = new LineCounter();
	const document = parseDocument(yaml, { lineCounter: lines, prettyErrors: false });
	const place = (offset: number): { line: number; column: number } => {
		const { line, col } = lines.linePos(offset);
		return { line: line + firstLine - 1, column: col };
	};
	const broken = document.errors[0];
	const alias = yaml.includes('*') ? aliasOf(document) : undefined;
	const data: unknown = broken || alias ? undefined : (document.toJS() ?? {});
	const error = alias
		? {
				...place(alias.offset),
				message: `"*${alias.name}" points to another field; fields hold plain values only.`,
				fix: 'Quote a text that begins with "*".',
			}
		: broken && {
				...place(broken.pos[0]),
				message: `The fields are not YAML: ${lowerFirst(broken.message)}.`,
				fix: yamlFixes[broken.code] ?? quoteIt,
			};
	return { found: { data, error }, placeOf: (path) => place(offsetOf(document, path)) };
}

/** The first `*name` of a document: YAML copies another node there, a person meant bold text. */
function aliasOf(document: Document): { name: string; offset: number } | undefined {
	let found: { name: string; offset: number } | undefined;
	visit(document, (_, node) => {
		if (!isAlias(node)) return undefined;
		found = { name: node.source, offset: node.range?.[0] ?? 0 };
		return visit.BREAK;
	});
	return found;
}

/** The offset of a field's value; of its nearest parent that exists, where it is missing. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
	for (let length = path.length; length > 0; length--) {
		const parent = document.getIn(path.slice(0, length - 1), true);
		const last = path[length - 1];
		if (isMap(parent)) {
			const pair = parent.items.find((item) => isScalar(item.key) && item.key.value === last);
			if (pair && isScalar(pair.key)) return pair.key.range?.[0] ?? 0;
		}
		const node = document.getIn(path.slice(0, length), true);
		if (node && typeof node === 'object' && 'range' in node && Array.isArray(node.range)) {
			return Number(node.range[0]);
		}
	}
	return 0;
}

const quoteIt =
	'Quote a text that holds ": " or "#", or begins with a bracket or a quotation mark.';
/** By the YAML parser's own codes. */
const yamlFixes: Partial<Record<string, string>> = {
	DUPLICATE_KEY: 'Keep one of the two.',
	TAB_AS_INDENT: 'Indent with blanks.',
	MULTIPLE_DOCS: 'Keep one block of fields.',
	MISSING_CHAR: 'Close what is open, or quote the whole text.',
};

function lowerFirst(text: string): string {
	return text.charAt(0).toLowerCase() + text.slice(1).replace(/\.$/, '');
}

export interface FileDocument {
	/** The fields as YAML gives them, unchecked; undefined where the YAML is broken. */
	data: unknown;
	/** The text below the frontmatter. */
	body: string;
	/** Lines above the body: add it to a line of the body to get a line of the file. */
	bodyLine: number;
	/** Why the file could not be read, if so. */
	error: { line: number; column: number; message: string; fix: string } | undefined;
	/** Where a field stands in the file, 1-based; where its parent stands if it is missing. */
	placeOf(path: readonly PropertyKey[]): { line: number; column: number };
}

interface Located extends Pick<FileDocument, 'placeOf'> {
	found: Pick<FileDocument, 'data' | 'error'>;
}
