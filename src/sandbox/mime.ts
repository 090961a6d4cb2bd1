import { content } from './placeholder.ts';
import type { Mail } from './state.ts';

/**
 * The message as it would cross the wire: CRLF, ASCII only, `multipart/alternative` with the text
 * part first, both parts quoted-printable, header lines of at most 78 characters where they can fold.
 */
export function source(mail: Mail): string {
	const { email } = mail;
	const { subject, html, text } = content(email);
	const boundary = `=_${mail.id}`;
	const parts: [type: string, body: string][] = [];
	if (text) parts.push(['text/plain', text]);
	if (html !== null) parts.push(['text/html', html]);

	const headers: [name: string, value: string][] = [
		['From', mailbox(email.from)],
		['To', email.to.map(mailbox).join(', ')],
		...(email.cc ? ([['Cc', email.cc.map(mailbox).join(', ')]] as [string, string][]) : []),
		...(email.reply_to
			? ([['Reply-To', email.reply_to.map(mailbox).join(', ')]] as [string, string][])
			: []),
		['Subject', unstructured(subject)],
		['Date', new Date(mail.at).toUTCString().replace('GMT', '+0000')],
		['Message-ID', email.message_id],
		...Object.entries(email.headers).map(([name, value]): [string, string] => [
			name,
			unstructured(value),
		]),
		['MIME-Version', '1.0'],
	];

	if (parts.length === 1 && parts[0] !== undefined) {
		return message([...headers, ...partHeaders(parts[0][0])], quotedPrintable(parts[0][1]));
	}
	const body = parts.flatMap(([type, part]) => [
		`--${boundary}`,
		...partHeaders(type).map(([name, value]) => `${name}: ${value}`),
		'',
		quotedPrintable(part),
	]);
	return message(
		[...headers, ['Content-Type', `multipart/alternative; boundary="${boundary}"`]],
		[...body, `--${boundary}--`, ''].join('\r\n'),
	);
}

function message(headers: readonly [string, string][], body: string): string {
	return `${headers.map(([name, value]) => fold(name, value)).join('\r\n')}\r\n\r\n${body}`;
}

function partHeaders(type: string): [string, string][] {
	return [
		['Content-Type', `${type}; charset=utf-8`],
		['Content-Transfer-Encoding', 'quoted-printable'],
	];
}

function fold(name: string, value: string): string {
	const lines: string[] = [];
	let line = `${name}:`;
	for (const word of value.split(' ')) {
		if (line.length + 1 + word.length > 78 && line.trim() !== '') {
			lines.push(line);
			line = '';
		}
		line += ` ${word}`;
	}
	return [...lines, line].join('\r\n');
}

function mailbox(value: string): string {
	const named = /^\s*(.*?)\s*<([^<>]+)>\s*$/.exec(value);
	if (!named?.[2]) return value.trim();
	const name = (named[1] ?? '').replace(/^"(.*)"$/, '$1');
	if (name === '') return `<${named[2]}>`;
	const shown = /^[\w !#$%&'*+/=?^`{|}~-]+$/.test(name)
		? name
		: isPlain(name)
			? `"${name.replace(/["\\]/g, '\\$&')}"`
			: encodedWords(name);
	return `${shown} <${named[2]}>`;
}

function unstructured(value: string): string {
	const line = value.replace(/[\r\n]+/g, ' ');
	return isPlain(line) ? line : encodedWords(line);
}

function isPlain(value: string): boolean {
	return /^[\x20-\x7e]*$/.test(value);
}

/** RFC 2047 words of at most 75 characters, cut between characters. */
function encodedWords(value: string): string {
	const words: string[] = [];
	let chunk = '';
	for (const character of value) {
		// 36 bytes make 48 characters of base64 and 12 more frame them, which leaves room for the name.
		if (Buffer.byteLength(chunk + character) > 36) {
			words.push(chunk);
			chunk = '';
		}
		chunk += character;
	}
	words.push(chunk);
	return words.map((word) => `=?UTF-8?B?${Buffer.from(word).toString('base64')}?=`).join(' ');
}

/** RFC 2045 quoted-printable: CRLF for line breaks, no line over 76 characters. */
function quotedPrintable(body: string): string {
	return body
		.split(/\r\n|\r|\n/)
		.map((line) => {
			const out: string[] = [];
			let current = '';
			const bytes = Buffer.from(line);
			for (const [index, byte] of bytes.entries()) {
				const last = index === bytes.length - 1;
				const plain =
					(byte >= 33 && byte <= 126 && byte !== 61) || ((byte === 32 || byte === 9) && !last);
				const token = plain
					? String.fromCharCode(byte)
					: `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
				if (current.length + token.length > 75) {
					out.push(`${current}=`);
					current = '';
				}
				current += token;
			}
			return [...out, current].join('\r\n');
		})
		.join('\r\n');
}
