import { expect, test } from 'vitest';
import { spanOf } from './span.ts';

test.each([
	[1, 'an hour'],
	[3, '3 hours'],
	[24, 'a day'],
	[36, '36 hours'],
	[48, 'two days'],
	[168, 'seven days'],
	[240, '10 days'],
])('%i hours are %s', (hours, words) => {
	expect(spanOf(hours)).toBe(words);
});
