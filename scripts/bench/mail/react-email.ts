import { declarations } from './article.ts';
import type { Content, Part } from './article.ts';
import { loadRival } from './rivals.ts';

/** A letter as a component of react-email, written as its own guide would have it. */
export async function openReactEmail(folder: string): Promise<ReactEmail> {
	const { createElement: h } = await loadRival<React>(folder, 'react');
	const mail = await loadRival<Library>(folder, 'react-email');
	const { Html, Head, Preview, Body, Container, Section, Row, Column } = mail;
	const { Heading, Text, Link, Hr, Img, render, toPlainText } = mail;

	function element(part: Part | string, key: number): unknown {
		if (typeof part === 'string') return part;
		const { tag, attributes } = part;
		const style = styleOf(attributes['style'] ?? '');
		const children = part.children.map(element);
		const props = { key, style };
		if (/^h[1-6]$/.test(tag)) return h(Heading, { ...props, as: tag }, ...children);
		switch (tag) {
			case 'div':
				return isPair(part)
					? h(Section, props, h(Row, {}, ...part.children.map(column)))
					: h(Section, props, ...children);
			case 'p':
				return h(Text, props, ...children);
			case 'a':
				return h(Link, { ...props, href: attributes['href'] }, ...children);
			case 'hr':
				return h(Hr, props);
			case 'img': {
				const { src, alt, width, height } = attributes;
				return h(Img, { ...props, src, alt, width, height });
			}
			case 'br':
				return h('br', { key });
			default:
				return h(tag, props, ...children);
		}
	}
	function column(part: Part | string, key: number): unknown {
		return h(Column, { key, style: { verticalAlign: 'top' } }, element(part, key));
	}
	function letter({ subject, preheader, locale, article }: Content): unknown {
		return h(
			Html,
			{ lang: locale, dir: 'ltr' },
			h(Head, {}, h('title', {}, subject)),
			h(
				Body,
				{ style: { margin: 0, backgroundColor: '#f6f3ee' } },
				h(Preview, {}, preheader),
				h(Container, { style: { maxWidth: '600px' } }, ...article.children.map(element)),
			),
		);
	}
	return {
		html: (content) => render(letter(content)),
		text: (html) => toPlainText(html),
	};
}

/** Two cells side by side. */
export function isPair({ children }: Part): boolean {
	return (
		children.length === 2 &&
		children.every((child) => typeof child !== 'string' && child.attributes['class'] === 'half')
	);
}

function styleOf(style: string): Record<string, string> {
	return Object.fromEntries(
		declarations(style).map(([property, value]) => [
			property.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase()),
			value,
		]),
	);
}

export interface ReactEmail {
	html(content: Content): Promise<string>;
	/** The text part it makes of its own HTML. */
	text(html: string): string;
}

interface React {
	createElement(type: unknown, props: object, ...children: unknown[]): unknown;
}

type Library = Record<
	| 'Html'
	| 'Head'
	| 'Preview'
	| 'Body'
	| 'Container'
	| 'Section'
	| 'Row'
	| 'Column'
	| 'Heading'
	| 'Text'
	| 'Link'
	| 'Hr'
	| 'Img',
	unknown
> & { render(element: unknown): Promise<string>; toPlainText(html: string): string };
