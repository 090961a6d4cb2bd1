/** Whether words can be read: their size, their colour, their room. */
import {
	colourOf,
	darkClasses,
	classValue,
	inherited,
	inheritedPx,
	inlineValue,
	narrowClasses,
} from './computed.ts';
import { contrast } from '#/contrast.ts';
import { closest, elements, isHidden, visibleTexts } from './element.ts';
import type { MailElement } from './element.ts';
import type { Mail } from './mail.ts';
import { excerpt, found } from './rule.ts';
import type { Finding, Rule } from './rule.ts';
import type { Declaration } from './stylesheet.ts';

export const typeRules: readonly Rule[] = [
	{
		id: 'mail/10-size',
		number: 10,
		severity: 'B',
		title: 'Running text of 16 px, nothing under 14, lines 1.4 apart, left aligned.',
		fix: 'Mend its style in src/email/tokens.ts.',
		check: checkType,
	},
	{
		id: 'mail/11-contrast',
		number: 11,
		severity: 'B',
		title: 'Words stand out by 4.5 to 1 in light and dark, borders that carry meaning by 3 to 1.',
		fix: 'Choose colours that stand further apart, in settings.yaml or src/email/colours.ts.',
		check: checkContrast,
	},
	{
		id: 'mail/13-narrow',
		number: 13,
		severity: 'B',
		title: 'One column of at most 600 px that fits a phone of 320 px.',
		fix: 'Let it shrink: no fixed width, no line that cannot break.',
		check: checkNarrow,
	},
];

function checkType({ body, article }: Mail): Finding[] {
	const texts = visibleTexts(body);
	const sized = texts.map(({ text, parent }) => ({
		text,
		parent,
		// What has no size is a matter of rule 9.
		size: inheritedPx(parent, 'font-size') ?? smallest,
		line: inheritedPx(parent, 'line-height') ?? Infinity,
	}));
	const letters = (some: typeof sized): number =>
		some.reduce((sum, { text }) => sum + text.trim().length, 0);
	const small = sized.find(({ size }) => size < smallest);
	// A raised figure has no line of its own.
	const tight = sized.find(
		({ size, line, parent }) =>
			!closest(parent, ({ tag }) => tag === 'sup') && line < size * (size < headline ? 1.4 : 1.2),
	);
	const turned = elements(article ?? body).find(
		(element) =>
			!['td', 'th'].includes(element.tag) &&
			/center|right|justify/.test(
				`${inlineValue(element, 'text-align') ?? ''} ${element.attributes.get('align') ?? ''}`,
			),
	);
	return [
		...found(
			small !== undefined,
			`"${excerpt(small?.text ?? '')}" is ${small?.size} px, at least ${smallest}.`,
		),
		...found(
			letters(sized.filter(({ size }) => size >= 16)) * 2 < letters(sized),
			'Less than half of the text is 16 px or more.',
		),
		...found(
			tight !== undefined,
			`The lines of "${excerpt(tight?.text ?? '')}" are ${tight?.line} px apart at ${tight?.size} px.`,
		),
		...found(turned !== undefined, `A ${turned?.tag} is not left aligned.`),
		...found(
			article !== undefined && inherited(article, 'text-align') !== 'left',
			'The letter does not say that it is left aligned.',
		),
	];
}

