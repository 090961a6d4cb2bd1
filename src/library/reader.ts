import { readFileSync } from 'node:fs';
import { basename, dirname, join, posix } from 'node:path';
import type { Problem } from '#/problem.ts';
import { isReferenceHref } from './body-rules.ts';
import { parseBody } from './body.ts';
import { readDocument } from './document.ts';
import type { BodyFacts, Entry } from './entry.ts';
import { fieldProblems } from './field-problem.ts';
import { kinds } from './kinds.ts';
import type { Kind } from './kinds.ts';
import { textOf, walk } from './tree.ts';
import type { BodyComponent, BodyElement, BodyNode } from './tree.ts';
import { spokenProps } from './vocabulary.ts';
import { countWords } from './words.ts';

/**
 * Reads one file of the content folder: its fields by the schema of its kind, its body by the
 * content model. Nothing in it is run.
 * @param contentDir - absolute path of the content folder
 * @param file - path below it, with forward slashes
 * @param keep - is given the tree of the body, which is its own from then on
 * @returns the entry where its fields hold, and every problem found in this file alone
 */
export function readEntry(
	contentDir: string,
	file: string,
	kind: Kind,
	digest: string,
	keep?: (nodes: readonly BodyNode[]) => void,
): Reading {
	const facts = kinds[kind];
	const document = readDocument(readFileSync(join(contentDir, file), 'utf8'), facts.extension);
	if (document.error) {
		const { line, column, message, fix } = document.error;
		const problem: Problem = {
			file,
			line,
			column,
			rule: 'fields/yaml',
			level: 'error',
			message,
			fix,
		};
		return { file, kind, digest, entry: undefined, isReady: true, problems: [problem] };
	}
	const isReady = !('status' in facts.schema.shape) || statusOf(document.data) !== 'draft';
	const problems: Problem[] = [];
	const parsed = facts.schema.safeParse(document.data);
	if (!parsed.success) {
		problems.push(
			...parsed.error.issues.flatMap((issue) => fieldProblems(issue, file, kind, document)),
		);
	}
	const body = parseBody(document.body, { file, bodyLine: document.bodyLine });
	problems.push(...body.problems);
	if (facts.body === 'required' && body.nodes.length === 0 && body.problems.length === 0) {
		problems.push({
			file,
			line: document.bodyLine + 1,
			column: 1,
			rule: 'body/missing',
			level: 'error',
			field: 'body',
			message: 'The body is empty.',
			fix: 'Write it below the second "---".',
		});
	}
	const slug = basename(file).replace(/\.[a-z]+$/, '');
	const entry = parsed.success
		? // The schema of this kind gave the data, so kind and data belong together.
			({
				kind,
				slug,
				ref: `${kind}/${slug}`,
				file,
				data: parsed.data,
				digest,
				body: bodyFacts(body.nodes, file, document.bodyLine),
			} as Entry)
		: undefined;
	keep?.(body.nodes);
	return { file, kind, digest, entry, isReady, problems };
}

function statusOf(data: unknown): unknown {
	return typeof data === 'object' && data !== null && 'status' in data ? data.status : 'draft';
}

function bodyFacts(nodes: readonly BodyNode[], file: string, bodyLine: number): BodyFacts {
	const facts: BodyFacts = {
		isPresent: nodes.length > 0,
		words: 0,
		headings: [],
		terms: [],
		links: [],
		pictures: [],
		components: [],
		prose: [],
		named: [],
	};
	walk(nodes, (node, parents) => {
		if (node.type === 'text') return undefined;
		const line = (node.position?.line ?? 1) + bodyLine;
		const holder = [...parents, node].find((parent) => parent.type === 'component');
		const component = holder?.type === 'component' ? holder.name : undefined;
		const speak = (text: string, isSentence: boolean): void => {
			const words = text.replace(/\s+/g, ' ').trim();
			if (words !== '') facts.prose.push({ text: words, line, component, isSentence });
		};
		if (node.type === 'component') {
			collectComponent(node, facts, file, line);
			for (const [prop, value] of Object.entries(node.props)) {
				if (spokenProps.has(prop)) speak(value, false);
			}
			return undefined;
		}
		collectElement(node, facts, line, speak);
		return undefined;
	});
	facts.words = facts.prose.reduce((sum, { text }) => sum + countWords(text), 0);
	return facts;
}

function collectElement(
	node: BodyElement,
	facts: BodyFacts,
	line: number,
	speak: (text: string, isSentence: boolean) => void,
): void {
	const text = textOf(node.children);
	if (/^h[1-6]$/.test(node.tagName)) {
		const depth = Number(node.tagName.slice(1));
		facts.headings.push({ depth, text, id: String(node.properties['id'] ?? '') });
		speak(text, false);
	}
	if (node.tagName === 'p') speak(text, true);
	// A loose item's paragraphs speak for themselves; of a nested list only its own first line is new.
	if (node.tagName === 'li') speak(textOf(node.children.filter(isWords)), true);
	if (/^t[dh]$/.test(node.tagName)) speak(text, false);
	const href = node.tagName === 'a' ? String(node.properties['href'] ?? '') : '';
	if (isReferenceHref(href) && !facts.links.includes(href)) {
		facts.links.push(href);
		facts.named.push({ ref: href, line, column: node.position?.column ?? 1 });
	}
}

function isWords(node: BodyNode): boolean {
	return node.type !== 'element' || !/^(?:p|ul|ol|table)$/.test(node.tagName);
}

function collectComponent(node: BodyComponent, facts: BodyFacts, file: string, line: number): void {
	facts.components.push(node.name);
	const named =
		node.name === 'Term'
			? [node.props['id']]
			: node.name === 'Pair'
				? [node.props['left'], node.props['right']]
				: [];
	for (const slug of named) {
		if (!slug || facts.terms.includes(slug)) continue;
		facts.terms.push(slug);
		facts.named.push({ ref: `term/${slug}`, line, column: node.position?.column ?? 1 });
	}
	const src = node.name === 'Figure' ? node.props['src'] : undefined;
	if (src?.startsWith('./')) facts.pictures.push(posix.join(dirname(file), src));
}

export interface Reading {
	/** Path below the content folder. */
	file: string;
	kind: Kind;
	digest: string;
	/** Undefined where the fields do not hold. */
	entry: Entry | undefined;
	/** False for a draft: its errors are shown as warnings. */
	isReady: boolean;
	problems: Problem[];
}
