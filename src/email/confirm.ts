import type { OwnMail } from '#/delivery/contacts.ts';
import { spanOf } from '#/delivery/span.ts';
import { currentVersion, filled, wordings } from '#/delivery/wording.ts';
import type { WordingFacts } from '#/delivery/wording.ts';
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
	const { from, replyTo } = settings;
	const words = wordings[currentVersion].mail;
	const facts = wordingFacts(settings);
	const subject = filled(words.subject, facts);
	const note = {
		subject,
		preheader: filled(words.preheader, facts),
		title: filled(words.title, facts),
		before: [filled(words.ask, facts)],
		action: { label: filled(words.button, facts), href },
		after: [filled(words.next, facts), filled(words.otherwise, facts)],
		reason: filled(words.reason, facts),
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

/** What a firm puts into the words of a consent. */
export function wordingFacts(settings: Settings): WordingFacts {
	const { publication, subscriptions } = settings;
	return {
		publication,
		weekday: weekdayOf(settings),
		validity: spanOf(subscriptions.validHours),
	};
}
