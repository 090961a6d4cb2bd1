/**
 * A short mail to one person, in the look of the letter: a heading, some sentences, one thing to
 * do. Both its parts come from one value, and nothing that a visitor typed is ever in it.
 */
import type { Settings } from '#/settings.ts';
import { firmColours } from './colours.ts';
import { escapeText, plainText } from './escape.ts';
import { foldHtml } from './fold.ts';
import { link } from './html-context.ts';
import { shell } from './shell.ts';
import { look } from './tokens.ts';
import type { StyleName } from './tokens.ts';
import { columns, wrap } from './wrap.ts';

/** A note as the two parts of a mail. */
export function noteParts(note: Note, settings: Settings): { html: string; text: string } {
	return { html: noteHtml(note, settings), text: noteText(note, settings) };
}

function noteHtml(note: Note, settings: Settings): string {
	const { publication, tagline, locale, postalAddress, sites } = settings;
	const content = [
		`<div${look('masthead')}>`,
		p('publication', link(sites.public, escapeText(publication), 'softLink')),
		p('tagline', escapeText(tagline)),
		'</div>',
		`<div${look('card')}>`,
		`<h1${look('h1')}>${escapeText(note.title)}</h1>`,
		...note.before.map((sentence) => p('p', escapeText(sentence))),
		`<div${look('action')}>`,
		p('actionText', link(note.action.href, escapeText(note.action.label), 'actionLink')),
		'</div>',
		`<div${look('gap')}>`,
		...note.after.map((sentence) => p('p', escapeText(sentence))),
		'</div>',
		'</div>',
		`<div${look('footer')}>`,
		p('footerLine', escapeText(note.reason)),
		p('footerLine', escapeText(postalAddress)),
		...(note.unsubscribeHref === undefined
			? []
			: [p('footerLine', link(note.unsubscribeHref, unsubscribeLabel, 'softLink'))]),
		'</div>',
	].join('\n');
	const { subject, preheader } = note;
	const colours = firmColours(settings.look);
	return foldHtml(shell({ locale, subject, preheader, colours, content }));
}

function noteText(note: Note, settings: Settings): string {
	const { publication, tagline, postalAddress, sites } = settings;
	const heading = line(note.title);
	const rule = '='.repeat(Math.max(3, ...heading.split('\n').map(columns)));
	const parts = [
		[line(publication), line(tagline), sites.public].join('\n'),
		`${heading}\n${rule}`,
		...note.before.map(line),
		`${line(note.action.label)}:\n${note.action.href}`,
		...note.after.map(line),
		[
			'-- ',
			line(note.reason),
			'',
			line(postalAddress),
			...(note.unsubscribeHref === undefined
				? []
				: ['', `${unsubscribeLabel}:`, note.unsubscribeHref]),
		].join('\n'),
	];
	return `${parts.join('\n\n')}\n`;
}

function p(style: StyleName, html: string): string {
	return `<p${look(style)}>${html}</p>`;
}

function line(words: string): string {
	return wrap(plainText(words), 72);
}

const unsubscribeLabel = 'Unsubscribe from this letter';

export interface Note {
	subject: string;
	/** The line an inbox shows after the subject. */
	preheader: string;
	title: string;
	/** Sentences before what is to be done. */
	before: readonly string[];
	action: { label: string; href: string };
	/** Sentences after it. */
	after: readonly string[];
	/** Why they get it. */
	reason: string;
	/** There in a mail that is sent because somebody subscribes. */
	unsubscribeHref?: string | undefined;
}
