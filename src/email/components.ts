/** The mail form of each component of the vocabulary. */
import type { BodyComponent } from '#/library/tree.ts';
import type { ComponentName } from '#/library/vocabulary.ts';
import { escapeText } from './escape.ts';
import { link, picture } from './html-context.ts';
import type { HtmlContext } from './html-context.ts';
import { calloutLabel, quoteLabel, storyLabel, viewLabel } from './labels.ts';
import { pairOf } from './surroundings.ts';
import type { TermCard } from './surroundings.ts';
import { look } from './tokens.ts';

/** A component as mail HTML. */
export function componentHtml(node: BodyComponent, context: HtmlContext): string {
	return forms[node.name](node, context);
}

/** One or two terms as cells: side by side where there is room, one above the other on a phone. */
export function termCells(terms: readonly TermCard[], heading: 'h2' | 'p'): string {
	if (terms.length < 2) {
		return terms.map((term) => termCell(term, heading)).join('');
	}
	// A blank between two inline blocks would take room and push the second one down.
	const halves = terms.map(
		(term) =>
			`<div${look('half')}>\n<div${look('halfRoom')}>\n${termCell(term, heading)}\n</div>\n</div>`,
	);
	const table =
		'<table role="presentation" width="536" cellpadding="0" cellspacing="0" border="0">';
	const cell = '<td width="268" valign="top">';
	return [
		`<div${look('halves')}><!--[if mso]>${table}<tr>${cell}<![endif]-->`,
		halves.join(`<!--[if mso]></td>${cell}<![endif]-->`),
		'<!--[if mso]></td></tr></table><![endif]--></div>',
	].join('');
}

const forms: Record<ComponentName, (node: BodyComponent, context: HtmlContext) => string> = {
	Callout: (node, context) =>
		cell(label(calloutLabel(node)), context.blocks(node.children, plain(context))),

	Story: (node, context) =>
		cell(
			label(storyLabel(node)),
			context.blocks(node.children, plain(context)),
			labelled('Result', node.props['result']),
			labelled('Rule', node.props['rule']),
		),

	Quote: (node, context) => {
		const href = node.props['url'] ? context.surroundings.href(node.props['url']) : undefined;
		return [
			`<blockquote${look('quote')}>`,
			context.blocks(node.children, { ...context, paragraph: 'quoteLine' }),
			`<p${look('meta')}>${link(href, escapeText(quoteLabel(node)), 'softLink')}</p>`,
			'</blockquote>',
		].join('\n');
	},

	Term: (node, context) =>
		link(
			context.surroundings.term(node.props['id'] ?? '').href,
			context.inlines(node.children, context),
		),

	Pair: (node, context) => termCells(pairOf(node, context.surroundings), 'p'),

	TwoViews: (node, context) => {
		const views = node.children.filter((child) => child.type === 'component');
		return [
			`<p${look('question')}>${escapeText(node.props['question'] ?? '')}</p>`,
			...views.map((child, index) => view(child, index + 1, plain(context))),
			labelled('What we do', node.props['verdict']),
		].join('\n');
	},

	View: (node, context) => view(node, undefined, plain(context)),

	Announcement: (node, context) => context.blocks(node.children, context),

	Figure: (node, context) => {
		const { src = '', alt = '', caption } = node.props;
		return [
			`<p${look('figure')}>${picture(src, alt, context)}</p>`,
			...(caption ? [`<p${look('meta')}>${escapeText(caption)}</p>`] : []),
		].join('\n');
	},
};

function view(node: BodyComponent, number: number | undefined, context: HtmlContext): string {
	return cell(label(viewLabel(node, number)), context.blocks(node.children, context));
}

function termCell(term: TermCard, heading: 'h2' | 'p'): string {
	const title = link(term.href, escapeText(term.title));
	return [
		`<div${look('termCell')}>`,
		`<${heading}${look('term')}>${title}</${heading}>`,
		...(term.general ? [labelled('Elsewhere', term.general)] : []),
		...(term.short ? [term.general ? labelled('Here', term.short) : sentence(term.short)] : []),
		'</div>',
	].join('\n');
}

function cell(...parts: string[]): string {
	return `<div${look('cell')}>\n${parts.filter((part) => part !== '').join('\n')}\n</div>`;
}

function label(text: string): string {
	return `<p${look('cellLabel')}>${escapeText(text)}</p>`;
}

function labelled(name: string, text: string | undefined): string {
	return text
		? `<p${look('p')}><strong${look('strong')}>${name}:</strong> ${escapeText(text)}</p>`
		: '';
}

function sentence(text: string): string {
	return `<p${look('p')}>${escapeText(text)}</p>`;
}

/** Inside a cell, paragraphs are of the plain size. */
function plain(context: HtmlContext): HtmlContext {
	return { ...context, paragraph: 'p' };
}
