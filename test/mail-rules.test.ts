/**
 * The rules of the mail: every letter keeps all of them, and each rule sees the fault it is for. A
 * good mail is spoiled in one place; exactly one rule may speak up.
 */
import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Resend } from 'resend';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Message } from '#/delivery/message.ts';
import { checkMail, requireGoodMail } from '#/email/rules/check.ts';
import type { MailFacts } from '#/email/rules/facts.ts';
import { mailRules } from '#/email/rules/table.ts';
import { outbox } from '#/integrations/outbox.ts';
import { source } from '#/sandbox/mime.ts';
import { seedReaders } from '#/sandbox/readers.ts';
import { startSandbox } from '#/sandbox/server.ts';
import { kitchenSink, lettersOf, ownContent } from './mail-fixture.ts';
import type { MailLetter } from './mail-fixture.ts';

const own = await lettersOf(ownContent);
const sink = await lettersOf(kitchenSink);
const every = letter(sink.letters, '001-every-part');
const beyond = letter(sink.letters, '002-beyond-the-model');

describe('every letter keeps all rules', () => {
	test.each([...own.letters, ...sink.letters])('$slug', ({ message, facts }) => {
		expect(checkMail(message, facts)).toEqual([]);
	});

	test('of six issues and more', () => {
		expect(own.letters.length).toBeGreaterThanOrEqual(6);
	});
});

