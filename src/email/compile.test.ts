import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { all } from '#/library/entries.ts';
import { openShelf, readShelf } from '#/library/shelf.ts';
import { compileIssue } from './compile.ts';
import { entry, sample } from './sample.ts';

describe('compileIssue', () => {
	test('shows every part of an issue in its order', () => {
		const { library, issue } = sample();
		const { html, text } = compileIssue(library, issue);
		const order = [
			'Side by Side',
			'Issue #005',
			'Whose number is it?',
			'Two words: Lead and Hand-off',
			'24 November 2026 · Ada Hart, Editor · 1 min read',
			'Could you name it?',
			'Do this',
			'Ask a colleague which number they lose sleep over.',
			'Go to the tip: Read their scoreboard',
			'A metal, a rope for a dog, or the front.',
			'Somebody who asked us to get in touch.',
			'The moment when a name changes hands.',
			'growth tip',
			'Two good numbers can spoil each other.',
			'You share a kettle with them.',
			'Over lunch',
			'Which of your numbers makes theirs worse?',
			'announcement',
			'A meeting list',
			'Our own list is free to copy.',
			'Do this with',
			'Run the weekly meeting',
			'A few questions',
			'What would both teams put on line one?',
			'About ',
			', for sales',
			'Part 2 of 3: Same street.',
			'Issue #004: The part before',
			'Sources',
			'Kotler (2006): ',
			'Go on well.',
			'Ada Hart',
			'Editor',
			'Reply to this letter',
			'the page of Issue #005',
			'because you subscribed to Side by Side',
			'Example Works, 1 High Street, Town',
			'Unsubscribe from this letter',
		];
		const read = readable(html);
		const plain = text.replace(/ \[\d+\]/g, '').replace(/\s+/g, ' ');
		for (const shown of [read, plain]) {
			let from = 0;
			for (const words of order) {
				const at = shown.indexOf(words, from);
				expect(
					at,
					`"${words}" after "${shown.slice(Math.max(0, from - 30), from)}"`,
				).toBeGreaterThan(-1);
				from = at + words.length;
			}
		}
	});

	test('says the same words in HTML and in text', () => {
		const { library, issue } = sample();
		const { html, text } = compileIssue(library, issue);
		const plain = text.replace(/(?:https?|mailto):\S+|\{\{\{\w+\}\}\}|\[\d+\]/g, ' ');
		const onlyInText = difference(words(plain), words(readable(html)));
		expect(onlyInText).toEqual(['links']);
		expect(difference(words(readable(html)), words(plain))).toEqual([]);
	});

	test('names sender, addresses, sizes and number', () => {
		const { library, issue } = sample();
		const { html, text, contentHash, ...rest } = compileIssue(library, issue);
		expect(rest).toEqual({
			issue: '005',
			site: 'side',
			subject: 'Read the other scoreboard',
			preheader: 'Ask one question at lunch, then put the same number on line one.',
			from: 'Side by Side <letter@news.example.com>',
			replyTo: ['editor@example.com'],
			bytes: { html: Buffer.byteLength(html), text: Buffer.byteLength(text) },
		});
		expect(contentHash).toMatch(/^[0-9a-f]{64}$/);
	});

	test('puts a sender name that holds more than words in quotation marks', () => {
		const { library, issue } = sample({
			settings: { from: { name: 'Holt, "Common" Ground', address: 'a@b.example' } },
		});
		expect(compileIssue(library, issue).from).toBe('"Holt, \\"Common\\" Ground" <a@b.example>');
	});

	test('holds the unsubscribe placeholder once in each part, byte for byte, and no other', () => {
		const { library, issue } = sample({
			issue: { title: 'Hello {{{contact.email}}}' },
			bodies: { 'tip/scoreboard': 'Dear \\{\\{\\{contact.first_name|x}}}, hello.' },
		});
		const { html, text } = compileIssue(library, issue);
		expect(html.split('{{{')).toHaveLength(2);
		expect(html).toContain('href="{{{RESEND_UNSUBSCRIBE_URL}}}"');
		expect(text.split('{{{')).toHaveLength(2);
		expect(text).toContain('\n{{{RESEND_UNSUBSCRIBE_URL}}}\n');
	});

	test('refuses a placeholder in the subject, which no escape could make harmless', () => {
		const { library, issue } = sample({ issue: { subject: 'For {{{contact.email}}}' } });
		expect(() => compileIssue(library, issue)).toThrow('subject');
	});

	test('leads from the action to the tip on the web, and from the reply to a mailbox', () => {
		const { library, issue } = sample();
		const { html, text } = compileIssue(library, issue);
		for (const href of [
			'https://news.example.com/issues/005/#tip',
			'mailto:editor@example.com?subject=%5B%23005%5D%20Whose%20number%20is%20it%3F',
			'https://news.example.com/issues/005/',
			'https://news.example.com/issues/004/',
			'https://news.example.com/terms/lead/',
			'https://news.example.com/terms/hand-off/',
			'https://news.example.com/checklists/meeting/',
			'https://hbr.org/2006/07/x',
		]) {
			expect(html).toContain(`href="${href}"`);
			expect(text).toMatch(new RegExp(`^(?:\\[\\d+\\] )?${escaped(href)}$`, 'm'));
		}
		expect(html).not.toContain(' id=');
	});

	test('shows no heading over an empty part', () => {
		const { library, issue } = sample({
			issue: {
				terms: [],
				also: [],
				announcement: undefined,
				series: undefined,
				questions: [{ text: 'Why?' }],
			},
			tip: { pull: undefined, sources: [] },
			bodies: { 'issue/005-numbers': 'Only a hook.' },
		});
		const { html, text } = compileIssue(library, issue);
		for (const part of [html, text]) {
			expect(part).not.toMatch(/announcement|Do this with|Sources|Two words|Part \d|About/);
		}
		expect(html).not.toMatch(/<(p|h\d|ul|li)[^>]*>\s*<\/\1>/);
		expect(text).not.toMatch(/\n{3}/);
	});

	test('asks a question that also closes the issue only once', () => {
		const question = 'Which of your numbers makes theirs worse?';
		const { library, issue } = sample({ issue: { questions: [{ text: question }] } });
		expect(compileIssue(library, issue).text.split(question)).toHaveLength(2);
	});

	test('asks to be added to the contacts in the first issue, or in all', () => {
		const later = sample();
		expect(compileIssue(later.library, later.issue).text).not.toContain('Add us');
		const first = sample({ issue: { number: 1 } });
		expect(compileIssue(first.library, first.issue).html).toContain('letter@news.example.com');
		const every = sample({ settings: { safeSender: 'all' } });
		expect(compileIssue(every.library, every.issue).text).toContain('letter@news.example.com');
	});

	test('names a retired target without a link', () => {
		const { library, issue } = sample({
			entries: [
				entry('term', 'hand-off', {
					title: 'Hand-off',
					short: 'Old.',
					status: 'retired',
					sources: [],
					was: [],
				}),
			],
		});
		const { html } = compileIssue(library, issue);
		expect(html).toContain('Hand-off');
		expect(html).not.toContain('/terms/hand-off/');
	});

	test('prefers the sign-off of the issue', () => {
		const { library, issue } = sample({ issue: { signoff: 'See you on Tuesday.' } });
		const { text } = compileIssue(library, issue);
		expect(text).toContain('See you on Tuesday.');
		expect(text).not.toContain('Go on well.');
	});

	test('says what the public site lacks', () => {
		const { library, issue } = sample({ without: ['tip/scoreboard'] });
		expect(() => compileIssue(library, issue)).toThrow('tip/scoreboard is not on the public site');
	});

	test('gives a picture a stable address and the size in its file', () => {
		const { library, issue } = sample({
			bodies: { 'tip/scoreboard': '<Figure src="./plan.png" alt="A plan" />' },
		});
		const png = Buffer.alloc(24);
		png.write('\x89PNG\r\n\x1a\n', 0, 'latin1');
		png.write('IHDR', 12, 'latin1');
		png.writeUInt32BE(1072, 16);
		png.writeUInt32BE(400, 20);
		expect(() => compileIssue(library, issue)).toThrow('./plan.png was not found');
		mkdirSync(join(library.contentDir, 'tips'), { recursive: true });
		writeFileSync(join(library.contentDir, 'tips/plan.png'), 'GIF89a');
		expect(() => compileIssue(library, issue)).toThrow('neither a PNG nor a JPEG');
		writeFileSync(join(library.contentDir, 'tips/plan.png'), png);
		const { html, text } = compileIssue(library, issue);
		expect(html).toContain(
			'<img src="https://news.example.com/mail/tips/plan.png" alt="A plan" width="536" height="200"',
		);
		expect(text).toContain('[Picture: A plan]');
	});

	test('gives the same bytes twice', () => {
		const { library, issue } = sample();
		expect(compileIssue(library, issue)).toEqual(compileIssue(library, issue));
	});

	test('no field breaks out of its place, whatever it holds', () => {
		const plain = skeleton(compiledWith('x').html);
		const nasty = fc
			.array(fc.constantFrom(...breakers), { maxLength: 8 })
			.map((parts) => `x${parts.join('')}x`);
		fc.assert(
			fc.property(nasty, (field) => {
				const { html, text } = compiledWith(field);
				expect(skeleton(html)).toEqual(plain);
				expect(html.split('{{{')).toHaveLength(2);
				expect(text.split('{{{')).toHaveLength(2);
				expect(text.split('\n').filter((line) => line === '-- ')).toHaveLength(1);
				expect(`${html}${text}`).not.toMatch(/[\0\r\u202E]/);
			}),
			{ numRuns: 150 },
		);
	});
});

