import { describe, expect, test } from 'vitest';
import { all, find, findOf, pathOf, ready, reference, summaryOf } from './entries.ts';
import type { Audience, Library } from './entries.ts';
import { sampleFolder, sampleNow } from './sample.ts';
import { openContent } from './shelf.ts';

const files = {
	'tip/zebra': { title: 'A stripe' },
	'tip/apple': { title: 'B core' },
	'tip/raw': { status: 'draft', title: 'C raw' },
	'tip/old': { status: 'retired', title: 'D old', was: ['older', 'apple'] },
	'term/lead': {},
	'promo/winter': {},
	'path/first': {},
	'issue/001-ask-first': { tip: 'tip/zebra', terms: ['term/lead'], sendOn: '2026-11-24' },
	'issue/002-next': { number: 2, tip: 'tip/old', sendOn: '2026-11-10' },
};

describe('of staff', () => {
	test('lists entries by title and issues by number, drafts not', async () => {
		const library = await open('staff');
		expect(all(library, 'tip').map(({ slug }) => slug)).toEqual(['zebra', 'apple', 'old']);
		expect(ready(library, 'tip').map(({ slug }) => slug)).toEqual(['zebra', 'apple']);
		expect(all(library, 'issue').map(({ slug }) => slug)).toEqual(['001-ask-first', '002-next']);
	});

	test('lists drafts in a preview, as unfinished', async () => {
		const library = await open('staff', true);
		expect(all(library, 'tip').map(({ slug }) => slug)).toContain('raw');
		expect(ready(library, 'tip').map(({ slug }) => slug)).not.toContain('raw');
	});

	test('finds an entry under its earlier name, unless another one has it', async () => {
		const library = await open('staff');
		expect(find(library, 'tip/older')?.ref).toBe('tip/old');
		expect(find(library, 'tip/apple')?.ref).toBe('tip/apple');
		expect(find(library, 'tip/none')).toBeUndefined();
		expect(findOf(library, 'term', 'tip/apple')).toBeUndefined();
		expect(findOf(library, 'term', undefined)).toBeUndefined();
		expect(findOf(library, 'term', 'term/lead')?.data.title).toBe('Lead');
	});

	test('gives every kind its path and one sentence', async () => {
		const library = await open('staff');
		const shown = library.entries.map((entry) => [pathOf(library, entry), summaryOf(entry)]);
		expect(Object.fromEntries(shown)).toMatchInlineSnapshot(`
			{
			  "/issues/001/": "Ask one question of one rep before the next plan is made, and listen.",
			  "/issues/002/": "Ask one question of one rep before the next plan is made, and listen.",
			  "/paths/first/": "For anyone who joins.",
			  "/people/ada/": "Editor",
			  "/promos/winter/": "A boiler check, one visit, parts not included.",
			  "/terms/lead/": "Somebody who asked us to get in touch.",
			  "/tips/apple/": "One sentence that says what changes for whoever does it.",
			  "/tips/old/": "One sentence that says what changes for whoever does it.",
			  "/tips/zebra/": "One sentence that says what changes for whoever does it.",
			}
		`);
	});
});

describe('of the public', () => {
	test('has no page for people, promos, paths and what is retired', async () => {
		const library = await open('public');
		expect(reference(library, 'tip/zebra')?.path).toBe('/tips/zebra/');
		expect(reference(library, 'tip/old')).toMatchObject({ title: 'D old', path: undefined });
		expect(reference(library, 'person/ada')).toMatchObject({ title: 'Ada Hart', path: undefined });
		expect(reference(library, 'promo/winter')).toBeUndefined();
		expect(reference(library, 'path/first')).toBeUndefined();
		expect(reference(library, undefined)).toBeUndefined();
	});
});

async function open(audience: Audience, isPreview = false): Promise<Library> {
	const contentDir = sampleFolder(files);
	const { library } = await openContent({ contentDir, audience, now: sampleNow, isPreview });
	return library;
}
