/** Builders for the tests of this folder: whole content folders with one obvious default each. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { stringify } from 'yaml';
import { formatProblem } from '#/problem.ts';
import type { Problem } from '#/problem.ts';
import { parseBody } from './body.ts';
import { kindNames, kinds } from './kinds.ts';
import type { Kind } from './kinds.ts';
import { readEntry } from './reader.ts';
import { readShelf } from './shelf.ts';
import type { Shelf } from './shelf.ts';

/** The day the samples take for today, a Tuesday. */
export const sampleNow = new Date('2026-11-24T08:00:00Z');

/**
 * Writes a content folder that vanishes with the test. Each file is `kind/slug` with the fields
 * that differ from a finished, valid entry of that kind; `undefined` takes a field out.
 */
export function sampleFolder(files: SampleFiles = {}): string {
	const folder = temporaryFolder();
	write(folder, 'settings.yaml', stringify(sampleSettings));
	const all: SampleFiles = { 'person/ada': {}, ...files };
	for (const [ref, file] of Object.entries(all)) {
		if (typeof file === 'string') {
			write(folder, pathOf(ref), file);
			continue;
		}
		const { body, ...fields } = file;
		write(
			folder,
			pathOf(ref),
			sampleFile(ref, fields, typeof body === 'string' ? body : undefined),
		);
	}
	return folder;
}

/** Reads the folder that `sampleFolder` writes of the same files. */
export async function sampleShelf(
	files: SampleFiles = {},
	options: { now?: Date; settings?: Record<string, unknown> } = {},
): Promise<Shelf & { contentDir: string }> {
	const contentDir = sampleFolder(files);
	write(contentDir, 'settings.yaml', stringify({ ...sampleSettings, ...options.settings }));
	const shelf = await readShelf({ contentDir, audience: 'staff', now: options.now ?? sampleNow });
	return { ...shelf, contentDir };
}

/** The problems of such a folder under one rule. */
export async function sampleProblems(
	rule: string,
	files: SampleFiles,
	options: { now?: Date; settings?: Record<string, unknown> } = {},
): Promise<Problem[]> {
	const { problems } = await sampleShelf(files, options);
	return problems.filter((problem) => problem.rule === rule);
}

/**
 * What the check finds under a rule in a sound folder with these files replaced, as printed: level,
 * place, words.
 */
export async function found(
	rule: string,
	files: SampleFiles,
	options: Parameters<typeof sampleProblems>[2] = {},
): Promise<string[]> {
	const problems = await sampleProblems(rule, { ...sampleEntries, ...files }, options);
	return problems.map((problem) => `${problem.level} ${formatProblem(problem)}`);
}

/** The receipt of an issue, as far as the library reads it. */
export function sampleReceipt(given: Record<string, unknown> = {}): string {
	return JSON.stringify({
		issue: '001',
		attempt: 1,
		broadcast: 'broadcast-1',
		contentHash: 'a'.repeat(64),
		planned: { utc: '2026-11-17T09:00:00Z' },
		audience: { upTo: 412 },
		...given,
	});
}

/** One sound entry of each kind, but for the person that every folder has. */
const sampleEntries: SampleFiles = {
	'tip/ask': {},
	'checklist/meeting': {},
	'questions/talk': {},
	'term/lead': {},
	'issue/001-ask-first': {},
	'promo/winter': {},
	'path/first': {},
};

/** What is reported of a body, as printed, without the file. */
export function bodyFindings(source: string, bodyLine = 0): string[] {
	return parseBody(source, { file: '', bodyLine }).problems.map(
		(problem) => `${problem.rule} ${formatProblem(problem).replace(/ body:/, '')}`,
	);
}

/** What the reader reports of an entry that is alone in its folder. */
export function entryFindings(
	ref: string,
	fields: Record<string, unknown>,
	body?: string,
): string[] {
	const [kind, slug] = ref.split('/') as [Kind, string];
	const folder = sampleFolder({ [ref]: sampleFile(ref, fields, body) });
	const { folder: name, extension } = kinds[kind];
	return readEntry(folder, `${name}/${slug}.${extension}`, kind, '').problems.map(formatProblem);
}

/** A new folder that vanishes with the test. */
export function temporaryFolder(): string {
	const folder = mkdtempSync(join(tmpdir(), 'library-'));
	onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
	return folder;
}

/** The text of one valid file of a kind, with some fields replaced. */
export function sampleFile(
	ref: string,
	fields: Record<string, unknown> = {},
	body?: string,
): string {
	const kind = kindOf(ref);
	const yaml = stringify({ ...defaults[kind], ...fields }, { lineWidth: 0 });
	if (kinds[kind].extension === 'yaml') return yaml;
	return `---\n${yaml}---\n\n${body ?? bodies[kind] ?? ''}\n`;
}

