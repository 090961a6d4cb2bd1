import { passageHtml } from './blocks.ts';
import { termCells } from './components.ts';
import { escapeAttribute, escapeText } from './escape.ts';
import { foldHtml } from './fold.ts';
import { link } from './html-context.ts';
import { jumpLabel } from './labels.ts';
import type { Letter, LetterQuestion } from './letter.ts';
import { unsubscribePlaceholder } from './placeholder.ts';
import { shell } from './shell.ts';
import { look } from './tokens.ts';
import type { StyleName } from './tokens.ts';

/** A letter as a whole HTML document. */
export function letterHtml(letter: Letter): string {
	const content = [
		mastheadHtml(letter),
		`<div${look('card')}>`,
		openingHtml(letter),
		termsHtml(letter),
		tipHtml(letter),
		announcementHtml(letter),
		alsoHtml(letter),
		questionsHtml(letter),
		seriesHtml(letter),
		sourcesHtml(letter),
		closingHtml(letter),
		'</div>',
		footerHtml(letter),
	].filter((part) => part !== '');
	const { locale, subject, preheader, colours } = letter;
	return foldHtml(shell({ locale, subject, preheader, colours, content: content.join('\n') }));
}

function mastheadHtml(letter: Letter): string {
	const web = link(letter.pageUrl, 'Read this issue on the web', 'softLink');
	return [
		`<div${look('masthead')}>`,
		...logoHtml(letter),
		p('publication', escapeText(letter.publication)),
		p('tagline', escapeText(letter.tagline)),
		p('tagline', web),
		'</div>',
	].join('\n');
}

function logoHtml({ logo }: Letter): string[] {
	if (!logo) return [];
	const { url, alt, width, height } = logo;
	const named = `src="${escapeAttribute(url)}" alt="${escapeAttribute(alt)}"`;
	const image = `<img ${named} width="${width}" height="${height}"${look('img')}>`;
	return [`<p${look('logo', `max-width:${width}px`)}>${image}</p>`];
}

function openingHtml(letter: Letter): string {
	const { author, action } = letter;
	const byline = [letter.date, `${author.name}, ${author.role}`, `${letter.minutes} min read`];
	return [
		p('label', escapeText(letter.label)),
		`<h1${look('h1')}>${escapeText(letter.title)}</h1>`,
		...(letter.terms.length === 2 ? [p('words', `Two words: ${termLinks(letter)}`)] : []),
		p('byline', escapeText(byline.join(' · '))),
		passageHtml(letter.hook, 1, 'lead'),
		`<div${look('action')}>`,
		`<h2${look('actionHeading')}>${escapeText(action.heading)}</h2>`,
		p('actionText', escapeText(action.text)),
		p('actionLine', link(action.href, escapeText(jumpLabel(letter)), 'actionLink')),
		'</div>',
	].join('\n');
}

function termLinks(letter: Letter): string {
	return letter.terms.map(({ href, title }) => link(href, escapeText(title))).join(' and ');
}

function termsHtml({ terms }: Letter): string {
	return terms.length === 0 ? '' : `<div${look('gap')}>\n${termCells(terms, 'h2')}\n</div>`;
}

function tipHtml({ tip }: Letter): string {
	return section(
		`<h2${look('kicker')}>${escapeText(tip.heading)}</h2>`,
		`<h3${look('storyHeading')}>${escapeText(tip.title)}</h3>`,
		tip.pull ? p('pull', escapeText(tip.pull)) : '',
		passageHtml(tip.body, 3),
		tip.question ? p('question', escapeText(tip.question)) : '',
	);
}

function announcementHtml({ announcement }: Letter): string {
	if (!announcement) return '';
	const { heading, title, body } = announcement;
	return title
		? section(
				`<h2${look('kicker')}>${escapeText(heading)}</h2>`,
				`<h3${look('storyHeading')}>${escapeText(title)}</h3>`,
				passageHtml(body, 3),
			)
		: section(`<h2${look('partHeading')}>${escapeText(heading)}</h2>`, passageHtml(body, 2));
}

