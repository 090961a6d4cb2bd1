/** The elements words stand in: what a screen reader says, and what is left without styles. */
import { inlineValue } from './computed.ts';
import { closest, elements, isElement, readableText, visibleTexts } from './element.ts';
import type { MailElement } from './element.ts';
import { childElements } from './mail.ts';
import type { Mail } from './mail.ts';
import { excerpt, found } from './rule.ts';
import type { Finding, Rule } from './rule.ts';

export const structureRules: readonly Rule[] = [
	{
		id: 'mail/16-headings',
		number: 16,
		severity: 'B',
		title: 'One h1, then h2 and h3 without a jump.',
		fix: 'Give the heading the level below the one it stands under.',
		check: checkHeadings,
	},
	{
		id: 'mail/17-elements',
		number: 17,
		severity: 'B',
		title: 'Real paragraphs, lists and quotes; none of the elements that old mail programs drop.',
		fix: 'Use p, ul, ol, blockquote and pre, and div for the rest.',
		check: checkElements,
	},
	{
		id: 'mail/20-tasks',
		number: 20,
		severity: 'B',
		title: 'Tasks are marked by text, in a list that says that it is one.',
		fix: 'Write ☐ or ☑, and give the list role="list".',
		check: checkTasks,
	},
	{
		id: 'mail/21-anchors',
		number: 21,
		severity: 'B',
		title: 'No ids; every link has a whole address.',
		fix: 'Link to the place on the web page: mail programs rename ids and open no anchors.',
		check: checkAnchors,
	},
];

function checkHeadings({ body }: Mail): Finding[] {
	const headings = elements(body, ...headingTags);
	const levels = headings.map(({ tag }) => Number(tag.slice(1)));
	const tops = levels.filter((level) => level === 1).length;
	return [
		...found(tops !== 1, `The mail has ${tops} h1, not one.`),
		...headings.flatMap((heading, index) => {
			const level = levels[index] ?? 0;
			const before = levels[index - 1] ?? 0;
			const text = readableText(heading);
			return [
				...found(
					tops === 1 && level > before + 1,
					`"${excerpt(text)}" is h${level} after ${before === 0 ? 'nothing' : `h${before}`}.`,
				),
				...found(text === '', `An ${heading.tag} is empty.`),
			];
		}),
	];
}

function checkElements({ body, article }: Mail): Finding[] {
	const dropped = elements(body, ...droppedTags);
	const loose = visibleTexts(article ?? body).filter(
		({ parent }) => !closest(parent, ({ tag }) => holders.has(tag)),
	);
	const broken = elements(body, 'p', 'div', 'td').filter(
		(block) => linesOf(block).filter((line) => bullet.test(line)).length > 1,
	);
	const spaced = elements(body, 'br').filter((line) => followsBreak(line));
	const strays = elements(body, 'ul', 'ol').filter((list) =>
		childElements(list).some(({ tag }) => tag !== 'li'),
	);
	return [
		...dropped.flatMap(({ tag }) => found(true, `The mail holds a ${tag} element.`)),
		...found(loose.length > 0, `"${excerpt(loose[0]?.text ?? '')}" stands in no paragraph.`),
		...broken.flatMap((block) =>
			found(true, `"${excerpt(readableText(block))}" is a list made of line breaks.`),
		),
		...spaced.flatMap(() => found(true, 'Two line breaks stand for a paragraph.')),
		...strays.flatMap(({ tag }) => found(true, `A ${tag} holds something besides items.`)),
	];
}

function checkTasks({ body }: Mail): Finding[] {
	const bare = elements(body, 'ul', 'ol').filter(
		(list) =>
			/none/.test(inlineValue(list, 'list-style') ?? inlineValue(list, 'list-style-type') ?? '') &&
			list.attributes.get('role') !== 'list',
	);
	const items = elements(body, 'li');
	const unlisted = items.filter(
		(item) => /^[☐☑]/u.test(readableText(item)) && item.parent?.attributes.get('role') !== 'list',
	);
	const typed = items.filter((item) => /^\[[ xX]\]\s/.test(readableText(item)));
	return [
		...bare.flatMap(() => found(true, 'A list without marks does not say that it is a list.')),
		...unlisted
			.filter(({ parent }) => parent === undefined || !bare.includes(parent))
			.flatMap((item) =>
				found(true, `The task "${excerpt(readableText(item))}" stands in a list with marks.`),
			),
		...typed.flatMap((item) =>
			found(true, `"${excerpt(readableText(item))}" has brackets for a box.`),
		),
	];
}

function checkAnchors({ body }: Mail): Finding[] {
	const named = elements(body).filter(
		({ tag, attributes }) => attributes.has('id') || (tag === 'a' && attributes.has('name')),
	);
	const relative = elements(body, 'a', 'area')
		.map(({ attributes }) => attributes.get('href'))
		.filter((href) => href !== undefined && !/^(?:https?:\/\/[^/]|mailto:|\{\{\{)/i.test(href));
	return [
		...named.flatMap(({ tag, attributes }) =>
			found(true, `A ${tag} has the id "${attributes.get('id') ?? attributes.get('name')}".`),
		),
		...relative.flatMap((href) => found(true, `A link leads to "${href}".`)),
	];
}

/** What stands between the line breaks of a block. */
function linesOf(block: MailElement): string[] {
	const lines = [''];
	for (const child of block.children) {
		if (isElement(child) && child.tag === 'br') lines.push('');
		else lines.push((lines.pop() ?? '') + (isElement(child) ? readableText(child) : child.text));
	}
	return lines.map((line) => line.trim());
}

function followsBreak(line: MailElement): boolean {
	const siblings = line.parent?.children ?? [];
	const before = siblings
		.slice(0, siblings.indexOf(line))
		.findLast((node) => isElement(node) || node.text.trim() !== '');
	return before !== undefined && isElement(before) && before.tag === 'br';
}

const headingTags = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'];
const droppedTags =
	'article aside center details dialog figcaption figure font footer header hgroup main mark marquee menu nav section summary time'.split(
		' ',
	);
const holders: ReadonlySet<string> = new Set(['p', 'li', 'pre', 'td', 'th', ...headingTags]);
const bullet = /^(?:[-–*•·‣▪+]|\d{1,2}[.)])\s/u;