/** `n` words in sentences of six. */
export function words(n: number): string {
	const sentence = ['We', 'ask', 'them', 'what', 'they', 'need'];
	return Array.from({ length: n }, (_, i) => {
		const word = sentence[i % 6] ?? 'and';
		return i % 6 === 5 || i === n - 1 ? `${word}.` : word;
	}).join(' ');
}

function pathOf(ref: string): string {
	if (ref.includes('.')) return ref;
	const { folder, extension } = kinds[kindOf(ref)];
	return `${folder}/${ref.slice(ref.indexOf('/') + 1)}.${extension}`;
}

function kindOf(ref: string): Kind {
	const kind = kindNames.find((name) => ref.startsWith(`${name}/`));
	if (!kind) throw new Error(`${ref} is of no kind.`);
	return kind;
}

function write(folder: string, file: string, text: string): void {
	mkdirSync(dirname(join(folder, file)), { recursive: true });
	// A picture's text holds its bytes, one a character.
	writeFileSync(join(folder, file), text, /\.(?:png|jpg)$/.test(file) ? 'latin1' : 'utf8');
}

const care = { audience: 'public', status: 'ready', author: 'person/ada', reviewed: '2026-10-01' };
const play = {
	...care,
	summary: 'One sentence that says what changes for whoever does it.',
	when: 'the two teams meet for the first time',
	topic: 'planning',
	function: 'both',
	effort: 20,
	together: true,
};
const point = { text: 'Read the point aloud', who: 'both' };

const defaults: Record<Kind, Record<string, unknown>> = {
	tip: {
		title: 'Ask before you plan',
		...play,
		action: 'Ask one rep which question buyers repeat.',
		question: 'Which question did you hear twice?',
	},
	checklist: {
		title: 'Run the weekly meeting',
		...play,
		mode: 'read-do',
		pause: 'Each Monday at nine',
		sections: [{ title: 'All', items: ['a', 'b', 'c'].map((id) => ({ id, ...point })) }],
	},
	questions: {
		title: 'Talk about the week',
		...play,
		mode: 'reflect',
		items: [{ id: 'q1', text: 'What did a buyer notice?', type: 'open' }],
	},
	term: {
		title: 'Lead',
		...care,
		short: 'Somebody who asked us to get in touch.',
		topic: 'language',
	},
	issue: {
		number: 1,
		title: 'Ask first',
		subject: 'Ask one question first',
		preheader: 'What one question to a rep can change about next month.',
		summary: 'Ask one question of one rep before the next plan is made, and listen.',
		sendOn: '2026-12-01',
		author: 'person/ada',
		tip: 'tip/ask',
		questions: ['Whom will you ask?'],
		status: 'ready',
	},
	person: { name: 'Ada Hart', role: 'Editor', function: 'both', email: 'ada@firm.example' },
	promo: {
		title: 'Winter check',
		offer: 'A boiler check, one visit, parts not included.',
		starts: '2026-12-01',
		ends: '2026-12-20',
		where: ['home page'],
		who: 'Everyone in the service area',
		say: 'Yes, the check runs until Sunday the 20th.',
		owner: 'person/ada',
		briefed: { on: '2026-11-20', by: 'person/ada' },
	},
	path: {
		title: 'First days',
		for: 'anyone who joins',
		steps: ['tip/ask', 'term/lead', 'checklist/meeting'],
	},
};

const bodies: Partial<Record<Kind, string>> = {
	tip: `${words(48)}\n\n${words(48)}`,
	issue: 'This week has one question and one rep who can answer it.',
};

export const sampleSettings = {
	firm: 'A Firm',
	publication: 'A Letter',
	tagline: 'One tip a week',
	sendWeekday: 'tuesday',
	sendTime: '09:00',
	timeZone: 'Europe/London',
	from: { name: 'A Letter', address: 'letter@firm.example' },
	replyTo: 'editor@firm.example',
	postalAddress: '1 Road, Town',
	sites: { staff: 'https://play.firm.example', public: 'https://news.firm.example' },
	headings: {},
	acronyms: ['UK'],
	series: [{ slug: 'three', title: 'Three parts', length: 3 }],
	delivery: { site: 'letter', segment: 'readers', topic: 'Weekly' },
};

/** By `kind/slug`: the fields that differ and, if wanted, a `body`; or a whole file's text. */
export type SampleFiles = Record<string, Record<string, unknown> | string>;
