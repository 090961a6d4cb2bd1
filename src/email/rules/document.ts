/** The document itself: what a mail program needs before it reads a word. */
import {
	elements,
	isElement,
	isHidden,
	readableText,
	textOf,
	visibleTexts,
	closest,
} from './element.ts';
import { childElements, withoutComments } from './mail.ts';
import type { Mail } from './mail.ts';
import { excerpt, found } from './rule.ts';
import type { Finding, Rule } from './rule.ts';

export const documentRules: readonly Rule[] = [
	{
		id: 'mail/01-document',
		number: 1,
		severity: 'B',
		title:
			'An HTML5 document with one language, one title equal to the subject, charset and viewport.',
		fix: 'Mend the document in src/email/shell.ts.',
		check: checkDocument,
	},
	{
		id: 'mail/02-wrapper',
		number: 2,
		severity: 'B',
		title: 'One visible wrapper in body, with lang and dir; the preheader is inside it.',
		fix: 'Put all of the letter, the preheader too, into one div with lang and dir.',
		check: checkWrapper,
	},
	{
		id: 'mail/03-article',
		number: 3,
		severity: 'B',
		title: 'The letter is an article named by the subject.',
		fix: 'Give the div that holds the letter role="article" and the subject as aria-label.',
		check: checkArticle,
	},
];

function checkDocument({ message, page, facts }: Mail): Finding[] {
	const source = withoutComments(message.html);
	const roots = [...source.matchAll(/<html\b[^>]*>/gi)];
	const root = elements(page, 'html')[0];
	const titles = elements(page, 'title');
	const title = titles.map(textOf).join(' / ');
	const charset = /<meta\s+charset="?utf-8"?\s*\/?>/i.exec(message.html);
	const viewport = elements(page, 'meta').find(
		({ attributes }) => attributes.get('name')?.toLowerCase() === 'viewport',
	);
	const zoom = viewport?.attributes.get('content') ?? '';
	const language = root?.attributes.get('lang');
	return [
		...found(
			!/^<!doctype html>/i.test(message.html),
			'The HTML does not begin with <!doctype html>.',
		),
		...found(roots.length !== 1, `The HTML holds ${roots.length} html tags, not one.`),
		...found(
			language !== facts.locale,
			`The html tag says lang="${language ?? ''}", the settings say ${facts.locale}.`,
		),
		...found(!isDirection(root?.attributes.get('dir')), 'The html tag has no dir.'),
		...found(titles.length !== 1, `The HTML has ${titles.length} titles, not one.`),
		...found(
			titles.length === 1 && title !== message.subject,
			`The title is "${excerpt(title)}", the subject "${excerpt(message.subject)}".`,
		),
		...found(
			!charset || Buffer.byteLength(message.html.slice(0, charset.index)) > 1024,
			'There is no <meta charset="utf-8"> in the first 1024 bytes.',
		),
		...found(!viewport, 'There is no viewport.'),
		...found(
			/user-scalable\s*=\s*(?:no|0)|maximum-scale/i.test(zoom),
			`The viewport "${zoom}" keeps readers from zooming.`,
		),
	];
}

function checkWrapper({ body, facts, preheader }: Mail): Finding[] {
	const visible = childElements(body).filter((child) => !isHidden(child));
	const loose = body.children.filter((child) => !isElement(child) && child.text.trim() !== '');
	const nameless = childElements(body).filter(
		({ attributes }) =>
			attributes.get('lang') !== facts.locale || !isDirection(attributes.get('dir')),
	);
	return [
		...found(visible.length !== 1, `The body holds ${visible.length} visible elements, not one.`),
		...found(
			loose.length > 0,
			`"${excerpt(loose.map(textOf).join(' '))}" stands in the body itself.`,
		),
		...nameless.flatMap(({ tag }) =>
			found(true, `A ${tag} in the body lacks lang="${facts.locale}" or dir.`),
		),
		...found(
			preheader !== undefined && preheader.parent === body,
			'The preheader is outside the wrapper.',
		),
	];
}

function checkArticle({ message, body }: Mail): Finding[] {
	const articles = elements(body).filter(({ attributes }) => attributes.get('role') === 'article');
	const label = articles[0]?.attributes.get('aria-label');
	const outside = visibleTexts(body).filter(
		({ parent }) => !closest(parent, (element) => element === articles[0]),
	);
	return [
		...found(articles.length !== 1, `The mail has ${articles.length} articles, not one.`),
		...found(
			articles.length === 1 && label !== message.subject,
			`The article is named "${excerpt(label ?? '')}", not as the subject.`,
		),
		...found(
			articles.length === 1 && readableText(body) !== '' && outside.length > 0,
			`"${excerpt(outside.map(({ text }) => text).join(' '))}" stands outside the article.`,
		),
	];
}

function isDirection(value: string | undefined): boolean {
	return value === 'ltr' || value === 'rtl' || value === 'auto';
}
