import { expect, test } from 'vitest';
import { found, sampleReceipt, words } from '#/library/sample.ts';

const announcement = '<Announcement>\n\nWe moved.\n\n</Announcement>';

test('asks the number to be that of the file name', async () => {
	const good = {
		'tip/two': {},
		'issue/002-ask-again': {
			number: 2,
			title: 'Ask again',
			subject: 'Ask it again',
			tip: 'tip/two',
			sendOn: '2026-12-08',
		},
	};
	const bad = {
		'issue/007-ask-first': { number: 1 },
		'issue/ask': { number: 2, sendOn: '2026-12-08', subject: 'Again', tip: 'tip/two' },
		'tip/two': {},
		'issue/001-twin': { number: 1, sendOn: '2026-12-15', subject: 'Third', tip: 'tip/three' },
		'tip/three': {},
	};
	expect(await found('issue/number', good)).toEqual([]);
	expect(await found('issue/number', bad)).toMatchInlineSnapshot(`
		[
		  "error issues/001-ask-first.mdx:2:1 number: 1 is also the number of issues/001-twin.mdx. Renumber one of the two.",
		  "error issues/001-twin.mdx:2:1 number: 1 is also the number of issues/001-ask-first.mdx. Renumber one of the two.",
		  "error issues/007-ask-first.mdx:2:1 number: 1, but the file name says 007. Make them equal.",
		  "error issues/007-ask-first.mdx:2:1 number: 1 is also the number of issues/001-ask-first.mdx. Renumber one of the two.",
		  "error issues/ask.mdx:2:1 number: 2, but the file name has no number. Rename the file to 002-ask.mdx.",
		]
	`);
});

test('refuses a hole among ready issues', async () => {
	const good = {
		'tip/two': {},
		'issue/002-ask-again': {
			number: 2,
			title: 'Ask again',
			subject: 'Ask it again',
			tip: 'tip/two',
			sendOn: '2026-12-08',
		},
	};
	const bad = {
		'tip/two': {},
		'issue/002-ask-again': {
			number: 2,
			title: 'Ask again',
			subject: 'Ask it again',
			tip: 'tip/two',
			sendOn: '2026-12-08',
			status: 'draft',
		},
		'issue/003-third': { number: 3, subject: 'Third', tip: 'tip/three', sendOn: '2026-12-15' },
		'tip/three': {},
	};
	expect(await found('issue/gap', good)).toEqual([]);
	expect(await found('issue/gap', bad)).toMatchInlineSnapshot(`
		[
		  "error issues/003-third.mdx:2:1 number: 002 is missing among ready issues. Renumber, or make 002 ready.",
		]
	`);
});

test('keeps a day to one issue', async () => {
	const good = {
		'tip/two': {},
		'issue/002-ask-again': {
			number: 2,
			title: 'Ask again',
			subject: 'Ask it again',
			tip: 'tip/two',
			sendOn: '2026-12-08',
		},
	};
	const bad = {
		'tip/two': {},
		'issue/002-ask-again': {
			number: 2,
			title: 'Ask again',
			subject: 'Ask it again',
			tip: 'tip/two',
			sendOn: '2026-12-01',
		},
	};
	expect(await found('issue/day', good)).toEqual([]);
	expect(await found('issue/day', bad)).toMatchInlineSnapshot(`
		[
		  "error issues/002-ask-again.mdx:7:1 sendOn: 2026-12-01 is also the day of issues/001-ask-first.mdx. Move one of the two: readers get one issue a day.",
		]
	`);
});

test('warns of another weekday than the letter has', async () => {
	const good = {};
	const bad = { 'issue/001-ask-first': { sendOn: '2026-12-02' } };
	expect(await found('issue/weekday', good)).toEqual([]);
	expect(await found('issue/weekday', bad)).toMatchInlineSnapshot(`
		[
		  "warn issues/001-ask-first.mdx:7:1 sendOn: 2026-12-02 is a Wednesday; issues go out on a Tuesday. Move it, or leave it if it is meant.",
		]
	`);
});

test('warns of a day that is past without a receipt', async () => {
	const good = {
		'issue/001-ask-first': { sendOn: '2026-11-17' },
		'issues/001-ask-first.receipt.json': sampleReceipt(),
		'issue/002-x': {
			number: 2,
			status: 'draft',
			sendOn: '2026-11-10',
			subject: 'Other',
			tip: 'tip/two',
		},
		'tip/two': {},
	};
	const bad = { 'issue/001-ask-first': { sendOn: '2026-11-17' } };
	expect(await found('issue/late', good)).toEqual([]);
	expect(await found('issue/late', bad)).toMatchInlineSnapshot(`
		[
		  "warn issues/001-ask-first.mdx:7:1 sendOn: 2026-11-17 is past and the issue was not sent. Send it by hand, or move its day. It is never sent by itself.",
		]
	`);
});

