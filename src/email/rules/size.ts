/** How much a mail program takes before it cuts. */
import { found } from './rule.ts';
import { elements } from './element.ts';
import type { Mail } from './mail.ts';
import type { Finding, Rule } from './rule.ts';
import type { Block } from './stylesheet.ts';

export const sizeRules: readonly Rule[] = [
	{
		id: 'mail/06-size',
		number: 6,
		severity: 'B',
		title: 'The HTML is smaller than Gmail cuts at, and no two issues share a subject.',
		fix: 'Make the issue shorter: Gmail cuts a mail near 102 kB and hides the footer.',
		check: checkSize,
	},
	{
		id: 'mail/07-sheet',
		number: 7,
		severity: 'B',
		title: 'One small style sheet in the head, without anything Gmail cannot read.',
		fix: 'Gmail drops a style sheet whole where it cannot read a part of it. Mend src/email/tokens.ts.',
		check: checkSheet,
	},
	{
		id: 'mail/08-lines',
		number: 8,
		severity: 'W',
		title: 'No line of the source is over 998 bytes.',
		fix: 'Break it at a blank: a mail server may break it anywhere, also within a word.',
		check: checkLines,
	},
];

function checkSize({ message, facts }: Mail): Finding[] {
	const bytes = Buffer.byteLength(message.html);
	const size = `The HTML part is ${(bytes / 1000).toFixed(1)} kB`;
	const isTooLarge = bytes > facts.htmlMaxKb * 1000;
	const twin = facts.otherSubjects.find((subject) => plain(subject) === plain(message.subject));
	return [
		...found(isTooLarge, `${size}, at most ${facts.htmlMaxKb}.`),
		...found(
			!isTooLarge && bytes > warnBytes,
			`${size}; over ${warnBytes / 1000} it is slow to read.`,
		).map((finding) => ({ ...finding, severity: 'W' as const })),
		...found(
			twin !== undefined,
			`Another issue has the subject "${twin}".`,
			'Choose another: Gmail folds mails of one subject together and hides what repeats.',
		),
	];
}

function checkSheet({ page, css, sheet }: Mail): Finding[] {
	const head = elements(page, 'head')[0];
	const stray = elements(page, 'style').filter(({ parent }) => parent !== head);
	const bytes = Buffer.byteLength(css);
	const nested = sheet.blocks.flatMap((block) => (isMedia(block) ? block.blocks : [block]));
	const unread = unreadable.filter(([, pattern]) => pattern.test(css)).map(([name]) => name);
	return [
		...stray.flatMap(() => found(true, 'A style sheet stands outside the head.')),
		...found(
			bytes >= maxSheetBytes,
			`The style sheet has ${bytes} bytes, at most ${maxSheetBytes}.`,
		),
		...found(
			nested.some(({ blocks, prelude }) => blocks.length > 0 || prelude.includes('&')),
			'The style sheet nests rules.',
		),
		...unread.flatMap((name) => found(true, `The style sheet holds ${name}.`)),
		...sheet.faults.flatMap((fault) =>
			found(true, `The style sheet cannot be read at "${fault}".`),
		),
	];
}

function checkLines({ message }: Mail): Finding[] {
	return Object.entries({ HTML: message.html, text: message.text }).flatMap(([part, text]) => {
		const long = text.split(/\r?\n/).findIndex((line) => Buffer.byteLength(line) > maxLineBytes);
		return found(long >= 0, `Line ${long + 1} of the ${part} part is over ${maxLineBytes} bytes.`);
	});
}

function isMedia({ prelude }: Block): boolean {
	return /^@media\b/i.test(prelude);
}

function plain(subject: string): string {
	return subject
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.trim();
}

const warnBytes = 60_000;
const maxSheetBytes = 8000;
const maxLineBytes = 998;

const unreadable: readonly [string, RegExp][] = [
	['@import', /@import/i],
	['a custom property', /(?:^|[{;\s])--[\w-]+\s*:|\bvar\(/i],
	['light-dark()', /light-dark\(/i],
	['an @-rule other than @media', /@(?!media|import|font-face)[a-z-]+/i],
];
