import * as fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { readFragment, writeFragment } from './code.ts';
import { crc32 } from '#/crc.ts';
import { wordsKey } from './list.ts';
import { merged, mostTurns, newRun, tickOf, turned } from './run.ts';
import type { Run } from './run.ts';
import { anyRun, sampleList } from './sample.ts';
import { viewOf } from './view.ts';

// Thousands of cases take their time on a machine that others use too.
vi.setConfig({ testTimeout: 60_000 });

const list = sampleList(9);
const ids = list.items.map(({ id }) => id);
const words = [...list.items.map(wordsKey), 7];
const runs = anyRun(ids, words);
const some = list.items.slice(0, 5).reduce(turned, newRun(list));
const link = writeFragment({ id: 517, ticks: some }, list);

test('the check is the common one', () => {
	expect(crc32('123456789').toString(16)).toBe('cbf43926');
});

test('nine points take 29 characters, and never more than 60', () => {
	expect(link).toHaveLength(29);
	const most = new Map(list.items.map(({ id }) => [id, tickOf(mostTurns - 1, [])]));
	expect(writeFragment({ id: 4095, ticks: most }, list).length).toBeLessThanOrEqual(60);
	fc.assert(
		fc.property(anyRun(ids, words, mostTurns), fc.nat(4095), (ticks, id) => {
			expect(writeFragment({ id, ticks }, list).length).toBeLessThanOrEqual(60);
		}),
		{ numRuns: 1000 },
	);
});

test('gives every run back: turns, marks and number', () => {
	const any = fc.oneof(runs, anyRun(ids, words, mostTurns));
	fc.assert(
		fc.property(any, fc.nat(4095), (ticks, id) => {
			const read = through(ticks, id);
			expect(read.id).toBe(id);
			expect(viewOf(read.ticks, list)).toEqual(viewOf(ticks, list));
			expect([...read.ticks].map(turnsOf).toSorted()).toEqual([...ticks].map(turnsOf).toSorted());
		}),
		{ numRuns: 1000 },
	);
});

test('merges as the run itself would', () => {
	fc.assert(
		fc.property(runs, runs, (ours, theirs) => {
			const byLink = merged(ours, through(theirs, 1).ticks);
			expect(viewOf(byLink, list)).toEqual(viewOf(merged(ours, theirs), list));
		}),
		{ numRuns: 1000 },
	);
});

describe('a refusal says why', () => {
	const reworded = { ...list, items: list.items.with(2, { id: 'p3', text: 'Other words' }) };
	const code = (edition: typeof list) => writeFragment({ id: 517, ticks: some }, edition);
	test.each([
		['another format', link.replace('#run=1', '#run=2'), 'format'],
		['nothing after the name', '#run=', 'format'],
		['a missing end', link.slice(0, -1), 'checksum'],
		['a missing middle', link.slice(0, 12) + link.slice(13), 'checksum'],
		['a full stop that a chat added', `${link}.`, 'checksum'],
		['another list', code({ ...list, slug: 'weekly-meeting' }), 'otherList'],
		['other words', code(reworded), 'otherEdition'],
		['another order', code({ ...list, items: list.items.toReversed() }), 'otherEdition'],
		['one point more', code(sampleList(10)), 'otherEdition'],
		['one point less', code(sampleList(8)), 'otherEdition'],
	])('%s', (_, fragment, reason) => {
		const read = readFragment(fragment, list);
		expect(read).toMatchObject({ kind: 'refused', reason });
		// A sentence that says what happened, and one that says what to do.
		expect(read?.kind === 'refused' && read.words).toMatch(/^[A-Z].+\. [A-Z].+\.$/);
	});
});

test('reads the links of a list that was renamed', () => {
	const renamed = { ...list, slug: 'brief-sales', was: ['promo-briefing'] };
	expect(readFragment(link, renamed)?.kind).toBe('run');
});

test('other fragments are none of its business', () => {
	for (const other of ['', '#', '#offer-sentence', '#r=K7&m=closed', '#Run=1']) {
		expect(readFragment(other, list)).toBeUndefined();
	}
});

test('a changed character is refused', () => {
	const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
	for (let place = 5; place < link.length; place += 1) {
		for (const other of alphabet.replace(link.charAt(place), '')) {
			const changed = link.slice(0, place) + other + link.slice(place + 1);
			expect(readFragment(changed, list)?.kind, changed).toBe('refused');
		}
	}
});

test('never throws, and takes nothing for a run, whatever stands there', () => {
	const letters = fc.string({ unit: fc.constantFrom(...Array.from('1Ag_-z9=')), maxLength: 70 });
	const kindOf = (fragment: string) => readFragment(fragment, list)?.kind;
	const isSafe = (text: string): boolean =>
		kindOf(`#run=${text}`) === 'refused' &&
		kindOf(`#run=1${text}`) === 'refused' &&
		kindOf(text) !== 'run';
	const texts = fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), letters);
	const result = fc.check(fc.property(texts, isSafe), { numRuns: 2000 });
	expect(result).toMatchObject({ failed: false, numRuns: 2000 });
});

test('a body made by hand, with the right check, is a sound run or refused', () => {
	const head = link.slice(5, 14);
	const bodies = fc.string({ unit: fc.constantFrom(...Array.from('ABfgz_-9')), maxLength: 40 });
	fc.assert(
		fc.property(bodies, (body) => {
			const read = readFragment(sealed(head + body), list);
			if (read?.kind !== 'run') return;
			for (const { turns } of read.ticks.values()) expect(turns).toBeLessThanOrEqual(mostTurns);
			expect(readFragment(writeFragment(read, list), list)).toEqual(read);
		}),
		{ numRuns: 2000 },
	);
	expect(readFragment(sealed(`${head}AAAAAAAAA`), list)?.kind).toBe('run');
	expect(readFragment(sealed(`${head}AAAAAAAAAA`), list)?.kind).toBe('refused');
});

/** A fragment with a check that fits, as someone could write it who has read the code. */
function sealed(text: string): string {
	let rest = crc32(`run${text}`);
	let check = '';
	const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
	for (let place = 0; place < 6; place += 1) {
		check = alphabet.charAt(rest % 64) + check;
		rest = Math.floor(rest / 64);
	}
	return `#run=${text}${check}`;
}

function through(ticks: Run, id: number): { id: number; ticks: Run } {
	const read = readFragment(writeFragment({ id, ticks }, list), list);
	if (read?.kind !== 'run') throw new Error(JSON.stringify(read));
	return read;
}

function turnsOf([id, { turns }]: [string, { turns: number }]): string {
	return `${id} ${turns}`;
}