describe('the issues of this repository', async () => {
	const contentDir = fileURLToPath(new URL('../../content', import.meta.url));
	const shelf = await readShelf({ contentDir, audience: 'public', now: new Date(0) });
	const issues = shelf.entries.flatMap((item) => (item.kind === 'issue' ? [item] : []));

	test.each(issues.map((issue) => [issue.slug, issue] as const))(
		'%s is a good mail',
		(_, { slug, data }) => {
			const now = new Date(`${data.sendOn}T12:00:00Z`);
			const { library } = openShelf(shelf, { contentDir, audience: 'public', now });
			const issue = all(library, 'issue').find((candidate) => candidate.slug === slug);
			if (!issue) throw new Error(`${slug} is not in the library on its own day.`);
			const { html, text, bytes } = compileIssue(library, issue);
			expect(bytes.html).toBeLessThan(60_000);
			expect(html.match(/<h1/g)).toHaveLength(1);
			expect(html.split('{{{RESEND_UNSUBSCRIBE_URL}}}')).toHaveLength(2);
			expect(text.split('{{{RESEND_UNSUBSCRIBE_URL}}}')).toHaveLength(2);
			expect(html).not.toMatch(/undefined|\[object|localhost|data-astro/);
			const levels = [...html.matchAll(/<h(\d)/g)].map(([, level]) => Number(level));
			levels.forEach((level, index) =>
				expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1),
			);
			for (const line of html.split('\n')) expect(Buffer.byteLength(line)).toBeLessThan(998);
			const wide = text
				.split('\n')
				.filter((line) => line.length > 72 && !/(?:https?|mailto):/.test(line));
			expect(wide).toEqual([]);
		},
	);
});

