import { expect, test } from 'vitest';
import { markIn } from './mark.ts';

test('marks the words that were looked for and leaves the rest as it is', () => {
	expect(markIn('The promos, “briefed” late.', new Set(['promo', 'brief']))).toEqual([
		{ text: 'The ', isMarked: false },
		{ text: 'promos', isMarked: true },
		{ text: ', “', isMarked: false },
		{ text: 'briefed', isMarked: true },
		{ text: '” late.', isMarked: false },
	]);
});
