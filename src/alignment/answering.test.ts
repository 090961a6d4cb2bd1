import { expect, test } from 'vitest';
import { answering } from './answering.ts';
import { readCode } from './code.ts';
import { newDraft, readDraft, saveDraft } from './draft.ts';
import type { Draft } from './draft.ts';
import { keysOf } from './question-set.ts';
import { newRound, readFragment, writeFragment } from './round.ts';
import { sampleSet } from './sample.ts';

const set = sampleSet(2, { period: 'in the last 90 days' });
const round = { round: 'K7', mode: 'closed' } as const;
const full: Draft = { team: 'sales', level: 'lead', nonce: 517, answers: [0, 5] };

test('gives a code once every item is answered and a team is named', () => {
	const view = answering(set, round, full, 4);
	expect(readCode(view.code ?? '', { keys: keysOf(set), ...round })).toMatchObject({
		person: { team: 'sales', level: 'lead', nonce: 517, answers: [0, 5] },
	});
	expect(answering(set, round, { ...full, team: undefined }, 4).code).toBeUndefined();
	expect(answering(set, round, { ...full, answers: [0, undefined] }, 4)).toMatchObject({
		code: undefined,
		done: 1,
		open: [2],
		progress: '1 of 2 answered',
	});
});

test('offers five points and "I don\'t know", and a leader only where the set asks for one', () => {
	const view = answering(set, round, full, 4);
	expect(view.questions[0]?.choices.map(({ value, label }) => `${value} ${label}`)).toEqual([
		'1 never',
		'2 rarely',
		'3 sometimes',
		'4 usually',
		'5 always',
		"0 I don't know",
	]);
	expect(view.teams).toEqual(['sales', 'marketing']);
	expect(answering({ ...set, hasLeader: true }, round, full, 4).teams).toContain('leader');
});

test('says before the first question what a code reveals', () => {
	const words = answering(set, round, newDraft(set, 1), 5).privacy.join(' ');
	expect(words).toContain('Whoever you give it to can read them.');
	expect(words).toContain('until 5 people in each team');
	expect(words).toContain('colleagues may guess');
});

test('a draft can be left and taken up again, for the same questions and round only', () => {
	const draft = { ...full, team: undefined, answers: [undefined, 5] };
	const text = saveDraft(draft, set, round);
	expect(readDraft(text, set, round)).toEqual(draft);
	expect(readDraft(text, set, { ...round, round: 'M2' })).toBeUndefined();
	expect(readDraft(text, set, { ...round, mode: 'open' })).toBeUndefined();
	expect(readDraft(text, sampleSet(3), round)).toBeUndefined();
	for (const broken of [
		null,
		'',
		'null',
		'[]',
		text.replace(',5]', ',6]'),
		text.replace('517', '5170'),
	]) {
		expect(readDraft(broken, set, round)).toBeUndefined();
	}
});

test('a round link carries the round and its mode, and nothing else', () => {
	const link = writeFragment(newRound(0b10011_00111, 'closed'));
	expect(link).toBe('r=K7&m=closed');
	expect(readFragment(`#${link}`)).toEqual({ ...round, people: undefined, result: undefined });
	expect(readFragment('#r=ko&m=open')).toMatchObject({ round: 'K0' });
	for (const text of ['', '#r=K7', '#r=K&m=open', '#r=U7&m=open', '#r=K7&m=secret']) {
		expect(readFragment(text)).toBeUndefined();
	}
});
