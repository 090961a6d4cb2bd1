import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { parseBody } from './body.ts';
import type { Entry, EntryOf } from './entry.ts';
import { bodyWords, issueBody, issueWords } from './issue-words.ts';

test('counts the words of blocks apart, and the properties that are read', () => {
	const words = (markdown: string): number => bodyWords(parseBody(markdown).nodes);
	expect(words('One *two*-three.\n\nFour')).toBe(3);
	expect(words('- one\n- two\n\n| a | b |\n| - | - |\n| c | d |')).toBe(6);
	expect(words('<Story kind="reported" who="a firm" result="r" rule="u">\n\none\n\n</Story>')).toBe(
		5,
	);
	expect(words('A <Term id="lead">lead</Term>-time &')).toBe(2);
});

test('parts the hook from the announcement', () => {
	const { hook, announcement } = issueBody(
		parseBody('One two.\n\n<Announcement>\n\nThree.\n\n</Announcement>').nodes,
	);
	expect(bodyWords(hook)).toBe(2);
	expect(announcement && bodyWords(announcement)).toBe(1);
	expect(issueBody(parseBody('One.').nodes).announcement).toBeUndefined();
});

test('counts an issue from its title to its last question', () => {
	const contentDir = mkdtempSync(join(tmpdir(), 'words-'));
	onTestFinished(() => rmSync(contentDir, { recursive: true, force: true }));
	const entries = [
		entry(contentDir, 'tip', 'tips/t.mdx', 'Body of the tip.', {
			title: 'A tip',
			action: 'Do it now.',
			question: 'Why not?',
			pull: 'Pull',
		}),
		entry(contentDir, 'term', 'terms/w.mdx', '', { title: 'Word', short: 'What it means.' }),
		entry(contentDir, 'checklist', 'checklists/c.mdx', '', {
			title: 'A list',
			summary: 'It helps.',
		}),
		entry(
			contentDir,
			'issue',
			'issues/001-i.mdx',
			'The hook.\n\n<Announcement>\n\nWe say.\n\n</Announcement>',
			{
				title: 'An issue',
				tip: 'tip/t',
				terms: ['term/w'],
				also: ['checklist/c', 'questions/missing'],
				announcement: { title: 'News' },
				questions: [{ text: 'Who?' }, { text: 'And when?' }],
			},
		),
	];
	const byRef = new Map(entries.map((item) => [item.ref, item]));
	// The last entry is the issue.
	const issue = entries.at(-1) as EntryOf<'issue'>;
	const { parts, total } = issueWords({ contentDir, byRef }, issue);
	expect(Object.fromEntries(parts.map(({ part, words }) => [part, words]))).toEqual({
		title: 2,
		hook: 2,
		action: 3,
		terms: 4,
		'tip title': 2,
		'tip pull': 1,
		'tip body': 4,
		'tip question': 2,
		announcement: 3,
		'do this with': 4,
		questions: 3,
	});
	expect(total).toBe(30);
});

/** An entry with its file, its other fields left out. */
function entry(contentDir: string, kind: string, file: string, body: string, data: object): Entry {
	mkdirSync(join(contentDir, file, '..'), { recursive: true });
	writeFileSync(join(contentDir, file), `---\ntitle: x\n---\n${body}\n`);
	const slug = file.replace(/^.*\/|\.mdx$/g, '');
	// Only the fields that are counted are there.
	return {
		kind,
		slug,
		ref: `${kind}/${slug}`,
		file,
		data,
		body: { isPresent: body !== '' },
	} as Entry;
}
