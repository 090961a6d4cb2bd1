import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { frozenFiles, readFrozen } from './frozen.ts';
import { payloadHash } from './message.ts';

const payload = {
	from: 'Common Ground <letter@news.larkfield.example>',
	html: '<p>Hello <a href="{{{RESEND_UNSUBSCRIBE_URL}}}">Leave</a> 1 Mill Lane</p>',
	previewText: 'One line.',
	replyTo: ['editor@larkfield.example'],
	segmentId: 'segment-1',
	subject: 'No surprise promos',
	text: 'Hello {{{RESEND_UNSUBSCRIBE_URL}}} 1 Mill Lane',
	topicId: 'topic-1',
};

const plan = {
	v: 1 as const,
	site: 'tandem',
	issue: '017',
	file: 'issues/017-no-surprise.mdx',
	stem: '017-no-surprise',
	title: 'No surprise promos',
	payloadHash: payloadHash(payload),
	contentHash: 'c'.repeat(64),
	planned: {
		local: '2026-11-24T09:00',
		zone: 'Europe/London',
		utc: '2026-11-24T09:00:00Z',
		tz: '2026c',
	},
	undoMinutes: 10,
	audience: { segment: 'readers', topic: 'Weekly' },
	postalAddress: '1 Mill Lane',
	problems: [],
};

async function aFolder(change: Record<string, string> = {}): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'tandem-frozen-'));
	onTestFinished(() => rm(folder, { recursive: true, force: true }));
	for (const [name, text] of Object.entries({ ...frozenFiles(payload, plan), ...change })) {
		await writeFile(join(folder, name), text);
	}
	return folder;
}

test('gives back exactly what was frozen', async () => {
	const frozen = await readFrozen(await aFolder(), '017');
	expect(frozen.payload).toEqual(payload);
	expect(frozen.message).toMatchObject({ issue: '017', subject: payload.subject });
	expect(frozen.problems).toEqual([]);
});

test('looks at the mail again, whatever the plan says was found', async () => {
	const bare = { ...payload, text: 'Hello 1 Mill Lane' };
	const files = frozenFiles(bare, { ...plan, payloadHash: payloadHash(bare) });
	const { problems } = await readFrozen(await aFolder(files), '017');
	expect(problems.map(({ rule }) => rule)).toEqual(['mail/unsubscribe']);
});

test.each([
	['another issue', '018', {}, 'is issue 017, not 018'],
	[
		'bytes changed since',
		'017',
		{ 'payload.json': JSON.stringify({ ...payload, subject: 'Other' }) },
		'was changed after it was frozen',
	],
	['a torn payload', '017', { 'payload.json': '{"from":' }, 'payload.json that is not JSON'],
	['a plan of another form', '017', { 'plan.json': '{"v":2}' }, 'plan.json that is not valid'],
])('refuses %s', async (_name, issue, change, message) => {
	await expect(readFrozen(await aFolder(change), issue)).rejects.toMatchObject({
		code: 'frozen',
		message: expect.stringContaining(message),
	});
});

test('refuses a folder that holds none', async () => {
	await expect(readFrozen(join(tmpdir(), 'tandem-none'), '017')).rejects.toMatchObject({
		code: 'frozen',
	});
});

test('writes the payload in its canonical form: its bytes are what is hashed', async () => {
	const text = await readFile(join(await aFolder(), 'payload.json'), 'utf8');
	expect(text.startsWith('{"from":"Common Ground')).toBe(true);
	expect(text).not.toContain('\n');
});
