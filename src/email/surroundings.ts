/**
 * What a body needs to know of the world around it: where its links lead, what its terms mean and
 * where its pictures lie. A mail asks the public site; a content hash asks nobody but the files.
 */
import { readFileSync } from 'node:fs';
import { posix, join } from 'node:path';
import { isReferenceHref } from '#/library/body-rules.ts';
import { findOf, reference } from '#/library/entries.ts';
import type { Library } from '#/library/entries.ts';
import type { Entry } from '#/library/entry.ts';
import type { BodyComponent } from '#/library/tree.ts';
import { UserError } from '#/user-error.ts';
import { pictureSize } from './picture-size.ts';

/**
 * The surroundings of a body in a mail: absolute addresses on the public site, plain text for what
 * has no page there.
 * @param entry - whose body it is; its pictures lie beside its file
 * @param pageUrl - the public page, where `#anchors` lead
 */
export function mailSurroundings(library: Library, entry: Entry, pageUrl: string): Surroundings {
	return {
		href: (target) => publicHref(library, target, pageUrl),
		start: (play) => {
			const page = publicHref(library, play.ref, pageUrl);
			const isAnswered = play.kind === 'questions' && play.data.mode !== 'reflect';
			return page && isAnswered ? `${page}answer/` : page;
		},
		term: (slug) => termCard(library, `term/${slug}`, pageUrl),
		picture: (src) => mailPicture(library, entry, src),
	};
}

/**
 * Surroundings in which every link leads to what the editor wrote, whatever any site shows: two
 * renderings differ only if the content does.
 */
export function frozenSurroundings(library: Library): Surroundings {
	return {
		href: (target) => target,
		start: ({ ref }) => ref,
		term: (slug) => ({ ...termCard(library, `term/${slug}`, ''), href: `term/${slug}` }),
		picture: (src) => ({ url: src, width: 0, height: 0 }),
	};
}

/** The terms of a `Pair`. One that this site does not hold is left out: its day has not come. */
export function pairOf(node: BodyComponent, surroundings: Surroundings): TermCard[] {
	return [node.props['left'], node.props['right']]
		.map((slug) => surroundings.term(slug ?? ''))
		.filter(({ short }) => short !== undefined);
}

/** Where a link of a body leads; undefined where it is shown as plain text. */
function publicHref(library: Library, target: string, pageUrl: string): string | undefined {
	if (isReferenceHref(target)) {
		const path = reference(library, target)?.path;
		return path === undefined ? undefined : library.settings.sites.public + path;
	}
	if (target.startsWith('#')) return safeHref(pageUrl + target);
	return safeHref(target);
}

/** An address that may stand in a mail: https, http or mailto, no brace in it; otherwise undefined. */
function safeHref(target: string): string | undefined {
	if (!URL.canParse(target)) return undefined;
	const url = new URL(target);
	if (!['https:', 'http:', 'mailto:'].includes(url.protocol)) return undefined;
	return url.href.replaceAll('{', '%7B').replaceAll('}', '%7D').replaceAll("'", '%27');
}

/** Where the newsletter's build puts a picture for mails, without a hash: old mails still find it. */
function mailPicturePath(entry: Entry, src: string): string {
	return `/mail/${posix.join(posix.dirname(entry.file), src)}`;
}

function termCard(library: Library, ref: string, pageUrl: string): TermCard {
	const term = findOf(library, 'term', ref);
	if (!term) return { title: ref.slice('term/'.length).replaceAll('-', ' '), short: undefined };
	return {
		title: term.data.title,
		general: term.data.general,
		short: term.data.short,
		href: publicHref(library, term.ref, pageUrl),
	};
}

function mailPicture(library: Library, entry: Entry, src: string): MailPicture {
	const file = posix.join(posix.dirname(entry.file), src);
	if (!/^\.?\/?[\w./-]+$/.test(src) || file.startsWith('..')) {
		throw new UserError(
			`${entry.file} body: "${src}" is not a picture beside this file.`,
			'A mail shows pictures of the content folder only. Write src="./its-name.png".',
		);
	}
	let size;
	try {
		size = pictureSize(readFileSync(join(library.contentDir, file)));
	} catch (cause) {
		throw new UserError(
			`${entry.file} body: ${src} was not found.`,
			'Put the picture beside the file that names it.',
			{ cause },
		);
	}
	if (!size) {
		throw new UserError(
			`${entry.file} body: ${src} is neither a PNG nor a JPEG.`,
			'Save it as one of the two; many mail programs show nothing else.',
		);
	}
	return { url: library.settings.sites.public + mailPicturePath(entry, src), ...size };
}

export interface Surroundings {
	/** Where a link leads; undefined where it is shown as plain text. */
	href(target: string): string | undefined;
	/** Where a play is begun: a set that two teams compare on its answering page. As `href`. */
	start(play: Entry): string | undefined;
	/** What is known of a term; of one that this site does not hold, only its name. */
	term(slug: string): TermCard;
	/** The picture's address and size. Throws UserError for one that no mail can show. */
	picture(src: string): MailPicture;
}

export interface TermCard {
	title: string;
	/** The everyday sense. */
	general?: string | undefined;
	/** The meaning here; undefined where this site does not hold the term. */
	short: string | undefined;
	href?: string | undefined;
}

interface MailPicture {
	url: string;
	/** Pixels, as shown. */
	width: number;
	height: number;
}
