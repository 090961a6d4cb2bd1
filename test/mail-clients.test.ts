/** What mail programs make of our letters, by caniemail's data; and whether their HTML is HTML. */
import { caniemail, rawData } from 'caniemail';
import { HtmlValidate } from 'html-validate';
import { beforeAll, describe, expect, test } from 'vitest';
import { degradations } from './mail-degradations.ts';
import { kitchenSink, lettersOf, ownContent } from './mail-fixture.ts';

const letters = [
	...(await lettersOf(ownContent)).letters,
	...(await lettersOf(kitchenSink)).letters,
];
const htmls = letters.map(({ message }) => message.html);

/** The programs of each family; classic Outlook and Gmail in a phone's browser know far less than theirs. */
const families = {
	aol: ['aol.android', 'aol.desktop-webmail', 'aol.ios'],
	'apple-mail': ['apple-mail.ios', 'apple-mail.macos'],
	fastmail: ['fastmail.desktop-webmail'],
	gmail: ['gmail.android', 'gmail.desktop-webmail', 'gmail.ios'],
	'gmail-mobile-web': ['gmail.mobile-webmail'],
	gmx: ['gmx.android', 'gmx.desktop-webmail', 'gmx.ios'],
	hey: ['hey.desktop-webmail'],
	outlook: ['outlook.android', 'outlook.ios', 'outlook.macos', 'outlook.outlook-com'],
	'outlook-classic': ['outlook.windows'],
	protonmail: ['protonmail.android', 'protonmail.desktop-webmail', 'protonmail.ios'],
	'samsung-email': ['samsung-email.android'],
	// One program; there are data on 290 features for macOS, on 34 for Windows.
	thunderbird: ['thunderbird.macos'],
	'web-de': ['web-de.android', 'web-de.desktop-webmail', 'web-de.ios'],
	yahoo: ['yahoo.android', 'yahoo.desktop-webmail', 'yahoo.ios'],
} as const;

describe('mail programs', () => {
	let lacks: string[][] = [];
	beforeAll(() => {
		lacks = htmls.map(lacksOf);
	});

	test('lack nothing that the letters use but what is accepted, and why', () => {
		expect(new Set(lacks.flat()).difference(accepted())).toEqual(new Set());
	});

	test('lack all of what is accepted: the list holds nothing that is over', () => {
		expect(accepted().difference(new Set(lacks.flat()))).toEqual(new Set());
	});

	test('lack what a careless letter would use', () => {
		const careless = htmls[0]?.replace(
			'</body>',
			'<div style="display:flex;filter:blur(2px)"><video src="https://x.example/a.mp4"></video></div></body>',
		);
		const found = new Set(lacksOf(careless ?? '')).difference(accepted());
		expect([...found]).toEqual(
			expect.arrayContaining([
				'<video> element: none in gmail',
				'filter: none in outlook-classic',
				'display:flex: none in outlook-classic',
			]),
		);
	});

	test('are of ten families at least, with the data of a known day', () => {
		expect(Object.keys(families).length).toBeGreaterThanOrEqual(10);
		expect(rawData.last_update_date).toMatch(/^2026-/);
	});
});

describe('html-validate', () => {
	const validator = new HtmlValidate({
		root: true,
		extends: ['html-validate:recommended'],
		rules: {
			// HTML knows both; the specification writes it in small letters too.
			'doctype-style': ['error', { style: 'lowercase' }],
			// Mail programs drop style sheets: all style is inline.
			'no-inline-style': 'off',
			// They speak to classic Outlook, which knows no max-width.
			'no-conditional-comment': 'off',
			// cellpadding, cellspacing and border: for programs that drop the style of a table.
			'no-deprecated-attr': 'off',
			// WebKit forgets that a list without markers is a list.
			'no-redundant-role': 'off',
			// Classic Outlook and Yahoo drop the article element, with its style.
			'prefer-native-element': ['error', { exclude: ['article'] }],
		},
	});

	test.each(letters)('finds no fault in $slug', async ({ message }) => {
		const { results } = await validator.validateString(message.html);
		const faults = results.flatMap(({ messages }) => messages);
		expect(faults.map(({ line, ruleId, message: text }) => `${line} ${ruleId}: ${text}`)).toEqual(
			[],
		);
	});

	test('finds the faults of a bad mail', async () => {
		const bad = '<!doctype html><html><body><p>a<div>b</div><img src="a.png"></body></html>';
		const { results } = await validator.validateString(bad);
		const rules = results.flatMap(({ messages }) => messages.map(({ ruleId }) => ruleId));
		expect(rules).toEqual(expect.arrayContaining(['wcag/h37', 'element-required-content']));
	});
});

/** `feature: none in family` for everything a letter uses that some program does not know. */
function lacksOf(html: string): string[] {
	return Object.entries(families).flatMap(([family, clients]) => {
		const levels = new Map<string, 'none' | 'partial'>();
		for (const client of clients) {
			for (const { feature, level } of judged(client, html)) {
				if (levels.get(feature) !== 'none') levels.set(feature, level);
			}
		}
		return [...levels].map(([feature, level]) => `${feature}: ${level} in ${family}`);
	});
}

/**
 * What one program does not know. caniemail throws where it has no data on a feature for a program,
 * and would then say nothing of all the others: it is asked again without that feature.
 */
function judged(client: Client, html: string): { feature: string; level: 'none' | 'partial' }[] {
	let asked = html;
	for (let turn = 0; turn < 60; turn++) {
		try {
			const { errors, warnings } = caniemail({ clients: [client], html: asked }).issues;
			return [
				...(errors.get(client) ?? []).map(({ title }) => ({
					feature: title,
					level: 'none' as const,
				})),
				...(warnings.get(client) ?? []).map(({ title }) => ({
					feature: title,
					level: 'partial' as const,
				})),
			];
		} catch (error) {
			const feature = /^Feature "(.+)" not found/.exec(
				error instanceof Error ? error.message : '',
			)?.[1];
			const rest = feature === undefined ? asked : without(asked, feature);
			if (rest === asked) throw error;
			asked = rest;
		}
	}
	throw new Error(`caniemail knows next to nothing of ${client}.`);
}

/** HTML that does not use a feature. */
function without(html: string, feature: string): string {
	const element = /^<(\w+)> element$/.exec(feature)?.[1];
	if (element) return html.replaceAll(new RegExp(`<(/?)${element}\\b`, 'g'), '<$1span');
	const attribute = /^([\w-]+) attribute$/.exec(feature)?.[1];
	if (attribute) return html.replaceAll(new RegExp(` ${attribute}="[^"]*"`, 'g'), '');
	const meta = /^([\w-]+) meta tag$/.exec(feature)?.[1];
	if (meta) return html.replace(new RegExp(`<meta name="${meta}"[^>]*>`), '');
	if (feature === '@media') return html.replace(/@media[^]*?(?=<\/style>)/, '');
	const property = feature.replace(/ CSS property$/, '');
	return html.replaceAll(new RegExp(`(?<=[;"{])${property}:[^;"}]*;?`, 'g'), '');
}

function accepted(): Set<string> {
	return new Set(
		degradations
			.flatMap(({ feature, none = '', partial = '' }) => [
				...none.split(' ').map((family) => `${feature}: none in ${family}`),
				...partial.split(' ').map((family) => `${feature}: partial in ${family}`),
			])
			.filter((lack) => !lack.endsWith(' in ')),
	);
}

type Client = (typeof families)[keyof typeof families][number];
