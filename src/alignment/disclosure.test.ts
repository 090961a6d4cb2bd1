import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { comparison } from './comparison.ts';
import { disclose } from './disclosure.ts';
import type { Batches, Shown } from './disclosure.ts';
import { writePeople } from './people-link.ts';
import { countAgain, personKey, teams } from './person.ts';
import type { Person } from './person.ts';
import { keysOf } from './question-set.ts';
import { readResult, writeResult } from './result.ts';
import { samplePerson, sampleSet, sampleTeam } from './sample.ts';
import { readWave, writeWave } from './wave.ts';

const set = sampleSet(2, { hasLeader: true });
const closed = { mode: 'closed', minTeam: 4 } as const;
const round = { round: 'K7', mode: 'closed' } as const;
const about = {
	round: 'K7',
	date: '2026-12-01',
	invited: { sales: null, marketing: null },
	picked: null,
};

describe('a team of three in a closed round', () => {
	const marketing = sampleTeam('marketing', [4, 4, 5, 3, 4]);

	test('shows how many answered, and the same whatever they answered', () => {
		fc.assert(
			fc.property(fc.array(fc.nat(5), { minLength: 3, maxLength: 3 }), (answers) => {
				expect(disclose([...sampleTeam('sales', answers), ...marketing], set, closed)).toEqual({
					kind: 'held',
					sales: 3,
					marketing: 5,
					minTeam: 4,
					words: 'sales 3, marketing 5; at least 4 each',
				});
			}),
		);
	});

	test('stays hidden when a code is counted twice, or a leader answers, or the setting is lower', () => {
		const sales = sampleTeam('sales', [1, 2, 3]);
		const twice = countAgain([...sales, ...marketing], personKey(sales[0]!));
		const leader = samplePerson({ team: 'leader', level: 'lead' });
		expect(disclose([...twice, leader], set, { ...closed, minTeam: 1 }).kind).toBe('held');
	});

	test('is in no link with rows', () => {
		expect(writePeople(keysOf(set), round, sampleTeam('sales', [1, 2, 3]))).toBeUndefined();
	});

	test('is in no saved file and no result link, also not in one made by hand', () => {
		const three = disclose([...sampleTeam('sales', [1, 2, 3]), ...marketing], set, {
			...closed,
			mode: 'open',
		});
		const wave = { ...writeWave(asShown(three), set, about), mode: 'closed' as const };
		const words = 'This result has too few people to be shown.';
		expect(readWave(JSON.stringify(wave), set, closed)).toEqual({ kind: 'refused', words });
		expect(readResult(writeResult(wave, set), set, round, closed)).toEqual({
			kind: 'refused',
			words,
		});
	});

	test('is not shown by opening its open wave beside a closed round', () => {
		const open = disclose(sampleTeam('sales', [1, 2, 3]), set, { ...closed, mode: 'open' });
		const text = JSON.stringify(writeWave(asShown(open), set, about));
		expect(readWave(text, set, closed).kind).toBe('refused');
	});

	test('cannot be worked out from its level either', () => {
		const members = sampleTeam('sales', [1, 2, 3, 4]);
		const leads = sampleTeam('sales', [5, 5, 5], { level: 'lead' });
		const shown = asShown(disclose([...members, ...leads, ...marketing], set, closed));
		expect(shown.levels).toBeUndefined();
	});
});

