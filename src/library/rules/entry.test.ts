import { expect, test } from 'vitest';
import { found, words } from '#/library/sample.ts';

const story =
	'<Story kind="illustrative" who="a firm" result="They ask." rule="Ask first.">\n\nIt was so.\n\n</Story>';
const announcement = '<Announcement>\n\nWe moved.\n\n</Announcement>';
const labels = ['one', 'two', 'three', 'four', 'five'];

test('asks a ready entry for its author and its day of review', async () => {
	const good = { 'tip/ask': { author: undefined, reviewed: undefined, status: 'draft' } };
	const bad = { 'tip/ask': { author: undefined, reviewed: undefined } };
	expect(await found('entry/care', good)).toEqual([]);
	expect(await found('entry/care', bad)).toMatchInlineSnapshot(`
		[
		  "error tips/ask.mdx:2:1 author: missing, and the entry is ready. Add author: person/…",
		  "error tips/ask.mdx:2:1 reviewed: missing, and the entry is ready. Add the day it was last checked.",
		]
	`);
});

test('refuses a review in the future', async () => {
	const good = { 'term/lead': { reviewed: '2026-11-24' } };
	const bad = { 'term/lead': { reviewed: '2026-11-25' } };
	expect(await found('entry/reviewed', good)).toEqual([]);
	expect(await found('entry/reviewed', bad)).toMatchInlineSnapshot(`
		[
		  "error terms/lead.mdx:6:1 reviewed: 2026-11-25 is in the future. Give the day it was last checked, 2026-11-24 at the latest.",
		]
	`);
});

test('asks a survey or a study for its source', async () => {
	const good = { 'tip/ask': { evidence: 'survey', sources: [{ title: 'A survey', by: 'Hart' }] } };
	const bad = { 'tip/ask': { evidence: 'survey' }, 'checklist/meeting': { evidence: 'study' } };
	expect(await found('entry/evidence', good)).toEqual([]);
	expect(await found('entry/evidence', bad)).toMatchInlineSnapshot(`
		[
		  "error checklists/meeting.mdx:27:1 evidence: "study" needs a source. Add sources, or grade it as practice or opinion.",
		  "error tips/ask.mdx:15:1 evidence: "survey" needs a source. Add sources, or grade it as practice or opinion.",
		]
	`);
});

test('warns of a summary of two sentences', async () => {
	const good = {};
	const bad = { 'tip/ask': { summary: 'It says what changes for the reader. It says more.' } };
	expect(await found('entry/summary', good)).toEqual([]);
	expect(await found('entry/summary', bad)).toMatchInlineSnapshot(`
		[
		  "warn tips/ask.mdx:7:1 summary: has 2 sentences. Say it in one.",
		]
	`);
});

test('refuses replacedBy on an entry that is not retired', async () => {
	const good = { 'term/old': { title: 'Old', status: 'retired', replacedBy: 'term/lead' } };
	const bad = { 'tip/ask': { replacedBy: 'tip/other' }, 'tip/other': {} };
	expect(await found('entry/replaced', good)).toEqual([]);
	expect(await found('entry/replaced', bad)).toMatchInlineSnapshot(`
		[
		  "error tips/ask.mdx:15:1 replacedBy: is set, but the entry is not retired. Set status: retired, or take replacedBy out.",
		]
	`);
});

test('limits the words of each body', async () => {
	const good = {
		'tip/ask': { body: words(80) },
		'tip/long': { body: words(350) },
		'checklist/meeting': { body: words(300) },
		'questions/talk': { body: words(250) },
		'term/lead': { body: words(150) },
	};
	const bad = {
		'tip/ask': { body: words(79) },
		'tip/long': { body: words(351) },
		'checklist/meeting': { body: words(301) },
		'questions/talk': { body: words(251) },
		'term/lead': { body: words(151) },
	};
	expect(await found('entry/words', good)).toEqual([]);
	expect(await found('entry/words', bad)).toMatchInlineSnapshot(`
		[
		  "error checklists/meeting.mdx:29:1 body: 301 words, at most 300. Cut 1 or more.",
		  "error questions/talk.mdx:20:1 body: 251 words, at most 250. Cut 1 or more.",
		  "error terms/lead.mdx:11:1 body: 151 words, at most 150. Cut 1 or more.",
		  "error tips/ask.mdx:17:1 body: 79 words, at least 80. Add 1 or more.",
		  "error tips/long.mdx:17:1 body: 351 words, at most 350. Cut 1 or more.",
		]
	`);
});

test('keeps a tip to one story', async () => {
	const good = { 'tip/ask': { body: `${words(80)}\n\n${story}` } };
	const bad = { 'tip/ask': { body: `${words(80)}\n\n${story}\n\n${story}` } };
	expect(await found('entry/story', good)).toEqual([]);
	expect(await found('entry/story', bad)).toMatchInlineSnapshot(`
		[
		  "error tips/ask.mdx:17:1 body: More than one <Story> stands in a tip. Keep the one that carries the rule.",
		]
	`);
});

