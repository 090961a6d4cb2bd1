import { expect, test } from 'vitest';
import { found, sampleReceipt, words } from '#/library/sample.ts';

test('names the nearest entry for a reference that leads nowhere', async () => {
	const good = {
		'tip/ask': {
			related: ['checklist/meeting'],
			body: `${words(80)}\n\nSee [the list](checklist/meeting) and a <Term id="lead">lead</Term>.`,
		},
	};
	const bad = {
		'tip/ask': {
			related: ['checklist/meting'],
			author: 'person/nobody',
			body: `${words(80)}\n\nSee [the list](checklist/gone) and a <Term id="lead-x">lead</Term>.`,
		},
	};
	expect(await found('reference/missing', good)).toEqual([]);
	expect(await found('reference/missing', bad)).toMatchInlineSnapshot(`
		[
		  "error tips/ask.mdx:5:1 author: person/nobody does not exist. Name somebody of the people folder.",
		  "error tips/ask.mdx:16:5 related.0: checklist/meting does not exist. Nearest: checklist/meeting. If it was renamed, add was: [meting] there.",
		  "error tips/ask.mdx:21:5 body: checklist/gone does not exist. If it was renamed, add was: [gone] there; else take it out.",
		  "error tips/ask.mdx:21:38 body: term/lead-x does not exist. Nearest: term/lead. If it was renamed, add was: [lead-x] there.",
		]
	`);
});

test('looks at every field that names an entry', async () => {
	const good = {};
	const bad = {
		'tip/ask': { counter: 'tip/gone' },
		'term/lead': { pair: 'term/gone', status: 'retired', replacedBy: 'term/gone' },
		'checklist/meeting': {
			sections: [
				{ title: 'All', items: ['a', 'b', 'c'].map((id) => ({ ...point(id), link: 'tip/gone' })) },
			],
		},
		'questions/check': assess({ play: 'tip/gone' }),
		'issue/001-ask-first': {
			tip: 'tip/gone',
			terms: ['term/gone'],
			also: ['checklist/gone'],
			author: 'person/gone',
			questions: [{ text: 'Who?', term: 'term/gone' }],
		},
		'promo/winter': { owner: 'person/gone', briefed: { on: '2026-11-20', by: 'person/gone' } },
		'path/first': { steps: ['tip/ask', 'term/gone', 'tip/gone'] },
	};
	expect(await found('reference/missing', good)).toEqual([]);
	expect(await found('reference/missing', bad)).toMatchInlineSnapshot(`
		[
		  "error checklists/meeting.mdx:21:9 sections.0.items.0.link: tip/gone does not exist. If it was renamed, add was: [gone] there; else take it out.",
		  "error checklists/meeting.mdx:25:9 sections.0.items.1.link: tip/gone does not exist. If it was renamed, add was: [gone] there; else take it out.",
		  "error checklists/meeting.mdx:29:9 sections.0.items.2.link: tip/gone does not exist. If it was renamed, add was: [gone] there; else take it out.",
		  "error paths/first.yaml:5:5 steps.1: term/gone does not exist. If it was renamed, add was: [gone] there; else take it out.",
		  "error paths/first.yaml:6:5 steps.2: tip/gone does not exist. If it was renamed, add was: [gone] there; else take it out.",
		  "error promos/winter.yaml:9:1 owner: person/gone does not exist. Name somebody of the people folder.",
		  "error promos/winter.yaml:12:3 briefed.by: person/gone does not exist. Name somebody of the people folder.",
		  "error questions/check.mdx:19:5 items.0.play: tip/gone does not exist. If it was renamed, add was: [gone] there; else take it out.",
		  "error terms/lead.mdx:9:1 pair: term/gone does not exist. If it was renamed, add was: [gone] there; else take it out.",
		  "error terms/lead.mdx:10:1 replacedBy: term/gone does not exist. If it was renamed, add was: [gone] there; else take it out.",
		  "error tips/ask.mdx:15:1 counter: tip/gone does not exist. If it was renamed, add was: [gone] there; else take it out.",
		]
	`);
});

test('follows an earlier file name', async () => {
	const good = { 'tip/ask': { was: ['older'] }, 'issue/001-ask-first': { tip: 'tip/older' } };
	const bad = { 'issue/001-ask-first': { tip: 'tip/older' } };
	expect(await found('reference/missing', good)).toEqual([]);
	expect(await found('reference/missing', bad)).toMatchInlineSnapshot(`
		[
		  "error issues/001-ask-first.mdx:9:1 tip: tip/older does not exist. If it was renamed, add was: [older] there; else take it out.",
		]
	`);
});

