import type { OwnMail } from '#/delivery/contacts.ts';
import type { Settings } from '#/settings.ts';
import { mailbox } from './mailbox.ts';
import { noteParts } from './note.ts';
import { weekdayOf } from './weekday.ts';

/**
 * The mail that asks whether an address wants the letter. It has no way to unsubscribe, for nobody
 * is subscribed yet, and no word that a visitor typed. The same input gives the same bytes.
 * @param href - the page with the button; opening it changes nothing
 */
export function confirmMail(to: string, href: string, settings: Settings): OwnMail {
	const { publication, from, replyTo } = settings;
	const subject = `Confirm: ${publication} by e-mail`;
	const note = {
		subject,
		preheader: 'One press of a button, and the next letter comes to you.',
		title: 'Is this your address?',
		before: [
			`Somebody asked for ${publication} at this address. If it was you, open this page and press its button.`,
		],
		action: { label: 'Yes, send me the letter', href },
		after: [
			`The letter then comes every ${weekdayOf(settings)}, and each one has a link to leave. The page works for at least two days.`,
			'If it was not you, do nothing: without the button you get no letter, and we keep no note of this address.',
		],
		reason: `You get this mail because this address was typed into the form of ${publication}.`,
	};
	return {
		from: mailbox(from.name, from.address),
		to,
		subject,
		...noteParts(note, settings),
		replyTo: [replyTo],
		headers: { 'Auto-Submitted': 'auto-generated' },
	};
}