function alsoHtml({ also }: Letter): string {
	if (also.items.length === 0) return '';
	const items = also.items.map(
		({ title, summary, href }) =>
			`<li${look('li')}>\n${p('tight', link(href, escapeText(title)))}\n${p('meta', escapeText(summary))}\n</li>`,
	);
	return section(heading(also.heading), list(items));
}

function questionsHtml({ questions }: Letter): string {
	const items = questions.items.map((question) => {
		const about = aboutHtml(question);
		return about === ''
			? p('question', escapeText(question.text))
			: `${p('question', escapeText(question.text))}\n${p('meta', about)}`;
	});
	return items.length === 0 ? '' : section(heading(questions.heading), ...items);
}

/** `About Adhesion, for marketing` */
function aboutHtml({ term, team }: LetterQuestion): string {
	const about = term ? `About ${link(term.href, escapeText(term.title), 'softLink')}` : '';
	if (!team) return about;
	return about === '' ? escapeText(sentenceCase(team)) : `${about}, ${escapeText(team)}`;
}

function seriesHtml({ series }: Letter): string {
	if (!series) return '';
	const note = `Part ${series.part} of ${series.length}: ${escapeText(series.title)}.`;
	const earlier = series.earlier.map(({ label, title, href }) =>
		link(href, escapeText(`${label}: ${title}`), 'softLink'),
	);
	const before = earlier.length === 0 ? '' : ` Earlier: ${earlier.join('; ')}.`;
	return `<div${look('note')}>\n${p('meta', note + before)}\n</div>`;
}

function sourcesHtml({ sources }: Letter): string {
	if (sources.length === 0) return '';
	const items = sources.map(({ title, by, year, href }) => {
		const where = year === undefined ? `${by}: ` : `${by} (${year}): `;
		return `<li${look('source')}>${escapeText(where)}${link(href, escapeText(title), 'softLink')}</li>`;
	});
	return [
		`<div${look('note')}>`,
		`<h2${look('noteHeading')}>Sources</h2>`,
		`<ul${look('sources')}>\n${items.join('\n')}\n</ul>`,
		'</div>',
	].join('\n');
}

function closingHtml(letter: Letter): string {
	return section(
		letter.signoff ? p('signoff', escapeText(letter.signoff)) : '',
		p('author', escapeText(letter.author.name)),
		p('role', escapeText(letter.author.role)),
		p('p', `${link(letter.replyHref, 'Reply to this letter')} and tell us how it went.`),
		p(
			'p',
			`Know someone it would help? Send them ${link(letter.pageUrl, `the page of ${escapeText(letter.label)}`)}.`,
		),
	);
}

function footerHtml(letter: Letter): string {
	const { publication, contactsAddress } = letter;
	return [
		`<div${look('footer')}>`,
		...(contactsAddress === undefined
			? []
			: [p('footerLine', `Add us to your contacts: ${escapeText(contactsAddress)}`)]),
		p(
			'footerLine',
			`You get this letter because you subscribed to ${escapeText(publication)} and confirmed your address.`,
		),
		p('footerLine', escapeText(letter.postalAddress)),
		p(
			'footerLine',
			`<a href="${unsubscribePlaceholder}"${look('softLink')}>Unsubscribe from this letter</a>`,
		),
		'</div>',
	].join('\n');
}

function section(...parts: string[]): string {
	return `<div${look('section')}>\n${parts.filter((part) => part !== '').join('\n')}\n</div>`;
}

function heading(text: string): string {
	return `<h2${look('partHeading')}>${escapeText(text)}</h2>`;
}

function list(items: readonly string[]): string {
	return `<ul${look('list')}>\n${items.join('\n')}\n</ul>`;
}

function p(style: StyleName, html: string): string {
	return `<p${look(style)}>${html}</p>`;
}

function sentenceCase(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}
