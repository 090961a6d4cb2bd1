import { expect, test } from 'vitest';
import { openLibrary } from '#/library/entries.ts';
import type { Library } from '#/library/entries.ts';
import { sampleFolder, sampleNow } from '#/library/sample.ts';
import { openContent } from '#/library/shelf.ts';
import { bookOf, volumesOf } from './book.ts';

test('a book that one page holds has no volumes', async () => {
	expect(volumesOf(await libraryOf(400))).toEqual([]);
});

test('of a longer one each entry stands in one volume, that of its topic', async () => {
	const library = await libraryOf(401);
	const book = bookOf(library);
	expect(book.count).toBe(401);
	const volumes = volumesOf(library);
	expect(volumes.map(({ topic, name }) => [topic, name])).toEqual([
		['language', 'Shared language'],
		['planning', 'Planning'],
	]);
	for (const { topic, book: volume } of volumes) {
		for (const { entry } of volume.parts.flatMap(({ entries }) => entries)) {
			expect('topic' in entry.data && entry.data.topic).toBe(topic);
		}
	}
	expect(volumes.flatMap((volume) => idsIn(volume.book)).toSorted()).toEqual(
		idsIn(book).toSorted(),
	);
});

/** A library of as many finished tips in two topics, and a retired one. */
async function libraryOf(count: number): Promise<Library> {
	const contentDir = sampleFolder({ 'tip/ask': {}, 'tip/old': { status: 'retired' } });
	const { library } = await openContent({ contentDir, audience: 'staff', now: sampleNow });
	const ask = library.entries.find(({ ref }) => ref === 'tip/ask');
	const old = library.entries.find(({ ref }) => ref === 'tip/old');
	if (ask?.kind !== 'tip' || !old) throw new Error('The tips were not read.');
	const tips = Array.from({ length: count }, (_, number) => ({
		...ask,
		ref: `tip/ask-${number}`,
		slug: `ask-${number}`,
		data: { ...ask.data, topic: number % 3 === 0 ? ('planning' as const) : ('language' as const) },
	}));
	return openLibrary({ ...library, entries: [...tips, old] });
}

function idsIn({ parts }: ReturnType<typeof bookOf>): string[] {
	return parts.flatMap(({ entries }) => entries.map(({ id }) => id));
}
