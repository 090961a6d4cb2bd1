import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { crc32 } from '#/crc.ts';
import { readCode } from './code.ts';
import { writeLongCode } from './long-code.ts';
import type { Person } from './person.ts';
import { keysOf } from './question-set.ts';
import { newRound } from './round.ts';
import { sampleSet } from './sample.ts';
import { spaced, writeShortCode } from './short-code.ts';

const set = sampleSet(12, { slug: 'alignment-check' });
const keys = keysOf(set);
const round = { round: 'K7', mode: 'closed' } as const;
const person: Person = {
	team: 'sales',
	level: 'member',
	nonce: 517,
	answers: [2, 3, 2, 1, 0, 4, 3, 2, 5, 3, 2, 3],
	times: 1,
};
const short = writeShortCode(keys, round, person);
const long = writeLongCode(keys, round, person);

test('the checksum is the common one', () => {
	expect(crc32('123456789').toString(16)).toBe('cbf43926');
});

test('a short code for 12 answers has 20 characters and names its round', () => {
	expect(short).toHaveLength(20);
	expect(short.slice(6, 8)).toBe('K7');
	expect(spaced(short)).toMatch(/^\w{5} \w{5} \w{5} \w{5}$/);
});

test('both formats give one and the same sheet back', () => {
	const wanted = { kind: 'person', person, ...round };
	expect(readCode(short, { keys, ...round })).toEqual(wanted);
	expect(readCode(long, { keys, ...round })).toEqual(wanted);
});

test('reads what people make of a code', () => {
	for (const typed of [
		spaced(short).toLowerCase(),
		` ${short.replaceAll('0', 'o').replaceAll('1', 'l')} `,
		long.replaceAll('1', 'I').replaceAll('-', '\u2013'),
	]) {
		expect(readCode(typed, { keys, ...round }).kind).toBe('person');
	}
});

test('every sheet comes back from either format', () => {
	fc.assert(
		fc.property(aSheet(), ({ highest, person, random, mode }) => {
			const keys = { set: 9, version: 1023, highest, hasLeader: true };
			const where = newRound(random, mode);
			for (const write of [writeShortCode, writeLongCode]) {
				const read = readCode(write(keys, where, person), { keys });
				expect(read).toEqual({ kind: 'person', person, ...where });
			}
		}),
		{ numRuns: 500 },
	);
});

test('a changed character is refused', () => {
	for (const code of [short, long.replaceAll('-', '')]) {
		for (const place of Array.from(code, (_, index) => index)) {
			for (const other of '0123456789ABCDEFGHJKMNPQRSTVWXYZ'.replace(code.charAt(place), '')) {
				const changed = code.slice(0, place) + other + code.slice(place + 1);
				expect(readCode(changed, { keys, ...round }).kind).toBe('refused');
			}
		}
	}
});

describe('a refusal says why', () => {
	const other = keysOf(sampleSet(12, { slug: 'push-pull' }));
	const older = keysOf({ ...set, items: set.items.toReversed() });
	test.each([
		['words of a chat', 'Thanks, see you', 'notACode'],
		['a word that begins like a code', 'TB, a matter of tact', 'notACode'],
		['format 2', long.replace('TA1', 'TA2'), 'format'],
		['a missing character', short.slice(0, -1), 'checksum'],
		['a missing character', long.slice(0, -1), 'checksum'],
		['a letter no code has', long.replace('K7', 'U7'), 'checksum'],
		['another set', writeShortCode(other, round, person), 'otherSet'],
		['another set', writeLongCode(other, round, person), 'otherSet'],
		['older questions', writeShortCode(older, round, person), 'otherVersion'],
		['older questions', writeLongCode(older, round, person), 'otherVersion'],
		['another round', writeShortCode(keys, { ...round, round: 'M2' }, person), 'otherRound'],
		['another mode', writeLongCode(keys, { ...round, mode: 'open' }, person), 'otherMode'],
		['a leader where none is asked', short2({ team: 'leader', level: 'lead' }), 'checksum'],
		[
			'an answer that is no point',
			writeLongCode(keys, round, { ...person, answers: person.answers.with(0, 6) }),
			'checksum',
		],
	])('%s', (_, code, reason) => {
		expect(readCode(code, { keys, ...round })).toMatchObject({ kind: 'refused', reason });
	});
});

test('an option that does not exist is refused', () => {
	const narrow = { ...keys, highest: keys.highest.with(8, 4) };
	expect(readCode(short, { keys: narrow, ...round })).toMatchObject({ reason: 'checksum' });
	expect(readCode(long, { keys: narrow, ...round })).toMatchObject({ reason: 'checksum' });
});

test('rewording keeps the keys, another order of options does not', () => {
	const choice = (options: string[], text: string) =>
		keysOf({
			...set,
			items: [
				{
					id: 'c',
					type: 'choice',
					reads: 'knowledge',
					text,
					options: options.map((id) => ({ id, text })),
				},
			],
		});
	expect(choice(['a', 'b'], 'One')).toEqual(choice(['a', 'b'], 'Another'));
	expect(choice(['a', 'b'], 'One').version).not.toBe(choice(['b', 'a'], 'One').version);
});

function short2(over: Partial<Person>): string {
	return writeShortCode(keys, round, { ...person, ...over });
}

function aSheet() {
	return fc
		.array(fc.integer({ min: 2, max: 5 }), { minLength: 3, maxLength: 12 })
		.chain((highest) =>
			fc.record({
				highest: fc.constant(highest),
				random: fc.nat(),
				mode: fc.constantFrom('open' as const, 'closed' as const),
				person: fc
					.record({
						who: fc.constantFrom(
							...([
								['sales', 'member'],
								['sales', 'lead'],
								['marketing', 'member'],
								['marketing', 'lead'],
								['leader', 'lead'],
							] as const),
						),
						nonce: fc.nat(1023),
						answers: fc.tuple(...highest.map((most) => fc.nat(most))),
					})
					.map(({ who: [team, level], ...rest }): Person => ({ team, level, times: 1, ...rest })),
			}),
		);
}
