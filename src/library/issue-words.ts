import { readBody } from './body.ts';
import { findOf } from './entries.ts';
import type { Library } from './entries.ts';
import type { EntryOf } from './entry.ts';
import type { BodyNode } from './tree.ts';
import { componentFacts, spokenProps } from './vocabulary.ts';
import { countWords } from './words.ts';

/**
 * The words of a whole issue, part by part, counted from its title to its last question. Footer,
 * sources and labels are not counted. What the library does not hold counts as nothing.
 */
export function issueWords(
	library: Pick<Library, 'contentDir' | 'byRef'>,
	issue: EntryOf<'issue'>,
): IssueWords {
	// `findOf` asks nothing of a library but its index.
	const index = library as Library;
	const { data } = issue;
	const tip = findOf(index, 'tip', data.tip);
	const { hook, announcement } = issueBody(readBody(library.contentDir, issue));
	const terms = data.terms.flatMap((ref) => findOf(index, 'term', ref)?.data ?? []);
	const also = data.also.flatMap((ref) => {
		const entry = findOf(index, 'checklist', ref) ?? findOf(index, 'questions', ref);
		return entry ? [entry.data.title, entry.data.summary] : [];
	});
	const parts = [
		{ part: 'title', words: countWords(data.title) },
		{ part: 'hook', words: bodyWords(hook) },
		{ part: 'action', words: countWords(tip?.data.action ?? '') },
		{
			part: 'terms',
			words: count(terms.flatMap((term) => [term.title, term.general ?? '', term.short])),
		},
		{ part: 'tip title', words: countWords(tip?.data.title ?? '') },
		{ part: 'tip pull', words: countWords(tip?.data.pull ?? '') },
		{ part: 'tip body', words: tip ? bodyWords(readBody(library.contentDir, tip)) : 0 },
		{ part: 'tip question', words: countWords(tip?.data.question ?? '') },
		{
			part: 'announcement',
			words: announcement
				? countWords(data.announcement?.title ?? '') + bodyWords(announcement)
				: 0,
		},
		{ part: 'do this with', words: count(also) },
		{ part: 'questions', words: count(data.questions.map((question) => question.text)) },
	];
	return { parts, total: parts.reduce((sum, { words }) => sum + words, 0) };
}

/** The two parts of an issue's body: the hook, and the announcement if there is one. */
export function issueBody(nodes: readonly BodyNode[]): {
	hook: BodyNode[];
	announcement: BodyNode[] | undefined;
} {
	const hook = nodes.filter((node) => !isAnnouncement(node));
	const announcement = nodes.filter(isAnnouncement);
	return {
		hook,
		announcement:
			announcement.length > 0
				? announcement.flatMap((node) => (node.type === 'text' ? [] : node.children))
				: undefined,
	};
}

/** The words of a body's tree, with those properties of components that a reader reads. */
export function bodyWords(nodes: readonly BodyNode[]): number {
	return countWords(spaced(nodes));
}

/** The text with a blank around every block, so that the words of two paragraphs never join. */
function spaced(nodes: readonly BodyNode[]): string {
	return nodes
		.map((node) => {
			if (node.type === 'text') return node.value;
			const inner = spaced(node.children);
			if (node.type === 'element') return inline.has(node.tagName) ? inner : ` ${inner} `;
			if (componentFacts(node.name).level === 'inline') return inner;
			const read = Object.entries(node.props).flatMap(([prop, text]) =>
				spokenProps.has(prop) ? [text] : [],
			);
			return ` ${read.join(' ')} ${inner} `;
		})
		.join('');
}

function isAnnouncement(node: BodyNode): boolean {
	return node.type === 'component' && node.name === 'Announcement';
}

function count(texts: readonly string[]): number {
	return texts.reduce((sum, text) => sum + countWords(text), 0);
}

const inline = new Set(['a', 'em', 'strong', 'code', 'del', 'sup']);

export interface IssueWords {
	parts: { part: string; words: number }[];
	total: number;
}
