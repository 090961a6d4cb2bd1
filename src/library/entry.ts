import type { DataOf, Kind } from './kinds.ts';
import type { ComponentName } from './vocabulary.ts';

/** One file of the content folder, checked. */
export interface EntryOf<K extends Kind> {
	kind: K;
	/** The file name without its ending; for an issue `005-whose-number-is-it`. */
	slug: string;
	/** `kind/slug`: how other entries name it. */
	ref: string;
	/** Path below the content folder, with forward slashes. */
	file: string;
	data: DataOf[K];
	/** SHA-256 (hex, 16 characters) of the file's bytes, its pictures' bytes and the reader's own version. */
	digest: string;
	body: BodyFacts;
}

/** Any entry; `kind` tells which. */
export type Entry = { [K in Kind]: EntryOf<K> }[Kind];

/** What is known of a body without its tree, which is read again when a page or a mail needs it. */
export interface BodyFacts {
	/** False for YAML files and for MDX files with nothing below the frontmatter. */
	isPresent: boolean;
	/** Words as the content model counts them: runs with a letter or a digit, markup removed. */
	words: number;
	/** Headings inside the body, in order. */
	headings: { depth: number; text: string; id: string }[];
	/** Slugs of the terms named by `Term` and `Pair`, in order of first use. */
	terms: string[];
	/** References (`kind/slug`) that links in the body name. */
	links: string[];
	/** Pictures named by `Figure`, relative to the content folder. */
	pictures: string[];
	/** Names of the components used, in order, once for each use. */
	components: string[];
	/** The body's words as plain text, paragraph by paragraph, with the line each starts on. */
	prose: Prose[];
	/** Where each reference of `terms` and `links` is first made. */
	named: { ref: string; line: number; column: number }[];
}

/** One paragraph, list item, heading, cell or component label. */
interface Prose {
	text: string;
	/** Line of the file it starts on. */
	line: number;
	/** The outermost component it stands in. */
	component?: ComponentName | undefined;
	/** True for running text, which rules on sentences look at. */
	isSentence: boolean;
}

/** The title an entry goes by in lists and links. */
export function titleOf(entry: Entry): string {
	return entry.kind === 'person' ? entry.data.name : entry.data.title;
}

/** True for an entry that is finished; kinds without a status always are. */
export function isReady(entry: Entry): boolean {
	return !('status' in entry.data) || entry.data.status === 'ready';
}

/** `005` for number 5. */
export function issueId(number: number): string {
	return String(number).padStart(3, '0');
}
