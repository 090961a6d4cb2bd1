import { expect, test } from 'vitest';
import { comparison } from './comparison.ts';
import { disclose } from './disclosure.ts';
import { readFragment, writeFragment } from './round.ts';
import { readResult, writeResult } from './result.ts';
import { sampleSet, sampleTeam } from './sample.ts';
import { readWave, shownWave, writeWave } from './wave.ts';

const set = sampleSet(12);
const rule = { mode: 'closed', minTeam: 4 } as const;
const round = { round: 'K7', mode: 'closed' } as const;
const people = [
	...sampleTeam(
		'sales',
		Array.from({ length: 25 }, (_, place) => place % 6),
		{ items: 12 },
	),
	...sampleTeam(
		'marketing',
		Array.from({ length: 25 }, () => 4),
		{ items: 12 },
	),
];
const disclosed = disclose(people, set, rule);
if (disclosed.kind === 'held') throw new Error(disclosed.words);
const shown = disclosed;
const wave = writeWave(shown, set, {
	round: 'K7',
	date: '2026-12-01',
	invited: { sales: 30, marketing: null },
	picked: { play: 'tip/q1', done: false },
});

test('a saved file holds counts and no row of a person', () => {
	expect(Object.keys(wave)).toEqual(
		'format version set versionKey round mode date invited items picked'.split(' '),
	);
	expect(wave.items[0]).toEqual({
		id: 'q1',
		sales: [5, 4, 4, 4, 4, 4],
		marketing: [0, 0, 0, 0, 25, 0],
	});
	expect(readWave(JSON.stringify(wave), set, rule)).toEqual({ kind: 'wave', wave });
});

test('a result link holds the same for 50 people in well under 1,200 characters', () => {
	const link = `https://playbook.example.com/compare/#${writeFragment({ ...round, result: writeResult(wave, set) })}`;
	expect(link.length).toBeLessThan(500);
	const fragment = readFragment(new URL(link).hash);
	const read = readResult(fragment?.result ?? '', set, round, rule);
	expect(read).toEqual({ kind: 'wave', wave: { ...wave, picked: null } });
	if (read.kind === 'refused') return;
	const about = { invited: wave.invited, today: '2026-12-01' };
	expect(comparison(shownWave(read.wave, rule), set, about)).toEqual(comparison(shown, set, about));
});

test.each([
	['no JSON', 'tandem', 'not a saved result'],
	['null', 'null', 'not a saved result'],
	['another format', JSON.stringify({ ...wave, format: 'x' }), 'not a saved result'],
	['no day', JSON.stringify({ ...wave, date: '2026-02-30' }), 'not a saved result'],
	[
		'words for a count',
		JSON.stringify({ ...wave, items: [{ id: 'q1', sales: ['1'], marketing: [] }] }),
		'not a saved result',
	],
	[
		'items of different sizes',
		JSON.stringify({
			...wave,
			items: [...wave.items, { id: 'x', sales: [0, 0, 0, 0, 0, 1], marketing: [0, 0, 0, 0, 0, 1] }],
		}),
		'not a saved result',
	],
	['another set', JSON.stringify({ ...wave, set: 'push-pull' }), 'other questions'],
	['another mode', JSON.stringify({ ...wave, mode: 'open' }), 'with names'],
])('refuses a file: %s', (_, text, words) => {
	const read = readWave(text, set, rule);
	expect(read.kind === 'refused' && read.words).toContain(words);
});

test('refuses an earlier state of the same closed round beside itself', () => {
	expect(readWave(JSON.stringify(wave), set, rule, round).kind).toBe('refused');
	expect(readWave(JSON.stringify(wave), set, rule, { ...round, round: 'M2' }).kind).toBe('wave');
});

test.each([
	['cut', (link: string) => link.slice(0, -3), 'incomplete'],
	['of another format', (link: string) => `9${link.slice(1)}`, 'format'],
])('refuses a result link that is %s', (_, change, words) => {
	const read = readResult(change(writeResult(wave, set)), set, round, rule);
	expect(read.kind === 'refused' && read.words).toContain(words);
});
