/** The text part and the line an inbox shows. */
import { closest, elements, isHidden, readableText, textOf } from './element.ts';
import { unsubscribePlaceholder } from '#/email/placeholder.ts';
import type { Mail } from './mail.ts';
import { excerpt, found } from './rule.ts';
import type { Finding, Rule } from './rule.ts';

export const textRules: readonly Rule[] = [
	{
		id: 'mail/26-text',
		number: 26,
		severity: 'B',
		title: 'A text part of its own with every word and every address of the HTML, in 72 columns.',
		fix: 'HTML and text come from one letter: mend src/email/text.ts.',
		check: checkText,
	},
	{
		id: 'mail/27-preheader',
		number: 27,
		severity: 'W',
		title: 'A preheader of 40 to 120 characters that adds to subject and first sentence.',
		fix: 'Say in one sentence what the subject does not.',
		check: checkPreheader,
	},
];

function checkText({ message, body, facts }: Mail): Finding[] {
	const { text } = message;
	const lines = text.split('\n');
	const read = readableText(body);
	const wide = lines.find((line) => Array.from(line).length > 72 && !isAddressLine(line));
	const missing = missingWords(read, text);
	const hrefs = elements(body, 'a')
		.filter((link) => !closest(link, isHidden))
		.map(({ attributes }) => attributes.get('href') ?? '');
	const lost = [...new Set([...hrefs, facts.pageUrl])].filter(
		(href) => href !== '' && !lines.some((line) => line === href || line.endsWith(`] ${href}`)),
	);
	const marks = (text.match(/<\/?[a-z][^<>\n]*>|&(?:[a-z]+|#\d+);/gi) ?? []).filter(
		(mark) => !read.includes(mark.replace(/\s+/g, ' ')),
	);
	const signature = lines.indexOf('-- ');
	return [
		...found(missing.length > 0, `The text part lacks ${list(missing)} of the HTML.`),
		...found(wide !== undefined, `"${excerpt(wide ?? '')}" is over 72 columns.`),
		...found(
			lost.length > 0,
			`The address ${lost[0]} does not stand on a line of its own in the text part.`,
		),
		...found(invisible.test(text), 'The text part holds invisible characters.'),
		...found(marks.length > 0, `The text part holds markup: ${list(marks)}.`),
		...found(
			lines.filter((line) => line === '-- ').length !== 1,
			'The text part has not one line "-- ".',
		),
		...found(
			signature >= 0 && !lines.slice(signature).includes(unsubscribePlaceholder),
			'The footer of the text part has no address to unsubscribe.',
		),
	];
}

function checkPreheader({ message, preheader, article }: Mail): Finding[] {
	const { preheader: line, subject } = message;
	const shown = preheader ? textOf(preheader) : '';
	const length = Array.from(line).length;
	const paragraphs = article ? elements(article, 'p').map(readableText) : [];
	return [
		...found(length < 40 || length > 120, `The preheader has ${length} characters; use 40 to 120.`),
		...found(
			plain(line) === plain(subject) || plain(line).startsWith(`${plain(subject)} `),
			'The preheader is the subject again.',
		),
		...found(
			plain(line) !== '' &&
				paragraphs.some((text) => `${plain(text)} `.startsWith(`${plain(line)} `)),
			'The preheader is the beginning of a paragraph again.',
		),
		...found(
			plain(shown) !== plain(line),
			'The hidden line of the HTML is not the preheader.',
			'Mend src/email/shell.ts.',
		),
		...found(
			(shown.match(/\u034f\u200c\u00a0/g)?.length ?? 0) < 30,
			'After the preheader nothing keeps the first words of the letter out of the inbox.',
			'Pad it with &#847;&zwnj;&nbsp; in src/email/shell.ts.',
		),
	];
}

/** Words of the HTML that the text lacks. A word too long for a line may be broken there. */
function missingWords(read: string, text: string): string[] {
	const known = new Set(words(text));
	const joined = text.toLowerCase().replace(/\s+/g, '');
	return [...new Set(words(read))].filter(
		(word) => !known.has(word) && (word.length < 40 || !joined.includes(word)),
	);
}

function words(text: string): string[] {
	return [
		...text
			.normalize('NFC')
			.toLowerCase()
			.matchAll(/[\p{L}\p{N}]+/gu),
	].map(([word]) => word);
}

function isAddressLine(line: string): boolean {
	return /^(?:[-\s]*\[\d+\] )?(?:https?:\/\/|mailto:)\S+$/.test(line);
}

function plain(text: string): string {
	return words(text).join(' ');
}

function list(items: readonly string[]): string {
	const shown = items.slice(0, 5).map((item) => `"${item}"`);
	return shown.join(', ') + (items.length > 5 ? ` and ${items.length - 5} more` : '');
}

// Line ends are LF; a tab is as wide as the reader's program likes.
const invisible = /\p{Cf}|[\u00ad\u00a0]|\u034f|(?!\n)\p{Cc}/u;