test('refuses a subject in capitals, with an emoji, a flag or two exclamation marks', async () => {
	const good = { 'issue/001-ask-first': { subject: 'Ask 5 people #1!' } };
	const bad = {
		'issue/001-ask-first': { subject: 'ASK FIRST' },
		'issue/002-b': { number: 2, subject: 'Ask 🎉', sendOn: '2026-12-08', tip: 'tip/b' },
		'issue/003-c': { number: 3, subject: 'Ask 🇬🇧', sendOn: '2026-12-15', tip: 'tip/c' },
		'issue/004-d': { number: 4, subject: 'Ask! Now!', sendOn: '2026-12-22', tip: 'tip/d' },
		'issue/005-e': { number: 5, subject: 'Ask! Now!', sendOn: '2026-12-29', tip: 'tip/e' },
		'tip/b': {},
		'tip/c': {},
		'tip/d': {},
		'tip/e': {},
	};
	expect(await found('issue/subject', good)).toEqual([]);
	expect(await found('issue/subject', bad)).toMatchInlineSnapshot(`
		[
		  "error issues/001-ask-first.mdx:4:1 subject: stands in capitals. Write it as a sentence.",
		  "error issues/002-b.mdx:4:1 subject: holds an emoji. Take it out.",
		  "error issues/003-c.mdx:4:1 subject: holds an emoji. Take it out.",
		  "error issues/004-d.mdx:4:1 subject: holds more than one "!". Keep one at most.",
		  "error issues/005-e.mdx:4:1 subject: holds more than one "!". Keep one at most.",
		  "error issues/005-e.mdx:4:1 subject: is also the subject of issues/004-d.mdx. Mail programs fold equal subjects: change it.",
		]
	`);
});

test('refuses a preheader that begins with the subject', async () => {
	const good = {};
	const bad = {
		'issue/001-ask-first': { preheader: 'ask one question first, and see what it does to a month' },
	};
	expect(await found('issue/preheader', good)).toEqual([]);
	expect(await found('issue/preheader', bad)).toMatchInlineSnapshot(`
		[
		  "error issues/001-ask-first.mdx:5:1 preheader: begins with the subject. The inbox shows both: say something more.",
		]
	`);
});

test('refuses a tip that led an earlier issue, under an earlier name too', async () => {
	const good = {
		'tip/two': {},
		'issue/002-ask-again': {
			number: 2,
			title: 'Ask again',
			subject: 'Ask it again',
			sendOn: '2026-12-08',
			tip: 'tip/ask',
			again: true,
		},
	};
	const bad = {
		'tip/ask': { was: ['older'] },
		'tip/two': {},
		'issue/002-ask-again': {
			number: 2,
			title: 'Ask again',
			subject: 'Ask it again',
			sendOn: '2026-12-08',
			tip: 'tip/older',
		},
	};
	expect(await found('issue/tip-again', good)).toEqual([]);
	expect(await found('issue/tip-again', bad)).toMatchInlineSnapshot(`
		[
		  "error issues/002-ask-again.mdx:9:1 tip: tip/older led issue #001. Choose another, or add again: true.",
		]
	`);
});

test('keeps parts of a series declared, in order and within its length', async () => {
	const good = { 'issue/001-ask-first': { series: { slug: 'three', part: 1 } } };
	const bad = {
		'issue/001-ask-first': { series: { slug: 'four', part: 1 } },
		'tip/two': {},
		'tip/three': {},
		'issue/002-b': {
			number: 2,
			subject: 'B is here',
			tip: 'tip/two',
			sendOn: '2026-12-08',
			series: { slug: 'three', part: 4 },
		},
		'issue/003-c': {
			number: 3,
			subject: 'C is here',
			tip: 'tip/three',
			sendOn: '2026-12-15',
			series: { slug: 'three', part: 2 },
		},
	};
	expect(await found('issue/series', good)).toEqual([]);
	expect(await found('issue/series', bad)).toMatchInlineSnapshot(`
		[
		  "error issues/001-ask-first.mdx:14:3 series.slug: "four" is not a series of the settings. Declare it in settings.yaml, or use one of three.",
		  "error issues/002-b.mdx:15:3 series.part: part 4, but the series has 3. Correct the part, or its length in settings.yaml.",
		  "error issues/003-c.mdx:15:3 series.part: part 2 comes after part 4 of issues/002-b.mdx. Parts follow the numbers of their issues.",
		]
	`);
});

test('warns of a missing next part of a series', async () => {
	const good = {
		'issue/001-ask-first': { sendOn: '2027-02-02', series: { slug: 'three', part: 1 } },
	};
	const bad = { 'issue/001-ask-first': { series: { slug: 'three', part: 1 } } };
	expect(await found('issue/series-next', good)).toEqual([]);
	expect(await found('issue/series-next', bad)).toMatchInlineSnapshot(`
		[
		  "warn issues/001-ask-first.mdx:13:1 series: part 2 of 3 is not on the calendar. Plan it, or shorten the series in settings.yaml.",
		]
	`);
});

