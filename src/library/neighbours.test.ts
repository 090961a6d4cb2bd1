import { expect, test } from 'vitest';
import { find, openLibrary } from './entries.ts';
import type { Library } from './entries.ts';
import { namedBy } from './links.ts';
import { neighboursOf } from './neighbours.ts';
import { sampleShelf } from './sample.ts';
import type { SampleFiles } from './sample.ts';

const files: SampleFiles = {
	'tip/ask': { related: ['term/lead', 'checklist/older'], counter: 'tip/other' },
	'tip/other': {
		counter: 'tip/ask',
		body: 'A <Term id="lead">lead</Term>, see [the list](checklist/meeting).',
	},
	'tip/third': { body: 'A <Term id="lead">lead</Term>.' },
	'tip/far': { topic: 'people' },
	'tip/raw': { status: 'draft', related: ['tip/ask'] },
	'tip/gone': { status: 'retired' },
	'term/lead': { topic: 'planning', pair: 'term/deal' },
	'term/deal': { title: 'Deal', pair: 'term/lead' },
	'checklist/meeting': {
		was: ['older'],
		sections: [
			{
				title: 'All',
				items: ['a', 'b', 'c'].map((id) => ({ id, text: 'Do it', who: 'both', link: 'tip/third' })),
			},
		],
	},
	'questions/check': play('tip/ask'),
	'promo/winter': {},
	'path/first': { steps: ['tip/ask', 'term/lead', 'checklist/older'] },
	'issue/001-ask-first': { terms: ['term/lead'], also: ['checklist/meeting'] },
};

test('the uses of an entry are every ready entry that names it, and no other', async () => {
	const library = await open(files);
	for (const entry of library.entries) {
		const bruteForce = library.entries
			.filter((other) => other.ref !== entry.ref)
			.filter((other) => !('status' in other.data) || other.data.status === 'ready')
			.filter((other) => namedBy(other).some((ref) => find(library, ref)?.ref === entry.ref))
			.map(({ ref }) => ref);
		const uses = neighboursOf(library, entry).uses.map(({ ref }) => ref);
		expect(uses.toSorted(), entry.ref).toEqual(bruteForce.toSorted());
	}
});

test('says as what an entry is used', async () => {
	const library = await open(files);
	expect(usesOf(library, 'tip/ask')).toEqual({
		'issue/001-ask-first': 'issue',
		'path/first': 'path',
		'questions/check': 'play',
		'tip/other': 'counter',
	});
	expect(usesOf(library, 'tip/third')).toEqual({ 'checklist/meeting': 'point' });
	expect(usesOf(library, 'checklist/meeting')).toEqual({
		'issue/001-ask-first': 'issue',
		'path/first': 'path',
		'tip/ask': 'related',
		'tip/other': 'text',
	});
});

test('shows a related pair both ways, the editor’s choice first, then shared terms, then topic', async () => {
	const library = await open(files);
	expect(relatedOf(library, 'tip/ask')).toEqual([
		'term/lead',
		'checklist/meeting',
		'questions/check',
		'tip/other',
	]);
	expect(relatedOf(library, 'term/lead')[0]).toBe('tip/ask');
	expect(relatedOf(library, 'tip/third')[0]).toBe('tip/other');
});

test('shows a related pair both ways also where one opens the other as its play', async () => {
	const library = await open({
		...files,
		'tip/far': { topic: 'people' },
		'questions/check': { ...play('tip/far'), related: ['tip/far'] },
	});
	expect(usesOf(library, 'tip/far')).toEqual({ 'questions/check': 'play' });
	expect(relatedOf(library, 'tip/far')).toEqual(['questions/check']);
});

test('relates nothing to drafts, retired entries or itself', async () => {
	const library = await open(files);
	for (const entry of library.entries) {
		const related = neighboursOf(library, entry).related.map(({ ref }) => ref);
		expect(related).not.toContain(entry.ref);
		expect(related).not.toContain('tip/raw');
		expect(related).not.toContain('tip/gone');
		expect(new Set(related).size).toBe(related.length);
	}
});

/** A set to assess of which each question opens one entry. */
function play(ref: string): Record<string, unknown> {
	const items = [1, 2, 3, 4, 5].map((n) => ({
		id: `q${n}`,
		text: 'We asked.',
		type: 'scale',
		reads: 'state',
		play: ref,
	}));
	return { mode: 'assess', period: 'in the last 90 days', items };
}

function usesOf(library: Library, ref: string): Record<string, string> {
	const entry = find(library, ref);
	if (!entry) throw new Error(`${ref} is not there.`);
	return Object.fromEntries(neighboursOf(library, entry).uses.map((use) => [use.ref, use.as]));
}

function relatedOf(library: Library, ref: string): string[] {
	const entry = find(library, ref);
	if (!entry) throw new Error(`${ref} is not there.`);
	return neighboursOf(library, entry).related.map((related) => related.ref);
}

async function open(given: SampleFiles): Promise<Library> {
	const { entries, settings, contentDir } = await sampleShelf(given);
	const receipts = new Map();
	return openLibrary({
		audience: 'staff',
		today: '2026-11-24',
		settings,
		contentDir,
		entries,
		receipts,
	});
}