test('refuses an earlier name that is taken', async () => {
	const good = { 'tip/ask': { was: ['once'] } };
	const bad = {
		'tip/ask': { was: ['other'] },
		'tip/other': { was: ['once'] },
		'tip/third': { was: ['once'] },
	};
	expect(await found('reference/was', good)).toEqual([]);
	expect(await found('reference/was', bad)).toMatchInlineSnapshot(`
		[
		  "error tips/ask.mdx:16:5 was.0: "other" is the name of tips/other.mdx. Take it out; a name can lead to one entry only.",
		  "error tips/third.mdx:16:5 was.0: "once" is the name of tips/other.mdx. Take it out; a name can lead to one entry only.",
		]
	`);
});

test('refuses an entry that names itself', async () => {
	const good = { 'tip/ask': { related: ['term/lead'] } };
	const bad = { 'tip/ask': { related: ['tip/ask'] } };
	expect(await found('reference/self', good)).toEqual([]);
	expect(await found('reference/self', bad)).toMatchInlineSnapshot(`
		[
		  "error tips/ask.mdx:16:5 related.0: tip/ask is this very entry. Name another.",
		]
	`);
});

test('refuses a draft named by a ready entry', async () => {
	const good = {
		'tip/ask': { status: 'draft', body: words(80) },
		'issue/001-ask-first': { status: 'draft' },
		'path/first': { steps: ['term/lead', 'checklist/meeting', 'questions/talk'] },
	};
	const bad = {
		'tip/ask': { status: 'draft' },
		'path/first': { steps: ['tip/ask', 'term/lead', 'checklist/meeting'] },
	};
	expect(await found('reference/draft', good)).toEqual([]);
	expect(await found('reference/draft', bad)).toMatchInlineSnapshot(`
		[
		  "error issues/001-ask-first.mdx:9:1 tip: tip/ask is a draft. Finish tips/ask.mdx and set status: ready, or name another.",
		  "error paths/first.yaml:4:5 steps.0: tip/ask is a draft. Finish tips/ask.mdx and set status: ready, or name another.",
		]
	`);
});

test('refuses a retired entry, and says what replaces it', async () => {
	const good = {
		'tip/ask': { status: 'retired', replacedBy: 'tip/new' },
		'tip/new': {},
		'path/first': { steps: ['tip/new', 'term/lead', 'checklist/meeting'] },
		'issues/001-ask-first.receipt.json': sampleReceipt(),
	};
	const bad = {
		'tip/ask': { status: 'retired', replacedBy: 'tip/new' },
		'tip/new': {},
		'path/first': { steps: ['tip/new', 'term/lead', 'checklist/meeting'] },
	};
	expect(await found('reference/retired', good)).toEqual([]);
	expect(await found('reference/retired', bad)).toMatchInlineSnapshot(`
		[
		  "error issues/001-ask-first.mdx:9:1 tip: tip/ask is retired. Name tip/new instead.",
		]
	`);
});

test('refuses a staff entry named by a public one', async () => {
	const good = { 'tip/new': { audience: 'staff', related: ['tip/ask'] } };
	const bad = {
		'tip/ask': { audience: 'staff' },
		'term/lead': { audience: 'staff' },
		'checklist/meeting': { related: ['tip/ask'] },
	};
	expect(await found('reference/audience', good)).toEqual([]);
	expect(await found('reference/audience', bad)).toMatchInlineSnapshot(`
		[
		  "error checklists/meeting.mdx:28:5 related.0: tip/ask is for staff; a public entry names public ones. Set audience: public in tips/ask.mdx, or choose another.",
		  "error issues/001-ask-first.mdx:9:1 tip: tip/ask is for staff; an issue uses public entries. Set audience: public in tips/ask.mdx, or choose another.",
		]
	`);
});

function point(id: string) {
	return { id, text: 'Read it aloud', who: 'both' };
}

function scaleItem(id: string) {
	return { id, text: 'We heard of it first.', type: 'scale', reads: 'state', play: 'tip/ask' };
}

/** A set to assess; what is given replaces fields of its first question. */
function assess(first: Record<string, unknown> = {}, count = 5) {
	const items = range(count).map((n) => ({ ...scaleItem(`q${n}`), ...(n === 0 && first) }));
	return { mode: 'assess', period: 'in the last 90 days', items };
}

function range(count: number): number[] {
	return [...Array(count).keys()];
}
