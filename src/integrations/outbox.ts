import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AstroIntegration } from 'astro';
import type { Message } from '#/delivery/message.ts';
import { compileIssue } from '#/email/compile.ts';
import { requireGoodMail } from '#/email/rules/check.ts';
import { factsOf } from '#/email/rules/facts.ts';
import { ready } from '#/library/entries.ts';
import { openContent } from '#/library/shelf.ts';
import type { ContentOptions } from '#/library/shelf.ts';

/**
 * Writes the mail of every issue this build may know to `<outDir>/<NNN>/message.{html,txt,json}`:
 * the bytes that go out, for reading and comparing. An issue whose day has not come is not there.
 * A mail that breaks a rule stops the build with a UserError, and none is written.
 * @param options - the public audience's content; the door is the same as the site's
 * @param outDir - absolute path of the outbox; whatever it held before is removed
 */
export function outbox(
	options: Omit<ContentOptions, 'audience'>,
	outDir: string,
): AstroIntegration {
	return {
		name: 'tandem-outbox',
		hooks: {
			'astro:build:done': async ({ logger }) => {
				const { library } = await openContent({ ...options, audience: 'public' });
				rmSync(outDir, { recursive: true, force: true });
				const messages = ready(library, 'issue').map((issue) => {
					const message = compileIssue(library, issue);
					requireGoodMail(message, factsOf(library, issue));
					return message;
				});
				for (const message of messages) write(join(outDir, message.issue), message);
				logger.info(`${messages.length} ${messages.length === 1 ? 'mail' : 'mails'} compiled`);
			},
		},
	};
}

function write(folder: string, message: Message): void {
	const { html, text, ...facts } = message;
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, 'message.html'), html);
	writeFileSync(join(folder, 'message.txt'), text);
	writeFileSync(join(folder, 'message.json'), `${JSON.stringify(facts, null, '\t')}\n`);
}
