/** Builders for the tests of this folder: a content folder with one issue, and trees of bodies. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { parseBody } from '#/library/body.ts';
import { findOf, openLibrary } from '#/library/entries.ts';
import type { Library } from '#/library/entries.ts';
import type { BodyFacts, Entry, EntryOf } from '#/library/entry.ts';
import { kinds } from '#/library/kinds.ts';
import type { Kind } from '#/library/kinds.ts';
import { settingsSchema } from '#/settings.ts';
import type { Settings } from '#/settings.ts';
import type { Passage } from './letter.ts';
import type { Surroundings } from './surroundings.ts';

/**
 * A public library with issue 5, as on its send day. What is given replaces the defaults. Its files
 * are gone once the test is over.
 */
export function sample(given: SampleOptions = {}): { library: Library; issue: EntryOf<'issue'> } {
	const contentDir = mkdtempSync(join(tmpdir(), 'letter-'));
	onTestFinished(() => rmSync(contentDir, { recursive: true, force: true }));
	const bodies = { ...defaultBodies, ...given.bodies };
	const entries: Entry[] = [
		entry('person', 'ada', {
			name: 'Ada Hart',
			role: 'Editor',
			function: 'both',
			signoff: 'Go on well.',
		}),
		entry('term', 'lead', {
			...care,
			title: 'Lead',
			short: 'Somebody who asked us to get in touch.',
			general: 'A metal, a rope for a dog, or the front.',
			topic: 'language',
		}),
		entry('term', 'hand-off', {
			...care,
			title: 'Hand-off',
			short: 'The moment when a name changes hands.',
			topic: 'handoff',
		}),
		entry('checklist', 'meeting', {
			...care,
			...play,
			title: 'Run the weekly meeting',
			summary: 'Eight points that end in a decision with an owner and a date.',
			mode: 'read-do',
			pause: 'Each Monday at nine',
			sections: [
				{ title: 'All', items: ['a', 'b', 'c'].map((id) => ({ id, text: 'Do it', who: 'both' })) },
			],
		}),
		entry('tip', 'scoreboard', {
			...care,
			...play,
			title: 'Read their scoreboard',
			summary: 'You cannot help a team win a game whose score you have never seen.',
			action: 'Ask a colleague which number they lose sleep over.',
			question: 'Which of your numbers makes theirs worse?',
			pull: 'Two good numbers can spoil each other.',
			sources: [
				{ title: 'Ending the War', by: 'Kotler', year: 2006, url: 'https://hbr.org/2006/07/x' },
			],
			...given.tip,
		}),
		entry('issue', '004-before', {
			...issueData,
			number: 4,
			title: 'The part before',
			sendOn: '2026-11-17',
			series: { slug: 'same', part: 1 },
		}),
		entry('issue', '005-numbers', { ...issueData, ...given.issue }),
		...(given.entries ?? []),
	];
	for (const { file, ref } of entries) {
		const body = bodies[ref];
		if (body === undefined) continue;
		const path = join(contentDir, file);
		mkdirSync(dirname(path), { recursive: true });
		writeFileSync(path, `---\ntitle: x\n---\n\n${body}\n`);
	}
	const library = openLibrary({
		audience: 'public',
		today: '2026-11-24',
		settings: { ...settings, ...given.settings },
		contentDir,
		entries: entries.filter(({ ref }) => !given.without?.includes(ref)),
		receipts: new Map(),
	});
	const issue = findOf(library, 'issue', 'issue/005-numbers');
	if (!issue) throw new Error('The sample has no issue.');
	return { library, issue };
}

/** A passage of Markdown, in surroundings that know two terms and one picture. */
export function passage(markdown: string): Passage {
	return { nodes: parseBody(markdown).nodes, surroundings };
}

