import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Settings } from '#/settings.ts';
import { admit } from './audience.ts';
import type { Door } from './audience.ts';
import type { Entry } from './entry.ts';
import { sampleShelf } from './sample.ts';
import type { SampleFiles } from './sample.ts';

const today = '2026-11-24';
const due = { sendOn: today };

describe('admit', () => {
	test('gives the public what a due issue carries, and its authors', async () => {
		expect(
			await admitted({
				'tip/ask': {},
				'term/lead': {},
				'checklist/meeting': { author: 'person/ben' },
				'tip/other': { author: 'person/cy' },
				'person/ben': {},
				'person/cy': {},
				'issue/001-ask-first': { ...due, terms: ['term/lead'], also: ['checklist/meeting'] },
			}),
		).toEqual([
			'checklist/meeting',
			'issue/001-ask-first',
			'person/ada',
			'person/ben',
			'term/lead',
			'tip/ask',
		]);
	});

	test('gives the public nothing of an issue before its day', async () => {
		expect(
			await admitted({ 'tip/ask': {}, 'issue/001-ask-first': { sendOn: '2026-11-25' } }),
		).toEqual([]);
	});

	test('gives the public nothing of a draft issue, whatever its day', async () => {
		const files = {
			'tip/ask': {},
			'issue/001-ask-first': { sendOn: '2026-11-01', status: 'draft' },
		};
		expect(await admitted(files)).toEqual([]);
	});

	test('gives the public every ready public item where the archive is open, and no more', async () => {
		const files = {
			'tip/ask': {},
			'tip/inside': { audience: 'staff' },
			'tip/raw': { status: 'draft' },
			'tip/old': { status: 'retired' },
			'promo/winter': {},
			'path/first': {},
			'issue/001-ask-first': { sendOn: '2026-12-01' },
		};
		expect(await admitted(files, { openArchive: true })).toEqual(['person/ada', 'tip/ask']);
	});

	test('keeps a retired tip for the issue that carried it', async () => {
		const files = { 'tip/ask': { status: 'retired' }, 'issue/001-ask-first': due };
		expect(await admitted(files)).toContain('tip/ask');
	});

	test('follows an earlier file name that an issue still uses', async () => {
		const files = {
			'tip/ask': { was: ['older'] },
			'issue/001-ask-first': { ...due, tip: 'tip/older' },
		};
		expect(await admitted(files)).toContain('tip/ask');
	});

	test('never gives the public a staff entry, even if an issue names it', async () => {
		const files = { 'tip/ask': { audience: 'staff' }, 'issue/001-ask-first': due };
		expect(await admitted(files)).not.toContain('tip/ask');
	});

	test('gives staff drafts in a preview only', async () => {
		const { entries, settings } = await sampleShelf({
			'tip/ask': { status: 'draft' },
			'promo/winter': {},
		});
		const door = { audience: 'staff', today, settings, isPreview: false } as const;
		const refs = (isPreview: boolean): string[] => refsOf(admit(entries, { ...door, isPreview }));
		expect(refs(false)).toEqual(['person/ada', 'promo/winter']);
		expect(refs(true)).toEqual(['person/ada', 'promo/winter', 'tip/ask']);
	});

	test('takes staff-only fields out for the public, and leaves the entries alone', async () => {
		const { entries, settings } = await sampleShelf({
			'tip/ask': { reviewEvery: 3 },
			'term/lead': { local: true, ours: 'A name and a number, within one hour.' },
			'questions/talk': {
				mode: 'quiz',
				items: ['a', 'b', 'c'].map((id) => ({
					id,
					text: 'What is it?',
					type: 'choice',
					reads: 'knowledge',
					options: [
						{ id: 'x', text: 'This' },
						{ id: 'y', text: 'That' },
					],
					agreed: 'y',
				})),
			},
			'issue/001-ask-first': { ...due, terms: ['term/lead'], also: ['questions/talk'] },
		});
		const before = JSON.stringify(entries);
		const given = JSON.stringify(admit(entries, publicDoor(settings)));
		expect(given).toContain('What is it?');
		for (const field of ['ours', 'agreed', 'email', 'reviewed', 'reviewEvery', '"local":true']) {
			expect(given, field).not.toContain(field.includes(':') ? field : `"${field}"`);
		}
		expect(JSON.stringify(entries)).toBe(before);
	});

	test('admits nothing to the public that is staff, draft, not due or unnamed, for any shelf', async () => {
		const { entries, settings } = await sampleShelf({
			'tip/ask': {},
			'term/lead': { local: true, ours: 'A name and a number, within one hour.' },
			'checklist/meeting': {},
			'questions/talk': {},
			'promo/winter': {},
			'path/first': {},
			'issue/001-ask-first': {},
		});
		let shown = 0;
		fc.assert(
			fc.property(shelves(entries), fc.boolean(), fc.boolean(), (shelf, openArchive, isPreview) => {
				const door: Door = { ...publicDoor({ ...settings, openArchive }), isPreview };
				const given = admit(shelf, door);
				shown += given.length;
				const issues = given.filter((entry) => entry.kind === 'issue');
				const carried = issues.flatMap(({ data }) => [data.tip, ...data.terms, ...data.also]);
				const authors = given.flatMap((entry) =>
					'author' in entry.data ? [entry.data.author] : [],
				);
				const wrong = given.filter((entry) => {
					const { data } = entry;
					if ('email' in data || 'ours' in data || 'reviewed' in data) return true;
					if ('status' in data && data.status === 'draft') return true;
					switch (entry.kind) {
						case 'promo':
						case 'path':
							return true;
						case 'person':
							return !authors.includes(entry.ref);
						case 'issue':
							return entry.data.sendOn > today;
						default: {
							const isCarried = carried.includes(entry.ref);
							const isOpen = openArchive && entry.data.status === 'ready';
							return entry.data.audience !== 'public' || !(isCarried || isOpen);
						}
					}
				});
				expect(wrong).toEqual([]);
			}),
			{ numRuns: 1000 },
		);
		expect(shown).toBeGreaterThan(200);
	});
});

