import type { Day } from '#/day.ts';
import { fillIn } from '#/delivery/test-mail.ts';
import type { Message } from '#/delivery/message.ts';
import { compileIssue } from '#/email/compile.ts';
import { checkMail } from '#/email/rules/check.ts';
import { factsOf } from '#/email/rules/facts.ts';
import { mailRules } from '#/email/rules/table.ts';
import type { Library } from '#/library/entries.ts';
import { namedBy } from '#/library/links.ts';
import type { EntryOf } from '#/library/entry.ts';
import type { Shelf } from '#/library/shelf.ts';
import type { Problem } from '#/problem.ts';
import { inScheme, withLinksApart, withoutPictures, withPictures } from './appearance.ts';
import { asSent } from './as-sent.ts';
import { inboxLines } from './inbox.ts';
import type { InboxLine } from './inbox.ts';
import { outlineOf } from './outline.ts';
import type { OutlineItem } from './outline.ts';

/**
 * Everything an editor looks at before an issue goes out, from the mail that the sender would get.
 * @param id - `005`
 * @param pictureAt - where this machine shows the picture of an address on the public site
 * @throws UserError where the issue cannot be compiled
 */
export function proofOf(
	shelf: Shelf,
	id: string,
	contentDir: string,
	pictureAt: (url: string) => string,
): Proof {
	const { library, issue, drafts, at } = asSent(shelf, id, contentDir);
	const message = compileIssue(library, issue);
	const found = checkMail(message, factsOf(library, issue));
	const harmless = `${library.settings.sites.public}/about/`;
	const shown = withLinksApart(fillIn(message.html, 'reader@example.com', harmless));
	const local = withPictures(shown, pictureAt);
	return {
		id,
		title: issue.data.title,
		file: issue.file,
		drafts,
		at,
		sendOn: issue.data.sendOn,
		message,
		light: inScheme(local, 'light'),
		dark: inScheme(local, 'dark'),
		picturesOff: inScheme(withoutPictures(shown), 'light'),
		text: fillIn(message.text, 'reader@example.com', harmless),
		inbox: inboxLines(message.subject, message.preheader),
		rules: mailRules.map(({ id: rule, number, severity, title }) => ({
			number,
			severity,
			title,
			findings: found.filter((problem) => problem.rule === rule),
		})),
		outline: outlineOf(shown),
		content: problemsOf(shelf, issue, library),
	};
}

/** What the content check says of the issue and of what it names. */
function problemsOf(shelf: Shelf, issue: EntryOf<'issue'>, library: Library): Problem[] {
	const refs = [issue.ref, issue.data.author, ...namedBy(issue)];
	const files = new Set(refs.map((ref) => library.byRef.get(ref)?.file));
	return shelf.problems.filter(({ file, level }) => files.has(file) && level !== 'report');
}

/** An issue, ready to be looked at. */
export interface Proof {
	/** `005` */
	id: string;
	title: string;
	/** Of the issue, below the content folder. */
	file: string;
	/** Files of the drafts that were taken for finished. */
	drafts: string[];
	/** When it is planned for. */
	at: Date;
	/** The day of that, in the firm's zone. */
	sendOn: Day;
	/** As it would be sent. */
	message: Message;
	/** The HTML part as it looks to a reader with a light screen. */
	light: string;
	/** With our dark styles on. */
	dark: string;
	picturesOff: string;
	/** The text part, placeholders filled. */
	text: string;
	inbox: InboxLine[];
	rules: RuleResult[];
	outline: OutlineItem[];
	/** What the content check found. */
	content: Problem[];
}

export interface RuleResult {
	number: number;
	/** `B` stops the build, `W` warns. */
	severity: 'B' | 'W';
	title: string;
	findings: Problem[];
}