function checkContrast({ body, sheet }: Mail): Finding[] {
	const dark = darkClasses(sheet);
	const pictures = elements(body, 'img').filter((image) => !closest(image, isHidden));
	const places = [
		...visibleTexts(body).map(({ text, parent }) => ({ text, element: parent })),
		// A blocked picture shows its words.
		...pictures.map((image) => ({ text: image.attributes.get('alt') ?? '', element: image })),
	];
	const findings = new Map<string, Finding>();
	for (const [scheme, classes] of [
		['light', undefined],
		['dark', dark],
	] as const) {
		for (const { text, element } of places) {
			const ink = colourOf(element, 'color', classes) ?? '#000000';
			const ground = colourOf(element, 'background-color', classes) ?? '#ffffff';
			if (!isColour(ink) || !isColour(ground) || contrast(ink, ground) >= 4.5) continue;
			findings.set(`${ink} ${ground}`, {
				message: `"${excerpt(text)}" is ${ink} on ${ground} in ${scheme}: ${contrast(ink, ground).toFixed(1)} to 1.`,
			});
		}
		for (const element of elements(body)) {
			const border = meaningfulBorder(element, classes);
			const grounds = [element, element.parent ?? element].map(
				(around) => colourOf(around, 'background-color', classes) ?? '#ffffff',
			);
			if (
				!border ||
				grounds.every((ground) => !isColour(ground) || contrast(border, ground) >= 3)
			) {
				continue;
			}
			findings.set(`border ${border}`, {
				message: `A border of a ${element.tag} is ${border} on ${grounds.join(' and ')} in ${scheme}: less than 3 to 1.`,
			});
		}
	}
	return [...findings.values()];
}

/** A border of 3 px and more says something; thinner ones only part. */
function meaningfulBorder(
	element: MailElement,
	dark: ReadonlyMap<string, Declaration[]> | undefined,
): string | undefined {
	for (const side of ['border', 'border-left', 'border-right', 'border-top', 'border-bottom']) {
		const match = /(?:^|\s)([3-9]|\d\d+)px\s.*?(#[0-9a-f]{6})/i.exec(
			inlineValue(element, side) ?? '',
		);
		if (match) return classValue(element, 'border-color', dark) ?? match[2];
	}
	return undefined;
}

function checkNarrow(mail: Mail): Finding[] {
	const { article, body, sheet } = mail;
	const narrow = narrowClasses(sheet);
	const widest = Number(
		/^(\d+)px$/.exec((article && inlineValue(article, 'max-width')) ?? '')?.[1] ?? Infinity,
	);
	const wide = elements(mail.page).filter((element) =>
		element.style.some(
			({ name, value }) =>
				(/^(?:min-)?width$/.test(name) && Number(/^(\d+)px$/.exec(value)?.[1] ?? 0) > phone) ||
				(name === 'white-space' && /^(?:nowrap|pre)$/.test(value)) ||
				(name === 'float' && value !== 'none') ||
				(name === 'display' && value === 'inline-block' && !growsWhenNarrow(element, narrow)),
		),
	);
	const fixed = elements(body, 'table', 'td', 'th', 'div').filter(
		({ attributes }) => Number(attributes.get('width') ?? 0) > 0 || attributes.has('nowrap'),
	);
	const stiff = elements(body, 'pre').filter(
		(pre) => inlineValue(pre, 'white-space') !== 'pre-wrap' || !breaks(pre),
	);
	return [
		...found(
			article !== undefined && widest > 600,
			'The letter has no max-width of at most 600 px.',
		),
		...found(article !== undefined && !breaks(article), 'Long words and addresses do not break.'),
		...wide.flatMap(({ tag }) => found(true, `A ${tag} does not fit ${phone} px.`)),
		...fixed.flatMap(({ tag }) => found(true, `A ${tag} has a fixed width.`)),
		...stiff.flatMap(() => found(true, 'The lines of a pre do not break.')),
	];
}

function growsWhenNarrow(
	element: MailElement,
	narrow: ReadonlyMap<string, Declaration[]>,
): boolean {
	return (
		classValue(element, 'max-width', narrow) === '100%' && inlineValue(element, 'width') === '100%'
	);
}

function breaks(element: MailElement): boolean {
	return (
		inlineValue(element, 'word-break') === 'break-word' ||
		/^(?:break-word|anywhere)$/.test(inlineValue(element, 'overflow-wrap') ?? '')
	);
}

/** A colour in words is a matter of rule 14. */
function isColour(value: string): boolean {
	return /^#[0-9a-f]{6}$/i.test(value);
}

const smallest = 14;
/** From here on a text is a headline, whose lines may stand closer. */
const headline = 20;
/** The narrowest phone, in px. */
const phone = 320;
