import { expect, test } from 'vitest';
import { comparison } from './comparison.ts';
import { disclose } from './disclosure.ts';
import type { Shown } from './disclosure.ts';
import type { Person } from './person.ts';
import type { Item, QuestionSet, ScaleItem } from './question-set.ts';
import { samplePerson, sampleSet } from './sample.ts';
import { readWave, writeWave } from './wave.ts';
import type { Wave } from './wave.ts';

const invited = { sales: null, marketing: null };
const today = '2026-12-01';

test('orders items: clear, possible, both weak, split, the rest, then choices by match', () => {
	const items: Item[] = [
		scale('rest'),
		scale('split'),
		scale('weak'),
		scale('possible'),
		choice('alike'),
		scale('clear'),
		choice('apart'),
	];
	const set = sampleSet(0, { items });
	const people = [
		...team('sales', ['3 3 3 3', '1 5 1 5', '2 2 2 2', '2 3 2 1', '1 1 1 1', '1 1 1 1', '1 1 1 1']),
		...team('marketing', [
			'3 3 3 3',
			'3 3 3 3',
			'2 2 2 2',
			'4 4 5 3',
			'1 1 1 1',
			'5 5 5 5',
			'2 2 2 2',
		]),
	];
	const view = comparison(shown(people, set), set, { invited, today });
	expect(view.items.map(({ id }) => id)).toEqual([
		'clear',
		'possible',
		'weak',
		'split',
		'rest',
		'apart',
		'alike',
	]);
	expect(view.headline).toBe(
		'7 questions: 1 clear gap, 1 possible, 1 split team; both call 1 weak.',
	);
	expect(view.notes).toEqual([
		'With 5 questions, chance alone gives at least one false "clear gap" in about 1 check in 8.',
	]);
	expect(view.items.filter(({ play }) => play).map(({ id }) => id)).toEqual([
		'clear',
		'possible',
		'weak',
		'apart',
	]);
});

test('gives every item its dots, its words and a sentence for each row', () => {
	const set = sampleSet(1);
	const people = [...team('sales', ['2 3 2 1 0']), ...team('marketing', ['4 4 5 3'])];
	const [item] = comparison(shown(people, set), set, { invited, today }).items;
	expect(item).toMatchObject({
		kind: 'scale',
		number: 1,
		verdict: 'possible',
		gap: 'Sales answers 2.0 steps lower.',
		words: ['The answers differ by a step or more; with so few answers it may be chance. Ask.'],
		rows: [
			{ name: 'Sales', counts: [1, 1, 2, 1, 0, 0], n: 4, dontKnow: 1 },
			{ name: 'Marketing', words: 'Marketing: 1 sometimes, 2 usually, 1 always.' },
		],
	});
	expect(item?.rows[0]?.words).toBe("Sales: 1 never, 2 rarely, 1 sometimes, 1 I don't know.");
});

test('an orientation gets neutral words and no level', () => {
	const set = sampleSet(0, {
		items: [{ ...scale('lean'), reads: 'orientation', ends: ['This month', 'Next year'] }],
	});
	const people = [...team('sales', ['1 1 1 1']), ...team('marketing', ['2 2 2 3'])];
	const [item] = comparison(shown(people, set), set, { invited, today }).items;
	expect(item).toMatchObject({
		gap: 'Sales leans 1.3 steps more towards A.',
		level: undefined,
		words: ['The teams lean differently. Is this the split we want?'],
		points: ['clearly A', 'more A', 'in between', 'more B', 'clearly B'],
	});
});

test('says who has not answered, and that everyone has', () => {
	const set = sampleSet(1);
	const people = [...team('sales', ['2 3 2 1 0']), ...team('marketing', ['4 4 5 3'])];
	const all = comparison(shown(people, set), set, { invited: { sales: 5, marketing: 4 }, today });
	expect(all.teams).toEqual(['Sales: 5 of 5 answered.', 'Marketing: 4 of 4 answered.']);
	expect(all.notes.join(' ')).toContain('Everyone answered');
	const some = comparison(shown(people, set), set, { invited: { sales: 7, marketing: 4 }, today });
	expect(some.notes.join(' ')).not.toContain('Everyone answered');
});

