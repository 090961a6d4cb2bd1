import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contrast, mix, nearestReadable } from './contrast.ts';

const hex = fc
	.integer({ min: 0, max: 0xff_ff_ff })
	.map((value) => `#${value.toString(16).padStart(6, '0')}`);

test.each([
	['#000000', '#ffffff', 21],
	['#ffffff', '#ffffff', 1],
	['#767676', '#ffffff', 4.54],
	['#777777', '#ffffff', 4.48],
	['#0000ff', '#ffffff', 8.59],
])('%s and %s stand %s to 1 apart, in either order', (one, other, ratio) => {
	expect(contrast(one, other)).toBeCloseTo(ratio, 2);
	expect(contrast(other, one)).toBe(contrast(one, other));
});

describe('nearestReadable', () => {
	test('leaves a colour that can be read as it is', () => {
		expect(nearestReadable('#0f5c5c', ['#ffffff', '#f6f3ee'])).toBe('#0f5c5c');
	});

	test('moves as little as it takes, and keeps the hue', () => {
		expect(nearestReadable('#ff0000', ['#ffffff'])).toBe('#ee0000');
		expect(nearestReadable('#777777', ['#ffffff'])).toBe('#767676');
		expect(nearestReadable('#333399', ['#111617'])).toBe('#7575d1');
	});

	test('finds one for every colour on grounds that are all light, or all dark', () => {
		fc.assert(
			fc.property(hex, fc.constantFrom(['#ffffff', '#f6f3ee'], ['#232d2e']), (colour, grounds) => {
				const near = nearestReadable(colour, grounds);
				for (const ground of grounds) {
					expect(contrast(near ?? ground, ground)).toBeGreaterThanOrEqual(4.5);
				}
			}),
		);
	});

	test('finds none where one ground is light and another dark', () => {
		expect(nearestReadable('#0f5c5c', ['#ffffff', '#000000'], 7)).toBeUndefined();
	});
});

test('mix takes so much of the one and the rest of the other', () => {
	expect(mix('#ffffff', '#000000', 0.5)).toBe('#808080');
	expect(mix('#0f5c5c', '#1a2122', 1)).toBe('#0f5c5c');
});
