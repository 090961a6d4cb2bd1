/** What a new entry starts from: the fields to ask for, sensible proposals, and a body to write over. */
import { addDays, dayOf, weekdayOf } from '#/day.ts';
import { isReady, issueId } from '#/library/entry.ts';
import type { Entry, EntryOf } from '#/library/entry.ts';
import { topics } from '#/library/schema/fields.ts';
import type { Shelf } from '#/library/shelf.ts';

const play = [
	{ name: 'title', question: 'Title, 5 to 60 characters, no full stop' },
	{ name: 'summary', question: 'One sentence that says what it is good for, 40 to 160 characters' },
	{
		name: 'when',
		question: 'Use this when … (the situation, in the words of someone who is stuck)',
	},
	{ name: 'topic', question: `Topic (${topics.join(', ')})` },
	{ name: 'function', question: 'Who acts on it (sales, marketing, both, leadership)' },
	{ name: 'effort', question: 'Whole minutes it takes to do' },
];

export const skeletons = {
	tip: {
		asks: [
			...play,
			{ name: 'action', question: 'Do this: one action, beginning with a verb or with When' },
			{ name: 'question', question: 'The question that closes it' },
		],
		defaults: ({ shelf }) => ({ ...playDefaults, author: authorOf(shelf), ...tipDefaults }),
		fields: (answers) => ({
			...playFields(answers),
			action: answers['action'],
			question: answers['question'],
		}),
		body: `Situation: describe the moment in which a reader needs this, so that they see themselves in it.

Why: say what goes wrong without it, and what changes with it. One idea, in short sentences. If you
claim a figure, add its source above.

Do this: say how, step by step, so that someone could begin this afternoon.

- The first step.
- The second step.

A tip has 80 to 350 words; one that leads an issue does best with 220 or fewer. Write over all of
this, then set status: ready.`,
		next: 'Write its body, then run "npm run content -- check". When it is done, set status: ready.',
	},
	checklist: {
		asks: [
			...play,
			{
				name: 'mode',
				question: 'read-do (read, then do each) or do-confirm (do, then stop and confirm)',
			},
			{ name: 'pause', question: 'The moment to stop and run it' },
		],
		defaults: ({ shelf }) => ({
			...playDefaults,
			author: authorOf(shelf),
			mode: 'read-do',
			pause: 'Before the work begins',
		}),
		fields: (answers) => ({
			...playFields(answers),
			mode: answers['mode'],
			pause: answers['pause'],
			sections: [
				{
					title: 'Before you begin',
					items: ['first', 'second', 'third'].map((name) => ({
						id: `${name}-point`,
						text: `The ${name} point, so short that it can be read aloud`,
						who: 'both',
					})),
				},
			],
		}),
		body: 'Say in a few lines who reads the list aloud, and when.',
		next: 'Write three to nine points a group, then run "npm run content -- check".',
	},
	questions: {
		asks: [...play, { name: 'mode', question: 'reflect (talk), assess (two teams) or quiz' }],
		defaults: ({ shelf }) => ({ ...playDefaults, author: authorOf(shelf), mode: 'reflect' }),
		fields: (answers) => {
			const mode = answers['mode'] ?? 'reflect';
			return {
				...playFields(answers),
				mode,
				...(mode === 'assess' && { period: 'in the last 90 days' }),
				items: itemsFor(mode),
			};
		},
		body: 'Say how to run the set: who answers, how long it takes, what happens with the answers.',
		next: 'Write the questions; an id is kept for ever. Then run "npm run content -- check".',
	},
	term: {
		asks: [
			{ name: 'title', question: 'The word, 2 to 40 characters' },
			{
				name: 'short',
				question: 'What it means here, 20 to 160 characters, without the word itself',
			},
			{ name: 'topic', question: `Topic (${topics.join(', ')})` },
			{ name: 'owner', question: 'Who keeps the rule (sales, marketing, both, leadership)' },
		],
		defaults: ({ shelf }) => ({
			short: 'What people here mean by it, in one sentence a newcomer understands.',
			topic: 'language',
			owner: 'both',
			author: authorOf(shelf),
		}),
		fields: (answers) => ({
			title: answers['title'],
			short: answers['short'],
			topic: answers['topic'],
			owner: answers['owner'],
			audience: 'staff',
			status: 'draft',
			author: answers['author'],
		}),
		body: 'Give an example, and say what the word is not.',
		next: 'If the firm writes its own rule, add local: true and ours. Then run "npm run content -- check".',
	},
	issue: {
		asks: [
			{ name: 'title', question: 'Title, 3 to 60 characters' },
			{ name: 'tip', question: 'The tip it carries (tip/its-file-name)' },
			{ name: 'sendOn', question: 'The day it is sent (2026-12-08)' },
			{ name: 'subject', question: 'Subject, at most 50 characters, its point in the first 30' },
		],
		defaults: ({ shelf, now }) => issueDefaults(shelf, now),
		slug: (answers) =>
			`${issueId(Number(answers['number']))}-${(answers['title'] ?? 'issue')
				.toLowerCase()
				.replace(/[^a-z0-9]+/g, '-')
				.replace(/^-|-$/g, '')
				.slice(0, 50)}`,
		fields: (answers) => ({
			number: Number(answers['number']),
			title: answers['title'],
			subject: answers['subject'],
			preheader: 'What the inbox shows after the subject: 40 to 90 characters.',
			summary: 'One sentence for the archive and the feed, 40 to 160 characters.',
			sendOn: answers['sendOn'],
			author: answers['author'],
			tip: answers['tip'],
			questions: ['Which question should a reader take to the next meeting?'],
			status: 'draft',
		}),
		body: `Open with up to 60 words: why this, why now. Then, if there is one, the announcement: give it a title under "announcement" above, and put its text between the two tags of the component at the very end.`,
		next: 'Write the hook, then run "npm run content -- check" and "npm run newsletter -- plan".',
	},
	promo: {
		asks: [
			{ name: 'title', question: 'Title, 5 to 60 characters' },
			{ name: 'offer', question: 'Exactly what the customer gets' },
			{ name: 'starts', question: 'First day (2026-12-08)' },
			{ name: 'ends', question: 'Last day' },
			{ name: 'where', question: 'Where customers see it (separate with commas)' },
			{ name: 'who', question: 'Who may have it' },
			{ name: 'say', question: 'One sentence a rep can say' },
			{ name: 'owner', question: 'Whom to ask (person/their-file-name)' },
		],
		defaults: ({ shelf }) => ({ owner: authorOf(shelf) }),
		fields: (answers) => ({
			title: answers['title'],
			offer: answers['offer'],
			starts: answers['starts'],
			ends: answers['ends'],
			where: (answers['where'] ?? '').split(',').map((place) => place.trim()),
			who: answers['who'],
			say: answers['say'],
			owner: answers['owner'],
		}),
		body: undefined,
		next: 'Hold the briefing before it starts, then add briefed: {on, by}.',
	},
} as const satisfies Record<string, Skeleton>;

