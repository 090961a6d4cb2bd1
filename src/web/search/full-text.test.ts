import { expect, test } from 'vitest';
import { packWords } from './catalogue.ts';
import { searchText } from './full-text.ts';
import type { TextEngine } from './full-text.ts';
import { readQuery } from './query.ts';
import { openRanking } from './ranking.ts';

const ranking = openRanking({
	pages: [],
	words: packWords(['boiler', 'radio', 'winter', 'the']),
	names: { kinds: {}, editor: '' },
});

/** Holds texts as Pagefind does: all words must be in a page, a word unknown to all is dropped. */
function anEngine(texts: Record<string, string>): { engine: TextEngine; asked: string[] } {
	const asked: string[] = [];
	const all = Object.values(texts).join(' ').split(' ');
	const engine: TextEngine = {
		async search(query) {
			asked.push(query);
			const words = query.split(' ').filter((word) => all.includes(word));
			const results = Object.entries(texts)
				.filter(
					([, text]) => words.length > 0 && words.every((word) => text.split(' ').includes(word)),
				)
				.map(([id, text]) => ({
					id,
					score: words.length,
					data: async () => ({ plain_excerpt: text, sub_results: [] }),
				}));
			return { results };
		},
	};
	return { engine, asked };
}

test('finds pages that hold only some of the words, rare words counting more', async () => {
	const { engine } = anEngine({ a: 'boiler', b: 'radio', c: 'boiler again' });
	const hits = await searchText(readQuery(ranking, 'the boiler on the radio'), 3, engine);
	expect([...hits.keys()].toSorted()).toEqual(['a', 'b', 'c']);
	expect(hits.get('b')?.score).toBeGreaterThan(hits.get('a')?.score ?? 1);
});

test('prefers the page that holds all the words', async () => {
	const { engine } = anEngine({ a: 'boiler', b: 'boiler radio' });
	const hits = await searchText(readQuery(ranking, 'boiler radio'), 2, engine);
	expect(hits.get('b')?.score).toBe(1);
	expect(hits.get('a')?.score).toBeLessThan(1);
});

test('asks only for words the site has, spelt as the site spells them', async () => {
	const { engine, asked } = anEngine({ a: 'boiler winter' });
	await searchText(readQuery(ranking, 'boilre qqqqqqqq winter'), 1, engine);
	expect(asked[0]).toBe('boiler winter');
});

test('asks for nothing where no word is known', async () => {
	const { engine, asked } = anEngine({ a: 'boiler' });
	expect((await searchText(readQuery(ranking, 'qqqqqqqq'), 1, engine)).size).toBe(0);
	expect(asked).toEqual([]);
});
