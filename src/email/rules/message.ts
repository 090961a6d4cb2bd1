/** The message around the two parts. What only a received message shows is read from its source. */
import { closest, elements, isHidden, readableText, visibleTexts } from './element.ts';
import { unsubscribePlaceholder } from '#/email/placeholder.ts';
import type { Mail } from './mail.ts';
import { excerpt, found } from './rule.ts';
import type { Finding, Rule } from './rule.ts';
import { headerOf } from './source.ts';
import type { MailSource } from './source.ts';

export const messageRules: readonly Rule[] = [
	{
		id: 'mail/28-parts',
		number: 28,
		severity: 'B',
		title:
			'Text first, then HTML, both UTF-8 in quoted-printable, with lines of at most 76 and CRLF.',
		fix: 'The provider writes this part: keep the raw message and report it there.',
		check: checkParts,
	},
	{
		id: 'mail/29-unsubscribe',
		number: 29,
		severity: 'B',
		title: 'One click unsubscribes, a visible link too, and the postal address is shown.',
		fix: 'Gmail and Yahoo refuse bulk mail without it. Mend the footer in src/email/html.ts.',
		check: checkUnsubscribe,
	},
	{
		id: 'mail/30-sender',
		number: 30,
		severity: 'B',
		title: 'The sender is on a domain of its own that signs the mail.',
		fix: 'Give settings.yaml a from on the domain that is verified at the provider, with DMARC.',
		check: checkSender,
	},
	{
		id: 'mail/31-subject',
		number: 31,
		severity: 'W',
		title: 'A subject of at most 60 characters, not shouted, from a name that stays.',
		fix: 'Say it shorter and calmly.',
		check: checkSubject,
	},
];

function checkParts({ message, source }: Mail): Finding[] {
	const parts = Object.entries({ HTML: message.html, text: message.text });
	return [
		...parts.flatMap(([part, text]) => [
			...found(text.trim() === '', `The ${part} part is empty.`, 'Make both parts.'),
			...found(
				!text.isWellFormed(),
				`The ${part} part cannot be written as UTF-8.`,
				'Type the broken letter again.',
			),
			...found(
				/\r/.test(text),
				`The ${part} part mixes line ends.`,
				'End lines with LF; the provider makes them CRLF.',
			),
		]),
		...(source ? checkSource(source) : []),
	];
}

function checkSource({ text, head, headers, parts }: MailSource): Finding[] {
	const type = headerOf(headers, 'content-type') ?? 'nothing';
	const types = parts.map((part) => headerOf(part.headers, 'content-type') ?? '');
	const kinds = types.map((value) => value.split(';')[0]?.trim().toLowerCase());
	return [
		...found(!/^multipart\/alternative\b/i.test(type), `The message is ${excerpt(type)}.`),
		...found(
			kinds.join(' ') !== 'text/plain text/html',
			`The parts are ${kinds.join(', ') || 'none'}; text comes first, then HTML.`,
		),
		...types.flatMap((value) =>
			found(!/charset="?utf-8"?/i.test(value), `A part says "${value}", not UTF-8.`),
		),
		...parts.flatMap((part) => {
			const encoding = headerOf(part.headers, 'content-transfer-encoding') ?? 'nothing';
			const long = part.body.split('\r\n').find((line) => line.length > 76);
			return [
				...found(
					encoding.toLowerCase() !== 'quoted-printable',
					`A part is encoded as ${encoding}.`,
				),
				...found(long !== undefined, `A line has ${long?.length} characters, at most 76.`),
			];
		}),
		...found(/[\r\n]/.test(text.replaceAll('\r\n', '')), 'A line does not end with CRLF.'),
		// oxlint-disable-next-line no-control-regex -- a header holds bytes 32 to 126, tabs and line ends
		...found(/[^\t\r\n\x20-\x7e]/.test(head), 'A header holds bytes that are not ASCII.'),
	];
}

