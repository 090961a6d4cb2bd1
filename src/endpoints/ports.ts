import type { Contacts, Mailer, Notices } from '#/delivery/contacts.ts';
import type { Tokens } from '#/delivery/token.ts';
import type { LatestIssue } from '#/email/welcome.ts';
import type { Settings } from '#/settings.ts';
import type { Choices } from './choices.ts';
import type { Limits } from './limits.ts';
import type { Once } from './once.ts';
import type { Puzzle } from './puzzle.ts';

/** All that the endpoints know of the world. One app may be made for each set of these. */
export interface Ports {
	settings: Settings;
	choices: Choices;
	/** Origin that every link is built from, never the request: `https://news.example.com`. */
	publicUrl: string;
	audience: { segmentId: string; topics: readonly Topic[] };
	contacts: Contacts;
	mailer: Mailer;
	/** Undefined where no webhook secret is set: then no report is believed. */
	notices: Notices | undefined;
	tokens: Tokens;
	limits: Limits;
	/** What passes once only. */
	once: Once;
	puzzle: Puzzle;
	/** The newest issue that a new reader may be led to. */
	latestIssue(): Promise<LatestIssue | undefined>;
	/** Who asks, as limits count it; undefined where the host cannot tell. */
	clientAddress(request: Request, env: unknown): string | undefined;
	/** The style sheet of the public site. */
	stylesheet: string;
	now(): Date;
	wait(milliseconds: number): Promise<void>;
	log(entry: LogEntry): void;
}

/** A choice on the preferences page. */
interface Topic {
	id: string;
	name: string;
}

/** One line of the log. It has no field that could hold an address, a token or a body. */
export interface LogEntry {
	event: 'request' | 'provider' | 'error' | 'notice' | 'alert';
	/** One of the endpoints' own paths, never what was asked for. */
	path: string;
	method: string;
	status?: number;
	/** Milliseconds it took. */
	ms?: number;
	/** What happened, in a word or two of ours. */
	what?: string;
	/** Where a bug is: function, file and line, without its message. */
	at?: string;
}
