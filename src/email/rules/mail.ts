/** What the rules look at: a compiled message, read once. */
import type { Message } from '#/delivery/message.ts';
import { elements, isElement, isHidden, parseHtml, textOf } from './element.ts';
import type { MailElement } from './element.ts';
import type { MailFacts } from './facts.ts';
import { readSource } from './source.ts';
import type { MailSource } from './source.ts';
import { parseSheet } from './stylesheet.ts';
import type { Sheet } from './stylesheet.ts';

/** Reads a message for the rules. */
export function openMail(message: Message, facts: MailFacts): Mail {
	const page = parseHtml(message.html);
	const body = elements(page, 'body')[0] ?? page;
	const css = elements(page, 'style').map(textOf).join('\n');
	return {
		message,
		facts,
		page,
		body,
		article: elements(body).find(({ attributes }) => attributes.get('role') === 'article'),
		preheader: elements(body, 'div', 'span').find(isHidden),
		outlook: parseHtml(outlookHtml(message.html)),
		css,
		sheet: parseSheet(css),
		source: facts.source === undefined ? undefined : readSource(facts.source),
	};
}

/** The document without its comments: what all programs but classic Outlook read. */
export function withoutComments(html: string): string {
	return html.replace(/<!--[\s\S]*?-->/g, '');
}

/** The elements that stand directly in another. */
export function childElements(element: MailElement): MailElement[] {
	return element.children.filter(isElement);
}

/** The document as classic Outlook reads it: what stands in its conditional comments counts. */
export function outlookHtml(html: string): string {
	return html.replace(/<!--\[if (?!!)[^\]]*mso[^\]]*\]>([\s\S]*?)<!\[endif\]-->/gi, '$1');
}

export interface Mail {
	message: Message;
	facts: MailFacts;
	page: MailElement;
	body: MailElement;
	/** The element that holds all that is read. */
	article: MailElement | undefined;
	/** The hidden line that an inbox shows. */
	preheader: MailElement | undefined;
	outlook: MailElement;
	/** The text of all style sheets. */
	css: string;
	sheet: Sheet;
	/** The message as it crossed the wire, where there is one. */
	source: MailSource | undefined;
}
