import { describe, expect, test } from 'vitest';
import { formatProblem } from '#/problem.ts';
import type { BodyFacts } from './entry.ts';
import { readEntry } from './reader.ts';
import { entryFindings, sampleFolder } from './sample.ts';
import { countWords, readingMinutes } from './words.ts';

describe('the facts of a body', () => {
	test('count words by hand: markup out, labels of components in, bare signs out', () => {
		// 4 + 3 + 2 + 2 + 2 + (2 + 3 + 2 + 1) + 3 = 24
		const facts = factsOf(`One **two** [three](tip/x) four – —

- five six seven
- eight
  - nine

### Ten eleven

| Twelve | thirteen |
|---|---|
| 14 | 15% |

<Story kind="illustrative" who="a firm" result="They ask now." rule="Ask first.">

Yes.

</Story>

<Figure src="./a.png" alt="Not counted at all" caption="One more line" />`);
		expect(facts.words).toBe(4 + 3 + 2 + 2 + 2 + 2 + (2 + 3 + 2 + 1) + 3);
	});

	test('count no word twice in a loose or nested list', () => {
		expect(factsOf('- one two\n\n- three\n\n  four\n\n  - five').words).toBe(5);
		expect(factsOf('- one\n  - two\n    - three').words).toBe(3);
	});

	test('hold what other files need, each once, with its place', () => {
		const facts = factsOf(`A <Term id="lead">lead</Term> and a <Term id="lead">lead</Term>.

<Pair left="push" right="lead" />

See [one](tip/one), [two](checklist/two) and [it](tip/one) or [that](https://a.example/b).

<Figure src="./a.png" alt="Two people" />

### Do it`);
		expect(facts).toMatchObject({
			isPresent: true,
			terms: ['lead', 'push'],
			links: ['tip/one', 'checklist/two'],
			pictures: ['terms/a.png'],
			components: ['Term', 'Term', 'Pair', 'Figure'],
			headings: [{ depth: 3, text: 'Do it', id: 'do-it' }],
		});
		const top = 10;
		expect(facts.named).toEqual([
			{ ref: 'term/lead', line: top + 1, column: 3 },
			{ ref: 'term/push', line: top + 3, column: 1 },
			{ ref: 'tip/one', line: top + 5, column: 5 },
			{ ref: 'checklist/two', line: top + 5, column: 21 },
		]);
	});

	test('give each paragraph its line and the component around it', () => {
		const facts = factsOf(
			'One.\n\n<Announcement>\n\nTwo.\n\n<Callout kind="note" title="Three">\n\nFour.\n\n</Callout>\n\n</Announcement>',
		);
		expect(
			facts.prose.map(({ text, line, component, isSentence }) => [
				text,
				line - 10,
				component,
				isSentence,
			]),
		).toEqual([
			['One.', 1, undefined, true],
			['Two.', 5, 'Announcement', true],
			['Three', 7, 'Announcement', false],
			['Four.', 9, 'Announcement', true],
		]);
	});

	test('say that a body with comments alone is empty', () => {
		expect(factsOf('{/* later */}').isPresent).toBe(false);
	});
});

describe('readEntry', () => {
	test('names what it read', () => {
		const folder = sampleFolder({ 'issue/005-whose': {} });
		expect(readEntry(folder, 'issues/005-whose.mdx', 'issue', 'd').entry).toMatchObject({
			kind: 'issue',
			slug: '005-whose',
			ref: 'issue/005-whose',
			digest: 'd',
		});
	});

	test('fails closed: without the two fields an entry is a draft for staff', () => {
		const folder = sampleFolder({ 'tip/ask': { audience: undefined, status: undefined } });
		const { entry, isReady } = readEntry(folder, 'tips/ask.mdx', 'tip', '');
		expect(entry?.data).toMatchObject({ audience: 'staff', status: 'draft' });
		expect(isReady).toBe(false);
	});

	test('takes a misspelt status for finished, so that its errors count', () => {
		const folder = sampleFolder({ 'tip/ask': { status: 'drafft' } });
		expect(readEntry(folder, 'tips/ask.mdx', 'tip', '')).toMatchObject({
			isReady: true,
			entry: undefined,
		});
	});

	test('misses the body of a tip and an issue, not of the others', () => {
		expect(entryFindings('tip/ask', {}, '')).toEqual([
			'tips/ask.mdx:16:1 body: The body is empty. Write it below the second "---".',
		]);
		expect(entryFindings('term/lead', {}, '')).toEqual([]);
	});

	test('says what kind of file it cannot split', () => {
		const folder = sampleFolder({ 'tip/ask': 'Just words.' });
		const { problems, entry } = readEntry(folder, 'tips/ask.mdx', 'tip', '');
		expect(entry).toBeUndefined();
		expect(problems.map(formatProblem)).toEqual([
			'tips/ask.mdx:1:1 The file does not open with frontmatter. Put the fields between two lines of "---" at the top.',
		]);
	});
});

describe('words', () => {
	test.each([
		['', 0],
		['one  two\nthree', 3],
		['a – b', 2],
		['"Yes," she said: 15% … ✓', 4],
		['don’t re-use it', 3],
		['日本語 テスト', 2],
	])('%j has %i', (text, count) => {
		expect(countWords(text)).toBe(count);
	});

	test.each([
		[0, 1],
		[238, 1],
		[239, 2],
		[475, 2],
		[477, 3],
	])('%i take %i minutes', (count, minutes) => {
		expect(readingMinutes(count, 238)).toBe(minutes);
	});
});

/** The facts of a term whose body begins on line 11. */
function factsOf(body: string): BodyFacts {
	const folder = sampleFolder({ 'term/lead': { body } });
	const { entry } = readEntry(folder, 'terms/lead.mdx', 'term', '');
	if (!entry) throw new Error('The sample does not hold.');
	return entry.body;
}