test('speaks also where nobody, or one team only, has answered', () => {
	const set = sampleSet(1);
	const gaps = [[], team('sales', ['3']), team('marketing', ['0'])].map((people) => {
		const view = comparison(shown(people, set), set, { invited, today });
		expect(view.headline).toBe('1 question: too few answers for a verdict.');
		return view.items[0]?.kind === 'scale' ? view.items[0].gap : '';
	});
	expect(gaps).toEqual([
		'Nobody has given an answer here.',
		'Nobody in marketing has given an answer here.',
		'Nobody has given an answer here.',
	]);
});

test('puts an earlier wave beside this one, and names only a clear change in a team', () => {
	const set = sampleSet(2);
	const first = [
		...team('sales', ['1 1 1 1 2', '3 3 3 3 3']),
		...team('marketing', ['3 3 3 3', '3 3 3 3']),
	];
	const now = [
		...team('sales', ['4 4 4 5 4', '3 3 3 3 4']),
		...team('marketing', ['3 3 3 4', '3 3 3 3']),
	];
	const older = { ...set, items: [...set.items, scale('dropped')] };
	const wave = writeWave(shown(first, set), set, {
		round: 'A1',
		date: '2026-10-01',
		invited,
		picked: { play: 'tip/q1', done: true },
	});
	const withDropped: Wave = {
		...wave,
		items: [...wave.items, { ...wave.items[0]!, id: 'dropped' }],
	};
	const read = readWave(JSON.stringify(withDropped), older, { mode: 'open', minTeam: 4 });
	expect(read.kind).toBe('wave');
	const view = comparison(shown(now, set), set, { invited, today, before: withDropped });
	const change = view.items.find(({ id }) => id === 'q1');
	expect(change).toMatchObject({ changes: ['Sales answers 3.0 steps higher than last time.'] });
	expect(change?.before?.[0]?.counts).toEqual([0, 4, 1, 0, 0, 0]);
	expect(view.items.find(({ id }) => id === 'q2')).toMatchObject({ changes: [] });
	expect(view.earlier?.words).toEqual([
		'Picked last time: Tip 1. Done: yes.',
		expect.stringContaining('People differ between waves'),
		'The last wave was 61 days ago. Repeat after 90 days at the earliest.',
	]);
	expect(view.earlier?.gone.map(({ id }) => id)).toEqual(['dropped']);
});

test('an item in the first wave only does not touch this one', () => {
	const set = sampleSet(1);
	expect(() => comparison(shown([], sampleSet(2)), set, { invited, today })).not.toThrow();
	expect(() => comparison(shown([], set), sampleSet(2), { invited, today })).toThrow('not those');
});

function shown(people: readonly Person[], set: QuestionSet): Shown {
	const disclosed = disclose(people, set, { mode: 'open', minTeam: 4 });
	if (disclosed.kind === 'held') throw new Error(disclosed.words);
	return disclosed;
}

/** A team from a line of answers for each item. */
function team(name: Person['team'], lines: readonly string[]): Person[] {
	const answers = lines.map((line) => line.split(' ').map(Number));
	return (answers[0] ?? []).map((_, place) =>
		samplePerson({ team: name, nonce: place, answers: answers.map((line) => line[place] ?? 0) }),
	);
}

function scale(id: string): ScaleItem {
	const play = { ref: `tip/${id}`, title: id };
	return { id, text: `${id}?`, type: 'scale', reads: 'state', play };
}

function choice(id: string): Item {
	const options = ['a', 'b'].map((name) => ({ id: name, text: name }));
	const play = { ref: `term/${id}`, title: id };
	return { id, text: `${id}?`, type: 'choice', reads: 'knowledge', options, play };
}
