import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contrast } from '#/contrast.ts';
import { lookSchema } from '#/look.ts';
import { compileIssue } from './compile.ts';
import { firmColours, paint, pairs } from './colours.ts';
import type { Colours } from './colours.ts';
import { checkMail } from './rules/check.ts';
import { factsOf } from './rules/facts.ts';
import { sample } from './sample.ts';

const own = firmColours(lookSchema.parse({}));
// Around what is accepted: about half of it is.
const darkish = colourOf(0, 190);
const lightish = colourOf(80, 255);

describe('firmColours', () => {
	test.each(pairs)('%s on %s can be read in light and in dark', (text, ground) => {
		for (const scheme of ['light', 'dark'] as const) {
			expect(contrast(own[text][scheme], own[ground][scheme])).toBeGreaterThanOrEqual(4.5);
		}
	});

	test('whatever two colours are accepted, every pair that meets can be read', () => {
		let accepted = 0;
		fc.assert(
			fc.property(darkish, lightish, (accent, accentDark) => {
				const parsed = lookSchema.safeParse({ accent, accentDark });
				if (!parsed.success) return;
				accepted++;
				expect(unreadable(firmColours(parsed.data))).toEqual([]);
			}),
			{ numRuns: 3000, seed: 7 },
		);
		expect(accepted).toBeGreaterThan(500);
	});

	test('where a client turns light and dark round by itself, words stay readable', () => {
		fc.assert(
			fc.property(darkish, (accent) => {
				const parsed = lookSchema.safeParse({ accent });
				if (!parsed.success) return;
				const colours = firmColours(parsed.data);
				for (const [text, ground] of pairs) {
					const turned = contrast(turn(colours[text].light), turn(colours[ground].light));
					expect(turned).toBeGreaterThanOrEqual(4.5);
				}
			}),
			{ numRuns: 2000, seed: 7 },
		);
	});

	test('a border that carries meaning stands out by 3 to 1', () => {
		for (const scheme of ['light', 'dark'] as const) {
			for (const ground of ['card', 'tint'] as const) {
				expect(contrast(own.accent[scheme], own[ground][scheme])).toBeGreaterThanOrEqual(3);
			}
		}
	});
});

describe('paint', () => {
	test('puts the light colour of a role where it is named', () => {
		expect(paint('<p style="color:{ink}">a</p>', own)).toBe('<p style="color:#1d2526">a</p>');
	});

	test('leaves other braces alone', () => {
		const html = '<a href="{{{RESEND_UNSUBSCRIBE_URL}}}">{toString} { ink } .a{color:#000000}</a>';
		expect(paint(html, own)).toBe(html);
	});
});

test('a letter wears the firm’s colours, and an editor’s braces stay as they are', () => {
	const { library, issue } = sample({ issue: { title: 'What is {ink} to you?' } });
	const look = lookSchema.parse({ accent: '#7a1f4b', accentDark: '#f2a7cc' });
	const settings = { ...library.settings, look };
	const { html, contentHash } = compileIssue({ ...library, settings }, issue);
	expect(html).toContain('border-top:3px solid #7a1f4b');
	expect(html).toContain('.c-accent{color:#f2a7cc!important}');
	expect(html).not.toContain('#0f5c5c');
	expect(html).toContain('&#123;ink}');
	// Only words are frozen once an issue is sent: a firm may change its colours.
	expect(contentHash).toBe(compileIssue(library, issue).contentHash);
});

test('a logo has the firm’s name as its words, its size, and a width that shrinks', () => {
	const { library, issue } = sample();
	const look = lookSchema.parse({ logo: { src: '/logo.png', width: 180, height: 40 } });
	const { html } = compileIssue({ ...library, settings: { ...library.settings, look } }, issue);
	const { sites, firm } = library.settings;
	expect(html).toContain(
		`<img src="${sites.public}/logo.png" alt="${firm}" width="180" height="40"`,
	);
	expect(html).toContain('max-width:180px');
});

test('a letter in a firm’s colours and with its logo keeps every rule', () => {
	const { library, issue } = sample();
	const logo = { src: '/logo.png', width: 180, height: 40 };
	const look = lookSchema.parse({ accent: '#7a1f4b', accentDark: '#f2a7cc', logo });
	const firm = { ...library, settings: { ...library.settings, firm: 'Zebra', look } };
	const problems = (shelf: typeof library) =>
		checkMail(compileIssue(shelf, issue), factsOf(shelf, issue));
	expect(problems(firm)).toEqual(problems(library));
});

function colourOf(min: number, max: number): fc.Arbitrary<string> {
	return fc
		.tuple(fc.integer({ min, max }), fc.integer({ min, max }), fc.integer({ min, max }))
		.map((channels) => `#${channels.map((value) => value.toString(16).padStart(2, '0')).join('')}`);
}

function unreadable(colours: Colours): string[] {
	return pairs.flatMap(([text, ground]) =>
		(['light', 'dark'] as const)
			.filter((scheme) => contrast(colours[text][scheme], colours[ground][scheme]) < 4.5)
			.map((scheme) => `${text} on ${ground} in ${scheme}`),
	);
}

/**
 * The model of a client that recolours: each channel turned round, as Outlook on phones and Gmail
 * on iOS do, kept off pure black by a dark grey.
 */
function turn(colour: string): string {
	const channels = [1, 3, 5].map((start) => Number.parseInt(colour.slice(start, start + 2), 16));
	const turned = channels.map((value) => Math.round(255 - value));
	return `#${turned.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}
