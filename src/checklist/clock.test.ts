import { expect, test } from 'vitest';
import { atNextStep, faceOf, stillClock, toggled } from './clock.ts';

const minute = 60_000;
const begun = toggled(stillClock, 1_000_000);
const at = (time: number, clock = begun) => faceOf(clock, 1_000_000 + time, 30, 8);

test('shares the time of the whole among the points', () => {
	expect(at(0)).toEqual({
		whole: { text: '30:00', state: 'on', words: 'left' },
		step: { text: '3:45', state: 'on', words: 'left' },
		spent: '0:00',
	});
});

test('says that time is nearly up, and by how much it is over', () => {
	expect(at(3 * minute).step).toEqual({ text: '0:45', state: 'soon', words: 'Nearly up' });
	expect(at(3 * minute - 1).step.state).toBe('on');
	expect(at(225_000 - 1).step).toEqual({ text: '0:01', state: 'soon', words: 'Nearly up' });
	expect(at(225_000).step).toEqual({ text: '+0:00', state: 'over', words: 'Over' });
	expect(at(31 * minute).whole).toEqual({ text: '+1:00', state: 'over', words: 'Over' });
	expect(at(31 * minute).spent).toBe('31:00');
});

test('begins a point anew, and lets the whole go on', () => {
	const next = atNextStep(begun, 1_000_000 + 2 * minute);
	expect(at(3 * minute, next)).toMatchObject({ whole: { text: '27:00' }, step: { text: '2:45' } });
});

test('stands while it is stopped', () => {
	const stopped = toggled(begun, 1_000_000 + minute);
	expect(at(20 * minute, stopped).whole.text).toBe('29:00');
	const again = toggled(stopped, 1_000_000 + 20 * minute);
	expect(at(21 * minute, again).whole.text).toBe('28:00');
	expect(at(5 * minute, stillClock).whole.text).toBe('30:00');
});

test('takes no time away when somebody sets the clock of the machine back', () => {
	expect(at(-5 * minute).whole.text).toBe('30:00');
});
