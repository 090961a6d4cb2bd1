/** The sending protocol on stage: the real sender, the official SDK over HTTP, the sandbox. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { fileLedger } from '#/delivery/ledger.ts';
import type { Ledger } from '#/delivery/ledger.ts';
import { shortHash } from '#/delivery/canonical.ts';
import { payloadHash, payloadOf } from '#/delivery/message.ts';
import type { Message } from '#/delivery/message.ts';
import { lintMessage } from '#/delivery/preflight.ts';
import { openResend } from '#/delivery/resend.ts';
import { planTime } from '#/delivery/schedule.ts';
import { sendIssue } from '#/delivery/send.ts';
import type { SendJob, SendOutcome, SendPorts } from '#/delivery/send.ts';
import type { SandboxOptions } from '#/sandbox/server.ts';
import { aLab, HOUR } from './sandbox-lab.ts';
import type { Lab } from './sandbox-lab.ts';

export const address = 'Larkfield Ltd, 1 Mill Lane, Leeds';

/** Issue 017, compiled. */
export function aMessage(change: Partial<Message> = {}): Message {
	const html = `<!doctype html><html lang="en"><body><p>Hello {{{contact.first_name|there}}}</p>\n<a href="{{{RESEND_UNSUBSCRIBE_URL}}}">Leave</a> <p>${address}</p></body></html>`;
	const text = `Hello {{{contact.first_name|there}}}\n\nLeave: {{{RESEND_UNSUBSCRIBE_URL}}}\n${address}\n`;
	return {
		issue: '017',
		site: 'tandem',
		subject: 'No surprise promos',
		preheader: 'One line to the other team before an offer goes out.',
		from: 'Common Ground <letter@news.larkfield.example>',
		replyTo: ['editor@larkfield.example'],
		html,
		text,
		bytes: { html: Buffer.byteLength(html), text: Buffer.byteLength(text) },
		contentHash: 'c'.repeat(64),
		...change,
	};
}

/** The sending of a message, on a Tuesday at nine. */
export function aJob(message: Message = aMessage(), change: Partial<SendJob> = {}): SendJob {
	return {
		message,
		problems: lintMessage(message, address, 'issues/017-no-surprise.mdx'),
		planned: planTime('2026-11-24', '09:00', 'Europe/London', 'test'),
		tz: 'test',
		undoMinutes: 10,
		audience: { segment: 'readers', topic: 'Weekly' },
		attempt: undefined,
		page: {
			issue: 'https://news.larkfield.example/issues/017/',
			feed: 'https://news.larkfield.example/feed.json',
		},
		audienceCap: 10_000,
		headersSeen: undefined,
		typed: {},
		runner: 'person',
		tool: 'tandem test',
		...change,
	};
}

export interface Stage extends Lab {
	folder: string;
	ledger: Ledger;
	/** A fresh runner, as a new process would be. */
	ports(change?: Partial<SendPorts>): SendPorts;
	run(job?: SendJob, change?: Partial<SendPorts>): Promise<SendOutcome>;
	/** Lets the planned time, and whatever was left waiting, pass. */
	letTimePass(): Promise<void>;
	/** Copies by address; nobody may have two. */
	copies(): number[];
}

/** A sandbox on Monday morning with twelve readers, and a sender that waits by its clock. */
export async function aStage(options: SandboxOptions = {}): Promise<Stage> {
	const lab = await aLab({ senders: ['news.larkfield.example'], ...options });
	const folder = await mkdtemp(join(tmpdir(), 'tandem-newsletter-'));
	onTestFinished(() => rm(folder, { recursive: true, force: true }));
	const { sandbox } = lab;
	// Whoever waits, waits by the sandbox's clock: no test sleeps.
	const wait = (milliseconds: number) => sandbox.clock.advance(milliseconds);
	const ledger = fileLedger(folder, '017-no-surprise');
	const ports = (change: Partial<SendPorts> = {}): SendPorts => ({
		provider: openResend(
			{ key: 're_x', baseUrl: sandbox.url, timeoutMs: 1_000 },
			{ elapsed: () => sandbox.clock.now().getTime(), wait },
		),
		ledger,
		pause: () => wait(10_000),
		tell: () => {},
		site: undefined,
		isSandbox: true,
		now: () => sandbox.clock.now(),
		waitPageMs: 0,
		wait,
		...change,
	});
	return {
		...lab,
		folder,
		ledger,
		ports,
		run: (job = aJob(), change) => {
			// As the command does it: what was shown is what is approved.
			const approve = shortHash(payloadHash(payloadOf(job.message, lab)));
			return sendIssue({ ...job, typed: { approve, ...job.typed } }, ports(change));
		},
		letTimePass: () => sandbox.clock.advance(30 * HOUR),
		copies() {
			const count = new Map<string, number>();
			for (const { to } of sandbox.mails()) count.set(to, (count.get(to) ?? 0) + 1);
			return [...count.values()];
		},
	};
}

/** Everybody who is to have it has it, once. */
export function expectOneCopyEach(stage: Stage): void {
	expect(stage.mailsTo().toSorted()).toEqual(stage.reached.toSorted());
}

/** The calls that change something, by the SDK's names. */
export function writes(stage: Stage): string[] {
	return stage.sandbox
		.journal()
		.filter(({ method }) => method !== 'GET')
		.map(({ op }) => op ?? '?');
}
