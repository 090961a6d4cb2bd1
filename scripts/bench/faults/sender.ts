/** The real sender, as one trial runs it: the one place that builds its job and its ports. */
import { canonicalHash, shortHash } from '#/delivery/canonical.ts';
import { holdIssue } from '#/delivery/hold.ts';
import type { HoldOutcome } from '#/delivery/hold.ts';
import { payloadHash, payloadOf } from '#/delivery/message.ts';
import type { AudienceIds, Message } from '#/delivery/message.ts';
import type { Receipt } from '#/delivery/receipt.ts';
import { lintMessage } from '#/delivery/preflight.ts';
import { reconcileIssue } from '#/delivery/reconcile.ts';
import type { ReconcileOutcome } from '#/delivery/reconcile.ts';
import { openResend } from '#/delivery/resend.ts';
import { planTime } from '#/delivery/schedule.ts';
import { sendIssue } from '#/delivery/send.ts';
import type { SendJob, SendPorts } from '#/delivery/send.ts';
import type { Site } from '#/delivery/site.ts';
import type { Machine, Sender, Version } from './machine.ts';

/** `newsletter send`, without the terminal. */
export const tandem: Sender = {
	name: 'tandem',
	hasReconcile: true,
	async run(machine) {
		const outcome = await sendIssue(jobOf(machine), portsOf(machine));
		if (outcome.kind !== 'stopped') return { kind: 'done' };
		return { kind: 'stopped', code: outcome.code, reason: outcome.reason };
	},
};

/** The ports of one process. */
function portsOf(machine: Machine): SendPorts {
	return {
		provider: openResend(
			// The simulated clock ends calls that hang; real time never does.
			{ key: machine.key, baseUrl: machine.url, timeoutMs: 3_600_000 },
			{ elapsed: machine.elapsed, wait: machine.wait },
		),
		ledger: machine.ledger,
		pause: (reason) => machine.pause(waits[reason]),
		site: machine.site(siteOf(machine.text)),
		isSandbox: false,
		now: machine.clock,
		waitPageMs: 0,
		wait: machine.wait,
		tell: () => {},
	};
}

/** Holds the issue, as the command does. */
export async function hold(machine: Machine, isDelete: boolean): Promise<HoldOutcome> {
	return holdIssue({ ...issueName, isDelete }, portsOf(machine));
}

/** The job that runs some minutes after a sending was reserved. */
export async function reconcile(machine: Machine): Promise<ReconcileOutcome> {
	return reconcileIssue(issueName, portsOf(machine));
}

function jobOf({ text, attempt, audience }: Machine): SendJob {
	const message = messageOf(text);
	return {
		message,
		problems: lintMessage(message, address, `issues/${stem}.mdx`),
		planned,
		undoMinutes,
		audience: names,
		audienceCap: 50,
		headersSeen: '2026-11-01',
		attempt,
		page,
		typed: { approve: shortHash(payloadHash(payloadOf(message, audience))) },
		runner: 'ci',
		tool: 'tandem bench',
		tz: 'bench',
	};
}

/** The public site, as it is deployed together with a text. */
function siteOf(version: Version): Site {
	const texts: Record<string, string> = {
		[page.issue]: `<meta name="newsletter-issue" content="017"><meta name="newsletter-content" content="${shortHash(canonicalHash(version))}">`,
		[page.feed]: JSON.stringify({ items: [{ url: page.issue }] }),
	};
	return {
		async read(url) {
			const text = texts[url];
			return text === undefined ? { kind: 'failed', reason: 'answers 404' } : { kind: 'ok', text };
		},
		probe: async () => ({ kind: 'ok' }),
		isOwn: () => true,
	};
}

/** The receipt of the issue before. */
export function receiptBefore(broadcast: string, { segmentId, topicId }: AudienceIds): Receipt {
	return {
		v: 1,
		site: issueName.site,
		issue: '016',
		attempt: 1,
		broadcast,
		payloadHash: `0123456789ab${'0'.repeat(52)}`,
		contentHash: canonicalHash('016'),
		planned: planTime('2026-11-17', '09:00', 'Europe/London', 'bench'),
		audience: { segment: segmentId, topic: topicId, upTo: 10 },
		chosenAt: '2026-11-17T08:00:00Z',
		runner: 'ci',
		tool: 'tandem bench',
	};
}

/** One version of the issue; readers tell them apart by the subject. */
export function messageOf(version: Version): Message {
	const html = `<!doctype html><html lang="en"><body><p>Hello {{{contact.first_name|there}}}</p>\n<a href="{{{RESEND_UNSUBSCRIBE_URL}}}">Leave</a> <p>${address}</p></body></html>`;
	const text = `Hello {{{contact.first_name|there}}}\n\nLeave: {{{RESEND_UNSUBSCRIBE_URL}}}\n${address}\n`;
	return {
		...issueName,
		subject: `No surprise promos, ${version} text`,
		preheader: 'One line to the other team before an offer goes out.',
		from: 'Common Ground <letter@news.larkfield.example>',
		replyTo: ['editor@larkfield.example'],
		html,
		text,
		bytes: { html: Buffer.byteLength(html), text: Buffer.byteLength(text) },
		contentHash: canonicalHash(version),
	};
}

/** When the issue is to go out. */
export const planned = planTime('2026-11-24', '09:00', 'Europe/London', 'bench');

const undoMinutes = 10;

const issueName = { site: 'tandem', issue: '017' };

export const names = { segment: 'readers', topic: 'Weekly' };

/** File name of the issue without its ending. */
export const stem = '017-no-surprise';

const page = {
	issue: 'https://news.larkfield.example/issues/017/',
	feed: 'https://news.larkfield.example/feed.json',
};

const address = 'Larkfield Ltd, 1 Mill Lane, Leeds';

/** As long as the command waits against the real host. */
const waits = { settle: 10_000, 'read-back': 3_000 } as const;
