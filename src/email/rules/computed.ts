/** What a mail program computes from inline styles, and from the dark mode's classes. */
import { closest } from './element.ts';
import type { MailElement } from './element.ts';
import type { Block, Declaration, Sheet } from './stylesheet.ts';

/** A declaration of the element's own style attribute; the last one counts. */
export function inlineValue(element: MailElement, name: string): string | undefined {
	return element.style.findLast((declaration) => declaration.name === name)?.value;
}

/** An inherited property: the element's own, or that of the nearest element around it. */
export function inherited(element: MailElement, name: string): string | undefined {
	const holder = closest(element, (candidate) => inlineValue(candidate, name) !== undefined);
	return holder && inlineValue(holder, name);
}

/** The number of px of an inherited property. */
export function inheritedPx(element: MailElement, name: string): number | undefined {
	const match = /^(\d+(?:\.\d+)?)px$/.exec(inherited(element, name) ?? '');
	return match ? Number(match[1]) : undefined;
}

/** The colour of words, or that behind them, as a client with or without dark mode paints it. */
export function colourOf(
	element: MailElement,
	name: 'color' | 'background-color',
	dark: ReadonlyMap<string, Declaration[]> | undefined,
): string | undefined {
	const own = (candidate: MailElement): string | undefined =>
		classValue(candidate, name, dark) ?? inlineValue(candidate, name);
	const holder = closest(element, (candidate) => own(candidate) !== undefined);
	return holder && own(holder);
}

/** What the classes of a mode say of an element itself. */
export function classValue(
	element: MailElement,
	name: string,
	dark: ReadonlyMap<string, Declaration[]> | undefined,
): string | undefined {
	if (!dark) return undefined;
	return (element.attributes.get('class') ?? '')
		.split(/\s+/)
		.flatMap((className) => dark.get(className) ?? [])
		.findLast((declaration) => declaration.name === name)?.value;
}

/** The declarations of the dark mode, by class. */
export function darkClasses(sheet: Sheet): Map<string, Declaration[]> {
	return classesOf(sheet.blocks.filter(isDarkMode));
}

/** The declarations for narrow screens, by class. */
export function narrowClasses(sheet: Sheet): Map<string, Declaration[]> {
	return classesOf(sheet.blocks.filter(isNarrow));
}

export function isDarkMode({ prelude }: Block): boolean {
	return /^@media\s*\(\s*prefers-color-scheme\s*:\s*dark\s*\)$/i.test(prelude);
}

export function isNarrow({ prelude }: Block): boolean {
	return /^@media\s*(?:screen\s+and\s*)?\(\s*max-width\s*:\s*\d+px\s*\)$/i.test(prelude);
}

function classesOf(media: readonly Block[]): Map<string, Declaration[]> {
	const classes = new Map<string, Declaration[]>();
	for (const { prelude, declarations } of media.flatMap(({ blocks }) => blocks)) {
		for (const selector of prelude.split(',')) {
			const name = /^\s*\.([\w-]+)\s*$/.exec(selector)?.[1];
			if (name) classes.set(name, [...(classes.get(name) ?? []), ...declarations]);
		}
	}
	return classes;
}
