import type { Problem } from '#/problem.ts';
import type { Message } from './message.ts';

/**
 * Everything that can be told from a compiled message alone: the last line before it is sent.
 * @param file - the file, for the findings
 */
export function lintMessage(message: Message, postalAddress: string, file: string): Problem[] {
	return [
		...lintHeaders(message),
		...lintPlaceholders(message),
		...lintAddress(message, postalAddress),
		...lintSize(message),
	].map((finding) => ({ file, ...finding }));
}

function lintHeaders(message: Message): Finding[] {
	const findings: Finding[] = [];
	const subjectLength = Array.from(message.subject).length;
	if (subjectLength === 0 || subjectLength > 60) {
		findings.push({
			rule: 'mail/subject',
			level: 'error',
			message: `The subject has ${subjectLength} characters.`,
			fix: 'Use 1 to 60.',
		});
	}
	if (message.preheader.trim() === '' || message.preheader === message.subject) {
		findings.push({
			rule: 'mail/preheader',
			level: 'error',
			message: 'The preview line is empty or the subject again.',
			fix: 'Say in one sentence what the subject does not.',
		});
	}
	const lines = [message.subject, message.preheader, message.from, ...message.replyTo];
	for (const line of lines.filter((text) => controls.test(text))) {
		findings.push({
			rule: 'mail/control',
			level: 'error',
			message: `"${line.replace(/\p{Cc}/gu, '?')}" holds a control character.`,
			fix: 'Type it again by hand.',
		});
	}
	if (!/^[^<>]+ <[^<>@\s]+@[^<>@\s]+>$/.test(message.from)) {
		findings.push({
			rule: 'mail/from',
			level: 'error',
			message: `The sender is "${message.from}".`,
			fix: 'Give settings.yaml a from with a name and an address.',
		});
	}
	if (message.replyTo.length === 0) {
		findings.push({
			rule: 'mail/reply-to',
			level: 'error',
			message: 'A reply would reach nobody.',
			fix: 'Give settings.yaml a replyTo that a person reads.',
		});
	}
	return findings;
}

function lintPlaceholders(message: Message): Finding[] {
	const findings: Finding[] = [];
	const missing = [
		// The exact string: a rewritten address has its braces encoded, and then leads nowhere.
		...(message.html.includes(`href="${unsubscribe}"`) ? [] : ['HTML']),
		...(message.text.includes(unsubscribe) ? [] : ['text']),
	];
	for (const part of missing) {
		findings.push({
			rule: 'mail/unsubscribe',
			level: 'error',
			message: `The ${part} part has no way to unsubscribe.`,
			fix: `Its footer must hold ${unsubscribe}.`,
		});
	}
	const found =
		`${message.html}\n${message.text}`.match(/\{\{\{[^{}]*\}\}\}|\{\{\{|%7b%7b%7b/gi) ?? [];
	for (const token of new Set(found.filter((text) => !isAllowed(text)))) {
		findings.push({
			rule: 'mail/placeholder',
			level: 'error',
			message: `The mail holds ${token}, which the provider would not fill in.`,
			fix: 'Remove it.',
		});
	}
	return findings;
}

function isAllowed(token: string): boolean {
	return token === unsubscribe || /^\{\{\{contact\.[A-Za-z0-9_]{1,50}\|[^{}|]+\}\}\}$/.test(token);
}

function lintAddress(message: Message, postalAddress: string): Finding[] {
	const wanted = lettersOf(postalAddress);
	const parts: [string, string][] = [
		['HTML', lettersOf(visibleText(message.html))],
		['text', lettersOf(message.text)],
	];
	return parts.flatMap(([part, text]) =>
		text.includes(wanted)
			? []
			: {
					rule: 'mail/postal-address',
					level: 'error' as const,
					message: `The ${part} part does not show the postal address of settings.yaml.`,
					fix: 'The law asks for it in every mail. Put it in the footer.',
				},
	);
}

function lintSize(message: Message): Finding[] {
	const tokens = message.html.split('{{{').length - 1;
	const bytes = new TextEncoder().encode(message.html).length + tokens * substitutionBytes;
	if (bytes <= sizes.warn) return [];
	const isError = bytes > sizes.stop;
	return [
		{
			rule: 'mail/size',
			level: isError ? 'error' : 'warn',
			message: `The HTML part is ${(bytes / 1000).toFixed(1)} kB once placeholders are filled in.`,
			fix: `Gmail cuts a mail near 102 kB. Make it shorter than ${(isError ? sizes.stop : sizes.warn) / 1000} kB.`,
		},
	];
}

/** What a reader sees, roughly: enough to look for words. */
function visibleText(html: string): string {
	return html
		.replace(/<!--[\s\S]*?-->|<head[\s\S]*?<\/head>|<style[\s\S]*?<\/style>|<[^>]*>/gi, ' ')
		.replace(/&#(?:x([0-9a-f]+)|(\d+));/gi, (_whole, hex?: string, decimal?: string) =>
			String.fromCodePoint(Math.min(hex ? Number.parseInt(hex, 16) : Number(decimal), 0x10_ff_ff)),
		)
		.replace(/&(?:amp|lt|gt|quot|apos|nbsp|zwnj);/g, ' ');
}

/** Letters and digits only: a line break or a comma in an address makes no difference. */
function lettersOf(text: string): string {
	return text.normalize('NFC').replace(/[^\p{L}\p{N}]+/gu, '');
}

const unsubscribe = '{{{RESEND_UNSUBSCRIBE_URL}}}';

/** In bytes of 1,000 a kB. Gmail cuts near 102. */
const sizes = { warn: 80_000, stop: 95_000 };

/** What one placeholder may grow to: an address with a signed token. */
const substitutionBytes = 500;

const controls = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

type Finding = Omit<Problem, 'file'>;
