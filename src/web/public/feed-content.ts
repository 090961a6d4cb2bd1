/**
 * An issue as a feed carries it: its parts in their order, plain HTML with absolute addresses. Feed
 * readers drop styles and know no tooltips, so a glossary word is a simple link here.
 */
import type { ElementContent } from 'hast';
import { toHtml } from 'hast-util-to-html';
import { readBody } from '#/library/body.ts';
import { findOf, reference } from '#/library/entries.ts';
import type { Library } from '#/library/entries.ts';
import type { Entry, EntryOf } from '#/library/entry.ts';
import { issueBody } from '#/library/issue-words.ts';
import type { BodyNode } from '#/library/tree.ts';
import { viewOf } from '#/library/view.ts';
import { renderBody } from '#/web/body.ts';
import { element } from '#/web/body/element.ts';
import type { Surroundings } from '#/web/body/surroundings.ts';
import { issueSources } from '#/web/issue-view.ts';
import { picturesOf } from '#/web/picture.ts';
import { issueCard } from './issues.ts';

/** The whole of an issue as HTML. Every address in it is absolute. */
export async function feedContent(library: Library, issue: EntryOf<'issue'>): Promise<string> {
	const { data } = issue;
	const { headings, sites } = library.settings;
	const tip = findOf(library, 'tip', data.tip);
	const { hook, announcement } = issueBody(readBody(library.contentDir, issue));
	const here = await absolute(library, issue);
	const isAsked = data.questions.some(({ text }) => text === tip?.data.question);
	const page = sites.public + issueCard(library, issue).path;
	return [
		body(hook, here),
		tip &&
			own(
				element('h2', {}, headings.action),
				element('p', {}, element('strong', {}, tip.data.action)),
			),
		termsHtml(library, issue),
		tip && own(element('h2', {}, headings.tip), element('h3', {}, tip.data.title)),
		tip?.data.pull && own(element('p', {}, element('em', {}, tip.data.pull))),
		tip && body(readBody(library.contentDir, tip), await absolute(library, tip)),
		tip && !isAsked && own(element('p', {}, element('strong', {}, tip.data.question))),
		announcement &&
			own(
				element('h2', {}, headings.announcement),
				...(data.announcement ? [element('h3', {}, data.announcement.title)] : []),
			) + body(announcement, here),
		data.also.length > 0 &&
			own(
				element('h2', {}, headings.also),
				element(
					'ul',
					{},
					data.also.flatMap((ref) => also(library, ref)),
				),
			),
		own(
			element('h2', {}, headings.questions),
			element(
				'ul',
				{},
				data.questions.map(({ text }) => element('li', {}, text)),
			),
		),
		sourcesHtml(issueSources(library, issue)),
		own(element('p', {}, element('a', { href: page }, 'Read this issue on the web'))),
	]
		.filter((part) => typeof part === 'string')
		.join('\n');
}

function termsHtml(library: Library, issue: EntryOf<'issue'>): string | undefined {
	const terms = issue.data.terms.flatMap((ref) => findOf(library, 'term', ref) ?? []);
	if (terms.length === 0) return undefined;
	return own(
		element(
			'dl',
			{},
			terms.flatMap(({ ref, data }) => [
				element('dt', {}, linked(library, ref, data.title)),
				...[data.general, data.short].flatMap((text) => (text ? [element('dd', {}, text)] : [])),
			]),
		),
	);
}

function sourcesHtml(sources: ReturnType<typeof issueSources>): string | undefined {
	if (sources.length === 0) return undefined;
	const items = sources.map(({ title, by, year, url }) =>
		element(
			'li',
			{},
			year === undefined ? `${by}: ` : `${by} (${year}): `,
			url === undefined ? title : [element('a', { href: url }, title)],
		),
	);
	return own(element('h2', {}, 'Sources'), element('ul', {}, items));
}

function also(library: Library, ref: string): ElementContent[] {
	const shown = reference(library, ref);
	return shown ? [element('li', {}, linked(library, ref, shown.title), `: ${shown.summary}`)] : [];
}

function linked(library: Library, ref: string, text: string): ElementContent[] {
	const path = reference(library, ref)?.path;
	return path
		? [element('a', { href: library.settings.sites.public + path }, text)]
		: [{ type: 'text', value: text }];
}

async function absolute(library: Library, entry: Entry): Promise<Surroundings> {
	const { references } = viewOf(library, entry);
	const site = library.settings.sites.public;
	const pictures = await picturesOf(library, entry);
	return {
		references: Object.fromEntries(
			Object.entries(references).map(([ref, named]) => [
				ref,
				{ ...named, path: named.path === undefined ? undefined : site + named.path },
			]),
		),
		pictures: Object.fromEntries(
			Object.entries(pictures).map(([src, picture]) => [
				src,
				{ ...picture, src: site + picture.src, narrow: undefined },
			]),
		),
		prefix: '',
		level: 4,
	};
}

function body(nodes: readonly BodyNode[], around: Surroundings): string {
	return renderBody(nodes.map(withPlainTerms), around);
}

/** Glossary words as links: `Term` would bring its tooltip's text along. */
function withPlainTerms(node: BodyNode): BodyNode {
	if (node.type === 'text') return node;
	const children = node.children.map(withPlainTerms);
	if (node.type === 'component' && node.name === 'Term') {
		const href = `term/${node.props['id'] ?? ''}`;
		return {
			type: 'element',
			tagName: 'a',
			properties: { href },
			children,
			position: node.position,
		};
	}
	return { ...node, children };
}

function own(...parts: ElementContent[]): string {
	return toHtml(parts);
}
