/** Links: seen, understood, and large enough for a thumb. */
import { inheritedPx, inlineValue } from './computed.ts';
import { closest, elements, isHidden, readableText } from './element.ts';
import type { MailElement } from './element.ts';
import { isGeneric } from './link-words.ts';
import type { Mail } from './mail.ts';
import { excerpt, found } from './rule.ts';
import type { Finding, Rule } from './rule.ts';

export const linkRules: readonly Rule[] = [
	{
		id: 'mail/12-links',
		number: 12,
		severity: 'B',
		title: 'Links are underlined and say where they go; one text leads to one place.',
		fix: 'Underline it, and name the page it leads to.',
		check: checkLinks,
	},
	{
		id: 'mail/15-targets',
		number: 15,
		severity: 'W',
		title: 'What is to be tapped is 24 px high or has room around it.',
		fix: 'Give its line more height or its block more margin.',
		check: checkTargets,
	},
];

function checkLinks({ body }: Mail): Finding[] {
	const links = linksOf(body);
	const plain = links.filter(
		(link) => !/\bunderline\b/.test(inlineValue(link, 'text-decoration') ?? ''),
	);
	const places = new Map<string, Set<string>>();
	for (const link of links) {
		const text = readableText(link).toLowerCase();
		places.set(text, (places.get(text) ?? new Set()).add(link.attributes.get('href') ?? ''));
	}
	return [
		...plain.flatMap((link) =>
			found(true, `The link "${excerpt(readableText(link))}" is not underlined.`),
		),
		...links.flatMap((link) => {
			const text = readableText(link);
			return [
				...found(text === '', `The link to ${link.attributes.get('href') ?? ''} has no text.`),
				...found(isGeneric(text), `The link text "${text}" does not say where it goes.`),
			];
		}),
		...[...places].flatMap(([text, hrefs]) =>
			found(
				hrefs.size > 1 && text !== '',
				`"${excerpt(text)}" leads to ${hrefs.size} places: ${[...hrefs].join(' ')}.`,
				'Give each link words of its own.',
			),
		),
	];
}

/** A link within a sentence needs no room: its lines are its target. */
function checkTargets({ body }: Mail): Finding[] {
	const small = linksOf(body).filter((link) => {
		const block = closest(link, ({ tag }) => blocks.has(tag));
		if (!block || readableText(block) !== readableText(link)) return false;
		const height = inheritedPx(link, 'line-height') ?? 0;
		return height + room(block) < 24;
	});
	return small.flatMap((link) =>
		found(true, `The link "${excerpt(readableText(link))}" is low to tap.`),
	);
}

function linksOf(body: MailElement): MailElement[] {
	return elements(body, 'a').filter(
		(link) => link.attributes.has('href') && !closest(link, isHidden),
	);
}

/** Margin and padding above and below, in px. */
function room(block: MailElement): number {
	return ['margin', 'padding']
		.map((name) => inlineValue(block, name)?.split(/\s+/).map(Number.parseFloat) ?? [0])
		.reduce((sum, [top = 0, , bottom = top]) => sum + top + bottom, 0);
}

const blocks: ReadonlySet<string> = new Set([
	'p',
	'li',
	'td',
	'th',
	'div',
	'h1',
	'h2',
	'h3',
	'h4',
	'h5',
	'h6',
]);
