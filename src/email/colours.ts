/**
 * The colours of a letter, by the role they play in it.
 *
 * Gmail, Outlook and others recolour a letter for dark screens by themselves and ignore our dark
 * styles. That does no harm: no meaning hangs on a ground alone, no words stand in our pictures, and
 * what is turned round in lightness keeps its contrast. So there are no rules for `[data-ogsc]` and
 * the like; they would make the style sheet half as large again and change what is right already.
 */
import { mix } from '#/contrast.ts';
import { grounds } from '#/look.ts';
import type { Look } from '#/look.ts';

/** Each role in light and in dark, with the firm's colours in their places. */
export function firmColours({ accent, accentDark }: Look): Colours {
	return {
		...grounds,
		/** The one coloured block: the firm's colour, dimmed where all around it is dark. */
		action: { light: accent, dark: mix(accent, grounds.card.dark, 0.76) },
		ink: { light: '#1d2526', dark: '#e9eeec' },
		soft: { light: '#566061', dark: '#aab6b4' },
		accent: { light: accent, dark: accentDark },
		onAction: { light: '#ffffff', dark: '#f2fbf9' },
		line: { light: '#dfdad1', dark: '#3a4648' },
	};
}

/**
 * Puts colours where `look` named their roles. An editor's braces are written as character
 * references, so that no word of a letter is taken for a role.
 */
export function paint(html: string, colours: Colours): string {
	return html.replace(/\{([a-zA-Z]+)\}/g, (whole, name: string) =>
		isColour(name, colours) ? colours[name].light : whole,
	);
}

/** Text and ground roles that meet somewhere in a letter. */
export const pairs: readonly [Colour, Colour][] = [
	...(['paper', 'card', 'tint'] as const).flatMap((ground) =>
		(['ink', 'soft', 'accent'] as const).map((text): [Colour, Colour] => [text, ground]),
	),
	['onAction', 'action'],
];

function isColour(name: string, colours: Colours): name is Colour {
	return Object.hasOwn(colours, name);
}

export type Colour =
	| 'paper'
	| 'card'
	| 'tint'
	| 'action'
	| 'ink'
	| 'soft'
	| 'accent'
	| 'onAction'
	| 'line';

export type Colours = Record<Colour, { light: string; dark: string }>;
