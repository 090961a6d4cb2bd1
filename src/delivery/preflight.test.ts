import { describe, expect, test } from 'vitest';
import { lintMessage } from './preflight.ts';
import type { Message } from './message.ts';

const address = 'Larkfield & Sons Ltd, 1 Mill Lane, Leeds LS1 1AA';

function aMessage(change: Partial<Message> = {}): Message {
	return {
		issue: '017',
		site: 'tandem',
		subject: 'Whose number is it?',
		preheader: 'Ask one question at lunch.',
		from: 'Tandem <letter@example.com>',
		replyTo: ['editor@example.com'],
		html: '<html><head><title>x</title></head><body>Hello<a href="{{{RESEND_UNSUBSCRIBE_URL}}}">Leave</a><p>Larkfield &amp; Sons Ltd<br>1 Mill Lane, Leeds LS1&nbsp;1AA</p></body></html>',
		text: 'Hello\nLeave: {{{RESEND_UNSUBSCRIBE_URL}}}\nLarkfield & Sons Ltd,\n1 Mill Lane, Leeds LS1 1AA\n',
		bytes: { html: 200, text: 90 },
		contentHash: 'c'.repeat(64),
		...change,
	};
}

function rulesOf(change: Partial<Message>): string[] {
	return lintMessage(aMessage(change), address, 'issues/017.mdx').map(
		({ rule, level }) => `${level} ${rule}`,
	);
}

describe('lintMessage', () => {
	test('finds nothing in a sound message', () => {
		expect(rulesOf({})).toEqual([]);
	});

	test.each<[string, Partial<Message>, string]>([
		[
			'no way out in the HTML',
			{ html: aMessage().html.replace('{{{RES', 'x{{{RES') },
			'unsubscribe',
		],
		['no way out in the text', { text: `Hello ${address}` }, 'unsubscribe'],
		['a foreign placeholder', { text: `${aMessage().text}{{{FIRST_NAME|there}}}` }, 'placeholder'],
		[
			'a field without a fallback',
			{ text: `${aMessage().text}{{{contact.first_name}}}` },
			'placeholder',
		],
		['an open brace', { text: `${aMessage().text}{{{ oops` }, 'placeholder'],
		[
			'an encoded brace',
			{ html: `${aMessage().html}<a href="%7B%7B%7BX%7D%7D%7D">` },
			'placeholder',
		],
		['no subject', { subject: '' }, 'subject'],
		['a long subject', { subject: 'x'.repeat(61) }, 'subject'],
		['a line break in the subject', { subject: 'a\nBcc: b' }, 'control'],
		['a direction mark in the preview', { preheader: 'a\u202eb' }, 'control'],
		['no preview', { preheader: ' ' }, 'preheader'],
		['the subject as preview', { preheader: aMessage().subject }, 'preheader'],
		['a bare sender', { from: 'letter@example.com' }, 'from'],
		['nobody to reply to', { replyTo: [] }, 'reply-to'],
		['no address in the text', { text: 'Leave: {{{RESEND_UNSUBSCRIBE_URL}}}' }, 'postal-address'],
		[
			'an address only in the head of the HTML',
			{ html: `<head><title>${address}</title></head><a href="{{{RESEND_UNSUBSCRIBE_URL}}}">` },
			'postal-address',
		],
		['95 kB and more', { html: aMessage().html + 'x'.repeat(95_000) }, 'size'],
	])('refuses %s', (_what, change, rule) => {
		expect(rulesOf(change)).toEqual([`error mail/${rule}`]);
	});

	test('allows contact fields that say what stands in when they are empty', () => {
		const text = `${aMessage().text}{{{contact.first_name|there}}}`;
		expect(rulesOf({ text })).toEqual([]);
	});

	test('warns from 80 kB on, counting what placeholders may grow to', () => {
		expect(rulesOf({ html: aMessage().html + 'x'.repeat(79_500) })).toEqual(['warn mail/size']);
	});
});
