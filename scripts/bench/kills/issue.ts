/** The issue that the trials send, and the one place where a sender's job and ports are made. */
import { shortHash } from '#/delivery/canonical.ts';
import type { Ledger } from '#/delivery/ledger.ts';
import { payloadHash, payloadOf } from '#/delivery/message.ts';
import type { AudienceIds, Message } from '#/delivery/message.ts';
import { lintMessage } from '#/delivery/preflight.ts';
import type { Provider } from '#/delivery/provider.ts';
import { openResend } from '#/delivery/resend.ts';
import { planTime } from '#/delivery/schedule.ts';
import type { SendJob, SendPorts } from '#/delivery/send.ts';
import type { Timepiece } from './timepiece.ts';

/** When the issue is to go out. */
export const planned = planTime('2026-11-24', '09:00', 'Europe/London', 'bench');

/** What the account calls its segment and its topic. */
export const names = { segment: 'readers', topic: 'Weekly' };

/** Domain of the sender's address. */
export const senderDomain = 'news.larkfield.example';

/** The issue that is sent. */
const issue = '017';

/** File name of it without its ending. */
export const stem = `${issue}-no-surprise`;

/** The sending of an issue that a person looked at and approved. */
export function jobOf(ids: AudienceIds): SendJob {
	const message = messageOf();
	return {
		message,
		problems: lintMessage(message, address, `issues/${stem}.mdx`),
		planned,
		tz: 'bench',
		undoMinutes: 10,
		audience: names,
		attempt: undefined,
		page: {
			issue: `https://${senderDomain}/issues/${issue}/`,
			feed: `https://${senderDomain}/feed.json`,
		},
		audienceCap: 10_000,
		headersSeen: undefined,
		typed: { approve: shortHash(payloadHash(payloadOf(message, ids))) },
		runner: 'ci',
		tool: 'tandem bench',
	};
}

/** What a sender acts on the world by; it waits by the sandbox's clock. */
export function portsOf(
	provider: Provider,
	ledger: Ledger,
	time: Timepiece,
	tell: SendPorts['tell'],
): SendPorts {
	const waits = { settle: 10_000, 'read-back': 3_000 } as const;
	return {
		provider,
		ledger,
		pause: (reason) => time.wait(waits[reason]),
		tell,
		site: undefined,
		isSandbox: true,
		now: time.now,
		waitPageMs: 0,
		wait: time.wait,
	};
}

/** The account, over HTTP by the official SDK. */
export function providerOf(url: string, time: Timepiece): Provider {
	return openResend({ key: 're_sandbox', baseUrl: url }, time);
}

function messageOf(): Message {
	const html = `<!doctype html><html lang="en"><body><p>Hello {{{contact.first_name|there}}}</p>\n<a href="{{{RESEND_UNSUBSCRIBE_URL}}}">Leave</a> <p>${address}</p></body></html>`;
	const text = `Hello {{{contact.first_name|there}}}\n\nLeave: {{{RESEND_UNSUBSCRIBE_URL}}}\n${address}\n`;
	return {
		issue,
		site: 'tandem',
		subject: 'No surprise promos',
		preheader: 'One line to the other team before an offer goes out.',
		from: `Common Ground <letter@${senderDomain}>`,
		replyTo: ['editor@larkfield.example'],
		html,
		text,
		bytes: { html: Buffer.byteLength(html), text: Buffer.byteLength(text) },
		contentHash: 'c'.repeat(64),
	};
}

const address = 'Larkfield Ltd, 1 Mill Lane, Leeds';