function checkUnsubscribe({ body, facts, source }: Mail): Finding[] {
	const links = elements(body, 'a').filter(
		(link) => link.attributes.get('href') === unsubscribePlaceholder && !closest(link, isHidden),
	);
	const shown = letters(
		visibleTexts(body)
			.map(({ text }) => text)
			.join(' '),
	);
	return [
		...found(
			!links.some((link) => /unsubscribe|sign off/i.test(readableText(link))),
			'The HTML shows no link that says that it unsubscribes.',
		),
		...found(
			!shown.includes(letters(facts.postalAddress)),
			'The HTML does not show the postal address.',
		),
		...(source ? checkListHeaders(source) : []),
	];
}

function checkListHeaders({ headers }: MailSource): Finding[] {
	const list = headerOf(headers, 'list-unsubscribe') ?? '';
	const signature = headerOf(headers, 'dkim-signature');
	const signed =
		/\bh=([^;]*)/
			.exec(signature ?? '')?.[1]
			?.toLowerCase()
			.split(/[\s:]+/) ?? [];
	const unsigned = ['list-unsubscribe', 'list-unsubscribe-post'].filter(
		(name) => !signed.includes(name),
	);
	return [
		...found(
			!/<https:\/\/[^>]+>/.test(list),
			`List-Unsubscribe is "${excerpt(list)}", without an https address.`,
		),
		...found(
			headerOf(headers, 'list-unsubscribe-post') !== 'List-Unsubscribe=One-Click',
			'List-Unsubscribe-Post does not say List-Unsubscribe=One-Click.',
		),
		...found(headerOf(headers, 'list-id') === undefined, 'There is no List-ID.'),
		...found(
			signature !== undefined && unsigned.length > 0,
			`The DKIM signature does not cover ${unsigned.join(' and ')}.`,
		),
	];
}

function checkSender({ message, source }: Mail): Finding[] {
	const domain = domainOf(message.from);
	const signed = source?.headers
		.filter(({ name }) => name === 'dkim-signature')
		.map(({ value }) => /\bd=([^;\s]+)/.exec(value)?.[1]?.toLowerCase() ?? '');
	const verdict = source && headerOf(source.headers, 'authentication-results');
	return [
		...found(
			!/^[^.\s]+(?:\.[^.\s]+)+$/.test(domain),
			`The sender "${message.from}" has no domain.`,
		),
		...found(mailboxes.test(domain), `The sender is at ${domain}, which nobody else may send for.`),
		...found(
			signed !== undefined && signed.length > 0 && !signed.some((by) => isAligned(by, domain)),
			`The message is signed by ${signed?.join(', ')}, not by ${domain}.`,
		),
		...found(
			verdict !== undefined && !/\bdmarc=pass\b/i.test(verdict),
			`The receiver found "${excerpt(verdict ?? '')}": DMARC did not pass.`,
		),
	];
}

function checkSubject({ message, facts }: Mail): Finding[] {
	const { subject, from } = message;
	const length = Array.from(subject).length;
	const capitals = subject.match(/\p{Lu}/gu)?.length ?? 0;
	return [
		...found(length > 60, `The subject has ${length} characters, at most 60.`),
		...found(capitals > 5 && !/\p{Ll}/u.test(subject), 'The subject is all capitals.'),
		...found(/!{2}/.test(subject), 'The subject shouts.'),
		...found(
			!from.replace(/\\(?=["\\])/g, '').includes(facts.fromName),
			`The sender is "${from}", not "${facts.fromName}" as always.`,
			'Give every mail the same name.',
		),
	];
}

/** Relaxed alignment: a domain, or one below or above it. */
function isAligned(one: string, other: string): boolean {
	return one === other || one.endsWith(`.${other}`) || other.endsWith(`.${one}`);
}

function domainOf(from: string): string {
	return /@([^@<>\s]+)>?\s*$/.exec(from)?.[1]?.toLowerCase() ?? '';
}

/** Letters and digits only: a line break in an address makes no difference. */
function letters(text: string): string {
	return text.normalize('NFC').replace(/[^\p{L}\p{N}]+/gu, '');
}

/** Mailboxes for everybody, whose DMARC policy refuses mail sent by others. */
const mailboxes =
	/(?:^|\.)(?:gmail|googlemail|yahoo|ymail|outlook|hotmail|live|msn|icloud|me|aol|gmx|web|proton|protonmail|mail)\.(?:com|net|org|de|me|co\.uk|fr|it|es)$/;