describe('the table of rules', () => {
	test('holds the 31 rules in their order, each with a name of its own', () => {
		expect(mailRules.map(({ number }) => number)).toEqual(
			Array.from({ length: 31 }, (_, i) => i + 1),
		);
		expect(new Set(mailRules.map(({ id }) => id)).size).toBe(31);
		for (const { id, number } of mailRules) {
			expect(id).toMatch(new RegExp(`^mail/${String(number).padStart(2, '0')}-[a-z-]+$`));
		}
	});

	test('says what it found and what to do, as sentences', () => {
		const problems = [...htmlSpoilers, ...otherSpoilers].flatMap(([, , spoil]) => {
			const { message, facts } = spoil();
			return checkMail(message, facts);
		});
		for (const problem of problems) {
			expect(problem.message).toMatch(/^["\p{Lu}`].*[.?]$/u);
			expect(problem.fix).toMatch(/^["\p{Lu}].*\.$/u);
			expect(problem.file).toMatch(/^issues\/.*\.mdx$/);
		}
	});

	test('a mail that breaks a rule of severity B is refused with every reason', () => {
		const message = { ...every.message, html: every.message.html.replace('<h1', '<h2') };
		expect(() => requireGoodMail(message, every.facts)).toThrow(
			'issues/001-every-part.mdx mail/16-headings: The mail has 0 h1, not one.',
		);
		expect(() =>
			requireGoodMail({ ...every.message, subject: every.message.subject }, every.facts),
		).not.toThrow();
	});

	test('a warning refuses nothing', () => {
		const message = { ...every.message, preheader: 'Short.' };
		expect(checkMail(message, every.facts).map(({ level }) => level)).toContain('warn');
		expect(() => requireGoodMail(message, every.facts)).not.toThrow();
	});
});

describe('a mail that breaks a rule', () => {
	test('stops the build before any mail is written', async () => {
		const { contentDir, folder } = tightContent();
		const outDir = join(folder, 'outbox');
		const build = outbox({ contentDir, now: new Date('2026-12-31T12:00:00Z') }, outDir);
		const done = build.hooks['astro:build:done'];
		// The hook asks its caller for nothing but a logger.
		const call = { logger: { info: () => {} } } as unknown as Parameters<
			NonNullable<typeof done>
		>[0];
		await expect(done?.(call)).rejects.toThrow(
			/issues\/001-every-part\.mdx mail\/06-size: The HTML part is [\d.]+ kB, at most 20\./,
		);
		expect(existsSync(outDir)).toBe(false);
	});

	test('fails the check of the newsletter, each finding with what to do', () => {
		const { contentDir } = tightContent();
		const { status, stdout } = spawnSync(
			process.execPath,
			['scripts/newsletter.ts', 'check', '001'],
			{
				cwd: join(import.meta.dirname, '..'),
				encoding: 'utf8',
				env: { PATH: process.env['PATH'], NO_COLOR: '1', TANDEM_CONTENT: contentDir },
			},
		);
		expect(stdout).toMatch(
			/^issues\/001-every-part\.mdx mail: The HTML part is [\d.]+ kB, at most 20\. Make the issue shorter/m,
		);
		expect(status).toBe(2);
	});
});

/** The kitchen sink in a firm that allows 20 kB a mail. */
function tightContent(): { contentDir: string; folder: string } {
	const folder = mkdtempSync(join(tmpdir(), 'tandem-rules-'));
	onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
	const contentDir = join(folder, 'content');
	cpSync(kitchenSink, contentDir, { recursive: true });
	appendFileSync(join(contentDir, 'settings.yaml'), 'htmlMaxKb: 20\n');
	return { contentDir, folder };
}

/** Rule, what is done, what is replaced by what. */
const htmlSpoilers = [
	html('01-document', 'no doctype', '<!doctype html>\n', ''),
	html(
		'01-document',
		'an old doctype',
		'<!doctype html>',
		'<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x">',
	),
	html('01-document', 'no language', '<html lang="en-GB"', '<html'),
	html('01-document', 'another language', '<html lang="en-GB"', '<html lang="de"'),
	html('01-document', 'no direction', '<html lang="en-GB" dir="ltr"', '<html lang="en-GB"'),
	html('01-document', 'a second html tag', '<body', '<html lang="en-GB" dir="ltr"><body'),
	html('01-document', 'a title that is not the subject', '<title>Every part', '<title>Each part'),
	html(
		'01-document',
		'two titles',
		'</title>',
		'</title><title>Every part of a letter &amp; more</title>',
	),
	html('01-document', 'no charset', '<meta charset="utf-8">\n', ''),
	html(
		'01-document',
		'a charset too late',
		'<meta charset="utf-8">',
		`${'<meta name="x" content="y">\n'.repeat(50)}<meta charset="utf-8">`,
	),
	html('01-document', 'no viewport', /<meta name="viewport"[^>]*>\n/, ''),
	html('01-document', 'no zoom', 'initial-scale=1', 'initial-scale=1, user-scalable=no'),
	html('01-document', 'a largest zoom', 'initial-scale=1', 'initial-scale=1, maximum-scale=1'),
	html(
		'02-wrapper',
		'a wrapper without a language',
		'<div lang="en-GB" dir="ltr"',
		'<div dir="ltr"',
	),
	html(
		'02-wrapper',
		'a wrapper without a direction',
		'<div lang="en-GB" dir="ltr"',
		'<div lang="en-GB"',
	),
	html(
		'02-wrapper',
		'a second wrapper',
		/<\/div>\n<\/body>/,
		'</div>\n<div lang="en-GB" dir="ltr"></div>\n</body>',
	),
	html(
		'02-wrapper',
		'a preheader beside the wrapper',
		/(<div lang[^>]*>\n)(<div style="display:none.*?<\/div>)/s,
		'$2$1',
	),
	html('03-article', 'no article', ' role="article"', ''),
	html('03-article', 'an article without a name', / aria-label="[^"]*"/, ''),
	html(
		'03-article',
		'an article with another name',
		/aria-label="[^"]*"/,
		'aria-label="Newsletter"',
	),
	html(
		'03-article',
		'words outside the article',
		'<div role="article"',
		`<p class="c-ink" style="${plainStyle()}">Ada Hart</p><div role="article"`,
	),
	html('04-blocked', 'a script', '</h1>', '</h1><script>1</script>'),
	html('04-blocked', 'a form', '<h1', '<form></form><h1'),
	html('04-blocked', 'a frame', '<h1', '<iframe src="https://x.example/"></iframe><h1'),
	html(
		'04-blocked',
		'an outside style sheet',
		'</title>',
		'</title><link rel="stylesheet" href="https://x.example/a.css">',
	),
	html('04-blocked', 'a drawing', '<h1', '<svg></svg><h1'),
	html('04-blocked', 'a handler', '<h1', '<h1 onclick="x()"'),
	html(
		'04-blocked',
		'a data picture',
		'<h1',
		'<div style="background-image:url(data:image/png;base64,AAAA)"></div><h1',
		['09-inline'],
	),
	html('04-blocked', 'an AMP mail', '<html ', '<html ⚡4email '),
	html('05-leftover', 'an attribute of the framework', '<h1', '<h1 data-astro-cid-x'),
	html('05-leftover', 'a value that was not there', '<h1', '<h1 title="undefined"'),
	html('05-leftover', 'an object as words', '<h1', '<h1 title="[object Object]"'),
	html(
		'05-leftover',
		'an address of this machine',
		'https://example.org/survey',
		'http://localhost:4321/survey',
		['26-text'],
	),
	html('06-size', 'more than Gmail shows', '</body>', `<!--${'x \n'.repeat(25_000)}--></body>`),
	html(
		'07-sheet',
		'too large a sheet',
		'</style>',
		`.x{color:#000000}\n`.repeat(600) + '</style>',
		['09-inline'],
	),
	html(
		'07-sheet',
		'nesting',
		'.half{max-width:100%!important}',
		'.half{max-width:100%!important;& p{width:100%}}',
	),
	html('07-sheet', 'an import', '</style>', '@import "x.css";</style>'),
	html('07-sheet', 'a custom property', '.half{', '.half{--x:1px;', ['09-inline']),
	html(
		'07-sheet',
		'a colour for two schemes',
		'.half{',
		'.half{width:light-dark(#000000,#ffffff);',
		['14-values'],
	),
	html(
		'07-sheet',
		'a block that is not closed',
		'.room{padding-right:0!important}\n}',
		'.room{padding-right:0!important}',
	),
	html('08-lines', 'a long line', '</h1>', `</h1><!--${'x'.repeat(1000)}-->`),
	html('09-inline', 'a rule that reading needs', '</style>', '.lead{font-size:18px}</style>'),
	html('09-inline', 'a layout in the dark mode', '.c-ink{', '.c-ink{font-size:20px;'),
	html('09-inline', 'words without a style', /(<h1[^>]*?) style="[^"]*"/, '$1'),
	html(
		'09-inline',
		'a background picture',
		'<h1',
		'<div background="https://x.example/a.png"></div><h1',
	),
	html('10-size', 'tiny words', /font-size:14px(;line-height:22px">You\s+get)/, 'font-size:10px$1'),
	html('10-size', 'tight lines', 'line-height:26px', 'line-height:18px'),
	html(
		'10-size',
		'small words all over',
		/font-size:(?:16|18|19|20|22|23|28)px/g,
		'font-size:15px',
	),
	html('10-size', 'centred words', '<h1', '<h1 align="center"'),
	html('10-size', 'a letter without a side', 'text-align:left;overflow', 'overflow'),
	html('11-contrast', 'pale words', 'color:#566061', 'color:#9aa3a4'),
	html('11-contrast', 'dark words in the dark', '.c-ink{color:#e9eeec', '.c-ink{color:#3a4648'),
	html(
		'11-contrast',
		'a block that stays light in the dark',
		'class="cell b-tint l-accent"',
		'class="cell l-accent"',
	),
	html(
		'11-contrast',
		'the words of a blocked picture',
		/(<img[^>]*)color:#1d2526;background-color:#f4f7f5/,
		'$1color:#dfdad1;background-color:#f4f7f5',
	),
	html(
		'11-contrast',
		'a pale border that says something',
		'border-left:4px solid #0f5c5c',
		'border-left:4px solid #dfdad1',
	),
	html('12-links', 'a link without a line', 'text-decoration:underline', 'text-decoration:none'),
	html(
		'12-links',
		'a link that says nothing',
		/(<a href="https:\/\/example.org\/\?a=1[^>]*>)[^<]*/,
		'$1page',
	),
	html(
		'12-links',
		'one text for two places',
		/(<a href="https:\/\/news\.example\.com\/terms\/)hand-off(\/"[^>]*>)Hand-off/,
		'$1hand-off$2Lead',
	),
	html(
		'12-links',
		'a link without words',
		'<h1',
		'<a href="https://news.example.com/issues/001/" style="text-decoration:underline"></a><h1',
	),
	html('13-narrow', 'a letter of any width', 'max-width:600px;margin:0 auto', 'margin:0 auto'),
	html(
		'13-narrow',
		'too wide a letter',
		'max-width:600px;margin:0 auto',
		'max-width:800px;margin:0 auto',
	),
	html(
		'13-narrow',
		'words that do not break',
		'overflow-wrap:break-word;word-break:break-word',
		'width:auto',
	),
	html('13-narrow', 'a fixed width', '<h1', '<div style="width:480px"></div><h1'),
	html(
		'13-narrow',
		'a line that does not wrap',
		'margin:0 0 12px;',
		'white-space:nowrap;margin:0 0 12px;',
	),
	html('13-narrow', 'two columns on a phone', '.half{max-width:100%!important}\n', ''),
	html(
		'13-narrow',
		'code that does not wrap',
		'white-space:pre-wrap',
		'white-space:normal',
		[],
		beyond,
	),
	html('14-values', 'a short colour', '"color:#ffffff', '"color:#fff'),
	html('14-values', 'a colour by name', '"color:#ffffff', '"color:white'),
	html(
		'14-values',
		'a colour as a function',
		'border-top:1px solid #dfdad1',
		'border-top:1px solid rgb(0 0 0 / 10%)',
	),
	html('14-values', 'an em', 'margin:28px 0 0', 'margin:2em 0 0'),
	html('14-values', 'a sum', 'margin:28px 0 0', 'margin:calc(20px + 8px) 0 0'),
	html('14-values', 'a flex box', '<h1', '<div style="display:flex"></div><h1'),
	html('14-values', 'a position', '<h1', '<div style="position:relative"></div><h1'),
	html('15-targets', 'a low link', /margin:2px 0 0;([^"]*line-height:22px"><a)/, 'margin:0;$1'),
	html('16-headings', 'no h1', /<(\/?)h1/g, '<$1h2'),
	html('16-headings', 'two h1', /<h2([^>]*>Do\s+this)<\/h2>/, '<h1$1</h1>'),
	html('16-headings', 'a jump', /<h3([^>]*>A\s+list to copy)<\/h3>/, '<h4$1</h4>'),
	html('17-elements', 'a figure', '<h1', '<figure></figure><h1'),
	html(
		'17-elements',
		'a section',
		/<div class="masthead"/,
		'<section></section><div class="masthead"',
	),
	html('17-elements', 'words in a div', /<p( [^>]*>Ada\s+Hart)<\/p>/, '<div$1</div>'),
	html('17-elements', 'a list of line breaks', />Ada\s+Hart<\/p>/, '>- Ada Hart<br>\n- Editor</p>'),
	html(
		'17-elements',
		'a paragraph of line breaks',
		/>Ada\s+Hart<\/p>/,
		'>Ada Hart<br>\n<br>Editor</p>',
	),
	html(
		'18-data-tables',
		'a data table as presentation',
		'<table border="0"',
		'<table role="presentation" border="0"',
	),
	html('18-data-tables', 'a column without a header', '<th scope="col"', '<th'),
	html('18-data-tables', 'a row without a header', /<th scope="row"([^>]*>One<\/)th>/, '<td$1td>'),
	html('18-data-tables', 'five columns', /(<th scope="col"[^>]*>Number<\/th>)/, '$1$1$1'),
	html(
		'19-layout-tables',
		'a layout table for everybody',
		'<h1',
		'<table role="presentation"><tr><td></td></tr></table><h1',
	),
	html(
		'19-layout-tables',
		'a layout table that does not say so',
		'<table role="presentation" width="536"',
		'<table width="536"',
	),
	html('20-tasks', 'a list without marks', ' role="list"', '', [], beyond),
	html('20-tasks', 'boxes of brackets', '☐', '[ ]', [], beyond),
	html('20-tasks', 'a task among marks', />One\s+item</, '>☐ One item<'),
	html('21-anchors', 'an id', '<h1', '<h1 id="top"'),
	html('21-anchors', 'an anchor', '<h1', '<a name="top"></a><h1'),
	html(
		'21-anchors',
		'a link to an anchor',
		'href="https://news.example.com/issues/001/#tip"',
		'href="#tip"',
		['26-text'],
	),
	html('22-pictures', 'a picture without https', 'src="https:', 'src="http:'),
	html('22-pictures', 'a hash in the address', 'plan.png', 'plan.DqcXz3_h.png'),
	html('22-pictures', 'a folder of the build', '/mail/issues/plan', '/_astro/plan'),
	html('22-pictures', 'a WebP', 'plan.png', 'plan.webp'),
	html('22-pictures', 'no width', / width="536" height/, ' height'),
	html('22-pictures', 'a height that is no number', /( width="536" height=")\d+/, '$1auto'),
	html(
		'22-pictures',
		'a picture that does not shrink',
		'max-width:568px;height:auto',
		'height:auto',
	),
	html('23-alt', 'no alt', / alt="[^"]*"/, ''),
	html('23-alt', 'an empty alt', / alt="[^"]*"/, ' alt=""'),
	html('23-alt', 'the name of the file', / alt="[^"]*"/, ' alt="plan.png"', ['26-text']),
	html('23-alt', 'a word for any picture', / alt="[^"]*"/, ' alt="Picture"'),
	html('23-alt', 'hidden characters', / alt="/, ' alt="\u200b'),
	html(
		'23-alt',
		'too long an alt',
		/ alt="[^"]*"/,
		` alt="${'A calendar with one week marked. '.repeat(5)}"`,
	),
	html(
		'24-pictures-off',
		'pictures for words',
		'<h1',
		'<div><img src="https://news.example.com/mail/a.png" alt="A calendar" width="1" height="1" style="color:#000000;background-color:#ffffff;display:block;width:100%;max-width:568px;height:auto"></div>\n'.repeat(
			40,
		) + '<h1',
	),
	html('25-outlook', 'no table for Outlook', / width="600" align/, ' align'),
	html('25-outlook', 'VML', '<h1', '<!--[if mso]><v:rect fill="true"></v:rect><![endif]--><h1'),
	html(
		'25-outlook',
		'styles for Word',
		'mso-hide:all',
		'mso-hide:all;mso-line-height-rule:exactly',
	),
	html(
		'25-outlook',
		'a link as a button',
		'text-decoration:underline',
		'text-decoration:underline;padding:12px 20px',
	),
	html('26-text', 'a word that the text lacks', '</h1>', ' zebra</h1>'),
	html(
		'26-text',
		'an address that the text lacks',
		'href="https://example.org/survey"',
		'href="https://example.org/other"',
	),
	html('27-preheader', 'no room after the preheader', /(?:&#847;&zwnj;&nbsp;\s*)+/, ''),
	html('27-preheader', 'another hidden line', /(mso-hide:all">)Each/, '$1Some'),
	html(
		'29-unsubscribe',
		'a link that does not say so',
		/(RESEND_UNSUBSCRIBE_URL\}\}\}"[^>]*>)[^<]*/,
		'$1This letter',
	),
	html(
		'29-unsubscribe',
		'a hidden link',
		/<p class="c-soft" style="([^"]*)"><a href="\{\{\{RESEND/,
		'<p class="c-soft" style="display:none;$1"><a href="{{{RESEND',
	),
	html(
		'29-unsubscribe',
		'no postal address',
		/Example\s+Works, 1 High Street, Town/,
		'Example Works, Town',
	),
];

const otherSpoilers = [
	edit(
		'06-size',
		'a subject for the second time',
		every,
		{},
		{ otherSubjects: ['every part of a letter, & more!'] },
	),
	edit('06-size', 'more than the settings allow', every, {}, { htmlMaxKb: 20 }),
	edit('22-pictures', 'too wide a file', every, {}, { picture: () => ({ width: 1200 }) }),
	edit(
		'22-pictures',
		'too heavy a file',
		every,
		{},
		{ picture: () => ({ width: 800, bytes: 200_001 }) },
	),
	text('05-leftover', 'a value that was not there', 'Ada Hart', 'Ada Hart undefined'),
	text('08-lines', 'a long line', 'Links\n', `Links\nhttps://example.org/${'x'.repeat(1000)}\n`),
	text(
		'26-text',
		'a wide line',
		'A second paragraph of the hook.',
		`A second paragraph of the hook. ${'and so on '.repeat(6)}`,
	),
	text(
		'26-text',
		'a broken address',
		'https://hbr.org/2006/07/ending-the-war',
		'https://hbr.org/2006/07/\nending-the-war',
	),
	text(
		'26-text',
		'an address within a line',
		'[9] https://example.org/survey',
		'See https://example.org/survey for it',
	),
	text('26-text', 'markup', 'Two teams met.', '<p>Two teams met.</p>'),
	text('26-text', 'an entity', 'Sales &\n', 'Sales &amp;\n'),
	text('26-text', 'an invisible character', 'Two teams met.', 'Two\u200b teams met.'),
	text(
		'26-text',
		'the padding of the preheader',
		'Issue #001\n',
		'Issue #001 \u034f\u200c\u00a0\n',
	),
	text('26-text', 'no signature mark', '\n-- \n', '\n--\n'),
	text(
		'26-text',
		'no address to unsubscribe',
		'Unsubscribe from this letter:\n{{{RESEND_UNSUBSCRIBE_URL}}}',
		'Unsubscribe from this letter:',
	),
	text('26-text', 'no web page', /https:\/\/news\.example\.com\/issues\/001\/\n/g, '\n'),
	text('28-parts', 'two kinds of line ends', 'Two teams met.\n', 'Two teams met.\r\n', ['26-text']),
	edit('28-parts', 'half a letter', every, { text: `${every.message.text}\ud83d` }),
	edit('27-preheader', 'a short preheader', every, withPreheader('Short.')),
	edit(
		'27-preheader',
		'a long preheader',
		every,
		withPreheader('It goes on and on. '.repeat(7).trim()),
	),
	edit(
		'27-preheader',
		'the subject again',
		every,
		withPreheader('Every part of a letter & more: this is what it holds.'),
	),
	edit(
		'27-preheader',
		'the first sentence again',
		every,
		withPreheader('Somebody has a number on their mind. Could you name it?'),
	),
	edit('30-sender', 'a mailbox for everybody', every, {
		from: 'Side by Side, at Example <side@gmail.com>',
	}),
	edit('30-sender', 'a sender without a domain', every, {
		from: 'Side by Side, at Example <side@example>',
	}),
	edit(
		'31-subject',
		'a long subject',
		every,
		withSubject('A subject that goes on and on until nobody reads to its far end'),
	),
	edit('31-subject', 'a shouted subject', every, withSubject('READ THIS NOW')),
	edit('31-subject', 'three marks', every, withSubject('Read this now!!!')),
	edit('31-subject', 'another name', every, { from: 'Bob <letter@news.example.com>' }),
];

describe('each rule sees its fault, and no other rule does', () => {
	test.each([...htmlSpoilers, ...otherSpoilers])('%s: %s', (rule, _name, spoil, also) => {
		const { message, facts } = spoil();
		const rules = new Set(checkMail(message, facts).map((problem) => problem.rule));
		// A few faults break two rules, whichever way they are made.
		expect([...rules].toSorted()).toEqual([rule, ...also].map((id) => `mail/${id}`).toSorted());
	});

	test('there is a spoiled mail for each of the 31 rules', () => {
		const seen = new Set([...htmlSpoilers, ...otherSpoilers].map(([rule]) => `mail/${rule}`));
		expect(mailRules.map(({ id }) => id).filter((id) => !seen.has(id))).toEqual([]);
	});

	test('a size between warning and error warns', () => {
		const long = `${every.message.html}<!--${'x \n'.repeat(10_000)}-->`;
		const problems = checkMail({ ...every.message, html: long }, every.facts);
		expect(problems.map(({ rule, level }) => [rule, level])).toEqual([['mail/06-size', 'warn']]);
	});
});

describe('the message as it crosses the wire', async () => {
	const raw = await received(every.message);
	const check = (changed: string): string[] => [
		...new Set(
			checkMail(every.message, { ...every.facts, source: changed }).map(({ rule }) => rule),
		),
	];

	test('keeps all rules as the sandbox delivers it', () => {
		expect(checkMail(every.message, { ...every.facts, source: raw })).toEqual([]);
	});

	test.each([
		['28-parts', 'HTML first', (mail: string) => swapParts(mail)],
		[
			'28-parts',
			'one part only',
			(mail: string) => mail.replace('multipart/alternative', 'multipart/mixed'),
		],
		[
			'28-parts',
			'another charset',
			(mail: string) => swap(mail, 'charset=utf-8', 'charset=iso-8859-1'),
		],
		[
			'28-parts',
			'base64',
			(mail: string) => swap(mail, 'Encoding: quoted-printable', 'Encoding: base64'),
		],
		[
			'28-parts',
			'a long line',
			(mail: string) =>
				swap(mail, '\r\n\r\nSide by Side', `\r\n\r\n${'x'.repeat(77)}\r\nSide by Side`),
		],
		['28-parts', 'bare line feeds', (mail: string) => swap(mail, 'Issue #001\r\n', 'Issue #001\n')],
		[
			'28-parts',
			'bytes in a header',
			(mail: string) => swap(mail, 'Subject: ', 'Subject: Caf\u00c3\u00a9 '),
		],
		[
			'29-unsubscribe',
			'no List-Unsubscribe',
			(mail: string) => mail.replace(/^List-Unsubscribe:\s+\S+\r\n/m, ''),
		],
		[
			'29-unsubscribe',
			'a mailto only',
			(mail: string) =>
				mail.replace(/^List-Unsubscribe:\s+\S+/m, 'List-Unsubscribe: <mailto:x@example.com>'),
		],
		[
			'29-unsubscribe',
			'no one-click',
			(mail: string) => mail.replace(/^List-Unsubscribe-Post: .*\r\n/m, ''),
		],
		[
			'29-unsubscribe',
			'no List-ID',
			(mail: string) => mail.replace(/^List-ID: .*\r\n(?: .*\r\n)*/m, ''),
		],
		[
			'29-unsubscribe',
			'headers that are not signed',
			(mail: string) =>
				`DKIM-Signature: v=1; a=rsa-sha256; d=example.com; h=from:to:subject; b=x\r\n${mail}`,
		],
		[
			'30-sender',
			'a signature of another domain',
			(mail: string) =>
				`DKIM-Signature: v=1; d=mailer.example; h=from:list-unsubscribe:list-unsubscribe-post; b=x\r\n${mail}`,
		],
		[
			'30-sender',
			'a receiver that did not trust it',
			(mail: string) => `Authentication-Results: mx.example; spf=pass; dmarc=fail\r\n${mail}`,
		],
	] as const)('%s: %s', (rule, _name, spoil) => {
		const changed = spoil(raw);
		expect(changed).not.toBe(raw);
		expect(check(changed)).toEqual([`mail/${rule}`]);
	});

	test('a signature of the own domain that covers the list headers is good', () => {
		expect(
			check(
				`DKIM-Signature: v=1; d=example.com;\r\n h=from:list-unsubscribe:list-unsubscribe-post; b=x\r\n${raw}`,
			),
		).toEqual([]);
	});
});

/**
 * A mail whose HTML is changed in one way.
 * @param also - rules that this fault breaks too
 */
function html(
	rule: string,
	name: string,
	from: string | RegExp,
	to: string,
	also: readonly string[] = [],
	good: MailLetter = every,
): Spoiler {
	return [
		rule,
		name,
		() => ({ ...good, message: { ...good.message, html: swap(good.message.html, from, to) } }),
		also,
	];
}

function text(
	rule: string,
	name: string,
	from: string | RegExp,
	to: string,
	also: string[] = [],
): Spoiler {
	return [
		rule,
		name,
		() => ({ ...every, message: { ...every.message, text: swap(every.message.text, from, to) } }),
		also,
	];
}

function edit(
	rule: string,
	name: string,
	good: MailLetter,
	message: Partial<Message>,
	facts: Partial<MailFacts> = {},
): Spoiler {
	return [
		rule,
		name,
		() => ({
			message: { ...good.message, ...message },
			facts: { ...good.facts, ...facts },
		}),
		[],
	];
}

/** Replaces a text that must be there: a spoiler that changes nothing proves nothing. */
function swap(whole: string, from: string | RegExp, to: string): string {
	const changed =
		typeof from === 'string' ? whole.replace(from, () => to) : whole.replace(from, to);
	if (changed === whole) throw new Error(`The mail does not hold ${String(from)}.`);
	return changed;
}

function withPreheader(preheader: string): Partial<Message> {
	const html = swap(
		every.message.html,
		/(mso-hide:all">).*?(?= &#847;)/s,
		`$1${preheader.replace('&', '&amp;')}`,
	);
	return { preheader, html };
}

function withSubject(subject: string): Partial<Message> {
	const html = swap(every.message.html, /Every part of a letter &amp; more/g, subject);
	return { subject, html };
}

function plainStyle(): string {
	return 'color:#1d2526;margin:0;font-family:Georgia,serif;font-size:16px;line-height:26px';
}

function letter(letters: readonly MailLetter[], slug: string): MailLetter {
	const found = letters.find((candidate) => candidate.slug === slug);
	if (!found) throw new Error(`There is no letter ${slug}.`);
	return found;
}

/**
 * The mail as the sandbox delivers it to a reader. Only its unsubscribe address is not what it would
 * be: the sandbox listens on this machine, so it is http there.
 */
async function received(message: Message): Promise<string> {
	const sandbox = await startSandbox({ now: new Date('2026-11-23T10:00:00Z') });
	try {
		const resend = new Resend('re_test_key', { baseUrl: sandbox.url });
		const ids = seedReaders(sandbox, { segment: 'readers', topic: 'Weekly' });
		const { from, replyTo, subject, html: body, text: plain } = message;
		const { segmentId, topicId } = ids;
		const draft = await resend.broadcasts.create({
			name: 'one',
			from,
			replyTo,
			subject,
			segmentId,
			topicId,
			html: body,
			text: plain,
		});
		await resend.broadcasts.send(draft.data?.id ?? '');
		await sandbox.clock.advance(60_000);
		const [mail] = sandbox.mails();
		if (!mail) throw new Error('Nothing was delivered.');
		return source(mail).replace(/^(List-Unsubscribe:\s*<)http:/m, '$1https:');
	} finally {
		await sandbox.close();
	}
}

/** The two parts, HTML first. */
function swapParts(mail: string): string {
	const boundary = `--${/boundary="([^"]+)"/.exec(mail)?.[1] ?? ''}`;
	const [head = '', one = '', other = '', end = ''] = mail.split(boundary);
	return [head, other, one, end].join(boundary);
}

type Spoiler = readonly [
	rule: string,
	name: string,
	spoil: () => { message: Message; facts: MailFacts },
	also: readonly string[],
];
