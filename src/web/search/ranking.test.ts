import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openContent } from '#/library/shelf.ts';
import { packWords } from './catalogue.ts';
import type { Catalogue, CataloguePage } from './catalogue.ts';
import { readQuery } from './query.ts';
import { openRanking, rank } from './ranking.ts';
import { wordsOf } from './words.ts';

const names = { kinds: {}, editor: 'editor@example.com' };
const catalogue = await catalogueOfContent();
const ranking = openRanking(catalogue);
const paths = (query: string, isGuessing = true): string[] =>
	rank(ranking, readQuery(ranking, query, isGuessing)).map(({ page }) => page.path);
const exactPhrases = catalogue.pages.flatMap(({ title, aliases, find, when }) => [
	title,
	...(aliases ?? []),
	...(find ?? []),
	...(when ? [when] : []),
]);

describe('rank', () => {
	test('puts a title typed as it stands first, for every entry', () => {
		const displaced = catalogue.pages.filter(({ title }) => {
			const [first] = rank(ranking, readQuery(ranking, title));
			return first?.page.title !== title || !first.isExact;
		});
		expect(displaced).toEqual([]);
		expect(catalogue.pages.length).toBeGreaterThan(60);
	});

	test('keeps a title first whatever the full text says of other pages', () => {
		for (const page of catalogue.pages) {
			const others = catalogue.pages.filter(({ title }) => title !== page.title);
			const fullText = new Map(others.map(({ fragment }) => [fragment, 1]));
			const [first] = rank(ranking, readQuery(ranking, page.title), fullText);
			expect(first?.page.title).toBe(page.title);
		}
	});

	test('takes no notice of capitals, accents and marks', () => {
		expect(paths('ONE WORD: one Meaning!')[0]).toBe(paths('one word one meaning')[0]);
	});

	test('finds an alias of a term in the first three', () => {
		const lost = catalogue.pages.flatMap(({ path, aliases }) =>
			(aliases ?? []).filter((alias) => !paths(alias).slice(0, 3).includes(path)),
		);
		expect(lost).toEqual([]);
	});

	test('gives exact queries the same first five with and without guesses', () => {
		const answers = (isGuessing: boolean): string[][] =>
			exactPhrases.map((phrase) => paths(phrase, isGuessing).slice(0, 5));
		expect(answers(true)).toEqual(answers(false));
	});

	test('never shows a page as a match for words that mean nothing', () => {
		const nonsense = fc.stringMatching(/^[bcdfghjklmnpqrstvwxz]{6,12}$/);
		fc.assert(
			fc.property(nonsense, (word) => {
				const query = readQuery(ranking, word);
				const isMatch = rank(ranking, query).length > 0 && !query.isGuess;
				expect(isMatch).toBe(false);
			}),
			{ seed: 20261124, numRuns: 500 },
		);
	});

	test('says which phrase matched', () => {
		const small = openRanking({
			pages: [aPage({ title: 'Argue on purpose', when: 'meetings are polite' })],
			words: packWords(['argue', 'purpose', 'meetings', 'polite']),
			names,
		});
		expect(rank(small, readQuery(small, 'polite meetings'))[0]?.why).toEqual({
			field: 'when',
			text: 'meetings are polite',
			id: undefined,
		});
	});

	test('knows no reason for a page that only the full text found', () => {
		const [found] = rank(
			ranking,
			readQuery(ranking, 'zzzz'),
			new Map([[catalogue.pages[0]?.fragment ?? '', 1]]),
		);
		expect(found?.page).toBe(catalogue.pages[0]);
		expect(found?.why).toBeUndefined();
	});

	test('keeps exactly the pages that pass the filters, in the same order', () => {
		const filters = { kind: ['tip', 'term'], topic: ['language', 'handoff'] };
		const query = readQuery(ranking, 'lead');
		const all = rank(ranking, query).map(({ page }) => page);
		const wanted = all.filter(
			({ filters: { kind, topic } }) =>
				['tip', 'term'].includes(kind?.[0] ?? '') &&
				['language', 'handoff'].includes(topic?.[0] ?? ''),
		);
		expect(rank(ranking, query, undefined, filters).map(({ page }) => page)).toEqual(wanted);
		expect(wanted.length).toBeGreaterThan(0);
		expect(wanted.length).toBeLessThan(all.length);
	});
});

describe('readQuery', () => {
	test('never guesses at a word the site has', () => {
		const guessed = exactPhrases.flatMap((phrase) =>
			readQuery(ranking, phrase).words.filter(({ guesses }) => guesses.length > 0),
		);
		expect(guessed).toEqual([]);
	});

	test('guesses at a word with one slip', () => {
		expect(readQuery(ranking, 'promotoin').words[0]?.guesses).toContain('promotion');
	});

	test('drops words too common to tell pages apart', () => {
		expect(readQuery(ranking, 'what is the pipeline').words.map(({ word }) => word)).toEqual([
			'pipeline',
		]);
	});

	test('keeps common words where there are no others', () => {
		expect(readQuery(ranking, 'who are we').words.map(({ word }) => word)).toEqual([
			'who',
			'are',
			'we',
		]);
	});

	test('finds a word by what colleagues say instead of it', () => {
		expect(paths('funnel')[0]).toBe('term/pipeline');
		expect([...(readQuery(ranking, 'funnel').words[0]?.stems.keys() ?? [])]).toContain('pipelin');
	});
});

function aPage(page: Partial<CataloguePage>): CataloguePage {
	return { path: '/a/', fragment: 'en_0', title: 'A page', filters: {}, ...page };
}

/** The firm's own content, as the build would list it, without what only pages know. */
async function catalogueOfContent(): Promise<Catalogue> {
	const { library } = await openContent({
		contentDir: new URL('../../../content', import.meta.url).pathname,
		audience: 'staff',
		now: new Date('2026-11-24T08:00:00Z'),
	});
	const pages: CataloguePage[] = library.entries.map((entry, index) => {
		const { data } = entry;
		return {
			path: entry.ref,
			fragment: `en_${index}`,
			title: 'title' in data ? data.title : data.name,
			...('summary' in data && { summary: data.summary }),
			...('when' in data && { when: data.when }),
			...('find' in data && { find: data.find }),
			...('aliases' in data && { aliases: data.aliases }),
			filters: { kind: [entry.kind], ...('topic' in data && { topic: [data.topic] }) },
		};
	});
	const words = library.entries.flatMap(({ body }) =>
		body.prose.flatMap(({ text }) => wordsOf(text)),
	);
	const told = pages.flatMap(({ title, summary, when, find, aliases }) =>
		wordsOf([title, summary, when, ...(find ?? []), ...(aliases ?? [])].join(' ')),
	);
	return { pages, words: packWords([...words, ...told]), names };
}