const playDefaults = {
	summary: 'One sentence that says what changes for the reader who does it.',
	when: 'say which situation the reader is in',
	topic: 'planning',
	function: 'both',
	effort: '20',
};

const tipDefaults = {
	action: 'Write the one thing to do this week, beginning with a verb.',
	question: 'Which question should the reader take along?',
};

function playFields(answers: Record<string, string>): Record<string, unknown> {
	return {
		title: answers['title'],
		summary: answers['summary'],
		when: answers['when'],
		topic: answers['topic'],
		function: answers['function'],
		effort: Number(answers['effort']),
		audience: 'staff',
		status: 'draft',
		author: answers['author'],
	};
}

function itemsFor(mode: string): unknown[] {
	if (mode === 'assess') {
		return [1, 2, 3, 4, 5].map((n) => ({
			id: `q${n}`,
			text: `Statement ${n}: something both teams can say how often it was true.`,
			type: 'scale',
			reads: 'state',
		}));
	}
	if (mode === 'quiz') {
		return [1, 2, 3].map((n) => ({
			id: `q${n}`,
			text: `Question ${n}: what does this word mean?`,
			type: 'choice',
			reads: 'knowledge',
			options: [
				{ id: 'one', text: 'The first meaning' },
				{ id: 'two', text: 'The second meaning' },
			],
		}));
	}
	return [{ id: 'q1', text: 'What would a buyer notice of this week?', type: 'open' }];
}

function issueDefaults(shelf: Shelf, now: Date): Record<string, string> {
	const issues = shelf.entries.filter((entry): entry is EntryOf<'issue'> => entry.kind === 'issue');
	const number = Math.max(0, ...issues.map(({ data }) => data.number)) + 1;
	const used = new Set(issues.map(({ data }) => data.tip));
	const tip = shelf.entries.find(
		(entry: Entry) =>
			entry.kind === 'tip' &&
			entry.data.audience === 'public' &&
			isReady(entry) &&
			!used.has(entry.ref),
	);
	const last = issues
		.map(({ data }) => data.sendOn)
		.toSorted()
		.at(-1);
	let sendOn = addDays(last ?? dayOf(now, shelf.settings.timeZone), 1);
	while (weekdayOf(sendOn) !== shelf.settings.sendWeekday) sendOn = addDays(sendOn, 1);
	return {
		number: String(number),
		sendOn,
		subject: `Subject of issue ${number}`,
		author: authorOf(shelf),
		...(tip && { tip: tip.ref }),
	};
}

/** Whoever wrote the newest issue; else the first person there is. */
function authorOf(shelf: Shelf): string {
	const issues = shelf.entries.filter((entry): entry is EntryOf<'issue'> => entry.kind === 'issue');
	const newest = issues.toSorted((a, b) => b.data.number - a.data.number)[0];
	return (
		newest?.data.author ??
		shelf.entries.find(({ kind }) => kind === 'person')?.ref ??
		'person/editor'
	);
}

export type SkeletonKind = keyof typeof skeletons;

export interface Skeleton {
	/** What is asked for, in order; each is also a flag. */
	asks: readonly { name: string; question: string }[];
	/** What stands in for a field that nobody gave. A field without one must be given. */
	defaults(world: { shelf: Shelf; now: Date }): Record<string, string>;
	/** The file name, where it is not made of the title. */
	slug?(answers: Record<string, string>): string;
	/** The frontmatter. */
	fields(answers: Record<string, string>): Record<string, unknown>;
	/** The text to write over; undefined for a file without a body. */
	body: string | undefined;
	/** What to do next. */
	next: string;
}
