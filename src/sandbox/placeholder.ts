import type { Email, Placeholders } from './state.ts';

/** The parts of a mail as its reader sees them, placeholders filled in. */
export function content(email: Email): {
	subject: string;
	html: string | null;
	text: string | null;
} {
	const { values } = email;
	const fill = (part: string | null) =>
		part === null || values === null ? part : fillPlaceholders(part, values);
	const html = fill(email.html);
	return {
		subject: fill(email.subject) ?? '',
		html,
		text: fill(email.text) ?? (html === null ? null : textOf(html)),
	};
}

/**
 * Fills `{{{contact.first_name|there}}}`, `{{{contact.<property>|x}}}`, the old `{{{FIRST_NAME|x}}}`
 * and `{{{RESEND_UNSUBSCRIBE_URL}}}`. A value wins over the pipe's fallback, the pipe's over the
 * property's own. Values go in as they are: triple braces do not escape. Anything else in triple
 * braces stays, so that a mistake is seen.
 */
function fillPlaceholders(part: string, values: Placeholders): string {
	return part.replace(PLACEHOLDER, (whole, name: string, fallback: string | undefined) => {
		if (name === 'RESEND_UNSUBSCRIBE_URL') return values.unsubscribeUrl;
		const field = OLD_NAMES.get(name) ?? /^contact\.(\w+)$/.exec(name)?.[1];
		if (field === undefined || !Object.hasOwn(values.contact, field)) return whole;
		return values.contact[field] || (fallback ?? values.fallbacks[field] ?? '');
	});
}

/** A text part derived from HTML: a stand-in for Resend's own rendering. */
function textOf(html: string): string {
	return html
		.replace(/<(head|style|script|title)\b[\s\S]*?<\/\1>/gi, '')
		.replace(/<a\b[^>]*href="([^"]*)"[^>]*>([\s\S]*?)<\/a>/gi, '$2 $1')
		.replace(/<(br|\/p|\/h[1-6]|\/li|\/tr|\/div)\b[^>]*>/gi, '\n')
		.replace(/<[^>]+>/g, '')
		.replace(/&nbsp;/g, ' ')
		.replace(/&lt;/g, '<')
		.replace(/&gt;/g, '>')
		.replace(/&quot;/g, '"')
		.replace(/&#39;/g, "'")
		.replace(/&amp;/g, '&')
		.replace(/[ \t]+/g, ' ')
		.replace(/ *\n[ \n]*\n/g, '\n\n')
		.replace(/ *\n */g, '\n')
		.trim();
}

const PLACEHOLDER = /\{\{\{\s*([\w.]+)\s*(?:\|([^{}]*))?\}\}\}/g;

const OLD_NAMES: ReadonlyMap<string, string> = new Map([
	['FIRST_NAME', 'first_name'],
	['LAST_NAME', 'last_name'],
	['EMAIL', 'email'],
]);
