import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { countAgain, countPeople, mergePeople, personKey } from './person.ts';
import { readPeople, writePeople } from './people-link.ts';
import { keysOf } from './question-set.ts';
import { writeFragment, readFragment } from './round.ts';
import { samplePerson, sampleSet } from './sample.ts';

// Few different sheets, so that the same one comes up often.
const people = fc.array(
	fc.record({
		team: fc.constantFrom('sales' as const, 'marketing' as const),
		level: fc.constantFrom('member' as const, 'lead' as const),
		nonce: fc.nat(2),
		answers: fc.tuple(fc.nat(5), fc.nat(1)),
		times: fc.integer({ min: 1, max: 3 }),
	}),
	{ maxLength: 20 },
);

test('merging is commutative', () => {
	fc.assert(
		fc.property(people, people, (a, b) => {
			expect(mergePeople(a, b)).toEqual(mergePeople(b, a));
		}),
	);
});

test('merging is associative', () => {
	fc.assert(
		fc.property(people, people, people, (a, b, c) => {
			expect(mergePeople(mergePeople(a, b), c)).toEqual(mergePeople(a, mergePeople(b, c)));
		}),
	);
});

test('merging is idempotent', () => {
	fc.assert(
		fc.property(people, (a) => {
			expect(mergePeople(a, a)).toEqual(mergePeople(a));
			expect(mergePeople(mergePeople(a))).toEqual(mergePeople(a));
		}),
	);
});

test('"Count both" counts, survives a merge, and does not count as another sheet', () => {
	const one = samplePerson();
	const twice = mergePeople([one], countAgain([one], personKey(one)));
	expect(countPeople(twice, 'sales')).toBe(2);
	expect(countPeople(twice, 'sales', true)).toBe(1);
});

test('a link gives everyone back', () => {
	const keys = keysOf(sampleSet(2));
	const round = { round: 'K7', mode: 'open' } as const;
	fc.assert(
		fc.property(people, (crowd) => {
			const link = writePeople(keys, round, crowd) ?? '';
			expect(readPeople(link, keys, round)).toEqual({ kind: 'people', people: mergePeople(crowd) });
		}),
	);
});

test('50 people fit into one link of 1,200 characters', () => {
	const keys = keysOf(sampleSet(12));
	const round = { round: 'K7', mode: 'open' } as const;
	const crowd = Array.from({ length: 50 }, (_, place) =>
		samplePerson({
			nonce: place * 20,
			team: place % 2 ? 'sales' : 'marketing',
			answers: Array.from({ length: 12 }, (_, item) => (place + item) % 6),
		}),
	);
	const people = writePeople(keys, round, crowd);
	const link = `https://playbook.example.com/questions/alignment-check/compare/#${writeFragment({ ...round, people })}`;
	expect(link.length).toBeLessThan(600);
	expect(readPeople(readFragment(new URL(link).hash)?.people ?? '', keys, round)).toEqual({
		kind: 'people',
		people: mergePeople(crowd),
	});
});

test('a link is refused by name: changed, for other questions, of another round, closed', () => {
	const keys = keysOf(sampleSet(2));
	const round = { round: 'K7', mode: 'open' } as const;
	const link = writePeople(keys, round, [samplePerson()]) ?? '';
	const words = (text: string, other = keys, where: Parameters<typeof readPeople>[2] = round) => {
		const outcome = readPeople(text, other, where);
		return outcome.kind === 'refused' ? outcome.words : 'read';
	};
	expect(words(link)).toBe('read');
	expect(words(link.slice(0, -1))).toContain('incomplete');
	expect(words(link, { ...keys, set: 1 })).toContain('other questions');
	expect(words(link, { ...keys, version: 1 })).toContain('have changed');
	expect(words(link, keys, { ...round, round: 'M2' })).toContain('incomplete');
	expect(words(`2${link.slice(1)}`)).toContain('format');
	expect(writePeople(keys, { ...round, mode: 'closed' }, [samplePerson()])).toBeUndefined();
});
