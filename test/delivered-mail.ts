/** The letters of a content folder as they cross the wire: sent by broadcast, delivered by the sandbox. */
import { Resend } from 'resend';
import type { Message } from '#/delivery/message.ts';
import { unsubscribePlaceholder } from '#/email/placeholder.ts';
import { source } from '#/sandbox/mime.ts';
import { seedReaders } from '#/sandbox/readers.ts';
import { startSandbox } from '#/sandbox/server.ts';
import { lettersOf } from './mail-fixture.ts';
import { dataOf, MINUTE } from './sandbox-lab.ts';

/** One reader's copy of every ready issue of a content folder, as raw messages. */
export async function deliveredMails(contentDir: string): Promise<DeliveredMail[]> {
	const { letters } = await lettersOf(contentDir);
	const sandbox = await startSandbox({ now: new Date('2026-11-23T10:00:00Z') });
	try {
		const resend = new Resend('re_test_key', { baseUrl: sandbox.url });
		const { segmentId, topicId } = seedReaders(sandbox, { segment: 'readers', topic: 'Weekly' });
		const mails: DeliveredMail[] = [];
		for (const { slug, message } of letters) {
			const { from, replyTo, subject, html, text } = message;
			const draft = dataOf(
				await resend.broadcasts.create({
					name: slug,
					from,
					replyTo,
					subject,
					html,
					text,
					segmentId,
					topicId,
					previewText: message.preheader,
				}),
			);
			const before = sandbox.mails().length;
			dataOf(await resend.broadcasts.send(draft.id, {}));
			await sandbox.clock.advance(MINUTE);
			const mail = sandbox.mails()[before];
			if (!mail) throw new Error(`${slug} was not delivered.`);
			const raw = source(mail);
			const url = /^List-Unsubscribe:\s+<([^>]+)>/m.exec(raw)?.[1] ?? '';
			const filled = (part: string): string => part.replaceAll(unsubscribePlaceholder, url);
			mails.push({ slug, message, raw, html: filled(html), text: filled(text) });
		}
		return mails;
	} finally {
		await sandbox.close();
	}
}

export interface DeliveredMail {
	slug: string;
	/** As compiled, with the provider's placeholders. */
	message: Message;
	/** The whole message, with CRLF. */
	raw: string;
	/** As compiled, with this reader's own address to unsubscribe by. */
	html: string;
	text: string;
}
