import { plainText } from './escape.ts';
import type { Letter, LetterContent, LetterQuestion, LetterSeries } from './letter.ts';
import { jumpLabel } from './labels.ts';
import { marked, openNotes } from './notes.ts';
import type { Notes } from './notes.ts';
import { unsubscribePlaceholder } from './placeholder.ts';
import { passageText } from './plain-blocks.ts';
import { termsText } from './plain-components.ts';
import { columns, indent, wrap } from './wrap.ts';

/** A letter as plain text: at most 72 columns, addresses listed at the end, lines ended by LF. */
export function letterText(letter: Letter): string {
	const notes = openNotes();
	const parts = [
		headerText(letter),
		line(letter.label),
		...contentParts(letter, notes, {
			byline: bylineText(letter),
			series: () => seriesText(letter.series, notes),
		}),
		closingText(letter),
		notesText(notes),
		footerText(letter),
	];
	return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** What lies between header and footer as plain text, with the addresses its links name. */
export function contentText(content: LetterContent): string {
	const notes = openNotes();
	const parts = [
		...contentParts(content, notes, { byline: '', series: () => '' }),
		notesText(notes),
	];
	return parts.filter((part) => part !== '').join('\n\n');
}

function headerText(letter: Letter): string {
	const { publication, tagline, pageUrl, logo } = letter;
	return [
		...(logo ? [line(logo.alt)] : []),
		line(publication),
		line(tagline),
		'Read this issue on the web:',
		pageUrl,
	].join('\n');
}

function bylineText({ date, author, minutes }: Letter): string {
	return line([date, `${author.name}, ${author.role}`, `${minutes} min read`].join(' · '));
}

function contentParts(
	letter: LetterContent,
	notes: Notes,
	frame: { byline: string; series: () => string },
): string[] {
	const { action, tip, announcement, also, questions } = letter;
	return [
		underlined(letter.title, '='),
		letter.terms.length === 2
			? line(`Two words: ${letter.terms.map(({ title }) => title).join(' and ')}`)
			: '',
		frame.byline,
		passageText(letter.hook, notes, width),
		part(
			action.heading,
			line(action.text),
			paragraph(marked(plainText(jumpLabel(letter)), action.href, notes)),
		),
		termsText(letter.terms, notes, width),
		part(
			tip.heading,
			line(tip.title),
			tip.pull ? line(tip.pull) : '',
			passageText(tip.body, notes, width),
			tip.question ? line(tip.question) : '',
		),
		announcement
			? part(
					announcement.heading,
					line(announcement.title ?? ''),
					passageText(announcement.body, notes, width),
				)
			: '',
		part(
			also.heading,
			bullets(
				also.items.map(
					({ title, summary, href }) =>
						`${marked(plainText(title), href, notes)}\n${plainText(summary)}`,
				),
			),
		),
		part(questions.heading, ...questions.items.map((question) => questionText(question, notes))),
		frame.series(),
		part(
			'Sources',
			bullets(
				letter.sources.map(({ title, by, year, href }) => {
					const where = year === undefined ? `${by}: ` : `${by} (${year}): `;
					return plainText(where) + marked(plainText(title), href, notes);
				}),
			),
		),
	];
}

function questionText({ text, term, team }: LetterQuestion, notes: Notes): string {
	const about = term ? `About ${marked(plainText(term.title), term.href, notes)}` : '';
	const whom =
		about === '' ? sentenceCase(team ?? '') : [about, team].filter((said) => said).join(', ');
	return [line(text), paragraph(whom)].filter((said) => said !== '').join('\n');
}

function seriesText(series: LetterSeries | undefined, notes: Notes): string {
	if (!series) return '';
	const earlier = series.earlier.map(({ label, title, href }) =>
		marked(plainText(`${label}: ${title}`), href, notes),
	);
	const before = earlier.length === 0 ? '' : ` Earlier: ${earlier.join('; ')}.`;
	return paragraph(`Part ${series.part} of ${series.length}: ${plainText(series.title)}.${before}`);
}

function closingText(letter: Letter): string {
	return [
		...(letter.signoff ? [line(letter.signoff), ''] : []),
		line(letter.author.name),
		line(letter.author.role),
		'',
		'Reply to this letter and tell us how it went.',
		letter.replyHref,
		'',
		line(`Know someone it would help? Send them the page of ${letter.label}.`),
		letter.pageUrl,
	].join('\n');
}

function footerText(letter: Letter): string {
	const { contactsAddress, publication } = letter;
	return [
		signatureMark,
		...(contactsAddress === undefined
			? []
			: [line(`Add us to your contacts: ${contactsAddress}`), '']),
		line(
			`You get this letter because you subscribed to ${publication} and confirmed your address.`,
		),
		'',
		line(letter.postalAddress),
		'',
		'Unsubscribe from this letter:',
		unsubscribePlaceholder,
	].join('\n');
}

function notesText(notes: Notes): string {
	const list = notes.list();
	return list.length === 0 ? '' : part('Links', list.join('\n'));
}

/** A heading over what is not empty; nothing where all of it is. */
function part(heading: string, ...blocks: string[]): string {
	const filled = blocks.filter((block) => block !== '');
	return filled.length === 0 ? '' : [underlined(heading, '-'), ...filled].join('\n\n');
}

function underlined(text: string, rule: '=' | '-'): string {
	const lines = line(text);
	const longest = Math.max(3, ...lines.split('\n').map(columns));
	return `${lines}\n${rule.repeat(longest)}`;
}

function bullets(items: readonly string[]): string {
	return items.map((item) => indent(wrap(item, width - 2), '- ', '  ')).join('\n');
}

/** Words that hold nothing of ours: made safe, then wrapped. */
function line(text: string): string {
	return paragraph(plainText(text));
}

function paragraph(text: string): string {
	return wrap(text, width);
}

function sentenceCase(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}

const width = 72;
/** By this line mail programs know where a signature begins. */
const signatureMark = '-- ';