test('keeps an announcement to issues', async () => {
	const good = {};
	const bad = { 'term/lead': { body: announcement } };
	expect(await found('entry/announcement', good)).toEqual([]);
	expect(await found('entry/announcement', bad)).toMatchInlineSnapshot(`
		[
		  "error terms/lead.mdx:13:1 body: <Announcement> stands in a term. Only an issue has one. Take it out.",
		]
	`);
});

test('warns of an action that begins without a verb', async () => {
	const good = { 'tip/ask': { action: 'Before you plan, ask a rep.' } };
	const bad = { 'tip/ask': { action: 'The rep is asked which question buyers repeat.' } };
	expect(await found('tip/action-verb', good)).toEqual([]);
	expect(await found('tip/action-verb', bad)).toMatchInlineSnapshot(`
		[
		  "warn tips/ask.mdx:13:1 action: begins with "The". Begin with a verb, or with When, Before, After or Each.",
		]
	`);
});

test('warns of two actions', async () => {
	const good = {};
	const bad = { 'tip/ask': { action: 'Ask a rep and then write it down.' } };
	expect(await found('tip/one-action', good)).toEqual([]);
	expect(await found('tip/one-action', bad)).toMatchInlineSnapshot(`
		[
		  "warn tips/ask.mdx:13:1 action: holds " and then ": two actions. Keep the first.",
		]
	`);
});

test('refuses an id used twice', async () => {
	const good = {};
	const bad = {
		'checklist/meeting': { sections: [{ title: 'All', items: ['a', 'b', 'a'].map(point) }] },
		'questions/talk': { items: ['q', 'q'].map(openItem) },
		'questions/quiz': quiz({ options: [option('x'), option('x')] }),
	};
	expect(await found('entry/id', good)).toEqual([]);
	expect(await found('entry/id', bad)).toMatchInlineSnapshot(`
		[
		  "error checklists/meeting.mdx:24:9 sections.0.items.2.id: "a" is used twice in this file. Give each its own id; ticks and answers are kept under it.",
		  "error questions/quiz.mdx:22:9 items.0.options.1.id: "x" is used twice in this file. Give each its own id; ticks and answers are kept under it.",
		  "error questions/talk.mdx:18:5 items.1.id: "q" is used twice in this file. Give each its own id; ticks and answers are kept under it.",
		]
	`);
});

test('keeps each mode to its number of questions', async () => {
	const good = { 'questions/check': assess({}, 12), 'questions/quiz': quiz({}, 8) };
	const bad = {
		'questions/talk': { items: range(9).map((n) => openItem(`q${n}`)) },
		'questions/check': assess({}, 4),
		'questions/quiz': quiz({}, 2),
	};
	expect(await found('questions/count', good)).toEqual([]);
	expect(await found('questions/count', bad)).toMatchInlineSnapshot(`
		[
		  "error questions/check.mdx:14:1 items: 4 questions; a set to assess has 5 to 12. Add 1.",
		  "error questions/quiz.mdx:14:1 items: 2 questions; a set to quiz has 3 to 8. Add 1.",
		  "error questions/talk.mdx:14:1 items: 9 questions; a set to reflect has 1 to 8. Take 1 out.",
		]
	`);
});

test('asks a set to assess for its period', async () => {
	const good = { 'questions/check': assess() };
	const bad = { 'questions/check': { ...assess(), period: undefined } };
	expect(await found('questions/period', good)).toEqual([]);
	expect(await found('questions/period', bad)).toMatchInlineSnapshot(`
		[
		  "error questions/check.mdx:2:1 period: missing; a set to assess asks about a time. Add period: in the last 90 days.",
		]
	`);
});

test('keeps each mode to its types', async () => {
	const good = { 'questions/check': assess(), 'questions/quiz': quiz() };
	const bad = {
		'questions/talk': { items: [scaleItem('q1')] },
		'questions/check': assess({ type: 'open' }),
		'questions/quiz': quiz({ type: 'scale', options: undefined }),
	};
	expect(await found('questions/type', good)).toEqual([]);
	expect(await found('questions/type', bad)).toMatchInlineSnapshot(`
		[
		  "error questions/check.mdx:17:5 items.0.type: "open" does not fit a set to assess. Use scale or choice.",
		  "error questions/quiz.mdx:17:5 items.0.type: "scale" does not fit a set to quiz. Use choice.",
		  "error questions/talk.mdx:17:5 items.0.type: "scale" does not fit a set to reflect. Use open.",
		]
	`);
});

test('asks a scored question how its gap is to be read', async () => {
	const good = { 'questions/check': assess(), 'questions/quiz': quiz() };
	const bad = {
		'questions/check': assess({ reads: undefined }),
		'questions/quiz': quiz({ reads: undefined }),
	};
	expect(await found('questions/reads', good)).toEqual([]);
	expect(await found('questions/reads', bad)).toMatchInlineSnapshot(`
		[
		  "error questions/check.mdx:15:5 items.0.reads: missing. Add reads: state, orientation or knowledge.",
		  "error questions/quiz.mdx:15:5 items.0.reads: missing. Add reads: state, orientation or knowledge.",
		]
	`);
});

