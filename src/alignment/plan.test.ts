import { expect, test } from 'vitest';
import { planCalendar } from './calendar.ts';
import { comparison } from './comparison.ts';
import { disclose } from './disclosure.ts';
import { proposePlan } from './plan.ts';
import type { Plan } from './plan.ts';
import { planCsv, planMarkdown } from './plan-text.ts';
import { sampleSet, sampleTeam } from './sample.ts';

const now = new Date('2026-12-01T08:30:00Z');

test('proposes to do it, to look back, and to answer again', () => {
	expect(aPlan().steps.map(({ days, due, text }) => [days, due, text])).toEqual([
		[30, '2026-12-31', 'Do it: Tip 1'],
		[60, '2027-01-30', 'Look back: what changed?'],
		[90, '2027-03-01', 'Answer the questions again, and say whether it was done.'],
	]);
});

test('writes Markdown', () => {
	expect(planMarkdown(aPlan({ owner: 'Ada_*' }))).toBe(
		[
			'# Plan: A sample',
			'',
			'From 1 December 2026, round K7.',
			'',
			'## Question 1?',
			'',
			String.raw`- [ ] **30 days, by 31 December 2026** (Ada\_\*): [Do it: Tip 1](https://play.example/q1)`,
			'- [ ] **60 days, by 30 January 2027** (nobody yet): [Look back: what changed?](https://play.example/q1)',
			'',
			'## A sample',
			'',
			'- [ ] **90 days, by 1 March 2027** (nobody yet): Answer the questions again, and say whether it was done.',
			'',
		].join('\n'),
	);
});

test('an address cannot leave its link, nor a text its line', () => {
	const text = planMarkdown(aPlan({ owner: 'A\n# B', read: 'https://play.example/a) [b](c' }));
	expect(text).toContain(String.raw`(A \# B)`);
	expect(text).toContain('(https://play.example/a%29%20[b]%28c)');
});

test('writes CSV with a mark for UTF-8, CRLF and every cell in quotes', () => {
	const csv = planCsv(aPlan({ owner: 'Ada "A", Ben' }));
	expect(csv.startsWith('\uFEFF"Question","Days","Due","Owner","What","Read"\r\n')).toBe(true);
	expect(csv.split('\r\n')[1]).toBe(
		'"Question 1?","30","2026-12-31","Ada ""A"", Ben","Do it: Tip 1","https://play.example/q1"',
	);
});

test.each(['=1+1', '+1', '-1', '@x', '\t=1', ' =1', '\r=1', '"=1', '\uFF1D1', "'=1"])(
	'a spreadsheet does not run %j',
	(owner) => {
		const cell = planCsv(aPlan({ owner })).split('\r\n')[1]?.split(',')[3];
		expect(cell).toMatch(/^"'/);
	},
);

test('writes a calendar file that keeps to 75 bytes a line and to whole characters', () => {
	const owner = `Zoë, ${'日本語'.repeat(30)}; the\nsecond \\ line`;
	const calendar = planCalendar(aPlan({ owner }), now);
	const lines = calendar.split('\r\n');
	for (const line of lines) expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
	expect(calendar.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
	expect(lines.slice(0, 12)).toEqual([
		'BEGIN:VCALENDAR',
		'VERSION:2.0',
		'PRODID:-//Tandem//Plan//EN',
		'CALSCALE:GREGORIAN',
		'BEGIN:VEVENT',
		'UID:2026-12-01-K7-q1-30@sample.tandem.invalid',
		'DTSTAMP:20261201T083000Z',
		'DTSTART;VALUE=DATE:20261231',
		'DTEND;VALUE=DATE:20270101',
		'SUMMARY:Do it: Tip 1',
		expect.stringMatching(/^DESCRIPTION:/),
		expect.stringMatching(/^ /),
	]);
	const unfolded = calendar.replaceAll('\r\n ', '');
	expect(unfolded).toContain(
		String.raw`DESCRIPTION:Question 1?\nOwner: Zoë\, ${'日本語'.repeat(30)}\; the\nsecond \\ line\nA sample\, round K7`,
	);
	expect(unfolded.match(/BEGIN:VEVENT/g)).toHaveLength(3);
});

test('an event keeps its name when its date or owner changes', () => {
	const names = (plan: Plan) => planCalendar(plan, now).match(/UID:.*/g);
	expect(names(aPlan({ owner: 'Ada', due: '2027-01-15' }))).toEqual(names(aPlan()));
	expect(new Set(names(aPlan())).size).toBe(3);
});

test('holds no answer', () => {
	expect(JSON.stringify(aPlan())).not.toMatch(/counts|rows|verdict|gap/);
});

/** A plan of which the first step is changed. */
function aPlan(over: Partial<Plan['steps'][number]> = {}): Plan {
	const set = sampleSet(1);
	const people = [
		...sampleTeam('sales', [1, 1, 1, 1], { items: 1 }),
		...sampleTeam('marketing', [5, 5, 5, 5], { items: 1 }),
	];
	const shown = disclose(people, set, { mode: 'open', minTeam: 4 });
	if (shown.kind === 'held') throw new Error(shown.words);
	const about = { invited: { sales: null, marketing: null }, today: '2026-12-01' };
	const { items } = comparison(shown, set, about);
	const plan = proposePlan(set, { round: 'K7', mode: 'open' }, items, '2026-12-01');
	return {
		...plan,
		steps: plan.steps.map((step, place) => (place === 0 ? { ...step, ...over } : step)),
	};
}
