/** How long a page may be trusted: the state on each day, and where readers and editors see it. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { openLibrary } from '#/library/entries.ts';
import type { Library } from '#/library/entries.ts';
import { freshnessOf } from '#/library/view.ts';
import { reviewsByOwner, reviewsOf } from '#/web/list/reviews.ts';
import { sampleShelf } from '#/library/sample.ts';
import { daysFrom, daysIn, monthsAfter } from './calendar.ts';
import { buildSite, filesOf, root } from './site.ts';

describe('the state of an entry, on each day from ten before its review to 400 after', () => {
	// The ends of all months of a common year and of a leap year, and the days around them.
	const reviewed = [2026, 2027, 2028].flatMap((year) =>
		Array.from({ length: 12 }, (_, i) => i + 1).flatMap((month) =>
			[1, 15, daysIn(year, month) - 1, daysIn(year, month)].map(
				(date) => `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`,
			),
		),
	);
	const calendar = daysFrom('2025-12-01', '2030-12-31');

	test.each([
		['a tip', 'tip/ask', undefined, 12],
		['a checklist', 'checklist/meeting', undefined, 6],
		['a question set', 'questions/talk', undefined, 12],
		['a term', 'term/lead', undefined, 12],
		['a tip each month', 'tip/ask', 1, 1],
		['a tip each two months', 'tip/ask', 2, 2],
		['a term each three months', 'term/lead', 3, 3],
		['a term each eleven months', 'term/lead', 11, 11],
		['a tip each thirteen months', 'tip/ask', 13, 13],
		['a checklist each two years', 'checklist/meeting', 24, 24],
	])('%s changes on exactly the right days', async (_name, ref, reviewEvery, months) => {
		const library = await open({ [ref]: reviewEvery === undefined ? {} : { reviewEvery } });
		const entry = library.entries.find((one) => one.ref === ref);
		if (!entry || !('reviewed' in entry.data)) throw new Error(`${ref} is not there.`);
		const wrong: string[] = [];
		let days = 0;
		for (const start of reviewed) {
			const due = monthsAfter(start, months);
			const soon = calendar[calendar.indexOf(due) - 7] ?? '';
			const first = calendar.indexOf(start) - 10;
			// The kind keeps its other fields.
			const read = { ...entry, data: { ...entry.data, reviewed: start } } as typeof entry;
			for (const today of calendar.slice(first, first + 411)) {
				const state = today > due ? 'overdue' : today >= soon ? 'soon' : 'fresh';
				const found = freshnessOf({ ...library, today }, read);
				if (found?.state !== state || found.due !== due || found.reviewed !== start) {
					wrong.push(
						`${today}, reviewed ${start}: ${found?.state} for ${state}, due ${found?.due}`,
					);
				}
				days += 1;
			}
		}
		expect(wrong).toEqual([]);
		expect(days).toBe(reviewed.length * 411);
	});
});

describe('every entry', () => {
	test('that is ready has an owner and a day of review, or is an error', async () => {
		for (const ref of ['tip/ask', 'checklist/meeting', 'questions/talk', 'term/lead']) {
			for (const field of ['author', 'reviewed']) {
				const { problems } = await sampleShelf({ [ref]: { [field]: undefined } });
				const found = problems.filter(({ rule }) => rule === 'entry/care');
				expect(found.map(({ level, field: named }) => [level, named])).toEqual([['error', field]]);
			}
		}
	});
});

describe('the editors’ list', () => {
	test('holds what is ready, the most pressing first, and groups it by owner', async () => {
		const library = await open({
			'person/ben': { name: 'Ben Lowe', email: undefined },
			'tip/late': { title: 'Late by a year', reviewed: '2024-11-01', author: 'person/ben' },
			'tip/fresh': { title: 'Fresh as can be' },
			'tip/draft': { status: 'draft', reviewed: '2020-01-01' },
			'tip/gone': { status: 'retired', reviewed: '2020-01-01' },
			'checklist/soon': { title: 'Soon to be read', reviewed: '2026-05-27' },
		});
		const reviews = reviewsOf(library);
		expect(reviews.map(({ item, state, days }) => [item.title, state, days])).toEqual([
			['Late by a year', 'overdue', -388],
			['Soon to be read', 'soon', 3],
			['Fresh as can be', 'fresh', 311],
		]);
		expect(
			reviewsByOwner(reviews).map(({ owner, reviews: own }) => [owner?.name, own.length]),
		).toEqual([
			['Ben Lowe', 1],
			['Ada Hart', 2],
		]);
	});
});

describe.each([
	['2026-11-24', { fresh: 60, soon: 0, overdue: 0 }],
	['2027-04-13', { fresh: 53, soon: 4, overdue: 3 }],
	['2027-10-10', { fresh: 15, soon: 18, overdue: 27 }],
])('the sites on %s', (today, counts) => {
	let folder: string;
	let expected: { path: string; kind: string; state: string; due: string }[];
	const page = (path: string): string => readFileSync(join(folder, path, 'index.html'), 'utf8');

	beforeAll(async () => {
		folder = await buildSite('playbook', { TANDEM_NOW: `${today}T08:00:00Z` });
		expected = contentStates(today);
	});

	test('hold entries of these states', () => {
		const found = { fresh: 0, soon: 0, overdue: 0 };
		for (const { state } of expected) found[state as keyof typeof found] += 1;
		expect(found).toEqual(counts);
	});

	test('each page that is due or overdue says so at its top, and no other', () => {
		for (const { path, state } of expected) {
			const notices = [...page(path).matchAll(/<p class="notice[^>]*data-freshness="(\w+)"/g)];
			expect(
				notices.map(([, name]) => name),
				path,
			).toEqual(state === 'fresh' ? [] : [state]);
			const asked = /<p class="notice.*?Ask\s*<a href="mailto:(\w+)@/s.exec(page(path))?.[1];
			expect(asked, path).toBe(state === 'fresh' ? undefined : 'mira');
		}
	});

	test('each list shows the same of each entry', () => {
		for (const { path, kind, state } of expected) {
			const list = page(`/${path.split('/')[1]}/`);
			const at = list.indexOf(`href="${path}"`, list.indexOf('<main'));
			const end = list.slice(at).search(kind === 'terms' ? /<\/dd>/ : /<\/li>/);
			const marks = [...list.slice(at, at + end).matchAll(/data-freshness="(\w+)"/g)];
			expect(
				marks.map(([, name]) => name),
				path,
			).toEqual(state === 'fresh' ? [] : [state]);
		}
	});

	test('the search is told of each page', () => {
		for (const { path, state } of expected) {
			const told = [...page(path).matchAll(/data-pagefind-filter="freshness:(\w+)"/g)];
			expect(
				told.map(([, name]) => name),
				path,
			).toEqual([state]);
		}
	});

	test('the editors’ list names each once by state and once by owner', () => {
		const [, byState = '', byOwner = ''] =
			/id="overdue"(.*)id="owners"(.*)<\/main>/s.exec(page('/reviews/')) ?? [];
		const rows = (html: string) =>
			[...html.matchAll(/<li[^>]*data-freshness="(\w+)".*?href="([^"]+)"/gs)]
				.map(([, state, path]) => `${state} ${path}`)
				.toSorted();
		const wanted = expected.map(({ state, path }) => `${state} ${path}`).toSorted();
		expect(rows(byOwner)).toEqual(wanted);
		expect(rows(byState)).toEqual(wanted.filter((line) => !line.startsWith('fresh')));
		const lead = /class="lead[^>]*>([^<]+)</.exec(page('/reviews/'))?.[1];
		expect(lead).toBe(
			`${counts.overdue} overdue, ${counts.soon} due within a week, ${counts.fresh} fresh.`,
		);
	});

	test('home names the four that come first, and leads to the list', () => {
		const home = page('/');
		const next = /Next to be checked(.*)<\/main>/s.exec(home)?.[1] ?? '';
		const days = [...next.matchAll(/href="(\/[^"]+\/[^"]+\/)"/g)].map(
			([, path]) => expected.find((one) => one.path === path)?.due,
		);
		expect(days).toEqual(
			expected
				.map(({ due }) => due)
				.toSorted()
				.slice(0, 4),
		);
		expect(next).toContain('href="/reviews/"');
	});

	test('the public are told nothing of it', async () => {
		const site = await buildSite('newsletter', { TANDEM_NOW: `${today}T08:00:00Z` });
		for (const file of filesOf(site).filter((name) => /\.(?:html|xml|json|txt)$/.test(name))) {
			const text = readFileSync(join(site, file), 'utf8').replace(/<style>.*?<\/style>/gs, '');
			const told = /data-freshness|[Rr]eview (?:over)?due|mailto:mira/.exec(text);
			expect(told, file).toBeNull();
		}
	});
});

/** What the files say, read and counted without the library. */
function contentStates(today: string) {
	const calendar = daysFrom('2026-01-01', '2029-12-31');
	return ['tips', 'checklists', 'questions', 'terms'].flatMap((kind) =>
		readdirSync(join(root, 'content', kind))
			.filter((name) => /^[a-z].*\.mdx$/.test(name))
			.flatMap((name) => {
				const source = readFileSync(join(root, 'content', kind, name), 'utf8');
				const fields = parse(source.split(/^---$/m)[1] ?? '');
				if (fields.status !== 'ready') return [];
				const months = fields.reviewEvery ?? (kind === 'checklists' ? 6 : 12);
				const due = monthsAfter(fields.reviewed, months);
				const soon = calendar[calendar.indexOf(due) - 7] ?? '';
				const state = today > due ? 'overdue' : today >= soon ? 'soon' : 'fresh';
				return [{ path: `/${kind}/${name.replace('.mdx', '')}/`, kind, state, due }];
			}),
	);
}

async function open(files: Record<string, Record<string, unknown>>): Promise<Library> {
	const { entries, settings, contentDir } = await sampleShelf(files);
	const receipts = new Map();
	const today = '2026-11-24';
	// As the door lets staff in: no drafts.
	const admitted = entries.filter((one) => !('status' in one.data) || one.data.status !== 'draft');
	return openLibrary({
		audience: 'staff',
		today,
		settings,
		contentDir,
		entries: admitted,
		receipts,
	});
}