test('two views of a closed round never differ by one to three people of a team', () => {
	const arrivals = fc.array(
		fc.record({
			team: fc.constantFrom(...teams),
			level: fc.constantFrom('member' as const, 'lead' as const),
			answers: fc.tuple(fc.nat(5), fc.nat(5)),
		}),
		{ maxLength: 40 },
	);
	fc.assert(
		fc.property(arrivals, fc.array(fc.nat(6), { maxLength: 40 }), (crowd, steps) => {
			const people = crowd.map((one, nonce): Person => ({ ...one, nonce, times: 1 }));
			let there = 0;
			let batches: Batches = [];
			let last = { sales: 0, marketing: 0 };
			for (const step of steps) {
				there += step;
				const now = disclose(people.slice(0, there), set, closed, batches);
				if (now.kind === 'held') continue;
				for (const team of teams) {
					const more = now.people[team] - last[team];
					expect(more === 0 || more >= 4).toBe(true);
					expect(now.waiting[team]).toBeLessThan(4);
				}
				last = now.people;
				batches = now.batches;
			}
		}),
		{ numRuns: 300 },
	);
});

test('taking codes away does not change a closed view that was shown', () => {
	const everyone = [
		...sampleTeam('sales', [1, 2, 3, 4, 5]),
		...sampleTeam('marketing', [1, 1, 2, 2]),
	];
	const first = asShown(disclose(everyone, set, closed));
	const second = asShown(disclose(everyone.slice(1), set, closed, first.batches));
	expect(second.items).toEqual(first.items);
});

test('says that late answers wait, and for how many', () => {
	const everyone = [...sampleTeam('sales', [1, 2, 3, 4]), ...sampleTeam('marketing', [1, 1, 2, 2])];
	const first = asShown(disclose(everyone, set, closed));
	const late = samplePerson({ nonce: 9 });
	const second = asShown(disclose([...everyone, late], set, closed, first.batches));
	const today = '2026-12-01';
	const { notes } = comparison(second, set, { invited: about.invited, today });
	expect(notes).toContain(
		"1 more of sales answered later. They join when 4 have, so that nobody's answers can be worked out from the change.",
	);
	expect(second.items).toEqual(first.items);
});

test('shows an open round at any number', () => {
	const shown = asShown(disclose(sampleTeam('sales', [2]), set, { mode: 'open', minTeam: 4 }));
	expect(shown.people).toEqual({ sales: 1, marketing: 0 });
});

test('shows levels only where all four groups have four', () => {
	const group = (team: Person['team'], level: Person['level']) =>
		sampleTeam(team, [1, 2, 3, 4], { level });
	const four = teams.flatMap((team) => [...group(team, 'member'), ...group(team, 'lead')]);
	expect(asShown(disclose(four, set, closed)).levels).toHaveLength(4);
	expect(asShown(disclose(four.slice(1), set, closed)).levels).toBeUndefined();
	expect(asShown(disclose(four.slice(1), set, { ...closed, mode: 'open' })).levels).toBeUndefined();
});

test('shows levels no longer once late answers have joined, of which one may be a team lead', () => {
	const group = (team: Person['team'], level: Person['level']) =>
		sampleTeam(team, [1, 2, 3, 4], { level });
	const four = teams.flatMap((team) => [...group(team, 'member'), ...group(team, 'lead')]);
	const { batches } = asShown(disclose(four, set, closed));
	const late = [...sampleTeam('sales', [5, 5, 5]), samplePerson({ level: 'lead' })];
	const later = asShown(disclose([...four, ...late], set, closed, batches));
	expect(later.people).toEqual({ sales: 12, marketing: 8 });
	expect(later.levels).toBeUndefined();
});

test('shows the leader only beside two whole teams, and only if there is one', () => {
	const both = [...sampleTeam('sales', [1, 2, 3, 4]), ...sampleTeam('marketing', [1, 1, 2, 2])];
	const leader = samplePerson({ team: 'leader', level: 'lead', answers: [5, 4] });
	expect(asShown(disclose([...both, leader], set, closed)).leader).toEqual([5, 4]);
	const two = [...both, leader, { ...leader, nonce: 77 }];
	expect(asShown(disclose(two, set, closed)).leader).toBeUndefined();
});

function asShown(disclosed: ReturnType<typeof disclose>): Shown {
	if (disclosed.kind === 'held') throw new Error(disclosed.words);
	return disclosed;
}
