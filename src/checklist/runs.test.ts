import * as fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import type { Item, List } from './list.ts';
import { turned } from './run.ts';
import { readRunFile, writeRunFile } from './run-file.ts';
import { changed, namedRun, openRun, removed, started, undone } from './runs.ts';
import type { Runs } from './runs.ts';
import { anyRun, sampleList } from './sample.ts';
import { readRuns, writeRuns } from './store.ts';
import { viewOf } from './view.ts';

// Thousands of cases take their time on a machine that others use too.
vi.setConfig({ testTimeout: 60_000 });

const list = sampleList(3);
const [first] = list.items as [Item];
const week = namedRun(list, { name: 'Week 47', random: 5, taken: [] });
const runs = started(undefined, week);

test('every tick of a point that still exists survives 1,000 histories of edits', () => {
	let ticksSeen = 0;
	let editsSeen = 0;
	fc.assert(
		fc.property(fc.array(aStep(), { minLength: 10, maxLength: 60, size: 'max' }), (steps) => {
			let edition: List = sampleList(4);
			let kept = started(undefined, namedRun(edition, { name: 'Run', random: 9, taken: [] }));
			// What the person wants, and under which words; the points this run has met.
			const wanted = new Map<string, string>();
			const met = new Set(edition.items.map(({ id }) => id));
			let ids = edition.items.length;

			for (const { kind, at, to } of steps) {
				const { items } = edition;
				const item = items[at % Math.max(1, items.length)];
				if (kind === 'reopen') kept = reopened(kept);
				else if (kind === 'file') kept = throughFile(kept, edition);
				else if (kind === 'add') {
					// Every third is a point that was taken out and comes back.
					const id = at % 3 === 0 ? `p${1 + (to % ids)}` : `p${(ids += 1)}`;
					if (items.some((other) => other.id === id) || items.length > 12) continue;
					const place = to % (items.length + 1);
					edition = { ...edition, items: items.toSpliced(place, 0, { id, text: `New ${to}` }) };
				} else if (!item) continue;
				else if (kind === 'turn') {
					const open = openRun(kept);
					kept = changed(kept, open.id, { ticks: turned(open.ticks, item) });
					if (!wanted.delete(item.id)) wanted.set(item.id, item.text);
					met.add(item.id);
					ticksSeen += 1;
				} else if (kind === 'reword') {
					const text = `Words ${to % 5}`;
					edition = { ...edition, items: items.with(items.indexOf(item), { ...item, text }) };
				} else if (kind === 'move') {
					const rest = items.filter((other) => other !== item);
					edition = { ...edition, items: rest.toSpliced(to % items.length, 0, item) };
				} else edition = { ...edition, items: items.filter((other) => other !== item) };
				if (!/turn|reopen|file/.test(kind)) editsSeen += 1;

				expect(viewOf(openRun(kept).ticks, edition).points).toEqual(
					edition.items.map(({ id, text }) => {
						const words = wanted.get(id);
						if (words === undefined)
							return { isDone: false, mark: met.has(id) ? undefined : 'new' };
						return { isDone: true, mark: words === text ? undefined : 'changed' };
					}),
				);
			}
		}),
		{ numRuns: 1000 },
	);
	expect(ticksSeen).toBeGreaterThan(5000);
	expect(editsSeen).toBeGreaterThan(5000);
});

describe('named runs', () => {
	test('a name that is taken gets a number, and a number that is taken the next', () => {
		const second = namedRun(list, { name: 'Week 47', random: 5, taken: runs.all });
		const both = started(runs, second);
		expect(both.all.map(({ id, name }) => [id, name])).toEqual([
			[5, 'Week 47'],
			[6, 'Week 47 (2)'],
		]);
		expect(openRun(both).id).toBe(6);
	});

	test('a run that is deleted comes back with its ticks, its name and its place', () => {
		const ticked = changed(runs, 5, { ticks: turned(week.ticks, first) });
		const standIn = namedRun(list, { name: 'Today', random: 8, taken: runs.all });
		const without = removed(ticked, 5, standIn);
		expect(without).toEqual({ open: 8, all: [standIn] });
		expect(undone(without, { before: ticked, after: without })).toEqual(ticked);
	});

	test('undoing a start, a name or a tick leaves what another window did since', () => {
		const second = list.items[1] as Item;
		const steps = [
			started(runs, namedRun(list, { name: 'Today', random: 8, taken: runs.all })),
			changed(runs, 5, { name: 'Other' }),
			changed(runs, 5, { ticks: turned(week.ticks, first) }),
		];
		for (const after of steps) {
			const { ticks } = openRun({ ...after, open: 5 });
			const now = changed(after, 5, { ticks: turned(ticks, second) });
			const back = undone(now, { before: runs, after });
			expect(back.open).toBe(5);
			expect(back.all.map(({ name }) => name)).toEqual(['Week 47']);
			const view = viewOf(openRun(back).ticks, list);
			expect(view.points.map(({ isDone }) => isDone)).toEqual([false, true, false]);
		}
	});
});