/** Any number of entries like the given ones, with any audience, status, day, author and cargo. */
function shelves(like: readonly Entry[]): fc.Arbitrary<Entry[]> {
	const slug = fc.constantFrom('a', 'b', 'c', 'd');
	const ref = (kind: string): fc.Arbitrary<string> => slug.map((name) => `${kind}/${name}`);
	const person = ref('person');
	const entry = fc.record({
		base: fc.constantFrom(...like),
		slug,
		audience: fc.constantFrom('staff', 'public'),
		status: fc.constantFrom('draft', 'ready', 'retired'),
		sendOn: fc.constantFrom('2026-11-01', today, '2026-11-25', '2027-01-01'),
		author: person,
		tip: ref('tip'),
		terms: fc.array(ref('term'), { maxLength: 2 }),
		also: fc.array(fc.oneof(ref('checklist'), ref('questions')), { maxLength: 2 }),
	});
	return fc.array(entry, { maxLength: 20 }).map((made) =>
		made.map(({ base, slug: name, ...fields }) => {
			const kept = Object.entries(fields).filter(([key]) => key in base.data);
			const status =
				base.kind === 'issue' && fields.status === 'retired' ? { status: 'ready' } : {};
			const data = { ...base.data, ...Object.fromEntries(kept), ...status };
			// Only fields that the kind has are replaced, each by a value its schema allows.
			return { ...base, slug: name, ref: `${base.kind}/${name}`, data } as Entry;
		}),
	);
}

async function admitted(files: SampleFiles, given: Partial<Settings> = {}): Promise<string[]> {
	const { entries, settings } = await sampleShelf(files);
	return refsOf(admit(entries, publicDoor({ ...settings, ...given })));
}

function publicDoor(settings: Settings): Door {
	return { audience: 'public', today, settings, isPreview: false };
}

function refsOf(entries: readonly Entry[]): string[] {
	return entries.map(({ ref }) => ref).toSorted();
}