test('asks a question to assess what to open next, a quiz not', async () => {
	const good = { 'questions/check': assess(), 'questions/quiz': quiz() };
	const bad = { 'questions/check': assess({ play: undefined }) };
	expect(await found('questions/play', good)).toEqual([]);
	expect(await found('questions/play', bad)).toMatchInlineSnapshot(`
		[
		  "error questions/check.mdx:15:5 items.0.play: missing. Name what to open when the teams differ.",
		]
	`);
});

test('asks a choice for its options, and only a choice', async () => {
	const good = { 'questions/quiz': quiz(), 'questions/check': assess() };
	const bad = {
		'questions/quiz': quiz({ options: undefined }),
		'questions/check': assess({ options: [option('x'), option('y')] }),
	};
	expect(await found('questions/options', good)).toEqual([]);
	expect(await found('questions/options', bad)).toMatchInlineSnapshot(`
		[
		  "error questions/check.mdx:20:5 items.0.options: do not fit this type. Take them out.",
		  "error questions/quiz.mdx:15:5 items.0.options: missing. Add 2 to 5 of {id, text}.",
		]
	`);
});

test('keeps labels and ends to scales, and to one of the two', async () => {
	const good = { 'questions/check': assess({ ends: ['Left', 'Right'] }) };
	const bad = {
		'questions/check': assess({ labels, ends: ['Left', 'Right'] }),
		'questions/quiz': quiz({ ends: ['Left', 'Right'] }),
	};
	expect(await found('questions/ends', good)).toEqual([]);
	expect(await found('questions/ends', bad)).toMatchInlineSnapshot(`
		[
		  "error questions/check.mdx:26:5 items.0.ends: stand beside labels. Keep one of the two.",
		  "error questions/quiz.mdx:24:5 items.0.ends: fit a scale only. Take them out, or set type: scale.",
		]
	`);
});

test('refuses labels on a question that is no scale', async () => {
	const good = { 'questions/check': assess({ labels }) };
	const bad = { 'questions/talk': { items: [{ ...openItem('q1'), labels }] } };
	expect(await found('questions/labels', good)).toEqual([]);
	expect(await found('questions/labels', bad)).toMatchInlineSnapshot(`
		[
		  "error questions/talk.mdx:18:5 items.0.labels: fit a scale only. Take them out, or set type: scale.",
		]
	`);
});

test('refuses an agreed answer that is none of the options', async () => {
	const good = { 'questions/quiz': quiz({ agreed: 'y' }) };
	const bad = {
		'questions/quiz': quiz({ agreed: 'z' }),
		'questions/talk': { items: [{ ...openItem('q1'), agreed: 'z' }] },
	};
	expect(await found('questions/agreed', good)).toEqual([]);
	expect(await found('questions/agreed', bad)).toMatchInlineSnapshot(`
		[
		  "error questions/quiz.mdx:24:5 items.0.agreed: "z" is none of the options. Use one of x, y.",
		  "error questions/talk.mdx:18:5 items.0.agreed: stands without options. Add options, or take it out.",
		]
	`);
});

test('shows an error in a draft as a warning', async () => {
	const good = {};
	const bad = { 'tip/ask': { status: 'draft', body: words(10) } };
	expect(await found('entry/words', good)).toEqual([]);
	expect(await found('entry/words', bad)).toMatchInlineSnapshot(`
		[
		  "warn tips/ask.mdx:17:1 body: 10 words, at least 80. Add 70 or more.",
		]
	`);
});

function point(id: string) {
	return { id, text: 'Read it aloud', who: 'both' };
}

function openItem(id: string) {
	return { id, text: 'What did you hear?', type: 'open' };
}

function scaleItem(id: string) {
	return { id, text: 'We heard of it first.', type: 'scale', reads: 'state', play: 'tip/ask' };
}

function option(id: string) {
	return { id, text: `Answer ${id}` };
}

/** A set to assess; what is given replaces fields of its first question. */
function assess(first: Record<string, unknown> = {}, count = 5) {
	const items = range(count).map((n) => ({ ...scaleItem(`q${n}`), ...(n === 0 && first) }));
	return { mode: 'assess', period: 'in the last 90 days', items };
}

/** A quiz; what is given replaces fields of its first question. */
function quiz(first: Record<string, unknown> = {}, count = 3) {
	const items = range(count).map((n) => ({
		id: `q${n}`,
		text: 'What does it mean?',
		type: 'choice',
		reads: 'knowledge',
		options: [option('x'), option('y')],
		...(n === 0 && first),
	}));
	return { mode: 'quiz', items };
}

function range(count: number): number[] {
	return [...Array(count).keys()];
}
