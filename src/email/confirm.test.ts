import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { OwnMail } from '#/delivery/contacts.ts';
import { readSettings } from '#/settings.ts';
import { confirmMail } from './confirm.ts';
import { unsubscribePlaceholder } from './placeholder.ts';
import { checkMail } from './rules/check.ts';
import { welcomeMail } from './welcome.ts';

const settings = readSettings(join(import.meta.dirname, '../../content'));
const token = `v1.confirm.k1.1764000000.1764200000.${'a'.repeat(90)}.${'b'.repeat(43)}`;
const href = `${settings.sites.public}/confirm?t=${token}`;
const latest = {
	title: 'Issue #005: Whose number is it?',
	url: `${settings.sites.public}/issues/005/`,
};

/** What the rules of the mail find, each by its number and what it says. */
function findings(mail: OwnMail): string[] {
	const { from, replyTo, subject, html, text } = mail;
	const preheader =
		/<div class="[^"]*hidden[^>]*>|display:none[^>]*>([^&]*?) &#847;/.exec(html)?.[1] ?? '';
	const message = {
		issue: '000',
		site: 'x',
		subject,
		preheader,
		from,
		replyTo,
		html,
		text,
		bytes: { html: Buffer.byteLength(html), text: Buffer.byteLength(text) },
		contentHash: '0'.repeat(64),
	};
	const facts = {
		file: 'note',
		locale: settings.locale,
		pageUrl: settings.sites.public,
		postalAddress: settings.postalAddress,
		fromName: settings.from.name,
		htmlMaxKb: settings.htmlMaxKb,
		otherSubjects: [],
		picture: () => undefined,
	};
	return checkMail(message, facts).map(({ rule, message: said }) => `${rule} ${said}`);
}

describe('the confirm mail', () => {
	const mail = confirmMail('ada@example.com', href, settings);

	test('breaks no rule of the mail but those about leaving, since nobody has joined', () => {
		expect(findings(mail)).toEqual([
			'mail/26-text The footer of the text part has no address to unsubscribe.',
			'mail/29-unsubscribe The HTML shows no link that says that it unsubscribes.',
		]);
	});

	test('says that a program wrote it, and offers no unsubscribing that would do nothing', () => {
		expect(mail.headers).toEqual({ 'Auto-Submitted': 'auto-generated' });
	});

	test('holds nothing of the person it goes to', () => {
		expect(`${mail.subject}${mail.html}${mail.text}`).not.toContain('ada');
	});

	test('has the address of its page in both parts', () => {
		expect(mail.html).toContain(`href="${href}"`);
		expect(mail.text.split('\n')).toContain(href);
	});

	test('is the same, byte for byte, when it is made again', () => {
		expect(confirmMail('ada@example.com', href, settings)).toEqual(mail);
	});
});

describe('the welcome mail', () => {
	test.each([latest, undefined])('breaks no rule of the mail', (issue) => {
		expect(
			findings(welcomeMail('ada@example.com', unsubscribePlaceholder, issue, settings)),
		).toEqual([]);
	});

	test('carries what RFC 8058, 2369 and 2919 ask for', () => {
		const leave = `${settings.sites.public}/unsubscribe?t=x`;
		expect(welcomeMail('ada@example.com', leave, latest, settings).headers).toEqual({
			'List-Unsubscribe': '<https://news.larkfield.example/unsubscribe?t=x>',
			'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
			'List-ID': '"Common Ground" <common-ground.news.larkfield.example>',
			'List-Archive': '<https://news.larkfield.example/issues/>',
			'List-Help': '<https://news.larkfield.example/about/>',
			'List-Post': 'NO',
		});
	});
});
