/**
 * How far two colours stand apart, by WCAG 2: 1 to 21.
 * @param one - `#rrggbb`
 */
export function contrast(one: string, other: string): number {
	const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
	return (lighter + 0.05) / (darker + 0.05);
}

/** The ground on which a colour is hardest to read, and how far it stands apart from it. */
export function worstGround(colour: string, grounds: readonly string[]): Ground {
	const [worst] = grounds
		.map((ground) => ({ ground, ratio: contrast(colour, ground) }))
		.toSorted((a, b) => a.ratio - b.ratio);
	return worst ?? { ground: colour, ratio: 21 };
}

/**
 * The colour of the same hue that is nearest in lightness and stands apart from every ground.
 * @param ratio - by WCAG 2; 4.5 for text
 * @returns the colour itself where it does, undefined where no lightness does
 */
export function nearestReadable(
	colour: string,
	grounds: readonly string[],
	ratio = readableRatio,
): string | undefined {
	const { hue, saturation, lightness } = hslOf(colour);
	if (worstGround(colour, grounds).ratio >= ratio) return colour;
	for (let step = 1; step <= lightnessSteps; step++) {
		for (const side of [-1, 1]) {
			const moved = lightness + (side * step) / lightnessSteps;
			if (moved < 0 || moved > 1) continue;
			const near = hexOf({ hue, saturation, lightness: moved });
			if (worstGround(near, grounds).ratio >= ratio) return near;
		}
	}
	return undefined;
}

/** A colour between two: `share` of the first, the rest of the other. */
export function mix(one: string, other: string, share: number): string {
	const [from, to] = [channelsOf(one), channelsOf(other)];
	return toHex(from.map((value, index) => value * share + (to[index] ?? 0) * (1 - share)));
}

/** What WCAG asks of text that is not large. */
export const readableRatio = 4.5;

function luminance(hex: string): number {
	const [red = 0, green = 0, blue = 0] = channelsOf(hex).map((value) =>
		value <= 0.040_45 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4,
	);
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function hslOf(hex: string): Hsl {
	const [red = 0, green = 0, blue = 0] = channelsOf(hex);
	const [most, least] = [Math.max(red, green, blue), Math.min(red, green, blue)];
	const span = most - least;
	const lightness = (most + least) / 2;
	if (span === 0) return { hue: 0, saturation: 0, lightness };
	const hue =
		most === red
			? (green - blue) / span
			: most === green
				? (blue - red) / span + 2
				: (red - green) / span + 4;
	return {
		hue: (hue + 6) % 6,
		saturation: span / (1 - Math.abs(2 * lightness - 1)),
		lightness,
	};
}

function hexOf({ hue, saturation, lightness }: Hsl): string {
	const reach = saturation * Math.min(lightness, 1 - lightness);
	const channel = (turn: number): number => {
		const place = (turn + hue * 2) % 12;
		return lightness - reach * Math.max(-1, Math.min(place - 3, 9 - place, 1));
	};
	return toHex([channel(0), channel(8), channel(4)]);
}

/** Red, green and blue, each 0 to 1. */
function channelsOf(hex: string): number[] {
	return [1, 3, 5].map((start) => Number.parseInt(hex.slice(start, start + 2), 16) / 255);
}

function toHex(channels: readonly number[]): string {
	const bytes = channels.map((value) =>
		Math.round(Math.min(1, Math.max(0, value)) * 255)
			.toString(16)
			.padStart(2, '0'),
	);
	return `#${bytes.join('')}`;
}

/** Finer than a byte of a channel can show. */
const lightnessSteps = 512;

interface Hsl {
	/** 0 to 6. */
	hue: number;
	/** 0 to 1. */
	saturation: number;
	/** 0 to 1. */
	lightness: number;
}

interface Ground {
	ground: string;
	ratio: number;
}
