import type { OwnMail } from '#/delivery/contacts.ts';
import type { Settings } from '#/settings.ts';
import { mailbox } from './mailbox.ts';
import { noteParts } from './note.ts';
import { weekdayOf } from './weekday.ts';

/**
 * The mail to somebody who just confirmed: what comes, when, and the latest issue to begin with. It
 * names that issue and leads to its page. It never is that issue, so no send can double it.
 * @param unsubscribeHref - takes this reader off, by one click of a mailbox too
 */
export function welcomeMail(
	to: string,
	unsubscribeHref: string,
	latest: LatestIssue | undefined,
	settings: Settings,
): OwnMail {
	const { publication, from, replyTo, sites } = settings;
	const subject = `Welcome to ${publication}`;
	const note = {
		subject,
		preheader: `You are in. The next letter comes on ${weekdayOf(settings)}.`,
		title: 'You are in',
		before: [
			`Thank you for confirming. ${publication} comes every ${weekdayOf(settings)} at ${settings.sendTime}.`,
			latest ? 'Until then, here is the latest one.' : 'Until then, here is what it is about.',
		],
		action: latest
			? { label: latest.title, href: latest.url }
			: { label: `About ${publication}`, href: `${sites.public}/about/` },
		after: [
			`Add ${from.address} to your contacts, so that the letter does not land in the spam folder.`,
			'A reply to this mail reaches a person.',
		],
		reason: `You get this mail because you subscribed to ${publication} and confirmed your address.`,
		unsubscribeHref,
	};
	return {
		from: mailbox(from.name, from.address),
		to,
		subject,
		...noteParts(note, settings),
		replyTo: [replyTo],
		headers: listHeaders(unsubscribeHref, settings),
	};
}

/** What RFC 8058, 2369 and 2919 ask of a mail that somebody gets because they subscribe. */
function listHeaders(unsubscribeHref: string, settings: Settings): Record<string, string> {
	const { publication, delivery, from, sites } = settings;
	const name = publication.replace(/[^\x20-\x7e]|[<>"\\]/g, '');
	const domain = from.address.slice(from.address.lastIndexOf('@') + 1);
	return {
		'List-Unsubscribe': `<${unsubscribeHref}>`,
		'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
		'List-ID': `"${name}" <${delivery.site}.${domain}>`,
		'List-Archive': `<${sites.public}/issues/>`,
		'List-Help': `<${sites.public}/about/>`,
		'List-Post': 'NO',
	};
}

/** An issue that everybody on the list was sent, or will not be sent any more. */
export interface LatestIssue {
	title: string;
	/** Its public page. */
	url: string;
}
