import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { wordsKey } from './list.ts';
import { accepted, cleared, merged, mostTurns, newRun, restored, tickOf, turned } from './run.ts';
import type { Run } from './run.ts';
import { anyRun, sampleList } from './sample.ts';
import { viewOf } from './view.ts';

// Thousands of cases take their time on a machine that others use too.
vi.setConfig({ testTimeout: 60_000 });

const list = sampleList(3);
const [one, two, three] = list.items as [Item, Item, Item];
const fresh = newRun(list);
const runs = anyRun(['a', 'b', 'c', 'constructor', '__proto__'], [1, 2, 3]);

describe('merging two runs', () => {
	test('gives the same in either order', () => {
		fc.assert(
			fc.property(runs, runs, (a, b) => {
				expect(merged(a, b)).toEqual(merged(b, a));
			}),
			{ numRuns: 2000 },
		);
	});

	test('gives the same however three of them are taken together', () => {
		fc.assert(
			fc.property(runs, runs, runs, (a, b, c) => {
				expect(merged(merged(a, b), c)).toEqual(merged(a, merged(b, c)));
			}),
			{ numRuns: 2000 },
		);
	});

	test('gives the same when it is done again', () => {
		fc.assert(
			fc.property(runs, runs, (a, b) => {
				expect(merged(a, a)).toEqual(a);
				expect(merged(merged(a, b), b)).toEqual(merged(a, b));
			}),
			{ numRuns: 2000 },
		);
	});

	test('lets whoever has turned a box more often have the word', () => {
		const ticked = turned(fresh, one);
		const takenBack = turned(ticked, one);
		expect(done(merged(ticked, fresh))).toEqual([true, false, false]);
		expect(done(merged(ticked, takenBack))).toEqual([false, false, false]);
		expect(done(merged(turned(takenBack, one), takenBack))).toEqual([true, false, false]);
	});

	test('counts a tick once that two people made', () => {
		const both = merged(turned(fresh, one), turned(fresh, one));
		expect(done(turned(both, one))).toEqual([false, false, false]);
	});

	test('knows a tick under the words of today, whoever of the two made it', () => {
		const older = { ...one, text: 'Point 1, as it was' };
		const both = merged(turned(fresh, older), turned(fresh, one));
		expect(viewOf(both, list).points[0]).toEqual({ isDone: true, mark: undefined });
		expect(viewOf(turned(fresh, older), list).points[0]).toEqual({ isDone: true, mark: 'changed' });
	});
});

describe('undoing', () => {
	test('brings every tick of the step back, and its words, whatever came after', () => {
		fc.assert(
			fc.property(runs, runs, runs, (before, step, since) => {
				const after = merged(before, step);
				const now = merged(after, since);
				const back = restored(now, before, after);
				for (const [id, tick] of back) {
					const [was, is] = [before, after].map((run) => run.get(id) ?? tickOf(0, []));
					const isOfStep = !isDeepStrictEqual(was, is);
					const wanted = isOfStep ? before.get(id) : now.get(id);
					expect(tick.turns % 2).toBe((wanted?.turns ?? 0) % 2);
					expect(tick.words).toEqual(wanted?.words ?? []);
				}
			}),
			{ numRuns: 1000 },
		);
	});

	test('holds against the state that was undone, when it comes back by a link', () => {
		fc.assert(
			fc.property(runs, runs, (before, step) => {
				const after = merged(before, step);
				const back = restored(after, before, after);
				expect(merged(back, after)).toEqual(back);
			}),
			{ numRuns: 1000 },
		);
	});
});

test('clearing takes every tick back, for those who merge with it too', () => {
	const run = turned(turned(fresh, one), three);
	expect(done(cleared(run))).toEqual([false, false, false]);
	expect(done(merged(cleared(run), run))).toEqual([false, false, false]);
	expect(done(restored(cleared(run), run, cleared(run)))).toEqual([true, false, true]);
});

test('marks what has other words and what is new, until the person has read it', () => {
	const run = turned(fresh, two);
	const later = sampleList(4);
	const edition = { ...later, items: later.items.with(1, { ...two, text: 'Point 2, made clear' }) };
	expect(viewOf(run, edition).points.map(({ mark }) => mark)).toEqual([
		undefined,
		'changed',
		undefined,
		'new',
	]);
	const read = viewOf(accepted(run, edition), edition);
	expect(read).toMatchObject({ done: 1, news: 0, changed: 0 });
});

test('another blank, or another way to write an accent, is no change of words', () => {
	expect(wordsKey({ text: 'Caf\u00e9  agreed ' })).toBe(wordsKey({ text: 'Cafe\u0301 agreed' }));
	expect(wordsKey({ text: 'Agreed' })).not.toBe(wordsKey({ text: 'Agreed.' }));
});

test('a box still turns after more turns than anybody makes', () => {
	const run: Run = new Map([[one.id, tickOf(mostTurns, [])]]);
	const ticked = turned(run, one);
	expect(done(ticked)).toEqual([true, false, false]);
	expect(done(turned(ticked, one))).toEqual([false, false, false]);
});

function done(run: Run): boolean[] {
	return viewOf(run, list).points.map(({ isDone }) => isDone);
}

type Item = (typeof list.items)[number];
