/** The letters as raw messages, read by a parser that is not ours: Python's. Message rules 28 and 29. */
import { execFile, spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { environment } from '#/environment.ts';
import { deliveredMails } from './delivered-mail.ts';
import { kitchenSink, ownContent } from './mail-fixture.ts';

const mails = [...(await deliveredMails(ownContent)), ...(await deliveredMails(kitchenSink))];

const hasPython = spawnSync('python3', ['--version']).status === 0;
if (!hasPython) console.warn('SKIPPED outside CI: there is no python3 to read the letters with.');
test.runIf(environment().isCi)('python3 is there in CI', () => {
	expect(hasPython).toBe(true);
});

describe('the message', () => {
	test.each(mails)('of $slug has CRLF and ASCII only, and no line over 76', ({ raw }) => {
		expect(raw.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
		expect(raw).toMatch(/^[\x20-\x7e\r\n\t]*$/);
		const body = raw.slice(raw.indexOf('\r\n\r\n'));
		expect(Math.max(...body.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(76);
	});

	test.each(mails)('of $slug carries what one-click unsubscribing needs', ({ raw }) => {
		const head = raw.slice(0, raw.indexOf('\r\n\r\n')).replaceAll(/\r\n[ \t]/g, ' ');
		// http, since the sandbox listens on loopback; Resend's own addresses are https.
		expect(head).toMatch(/^List-Unsubscribe: +<http:\/\/127\.0\.0\.1:\d+\/unsubscribe\/[\w-]+>$/m);
		expect(head).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click$/m);
		expect(head).toMatch(/^List-ID: .*<[\w.-]+>$/m);
		expect(head.match(/^Content-Type: multipart\/alternative;/gm)).toHaveLength(1);
	});
});

describe.skipIf(!hasPython)("Python's email package", () => {
	test.each(mails)('reads $slug without a defect, and the same words', async (mail) => {
		const { subject } = mail.message;
		expect(await readByPython(mail.raw)).toEqual({
			defects: [],
			type: 'multipart/alternative',
			parts: ['text/plain utf-8 quoted-printable', 'text/html utf-8 quoted-printable'],
			subject,
			text: mail.text,
			html: mail.html,
		});
	});

	test('sees the defects of a damaged message', async () => {
		const raw = mails[0]?.raw.replace(/\r\n--=_[^\r\n]*--/g, '') ?? '';
		expect(await readByPython(raw)).toMatchObject({
			defects: expect.arrayContaining(['CloseBoundaryNotFoundDefect']),
		});
	});
});

function readByPython(raw: string): Promise<unknown> {
	const script = `
import sys, json, email, email.policy
m = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.SMTP)
parts = [p for p in m.walk() if not p.is_multipart()]
defects = [type(d).__name__ for p in m.walk() for d in p.defects]
defects += [type(d).__name__ for p in m.walk() for v in p.values() for d in v.defects]
kind = lambda p: ' '.join([p.get_content_type(), p.get_content_charset(), p['content-transfer-encoding']])
whole = lambda p: p.get_content().replace('\\r\\n', '\\n') if p else None
print(json.dumps({'defects': defects, 'type': m.get_content_type(), 'subject': str(m['subject']),
  'parts': [kind(p) for p in parts], 'text': whole(m.get_body(('plain',))), 'html': whole(m.get_body(('html',)))}))
`;
	return new Promise((done, fail) => {
		const child = execFile('python3', ['-c', script], { timeout: 60_000 }, (error, stdout) => {
			if (error) fail(error);
			else done(JSON.parse(stdout));
		});
		child.stdin?.end(raw);
	});
}