test('keeps heading and text of the announcement together', async () => {
	const good = {
		'issue/001-ask-first': {
			announcement: { title: 'News' },
			body: `A hook.\n\n<Announcement>\n\n${words(150)}\n\n</Announcement>`,
		},
	};
	const bad = {
		'issue/001-ask-first': { body: `A hook.\n\n${announcement}` },
		'issue/002-b': {
			number: 2,
			subject: 'B is here',
			tip: 'tip/b',
			sendOn: '2026-12-08',
			announcement: { title: 'News' },
		},
		'issue/003-c': {
			number: 3,
			subject: 'C is here',
			tip: 'tip/c',
			sendOn: '2026-12-15',
			announcement: { title: 'News' },
			body: `A hook.\n\n${announcement}\n\n${announcement}`,
		},
		'issue/004-d': {
			number: 4,
			subject: 'D is here',
			tip: 'tip/d',
			sendOn: '2026-12-22',
			announcement: { title: 'News' },
			body: `A hook.\n\n<Announcement>\n\n${words(151)}\n\n</Announcement>`,
		},
		'tip/b': {},
		'tip/c': {},
		'tip/d': {},
	};
	expect(await found('issue/announcement', good)).toEqual([]);
	expect(await found('issue/announcement', bad)).toMatchInlineSnapshot(`
		[
		  "error issues/001-ask-first.mdx:2:1 announcement: missing, but the body holds an <Announcement>. Add announcement: { title: … }.",
		  "error issues/002-b.mdx:13:1 announcement: has a title, but the body holds no <Announcement>. Write it in the body, or take the title out.",
		  "error issues/003-c.mdx:17:1 body: 2 announcements. Keep one.",
		  "error issues/004-d.mdx:17:1 body: an announcement of 151 words, at most 150. Cut 1.",
		]
	`);
});

test('refuses text after the announcement', async () => {
	const good = {
		'issue/001-ask-first': { announcement: { title: 'News' }, body: `A hook.\n\n${announcement}` },
	};
	const bad = {
		'issue/001-ask-first': {
			announcement: { title: 'News' },
			body: `A hook.\n\n${announcement}\n\nMore.`,
		},
	};
	expect(await found('issue/order', good)).toEqual([]);
	expect(await found('issue/order', bad)).toMatchInlineSnapshot(`
		[
		  "error issues/001-ask-first.mdx:25:1 body: text stands after the announcement. Put the announcement last.",
		]
	`);
});

test('asks for a hook of at most 60 words', async () => {
	const good = { 'issue/001-ask-first': { body: words(60) } };
	const bad = {
		'issue/001-ask-first': { body: words(61) },
		'tip/two': {},
		'issue/002-b': {
			number: 2,
			subject: 'B is here',
			tip: 'tip/two',
			sendOn: '2026-12-08',
			announcement: { title: 'News' },
			body: announcement,
		},
	};
	expect(await found('issue/hook', good)).toEqual([]);
	expect(await found('issue/hook', bad)).toMatchInlineSnapshot(`
		[
		  "error issues/001-ask-first.mdx:15:1 body: a hook of 61 words, at most 60. Cut 1.",
		  "error issues/002-b.mdx:19:1 body: no hook. Open with up to 60 words before the announcement.",
		]
	`);
});

test('warns of an issue over 475 words and fails one over 600', async () => {
	const good = {};
	const bad = {
		'tip/ask': { body: words(350) },
		'issue/001-ask-first': {
			announcement: { title: 'News' },
			body: `${words(60)}\n\n<Announcement>\n\n${words(60)}\n\n</Announcement>`,
		},
		'tip/two': { body: words(350) },
		'issue/002-b': {
			number: 2,
			subject: 'B is here',
			tip: 'tip/two',
			sendOn: '2026-12-08',
			announcement: { title: 'News' },
			body: `${words(60)}\n\n<Announcement>\n\n${words(150)}\n\n</Announcement>`,
			also: ['checklist/meeting', 'questions/talk'],
		},
	};
	expect(await found('issue/words', good)).toEqual([]);
	expect(await found('issue/words', bad)).toMatchInlineSnapshot(`
		[
		  "warn issues/001-ask-first.mdx:17:1 body: 494 words, at most 475. Longest part: tip body, 350. Cut 19 or more.",
		  "error issues/002-b.mdx:20:1 body: 612 words, at most 600. Longest part: tip body, 350. Cut 12 or more.",
		]
	`);
});

test('keeps title, hook and action within 100 words', async () => {
	const good = { 'issue/001-ask-first': { body: words(60) } };
	const bad = {
		'tip/ask': { action: `Do ${'a '.repeat(40)}b`, title: 'To do' },
		'issue/001-ask-first': { title: 'a b c d e f g h i j k l m n o p', body: words(60) },
	};
	expect(await found('issue/opening', good)).toEqual([]);
	expect(await found('issue/opening', bad)).toMatchInlineSnapshot(`
		[
		  "error issues/001-ask-first.mdx:15:1 body: title, hook and action have 118 words, at most 100. Cut 18 from the hook.",
		]
	`);
});
