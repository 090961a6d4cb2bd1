/** The letters that mail tests look at: those of this repository and the made-up kitchen sink. */
import { join } from 'node:path';
import type { Message } from '#/delivery/message.ts';
import { compileIssue } from '#/email/compile.ts';
import { factsOf } from '#/email/rules/facts.ts';
import type { MailFacts } from '#/email/rules/facts.ts';
import { all } from '#/library/entries.ts';
import { openShelf, readShelf } from '#/library/shelf.ts';
import type { Problem } from '#/problem.ts';

/** Where a letter with every construct lies, and its golden mails. */
export const kitchenSink = join(import.meta.dirname, 'fixtures/mail/kitchen-sink');
export const ownContent = join(import.meta.dirname, '../content');

/** Every ready issue of a content folder, each compiled as on its own day. */
export async function lettersOf(contentDir: string): Promise<Letters> {
	const now = new Date('2026-12-31T12:00:00Z');
	const shelf = await readShelf({ contentDir, audience: 'public', now });
	const issues = shelf.entries.flatMap((entry) =>
		entry.kind === 'issue' && entry.data.status === 'ready' ? [entry] : [],
	);
	const letters = issues.map(({ slug, data }) => {
		const day = new Date(`${data.sendOn}T12:00:00Z`);
		const { library } = openShelf(shelf, { contentDir, audience: 'public', now: day });
		const issue = all(library, 'issue').find((entry) => entry.slug === slug);
		if (!issue) throw new Error(`${slug} is not in the library on its own day.`);
		return { slug, message: compileIssue(library, issue), facts: factsOf(library, issue) };
	});
	return { letters, problems: shelf.problems };
}

export interface MailLetter {
	slug: string;
	message: Message;
	facts: MailFacts;
}

interface Letters {
	letters: MailLetter[];
	/** What the content check says of the folder. */
	problems: Problem[];
}
