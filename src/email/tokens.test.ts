import { expect, test } from 'vitest';
import { lookSchema } from '#/look.ts';
import { firmColours } from './colours.ts';
import { look, styleSheet } from './tokens.ts';

test('an element names its colour roles as classes and carries its style inline', () => {
	expect(look('cell')).toMatchInlineSnapshot(
		`" class="cell b-tint l-accent" style="background-color:{tint};margin:24px 0;padding:20px 24px 6px;border-left:4px solid {accent}""`,
	);
});

test('the style sheet is small and holds dark mode and narrow screens only', () => {
	const sheet = styleSheet(firmColours(lookSchema.parse({})));
	expect(Buffer.byteLength(sheet)).toBeLessThan(8_000);
	expect(sheet).not.toMatch(/@import|var\(|light-dark\(|&|flex|grid/);
	expect(sheet.match(/@media/g)).toHaveLength(2);
});
