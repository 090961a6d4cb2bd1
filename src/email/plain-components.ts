/** The plain text form of each component of the vocabulary. */
import type { BodyComponent } from '#/library/tree.ts';
import type { ComponentName } from '#/library/vocabulary.ts';
import { componentFacts } from '#/library/vocabulary.ts';
import { plainText } from './escape.ts';
import { calloutLabel, quoteLabel, storyLabel, viewLabel } from './labels.ts';
import { marked } from './notes.ts';
import type { Notes } from './notes.ts';
import type { PlainContext } from './plain-context.ts';
import { pairOf } from './surroundings.ts';
import type { TermCard } from './surroundings.ts';
import { indent, wrap } from './wrap.ts';

/** A block component as lines. */
export function componentBlock(node: BodyComponent, context: PlainContext): string {
	return forms[node.name](node, context);
}

/** An inline component as words. */
export function componentText(node: BodyComponent, context: PlainContext): string {
	if (componentFacts(node.name).level === 'block') {
		throw new Error(`<${node.name}> stands among words; it is a block.`);
	}
	return forms[node.name](node, context);
}

/** One or two terms as paragraphs. */
export function termsText(terms: readonly TermCard[], notes: Notes, width: number): string {
	return terms
		.map((term) => {
			const title = marked(plainText(term.title), term.href, notes);
			return joined(
				'\n',
				wrap(title, width),
				term.general ? labelled('Elsewhere', term.general, width) : '',
				term.short && term.general ? labelled('Here', term.short, width) : '',
				term.short && !term.general ? wrap(plainText(term.short), width) : '',
			);
		})
		.join('\n\n');
}

const forms: Record<ComponentName, (node: BodyComponent, context: PlainContext) => string> = {
	Callout: (node, context) => {
		const [kind = '', ...title] = calloutLabel(node).split(': ');
		const label = [kind.toUpperCase(), ...title].join(': ');
		return joined('\n', line(label, context), inner(node, context));
	},

	Story: (node, context) =>
		joined(
			'\n\n',
			joined('\n', line(storyLabel(node), context), inner(node, context)),
			indent(
				joined(
					'\n',
					labelled('Result', node.props['result'], context.width - 2),
					labelled('Rule', node.props['rule'], context.width - 2),
				),
				'  ',
			),
		),

	Quote: (node, context) => {
		const href = node.props['url'] ? context.surroundings.href(node.props['url']) : undefined;
		const words = context.blocks(node.children, { ...context, width: context.width - 2 });
		const said = marked(plainText(quoteLabel(node)), href, context.notes);
		return joined('\n', `"${words}"`, indent(wrap(said, context.width - 2), '- ', '  '));
	},

	Term: (node, context) => {
		const { href } = context.surroundings.term(node.props['id'] ?? '');
		return marked(context.inlines(node.children, context), href, context.notes);
	},

	Pair: (node, context) =>
		termsText(pairOf(node, context.surroundings), context.notes, context.width),

	TwoViews: (node, context) => {
		const views = node.children.filter((child) => child.type === 'component');
		return joined(
			'\n\n',
			line(node.props['question'] ?? '', context),
			...views.map((child, index) => view(child, index + 1, context)),
			labelled('What we do', node.props['verdict'], context.width),
		);
	},

	View: (node, context) => view(node, undefined, context),

	Announcement: (node, context) => context.blocks(node.children, context),

	Figure: (node, context) =>
		joined(
			'\n',
			line(`[Picture: ${node.props['alt'] ?? ''}]`, context),
			line(node.props['caption'] ?? '', context),
		),
};

function view(node: BodyComponent, number: number | undefined, context: PlainContext): string {
	return joined('\n', line(viewLabel(node, number), context), inner(node, context));
}

/** What a component holds, set in by two columns. */
function inner(node: BodyComponent, context: PlainContext): string {
	const text = context.blocks(node.children, { ...context, width: context.width - 2 });
	return text === '' ? '' : indent(text, '  ');
}

function line(text: string, context: PlainContext): string {
	return wrap(plainText(text), context.width);
}

function labelled(name: string, text: string | undefined, width: number): string {
	return text ? wrap(`${name}: ${plainText(text)}`, width) : '';
}

function joined(between: string, ...parts: string[]): string {
	return parts.filter((part) => part !== '').join(between);
}