describe('what a browser keeps', () => {
	test('comes back whole', () => {
		const words = [0, 7, 0xffffffff];
		fc.assert(
			fc.property(
				fc.array(anyRun(['a', 'constructor', '__proto__'], words), { minLength: 1, maxLength: 4 }),
				(all) => {
					const kept = {
						open: all.length - 1,
						all: all.map((ticks, id) => ({ id, name: `Run "${id}"`, ticks })),
					};
					expect(readRuns(writeRuns(kept))).toEqual({ kind: 'runs', runs: kept });
				},
			),
			{ numRuns: 500 },
		);
	});

	test('is not taken for runs where it is anything else', () => {
		const text = writeRuns(runs);
		expect(readRuns(null)).toEqual({ kind: 'none' });
		expect(readRuns(text.replace('"version":1', '"version":2'))).toEqual({ kind: 'later' });
		for (const other of [
			'',
			'null',
			'[]',
			'7',
			text.slice(0, -1),
			text.replace('"id":5', '"id":4096'),
			text.replace('[0]', '[0.5]'),
			text.replace('[0]', '[-1]'),
			text.replace('[0]', '[0,"x"]'),
			text.replace('[0]', '{}'),
			text.replace('"version":1', '"version":0'),
			'{"version":1,"open":0,"all":[]}',
			'{"version":1,"open":0,"all":[null]}',
		]) {
			expect(readRuns(other), other).toEqual({ kind: 'unreadable' });
		}
	});

	test('never throws, whatever stands there', () => {
		fc.assert(
			fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
				expect(readRuns(text).kind).not.toBe('runs');
				expect(readRunFile(text, list).kind).toBe('refused');
			}),
			{ numRuns: 1000 },
		);
		const field = fc.oneof(fc.jsonValue(), fc.constant(1), fc.constant('tandem-checklist-run'));
		const like = fc.record({
			format: field,
			version: field,
			open: field,
			all: fc.array(field),
			list: field,
			ticks: fc.dictionary(fc.string(), fc.array(field)),
			id: field,
			name: field,
		});
		fc.assert(
			fc.property(like, (value) => {
				readRuns(JSON.stringify(value));
				readRunFile(JSON.stringify(value), list);
			}),
			{ numRuns: 1000 },
		);
	});
});

describe('a file', () => {
	const text = writeRunFile(openRun(runs), list);

	test('holds a run for every edition of its list, under every name it had', () => {
		expect(readRunFile(text, sampleList(5))).toEqual({ kind: 'run', run: week });
		const renamed = { ...list, slug: 'brief-sales', was: ['promo-briefing'] };
		expect(readRunFile(text, renamed).kind).toBe('run');
	});

	test.each([
		['a letter', 'Dear Priya', 'This file holds no run of a checklist.'],
		[
			'another list',
			text.replace('promo-briefing', 'weekly'),
			'This file is for another checklist: Brief sales.',
		],
		[
			'a later format',
			text.replace('"version": 1', '"version": 2'),
			'This page cannot read this file. Reload it, then open the file again.',
		],
		[
			'ticks that are none',
			text.replace('"p1": [', '"p1": ["x",'),
			'This file is damaged. Ask for it again.',
		],
	])('is refused in words: %s', (_, file, words) => {
		expect(readRunFile(file, list)).toEqual({ kind: 'refused', words });
	});
});

function reopened(runs: Runs): Runs {
	const read = readRuns(writeRuns(runs));
	if (read.kind !== 'runs') throw new Error(read.kind);
	return read.runs;
}

function throughFile(runs: Runs, edition: List): Runs {
	const read = readRunFile(writeRunFile(openRun(runs), edition), edition);
	if (read.kind !== 'run') throw new Error(read.words);
	return { open: read.run.id, all: [read.run] };
}

function aStep() {
	return fc.record({
		kind: fc.constantFrom('turn', 'turn', 'reword', 'move', 'add', 'remove', 'reopen', 'file'),
		at: fc.nat(50),
		to: fc.nat(50),
	});
}
