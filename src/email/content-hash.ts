import { canonicalHash } from '#/delivery/canonical.ts';
import type { Library } from '#/library/entries.ts';
import type { EntryOf } from '#/library/entry.ts';
import { frozenContent } from './letter.ts';
import { contentText } from './text.ts';

/**
 * SHA-256, 64 hex digits, of what is frozen when an issue is sent: number, subject, preview text
 * and the text rendering without header and footer. Mail and web page carry the same one.
 *
 * Links count as the editor wrote them, and the settings' headings do not count. So the hash stays
 * when a link's target is published or retired later, and when a setting changes.
 * @throws UserError where the library lacks something the issue carries
 */
export function issueContentHash(library: Library, issue: EntryOf<'issue'>): string {
	const content = frozenContent(library, issue);
	return canonicalHash({
		body: contentText(content).toWellFormed().normalize('NFC'),
		number: issue.data.number,
		previewText: content.preheader,
		subject: content.subject,
	});
}
