/** What every form of mail HTML shares: how it looks up, links, and renders what it holds. */
import type { BodyNode } from '#/library/tree.ts';
import { escapeAttribute } from './escape.ts';
import type { Surroundings } from './surroundings.ts';
import { look } from './tokens.ts';
import type { StyleName } from './tokens.ts';

/** A link, or its text alone where it leads nowhere a mail may lead. */
export function link(href: string | undefined, html: string, style: StyleName = 'a'): string {
	if (href === undefined || html.trim() === '') return html;
	return `<a href="${escapeAttribute(href)}"${look(style)}>${html}</a>`;
}

/** A picture as wide as the letter, with the size it is shown at for clients that ignore styles. */
export function picture(src: string, alt: string, context: HtmlContext): string {
	const { url, width, height } = context.surroundings.picture(src);
	const shown = Math.min(width, contentWidth);
	const shownHeight = Math.max(1, Math.round((height * shown) / Math.max(1, width)));
	return (
		`<img src="${escapeAttribute(url)}" alt="${escapeAttribute(alt)}"` +
		` width="${shown}" height="${shownHeight}"${look('img')}>`
	);
}

/** Inner width of the letter on a wide screen, in px. */
const contentWidth = 536;

export type HeadingLevel = 2 | 3 | 4 | 5 | 6;

export interface HtmlContext {
	surroundings: Surroundings;
	/** The level a heading gets for the level its editor wrote. */
	levelOf(written: number): HeadingLevel;
	/** Style of paragraphs. */
	paragraph: StyleName;
	/** Renders blocks, one a line. */
	blocks(nodes: readonly BodyNode[], context: HtmlContext): string;
	/** Renders words and inline elements. */
	inlines(nodes: readonly BodyNode[], context: HtmlContext): string;
}
