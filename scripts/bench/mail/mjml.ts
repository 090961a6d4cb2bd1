import { declarations } from './article.ts';
import type { Content, Part } from './article.ts';
import { isPair } from './react-email.ts';
import { loadRival } from './rivals.ts';

/** A letter in MJML: sections for what has a background of its own, texts inside them. */
export async function openMjml(folder: string): Promise<(content: Content) => Promise<string>> {
	const { default: mjml2html } = await loadRival<Library>(folder, 'mjml');
	return async (content) => {
		const { html, errors } = await mjml2html(template(content), { validationLevel: 'soft' });
		if (errors.length > 0) throw new Error(`MJML refused: ${errors[0]?.formattedMessage}`);
		return html;
	};
}

function template({ subject, preheader, locale, article }: Content): string {
	return `<mjml lang="${locale}" dir="ltr"><mj-head><mj-title>${escape(subject)}</mj-title><mj-preview>${escape(preheader)}</mj-preview></mj-head><mj-body background-color="#f6f3ee" width="600px">${sections(article)}</mj-body></mjml>`;
}

/** MJML nests no sections: boxes within boxes become sections of their own, one after the other. */
function sections(box: Part): string {
	const background = colourOf(box);
	let texts = '';
	let result = '';
	const close = (): void => {
		if (texts !== '') result += section(background, `<mj-column>${texts}</mj-column>`);
		texts = '';
	};
	for (const child of box.children) {
		if (typeof child === 'string') continue;
		if (child.tag !== 'div') {
			texts += block(child);
			continue;
		}
		close();
		result += isPair(child)
			? section(background, child.children.map((half) => column(half)).join(''))
			: sections(child);
	}
	close();
	return result;
}

function section(background: string | undefined, columns: string): string {
	return `<mj-section padding="0 32px"${background ? ` background-color="${background}"` : ''}>${columns}</mj-section>`;
}

function column(half: Part | string): string {
	return typeof half === 'string' ? '' : `<mj-column>${blocksIn(half)}</mj-column>`;
}

function blocksIn(box: Part): string {
	return box.children
		.map((child) =>
			typeof child === 'string' ? '' : child.tag === 'div' ? blocksIn(child) : block(child),
		)
		.join('');
}

function block(part: Part): string {
	const { tag, attributes, children } = part;
	if (tag === 'hr') return '<mj-divider border-width="1px" border-color="#dfdad1" />';
	if (tag === 'table') return `<mj-table>${children.map(raw).join('')}</mj-table>`;
	const [only] = children;
	if (children.length === 1 && typeof only === 'object' && only.tag === 'img') {
		const { src = '', alt = '', width = '' } = only.attributes;
		return `<mj-image src="${escape(src)}" alt="${escape(alt)}" width="${width}px" />`;
	}
	const style = declarations(attributes['style'] ?? '').filter(([name]) => known.has(name));
	const looks = style.map(([name, value]) => ` ${name}="${escape(value)}"`).join('');
	return `<mj-text padding="0 0 12px"${looks}>${raw(part)}</mj-text>`;
}

/** HTML, as MJML takes it inside a text. */
function raw(part: Part | string): string {
	if (typeof part === 'string') return escape(part);
	const { tag, attributes, children } = part;
	const written = Object.entries(attributes)
		.filter(([name]) => name !== 'class')
		.map(([name, value]) => ` ${name}="${escape(value)}"`)
		.join('');
	return tag === 'br' || tag === 'img'
		? `<${tag}${written} />`
		: `<${tag}${written}>${children.map(raw).join('')}</${tag}>`;
}

function colourOf({ attributes }: Part): string | undefined {
	return declarations(attributes['style'] ?? '').find(([name]) => name === 'background-color')?.[1];
}

function escape(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

const known = new Set([
	'color',
	'font-size',
	'line-height',
	'font-family',
	'font-weight',
	'font-style',
]);

interface Library {
	default(
		mjml: string,
		options: object,
	): Promise<{ html: string; errors: { formattedMessage: string }[] }>;
}
