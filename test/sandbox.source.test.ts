import { execFileSync, spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { source } from '#/sandbox/mime.ts';
import { aLab, aMail, dataOf, MINUTE } from './sandbox-lab.ts';

const LONG = 'Ein sehr langer Satz über Käse, Brötchen und die Straße, 🧀 immer weiter. '
	.repeat(4)
	.trim();
const HTML = `<p>${LONG}</p>\n<p>a = b, trailing space </p>\n\n.\nFrom here on`;

describe('the source of a delivered mail', () => {
	test('has CRLF only, ASCII only, and no line over 78 characters', async () => {
		const raw = await delivered({ subject: LONG, html: HTML, text: LONG });
		expect(raw.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
		expect(raw).toMatch(/^[\x20-\x7e\r\n]*$/);
		expect(Math.max(...raw.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(78);
		for (const [word] of raw.matchAll(/=\?UTF-8\?B\?[^?]*\?=/g))
			expect(word.length).toBeLessThanOrEqual(75);
	});

	test('puts the text part first, and has each header once', async () => {
		const raw = await delivered({ replyTo: 'Editor <editor@larkfield.example>' });
		expect([...raw.matchAll(/^Content-Type: (text\/\w+)/gm)].map((match) => match[1])).toEqual([
			'text/plain',
			'text/html',
		]);
		const head = raw.slice(0, raw.indexOf('\r\n\r\n'));
		const names = [...head.matchAll(/^([\w-]+):/gm)].map((match) => match[1]);
		expect(names).toEqual([
			'From',
			'To',
			'Reply-To',
			'Subject',
			'Date',
			'Message-ID',
			'MIME-Version',
			'Content-Type',
		]);
	});

	test('a broadcast carries the one-click pair and List-ID', async () => {
		const { resend, sandbox, draft, topicId } = await aLab();
		dataOf(await resend.broadcasts.send(await draft(), {}));
		await sandbox.clock.advance(MINUTE);
		const mail = sandbox.mails()[0];
		if (mail === undefined) throw new Error('Nothing was delivered.');
		const head = source(mail).split('\r\n\r\n')[0]?.replaceAll('\r\n ', ' ');
		expect(head).toMatch(
			/^List-Unsubscribe: <http:\/\/127\.0\.0\.1:\d+\/unsubscribe\/[\w-]{43}>$/m,
		);
		expect(head).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click$/m);
		expect(head).toContain(`List-ID: Weekly <${topicId}.news.larkfield.example>`);
	});

	const hasPython = spawnSync('python3', ['--version']).status === 0;
	if (!hasPython) console.warn('SKIPPED: python3 is not here to read the mail back.');

	test.skipIf(!hasPython)('an independent parser reads back exactly what was sent', async () => {
		const raw = await delivered({
			from: '"Müller, Käthe" <letter@news.larkfield.example>',
			subject: LONG,
			html: HTML,
			text: `${LONG}\n\n  indented\n.\n`,
			headers: { 'Auto-Submitted': 'auto-generated', 'X-Note': 'grün' },
		});
		const script = `
import sys, json, email, email.policy
m = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)
t = m.get_body(('plain',)); h = m.get_body(('html',))
print(json.dumps({'from': str(m['from']), 'subject': m['subject'], 'note': m['x-note'],
  'auto': m['auto-submitted'], 'type': m.get_content_type(), 'defects': len(m.defects),
  'text': t.get_payload(decode=True).decode(), 'html': h.get_payload(decode=True).decode()}))`;
		const read = JSON.parse(
			execFileSync('python3', ['-c', script], { input: raw, encoding: 'utf8' }),
		);
		const crlf = (text: string) => text.replaceAll('\n', '\r\n');
		expect(read).toEqual({
			from: '"Müller, Käthe" <letter@news.larkfield.example>',
			subject: LONG,
			note: 'grün',
			auto: 'auto-generated',
			type: 'multipart/alternative',
			defects: 0,
			text: crlf(`${LONG}\n\n  indented\n.\n`),
			html: crlf(HTML),
		});
	});
});

async function delivered(changes: Record<string, unknown>): Promise<string> {
	const { resend, sandbox } = await aLab();
	dataOf(await resend.emails.send(aMail(changes)));
	const mail = sandbox.mails()[0];
	if (mail === undefined) throw new Error('Nothing was delivered.');
	return source(mail);
}
