import { expect, test } from 'vitest';
import { inboxLines } from './inbox.ts';

test('cuts the line at 30, 50 and 90 characters, and loses no word of it', () => {
	const subject = "Read the other team's scoreboard";
	const preheader = 'Ask one question at lunch, then put the same number on line one.';
	const lines = inboxLines(subject, preheader);
	expect(lines.map(({ characters }) => characters)).toEqual([30, 50, 90]);
	expect(lines[0]).toMatchObject({ subject: "Read the other team's scoreboa", preheader: '' });
	expect(lines[1]).toMatchObject({ subject, preheader: 'Ask one question ' });
	for (const { subject: shown, preheader: more, cut, characters } of lines) {
		const between = shown === subject ? ' ' : '';
		expect(`${shown}${between}${more}${cut}`).toBe(`${subject} ${preheader}`);
		expect(`${shown}${between}${more}`.length).toBeLessThanOrEqual(characters);
	}
});

test('a short line is not cut', () => {
	expect(inboxLines('Short', 'and sweet').map(({ cut }) => cut)).toEqual(['', '', '']);
});

test('a letter of two units is one letter', () => {
	const [line] = inboxLines('🙂'.repeat(31), 'x');
	expect(line).toMatchObject({ subject: '🙂'.repeat(30), cut: '🙂 x' });
});