/** An entry whose fields went through no check, so that a test may put anything there. */
export function entry(kind: Kind, slug: string, data: object): Entry {
	const { folder, extension } = kinds[kind];
	return {
		kind,
		slug,
		ref: `${kind}/${slug}`,
		file: `${folder}/${slug}.${extension}`,
		data: { ...data },
		digest: '',
		body: { ...noBody, isPresent: extension === 'mdx' && kinds[kind].body === 'required' },
		// The caller gives the fields that this kind has.
	} as Entry;
}

export const surroundings: Surroundings = {
	href: (target) => {
		if (target === 'tip/known') return 'https://news.example/tips/known/';
		return target.startsWith('https:') ? target : undefined;
	},
	start: ({ ref }) => surroundings.href(ref),
	term: (slug) =>
		slug === 'lead'
			? {
					title: 'Lead',
					general: 'A metal.',
					short: 'Somebody who asked.',
					href: 'https://news.example/terms/lead/',
				}
			: { title: slug, short: 'What it means.' },
	picture: (src) => ({
		url: `https://news.example/mail/tips/${src.slice(2)}`,
		width: 1072,
		height: 600,
	}),
};

const noBody: Omit<BodyFacts, 'isPresent'> = {
	words: 0,
	headings: [],
	terms: [],
	named: [],
	links: [],
	pictures: [],
	components: [],
	prose: [],
};

const care = {
	audience: 'public',
	status: 'ready',
	author: 'person/ada',
	sources: [],
	was: [],
	aliases: [],
	local: false,
};
const play = {
	when: 'you do not know their number',
	topic: 'metrics',
	function: 'both',
	stage: ['any'],
	effort: 20,
	together: true,
	evidence: 'practice',
	related: [],
	find: [],
	signoff: [],
};

const issueData = {
	number: 5,
	title: 'Whose number is it?',
	subject: 'Read the other scoreboard',
	preheader: 'Ask one question at lunch, then put the same number on line one.',
	summary: 'Metrics seen by both teams, and a meeting that ends in decisions.',
	sendOn: '2026-11-24',
	author: 'person/ada',
	tip: 'tip/scoreboard',
	again: false,
	terms: ['term/lead', 'term/hand-off'],
	also: ['checklist/meeting'],
	announcement: { title: 'A meeting list' },
	questions: [
		{ text: 'What would both teams put on line one?' },
		{ text: 'Who owns the number?', term: 'term/lead', function: 'sales' },
	],
	series: { slug: 'same', part: 2 },
	sources: [],
	corrected: [],
	status: 'ready',
};

const defaultBodies: Record<string, string> = {
	'issue/004-before': 'Before.',
	'issue/005-numbers':
		'Somebody has a number on their mind. Could you name it?\n\n<Announcement>\n\nOur own list is free to copy. Try the [meeting list](checklist/meeting).\n\n</Announcement>',
	'tip/scoreboard':
		'You share a kettle with them. Ask what a <Term id="lead">lead</Term> is.\n\n### Over lunch\n\n- Which number?\n- Who set it?',
};

const settings: Settings = settingsSchema.parse({
	firm: 'Example Works',
	publication: 'Side by Side',
	tagline: 'One tip a week',
	sendWeekday: 'tuesday',
	sendTime: '09:00',
	timeZone: 'Europe/London',
	from: { name: 'Side by Side', address: 'letter@news.example.com' },
	replyTo: 'editor@example.com',
	postalAddress: 'Example Works, 1 High Street, Town',
	sites: { staff: 'https://play.example.com', public: 'https://news.example.com' },
	headings: {},
	series: [{ slug: 'same', title: 'Same street', length: 3 }],
	delivery: { site: 'side', segment: 'side-readers', topic: 'Side weekly' },
});

interface SampleOptions {
	issue?: object;
	tip?: object;
	settings?: Partial<Settings>;
	/** Bodies by reference. */
	bodies?: Record<string, string>;
	/** Entries besides the default ones. */
	entries?: Entry[];
	/** References of entries this site does not hold. */
	without?: string[];
}
