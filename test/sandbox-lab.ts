import { Resend } from 'resend';
import { onTestFinished } from 'vitest';
import { seedReaders } from '#/sandbox/readers.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '#/sandbox/server.ts';

const MONDAY = '2026-11-23T10:00:00Z';
export const TUESDAY_NINE = '2026-11-24T09:00:00.000Z';
export const MINUTE = 60_000;
export const HOUR = 3_600_000;

export interface Lab {
	sandbox: Sandbox;
	resend: Resend;
	segmentId: string;
	topicId: string;
	/** Addresses a broadcast to segment and topic reaches. */
	reached: string[];
	/** Creates a draft and returns its id. */
	draft(changes?: Partial<Parameters<Resend['broadcasts']['create']>[0]>): Promise<string>;
	status(id: string): Promise<string | undefined>;
	mailsTo(): string[];
}

/** A sandbox on Monday morning with twelve readers, closed when the test ends. */
export async function aLab(options: SandboxOptions = {}): Promise<Lab> {
	const sandbox = await startSandbox({ now: new Date(MONDAY), ...options });
	onTestFinished(() => sandbox.close());
	const resend = new Resend('re_test_key', { baseUrl: sandbox.url });
	const seeded = seedReaders(sandbox, { segment: 'readers', topic: 'Weekly' });

	return {
		sandbox,
		resend,
		...seeded,
		async draft(changes = {}) {
			const created = await resend.broadcasts.create({
				name: 'tandem:017#1 3f9a2c1b77de',
				from: 'Common Ground <letter@news.larkfield.example>',
				subject: 'No surprise promos',
				segmentId: seeded.segmentId,
				topicId: seeded.topicId,
				html: '<!doctype html><html lang="en"><head><title>17</title></head>\n<body><p>Hi {{{contact.first_name|there}}}</p> <a href="{{{RESEND_UNSUBSCRIBE_URL}}}">Leave</a></body></html>',
				text: 'Hi {{{contact.first_name|there}}}\n\nLeave: {{{RESEND_UNSUBSCRIBE_URL}}}\n',
				...changes,
				// The union of the SDK's options cannot be spread; every value above has its right type.
			} as Parameters<Resend['broadcasts']['create']>[0]);
			return dataOf(created).id;
		},
		async status(id) {
			return (await resend.broadcasts.get(id)).data?.status;
		},
		mailsTo: () => sandbox.mails().map(({ to }) => to),
	};
}

/** The data of an answer; fails the test with the error where there is none. */
export function dataOf<T>(answer: { data: T | null; error: unknown }): T {
	if (answer.data === null) throw new Error(`Resend refused: ${JSON.stringify(answer.error)}`);
	return answer.data;
}

/** A plain mail. */
export function aMail(changes: Record<string, unknown> = {}) {
	return {
		from: 'Common Ground <letter@news.larkfield.example>',
		to: 'amara.okafor@example.com',
		subject: 'Please confirm',
		html: '<p>Press the button.</p>',
		text: 'Press the button.',
		...changes,
	};
}
