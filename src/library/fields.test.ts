import { describe, expect, test } from 'vitest';
import { entryFindings } from './sample.ts';

const misfits: [string, Record<string, unknown>, ...string[]][] = [
	[
		'issue/017-two-words',
		{ subject: 'No promotion should run unless sales knows about it first' },
		'issues/017-two-words.mdx:4:1 subject: 57 characters, at most 50. Found "No promotion should run unless sales knows about it first". Cut 7.',
	],
	[
		'tip/ask',
		{ title: 'Ask' },
		'tips/ask.mdx:2:1 title: 3 characters, at least 5. Found "Ask". Add 2.',
	],
	[
		'tip/ask',
		{ title: 'Ask before you plan.' },
		'tips/ask.mdx:2:1 title: It ends with a full stop. Found "Ask before you plan.". Take it off.',
	],
	['tip/ask', { title: undefined }, 'tips/ask.mdx:2:1 title: missing. Add title: …'],
	[
		'tip/ask',
		{ title: 2026 },
		'tips/ask.mdx:2:1 title: It is not a text. Found "2026". Write one line of text, in quotes if it looks like a number.',
	],
	[
		'tip/ask',
		{ title: ['Ask', 'first'] },
		'tips/ask.mdx:2:1 title: It is not a text. Found "["Ask","first"]". Write one line of text, in quotes if it looks like a number.',
	],
	[
		'tip/ask',
		{ summary: 'Too short.' },
		'tips/ask.mdx:7:1 summary: 10 characters, at least 40. Found "Too short.". Add 30.',
	],
	[
		'tip/ask',
		{ summary: 'It breaks the line\nhere, and what comes after it is lost in a header.' },
		'tips/ask.mdx:7:1 summary: It holds a line break or another control character. Found "It breaks the line here, and what comes after it is lost in a header.". Type it again on one line.',
	],
	[
		'tip/ask',
		{ topic: 'lists' },
		'tips/ask.mdx:9:1 topic: "lists" is not a topic. Use one of language, handoff, metrics, feedback, planning, customer, message, launch, people, tension.',
	],
	[
		'tip/ask',
		{ function: 'service' },
		'tips/ask.mdx:10:1 function: "service" is not a function. Use one of sales, marketing, both, leadership.',
	],
	[
		'tip/ask',
		{ audience: 'everyone' },
		'tips/ask.mdx:3:1 audience: "everyone" is not an audience. Use one of staff, public.',
	],
	[
		'tip/ask',
		{ status: 'done' },
		'tips/ask.mdx:4:1 status: "done" is not a status. Use one of draft, ready, retired.',
	],
	['tip/ask', { stage: [] }, 'tips/ask.mdx:15:1 stage: 0 entries, at least 1. Add 1.'],
	[
		'tip/ask',
		{ stage: ['buying'] },
		'tips/ask.mdx:16:5 stage.0: "buying" is not a stage. Use one of awareness, consideration, decision, onboarding, retention, any.',
	],
	[
		'tip/ask',
		{ effort: '20 minutes' },
		'tips/ask.mdx:11:1 effort: It is not a whole number. Found "20 minutes". Write digits only, without quotes.',
	],
	['tip/ask', { effort: 0 }, 'tips/ask.mdx:11:1 effort: 0, at least 1. Write 1 or more.'],
	['tip/ask', { effort: 241 }, 'tips/ask.mdx:11:1 effort: 241, at most 240. Write 240 or less.'],
	[
		'tip/ask',
		{ effort: 1.5 },
		'tips/ask.mdx:11:1 effort: It is not a whole number. Found "1.5". Write digits only, without quotes.',
	],
	[
		'tip/ask',
		{ together: 'yes' },
		'tips/ask.mdx:12:1 together: It is neither true nor false. Found "yes". Write true or false.',
	],
	[
		'tip/ask',
		{ reviewed: '2026-02-30' },
		'tips/ask.mdx:6:1 reviewed: It is not a day of the calendar. Found "2026-02-30". Write it as 2026-11-24.',
	],
	[
		'tip/ask',
		{ reviewed: 'last week' },
		'tips/ask.mdx:6:1 reviewed: It is not a day of the calendar. Found "last week". Write it as 2026-11-24.',
	],
	[
		'tip/ask',
		{ reviewEvery: 25 },
		'tips/ask.mdx:15:1 reviewEvery: 25, at most 24. Write 24 or less.',
	],
	[
		'tip/ask',
		{ evidence: 'hearsay' },
		'tips/ask.mdx:15:1 evidence: "hearsay" is not a grade. Use one of opinion, practice, survey, study.',
	],
	[
		'tip/ask',
		{ sources: 'A survey' },
		'tips/ask.mdx:15:1 sources: It is not a list. Found "A survey". Write it as [one, two].',
	],
	[
		'tip/ask',
		{ sources: [{ title: 'A survey', url: 'http://a.example' }] },
		'tips/ask.mdx:16:5 sources.0.by: missing. Add by: …',
		'tips/ask.mdx:17:5 sources.0.url: It is no https address. Found "http://a.example". Write it as https://example.com/page.',
	],
	[
		'tip/ask',
		{ related: ['tip/a', 'tip/b', 'tip/c', 'tip/d'] },
		'tips/ask.mdx:15:1 related: 4 entries, at most 3. Cut 1.',
	],
	[
		'tip/ask',
		{ related: ['person/ada'] },
		'tips/ask.mdx:16:5 related.0: It is not a reference. Found "person/ada". Write it as tip/its-file-name (tip, checklist, questions, term).',
	],
	[
		'tip/ask',
		{ related: ['tip/No_Kebab'] },
		'tips/ask.mdx:16:5 related.0: It is not a reference. Found "tip/No_Kebab". Write it as tip/its-file-name (tip, checklist, questions, term).',
	],
	[
		'tip/ask',
		{ find: Array(9).fill('a phrase') },
		'tips/ask.mdx:15:1 find: 9 entries, at most 8. Cut 1.',
	],
	[
		'tip/ask',
		{ was: ['Old Name'] },
		'tips/ask.mdx:16:5 was.0: It is not kebab-case. Found "Old Name". Use lower-case letters, digits and single hyphens.',
	],
	[
		'tip/ask',
		{ was: ['a'.repeat(61)] },
		'tips/ask.mdx:16:5 was.0: 61 characters, at most 60. Found "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa". Cut 1.',
	],
	[
		'tip/ask',
		{ sumary: 'A slip of the finger.' },
		'tips/ask.mdx:15:1 sumary: is not a field of a tip. Did you mean summary?',
	],
	['tip/ask', { colour: 'red' }, 'tips/ask.mdx:15:1 colour: is not a field of a tip. Take it out.'],
	[
		'tip/ask',
		{ question: "Explain today's offer" },
		`tips/ask.mdx:14:1 question: "Explain today's offer" does not end with "?". Add it.`,
	],
	[
		'tip/ask',
		{ question: 'Explain. Now' },
		'tips/ask.mdx:14:1 question: "Explain. Now" does not end with "?". Add it.',
	],
	[
		'tip/ask',
		{ pull: 'x'.repeat(91) },
		'tips/ask.mdx:15:1 pull: 91 characters, at most 90. Found "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…". Cut 1.',
	],
	[
		'tip/ask',
		{ action: 'x'.repeat(141) },
		'tips/ask.mdx:13:1 action: 141 characters, at most 140. Found "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…". Cut 1.',
	],
	[
		'checklist/meeting',
		{ mode: 'do' },
		'checklists/meeting.mdx:13:1 mode: "do" is not a mode. Use one of read-do, do-confirm.',
	],
	[
		'checklist/meeting',
		{ sections: [] },
		'checklists/meeting.mdx:15:1 sections: 0 entries, at least 1. Add 1.',
	],
	[
		'checklist/meeting',
		{ sections: [{ title: 'All', items: [{ id: 'a', text: 'Do it', who: 'us' }] }] },
		'checklists/meeting.mdx:20:9 sections.0.items.0.who: "us" is not a function. Use one of sales, marketing, both, leadership.',
		'checklists/meeting.mdx:17:5 sections.0.items: 1 entry, at least 3. Add 2.',
	],
	[
		'checklist/meeting',
		{
			sections: [
				{
					title: 'All',
					items: ['a', 'b', 'c']
						.map((id) => ({ id, text: 'x'.repeat(111), who: 'both' }))
						.slice(0, 3),
				},
			],
		},
		'checklists/meeting.mdx:19:9 sections.0.items.0.text: 111 characters, at most 110. Found "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…". Cut 1.',
		'checklists/meeting.mdx:22:9 sections.0.items.1.text: 111 characters, at most 110. Found "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…". Cut 1.',
		'checklists/meeting.mdx:25:9 sections.0.items.2.text: 111 characters, at most 110. Found "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…". Cut 1.',
	],
	[
		'questions/talk',
		{
			items: [{ id: 'q1', text: 'Which?', type: 'stars', labels: ['one'], ends: ['a', 'b', 'c'] }],
		},
		'questions/talk.mdx:17:5 items.0.type: "stars" is not a type of question. Use one of scale, choice, open.',
		'questions/talk.mdx:18:5 items.0.labels: 1 entry, at least 5. Add 4.',
		'questions/talk.mdx:20:5 items.0.ends: 3 entries, at most 2. Cut 1.',
	],
	[
		'questions/talk',
		{ items: [{ id: 'q1', text: 'Which?', type: 'choice', options: [{ id: 'x', text: 'This' }] }] },
		'questions/talk.mdx:18:5 items.0.options: 1 entry, at least 2. Add 1.',
	],
	[
		'term/lead',
		{ title: 'L', short: 'A name.', general: 'A metal.' },
		'terms/lead.mdx:2:1 title: 1 character, at least 2. Found "L". Add 1.',
		'terms/lead.mdx:7:1 short: 7 characters, at least 20. Found "A name.". Add 13.',
		'terms/lead.mdx:9:1 general: 8 characters, at least 20. Found "A metal.". Add 12.',
	],
	[
		'term/lead',
		{ ours: '' },
		'terms/lead.mdx:9:1 ours: 0 characters, at least 10. Found "". Add 10.',
	],
	[
		'issue/001-x',
		{ number: 0, sendOn: 20261201 },
		'issues/001-x.mdx:2:1 number: 0, at least 1. Write 1 or more.',
		'issues/001-x.mdx:7:1 sendOn: It is not a day. Found "20261201". Write it as 2026-11-24.',
	],
	[
		'issue/001-x',
		{ preheader: 'Too short', status: 'retired' },
		'issues/001-x.mdx:5:1 preheader: 9 characters, at least 40. Found "Too short". Add 31.',
		'issues/001-x.mdx:12:1 status: "retired" is not a status. Use one of draft, ready.',
	],
	[
		'issue/001-x',
		{ terms: ['term/a', 'term/b', 'term/c'], also: ['tip/a'] },
		'issues/001-x.mdx:13:1 terms: 3 entries, at most 2. Cut 1.',
		'issues/001-x.mdx:18:5 also.0: It is not a reference. Found "tip/a". Write it as checklist/its-file-name (checklist, questions).',
	],
	[
		'issue/001-x',
		{ questions: [] },
		'issues/001-x.mdx:10:1 questions: 0 entries, at least 1. Add 1.',
	],
	[
		'issue/001-x',
		{ questions: ['Who', { text: 'Which', function: 'us' }, 5] },
		'issues/001-x.mdx:11:5 questions.0: 3 characters, at least 5. Found "Who". Add 2.',
		'issues/001-x.mdx:12:5 questions.1.text: "Which" does not end with "?". Add it.',
		'issues/001-x.mdx:13:5 questions.1.function: "us" is not a function. Use one of sales, marketing, both, leadership.',
		'issues/001-x.mdx:14:5 questions.2: It is not a text. Found "5". Write one line of text, in quotes if it looks like a number.',
	],
	[
		'issue/001-x',
		{ questions: [{ text: 'Who?', colour: 'red' }] },
		'issues/001-x.mdx:11:5 questions.0.text: 4 characters, at least 5. Found "Who?". Add 1.',
		'issues/001-x.mdx:12:5 questions.0.colour: is not a field of an issue. Take it out.',
	],
	[
		'issue/001-x',
		{ series: { slug: 'three' } },
		'issues/001-x.mdx:13:1 series.part: missing. Add part: …',
	],
	[
		'issue/001-x',
		{ announcement: 'News' },
		'issues/001-x.mdx:13:1 announcement: It is not a group of fields. Found "News". Write it as { name: value }.',
	],
	[
		'issue/001-x',
		{ corrected: [{ on: '2026-12-10', note: 'A word', hash: 'sha256:12' }] },
		'issues/001-x.mdx:16:5 corrected.0.hash: It is not a content hash. Found "sha256:12". Paste the entry that the check prints.',
	],
	[
		'person/ada',
		{ email: 'ada at a.example', bio: 'x'.repeat(201), signoff: 'x'.repeat(61) },
		'people/ada.yaml:5:1 bio: 201 characters, at most 200. Found "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…". Cut 1.',
		'people/ada.yaml:6:1 signoff: 61 characters, at most 60. Found "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx". Cut 1.',
		'people/ada.yaml:4:1 email: It is not an e-mail address. Found "ada at a.example". Write it as name@example.com.',
	],
	[
		'person/ada',
		{ photo: { src: '../promos/secret.png', alt: 'Ada at her desk' } },
		'people/ada.yaml:6:3 photo.src: It is not a picture beside this file. Found "../promos/secret.png". Write it as ./its-name.jpg, PNG or JPEG.',
	],
	[
		'promo/winter',
		{ link: 'http://a.example', where: [], heard: [{ function: 'desk', on: '2026-11-30' }] },
		'promos/winter.yaml:5:1 where: 0 entries, at least 1. Add 1.',
		'promos/winter.yaml:12:1 link: It is no https address. Found "http://a.example". Write it as https://example.com/page.',
		'promos/winter.yaml:14:5 heard.0.function: "desk" is not a function. Use one of sales, marketing, both, leadership, front-desk.',
	],
	[
		'promo/winter',
		{ status: 'ready' },
		'promos/winter.yaml:13:1 status: is not a field of a promo. Did you mean starts?',
	],
	[
		'path/first',
		{ steps: ['tip/a', 'tip/b'] },
		'paths/first.yaml:3:1 steps: 2 entries, at least 3. Add 1.',
	],
	['path/first', { for: undefined }, 'paths/first.yaml:1:1 for: missing. Add for: …'],
];

describe('a field that does not hold is reported in plain words', () => {
	test.each(misfits)('%s %j', (ref, fields, ...lines) => {
		expect(entryFindings(ref, fields)).toEqual(lines);
	});
});
