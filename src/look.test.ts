import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { lookSchema } from './look.ts';
import { parseSettings } from './settings.ts';

const source = readFileSync('content/settings.yaml', 'utf8');

test('the colours that come with the project are those of a firm that gives none', () => {
	expect(parseSettings(source).look).toEqual(lookSchema.parse({}));
});

describe('a colour that cannot be read', () => {
	test.each([
		[
			"accent: '#0f5c5c'",
			"accent: '#f2a900'",
			/^settings\.yaml:\d+ look\.accent: #f2a900 is hard to read on #f6f3ee, a light ground of mails: 1\.8 to 1, and it takes 4\.5\. The nearest colour that can be read is '(#[0-9a-f]{6})'\.$/,
		],
		[
			"accentDark: '#7fd1c7'",
			"accentDark: '#0f5c5c'",
			/^settings\.yaml:\d+ look\.accentDark: #0f5c5c is hard to read on #232d2e, a dark ground of mails: 1\.8 to 1, and it takes 4\.5\. The nearest colour that can be read is '(#[0-9a-f]{6})'\.$/,
		],
	])('is refused, and what is named instead of %s is accepted', (good, bad, words) => {
		const broken = source.replace(good, bad);
		expect(() => parseSettings(broken)).toThrow(words);
		const near = words.exec(messageOf(broken))?.[1] ?? '';
		const field = bad.split(':')[0] ?? '';
		expect(parseSettings(source.replace(good, `${field}: '${near}'`)).look).toHaveProperty(
			field,
			near,
		);
	});

	test('is named with the line it stands in', () => {
		const line = source.split('\n').findIndex((text) => text.includes('accentDark')) + 1;
		const broken = source.replace("accentDark: '#7fd1c7'", "accentDark: '#333333'");
		expect(messageOf(broken)).toContain(`settings.yaml:${line} look.accentDark`);
	});
});

test.each(['#fff', 'teal', '0f5c5c'])('"%s" is no colour', (accent) => {
	expect(messageOf(source.replace("accent: '#0f5c5c'", `accent: '${accent}'`))).toContain(
		"look.accent: Write it as '#0f5c5c', with quotation marks.",
	);
});

test.each(['logo.png', '/logo.svg', '/../logo.png', 'https://example.com/logo.png'])(
	'"%s" is no logo of public/',
	(src) => {
		expect(lookSchema.safeParse({ logo: { src, width: 100, height: 40 } }).success).toBe(false);
	},
);

function messageOf(text: string): string {
	try {
		parseSettings(text);
	} catch (error) {
		return String(error instanceof Error ? error.message : error);
	}
	throw new Error('The settings hold.');
}
