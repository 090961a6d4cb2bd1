/** A content folder in which every kind of entry names others, for builds that follow one another. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { parse, stringify } from 'yaml';
import { sampleFile, sampleSettings, words } from '#/library/sample.ts';
import { writeCorpus } from '../scripts/bench/corpus.ts';

/** Some thirty generated entries, and one or two by hand of each kind that all hang together. */
export async function writeContent(folder: string): Promise<void> {
	writeCorpus(folder, 30, stringify(sampleSettings));
	writeEntry(folder, 'person/ada', {});
	writeEntry(folder, 'person/ben', {
		name: 'Ben Lowe',
		role: 'Rep',
		function: 'sales',
		email: undefined,
	});
	writeEntry(folder, 'term/lead', { pair: 'term/enquiry' });
	writeEntry(folder, 'term/enquiry', {
		title: 'Enquiry',
		pair: 'term/lead',
		short: 'A question from anybody at all.',
	});
	writeEntry(folder, 'tip/ask', { author: 'person/ben' }, askBody);
	writeEntry(folder, 'tip/second', { title: 'Ask once more', related: ['tip/ask'] });
	writeEntry(folder, 'checklist/meeting', {});
	writeEntry(folder, 'issue/001-ask-first', {
		sendOn: '2026-11-10',
		terms: ['term/lead'],
		also: ['checklist/meeting'],
	});
	writeEntry(folder, 'issue/002-once-more', {
		number: 2,
		title: 'Once more',
		subject: 'Ask a second time',
		tip: 'tip/second',
		sendOn: '2026-12-01',
	});
	writeEntry(folder, 'promo/winter', {});
	writeEntry(folder, 'path/first-days', {});
	await writePicture(folder, 600);
}

/** Writes an entry of the builders over whatever was there. */
export function writeEntry(
	folder: string,
	ref: string,
	fields: Record<string, unknown>,
	body?: string,
): void {
	write(folder, fileOf(ref), sampleFile(ref, fields, body));
}

/** The picture of `tip/ask`, so wide. */
export async function writePicture(folder: string, width: number): Promise<void> {
	const bytes = await sharp({
		create: { width, height: 200, channels: 3, background: { r: width % 256, g: 90, b: 60 } },
	})
		.png()
		.toBuffer();
	writeFileSync(join(folder, 'tips/plan.png'), bytes);
}

/** Replaces a text that stands exactly once in an entry's file. */
export function edit(folder: string, ref: string, before: string, after: string): void {
	editFile(join(folder, fileOf(ref)), before, after);
}

/** Replaces a text that stands exactly once in a file. */
export function editFile(file: string, before: string, after: string): void {
	const text = readFileSync(file, 'utf8');
	if (text.split(before).length !== 2) throw new Error(`"${before}" is not once in ${file}.`);
	writeFileSync(file, text.replace(before, after));
}

export function remove(folder: string, ref: string): void {
	rmSync(join(folder, fileOf(ref)));
}

/** Changes fields of the settings. */
export function changeSettings(folder: string, fields: Record<string, unknown>): void {
	const file = join(folder, 'settings.yaml');
	// The file holds the settings that were written there.
	const settings = parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
	writeFileSync(file, stringify({ ...settings, ...fields }));
}

/** The receipt of an issue, as far as a build reads it. */
export function writeReceipt(folder: string, slug: string): void {
	const facts = {
		issue: slug.slice(0, 3),
		attempt: 1,
		broadcast: 'b0a5c1d2-0000-4000-8000-000000000001',
		contentHash: 'a'.repeat(64),
		planned: { utc: '2026-11-10T09:00:00Z' },
		audience: { upTo: 412 },
	};
	write(folder, `issues/${slug}.receipt.json`, JSON.stringify(facts));
}

const askBody = `Each <Term id="lead">lead</Term> has a name. Open [the meeting](checklist/meeting) with it.

<Pair left="lead" right="enquiry" />

<Figure src="./plan.png" alt="A plan on one page with five rows." />

<Callout kind="example">

Ask what they heard.

</Callout>

${words(80)}`;

function fileOf(ref: string): string {
	const [kind = '', slug = ''] = ref.split('/');
	const isData = kind === 'person' || kind === 'promo' || kind === 'path';
	const folders: Record<string, string> = { person: 'people', questions: 'questions' };
	return `${folders[kind] ?? `${kind}s`}/${slug}.${isData ? 'yaml' : 'mdx'}`;
}

function write(folder: string, file: string, text: string): void {
	mkdirSync(dirname(join(folder, file)), { recursive: true });
	writeFileSync(join(folder, file), text);
}
