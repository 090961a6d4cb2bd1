import type { OwnMail } from '#/delivery/contacts.ts';
import type { Settings } from '#/settings.ts';
import { mailbox } from './mailbox.ts';
import { noteParts } from './note.ts';

/**
 * The mail to the people behind the letter when the provider reports trouble. The same input gives
 * the same bytes, so that a day's second report sends nothing.
 * @param what - one sentence; it names nobody
 */
export function alertMail(what: string, settings: Settings): OwnMail {
	const { publication, from, replyTo } = settings;
	const subject = `${publication}: the mail provider reports trouble`;
	const note = {
		subject,
		preheader: 'One such mail a day at most; look at the numbers before the next issue.',
		title: 'The provider reports trouble',
		before: [what],
		action: { label: 'Look at the numbers at Resend', href: 'https://resend.com/emails' },
		after: [
			'A few of these are usual. Over 4 in 100 that bounce, or 8 in 10,000 that complain, and the provider may stop the account.',
		],
		reason: 'You get this mail because your address is where replies to the letter go.',
	};
	return {
		from: mailbox(from.name, from.address),
		to: replyTo,
		subject,
		...noteParts(note, settings),
		replyTo: [replyTo],
		headers: { 'Auto-Submitted': 'auto-generated' },
	};
}
