import { isElement, isHidden, parseHtml, readableText } from '#/email/rules/element.ts';
import type { MailElement } from '#/email/rules/element.ts';

/** Headings, links and pictures of a mail in the order in which a screen reader comes to them. */
export function outlineOf(html: string): OutlineItem[] {
	return itemsOf(parseHtml(html));
}

function itemsOf(element: MailElement): OutlineItem[] {
	return element.children.flatMap((child) => {
		if (!isElement(child) || isHidden(child)) return [];
		const own = itemOf(child);
		return own ? [own, ...itemsOf(child)] : itemsOf(child);
	});
}

function itemOf(element: MailElement): OutlineItem | undefined {
	const { tag, attributes } = element;
	const level = /^h([1-6])$/.exec(tag)?.[1];
	if (level) return { kind: 'heading', level: Number(level), words: readableText(element) };
	if (tag === 'a' && attributes.has('href')) {
		return { kind: 'link', words: readableText(element), href: attributes.get('href') ?? '' };
	}
	if (tag === 'img') return { kind: 'picture', words: attributes.get('alt') ?? '' };
	return undefined;
}

export type OutlineItem =
	| { kind: 'heading'; level: number; words: string }
	| { kind: 'link'; words: string; href: string }
	| { kind: 'picture'; words: string };
