import type { Message } from '#/delivery/message.ts';
import type { Library } from '#/library/entries.ts';
import { issueId } from '#/library/entry.ts';
import type { EntryOf } from '#/library/entry.ts';
import { UserError } from '#/user-error.ts';
import { issueContentHash } from './content-hash.ts';
import { letterHtml } from './html.ts';
import { letterOf } from './letter.ts';
import { mailbox } from './mailbox.ts';
import { letterText } from './text.ts';

/**
 * Makes the mail of an issue. Identical input gives identical bytes: it asks no clock, no network
 * and no environment, only the library and the content folder it was opened from.
 * @param library - a public library as of the issue's send day
 * @throws UserError where the library lacks something the issue carries, a picture cannot be
 * mailed, or a header holds a placeholder of the provider
 */
export function compileIssue(library: Library, issue: EntryOf<'issue'>): Message {
	const { settings } = library;
	for (const field of ['subject', 'preheader'] as const) {
		if (!issue.data[field].includes('{{')) continue;
		throw new UserError(
			`${issue.file} ${field}: "{{" would be filled in by the mail provider.`,
			'Write it without two braces in a row.',
		);
	}
	const letter = letterOf(library, issue);
	const html = letterHtml(letter);
	const text = letterText(letter);
	return {
		issue: issueId(issue.data.number),
		site: settings.delivery.site,
		subject: letter.subject,
		preheader: letter.preheader,
		from: mailbox(settings.from.name, settings.from.address),
		replyTo: [settings.replyTo],
		html,
		text,
		bytes: { html: Buffer.byteLength(html), text: Buffer.byteLength(text) },
		contentHash: issueContentHash(library, issue),
	};
}
