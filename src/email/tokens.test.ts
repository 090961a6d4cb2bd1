import { expect, test } from 'vitest';
import { colours, look, pairs, styleSheet } from './tokens.ts';

test.each(pairs)('%s on %s can be read in light and in dark', (text, ground) => {
	for (const scheme of ['light', 'dark'] as const) {
		expect(contrast(colours[text][scheme], colours[ground][scheme])).toBeGreaterThanOrEqual(4.5);
	}
});

test('a border that carries meaning stands out by 3 to 1', () => {
	for (const scheme of ['light', 'dark'] as const) {
		for (const ground of ['card', 'tint'] as const) {
			expect(contrast(colours.accent[scheme], colours[ground][scheme])).toBeGreaterThanOrEqual(3);
		}
	}
});

test('an element names its colour roles as classes and carries its style inline', () => {
	expect(look('cell')).toMatchInlineSnapshot(
		`" class="cell b-tint l-accent" style="background-color:#f4f7f5;margin:24px 0;padding:20px 24px 6px;border-left:4px solid #0f5c5c""`,
	);
});

test('the style sheet is small and holds dark mode and narrow screens only', () => {
	const sheet = styleSheet();
	expect(Buffer.byteLength(sheet)).toBeLessThan(8_000);
	expect(sheet).not.toMatch(/@import|var\(|light-dark\(|&|flex|grid/);
	expect(sheet.match(/@media/g)).toHaveLength(2);
});

function contrast(a: string, b: string): number {
	const [dark = 0, light = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
	return (light + 0.05) / (dark + 0.05);
}

/** Relative luminance of WCAG 2. */
function luminance(hex: string): number {
	const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
		const value = Number.parseInt(hex.slice(start, start + 2), 16) / 255;
		return value <= 0.040_45 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
