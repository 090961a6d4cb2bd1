import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { all, pathOf } from '#/library/entries.ts';
import type { Library } from '#/library/entries.ts';
import { issueId } from '#/library/entry.ts';
import type { EntryOf } from '#/library/entry.ts';
import { pictureSize } from '#/email/picture-size.ts';

/** What the rules need to know of an issue besides its message. */
export function factsOf(library: Library, issue: EntryOf<'issue'>): MailFacts {
	const { settings, contentDir } = library;
	const path = pathOf(library, issue) ?? `/issues/${issueId(issue.data.number)}/`;
	return {
		file: issue.file,
		locale: settings.locale,
		pageUrl: settings.sites.public + path,
		postalAddress: settings.postalAddress,
		fromName: settings.from.name,
		htmlMaxKb: settings.htmlMaxKb,
		otherSubjects: all(library, 'issue')
			.filter(({ ref }) => ref !== issue.ref)
			.map(({ data }) => data.subject),
		picture: (url) => servedPicture(contentDir, `${settings.sites.public}/mail/`, url),
	};
}

/** The public site serves a picture as it is, or made smaller where it is wider than a mail needs. */
function servedPicture(contentDir: string, base: string, url: string): PictureFacts | undefined {
	if (!url.startsWith(base)) return undefined;
	let bytes: Buffer;
	try {
		bytes = readFileSync(join(contentDir, decodeURIComponent(url.slice(base.length))));
	} catch {
		return undefined;
	}
	const size = pictureSize(bytes);
	if (!size) return undefined;
	return size.width > servedWidth
		? { width: servedWidth }
		: { width: size.width, bytes: bytes.length };
}

/** Twice the width of a mail's column, in px. */
const servedWidth = 1136;

export interface MailFacts {
	/** The issue's file, for the findings. */
	file: string;
	/** BCP 47. */
	locale: string;
	/** The issue on the public site. */
	pageUrl: string;
	postalAddress: string;
	/** The name every mail comes from. */
	fromName: string;
	/** Largest HTML part in kB of 1,000 bytes. */
	htmlMaxKb: number;
	/** Subjects of the other issues that readers got or will get. */
	otherSubjects: readonly string[];
	/** What is known of the picture at an address; undefined where it is not ours. */
	picture(url: string): PictureFacts | undefined;
	/** The raw message as it was received, where there is one. */
	source?: string;
}

interface PictureFacts {
	/** Pixels, as served. */
	width: number;
	/** Size of the file; absent where it is made smaller before it is served. */
	bytes?: number;
}
