import { describe, expect, test } from 'vitest';
import { addDays } from '#/day.ts';
import type { Day } from '#/day.ts';
import { find, openLibrary } from './entries.ts';
import type { Library } from './entries.ts';
import { sampleShelf } from './sample.ts';
import type { SampleFiles } from './sample.ts';
import { freshnessOf, promoState, viewOf } from './view.ts';

describe('freshnessOf', () => {
	test.each([
		['checklist/meeting', undefined, '2027-04-01'],
		['tip/ask', undefined, '2027-10-01'],
		['term/lead', 3, '2027-01-01'],
	])(
		'%s with reviewEvery %s is due on %s, soon a week before, on each of 400 days',
		async (ref, reviewEvery, due) => {
			const library = await open({ [ref]: { reviewed: '2026-10-01', reviewEvery } });
			const entry = entryOf(library, ref);
			for (let n = 0; n < 400; n++) {
				const today = addDays('2026-10-01', n);
				const expected = today > due ? 'overdue' : today >= addDays(due, -7) ? 'soon' : 'fresh';
				expect(freshnessOf({ ...library, today }, entry), today).toEqual({
					state: expected,
					reviewed: '2026-10-01',
					due,
				});
			}
		},
	);

	test('is nothing for what nobody reviews', async () => {
		const library = await open({ 'promo/winter': {} });
		expect(freshnessOf(library, entryOf(library, 'promo/winter'))).toBeUndefined();
		expect(freshnessOf(library, entryOf(library, 'person/ada'))).toBeUndefined();
	});
});

describe('promoState', () => {
	const promo = { starts: '2027-02-27', ends: '2027-03-01' };

	test('follows the calendar on each of 400 days', async () => {
		const library = await open({});
		const seen: Record<string, [Day, Day]> = {};
		for (let n = 0; n < 400; n++) {
			const today = addDays('2026-06-01', n);
			const { phase, isUnbriefed, isUrgent } = promoState({ ...library, today }, promo);
			const key = `${phase}${isUnbriefed ? ' unbriefed' : ''}${isUrgent ? ' urgent' : ''}`;
			seen[key] = [seen[key]?.[0] ?? today, today];
		}
		expect(seen).toEqual({
			'coming unbriefed': ['2026-06-01', '2027-02-24'],
			'coming unbriefed urgent': ['2027-02-25', '2027-02-26'],
			'live unbriefed urgent': ['2027-02-27', '2027-03-01'],
			ended: ['2027-03-02', '2027-07-05'],
		});
	});

	test('is never urgent once briefed', async () => {
		const library = await open({});
		for (let n = 0; n < 400; n++) {
			const today = addDays('2026-06-01', n);
			const state = promoState({ ...library, today }, { ...promo, briefed: { on: '2027-02-01' } });
			expect(state).toMatchObject({ isUnbriefed: false, isUrgent: false });
		}
	});
});

describe('viewOf', () => {
	test('gathers what the text of an entry leads to', async () => {
		const library = await open({
			'tip/ask': { body: 'A <Term id="lead">lead</Term>, and [that tip](tip/other).' },
			'tip/other': { effort: 15 },
			'term/lead': { general: 'A metal, a rope for a dog, or the front.' },
		});
		const { references, author, minutes, freshness } = viewOf(library, entryOf(library, 'tip/ask'));
		expect(references).toMatchObject({
			'term/lead': {
				path: '/terms/lead/',
				short: expect.stringContaining('asked us'),
				general: expect.any(String),
			},
			'tip/other': { path: '/tips/other/', effort: 15 },
		});
		expect(author).toEqual({
			name: 'Ada Hart',
			role: 'Editor',
			path: '/people/ada/',
			email: 'ada@firm.example',
		});
		expect(minutes).toBe(1);
		expect(freshness?.state).toBe('fresh');
	});

	test('shows the public no review dates and no reference that the site has not', async () => {
		const library = await open({
			'tip/ask': { body: 'See [that tip](tip/other).' },
			'tip/other': {},
		});
		const ask = entryOf(library, 'tip/ask');
		const author = entryOf(library, 'person/ada');
		const own = openLibrary({ ...library, audience: 'public', entries: [ask, author] });
		const view = viewOf(own, ask);
		expect(view.references).toEqual({});
		expect(view.freshness).toBeUndefined();
		expect(view.author?.path).toBeUndefined();
	});

	test('has another key when anything it shows, a setting or the day changes', async () => {
		const files: SampleFiles = { 'tip/ask': { related: ['tip/other'] }, 'tip/other': {} };
		const keyOf = (library: Library): string => viewOf(library, entryOf(library, 'tip/ask')).key;
		const library = await open(files);
		const key = keyOf(library);
		expect(keyOf(await open(files))).toBe(key);
		expect(keyOf(await open({ ...files, 'tip/other': { title: 'Renamed now' } }))).not.toBe(key);
		expect(keyOf(await open({ ...files, 'tip/ask': { pull: 'A new line.' } }))).not.toBe(key);
		expect(keyOf({ ...library, today: '2026-11-25' })).not.toBe(key);
		expect(keyOf({ ...library, settings: { ...library.settings, readingRate: 200 } })).not.toBe(
			key,
		);
	});
});

function entryOf(library: Library, ref: string) {
	const entry = find(library, ref);
	if (!entry) throw new Error(`${ref} is not there.`);
	return entry;
}

async function open(files: SampleFiles): Promise<Library> {
	const { entries, settings, contentDir } = await sampleShelf(files);
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
