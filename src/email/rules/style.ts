/** How styles are written: inline, and in what every mail program knows. */
import { isDarkMode, isNarrow, inherited } from './computed.ts';
import { elements, visibleTexts } from './element.ts';
import type { Mail } from './mail.ts';
import { excerpt, found } from './rule.ts';
import type { Finding, Rule } from './rule.ts';
import type { Block, Declaration } from './stylesheet.ts';

export const styleRules: readonly Rule[] = [
	{
		id: 'mail/09-inline',
		number: 9,
		severity: 'B',
		title: 'What reading needs is inline; the style sheet holds dark mode and narrow screens only.',
		fix: 'Put it into the style attribute: many mail programs drop the style sheet.',
		check: checkInline,
	},
	{
		id: 'mail/14-values',
		number: 14,
		severity: 'B',
		title: 'Six-digit colours, px, and no way of layout that old mail programs lack.',
		fix: 'Write colours as #rrggbb and lengths in px, and let blocks follow each other.',
		check: checkValues,
	},
];

function checkInline(mail: Mail): Finding[] {
	const strays = mail.sheet.blocks.flatMap((block) => {
		if (block.prelude === ':root') return strayDeclarations(block, rootProperties);
		if (isDarkMode(block)) return block.blocks.flatMap((rule) => strayRule(rule, darkProperties));
		if (isNarrow(block)) return block.blocks.flatMap((rule) => strayRule(rule, narrowProperties));
		return [block.prelude];
	});
	const bare = visibleTexts(mail.body).filter(({ parent }) =>
		readingProperties.some((name) => inherited(parent, name) === undefined),
	);
	const pictured = elements(mail.page).filter(
		({ attributes }) =>
			attributes.has('background') ||
			/background(?:-image)?\s*:[^;]*url\(/i.test(attributes.get('style') ?? ''),
	);
	return [
		...strays.flatMap((stray) => found(true, `The style sheet holds "${excerpt(stray)}".`)),
		...found(
			bare.length > 0,
			`"${excerpt(bare[0]?.text ?? '')}" has no colour, size or font of its own.`,
		),
		...pictured.flatMap(({ tag }) => found(true, `A ${tag} has a picture as its background.`)),
	];
}

function checkValues(mail: Mail): Finding[] {
	const declarations = [
		...elements(mail.page).flatMap(({ style }) => style),
		...mail.sheet.blocks.flatMap(declarationsIn),
	];
	const wrong = declarations.filter((declaration) => !isPlain(declaration));
	const attributes = elements(mail.page).flatMap((element) =>
		['color', 'bgcolor']
			.map((name) => element.attributes.get(name))
			.filter((value) => value !== undefined && !sixDigits.test(value)),
	);
	const texts = [...wrong.map(({ name, value }) => `${name}:${value}`), ...attributes];
	return [...new Set(texts)].flatMap((text) =>
		found(true, `"${text}" is not understood everywhere.`),
	);
}

/** A rule for one class, with properties of a kind; otherwise what is too much. */
function strayRule(rule: Block, allowed: RegExp): string[] {
	return [
		...(/^\.[\w-]+$/.test(rule.prelude) ? [] : [rule.prelude]),
		...strayDeclarations(rule, allowed),
	];
}

function strayDeclarations({ declarations }: Block, allowed: RegExp): string[] {
	return declarations
		.filter(({ name }) => !allowed.test(name))
		.map(({ name, value }) => `${name}:${value}`);
}

function declarationsIn(block: Block): Declaration[] {
	return [...block.declarations, ...block.blocks.flatMap(declarationsIn)];
}

function isPlain({ name, value }: Declaration): boolean {
	if (/^(?:flex|grid|inset|transform|position|z-index|aspect-ratio|gap|object-)/.test(name))
		return false;
	if (
		name === 'display' &&
		!/^(?:block|inline|inline-block|none|table|table-row|table-cell)$/.test(value)
	) {
		return false;
	}
	if (/^(?:color|background|background-color|border-color)$/.test(name))
		return sixDigits.test(value);
	if (name === 'font-family') return true;
	if (/(?:^|[\s,(])[a-z-]+\(/i.test(value) && !value.startsWith('url(')) return false;
	if (/\d(?:em|rem|ex|ch|vw|vh|vmin|vmax|pt|pc|cm|mm|in|q|dvh|svh)\b/i.test(value)) return false;
	return !(
		name.startsWith('border') && value.split(/\s+/).some((token) => !borderToken.test(token))
	);
}

const sixDigits = /^#[0-9a-f]{6}$/i;
const borderToken =
	/^(?:0|\d+(?:\.\d+)?px|none|solid|dashed|dotted|double|collapse|separate|#[0-9a-f]{6})$/i;
const rootProperties = /^(?:color-scheme|supported-color-schemes)$/;
const darkProperties = /^(?:color|background-color|border-color)$/;
const narrowProperties =
	/^(?:padding|margin|border-radius|font-size|line-height|max-width|width)(?:-\w+)?$/;
const readingProperties = ['color', 'font-size', 'line-height', 'font-family'];