/** What could end a place and begin another. */
const breakers = [
	'"',
	"'",
	'<',
	'>',
	'&',
	'{',
	'}',
	'`',
	'=',
	'/',
	'-->',
	'<!--',
	'</title>',
	'</style>',
	'<script>',
	' onload=',
	'\n',
	'\t',
	'\r',
	'\0',
	'\u202E',
	'&lt;',
	'{{{',
	'-- ',
	'a',
	'😀',
	'\uD800',
];

function compiledWith(field: string): { html: string; text: string } {
	const { library, issue } = sample({
		issue: {
			title: field,
			subject: field.replace(/\{+/g, '{'),
			preheader: field.replace(/\{+/g, '{'),
			announcement: { title: field },
			questions: [{ text: field, term: 'term/lead' }],
			signoff: field,
			sources: [{ title: field, by: field, url: `https://x.example/?q=${field}` }],
		},
		tip: { title: field, action: field, pull: field, question: `${field}?`, sources: [] },
		entries: [
			entry('term', 'lead', { title: field, short: field, general: field, sources: [], was: [] }),
			entry('person', 'ada', { name: field, role: field }),
		],
		settings: {
			publication: field,
			tagline: field,
			postalAddress: field,
			headings: { action: field, tip: field, announcement: field, also: field, questions: field },
		},
	});
	return compileIssue(library, issue);
}

/** The tags of a document and the names of their attributes, without any value or word. */
function skeleton(html: string): string[] {
	return [...html.matchAll(/<(?:!--.*?--|[^>]*)>/gs)].map(([tag]) =>
		tag.startsWith('<!--') ? tag : tag.replace(/="[^"]*"/g, '=').replace(/\s+/g, ' '),
	);
}

/** What a person reads of a document: no head, no preheader, no tags. */
function readable(html: string): string {
	return html
		.replace(/^.*<body[^>]*>/s, '')
		.replace(/<div[^>]*display:none.*?<\/div>/s, '')
		.replace(/<!--.*?-->/g, '')
		.replace(/<\/?(?:em|strong|a|code|del|sup)\b[^>]*>/g, '')
		.replace(/<[^>]*>/g, ' ')
		.replaceAll('&amp;', '&')
		.replaceAll('&lt;', '<')
		.replaceAll('&gt;', '>')
		.replaceAll('&#123;', '{')
		.replace(/\s+/g, ' ');
}

function words(text: string): string[] {
	return [...text.toLowerCase().matchAll(/[\p{L}\p{N}]+/gu)].map(([word]) => word);
}

function difference(one: readonly string[], other: readonly string[]): string[] {
	return [...new Set(one).difference(new Set(other))];
}

function escaped(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
